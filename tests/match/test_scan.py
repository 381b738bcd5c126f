"""The scan finds what a plain dynamic programme finds, at every threshold, in both languages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilingo.match.scan import LONGEST, Hit, scan

# Few letters, so that random texts resemble each other; one of each plane and script.
LETTERS = "ab 肝炎病。𠮷𡃁😀e\u0301"
TEXTS = st.text(alphabet=LETTERS, max_size=24)
THRESHOLDS = st.integers(min_value=60, max_value=100)


def plain_distance(a: str, b: str) -> int:
    """Wagner and Fischer's table, row by row."""
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        above, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            above, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, above + (x != y))
    return row[-1]


def plain_scan(query: str, texts: list[str], threshold: int) -> set[Hit]:
    hits = set()
    for index, text in enumerate(texts):
        length = max(len(query), len(text))
        distance = plain_distance(query, text)
        if length and 100 * (length - distance) // length >= threshold:
            hits.add(Hit(index, distance, length))
    return hits


@given(TEXTS, st.lists(TEXTS, max_size=12), THRESHOLDS)
def test_finds_what_the_definition_finds(query: str, texts: list[str], threshold: int) -> None:
    found = scan(query, texts, threshold)
    assert set(found) == plain_scan(query, texts, threshold)
    assert len(set(found)) == len(found)
    assert [hit.similarity for hit in found] == sorted(
        (hit.similarity for hit in found), reverse=True
    )


@pytest.mark.parametrize("letter", ["a", "肝", "𠮷"])
@pytest.mark.parametrize("threshold", range(60, 101))
def test_keeps_scores_on_the_threshold(letter: str, threshold: int) -> None:
    # 100 letters and 100 − threshold substitutions, deletions or insertions: exactly threshold.
    edits = 100 - threshold
    query = letter * 100
    replaced = "x" * edits + letter * threshold
    deleted = letter * threshold
    one_more = "x" * (edits + 1) + letter * (threshold - 1)
    found = scan(query, [one_more, replaced, deleted], threshold)
    assert found == (Hit(1, edits, 100), Hit(2, edits, 100))
    assert scan(deleted, [query], threshold) == (Hit(0, edits, 100),)


@pytest.mark.parametrize(
    ("query", "texts", "threshold", "indexes"),
    [
        ("", ["", "a"], 60, []),
        ("a", [""], 1, []),
        ("wash your hands.", ["wash your hands", "wash your hand.", "肝炎"], 90, [0, 1]),
        ("乙型肝炎檢測", ["丙型肝炎檢測", "乙型肝炎", "乙型肝炎檢測"], 66, [2, 0, 1]),
        ("𠮷野家", ["𠮷野家", "吉野家"], 66, [0, 1]),  # one code point, not two
        ("乙肝", ["乙肝。"], 66, [0]),
        ("乙肝", ["乙肝。"], 67, []),
    ],
)
def test_table(query: str, texts: list[str], threshold: int, indexes: list[int]) -> None:
    assert [hit.index for hit in scan(query, texts, threshold)] == indexes


@pytest.mark.parametrize("letter", ["a", "肝"])
def test_very_long_texts_are_found_by_their_equal_only(letter: str) -> None:
    allowed, long = letter * LONGEST, letter * (LONGEST + 1)
    assert [hit.index for hit in scan(long, [long, allowed, long + "x"], 60)] == [0]
    assert [hit.index for hit in scan(allowed, [long, allowed], 60)] == [1]
    assert scan(letter * 1_990, [long], 60) == ()


@pytest.mark.parametrize("threshold", [-1, 0, 101])
def test_refuses_what_is_no_percentage(threshold: int) -> None:
    with pytest.raises(ValueError, match="threshold"):
        scan("a", ["a"], threshold)
