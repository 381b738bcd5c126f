"""Where to look for a phrase: which blocks of some tens of kilobytes of text may have it.

The texts of a side stand one behind the other, and are cut into blocks. A gram is each character,
each pair of neighbours, and each three and four: in wide alphabets only of ASCII, for an English
word in a Chinese text says little by its pairs. Its row has one bit for each block, set where the
gram stands; a phrase can only stand in blocks that all of its grams have. The most frequent grams
own their rows, the others share rows by hash, which can only add bits, and so do the grams of the
joints between texts. A side of fewer than `LEAST` bytes has no rows: it is read sooner than they
are.
"""

from __future__ import annotations

import struct
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice, pairwise, product
from operator import add
from typing import TYPE_CHECKING

from bilingo.text.lazy import Pattern

if TYPE_CHECKING:
    from bilingo.stores.index_pages import Pages

BLOCK = {False: 16_000, True: 44_000}  # bytes of text, in narrow alphabets and in wide ones
LEAST = 4_000_000  # bytes of a side
OWN = 1 << 13  # rows that one bucket has for itself
SAMPLE = 64  # blocks whose grams are counted
BUCKETS = 1 << 18
SHIFT = 32 - 18  # of a hash of 32 bits
ROWS = 1 << 15
FACTOR, MULTIPLIER = 1_000_003, 0x9E3779B1  # of a polynomial in the code points; 2³² / golden ratio
JOINT = "\0"  # between texts
SIZES = range(1, 5)  # characters of a gram
PAIR = 2  # more than that are counted in wide alphabets only where they are narrow
_NARROW = Pattern(r"[ -~]{3,}")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"

Make = Callable[[Sequence[str], Sequence[int], bool], tuple[bytes, bytes]]
"""From the texts, where each block begins and the last ends, and whether the alphabet is wide:
the row of each bucket, and the rows."""


def bucket(gram: str) -> int:
    """Which of the buckets a gram is in."""
    key = 0
    for character in gram:
        key = key * FACTOR + ord(character)
    return (key * MULTIPLIER & 0xFFFF_FFFF) >> SHIFT


def cut(first: int, ends: Sequence[int], wide: bool) -> Iterator[int]:
    """The number of the first text of each block of a class, whose texts end at these places."""
    block = BLOCK[wide]
    start = -block
    for place, end in enumerate(ends[:-1]):
        if end - start >= block:
            start = end
            yield first + place


def assigned(counts: Counter[int]) -> list[int]:
    """The row of each bucket, when so many sampled blocks have it.

    Two letters have one of their own however rare: a word of two has no other gram to tell it by.
    """
    rows = [OWN + number % (ROWS - OWN) for number in range(BUCKETS)]
    pairs = map(bucket, map("".join, product(_LETTERS, repeat=2)))
    often = sorted(counts, key=lambda number: (-counts[number], number))
    for row, number in enumerate(islice(dict.fromkeys((*pairs, *often)), OWN)):
        rows[number] = row
    return rows


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
        counts.update(set(map(bucket, _grams(texts[start:end], wide))))
    rows = assigned(counts)
    size = (len(blocks) + 7) // 8
    bits = bytearray(ROWS * size)
    places = _Places(rows, size)
    for number, (start, end) in enumerate(blocks):
        inside, bit = number >> 3, 1 << (number & 7)
        for place in set(map(places.__getitem__, _grams(texts[start:end], wide))):
            bits[place + inside] |= bit
    return struct.pack(f"<{BUCKETS}H", *rows), bytes(bits)


class _Places(dict[str, int]):
    """Where the row of each gram starts."""

    def __init__(self, rows: Sequence[int], size: int) -> None:
        self._rows, self._size = rows, size

    def __missing__(self, gram: str) -> int:
        self[gram] = place = self._rows[bucket(gram)] * self._size
        return place


def _grams(texts: Iterable[str], wide: bool) -> set[str]:
    """All grams that are counted."""
    joined = JOINT.join(texts)
    if not wide:
        longest = _fours(joined)
        return longest.union(*({gram[:size] for gram in longest} for size in SIZES[:-1]))
    pairs = set(map(add, joined, joined[1:] + JOINT))
    longest = _fours(JOINT.join(_NARROW.findall(joined)))
    narrow = longest | {gram[:3] for gram in longest}
    return pairs | {pair[0] for pair in pairs} | {gram for gram in narrow if JOINT not in gram}


def _fours(joined: str) -> set[str]:
    """The four characters from each place on, joints behind the last."""
    pairs = list(map(add, joined + JOINT * 2, joined[1:] + JOINT * 3))
    return set(map(add, pairs, pairs[2:]))


def _counted(gram: str, wide: bool) -> bool:
    return not wide or len(gram) <= PAIR or _NARROW.fullmatch(gram) is not None


class Blocks:
    """The blocks of a side in a file. Raises Damaged as `Pages` does."""

    def __init__(self, pages: Pages, language: str, wide: bool) -> None:
        self._pages, self._wide = pages, wide
        content = pages.section(f"{language}/blocks")
        self._bounds = struct.unpack(f"<{len(content) // 4}I", content)
        self._size = (len(self._bounds) + 6) // 8
        self._table, _ = pages.sections[f"{language}/buckets"]
        self._rows, _ = pages.sections[f"{language}/grams"]

    def having(self, part: str) -> int:
        """The blocks that may have this part, as bits."""
        found = (1 << len(self._bounds) - 1) - 1
        for size in reversed(SIZES):
            for gram in {part[at : at + size] for at in range(len(part) - size + 1)}:
                if found and _counted(gram, self._wide):
                    found &= self._row(gram)
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

    def _row(self, gram: str) -> int:
        entry = self._pages.read(self._table + 2 * bucket(gram), 2)
        start = self._rows + int.from_bytes(entry, "little") * self._size
        return int.from_bytes(self._pages.read(start, self._size), "little")
