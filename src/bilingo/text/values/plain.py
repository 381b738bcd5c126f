"""Plain numbers and telephone numbers: what most figures of a text are, read without the grammar.

Each gives what the grammar gives, or nothing; a law of the tests holds the two against each other.
A number is plain when nothing beside it can belong to it: no unit, scale, month, joint, mark.
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache

from bilingo.text.lazy import Pattern
from bilingo.text.values import labels, numerals, units
from bilingo.text.values.value import Value

_NUMBER = Pattern(r"[0-9]{1,6}(?![0-9])")
_WORD = Pattern(r" ([A-Za-z]+)(?![-'’A-Za-z0-9])")
_OR_MORE = Pattern(
    " or (?:above|below|over|under|older|younger|more|less|fewer|later|earlier)(?a:\\b)"
)
_PHONE = Pattern(labels.HONG_KONG_PHONE)
_MONTHS = frozenset("jan feb mar apr may jun jul aug sep oct nov dec".split())
# words that may belong to the number before them
_CLAIMING = frozenset(
    """and to or in of out until noon midnight o a p am pm day times per percent percentage
    coronavirus novel""".split()
) | {word.lower() for name in units.NAMES for word in name.split()[:1]}
_CLAIMING |= numerals.WORDS | {"k", "m", "mn", "bn"}
# and characters: units, scales, dates, times, joints
CLAIMING_HAN = frozenset(
    "年月日號号時时點点分世成折多餘余十百千萬万億亿兆半至到、或和及冠新倍" + numerals.HAN
) | {name[0] for name in units.NAMES if not name[0].isascii()}
_COUNTING = "個个"  # 5個, but 5個月
_NOT_BEHIND = frozenset("幾几數数,.")
_END = frozenset('。;!?)」』】》"”\ufffc')


def read(text: str, start: int) -> Value | None:
    """The plain number or the telephone number at `start`, which is a digit."""
    before = text[start - 1 : start]
    if before in _NOT_BEHIND and before or before.isascii() and before.isalnum():
        return None
    if found := _NUMBER.match(text, start):
        end = found.end()
        amount = int(found[0])
        if amount != 1 and _ends(text, end):
            return Value("number", _whole(amount), start, end)
        if end - start != 4:
            return None  # no telephone number
    return _phone(text, start)


def _phone(text: str, start: int) -> Value | None:
    found = _PHONE.match(text, start)
    if not found or found[0].startswith("852") or labels.years(found[0]):
        return None
    digits = "".join(filter(str.isdigit, found[0]))
    return Value("phone", digits, *found.span()) if digits.isascii() else None


def _ends(text: str, end: int) -> bool:
    """Whether a number that ends at `end` ends there for every reader."""
    after = text[end : end + 1]
    if not after or after in _END:
        return True
    if after in _COUNTING:
        beyond = text[end + 1 : end + 2]
        return not beyond or beyond == "," or beyond in _END or _han(beyond)
    if after == " ":
        if found := _WORD.match(text, end):
            word = found[1].lower()
            return (
                word not in _CLAIMING
                and word[:3] not in _MONTHS
                or word == "or"
                and _OR_MORE.match(text, end) is not None
            )
        beyond = text[end + 1 : end + 2]
        return beyond == "(" or _han(beyond) and beyond not in _COUNTING
    if after in ",.":
        beyond = text[end + 1 : end + 3].lstrip(" ")[:1]
        return not beyond or beyond.isascii() and beyond.isalpha() or _han(beyond)
    return _han(after)


def _han(character: str) -> bool:
    return "一" <= character <= "鿿" and character not in CLAIMING_HAN


@lru_cache(maxsize=4096)
def _whole(amount: int) -> Fraction:
    return Fraction(amount)
