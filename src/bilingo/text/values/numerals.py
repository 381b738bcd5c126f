"""Numerals as exact numbers: Arabic digits, Han numerals, English number words, and their scales.

Han numerals follow the usual reading: 十百千 inside a section, 萬億兆 between sections, a row of
digits alone is positional (二零二四), two neighbouring digits are an estimate (五六千 is 5,000 to
6,000), a last digit after 百千萬 counts in the next lower unit (三萬五 is 35,000).
兆 is 10¹², as in Hong Kong and Taiwan.
"""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache

from bilingo.frozen import dataclass, replace
from bilingo.text import valueless
from bilingo.text.lazy import Pattern

LONGEST = 30  # digits; a longer run is no amount anybody wrote for a reader

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")}
_DIGITS |= {"〇": 0, "○": 0, "兩": 2, "两": 2, "倆": 2, "俩": 2}
_SMALL = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"萬": 10**4, "万": 10**4, "億": 10**8, "亿": 10**8, "兆": 10**12}
HAN = valueless.HAN
_VULGAR = {"½": Fraction(1, 2), "¼": Fraction(1, 4), "¾": Fraction(3, 4)}
_VULGAR |= {"⅓": Fraction(1, 3), "⅔": Fraction(2, 3)}

ARABIC = r"(?:[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])|[0-9]+)(?:\.[0-9]+)?"
_ARABIC = Pattern(ARABIC)
_TH = Pattern("(?:st|nd|rd|th)(?![A-Za-z])", needs=("st", "nd", "rd", "th"))
_UNGROUPED = Pattern(r"[0-9]+(?:\.[0-9]+)?")
_HAN = Pattern(f"[{HAN}]+")
_POINT = Pattern("[點点]([零〇○一二三四五六七八九]+)(?![十百千分])", needs="點点")
# 百分之, 千克, 萬聖節 are no scales
_HAN_SCALE = Pattern(
    " ?(?:[多餘余] ?)?([十百千]?[萬万億亿兆][億亿]?(?![一聖圣])|百(?!分)|千(?![克米卡瓦帕分]))",
    needs="百千萬万億亿兆",
)
_SCALE_WORDS = {
    "hundred": 100,
    "thousand": 1000,
    "million": 10**6,
    "billion": 10**9,
    "trillion": 10**12,
    "dozen": 12,
    "k": 1000,
    "mn": 10**6,
    "bn": 10**9,
}
_LATIN_SCALE = Pattern(
    r"(?:[ -]?(hundred|thousand|million|billion|trillion|dozen)|(k|mn|bn))(?a:\b)(?!\$)",
    re.I | re.A,
    needs="dDnNkK\u212a",
)
_MONEY_M = Pattern(r" ?m(?a:\b)", re.I | re.A)

_ONES = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen
fifteen sixteen seventeen eighteen nineteen""".split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_ORDINALS = """first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth
thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth""".split()
HOURS = _ONES[1:13]
_CARDINAL = {w: i for i, w in enumerate(_ONES)}
_CARDINAL |= {w: 10 * i for i, w in enumerate(_TENS, 2)}
_ORDINAL = {w: i for i, w in enumerate(_ORDINALS, 1)} | {"once": 1, "twice": 2}
_ORDINAL |= {f"{w[:-1]}ieth": 10 * i for i, w in enumerate(_TENS, 2)}
_MULTIPLES = {w: _SCALE_WORDS[w] for w in ("hundred", "thousand", "million", "billion", "trillion")}
WORDS = frozenset(_CARDINAL) | frozenset(_ORDINAL) | {"dozen", *_MULTIPLES}
_WORD = Pattern(
    r"(?:[ -]|(?<=undred|ousand|illion) and )?(?a:\b)("
    + "|".join(sorted(WORDS - frozenset(_ORDINAL), key=len, reverse=True))
    + r"|[a-z]{3,9}(?:st|nd|rd|th))(?a:\b)",
    re.I | re.A,
)
_FIRST_WORD = Pattern(r"(?:an? )?([A-Za-z]+)")


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number read from a text, up to offset `end`.

    `mantissa` is the amount before its scale (5 in "5 million"). `other` is the second number of
    an estimate (五六千). `words`: written in words or Han numerals. `row`: a row of Han digits.
    """

    amount: Fraction
    end: int
    mantissa: Fraction
    other: Fraction | None = None
    words: bool = False
    row: bool = False


@lru_cache(maxsize=64)  # the readers of several kinds ask in turn
def read(text: str, position: int, *, money: bool = False) -> Numeral | None:
    """The numeral that starts at `position`, if any; in `money`, "3.5m" is 3.5 million."""
    character = text[position : position + 1]
    if "0" <= character <= "9":
        return _arabic(text, position, money)
    if character in _VULGAR:
        return Numeral(_VULGAR[character], position + 1, _VULGAR[character])
    if character and character in HAN:
        return _han(text, position)
    if character.isascii() and character.isalpha():
        return _words(text, position)
    return None


def _arabic(text: str, position: int, money: bool) -> Numeral | None:
    # in 25,50,100 no comma groups
    listed = text[position - 1 : position] == "," and text[position - 2 : position - 1].isdigit()
    found = (_UNGROUPED if listed else _ARABIC).match(text, position)
    assert found  # noqa: S101 - starts with a digit
    if found.end() - position > LONGEST:
        return None
    written = found[0].replace(",", "")
    amount = Fraction(int(written) if "." not in written else written)
    end = found.end()
    if ordinal := _TH.match(text, end):
        return Numeral(amount, ordinal.end(), amount)
    if text[end : end + 1] in _VULGAR and end < len(text):
        amount += _VULGAR[text[end]]
        end += 1
    return _scaled(text, Numeral(amount, end, amount), money)


def _scaled(text: str, numeral: Numeral, money: bool) -> Numeral:
    end = numeral.end
    if found := _HAN_SCALE.match(text, end):
        return _sections(text, numeral, found)
    if found := _LATIN_SCALE.match(text, end):
        scale = _SCALE_WORDS[(found[1] or found[2]).lower()]
        return replace(numeral, amount=numeral.amount * scale, end=found.end())
    if money and (found := _MONEY_M.match(text, end)):
        return replace(numeral, amount=numeral.amount * 10**6, end=found.end())
    return numeral


def _sections(text: str, numeral: Numeral, found: re.Match[str]) -> Numeral:
    """3億5000萬, 1萬5千: sections of falling scale."""
    scale = _product(found[1])
    amount, end = numeral.amount * scale, found.end()
    while more := _ARABIC.match(text, end):
        lower = _HAN_SCALE.match(text, more.end())
        if not lower and scale == 10**4 and re.fullmatch("[0-9]{4}", more[0]):
            return replace(numeral, amount=amount + int(more[0]), end=more.end())  # 123萬4567
        if not lower or _product(lower[1]) >= scale or more.end() - end > LONGEST:
            break
        scale = _product(lower[1])
        amount += Fraction(more[0].replace(",", "")) * scale
        end = lower.end()
    return replace(numeral, amount=amount, end=end)


def _product(characters: str) -> int:
    scale = 1
    for character in characters:
        scale *= _SMALL.get(character) or _LARGE[character]
    return scale


def _han(text: str, position: int) -> Numeral | None:
    found = _HAN.match(text, position)
    assert found  # noqa: S101 - starts with a Han numeral
    run, end = found[0], found.end()
    if len(run) > LONGEST:
        return None
    if run[-1] in "千百" and text[end : end + 1] in tuple("克米卡瓦帕分"):
        # 三千克 is three kilograms; 二百分 does not occur
        run, end = run[:-1], end - 1
        if not run:
            return None
    if (
        text[end : end + 1] in tuple("幾几")
        or run in "萬万"
        and text[end : end + 1] in tuple("無无分能全聖圣")
    ):
        return None
    amounts, row = han_amounts(run)
    if (point := _POINT.match(text, end)) and len(run) <= 3:
        decimals = "".join(str(_DIGITS[c]) for c in point[1][:LONGEST])
        amount = amounts[0] + Fraction(int(decimals), 10 ** len(decimals))
        return _scaled(text, Numeral(amount, point.end(), amount, words=True), False)
    other = amounts[1] if len(amounts) > 1 else None
    return Numeral(amounts[0], end, amounts[0], other, words=True, row=row)


def han_amounts(run: str) -> tuple[tuple[Fraction, ...], bool]:
    """The one or two amounts of a run of Han numerals, and whether it is a row of digits."""
    if all(c in _DIGITS for c in run):
        digits = [_DIGITS[c] for c in run]
        if len(run) == 2 and digits[1] - digits[0] == 1 and digits[0]:
            return (Fraction(digits[0]), Fraction(digits[1])), False
        return (Fraction(int("".join(map(str, digits)))),), len(run) > 1
    for at in range(len(run) - 1):
        first, second = _DIGITS.get(run[at], 0), _DIGITS.get(run[at + 1], 0)
        if first and second - first == 1:
            low, high = run[: at + 1] + run[at + 2 :], run[:at] + run[at + 1 :]
            return (_sum(low), _sum(high)), False
    return (_sum(run),), False


def _sum(run: str) -> Fraction:
    total = section = 0
    digit: int | None = None
    last_unit = 1
    for character in run:
        if character in _DIGITS:
            digit = _DIGITS[character]
            if digit == 0:
                last_unit = 1
        elif character in "廿卅":
            section += 20 if character == "廿" else 30
            last_unit = 10
        elif character in _SMALL:
            last_unit = _SMALL[character]
            section += (1 if digit is None else digit) * last_unit
            digit = None
        else:
            last_unit = _LARGE[character]
            below = section + (digit or 0)
            if below:
                total += below * last_unit
            else:
                total = (total or 1) * last_unit
            section, digit = 0, None
    if digit is not None:
        section += digit * (last_unit // 10 if last_unit >= 100 else 1)
    return Fraction(total + section)


def _words(text: str, position: int) -> Numeral | None:
    found = _FIRST_WORD.match(text, position)
    if not found or found[1].lower() not in WORDS:
        return None
    article = found.start(1) > position
    word = found[1].lower()
    if article and not (word in _MULTIPLES or word == "dozen"):
        return None
    if word in _ORDINAL:
        return Numeral(Fraction(_ORDINAL[word]), found.end(), Fraction(_ORDINAL[word]), words=True)
    total, section, end = 0, 0, found.start(1)
    previous = ""
    while (more := _WORD.match(text, end)) and (_joins(previous, more[1].lower()) or not previous):
        previous = more[1].lower()
        end = more.end()
        if previous in _CARDINAL:
            section += _CARDINAL[previous]
        elif previous in _ORDINAL:
            section += _ORDINAL[previous]
            break
        elif previous == "hundred" or previous == "dozen":
            section = (section or 1) * _SCALE_WORDS[previous]
        else:
            total += (section or 1) * _SCALE_WORDS[previous]
            section = 0
    amount = Fraction(total + section)
    return Numeral(amount, end, amount, words=True)


def _joins(previous: str, word: str) -> bool:
    """Whether `word` goes on with the number whose last word was `previous`."""
    if word in _MULTIPLES or word == "dozen":
        return previous != "dozen"
    small = _CARDINAL.get(word) or _ORDINAL.get(word)
    if not small:
        return False
    return previous in _MULTIPLES or (previous in _TENS and small < 10)
