"""The rows of blocks, made with numpy: the same bytes as `index_blocks`, sooner."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from bilingo.stores import index_blocks
from bilingo.stores.index_blocks import BUCKETS

_Array = Any  # numpy's own types say little more here


def make(texts: Sequence[str], bounds: Sequence[int], wide: bool) -> tuple[bytes, bytes]:
    """`index_blocks.Make` with numpy."""

    def block(number: int) -> Sequence[str]:
        return texts[bounds[number] : bounds[number + 1]]

    seen: _Array = np.zeros(BUCKETS, dtype=np.int64)
    for number in index_blocks.sampled(bounds):
        has: _Array = np.zeros(BUCKETS, dtype=bool)
        for buckets in _buckets(block(number), wide):
            has[buckets] = True
        seen += has
    counted = np.nonzero(seen)[0]
    counts = Counter(dict(zip(counted.tolist(), seen[counted].tolist(), strict=True)))
    rows: _Array = np.array(index_blocks.assigned(counts), dtype="<u2")
    count = len(bounds) - 1
    bits: _Array = np.zeros((index_blocks.ROWS, (count + 7) // 8), dtype=np.uint8)
    for first in range(0, count, 8):
        flags: _Array = np.zeros((8, len(bits)), dtype=bool)
        for number in range(first, min(first + 8, count)):
            for buckets in _buckets(block(number), wide):
                flags[number - first, rows[buckets]] = True
        bits[:, first // 8] = np.packbits(flags, axis=0, bitorder="little")[0]
    return rows.tobytes(), bits.tobytes()


def _buckets(texts: Sequence[str], wide: bool) -> Iterator[_Array]:
    """The bucket of each gram, size by size."""
    sizes, joint = index_blocks.SIZES, index_blocks.JOINT
    joined = joint.join(texts) + joint * (sizes[-1] - 1)
    codes: _Array = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    count = len(codes) - sizes[-1] + 1
    narrow: _Array = (codes >= ord(" ")) & (codes <= ord("~"))
    keys, within = codes[:count], narrow[:count]
    for size in sizes:
        if size > 1:
            keys = keys * np.uint32(index_blocks.FACTOR) + codes[size - 1 : size - 1 + count]
            within = within & narrow[size - 1 : size - 1 + count]
        counted = keys[within] if wide and size > index_blocks.PAIR else keys
        yield (counted * np.uint32(index_blocks.MULTIPLIER)) >> np.uint32(index_blocks.SHIFT)
