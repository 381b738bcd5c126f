"""Dates, days of the week, times of day and decades, as both languages write them.

Slash dates are day/month/year, as in Hong Kong. 24-hour times of 13 and later, and times with a.m.,
p.m., 上午, 下午 … know their half of the day; 2:30 alone does not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from bilingo.text.lazy import Pattern
from bilingo.text.values import numerals
from bilingo.text.values.value import Found, Value

_MONTHS = """January February March April May June July August September October November
December""".split()
_WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_MONTH_OF = {name: i for i, name in enumerate(_MONTHS, 1)}
_MONTHS_BEGIN = tuple(name[:3] for name in _MONTHS)
_MONTH_OF |= {name[:3]: i for name, i in _MONTH_OF.items()} | {"Sept": 9}
# (?a:\b) is a boundary between Latin and Han too
_MONTH = "(?:" + "|".join(sorted(_MONTH_OF, key=len, reverse=True)) + r")(?a:\b)\.?"
_DAY = r"(?:3[01]|[12][0-9]|0?[1-9])(?:st|nd|rd|th)?(?![0-9A-Za-z:%]|[,.][0-9])"
_YEAR = "(?:1[5-9]|2[0-9])[0-9]{2}(?![0-9])"
_TO = r" ?(?:-{1,2}|–|—|~|to|and|until|&|,|至|到|或|及|和|、) ?"

_ENGLISH = (
    Pattern(
        rf"(?:(?P<first>{_DAY}){_TO})?(?P<day>{_DAY})[ -](?:(?:day )?of )?(?P<month>{_MONTH})"
        rf"(?:[, -]{{1,2}}(?P<year>{_YEAR}))?",
        needs=_MONTHS_BEGIN,
    ),
    Pattern(
        rf"(?P<month>{_MONTH})[ -](?P<first>{_DAY}){_TO}(?P<day>{_DAY})"
        rf"(?!:| ?[ap]\.?m| {_MONTH})(?:,? (?P<year>{_YEAR}))?",
        needs=_MONTHS_BEGIN,
    ),
    Pattern(
        rf"(?P<month>{_MONTH})[ -](?P<day>{_DAY})(?! ?[ap]\.?m)(?:,? (?P<year>{_YEAR}))?",
        needs=_MONTHS_BEGIN,
    ),
    Pattern(rf"(?P<month>{_MONTH}),? (?:of )?(?P<year>{_YEAR})", needs=_MONTHS_BEGIN),
)
_MONTH_ALONE = Pattern(r"(?:" + "|".join(_MONTHS) + r")(?a:\b)", needs=_MONTHS_BEGIN)
_BEFORE_MAY = Pattern(
    r"(?:(?a:\b)(?:in|of|by|since|until|till|from|to|through|early|late|mid|this|last"
    r"|next|every|each|during|before|after|and|or|between)|[-–,])[ -]?$",
    re.I | re.A,
)
_AFTER_MAY = Pattern(rf" ?(?:[-–/]|to|and|or) ?{_MONTH}")
_NUMERIC = (
    Pattern(
        r"(?P<year>[12][0-9]{3})(?P<s>[-/.])(?P<month>1[0-2]|0?[1-9])(?P=s)(?P<day>3[01]|[12][0-9]|0?[1-9])(?![0-9]|[-/.][0-9])",
        needs="-/.",
    ),
    Pattern(
        r"(?P<day>3[01]|[12][0-9]|0?[1-9])(?P<s>[/.])(?P<month>1[0-2]|0?[1-9])(?P=s)(?P<year>(?:[12][0-9])?[0-9]{2})(?![0-9]|[-/.][0-9])",
        needs="/.",
    ),
)
# where a date, weekday or time may start, but for a digit or Han numeral
NAMES = frozenset(
    name
    for names in (_MONTHS, ("Sept", "Tues", "Thur", "Thurs"), _WEEKDAYS)
    for word in names
    for name in (word, word[:3], f"{word}s" if word in _WEEKDAYS else word)
)
START = "(?:" + "|".join(sorted(NAMES, key=len, reverse=True)) + r")(?a:\b)"
# what follows one of 凌清早上 … where it is a half of the day
HALF_DAY = "[晨早上午晚夜昏後后間间]? ?[0-9二三四五六七八九十一零兩两]"
START_MARK = r"(?<=[日號号])\((?=[一二三四五六日]\))"
START_HAN = (
    "星期|禮拜|礼拜|[週周](?=[一二三四五六日])"
    "|[凌清早上今明朝中正下午傍晚當当夜深黃黄子晨]"
    rf"(?={HALF_DAY})"
    "|[正午子]夜|正午"
)
FIRST_HAN = "星禮礼週周凌清早上今明朝中正下午傍晚當当夜深黃黄子晨"  # first characters of these
_HAN_DIGIT = "[零〇○一二三四五六七八九]"
_HAN_SMALL = "(?:[廿卅][一二三四五六七八九]?|[二三]?十[一二三四五六七八九]?|[一二三四五六七八九])"
_ZH_YEAR = rf"(?:[12][0-9]{{3}}|{_HAN_DIGIT}{{4}}) ?年"
_ZH_MONTH = "(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
_ZH_DAY = rf"(?:3[01]|[12][0-9]|0?[1-9]|{_HAN_SMALL})(?![0-9])"
_CHINESE = Pattern(
    rf"(?:(?P<year>{_ZH_YEAR})[度間间]? ?)?"
    rf"(?:(?P<month_first>{_ZH_MONTH})(?: ?月份?)?{_TO})?"
    rf"(?P<month>{_ZH_MONTH}) ?月(?!\S?大)份? ?"
    rf"(?:(?:(?P<first>{_ZH_DAY}) ?[日號号]?{_TO})?(?P<day>{_ZH_DAY}) ?[日號号])?",
    needs="月",
)
# 農曆八月十五, the 15th day of the eighth lunar month
_LUNAR = (
    Pattern(
        rf"(?<=[農农陰阴][曆历])(?P<month>{_ZH_MONTH}) ?月"
        rf"(?P<day>初?{_HAN_SMALL})(?![日號号個个人至到])",
        needs="曆历",
    ),
    Pattern(
        r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th) day of the "
        r"(?P<month>[a-z]{5,8}|[0-9]{1,2}(?:st|nd|rd|th)) (?:lunar )?month(?a:\b)",
        needs=(" day of the ",),
    ),
)
_YEAR_ALONE = Pattern(rf"(?P<year>{_ZH_YEAR})", needs="年")
_AGED = Pattern(
    r"(?:(?<=[Oo]ver[- ])|(?<=[Uu]nder[- ]))(?P<age>[1-9][0-9]?)['’]?s(?a:\b)",
    needs=("ver", "nder"),
)
_DECADES = (
    Pattern(r"(?:the )?(?P<full>(?:1[0-9]|20)[0-9]0)['’]?s(?a:\b)", needs="s"),
    Pattern(r"(?<![0-9.])(?P<short>[1-9]0)['’]?s(?a:\b)", needs="s"),
    Pattern(
        r"(?P<century>[12][0-9]|十[七八九]|二十一?) ?世[紀纪] ?"
        r"(?P<short>[1-9]0|[一二三四五六七八九]十) ?年代",
        needs="世",
    ),
    Pattern(r"(?P<full>(?:1[0-9]|20)[0-9]0|[一二]" + _HAN_DIGIT + r"{3}) ?年代", needs=("年代",)),
    Pattern(r"(?P<short>[1-9]0|[一二三四五六七八九]十) ?年代", needs=("年代",)),
)


def read(text: str, position: int) -> Found | None:
    """The date, decade, weekday or time that starts at `position`, and where it ends."""
    for reader in (_decade, _date, _weekdays, _times):
        if found := reader(text, position):
            return found
    return None


def _number(written: str) -> int:
    if written[0] in numerals.HAN:
        return int(numerals.han_amounts("".join(c for c in written if c in numerals.HAN))[0][0])
    return int("".join(c for c in written if "0" <= c <= "9"))


def _decade(text: str, position: int) -> Found | None:
    if found := _AGED.match(text, position):  # the over-60s
        return [Value("quantity", Fraction(found["age"]), *found.span(), "y")], found.end()
    for pattern in _DECADES:
        if found := pattern.match(text, position):
            parts = found.groupdict()
            if parts.get("full"):
                decade = _number(parts["full"])
            else:
                decade = _number(parts["short"])
                if parts.get("century"):
                    decade += (_number(parts["century"]) - 1) * 100
            words = not any("0" <= c <= "9" for c in found[0])
            return [Value("decade", Fraction(decade), *found.span(), optional=words)], found.end()
    return None


def _in_parts(text: str, position: int) -> bool:
    """Whether `_NUMERIC` may fit: it has a mark twice."""
    return any(text.count(mark, position, position + 10) > 1 for mark in "-/.")


def _date(text: str, position: int) -> Found | None:
    character = text[position]
    for lunar in _LUNAR:
        if (found := lunar.match(text, position)) and (month := _lunar_month(found["month"])):
            return [
                Value("date", (None, month, _number(found["day"].lstrip("初"))), *found.span())
            ], (found.end())
    if character.isascii() and character.isalpha():
        patterns: tuple[Pattern[str], ...] = _ENGLISH[1:]
    elif "0" <= character <= "9":
        numeric = _NUMERIC if _in_parts(text, position) else ()
        patterns = (*numeric, _CHINESE, _ENGLISH[0], _YEAR_ALONE)
    else:
        patterns = (_CHINESE, _YEAR_ALONE)
    for pattern in patterns:
        if found := pattern.match(text, position):
            return list(_dates(found)), found.end()
    found = _MONTH_ALONE.match(text, position)
    if found and (found[0] != "May" or _is_month(text, position)):
        return [Value("date", (None, _MONTH_OF[found[0]], None), *found.span())], found.end()
    return None


def _lunar_month(written: str) -> int | None:
    if written[0].isascii() and written[0].isalpha():
        named = numerals.read(written, 0)
        return int(named.amount) if named and named.end == len(written) else None
    return _number(written)


def _is_month(text: str, position: int) -> bool:
    """Whether the May at `position` is the month and not the verb."""
    before = _BEFORE_MAY.search(text[max(0, position - 9) : position])
    return bool(before or _AFTER_MAY.match(text, position + 3))


def _dates(found: re.Match[str]) -> Iterator[Value]:
    parts = {name: value for name, value in found.groupdict().items() if value}
    year = _year(parts["year"]) if "year" in parts else None
    month = None
    if "month" in parts:
        month = _MONTH_OF.get(parts["month"].rstrip(".")) or _number(parts["month"])
    start, end = found.span()
    end = start + len(found[0].rstrip())
    if "month_first" in parts:
        cut = found.end("month_first")
        yield Value("date", (year, _number(parts["month_first"]), None), start, cut)
        start, year = found.start("month"), None
    if "first" in parts:
        cut = found.end("first") if found.end("first") < found.start("day") else end
        first = (None, month, _number(parts["first"]))
        if "month" in parts and found.start("month") > found.start("first"):
            yield Value("date", first, start, cut)
            start = found.start("day")
        else:
            yield Value("date", (year, *first[1:]), start, cut)
            start = found.start("day")
            year = year if found.start("year") > start else None
    day = _number(parts["day"]) if "day" in parts else None
    yield Value("date", (year, month, day), start, end)


def _year(written: str) -> int:
    year = _number(written.rstrip("年 "))
    return year + 2000 if year < 100 else year


# --- weekdays ---

_WEEKDAY_OF = {name: i for i, name in enumerate(_WEEKDAYS, 1)}
_WEEKDAY_OF |= {name[:3]: i for name, i in _WEEKDAY_OF.items()}
_WEEKDAY_OF |= {"Tues": 2, "Thur": 4, "Thurs": 4}
_WEEKDAY = Pattern(
    r"(" + "|".join(sorted(_WEEKDAY_OF, key=len, reverse=True)) + r")(?:(?<=day)s)?(?a:\b)\.?",
    needs=tuple(name[:3] for name in _WEEKDAYS),
)
_ZH_WEEKDAY = Pattern(
    r"(?:(?<![0-9一二兩两三四五六七八九十半數数幾几])|(?<=逢))"
    r"(?:星期|禮拜|礼拜|[週周])([一二三四五六日天])"
    r"(?![次天個个粒片十百年月]|[至到或][一二三四五六][次天個个粒片]|晚(?![上間间會会]))",
    needs=("星期", "拜", "週", "周"),
)
_ZH_MORE = Pattern(r" ?[至到、及和或~–-] ?([一二三四五六日])(?![0-9十百千萬月日時时年點点個个])")
_ZH_BRACKETED = Pattern(r"(?<=[日號号])\(([一二三四五六日])\)", needs="(")
_ZH_WEEKDAYS = "一二三四五六日天"


def _weekdays(text: str, position: int) -> Found | None:
    if found := _WEEKDAY.match(text, position):
        whole = found[1] in _WEEKDAYS
        amount = Fraction(_WEEKDAY_OF[found[1]])
        return [Value("weekday", amount, *found.span(), optional=not whole)], found.end()
    if found := _ZH_BRACKETED.match(text, position):
        amount = Fraction(_ZH_WEEKDAYS.index(found[1]) + 1)
        return [Value("weekday", amount, *found.span(1), optional=True)], found.end()
    if not (found := _ZH_WEEKDAY.match(text, position)):
        return None
    values: list[Value] = []
    end = position
    while found:
        day = min(7, _ZH_WEEKDAYS.index(found[1]) + 1)
        values.append(
            Value("weekday", Fraction(day), end if not values else found.start(1), found.end())
        )
        end = found.end()
        found = _ZH_MORE.match(text, end)
    return values, end


# --- times ---

_HALF = r"(?P<half>[ap])\.? ?m(?a:\b)\.?"
_HOUR = "(?:2[0-4]|1[0-9]|0?[0-9])"
_MINUTE = "[0-5][0-9]"
_TIME = Pattern(
    rf"(?P<hour>{_HOUR})(?:[:.](?P<minute>{_MINUTE}))? ?"
    rf"(?:{_HALF}|(?P<name>noon|midnight|o['’]clock)(?a:\b))",
    re.I | re.A,
    needs="mMnNcC",
)
_TIME_FIRST = Pattern(
    rf"(?P<hour>{_HOUR})(?:[:.](?P<minute>{_MINUTE}))?(?= ?(?:-|–|—|to|until|or|and) ?"
    rf"{_HOUR}(?:[:.]{_MINUTE})? ?[ap]\.? ?m(?a:\b))",
    re.I | re.A,
    needs="mM",
)
_BEHIND_AN_HOUR = frozenset("apnmotuAPNMOTU-–—:")
_CLOCK = Pattern(rf"(?P<hour>{_HOUR}):(?P<minute>{_MINUTE})(?![0-9:])", needs=":")
_FIGURES = (_TIME, _TIME_FIRST, _CLOCK)
_NAMED = Pattern(
    r"(?P<name>noon|midnight|正午|午夜|子夜)(?!後|后)",
    needs=("noon", "midnight", "正午", "午夜", "子夜"),
)
_SPOKEN = Pattern(
    r"(?:(?P<half>half)|(?:a )?(?P<quarter>quarter))[ -](?P<side>past|to)[ -]"
    rf"(?P<hour>{_HOUR}|{'|'.join(numerals.HOURS)})(?a:\b)(?![:.]?[0-9])"
    r"(?: in the (?P<part>morning|afternoon|evening)(?a:\b))?",
    re.I | re.A,
    needs=("lf", "lF", "Lf", "LF", "rt", "rT", "Rt", "RT"),
)
_PERIODS = {
    "am": "凌晨 清晨 早上 上午 早晨 晨早 今早 明早 朝早 早",
    "pm": "下午 午後 午后 傍晚 晚上 晚間 晚间 今晚 當晚 当晚 夜晚 深夜 夜間 夜间 黃昏 黄昏 晚",
    "noon": "中午 正午",
    "midnight": "午夜 子夜",
}
_PERIOD_OF = {word: period for period, words in _PERIODS.items() for word in words.split()}
_PERIOD = "|".join(sorted(_PERIOD_OF, key=len, reverse=True))
_ZH_HOUR = "(?:2[0-4]|1[0-9]|0?[0-9]|二十[一二三四]?|十[一二]?|[零一二兩两三四五六七八九])"
_ZH_MINUTE = (
    rf"(?:[0-5]?[0-9]|[一二三四五]?十{_HAN_DIGIT}?|零?{_HAN_DIGIT}) ?分(?!鐘|钟)"
    "|半|[正整]|[一三] ?刻"
)
_ZH_TIME = Pattern(
    rf"(?P<period>{_PERIOD})? ?(?P<hour>{_ZH_HOUR}) ?"
    r"(?:[時时](?![間间段期代候常差])|(?P<point>[點点])(?P<bell>[鐘钟])?) ?"
    rf"(?P<minute>{_ZH_MINUTE})?",
    needs="時时點点",
)
_ZH_CLOCK = Pattern(
    rf"(?P<period>{_PERIOD}) ?(?P<hour>{_HOUR}):(?P<minute>{_MINUTE})(?![0-9])", needs=":"
)
_ZH_RANGED = Pattern(
    rf"(?P<period>{_PERIOD}) ?(?P<hour>{_ZH_HOUR})(?= ?[至到~–-] ?{_ZH_HOUR} ?[時时點点])",
    needs="時时點点",
)


def _timed(text: str, position: int) -> bool:
    """Whether `_FIGURES` may fit: behind an hour stands one of few characters."""
    behind = text[position + 1 : position + 7]
    return "0" <= text[position] <= "9" and not _BEHIND_AN_HOUR.isdisjoint(behind)


def _times(text: str, position: int) -> Found | None:
    figures = _FIGURES if _timed(text, position) else ()
    for pattern in (_ZH_TIME, _ZH_CLOCK, _ZH_RANGED, *figures, _NAMED):
        found = pattern.match(text, position)
        if found and (value := _time(found)):
            return [value], value.end
    if (found := _SPOKEN.match(text, position)) and (value := _spoken(found)):
        return [value], value.end
    return None


def _spoken(found: re.Match[str]) -> Value | None:
    """Half past nine, a quarter to three; nobody says half to."""
    if found["half"] and found["side"].lower() == "to":
        return None
    named = numerals.read(found["hour"].lower(), 0)
    part = (found["part"] or "").lower()
    hour, known = _hour(
        int(named.amount) if named else 0, {"": "", "morning": "am"}.get(part, "pm")
    )
    minutes = hour * 60 + (30 if found["half"] else 15)
    if found["side"].lower() == "to":
        minutes = (minutes - 30) % (1440 if known else 720)
    hour, minute = divmod(minutes, 60)
    hour = hour if known else hour or 12
    return Value("time", (hour, minute, int(known)), *found.span(), optional=True)


def _time(found: re.Match[str]) -> Value | None:
    parts = {name: value for name, value in found.groupdict().items() if value}
    if parts.get("point") and not parts.keys() & {"period", "minute", "bell"}:
        return None
    minute = _minute(parts.get("minute", ""))
    name = parts.get("name", "").lower()
    if "hour" not in parts:
        hour, optional = (12 if name in ("noon", "正午") else 0), True
        return Value("time", (hour, 0, 1), *found.span(), optional=optional)
    hour = _number(parts["hour"])
    period = parts.get("half", "").lower().replace("a", "am").replace("p", "pm") or name
    period = period or _PERIOD_OF.get(parts.get("period", ""), "")
    hour, known = _hour(hour, period)
    if hour > 23:
        return None
    end = found.start() + len(found[0].rstrip())
    words = not any("0" <= c <= "9" for c in found[0])
    return Value("time", (hour, minute, int(known)), found.start(), end, optional=words)


def _hour(hour: int, period: str) -> tuple[int, bool]:
    """The hour of 24, and whether its half of the day is known."""
    if hour > 12 or hour == 0:
        return hour % 24, True
    if period == "am" or period == "midnight":
        return hour % 12, True
    if period == "noon":
        return (hour if hour >= 10 else hour + 12), True
    if period == "pm":
        # 晚上十二時 is midnight, 12 p.m. and 下午十二時 are noon: known to few, so not compared
        return (hour % 12 + 12, True) if hour < 12 else (12, False)
    return hour, False


def _minute(written: str) -> int:
    if not written or written in "正整":
        return 0
    if written == "半":
        return 30
    if "刻" in written:
        return 15 * _number(written)
    return _number(written)
