"""Our distance of a few texts is rapidfuzz's."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import Levenshtein

from bilingo.stores.index_distance import distances

TEXT = st.text("ab肝𠮷", max_size=90) | st.text(max_size=20)


@settings(max_examples=1000)
@given(TEXT.filter(bool), st.lists(TEXT, max_size=4), st.integers(0, 100))
def test_distances(query: str, texts: list[str], most: int) -> None:
    theirs = [Levenshtein.distance(query, text) for text in texts]
    for mine, exact in zip(distances(query, texts, most), theirs, strict=True):
        assert mine == exact or min(mine, exact) > most
