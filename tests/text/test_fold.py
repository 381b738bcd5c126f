"""What equality means to the memory."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilingo.text import tags
from bilingo.text.fold import fold

EQUAL = [
    ("Free TESTS", "free tests"),
    ("free  tests\n", "free tests"),
    ("“Free” tests, it’s", '"free" tests, it\'s'),
    ("ＨＢＶ１", "hbv1"),
    ("費用：全免！", "費用:全免!"),
    ("免費　檢測", "免費 檢測"),
    ("<1>免費</1>檢測<2/>", "免費檢測"),
    ("Cafe\u0301", "café"),
    ("免\u200b費\ufeff", "免費"),
    ("hep\u00adatitis", "hepatitis"),
]
DIFFERENT = [
    ("㈠", "(一)"),
    ("①", "1"),
    ("檢測。", "檢測."),
    ("檢測", "检测"),
    ("B型", "乙型"),
    ("5 mg", "5 kg"),
    ("「免費」", '"免費"'),
    ("m²", "m2"),
]


@pytest.mark.parametrize(("one", "other"), EQUAL)
def test_equal(one: str, other: str) -> None:
    assert fold(one) == fold(other) == other


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_different(one: str, other: str) -> None:
    assert fold(one) != fold(other)


ODD = "<１1＞/> İıßΣ\u0301\u0307“”ＡａÅ\u200b\u00ad費Ⅷ＜"
TEXTS = st.one_of(st.text(), st.text(alphabet=ODD, max_size=12))


@given(TEXTS)
def test_folding_twice_is_folding_once(text: str) -> None:
    once = fold(text)
    if not tags.TAG.search(once):  # full-width ＜１＞ is text, and looks like a tag when folded
        assert fold(once) == once


@given(TEXTS)
def test_tags_and_edge_space_do_not_count(text: str) -> None:
    if not tags.TAG.search(text) and "<" not in text:
        assert fold(f" <1>{text}</1>\n") == fold(text)
