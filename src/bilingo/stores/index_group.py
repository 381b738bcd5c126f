"""The texts of one length class in an index file, and its rows."""

from __future__ import annotations

import struct
import sys
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from bilingo.stores import index_bits, index_plan
from bilingo.stores.index_classes import LengthClass
from bilingo.stores.index_pages import PAGE, Pages

RAREST = 8  # pieces of a phrase that are looked up; the others seldom leave out a text more
SEARCHED = 40  # more than one text in so many, and reading all is faster than reading these
READ = 100  # so many texts are read in the time in which rows say something of one in each zone
OFTEN = 512  # texts to halve; where there are more, other look-ups come by
FEW = 64  # texts that are found by reading their own offsets only
_PAIR = struct.Struct("<II")


class Group:
    """The texts of one length class in the file."""

    def __init__(self, pages: Pages, name: str, shape: LengthClass) -> None:
        self.pages, self.name, self.shape = pages, name, shape
        self.offsets, _ = pages.sections[f"{name}/offsets"]
        self.start, self.size = pages.sections[f"{name}/text"]
        self.rows, _ = pages.sections.get(f"{name}/rows", (0, 0))
        self._fill = b""
        self._met: dict[int, str] = {}  # texts where every halving begins
        self._ends = array("I")

    @property
    def fill(self) -> bytes:
        """How full each row is, in 255ths."""
        if not self._fill:
            self._fill = self.pages.section(f"{self.name}/fill")
        return self._fill

    @property
    def shorter(self) -> tuple[int, ...]:
        """How many of the texts are shorter than each length from `low` to one above `high`."""
        content = self.pages.section(f"{self.name}/shorter")
        return struct.unpack(f"<{len(content) // 4}I", content)

    def gap(self, length: int) -> int:
        """How far a length is outside of the class."""
        return max(self.shape.low - length, length - self.shape.high, 0)

    def row(self, number: int) -> int:
        size = self.shape.row_bytes
        return int.from_bytes(self.pages.read(self.rows + number * size, size), "little")

    def passing(
        self, plan: index_plan.Plan, low: int, high: int, known: dict[tuple[int, ...], int]
    ) -> int:
        """The texts of low to high code points that pass; `known` keeps rows from plan to plan."""
        for rows in plan.rows:
            if rows not in known:
                known[rows] = 0
                for row in rows:
                    known[rows] |= self.row(row)
        start, *ends = self.shorter[low - self.shape.low : high - self.shape.low + 2]
        leasts = []
        for least, end in zip(plan.least, ends, strict=True):
            if end > start:
                leasts.append((least, start, end))
            start = end
        return index_bits.at_least([known[rows] for rows in plan.rows], leasts)

    def search(
        self, stretches: Sequence[tuple[int, int]], part: str, pieces: Sequence[index_plan.Piece]
    ) -> Iterator[tuple[int, str]]:
        """The texts of these stretches with the part, which has these pieces."""
        encoded = part.encode("utf-8", "surrogatepass")
        count = sum(end - start for start, end in stretches)
        if count * READ > self.shape.count * self.shape.zones:
            found = self.with_all(pieces, len(part))
            if found is not None:
                found &= sum((1 << end) - (1 << start) for start, end in stretches)
                if found.bit_count() * SEARCHED < count:
                    yield from self.some_containing(index_bits.positions(found), encoded)
                    return
        for start, end in stretches:
            yield from self.containing(encoded, start, end)

    def with_all(self, pieces: Sequence[index_plan.Piece], length: int) -> int | None:
        """The texts that have the rarest of these pieces, within a stretch of so many code points.

        None when there is nothing to tell it by.
        """
        shape = self.shape
        if not (shape.slots and pieces):
            return None
        first = {shape.slot(piece.rank, piece.spread) * shape.zones for piece in pieces}
        fill = self.fill
        rarest = sorted(first, key=lambda row: sum(fill[row : row + shape.zones]))[:RAREST]
        if length <= (shape.span - 1) * shape.stride:  # they stand all in one zone, whichever it is
            zones = [[zone] for zone in range(shape.zones)]
        else:
            zones = [[*range(0, shape.zones, shape.span), shape.zones - 1]]
        found = 0
        for those in zones:
            every = -1
            for row in rarest:
                one = 0
                for zone in those:
                    one |= self.row(row + zone)
                every &= one
                if not every:
                    break
            found |= every
        return found

    def text(self, place: int) -> str:
        start, end = self.pages.unpack(_PAIR, self.offsets + 4 * place)
        return self.pages.read(self.start + start, end - start).decode("utf-8", "surrogatepass")

    def numbered(self, places: Sequence[int]) -> list[tuple[int, str]]:
        """These texts with their numbers in the side."""
        first = self.shape.first
        return [(first + place, text) for place, text in self.some(places)]

    def some(self, places: Sequence[int]) -> list[tuple[int, str]]:
        """These texts with their places."""
        if len(places) < FEW:
            return [(place, self.text(place)) for place in places]
        ends = self._checked(places)
        view = self.pages.unchecked(self.start, self.size)
        return [
            (place, str(view[ends[place] : ends[place + 1]], "utf-8", "surrogatepass"))
            for place in places
        ]

    def some_containing(self, places: Iterable[int], part: bytes) -> Iterator[tuple[int, str]]:
        """Those of these texts that `part` stands in."""
        unpack, find, offsets, start = self.pages.unpack, self.pages.find, self.offsets, self.start
        view = self.pages.unchecked(start, self.size)
        for place in places:
            begin, end = unpack(_PAIR, offsets + 4 * place)
            if find(part, start + begin, start + end) >= 0:  # and so they are checked
                yield place, str(view[begin:end], "utf-8", "surrogatepass")

    def _checked(self, places: Sequence[int]) -> array[int]:
        """`ends`, when the pages of these texts have been checked."""
        ends = self.ends()
        if PAGE * len(places) < self.size:
            for place in places:
                self.pages.check(self.start + ends[place], ends[place + 1] - ends[place])
        else:
            self.pages.check(self.start, self.size)
        return ends

    def ends(self) -> array[int]:
        """Where each text ends in their section, after a 0."""
        if not self._ends:
            self._ends.frombytes(self.pages.read(self.offsets, 4 * self.shape.count + 4))
            if sys.byteorder == "big":
                self._ends.byteswap()
        return self._ends

    def find(self, text: str) -> int | None:
        """The place of this very text, which is sought by halving: texts are in order."""
        wanted = len(text), text
        low, high = 0, self.shape.count
        while low < high:
            middle = (low + high) // 2
            found = self._met.get(middle) or self.text(middle)
            if high - low > OFTEN:
                self._met[middle] = found
            if found == text:
                return middle
            if (len(found), found) < wanted:
                low = middle + 1
            else:
                high = middle
        return None

    def containing(self, part: bytes, first: int, end: int) -> Iterator[tuple[int, str]]:
        """The texts stand one behind the other: what only their joint makes is passed over."""
        start, stop = self.start + self.offset(first), self.start + self.offset(end)
        at = self.pages.find(part, start, stop)
        if at < 0:
            return
        content = self.pages.read(self.offsets + 4 * first, 4 * (end - first) + 4)
        ends = struct.unpack(f"<{end - first + 1}I", content)
        view = self.pages.unchecked(self.start, self.size)
        place = 0
        while at >= 0:
            place = bisect_right(ends, at - self.start, place) - 1
            after = ends[place + 1]
            if at + len(part) <= self.start + after:
                yield first + place, str(view[ends[place] : after], "utf-8", "surrogatepass")
                at = self.pages.find(part, self.start + after, stop)
            else:
                at = self.pages.find(part, at + 1, stop)

    def offset(self, place: int) -> int:
        """Where a text starts in their section, or the last ends."""
        return int.from_bytes(self.pages.read(self.offsets + 4 * place, 4), "little")
