"""Where to look for Chinese: which blocks of some tens of kilobytes of text may have it.

The texts of a side with a wide alphabet stand one behind the other, and are cut into blocks. A gram
is each character and each pair of neighbours that is not all ASCII, for which there are words
(`index_words`). Its row has one bit for each block, set where the gram stands; a phrase can only
stand in blocks that all of its grams have. The most frequent grams own their rows. The others share
rows by hash, two for each gram, which both must have the bit. Sharing can only add bits, and so do
the grams of the joints between texts.
"""

from __future__ import annotations

import struct
import sys
from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, pairwise
from operator import add
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bilingo.stores.index_pages import Pages

BLOCK = 44_000  # bytes of text
OWN = 1 << 14  # rows that one gram has for itself
SHARED = 1 << 14  # rows of all the others
ROWS = OWN + SHARED
SAMPLE = 128  # blocks whose grams are counted
MASK = 0xFFFF_FFFF
# Of a polynomial in the code points, and two odd numbers to mix its bits (2³² / golden ratio; the
# last of Murmur3's).
FACTOR, FIRST, SECOND = 1_000_003, 0x9E3779B1, 0xC2B2AE35
JOINT = "\0"  # between texts

Make = Callable[[Sequence[str], Sequence[int]], tuple[bytes, bytes]]
"""From the texts, and where each block begins and the last ends: the keys of the grams that own a
row, and the rows."""


def key(gram: str) -> int:
    """A gram as 32 bits; two that have the same are one."""
    number = 0
    for character in gram:
        number = number * FACTOR + ord(character)
    return number * FIRST & MASK


def shared(number: int) -> tuple[int, int]:
    """The rows of a key that owns none."""
    return OWN + number % SHARED, OWN + (number * SECOND & MASK) % SHARED


def cut(first: int, ends: Sequence[int]) -> Iterator[int]:
    """The number of the first text of each block of a class, whose texts end at these places."""
    start = -BLOCK
    for place, end in enumerate(ends[:-1]):
        if end - start >= BLOCK:
            start = end
            yield first + place


def owned(counts: Counter[int]) -> list[int]:
    """The keys that own a row, the n-th the n-th one, when so many sampled blocks have them."""
    return sorted(sorted(counts, key=lambda number: (-counts[number], number))[:OWN])


def sampled(bounds: Sequence[int]) -> Sequence[int]:
    """The numbers of the blocks that are counted."""
    count = len(bounds) - 1
    return range(0, count, max(1, count // SAMPLE))


def make(texts: Sequence[str], bounds: Sequence[int]) -> tuple[bytes, bytes]:
    """`Make` in plain Python."""
    blocks = list(pairwise(bounds))
    counts: Counter[int] = Counter()
    for number in sampled(bounds):
        start, end = blocks[number]
        counts.update(set(map(key, chain.from_iterable(map(grams, _pairs(texts[start:end]))))))
    own = owned(counts)
    size = (len(blocks) + 7) // 8
    bits = bytearray(ROWS * size)
    places = _Places(own, size)
    for number, (start, end) in enumerate(blocks):
        inside, bit = number >> 3, 1 << (number & 7)
        found = map(places.__getitem__, _pairs(texts[start:end]))
        for place in set(chain.from_iterable(found)):
            bits[place + inside] |= bit
    return struct.pack(f"<{len(own)}I", *own), bytes(bits)


class _Places(dict[str, tuple[int, ...]]):
    """Where the rows start of all that a pair stands for."""

    def __init__(self, own: Sequence[int], size: int) -> None:
        self._own = {number: (row * size,) for row, number in enumerate(own)}
        self._size = size

    def __missing__(self, pair: str) -> tuple[int, ...]:
        places = tuple(chain.from_iterable(map(self._of, grams(pair))))
        self[pair] = places
        return places

    def _of(self, gram: str) -> tuple[int, ...]:
        number = key(gram)
        return self._own.get(number) or tuple(row * self._size for row in shared(number))


def grams(pair: str) -> list[str]:
    """What a pair of neighbours stands for: its first character and itself."""
    return [gram for gram in (pair[0], pair) if not gram.isascii()]


def _pairs(texts: Iterable[str]) -> set[str]:
    """The two characters from each place on, a joint behind the last."""
    joined = JOINT.join(texts)
    return set(map(add, joined, joined[1:] + JOINT))


class Blocks:
    """The blocks of a side in a file. Raises Damaged as `Pages` does."""

    def __init__(self, pages: Pages, language: str) -> None:
        self._pages = pages
        content = pages.section(f"{language}/blocks")
        self._bounds = struct.unpack(f"<{len(content) // 4}I", content)
        self._size = (len(self._bounds) + 6) // 8
        self._own = array("I", pages.section(f"{language}/own"))
        if sys.byteorder == "big":
            self._own.byteswap()
        self._rows, _ = pages.sections[f"{language}/grams"]

    def having(self, part: str) -> int:
        """The blocks that may have this part, as bits."""
        found = (1 << len(self._bounds) - 1) - 1
        for gram in {*map(add, part, part[1:]), *part}:
            if found and not gram.isascii():
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
