"""Where the units of an index stand since its memory file has changed; `index_patch` finds out."""

from __future__ import annotations

import struct
from bisect import bisect_right
from typing import TYPE_CHECKING

from bilingo.stores.index import Place

if TYPE_CHECKING:
    from bilingo.stores.index import Index

PIECE = struct.Struct("<Iqi")  # from this unit on, so many bytes and lines further


class Patch:
    """Where the units of an index stand now."""

    def __init__(self, index: Index) -> None:
        pieces = list(PIECE.iter_unpack(index.section("moved")))
        gone = index.section("gone")
        self._firsts = [first for first, _, _ in pieces]
        self._shifts = [shift for _, *shift in pieces]
        self._gone = frozenset(struct.unpack(f"<{len(gone) // 4}I", gone))

    @property
    def size(self) -> int:
        """How many units are gone."""
        return len(self._gone)

    def moved(self, number: int, place: Place) -> Place | None:
        """Where this unit stands now, None if it is gone."""
        if number in self._gone:
            return None
        at = bisect_right(self._firsts, number) - 1
        by, lines = self._shifts[at]
        return Place(place.start + by, place.size, place.line + lines)
