"""Texts of about one length, and the geometry of their bitmap rows.

The texts of a side are sorted by length and cut into classes whose lengths differ by at most an
eighth. A class has `slots` × `zones` rows of one bit a text. A gram owns a slot, or shares one with
others by hash, which can only add bits. Row (slot, zone) tells which texts have the gram at a place
within `span` strides from zone · stride: zones overlap, so that one row mostly covers the places
where an unharmed piece of a query can stand.
"""

from __future__ import annotations

import struct
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from bilingo.frozen import dataclass
from bilingo.stores.index_grams import Alphabet

LONGEST = 2_000
"""Code points; beyond this only equal texts are found, as in `bilingo.match.scan`."""
FEWEST = 256  # a class of fewer texts is cheaper to scan than to filter

_RECORD = struct.Struct("<9I")


@dataclass(frozen=True, slots=True)
class LengthClass:
    """Texts `first` to `first + count`, of `low` to `high` code points.

    `stride` is in code points, `span` in strides; the slots are `own` and then `shared`, none where
    texts are scanned.
    """

    low: int
    high: int
    first: int
    count: int
    stride: int
    span: int
    zones: int
    own: int
    shared: int

    @property
    def slots(self) -> int:
        """Slots of either kind."""
        return self.own + self.shared

    def slot(self, rank: int, spread: int) -> int:
        """The slot of a gram, which it owns or shares."""
        return rank if rank < self.own else self.own + (spread * self.shared >> 32)

    @property
    def strides(self) -> int:
        """Strides that the longest text may reach into."""
        return self.zones - 1 + self.span

    @property
    def row_bytes(self) -> int:
        """Bytes of a row."""
        return (self.count + 7) // 8


@dataclass(frozen=True, slots=True)
class _Geometry:
    """Of an alphabet; measured in docs/decisions."""

    strides: int  # in the longest text of a class
    span: int  # strides of a zone
    rows: int  # for each code point of the longest text
    own: int  # per cent of the slots


_WIDE = _Geometry(strides=4, span=2, rows=18, own=20)
_NARROW = _Geometry(strides=8, span=3, rows=16, own=60)


def classes(lengths: Sequence[int], alphabet: Alphabet) -> Iterator[LengthClass]:
    """The classes of texts with these lengths, which ascend."""
    shape = _WIDE if alphabet.wide else _NARROW
    first = 0
    while first < len(lengths):
        low = lengths[first]
        high = max(low, low * 9 // 8)
        high = min(high, LONGEST) if low <= LONGEST else lengths[-1]
        end = bisect_right(lengths, high, first)
        count = end - first
        stride = max(1, -(-high // shape.strides))
        zones = max(0, -(-high // stride) - shape.span) + 1
        slots = max(8, shape.rows * high // zones)
        own = min(slots * shape.own // 100, len(alphabet.rank))
        if low > LONGEST or count < FEWEST:
            slots = own = 0
        yield LengthClass(low, high, first, count, stride, shape.span, zones, own, slots - own)
        first = end


def pack(those: Sequence[LengthClass]) -> bytes:
    """Classes as bytes; `unpack` reads them."""
    return b"".join(_RECORD.pack(*map(one.__getattribute__, one.__match_args__)) for one in those)


def unpack(content: bytes) -> tuple[LengthClass, ...]:
    """The classes that `pack` packed."""
    return tuple(LengthClass(*record) for record in _RECORD.iter_unpack(content))
