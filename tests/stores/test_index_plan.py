"""The bound of the filter, against alignments that are tried out."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bilingo.stores import index_plan
from bilingo.stores.index_plan import Piece

LETTERS = "ab肝炎c"


@settings(max_examples=400)
@given(st.data())
def test_no_edits_harm_more(data: st.DataObject) -> None:
    """Edit a query as often as a threshold allows, and count what stands where it may stand."""
    query = data.draw(st.text(LETTERS, min_size=1, max_size=20))
    threshold = data.draw(st.integers(50, 99))
    n = len(query)
    every = [Piece(i, 1, 0, 0) for i in range(n)] + [Piece(i, 2, 0, 0) for i in range(n - 1)]
    chosen = data.draw(st.lists(st.sampled_from(every), unique=True))
    edits = data.draw(st.lists(st.tuples(st.sampled_from("sid"), st.integers(0, 40)), max_size=12))
    letters: list[tuple[str, int]] = [(letter, place) for place, letter in enumerate(query)]
    made = 0
    for kind, at in edits:
        before = list(letters)
        if kind == "i":
            letters.insert(at % (len(letters) + 1), ("x", -1))
        elif letters and kind == "d":
            del letters[at % len(letters)]
        elif letters:
            letters[at % len(letters)] = ("y", -1)
        if made + 1 > index_plan.edits(n, len(letters), threshold):
            letters = before
        else:
            made += 1
    m = len(letters)
    if not m or made > index_plan.edits(n, m, threshold):
        return
    back, ahead = index_plan.shifts(n, m, m, threshold)
    text = "".join(letter for letter, _ in letters)
    standing = sum(
        any(
            text[at : at + piece.size] == query[piece.start : piece.start + piece.size]
            for at in range(max(0, piece.start - back), piece.start + ahead + 1)
        )
        for piece in chosen
    )
    assert standing >= len(chosen) - index_plan.harmed(chosen, n, m, m, threshold)[0]


@pytest.mark.parametrize(
    "query", ["abcdefghijklmnopqrst", "乙型肝炎檢測診所義工預約熱線星期一至五開"]
)
@pytest.mark.parametrize("threshold", [60, 75, 90])
def test_the_bound_is_tight(query: str, threshold: int) -> None:
    """One less would be wrong: these edits harm exactly as many pieces as the bound says."""
    n = len(query)
    singles = [Piece(i, 1, 0, 0) for i in range(n)]
    pairs = [Piece(i, 2, 0, 0) for i in range(n - 1)]
    allowed = index_plan.edits(n, n, threshold)
    assert index_plan.harmed(singles, n, n, n, threshold)[0] == allowed
    # every second character replaced: each replacement harms both pairs over it
    assert index_plan.harmed(pairs, n, n, n, threshold)[0] == 2 * allowed
    assert index_plan.harmed(singles + pairs, n, n, n, threshold)[0] == 3 * allowed
    # insertions between characters harm a pair each, and no single
    longer = 100 * n // threshold
    inserted = longer - n
    assert index_plan.harmed(singles, n, longer, longer, threshold)[0] <= 1
    assert index_plan.harmed(pairs, n, longer, longer, threshold)[0] <= inserted + 2


@given(st.integers(1, 60), st.integers(1, 60), st.integers(0, 30), st.integers(50, 99), st.data())
def test_a_class_is_bound_by_its_lengths(
    n: int, low: int, wide: int, threshold: int, data: st.DataObject
) -> None:
    low = max(low, -(-threshold * n // 100))
    high = min(low + wide, 100 * n // threshold)
    if low > high:
        return
    every = [Piece(i, 1, 0, 0) for i in range(n)] + [Piece(i, 2, 0, 0) for i in range(n - 1)]
    chosen = data.draw(st.lists(st.sampled_from(every), unique=True))
    whole = index_plan.harmed(chosen, n, low, high, threshold)
    back, ahead = index_plan.shifts(n, low, high, threshold)
    for m in range(low, high + 1):
        assert whole[m - low : m - low + 1] == index_plan.harmed(chosen, n, m, m, threshold)
        one = index_plan.shifts(n, m, m, threshold)
        assert back >= one[0]
        assert ahead >= one[1]
