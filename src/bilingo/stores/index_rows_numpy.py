"""The bitmap rows of a class, made with numpy: the same bytes as `index_rows`, sooner."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from bilingo.stores.index_classes import LengthClass
from bilingo.stores.index_grams import Alphabet
from bilingo.stores.index_rows import Rows

_CHUNK = 8192  # texts at a time, a multiple of 8: what is written to stays in the cache
_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)
_SET_BITS = np.array([byte.bit_count() for byte in range(256)], dtype=np.uint8)
_Array = Any  # numpy's own types say little more here


def rows(texts: Sequence[str], group: LengthClass, alphabet: Alphabet) -> Rows:
    """The rows of the class `group`, whose texts these are."""
    strides = group.strides
    bits: _Array = np.zeros((group.slots * strides, group.row_bytes), dtype=np.uint8)
    for first in range(0, len(texts), _CHUNK):
        part = texts[first : first + _CHUNK]
        slot, at, number = _grams(part, group, alphabet)
        seen = np.zeros((len(bits), len(part)), dtype=bool)
        seen[slot * strides + at // group.stride, number] = True
        packed = np.packbits(seen, axis=1, bitorder="little")
        bits[:, first // 8 : first // 8 + packed.shape[1]] = packed
    bits = bits.reshape(group.slots, strides, group.row_bytes)
    zones = np.zeros((group.slots, group.zones, group.row_bytes), dtype=np.uint8)
    for step in range(group.span):
        zones |= bits[:, step : step + group.zones]
    counts = np.array(
        [_SET_BITS[slot].sum(axis=1, dtype=np.int64) for slot in zones], dtype=np.int64
    ).reshape(-1)
    fill = -(-255 * counts // group.count)
    return zones.tobytes(), fill.astype(np.uint8).tobytes()


def _grams(
    texts: Sequence[str], group: LengthClass, alphabet: Alphabet
) -> tuple[_Array, _Array, _Array]:
    """Slot, place and text number of every gram."""
    encoded = "".join(texts).encode("utf-32-le", "surrogatepass")
    codes = np.frombuffer(encoded, dtype=np.uint32).astype(np.uint64)
    lengths = np.array([len(text) for text in texts])
    number = np.repeat(np.arange(len(texts)), lengths)
    at = np.arange(len(codes)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    single = np.nonzero(~np.isin(codes, _codes(alphabet.frequent)))[0]
    common = np.isin(codes, _codes(alphabet.common))
    pair = np.nonzero((number[:-1] == number[1:]) & (common[:-1] | common[1:]))[0]
    keys = np.concatenate(
        [codes[single], ((codes[pair] + np.uint64(1)) << np.uint64(21)) | codes[pair + 1]]
    )
    where = np.concatenate([single, pair])
    return _slots(keys, group, alphabet), at[where], number[where]


def _codes(characters: frozenset[str]) -> _Array:
    return np.array(sorted(map(ord, characters)), dtype=np.uint64)


def _slots(keys: _Array, group: LengthClass, alphabet: Alphabet) -> _Array:
    spread = (keys * _MULTIPLIER) >> np.uint64(32)
    slots: _Array = group.own + ((spread * np.uint64(group.shared)) >> np.uint64(32)).astype(
        np.int64
    )
    owners = sorted((key, rank) for key, rank in alphabet.rank.items() if rank < group.own)
    if owners:
        known = np.array([key for key, _ in owners], dtype=np.uint64)
        ranks: _Array = np.array([rank for _, rank in owners])
        place: _Array = np.searchsorted(known, keys)
        place[place == len(known)] = 0
        found = known[place] == keys
        slots[found] = ranks[place[found]]
    return slots
