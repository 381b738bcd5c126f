"""What became of a memory file since it was indexed, found without reading it as a memory.

A large file whose units are lines is cut into parts by what stands in it, so that an added line
leaves all parts but its own as they were. The index keeps a digest of each part, and of each line.
Of a changed file only the changed parts are compared by line: most lines have moved, some are gone,
some are new. The new ones get an index of their own, which also says what moved and what is gone.
"""

from __future__ import annotations

import struct
from array import array
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from hashlib import blake2b, sha256
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from bilingo.stores.index import PLACE, Index
from bilingo.stores.index_moved import PIECE

if TYPE_CHECKING:
    from mmap import mmap

SMALL = 4_000_000  # bytes of a memory file that is sooner indexed anew
WORTH = 8  # a patch of more than one in so many lines is not worth it
_DIGEST, _LINE = 16, 8  # bytes


class Parts(NamedTuple):
    """Where a file is cut, the digest of each part, and the name that its whole content has."""

    cuts: Sequence[int]
    digests: Sequence[bytes]
    name: str


def parts(content: mmap, cuts: Sequence[int]) -> Parts:
    """The parts of a file between these places; what is before and behind counts in its name."""
    view = memoryview(content)
    try:
        bounds = (0, *cuts, len(content))
        digests = [sha256(view[a:b]).digest()[:_DIGEST] for a, b in pairwise(bounds)]
    finally:
        view.release()
    return Parts(cuts, digests[1:-1], sha256(b"".join((b"parts", *digests))).hexdigest()[:32])


def sections(content: mmap, found: Parts, places: bytes | bytearray) -> Iterator[tuple[str, bytes]]:
    """What an index needs to be patched later; nothing when units and lines are not the same."""
    starts = array("Q", (start for start, _, _ in PLACE.iter_unpack(places)))
    ends = starts[1:] + array("Q", [found.cuts[-1]])
    first = PLACE.unpack_from(places)[2] if places else 0
    if starts[:1].tolist() != [found.cuts[0]] or any(
        line != first + number or content[end - 1] != 10
        for number, ((_, _, line), end) in enumerate(
            zip(PLACE.iter_unpack(places), ends, strict=True)
        )
    ):
        return
    yield "parts", b"".join(found.digests)
    numbers = [bisect_left(starts, cut) for cut in found.cuts]
    yield "firsts", struct.pack(f"<{len(numbers)}I", *numbers)
    yield "lines", b"".join(_line(content[a:b]) for a, b in zip(starts, ends, strict=True))


class Change(NamedTuple):
    """From an indexed content to another: lines that moved, that are gone, that are new.

    `moved` says from which unit on places differ by how many bytes and lines; `gone` are the
    numbers of units; `new` are the place of each line and the line.
    """

    moved: Sequence[tuple[int, int, int]]
    gone: Sequence[int]
    new: Sequence[tuple[int, int, bytes]]

    def sections(self, base: str) -> Iterator[tuple[str, bytes]]:
        """As the index of the new lines keeps it; `patch` reads it."""
        yield "base", base.encode()
        yield "moved", b"".join(PIECE.pack(*piece) for piece in self.moved)
        yield "gone", struct.pack(f"<{len(self.gone)}I", *self.gone)


def change(old: Index, content: mmap, now: Parts, most: int) -> Change | None:
    """What changed since `old` was made; None when that is not known, or above `most` lines."""
    if not old.has("parts"):
        return None
    digests = old.section("parts")
    if len(digests) != _DIGEST * len(now.digests):
        return None
    firsts = old.section("firsts")
    numbers = struct.unpack(f"<{len(firsts) // 4}I", firsts)
    found = _Changes(old)
    for part, digest in enumerate(now.digests):
        units = range(numbers[part], numbers[part + 1])
        start, end = now.cuts[part : part + 2]
        if digests[_DIGEST * part : _DIGEST * (part + 1)] == digest:
            found.same(units, start)
        else:
            found.other(units, start, content[start:end].splitlines(keepends=True))
        if len(found.new) + len(found.gone) > most:
            return None
    return Change(found.moved, found.gone, found.new)


class _Changes:
    """What `change` finds, part by part."""

    def __init__(self, old: Index) -> None:
        self._units, self._hashes = old.section("units"), old.section("lines")
        self._line = PLACE.unpack_from(self._units)[2] if self._units else 1
        self.moved: list[tuple[int, int, int]] = []
        self.gone: list[int] = []
        self.new: list[tuple[int, int, bytes]] = []

    def same(self, units: range, start: int) -> None:
        """These units are there as they were."""
        if units:
            self._keep(units[0], start, self._line)
        self._line += len(units)

    def other(self, units: range, start: int, lines: Sequence[bytes]) -> None:
        """Where these units were, these lines are."""
        known: dict[bytes, list[int]] = {}
        for number in reversed(units):
            line = self._hashes[_LINE * number : _LINE * (number + 1)]
            known.setdefault(line, []).append(number)
        kept = []
        for line in lines:
            same = known.get(_line(line))
            if same:
                kept.append((same.pop(), start, self._line))
            else:
                self.new.append((start, self._line, line))
            start += len(line)
            self._line += 1
        for one in sorted(kept):
            self._keep(*one)
        self.gone += sorted(number for same in known.values() for number in same)

    def _keep(self, number: int, start: int, line: int) -> None:
        was, _, on = PLACE.unpack_from(self._units, PLACE.size * number)
        by = start - was, line - on
        if not self.moved or self.moved[-1][1:] != by:
            self.moved.append((number, *by))


def _line(text: bytes) -> bytes:
    return blake2b(text, digest_size=_LINE).digest()
