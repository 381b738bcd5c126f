"""The rows of blocks, made with numpy: the same bytes as `index_blocks`, sooner."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from bilingo.stores import index_blocks

_Array = Any  # numpy's own types say little more here


def make(texts: Sequence[str], bounds: Sequence[int], wide: bool) -> tuple[bytes, bytes]:
    """`index_blocks.Make` with numpy."""

    def block(number: int) -> Sequence[str]:
        return texts[bounds[number] : bounds[number + 1]]

    counts: Counter[int] = Counter()
    for number in index_blocks.sampled(bounds):
        counts.update(_keys(block(number), wide).tolist())
    own: _Array = np.array(index_blocks.owned(counts), dtype="<u4")
    count = len(bounds) - 1
    bits: _Array = np.zeros((index_blocks.ROWS, (count + 7) // 8), dtype=np.uint8)
    for start in range(0, count, 8):
        flags: _Array = np.zeros((8, len(bits)), dtype=bool)
        for number in range(start, min(start + 8, count)):
            flags[number - start, _rows(_keys(block(number), wide), own)] = True
        bits[:, start // 8] = np.packbits(flags, axis=0, bitorder="little")[0]
    return own.tobytes(), bits.tobytes()


def _rows(keys: _Array, own: _Array) -> _Array:
    """The rows of these keys."""
    places: _Array = np.searchsorted(own, keys)
    owns: _Array = own[np.minimum(places, len(own) - 1)] == keys
    others = keys[~owns]
    mixed = (others, others * np.uint32(index_blocks.SECOND))
    shared = (index_blocks.OWN + each % np.uint32(index_blocks.SHARED) for each in mixed)
    return np.concatenate((places[owns], *shared))


def _keys(texts: Sequence[str], wide: bool) -> _Array:
    """The keys of the grams of a block, each once."""
    return np.unique(np.concatenate([*_each(texts, wide)]))


def _each(texts: Sequence[str], wide: bool) -> Iterator[_Array]:
    """The key of the gram at each place, size by size."""
    sizes, joint = index_blocks.sizes(wide), index_blocks.JOINT
    joined = joint.join(texts) + joint * (sizes[-1] - 1)
    codes: _Array = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    count = len(codes) - sizes[-1] + 1
    letters: _Array = (codes >= ord("a")) & (codes <= ord("z"))
    keys, within = codes[:count], letters[:count]
    for size in sizes:
        if size > 1:
            keys = keys * np.uint32(index_blocks.FACTOR) + codes[size - 1 : size - 1 + count]
            within = within & letters[size - 1 : size - 1 + count]
        counted = keys[within] if wide and size > index_blocks.PAIR else keys
        yield counted * np.uint32(index_blocks.FIRST)
