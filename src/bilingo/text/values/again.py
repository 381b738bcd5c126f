"""What was read once is not read again: the values of a text by the pieces they stand in.

A value is read from a short piece of a text: figures, Han numerals, number words and what may
belong to them. Everywhere else stand words the grammar does not know, and it asks of those only
whether they are letters, Chinese characters or neither. So a piece with these three told apart at
its edges has one reading, wherever it stands: 12歲, 2861 1234, “two weeks” are read once in a run.
A law of the tests holds this against `find`. Where a piece does not decide, the grammar is asked.
"""

from __future__ import annotations

import re
from functools import cache

from bilingo.frozen import dataclass
from bilingo.text.values import (
    aside,
    dates,
    labels,
    numerals,
    plain,
    quantities,
    rates,
    ratios,
    scan,
    units,
)
from bilingo.text.values.lazy import Pattern
from bilingo.text.values.value import Value

_ROOMS = (dates, labels, numerals, quantities, rates, ratios, units)
_WRITTEN = " ".join(
    pattern.pattern
    for room in _ROOMS
    for held in vars(room).values()
    for pattern in (held if isinstance(held, tuple) else (held,))
    if isinstance(pattern, Pattern)
)
# every word and every Chinese character the grammar knows
_VOCABULARY = frozenset(word.lower() for word in re.findall("[A-Za-z]+", _WRITTEN))
_VOCABULARY |= numerals.WORDS | frozenset(name.lower() for name in dates.NAMES)
_VOCABULARY |= frozenset("am pm a p m an noon midnight".split())
_RANGES = re.compile("一-鿿")
_HAN = frozenset(re.findall("[一-鿿]", _RANGES.sub("", _WRITTEN))) | plain.CLAIMING_HAN
_HAN |= frozenset(numerals.HAN + "幾几數数人總总次個个倍無无分能全聖圣克米卡瓦帕農农陰阴曆历初逢")
_STOPS = re.escape(';!?"“”「」『』《》【】。[]{}|\ufffc\n')
_LONGEST = 60
_PER = frozenset("小日天晚月年星週周禮礼個个")  # 一日…兩次 has words between


@cache
def _extent() -> re.Pattern[str]:
    """A piece from its start on: what the grammar knows."""
    first: dict[str, list[str]] = {}
    for word in sorted(_VOCABULARY, key=lambda word: (-len(word), word)):
        for form in {word, word.capitalize(), word.upper()}:
            first.setdefault(form[0], []).append(form[1:])
    words = "|".join(f"{head}(?:{'|'.join(rest)})" for head, rest in sorted(first.items()))
    return re.compile(
        r"(?:[A-Za-z][A-Za-z0-9.+'’-]{0,60})?(?:[0-9][A-Za-z0-9]{0,30}"
        rf"|[^A-Za-z一-鿿{_STOPS}]|[{''.join(sorted(_HAN))}]|(?:{words})(?![A-Za-z])){{0,{_LONGEST}}}+"
    )


@dataclass(frozen=True, slots=True)
class Reading:
    """The values that start at a place, what they say without their places, and their length."""

    values: tuple[Value, ...]
    said: tuple[str, ...]
    length: int


_READ: dict[str, Reading] = {}  # a memo, no state
_MOST_READ = 1 << 16


def read(text: str) -> tuple[list[Value], list[str]]:
    """The values of `find`, in order, and what each says; their places mean nothing here."""
    folded = aside.fold(text)
    values: list[Value] = []
    said: list[str] = []
    words = scan.places(folded)
    position = 0
    while True:
        start = scan.next_place(folded, position, words)
        if start < 0:
            return values, said
        key = _piece(folded, start)
        reading = _READ.get(key)
        if reading is None:
            reading = _reading(folded, start)
            if key:
                if len(_READ) >= _MOST_READ:
                    _READ.clear()
                _READ[key] = reading
        if reading.values:
            values += reading.values
            said += reading.said
        position = start + reading.length


def _reading(folded: str, start: int) -> Reading:
    values, end = scan.read(folded, start)
    return Reading(tuple(values), tuple(map(told, values)), end - start)


def told(value: Value) -> str:
    """What a value says: kind, unit, amount."""
    return f"{value.kind} {value.unit} {value.amount}"


def _piece(text: str, start: int) -> str:
    """The piece that starts at `start` with its edges; empty where it does not decide."""
    found = _extent().match(text, start)
    assert found  # noqa: S101 - may be empty
    end, piece = found.end(), found[0]
    if len(piece) >= _LONGEST or "May" in piece:
        return ""
    first = piece[:1]
    if first == "每" or first == "一" and text[start + 1 : start + 2] in _PER:
        return ""
    after = text[end : end + 1]
    if after.isascii() and after.isalpha():
        word = _LATIN.match(text, end)
        assert word  # noqa: S101 - a letter
        if (
            word[0].lower() in _VOCABULARY
            or text[word.end() : word.end() + 1] in _GOES_ON
            or piece[-1:] in _GOES_ON
        ):
            return ""
        after = "x"
    elif after and after not in _HAN and "一" <= after <= "鿿":
        after = "中"
    if text[end + 1 : end + 2] == "大":
        after += "大"  # 五月三大, looked at from 月
    before = text[start - 1 : start] if start < 2 else text[start - 2 : start]
    if not before.isascii() or before.isalnum():
        before = "".join(map(_edge, before))
    return f"{before}\ufffe{piece}\ufffe{after}"


_LATIN = re.compile("[A-Za-z]+")
_GOES_ON = frozenset("0123456789-.'’$_+")


@cache
def _edge(character: str) -> str:
    if character.isascii() and character.isalpha():
        return "x"
    return "中" if "一" <= character <= "鿿" and character not in _HAN else character
