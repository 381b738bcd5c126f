"""The sections of an index that say where words stand (`index_words`)."""

from __future__ import annotations

import re
import sys
from array import array
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate, count
from operator import call
from typing import NamedTuple

from bilingo.stores import index_words
from bilingo.stores.index_words import JOINT
from bilingo.text import stems

_TOGETHER = 4_096  # texts whose words are sought at once


class Listed(NamedTuple):
    """Words in order, how many places each has, and the places of one word behind the other's."""

    words: Sequence[str]
    counts: Sequence[int]
    places: array[int]


Make = Callable[[Iterable[Sequence[str]]], Listed]
"""From all words as they stand, some at a time."""


def sections(
    language: str, texts: Sequence[str], wide: bool, make: Make
) -> Iterator[tuple[str, bytes]]:
    """The sections of a side of an index."""
    words, counts, places = _in_texts(texts) if wide else make(_together(texts))
    if not wide:
        ends, places = places[: counts[0]], places[counts[0] :]  # no word comes before the joint
        words, counts = words[1:], counts[1:]
        yield f"{language}/tops", _packed(ends[:: index_words.TOP])
        yield f"{language}/ends", _packed(ends)
    spelt = [f"{JOINT}{word}".encode("utf-8", "surrogatepass") for word in words]
    yield f"{language}/words", b"".join(spelt) + JOINT.encode()
    yield f"{language}/spelt", _packed(array("I", accumulate(map(len, spelt), initial=0)))
    yield f"{language}/counted", _packed(array("I", accumulate(counts, initial=0)))
    yield f"{language}/places", _packed(places)


def make(words: Iterable[Sequence[str]]) -> Listed:
    """`Make` in plain Python."""
    appends, numbers = _Appends(), count()
    for some in words:
        # `call` in `map` runs without the interpreter, which takes half as long as a loop
        deque(map(call, map(appends.__getitem__, some), numbers), maxlen=0)
    return appends.listed()


class _Appends(dict[str, Callable[[int], None]]):
    """What adds a place of a word."""

    def __init__(self) -> None:
        self._places: dict[str, array[int]] = {}

    def __missing__(self, word: str) -> Callable[[int], None]:
        places = self._places[word] = array("I")
        self[word] = places.append
        return places.append

    def listed(self) -> Listed:
        """What was added."""
        words = sorted(self._places)
        found = [self._places[word] for word in words]
        places = array("I")
        for one in found:
            places.extend(one)
        return Listed(words, [*map(len, found)], places)


def _together(texts: Sequence[str]) -> Iterator[Sequence[str]]:
    """The words of all texts in order, a joint behind each text."""
    find = re.compile(f"{stems.IN_A_ROW.pattern}|{JOINT}").findall
    for first in range(0, len(texts), _TOGETHER):
        some = (text.replace(JOINT, " ") for text in texts[first : first + _TOGETHER])
        yield find(JOINT.join(some) + JOINT)


def _in_texts(texts: Sequence[str]) -> Listed:
    """The texts of each word, by number."""
    appends, find = _Appends(), stems.LATIN.findall
    for number, text in enumerate(texts):
        for word in set(find(text)):
            appends[word](number)
    return appends.listed()


def _packed(numbers: array[int]) -> bytes:
    if sys.byteorder == "big":
        numbers = numbers[:]
        numbers.byteswap()
    return numbers.tobytes()
