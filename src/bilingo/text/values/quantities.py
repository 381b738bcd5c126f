"""Numbers with what belongs to them: unit, currency, percent; and ranges that share it."""

from __future__ import annotations

import re
from fractions import Fraction

from bilingo.frozen import replace
from bilingo.text.lazy import Pattern
from bilingo.text.values import dates, labels, numerals, ratios, units
from bilingo.text.values.value import Found, Value

_TO = Pattern(r" ?(?:-{1,2}|–|—|~|至|到|、|或|和|及) ?| (?:to|and|or) ")
_ARTICLE = Pattern(
    r"(?:an?|per|each|every) (?=(?:second|minute|hour|day|week|month|year)(?a:\b))",
    re.I | re.A,
    needs="apeAPE",
)
_AND_A_HALF = Pattern(r" and a half(?a:\b)", needs=(" and a half",))
_SHARED = ("quantity", "percent", "money")
_OTHERS = (labels.code, labels.phone, dates.read, labels.version, ratios.read)


def read(text: str, start: int) -> Found | None:
    """The number at `start` with its unit, or a range or list that shares a unit or currency."""
    if article := _ARTICLE.match(text, start):
        unit = units.suffix(text, article.end())
        if unit and (written := unit.groupdict().get("unit")):
            name = units.unit_of(written)
            return [Value("quantity", Fraction(1), start, unit.end(), name, True)], unit.end()
    values: list[Value] = []
    scales: list[Fraction] = []
    position, end = start, start
    while found := _one(text, position, values):
        new, end, scale = found
        values += new
        scales += [scale] * len(new)
        joint = _TO.match(text, end)
        if not joint or joint.end() >= len(text) or _starts_other(text, joint.end()):
            break
        position = joint.end()
    if not values:
        return None
    return _sharing(values, scales), end


def _starts_other(text: str, position: int) -> bool:
    """Whether a date, time, code or phone number starts here, which shares no unit."""
    return any(reader(text, position) for reader in _OTHERS)


def _one(text: str, start: int, before: list[Value]) -> tuple[list[Value], int, Fraction] | None:
    """One number, or the two of an estimate; where it ends; the scale it is written in."""
    prefix = units.prefix(text, start)
    shown = prefix.groupdict() if prefix else {}
    position = prefix.end() if prefix else start
    money = bool(shown.get("currency")) or bool(before and before[-1].kind == "money")
    numeral = numerals.read(text, position, money=money)
    if numeral is None or (numeral.words and _new_words(text, position, before)):
        return None
    end = numeral.end
    amounts = [numeral.amount] if numeral.other is None else [numeral.amount, numeral.other]
    half = _AND_A_HALF.match(text, end)
    if half:
        amounts, end = [amount + Fraction(1, 2) for amount in amounts], half.end()
    suffix = units.suffix(text, end)
    after = suffix.groupdict() if suffix else {}
    end = suffix.end() if suffix else end
    # 兩年半, 三成半
    more = text.startswith("半", end) and bool(after.get("unit") or after.get("tenths"))
    # 1名, 1次: the English has an article
    counted = amounts[0] == 1 and not suffix and _counted(text, end)
    optional = numeral.words or counted
    values = []
    for amount in amounts:
        exact = amount + Fraction(1, 2) if more else amount
        exact = -exact if shown.get("minus") or shown.get("below") else exact
        plain = Value("number", exact, start, end + more, optional=optional)
        values.append(_named(plain, shown, after))
    scale = numeral.amount / numeral.mantissa if numeral.mantissa else Fraction(1)
    return values, end + more, scale


def _counted(text: str, position: int) -> bool:
    """Whether a Han character stands behind a number, or behind its space: 1名, but not 1號."""
    after = text[position : position + 2]
    behind = after[after[:1] == " " :][:1]
    return "一" <= behind <= "鿿" and behind not in "號号"


def _new_words(text: str, position: int, before: list[Value]) -> bool:
    """English number words after figures ("5 and one of them") are no list with them."""
    return bool(before) and text[position].isascii() and not before[-1].optional


def _named(value: Value, shown: dict[str, str], after: dict[str, str]) -> Value:
    """The value with the kind and unit its prefix or suffix gives it."""
    amount = value.number
    currency = shown.get("currency") or after.get("currency")
    if currency and (currency[0] != "d" or not 1900 < amount < 2100):
        # 2013 dollars are those of that year
        return replace(value, kind="money", unit=units.currency_of(currency))
    if shown.get("percent") or after.get("percent"):
        return replace(value, kind="percent", unit="off" if after.get("off") else "")
    if shown.get("permille") or after.get("permille"):
        return replace(value, kind="percent", amount=amount / 10)
    if after.get("tenths"):
        return replace(value, kind="percent", amount=amount * 10)
    if after.get("discount"):
        return replace(value, kind="percent", unit="折", amount=amount * (10 if amount < 10 else 1))
    if shown.get("scale"):
        return replace(value, kind="quantity", unit="C" if shown["scale"][0] in "攝摄" else "F")
    if after.get("unit"):
        if "半" in (after.get("classed") or ""):
            amount += Fraction(1, 2)
        return replace(value, kind="quantity", unit=units.unit_of(after["unit"]), amount=amount)
    return value


def _sharing(values: list[Value], scales: list[Fraction]) -> list[Value]:
    """2–8 °C, 3 to 4 months, HK$5–10, 5 to 6 million: what one end says holds for both."""
    shared = list(values)
    for i in range(len(values) - 2, -1, -1):
        here, there = shared[i], shared[i + 1]
        scale = scales[i + 1]
        if scales[i] == 1 < scale and here.number < there.number / scale:
            here, scales[i] = replace(here, amount=here.number * scale), scale
        if here.kind == "number" and there.kind in _SHARED and there.unit != "折":
            here = replace(here, kind=there.kind, unit=there.unit)
        shared[i] = here
    for i in range(1, len(values)):
        here, there = shared[i], shared[i - 1]
        if _short_year(there, here):
            shared[i] = replace(here, amount=there.number - there.number % 100 + here.number)
        elif here.kind == "number" and (there.kind in ("percent", "money") or there.unit in "CF"):
            shared[i] = replace(here, kind=there.kind, unit=there.unit)
    return [_year(value) for value in shared]


def _short_year(first: Value, last: Value) -> bool:
    """1957–58."""
    return (
        first.kind == last.kind
        and 1000 <= first.number < 2200
        and first.number % 100 < last.number < 100
        and last.end - last.start >= 2
        and last.start - first.end <= 3
    )


def _year(value: Value) -> Value:
    """2019至2020年: 年 after a number of four digits is a year."""
    if value.unit == "y" and 1000 <= value.number < 3000 and value.number.denominator == 1:
        return replace(value, kind="date", amount=(int(value.number), None, None), unit="")
    return value
