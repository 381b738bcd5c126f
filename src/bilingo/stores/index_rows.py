"""The bitmap rows of a class, made in plain Python: what `index_rows_numpy` makes faster."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from operator import add

from bilingo.stores.index_classes import LengthClass
from bilingo.stores.index_grams import Alphabet, key, spread

Rows = tuple[bytes, bytes]
"""All rows of a class in order, and how full each is in 255ths, rounded up."""

_CHUNK = 4096  # texts at a time, a multiple of 8: what is written to stays in the cache


def rows(texts: Sequence[str], group: LengthClass, alphabet: Alphabet) -> Rows:
    """The rows of the class `group`, whose texts these are."""
    size = (min(_CHUNK, len(texts)) + 7) // 8
    places = _Places(group, alphabet, size)
    parts = [
        _bits(texts[first : first + _CHUNK], group, places, size)
        for first in range(0, len(texts), _CHUNK)
    ]
    return _zones(parts, group, size)


def _bits(texts: Sequence[str], group: LengthClass, places: _Places, size: int) -> bytearray:
    """A row of these texts' bits for each slot and stride; behind them those of what is no gram."""
    bits = bytearray((group.slots + 1) * group.strides * size)
    stride, pairs, place = group.stride, places.pairs, places.__getitem__
    for number, text in enumerate(texts):
        inside, bit = number >> 3, 1 << (number & 7)
        for start in range(0, len(text), stride):
            part = text[start : start + stride + 1]  # with the second half of its last pair
            for at in {*map(place, part[:stride]), *map(place, pairs(part))}:
                bits[at + inside] |= bit
            inside += size
    return bits


class _Places(dict[str, int]):
    """Where the rows of a gram's slot start, worked out when it is first met.

    `pairs` are those of a text that may be grams.
    """

    def __init__(self, group: LengthClass, alphabet: Alphabet, size: int) -> None:
        self._group, self._alphabet, self._slot_bytes = group, alphabet, group.strides * size
        self.pairs: Callable[[str], Iterable[str]] = _all_pairs
        if alphabet.wide:
            common = "|".join(map(re.escape, sorted(alphabet.common))) or "(?!)"
            around = re.compile(f"(?s)(?=((?:{common}).|.(?:{common})))")
            self.pairs = around.findall

    def __missing__(self, gram: str) -> int:
        known = self._alphabet
        is_gram = known.has_single(gram) if len(gram) == 1 else known.has_pair(*gram)
        slot = self._group.slots
        if is_gram:
            number = key(gram)
            slot = self._group.slot(known.rank.get(number, len(known.rank)), spread(number))
        self[gram] = place = slot * self._slot_bytes
        return place


def _all_pairs(text: str) -> Iterable[str]:
    return map(add, text, text[1:])


def _zones(parts: Sequence[bytearray], group: LengthClass, size: int) -> Rows:
    """Overlapping zones from strides."""
    strides = group.strides
    out: list[bytes] = []
    fill = bytearray()
    for slot in range(group.slots):
        start = slot * strides * size
        joined = [
            int.from_bytes(b"".join([part[at : at + size] for part in parts]), "little")
            for at in range(start, start + strides * size, size)
        ]
        for zone in range(group.zones):
            row = 0
            for one in joined[zone : zone + group.span]:
                row |= one
            out.append(row.to_bytes(group.row_bytes, "little"))
            fill.append(-(-255 * row.bit_count() // group.count))
    return b"".join(out), bytes(fill)
