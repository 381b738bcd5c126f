"""Find the values in a text: one pass from left to right, the longest reading at each place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from bilingo.text.values import aside, dates, numerals, units
from bilingo.text.values.value import Value

_FRACTION_OF = {"half": 2, "halves": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4}
_FRACTION_OF |= {"fifth": 5, "fifths": 5, "sixths": 6, "eighths": 8, "tenth": 10, "tenths": 10}

# Names whose digits are part of the name, in every spelling: they count as the code before “:”.
_TERMS = {
    "covid19": r"COVID-?19|(?:novel )?coronavirus(?: disease)? ?2019|2019[ -](?:novel )?coronavirus"
    r"|2019 ?(?:新型|新)?冠[狀状]病毒(?:疾?病)?|冠[狀状]病毒(?:疾?病)-?(?:20)?19|2019-?nCoV",
}
_TERM = re.compile("|".join(f"(?P<{code}>{names})" for code, names in _TERMS.items()), re.I)
_CODE = re.compile(
    r"(?:[A-Za-z]{1,20}-){0,3}[A-Za-z]{0,20}[A-Z][A-Za-z]{0,20}-?[0-9]{1,9}[A-Za-z0-9]{0,20}"
    r"(?:[-.][A-Za-z0-9]{0,9}[0-9][A-Za-z]{0,9}){0,3}\+?"
    r"|[a-z]{1,4}[0-9]{1,9}[A-Za-z0-9]{0,20}(?![A-Za-z0-9])"
    r"|[0-9]{1,3}[A-Z]{1,2}(?![A-Za-z0-9])"
)
_NO_CODE = re.compile(r"(?:HKD|USD|RMB|CNY|GBP|EUR|AUD|CAD|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Oct|Nov|Dec|No)-?[0-9]|[0-9]+(?:AM|PM|L|C|F|K|M|BN|KG|G|D|H)\b")
_PHONES = (
    re.compile(r"\(?\+?852\)?[ -]?[2-9][0-9]{3}[ -]?[0-9]{4}(?![0-9])"),
    re.compile(r"\+[0-9]{1,3}(?:[ -]?\(?[0-9]{1,4}\)?){2,5}(?![0-9])"),
    re.compile(r"[2-9][0-9]{3}[ -]?[0-9]{4}(?![0-9,%]|\.[0-9]| ?[萬万億亿百千年]| ?(?:m|b|tr)illion)"),
    re.compile(r"(?:1[ -])?[0-9]{3}-[0-9]{3}-[0-9]{4}(?![0-9])|1[0-9]{2,3} [0-9]{3,4}(?![0-9%]|[,.][0-9])"),
)
_TO = re.compile(r" ?(?:-{1,2}|–|—|~|至|到|、|或|和|及) ?| (?:to|and|or) ")
_SHARED = ("quantity", "percent", "money")
_RATIO = re.compile(r"(?:-in-| in | out of | of | in every | out of every )")
_SLASH = re.compile(r"([0-9]{1,9}) ?/ ?([1-9][0-9]{0,8})(?![0-9/]|[.,][0-9])")
_PARTS = re.compile(rf"([0-9]{{1,9}}|[{numerals.HAN}]{{1,9}}) ?分之 ?([0-9]{{1,9}}|[{numerals.HAN}]{{1,9}})")
_WORD_FRACTION = re.compile(
    r"(?P<top>an?|one|two|three|four|five|six|seven|eight|nine)[ -](?P<bottom>"
    + "|".join(sorted(_FRACTION_OF, key=len, reverse=True))
    + r")\b(?! ?(?:of (?:a |an )?)?(?:a )?(?:hundred|thousand|million|billion|dozen))",
    re.I,
)
_HALF = re.compile(r"half(?: (?:of )?an? (?P<scale>hundred|thousand|million|billion|dozen)\b)?|一半|半[數数]|半", re.I)
_ARTICLE = re.compile(r"(?:an?|per|each|every) (?=(?:second|minute|hour|day|week|month|year)\b)", re.I)
_COUNTED = re.compile(" ?[一-鿿]")
_AND_A_HALF = re.compile(r" and a half\b")
_START = re.compile(
    r"(?<![A-Za-z0-9])(?P<code>(?i:" + _TERM.pattern.replace("?P<covid19>", "?:") + ")|" + _CODE.pattern + ")"
    rf"|(?P<money>{units.PREFIXES})"
    rf"|[(+]?[0-9]|[½¼¾⅓⅔]|(?<![0-9A-Za-z)\]\-年月日號号時时分元歲岁天座期{numerals.HAN}])-(?=[0-9])"
    rf"|[{numerals.HAN}半廿卅]"
    r"|(?<![A-Za-z])(?=[A-Za-z])(?:(?i:an?|per|each|every|minus|half|noon|midnight|"
    + "|".join(sorted(numerals.WORDS))
    + r")\b|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|Mon|Tue|Wed|Thu|Fri|Sat|Sun))"
    r"|星期|禮拜|礼拜|[週周](?=[一二三四五六日])"
    r"|[凌清早上今明朝中正下午傍晚當当夜深黃黄子晨](?=[晨早上午晚夜昏後后間间]? ?[0-9二三四五六七八九十一零兩两])|[正午子]夜|正午"
)
_INDEFINITE = re.compile("(?:[幾几]|(?<![人總总次個个倍])[數数])$")


def find(text: str) -> tuple[Value, ...]:
    """The values in `text`, in order; offsets are code points of `text`.

    Placeholders, tags, addresses and literal code are set aside. A range gives two values.
    """
    folded = aside.fold(text)
    return tuple(_scan(folded))


def _scan(text: str) -> Iterator[Value]:
    position = 0
    while found := _START.search(text, position):
        start = found.start()
        values, end = _read(text, start)
        yield from values
        position = max(end, start + 1)


def _read(text: str, start: int) -> tuple[list[Value], int]:
    if _INDEFINITE.search(text[max(0, start - 2) : start]):
        return [], _skip(text, start)
    for reader in (_code, _phone, dates.read, _fraction, _quantities):
        if found := reader(text, start):
            return found
    return [], _skip(text, start)


_RUN = re.compile(rf"[0-9]+|[{numerals.HAN}]+|[A-Za-z]+|.", re.S)


def _skip(text: str, start: int) -> int:
    """Past what could not be read, so that no run is tried again from its middle."""
    found = _RUN.match(text, start)
    return found.end() if found else start + 1


def _code(text: str, start: int) -> tuple[list[Value], int] | None:
    if start and text[start - 1].isascii() and text[start - 1].isalnum():
        return None
    if found := _TERM.match(text, start):
        return [Value("code", str(found.lastgroup), *found.span(), optional=True)], found.end()
    found = _CODE.match(text, start)
    if not found or _NO_CODE.match(text, start):
        return None
    name = "".join(c for c in found[0].lower() if c.isalnum())
    return [Value("code", name, *found.span(), optional=True)], found.end()


def _phone(text: str, start: int) -> tuple[list[Value], int] | None:
    if text[start] not in "(+0123456789" or text[start - 1 : start] == ",":
        return None
    for pattern in _PHONES:
        if (found := pattern.match(text, start)) and not _years(found[0]):
            digits = "".join(c for c in found[0] if c.isdigit())
            if len(digits) == 11 and digits.startswith("852"):
                digits = digits[3:]
            if len(digits) >= 7:
                return [Value("phone", digits, *found.span())], found.end()
    return None


def _years(written: str) -> bool:
    """2019-2020 and 3000-4000 are ranges."""
    first, last = written[:4], written[-4:]
    if len(written) != 9 or not (first.isdigit() and last.isdigit()):
        return False
    both_years = "1800" <= first < last <= "2199"
    return both_years or (first < last and first.endswith("00") and last.endswith("00"))


def _fraction(text: str, start: int) -> tuple[list[Value], int] | None:
    if found := _SLASH.match(text, start):
        parts = (int(found[1]), int(found[2]))
        always = parts == (24, 7)  # round the clock
        return [Value("fraction", parts, *found.span(), optional=always)], found.end()
    if found := _PARTS.match(text, start):
        if found[1] in ("百", "千", "萬", "万"):
            return None
        bottom, top = (_small(found[1]), _small(found[2]))
        words = not found[0][0].isdigit()
        return [Value("fraction", (top, bottom), *found.span(), optional=words)], found.end()
    if found := _WORD_FRACTION.match(text, start):
        top = numerals.read(found["top"], 0)
        parts = (int(top.amount) if top else 1, _FRACTION_OF[found["bottom"].lower()])
        return [Value("fraction", parts, *found.span(), optional=True)], found.end()
    return _half(text, start) or _ratio(text, start)


def _small(written: str) -> int:
    return int(written) if written.isdigit() else int(numerals.han_amounts(written)[0][0])


def _half(text: str, start: int) -> tuple[list[Value], int] | None:
    found = _HALF.match(text, start)
    if not found:
        return None
    if found["scale"]:
        whole = numerals.read(found["scale"], 0)
        amount = whole.amount / 2 if whole else Fraction(1, 2)
        return [Value("number", amount, *found.span(), optional=True)], found.end()
    after = found.end() + (found[0].lower() == "half" and _article(text, found.end()))
    unit = units.SUFFIX.match(text, after)
    if unit and unit["unit"]:
        name = units.unit_of(unit["unit"])
        return [Value("quantity", Fraction(1, 2), start, unit.end(), name, True)], unit.end()
    if found[0] == "半":
        return None
    return [Value("fraction", (1, 2), *found.span(), optional=True)], found.end()


def _article(text: str, position: int) -> int:
    for article in (" an", " a"):
        if text.startswith(article, position):
            return len(article)
    return 0


def _ratio(text: str, start: int) -> tuple[list[Value], int] | None:
    """One in 13, five of six, 3 out of 10."""
    top = numerals.read(text, start)
    joint = _RATIO.match(text, top.end) if top else None
    bottom = numerals.read(text, joint.end()) if joint else None
    if not (top and bottom) or not 0 < top.amount < bottom.amount <= 1000:
        return None
    if top.amount.denominator > 1 or bottom.amount.denominator > 1:
        return None
    if units.SUFFIX.match(text, bottom.end):
        return None
    parts = (int(top.amount), int(bottom.amount))
    words = top.words and bottom.words
    return [Value("fraction", parts, start, bottom.end, optional=words)], bottom.end


def _quantities(text: str, start: int) -> tuple[list[Value], int] | None:
    """A number with its unit, or a range or list of them that shares a unit or currency."""
    if article := _ARTICLE.match(text, start):
        unit = units.SUFFIX.match(text, article.end())
        if unit and unit["unit"]:
            name = units.unit_of(unit["unit"])
            return [Value("quantity", Fraction(1), start, unit.end(), name, True)], unit.end()
    values: list[Value] = []
    scales: list[Fraction] = []
    position: int | None = start
    end = start
    while position is not None and (found := _quantity(text, position, values)):
        new, end, scale = found
        values += new
        scales += [scale] * len(new)
        joint = _TO.match(text, end)
        position = joint.end() if joint else None
        if joint and (joint.end() >= len(text) or _stops(text, joint.end())):
            position = None
    return (_shared(values, scales), end) if values else None


def _stops(text: str, position: int) -> bool:
    """Whether a date, time, code or phone number starts here, which shares no unit."""
    readers = (_code, _phone, dates.read, _fraction)
    return any(reader(text, position) for reader in readers)


def _quantity(
    text: str, start: int, before: list[Value]
) -> tuple[list[Value], int, Fraction] | None:
    prefix = units.PREFIX.match(text, start)
    shown = prefix.groupdict() if prefix else {}
    position = prefix.end() if prefix else start
    currency = bool(shown.get("currency")) or bool(before and before[-1].kind == "money")
    numeral = numerals.read(text, position, money=currency)
    if numeral is None or (before and numeral.words and text[position].isascii() and not before[-1].optional):
        return None
    end, amount = numeral.end, numeral.amount
    if half := _AND_A_HALF.match(text, end):
        amount, end = amount + Fraction(1, 2), half.end()
    suffix = units.SUFFIX.match(text, end)
    if suffix:
        end = suffix.end()
    # 1名, 1次: the English has an article
    words = numeral.words or (amount == 1 and bool(_COUNTED.match(text, numeral.end)))
    value = _named(Value("number", amount, start, end, optional=words), shown, suffix)
    if suffix and (value.unit or suffix["tenths"]) and text[end : end + 1] == "半" and isinstance(value.amount, Fraction):
        extra = Fraction(5) if suffix["tenths"] else Fraction(1, 2)
        value = replace(value, amount=value.amount + extra, end=end + 1)
        end += 1
    if shown.get("minus") or shown.get("below"):
        value = replace(value, amount=-amount)
    scale = numeral.amount / numeral.mantissa if numeral.mantissa else Fraction(1)
    values = [value]
    if numeral.other is not None:
        values.append(replace(value, amount=numeral.other))
    return values, end, scale


def _named(value: Value, shown: dict[str, str], suffix: re.Match[str] | None) -> Value:
    """The value with the kind and unit its prefix or suffix gives it."""
    amount = value.amount
    assert isinstance(amount, Fraction)  # noqa: S101 - numbers only
    after = suffix.groupdict() if suffix else {}
    if shown.get("currency"):
        return replace(value, kind="money", unit=units.currency_of(shown["currency"]))
    if shown.get("percent") or after.get("percent"):
        return replace(value, kind="percent")
    if shown.get("permille") or after.get("permille"):
        return replace(value, kind="percent", amount=amount / 10)
    if after.get("tenths"):
        return replace(value, kind="percent", amount=amount * 10)
    if after.get("discount"):
        return replace(value, kind="percent", unit="折", amount=amount * 10 if amount < 10 else amount)
    if after.get("currency") and not (after["currency"][0] == "d" and 1900 < amount < 2100):
        # 2013 dollars are those of that year
        return replace(value, kind="money", unit=units.currency_of(after["currency"]))
    if shown.get("scale"):
        return replace(value, kind="quantity", unit="C" if shown["scale"][0] in "攝摄" else "F")
    if after.get("unit"):
        name = units.unit_of(after["unit"])
        if "半" in (after.get("classed") or ""):
            amount += Fraction(1, 2)
        return replace(value, kind="quantity", unit=name, amount=amount)
    return value


def _shared(values: list[Value], scales: list[Fraction]) -> list[Value]:
    """2–8 °C, 3 to 4 months, HK$5–10, 5 to 6 million: what one end says holds for both."""
    shared = list(values)
    for i in range(len(values) - 2, -1, -1):
        here, there = shared[i], shared[i + 1]
        if here.kind == "number" and there.kind in _SHARED and there.unit != "折":
            shared[i] = replace(here, kind=there.kind, unit=there.unit)
        if scales[i] == 1 and scales[i + 1] > 1 and isinstance(here.amount, Fraction) and isinstance(there.amount, Fraction):
            if here.amount < there.amount / scales[i + 1] and here.start != there.start:
                shared[i] = replace(shared[i], amount=here.amount * scales[i + 1])
                scales[i] = scales[i + 1]
    for i in range(1, len(values)):
        here, there = shared[i], shared[i - 1]
        if _short_year(there, here):
            shared[i] = replace(here, amount=there.amount - there.amount % 100 + here.amount)
            continue
        if here.kind == "number" and there.kind in ("percent", "money", "quantity") and (there.kind != "quantity" or there.unit in "CF"):
            shared[i] = replace(here, kind=there.kind, unit=there.unit)
    return [_year(value) for value in shared]


def _short_year(first: Value, last: Value) -> bool:
    """1957–58."""
    return (
        isinstance(first.amount, Fraction)
        and isinstance(last.amount, Fraction)
        and 1000 <= first.amount < 2200
        and first.amount % 100 < last.amount < 100
        and last.end - last.start >= 2
        and first.kind == last.kind in ("number", "quantity")
        and last.start - first.end <= 3
    )


def _year(value: Value) -> Value:
    """2019至2020年: 年 after a number of four digits is a year."""
    amount = value.amount
    if value.unit == "y" and isinstance(amount, Fraction) and amount.denominator == 1:
        if 1000 <= amount < 3000:
            return replace(value, kind="date", amount=(int(amount), None, None), unit="")
    return value
