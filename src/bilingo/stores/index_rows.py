"""The bitmap rows of a class, made in plain Python: what `index_rows_numpy` makes faster."""

from __future__ import annotations

from collections.abc import Sequence

from bilingo.stores.index_classes import LengthClass
from bilingo.stores.index_grams import Alphabet, key, spread

Rows = tuple[bytes, bytes]
"""All rows of a class in order, and how full each is in 255ths, rounded up."""


def rows(texts: Sequence[str], group: LengthClass, alphabet: Alphabet) -> Rows:
    """The rows of the class `group`, whose texts these are."""
    size, stride = group.row_bytes, group.stride
    bits = bytearray(group.slots * group.strides * size)
    places = _Places(group, alphabet, group.strides * size)
    for number, text in enumerate(texts):
        byte, bit = number >> 3, 1 << (number & 7)
        for at, character in enumerate(text):
            inside = at // stride * size + byte
            place = places[character]
            if place >= 0:
                bits[place + inside] |= bit
            place = places[text[at : at + 2]]  # at the end the character itself: nothing is added
            if place >= 0:
                bits[place + inside] |= bit
    return _zones(bits, group)


class _Places(dict[str, int]):
    """Where the strides of a gram's slot start, worked out when it is first met; -1 for no gram."""

    def __init__(self, group: LengthClass, alphabet: Alphabet, slot_bytes: int) -> None:
        self.group, self.alphabet, self.slot_bytes = group, alphabet, slot_bytes

    def __missing__(self, gram: str) -> int:
        known = self.alphabet
        is_gram = known.has_single(gram) if len(gram) == 1 else known.has_pair(*gram)
        self[gram] = place = self.slot(key(gram)) * self.slot_bytes if is_gram else -1
        return place

    def slot(self, gram_key: int) -> int:
        group = self.group
        rank = self.alphabet.rank.get(gram_key, group.own)
        return rank if rank < group.own else group.own + (spread(gram_key) * group.shared >> 32)


def _zones(bits: bytearray, group: LengthClass) -> Rows:
    """Overlapping zones from strides."""
    size, strides = group.row_bytes, group.strides
    out: list[bytes] = []
    fill = bytearray()
    for slot in range(group.slots):
        start = slot * strides * size
        parts = [
            int.from_bytes(bits[at : at + size], "little")
            for at in range(start, start + strides * size, size)
        ]
        for zone in range(group.zones):
            row = 0
            for part in parts[zone : zone + group.span]:
                row |= part
            out.append(row.to_bytes(size, "little"))
            fill.append(-(-255 * row.bit_count() // group.count))
    return b"".join(out), bytes(fill)
