"""The places of words, listed with numpy: the same as `index_words_build`, sooner."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from bilingo.stores.index_words_build import Listed

_Array = Any  # numpy's own types say little more here


class _Numbers(dict[str, int]):
    """A number for each word, in the order in which they are met."""

    def __missing__(self, word: str) -> int:
        number = self[word] = len(self)
        return number


def make(words: Iterable[Sequence[str]]) -> Listed:
    """`index_words_build.Make` with numpy: places are sorted by their words."""
    numbers = _Numbers()
    found: _Array = np.concatenate(
        [np.fromiter(map(numbers.__getitem__, some), np.uint32, len(some)) for some in words]
    )
    listed = sorted(numbers)
    order: _Array = np.empty(len(listed), np.uint32)
    order[[numbers[word] for word in listed]] = np.arange(len(listed), dtype=np.uint32)
    counts = np.bincount(order[found]).tolist()
    keys: _Array = order[found].astype(np.uint64) << np.uint64(32)
    keys |= np.arange(len(found), dtype=np.uint64)
    keys.sort()
    return Listed(listed, counts, array("I", keys.astype(np.uint32).tobytes()))
