"""Counting bits in rows, against counting them one by one."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bilingo.stores.index_bits import at_least, positions

WIDTH = 40
ROWS = st.lists(st.integers(0, (1 << WIDTH) - 1), max_size=40)


@given(ROWS, st.integers(-1, 42))
def test_at_least_counts(rows: list[int], least: int) -> None:
    counts = [sum(row >> bit & 1 for row in rows) for bit in range(WIDTH)]
    assert positions(at_least(rows, least, WIDTH)) == [
        bit for bit, count in enumerate(counts) if count >= least
    ]


@given(st.sets(st.integers(0, 5000)))
def test_positions_are_the_bits(numbers: set[int]) -> None:
    assert positions(sum(1 << number for number in numbers)) == sorted(numbers)
