"""The rows of blocks, made with numpy: the same bytes as `index_blocks`, sooner."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np

from bilingo.stores import index_blocks

_Array = Any  # numpy's own types say little more here


def make(texts: Sequence[str], bounds: Sequence[int]) -> tuple[bytes, bytes]:
    """`index_blocks.Make` with numpy."""

    def block(number: int) -> Sequence[str]:
        return texts[bounds[number] : bounds[number + 1]]

    counts: Counter[int] = Counter()
    for number in index_blocks.sampled(bounds):
        counts.update(np.unique(_keys(block(number))).tolist())
    own: _Array = np.array(index_blocks.owned(counts), dtype="<u4")
    rows = _Rows(own)
    count = len(bounds) - 1
    bits: _Array = np.zeros((index_blocks.ROWS, (count + 7) // 8), dtype=np.uint8)
    for start in range(0, count, 8):
        flags: _Array = np.zeros((8, len(bits)), dtype=bool)
        for number in range(start, min(start + 8, count)):
            flags[number - start, rows.of(_keys(block(number)))] = True
        bits[:, start // 8] = np.packbits(flags, axis=0, bitorder="little")[0]
    return own.tobytes(), bits.tobytes()


class _Rows:
    """The rows of keys: a table says which key may own one, sooner than halving does.

    It has a place for the first 20 bits of a key; where several that own a row share one, halving
    decides.
    """

    def __init__(self, own: _Array) -> None:
        self._own: _Array = np.append(own, own[-1:])  # what is behind the last is asked in doubt
        self._doubt = len(own)
        places: _Array = own >> np.uint32(12)
        self._table: _Array = np.zeros(1 << 20, dtype=np.uint16)
        self._table[places] = np.arange(len(own), dtype=np.uint16)
        self._table[np.bincount(places, minlength=1 << 20) > 1] = self._doubt

    def of(self, keys: _Array) -> _Array:
        """Of these keys, in any order and more than once."""
        rows: _Array = self._table[keys >> np.uint32(12)]
        doubt: _Array = np.nonzero(rows == self._doubt)[0]
        rows[doubt] = np.searchsorted(self._own[:-1], keys[doubt])
        owns: _Array = self._own[rows] == keys
        owns[doubt] &= rows[doubt] < self._doubt
        others = keys[~owns]
        mixed = (others, others * np.uint32(index_blocks.SECOND))
        shared = (index_blocks.OWN + each % np.uint32(index_blocks.SHARED) for each in mixed)
        return np.concatenate((rows[owns], *shared))


def _keys(texts: Sequence[str]) -> _Array:
    """The keys of the grams at all places of a block."""
    joined = index_blocks.JOINT.join(texts) + index_blocks.JOINT
    codes: _Array = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    counted: _Array = codes > ord("\x7f")
    singles = codes[counted]
    pairs: _Array = codes[:-1] * np.uint32(index_blocks.FACTOR) + codes[1:]
    both = np.concatenate((singles, pairs[counted[:-1] | counted[1:]]))
    return both * np.uint32(index_blocks.FIRST)
