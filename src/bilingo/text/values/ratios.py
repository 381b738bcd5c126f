"""Fractions: one third, 三分之一, 4/5, half, 一半, one in 13, five of six, 每六人有五人."""

from __future__ import annotations

import re
from fractions import Fraction

from bilingo.text.lazy import Pattern
from bilingo.text.values import numerals, units
from bilingo.text.values.value import Found, Value

_FRACTION_OF = {"half": 2, "halves": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4}
_FRACTION_OF |= {"fifth": 5, "fifths": 5, "sixths": 6, "eighths": 8, "tenth": 10, "tenths": 10}

_RATIO = Pattern(r"(?:-in-| in | out of | of | in every | out of every )", needs=("in", "of"))
_SLASH = Pattern(r"([0-9]{1,9}) ?/ ?([1-9][0-9]{0,8})(?![0-9/]|[.,][0-9])", needs="/")
_PARTS = Pattern(
    rf"([0-9]{{1,9}}|[{numerals.HAN}]{{1,9}}) ?分之 ?([0-9]{{1,9}}|[{numerals.HAN}]{{1,9}})",
    needs=("分之",),
)
_WORD_FRACTION = Pattern(
    r"(?P<top>an?|one|two|three|four|five|six|seven|eight|nine)[ -]"
    "(?P<bottom>"
    + "|".join(sorted(_FRACTION_OF, key=len, reverse=True))
    + r")(?a:\b)"
    # a third of a million is an amount
    + "(?! ?(?:of (?:an? )?)?(?:a )?(?:hundred|thousand|million|billion|dozen))",
    re.I | re.A,
    needs="hHrR",
)
_EVERY = Pattern(
    rf"每 ?(?P<bottom>[0-9]{{1,3}}|[{numerals.HAN}]{{1,3}}) ?"
    rf"[^0-9{numerals.HAN}，。；、,.;]{{1,12}}?[便就即約约]?有 ?"
    rf"(?P<top>[0-9]{{1,3}}|[{numerals.HAN}]{{1,3}}) ?[名個个位人]",
    needs="每",
)
START_HAN = f"每(?= ?[0-9{numerals.HAN}])"
_HALF = Pattern(
    r"half(?: (?:of )?an? (?P<scale>hundred|thousand|million|billion|dozen)(?a:\b))?"
    "|一半|半[數数]|半(?:[杯碗匙])?",
    re.I | re.A,
    needs="hH半",
)


def read(text: str, start: int) -> Found | None:
    """The fraction or ratio that starts at `start`; 0.5 is no fraction, 20% neither."""
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
        above = numerals.read(found["top"], 0)
        parts = (int(above.amount) if above else 1, _FRACTION_OF[found["bottom"].lower()])
        return [Value("fraction", parts, *found.span(), optional=True)], found.end()
    return _every(text, start) or _half(text, start) or _ratio(text, start)


def _every(text: str, start: int) -> Found | None:
    """每五名成人便有一人."""
    found = _EVERY.match(text, start)
    if not found or units.suffix(text, found.end("bottom")):
        return None  # every 30 seconds there is one
    top, bottom = _small(found["top"]), _small(found["bottom"])
    if not 0 < top < bottom:
        return None
    words = not any("0" <= c <= "9" for c in found[0])
    return [Value("fraction", (top, bottom), *found.span(), optional=words)], found.end()


def _small(written: str) -> int:
    return int(written) if written.isdigit() else int(numerals.han_amounts(written)[0][0])


def _half(text: str, start: int) -> Found | None:
    if text.startswith(("半價", "半价"), start):  # five tenths of the price, and 50 % off
        return [Value("percent", Fraction(50), start, start + 2, "折", True)], start + 2
    found = _HALF.match(text, start)
    if not found:
        return None
    if found["scale"]:
        whole = numerals.read(found["scale"], 0)
        amount = whole.amount / 2 if whole else Fraction(1, 2)
        return [Value("number", amount, *found.span(), optional=True)], found.end()
    after = found.end() + (found[0].lower() == "half" and _article(text, found.end()))
    unit = units.suffix(text, after)
    if unit and (written := unit.groupdict().get("unit")):
        name = units.unit_of(written)
        return [Value("quantity", Fraction(1, 2), start, unit.end(), name, True)], unit.end()
    if found[0] == "半":
        return None  # 半 of something with a name: 半徑
    return [Value("fraction", (1, 2), *found.span(), optional=True)], found.end()


def _article(text: str, position: int) -> int:
    for article in (" an", " a"):
        if text.startswith(article, position):
            return len(article)
    return 0


def _ratio(text: str, start: int) -> Found | None:
    """One in 13, five of six, 3 out of 10."""
    top = numerals.read(text, start)
    joint = _RATIO.match(text, top.end) if top else None
    bottom = numerals.read(text, joint.end()) if joint else None
    if not (top and bottom) or not 0 < top.amount < bottom.amount <= 1000:
        return None
    if top.amount.denominator > 1 or bottom.amount.denominator > 1:
        return None
    if units.suffix(text, bottom.end):
        return None
    parts = (int(top.amount), int(bottom.amount))
    words = top.words and bottom.words
    return [Value("fraction", parts, start, bottom.end, optional=words)], bottom.end
