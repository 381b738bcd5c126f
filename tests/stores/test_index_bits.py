"""Counting bits in rows, against counting them one by one."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from bilingo.stores.index_bits import at_least, positions

WIDTH = 40
ROWS = st.lists(st.integers(0, (1 << WIDTH) - 1), max_size=40)


@given(
    ROWS,
    st.lists(st.integers(0, WIDTH), min_size=1, max_size=6, unique=True),
    st.lists(st.integers(-2, 42), min_size=6, max_size=6),
)
def test_at_least_counts(rows: list[int], cuts: list[int], wanted: list[int]) -> None:
    counts = [sum(row >> bit & 1 for row in rows) for bit in range(WIDTH)]
    cuts.sort()
    leasts = [(least, *part) for least, part in zip(wanted, pairwise(cuts), strict=False)]
    assert positions(at_least(rows, leasts)) == [
        bit for least, start, end in leasts for bit in range(start, end) if counts[bit] >= least
    ]


@given(st.sets(st.integers(0, 500) | st.integers(0, 50_000)))
def test_positions_are_the_bits(numbers: set[int]) -> None:
    assert positions(sum(1 << number for number in numbers)) == sorted(numbers)
