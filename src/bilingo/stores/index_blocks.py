"""Where to look for a phrase: which blocks of some tens of kilobytes of text may have it.

The texts of a side stand one behind the other, and are cut into blocks. A gram is each character,
each pair of neighbours, and in narrow alphabets each three and four; in wide ones three letters a
to z, for of an English word in Chinese texts its pairs say little. Its row has one bit for each
block, set where the gram stands; a phrase can only stand in blocks that all of its grams have. The
most frequent grams own their rows. The others share rows by hash, two for each gram, which both
must have the bit. Sharing can only add bits, and so do the grams of the joints between texts. A
side of fewer than `LEAST` bytes has no rows: it is read sooner than they are.
"""

from __future__ import annotations

import struct
import sys
from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, islice, pairwise, product
from operator import add
from typing import TYPE_CHECKING

from bilingo.text.lazy import Pattern

if TYPE_CHECKING:
    from bilingo.stores.index_pages import Pages

BLOCK = {False: 16_000, True: 44_000}  # bytes of text, in narrow alphabets and in wide ones
LEAST = 4_000_000  # bytes of a side
OWN = 1 << 14  # rows that one gram has for itself
SHARED = 3 << 13  # rows of all the others
ROWS = OWN + SHARED
SAMPLE = 128  # blocks whose grams are counted
MASK = 0xFFFF_FFFF
# Of a polynomial in the code points, and two odd numbers to mix its bits (2³² / golden ratio; the
# last of Murmur3's).
FACTOR, FIRST, SECOND = 1_000_003, 0x9E3779B1, 0xC2B2AE35
JOINT = "\0"  # between texts
PAIR = 2  # more than that are counted in wide alphabets only where they are letters
_WORD = Pattern("[a-z]{3,}")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"

Make = Callable[[Sequence[str], Sequence[int], bool], tuple[bytes, bytes]]
"""From the texts, where each block begins and the last ends, and whether the alphabet is wide:
the keys of the grams that own a row, and the rows."""


def sizes(wide: bool) -> range:
    """How many characters a gram has."""
    return range(1, 4 if wide else 5)


def key(gram: str) -> int:
    """A gram as 32 bits; two that have the same are one."""
    number = 0
    for character in gram:
        number = number * FACTOR + ord(character)
    return number * FIRST & MASK


def shared(number: int) -> tuple[int, int]:
    """The rows of a key that owns none."""
    return OWN + number % SHARED, OWN + (number * SECOND & MASK) % SHARED


def cut(first: int, ends: Sequence[int], wide: bool) -> Iterator[int]:
    """The number of the first text of each block of a class, whose texts end at these places."""
    block = BLOCK[wide]
    start = -block
    for place, end in enumerate(ends[:-1]):
        if end - start >= block:
            start = end
            yield first + place


def owned(counts: Counter[int]) -> list[int]:
    """The keys that own a row, the n-th the n-th one, when so many sampled blocks have them.

    Two letters own one however rare: a word of two has no other gram to tell it by.
    """
    pairs = map(key, map("".join, product(_LETTERS, repeat=2)))
    often = sorted(counts, key=lambda number: (-counts[number], number))
    return sorted(islice(dict.fromkeys((*pairs, *often)), OWN))


def sampled(bounds: Sequence[int]) -> Sequence[int]:
    """The numbers of the blocks that are counted."""
    count = len(bounds) - 1
    return range(0, count, max(1, count // SAMPLE))


def make(texts: Sequence[str], bounds: Sequence[int], wide: bool) -> tuple[bytes, bytes]:
    """`Make` in plain Python."""
    blocks = list(pairwise(bounds))
    counts: Counter[int] = Counter()
    for number in sampled(bounds):
        start, end = blocks[number]
        longest = _longest(texts[start:end], wide)
        counts.update(set(map(key, {gram for each in longest for gram in _within(each, wide)})))
    own = owned(counts)
    size = (len(blocks) + 7) // 8
    bits = bytearray(ROWS * size)
    places = _Places(own, size, wide)
    for number, (start, end) in enumerate(blocks):
        inside, bit = number >> 3, 1 << (number & 7)
        found = map(places.__getitem__, _longest(texts[start:end], wide))
        for place in set(chain.from_iterable(found)):
            bits[place + inside] |= bit
    return struct.pack(f"<{len(own)}I", *own), bytes(bits)


class _Places(dict[str, tuple[int, ...]]):
    """Where the rows start of all that one of the longest grams stands for."""

    def __init__(self, own: Sequence[int], size: int, wide: bool) -> None:
        self._own = {number: (row * size,) for row, number in enumerate(own)}
        self._size, self._wide = size, wide

    def __missing__(self, longest: str) -> tuple[int, ...]:
        places = tuple(chain.from_iterable(map(self._of, _within(longest, self._wide))))
        self[longest] = places
        return places

    def _of(self, gram: str) -> tuple[int, ...]:
        number = key(gram)
        return self._own.get(number) or tuple(row * self._size for row in shared(number))


def _longest(texts: Iterable[str], wide: bool) -> set[str]:
    """The longest grams, which all others begin, and the words of a wide side."""
    joined = JOINT.join(texts)
    if not wide:
        pairs = _pairs(joined + JOINT * 2)
        return set(map(add, pairs, pairs[2:]))
    words = JOINT.join(_WORD.findall(joined))
    threes = set(map(add, _pairs(words), words[2:]))
    return {*_pairs(joined), *(gram for gram in threes if JOINT not in gram)}


def _within(longest: str, wide: bool) -> list[str]:
    """The grams that one of the longest stands for: what it begins with; a word only itself."""
    shortest = len(longest) if wide and len(longest) > PAIR else 1
    return [longest[:size] for size in range(shortest, len(longest) + 1)]


def _pairs(joined: str) -> list[str]:
    """The two characters from each place on, a joint behind the last."""
    return list(map(add, joined, joined[1:] + JOINT))


def _counted(gram: str, wide: bool) -> bool:
    return not wide or len(gram) <= PAIR or _WORD.fullmatch(gram) is not None


class Blocks:
    """The blocks of a side in a file. Raises Damaged as `Pages` does."""

    def __init__(self, pages: Pages, language: str, wide: bool) -> None:
        self._pages, self._wide = pages, wide
        content = pages.section(f"{language}/blocks")
        self._bounds = struct.unpack(f"<{len(content) // 4}I", content)
        self._size = (len(self._bounds) + 6) // 8
        self._own = array("I", pages.section(f"{language}/own"))
        if sys.byteorder == "big":
            self._own.byteswap()
        self._rows, _ = pages.sections[f"{language}/grams"]

    def having(self, *parts: str) -> int:
        """The blocks that may have all of these parts, as bits."""
        found = (1 << len(self._bounds) - 1) - 1
        for size in reversed(sizes(self._wide)):
            for gram in {p[at : at + size] for p in parts for at in range(len(p) - size + 1)}:
                if found and _counted(gram, self._wide):
                    found &= self._blocks(gram)
        return found

    def stretches(self, found: int, first: int, end: int) -> list[tuple[int, int]]:
        """Where texts of those blocks stand among the texts `first` to `end`, which are a class.

        Neighbours are one stretch; places count from `first`.
        """
        bounds, stretches = self._bounds, []
        start = -1
        for number in range(bisect_left(bounds, first), bisect_left(bounds, end)):
            if not found >> number & 1:
                if start >= 0:
                    stretches.append((start, bounds[number] - first))
                start = -1
            elif start < 0:
                start = bounds[number] - first
        if start >= 0:
            stretches.append((start, end - first))
        return stretches

    def _blocks(self, gram: str) -> int:
        number = key(gram)
        row = bisect_left(self._own, number)
        if row < len(self._own) and self._own[row] == number:
            return self._row(row)
        one, other = shared(number)
        return self._row(one) & self._row(other)

    def _row(self, row: int) -> int:
        content = self._pages.read(self._rows + row * self._size, self._size)
        return int.from_bytes(content, "little")
