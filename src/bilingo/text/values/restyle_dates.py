"""Write a date, day of the week, time or decade in the style of another one."""

from __future__ import annotations

import re

from bilingo.text.lazy import Pattern
from bilingo.text.values import numerals, spell
from bilingo.text.values.value import Value

KINDS = frozenset({"date", "weekday", "time", "decade"})
_MONTHS = """January February March April May June July August September October November
December""".split()
_WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_SHORT = {name[:3] for name in (*_MONTHS, *_WEEKDAYS)}
_NUMERIC = Pattern(r"([0-9]{1,4})([-/.])([0-9]{1,2})\2([0-9]{1,4})")
_CHINESE = Pattern(
    rf"(?:(?P<year>[0-9]+|[{numerals.HAN}]+)(?P<y> ?年[度間间]? ?))?"
    rf"(?:(?P<month>[0-9]+|[{numerals.HAN}]+)(?P<m> ?月份? ?))?"
    rf"(?:(?P<day>[0-9]+|[{numerals.HAN}]+)(?P<d> ?[日號号]?))?"
)
_WORD = Pattern(r"[A-Za-z]+\.?|[0-9]+(?:st|nd|rd|th)?|[^A-Za-z0-9]+")


def restyle(written: str, value: Value, new: Value) -> str | None:
    """`new` as `written` writes `value`; None when that style cannot hold it. All half-width."""
    if value.kind == "weekday":
        return _weekday(written, int(new.number))
    if value.kind == "decade":
        return _decade(written, int(value.number), int(new.number))
    if value.kind == "time":
        return _time(written, value, new)
    if found := _NUMERIC.fullmatch(written):
        return _numeric(found, new)
    found = _CHINESE.fullmatch(written)
    return _chinese(found, new) if found else _english(written, new)


def _numeric(found: re.Match[str], new: Value) -> str | None:
    year, month, day = new.parts
    if None in (year, month, day):
        return None
    first, sign, middle, last = found.groups()
    padded = sign == "-" or any(part[0] == "0" for part in (first, middle, last))
    numbers = [f"{day:02}", f"{month:02}"] if padded else [str(day), str(month)]
    if len(first) == 4:
        return sign.join((str(year), *reversed(numbers)))
    return sign.join((*numbers, str(year)[-max(2, len(last)) :]))


def _chinese(found: re.Match[str], new: Value) -> str | None:
    """The parts that are there; what is left to the other end of a range stays left to it."""
    year, month, day = new.parts
    result = ""
    for name, sign, number in (("year", "y", year), ("month", "m", month), ("day", "d", day)):
        old = found[name]
        if not old:
            continue
        if number is None or "廿" in old or "卅" in old:
            return None
        if old[0].isascii():
            result += f"{number:02}" if old[0] == "0" else str(number)
        elif name == "year":
            zero = next((c for c in old if c in "零〇○"), "零")
            result += spell.row(str(number), zero)
        else:
            result += spell.han(number)
        result += found[sign]
    return result


def _english(written: str, new: Value) -> str | None:
    year, month, day = new.parts
    result = ""
    for piece in _WORD.findall(written):
        number: int | None = 0
        if piece[:3] in _SHORT:
            number = month
            name = _MONTHS[month - 1] if month else ""
            piece = _named(piece, name)
        elif piece[0].isdigit() and len(piece) == 4 and piece.isdigit():
            number, piece = year, str(year)
        elif piece[0].isdigit() and day:
            number = day
            padded = f"{day:02}" if piece[0] == "0" else str(day)
            piece = padded if piece.isdigit() else spell.ordinal(day)
        elif piece[0].isdigit():
            number = None
        if number is None:
            return None
        result += piece
    return result


def _named(old: str, name: str) -> str:
    """A month in full where the old one is (May is both), else in three letters."""
    if old.rstrip(".") in _MONTHS and not old.endswith("."):
        return name
    return name if name == "May" else name[:3] + old[old.index(".") :] if "." in old else name[:3]


def _weekday(written: str, day: int) -> str | None:
    if not written[0].isascii() or len(written) == 1:
        return written[:-1] + "一二三四五六日"[day - 1]
    word = written.rstrip(".")
    plural = word.endswith("s") and word not in ("Tues", "Thurs")
    name = _WEEKDAYS[day - 1]
    name = name if (word[:-1] if plural else word) in _WEEKDAYS else name[:3]
    return name + ("s" if plural else "") + written[len(word) :]


def _decade(written: str, old: int, new: int) -> str | None:
    found = re.search(rf"([0-9]+|[{numerals.HAN}]+)(?=['’]?s$| ?年代$)", written)
    if not found or (len(found[1]) < 4 and old // 100 != new // 100):
        return None
    if found[1].isdigit() and found[1].isascii():
        digits = str(new)[-len(found[1]) :]
    else:
        digits = spell.row(str(new)) if len(found[1]) == 4 else spell.han(new % 100)
    return written[: found.start()] + digits + written[found.end() :]


# --- times ---

_ENGLISH_TIME = Pattern(
    r"(?P<hour>[0-9]{1,2})(?:(?P<sign>[:.])(?P<minute>[0-9]{2}))?(?P<tail>[A-Za-z.'’ ]*)"
)
_CHINESE_TIME = Pattern(
    rf"(?P<period>[^0-9{numerals.HAN}]*)(?P<hour>[0-9]+|[{numerals.HAN}]+)"
    rf"(?P<mark> ?[時时點点][鐘钟]? ?|:)(?P<minute>[0-9]+|[{numerals.HAN}]+)?"
    r"(?P<tail> ?分|半|[正整])?"
)
# the hours for which each word is said in Hong Kong; the first that holds an hour is the plainest
_HOURS = {
    "上午": range(5, 12),
    "中午": range(12, 13),
    "下午": range(13, 19),
    "晚上": range(18, 24),
    "早上": range(5, 12),
    "傍晚": range(17, 20),
    "晚間": range(18, 24),
    "凌晨": range(1, 6),
}


def _time(written: str, value: Value, new: Value) -> str | None:
    hour, minute, known = (part or 0 for part in new.parts)
    if found := _ENGLISH_TIME.fullmatch(written):
        return _english_time(found, value, new)
    if not (found := _CHINESE_TIME.fullmatch(written)):
        return None
    period = found["period"].strip()
    if period:
        period = _period(period, hour) if known else ""
        if not period:
            return None
    face = _face(hour) if period or _half_is_elsewhere(found["hour"], value) else hour
    return (
        period
        + found["period"][len(found["period"].rstrip()) :]
        + _figures(found["hour"], face)
        + _chinese_minute(found, minute)
    )


def _chinese_minute(found: re.Match[str], minute: int) -> str:
    """What follows the hour: 時, 時30分, 點半, :30; never 0分."""
    if found["mark"] == ":":
        return f":{minute:02}"
    mark = found["mark"].rstrip("鐘钟 ")
    if not minute:
        return found["mark"] + (found["tail"] if found["tail"] in ("正", "整") else "")
    if minute == 30 and found["tail"] == "半":
        return mark + "半"
    spaced = found["mark"][len(found["mark"].rstrip()) :]
    return mark + spaced + _figures(found["minute"] or found["hour"], minute) + "分"


def _figures(old: str, number: int) -> str:
    if old[0] in numerals.HAN:
        return spell.han(number)
    return f"{number:02}" if old[0] == "0" else str(number)


def _face(hour: int) -> int:
    """The hour as a clock face has it."""
    return hour % 12 or 12


def _half_is_elsewhere(written: str, value: Value) -> bool:
    """下午2時至4時: whether the written hour is below the one it means."""
    hour = value.parts[0] or 0
    if written[0] in numerals.HAN:
        return int(numerals.han_amounts(written)[0][0]) != hour
    return int(written) != hour


def _period(word: str, hour: int) -> str:
    """The old word where it is said of the new hour, else the plainest that is."""
    if hour in _HOURS.get(word, ()):
        return word
    return next((name for name, hours in _HOURS.items() if hour in hours), "")


def _english_time(found: re.Match[str], value: Value, new: Value) -> str | None:
    hour, minute, known = (part or 0 for part in new.parts)
    tail = found["tail"]
    half = re.search(r"[ap](?=\.? ?m)", tail, re.IGNORECASE)
    if half:
        if not known:
            return None
        if hour == 12 and not minute:
            return "12 noon"
        letter = "p" if hour >= 12 else "a"
        letter = letter.upper() if half[0].isupper() else letter
        tail = tail[: half.start()] + letter + tail[half.end() :]
        hour = _face(hour)
    elif tail:
        return None  # 12 noon, 8 o'clock
    elif _half_is_elsewhere(found["hour"], value):
        hour = _face(hour)
    written = _figures(found["hour"], hour)
    if found["minute"] or minute:
        written += f"{found['sign'] or ':'}{minute:02}"
    return written + tail
