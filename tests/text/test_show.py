"""What reaches a screen: no control character, and no more columns than there are."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilingo.text.show import clip, visible, width


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Wash hands. 洗手。", "Wash hands. 洗手。"),
        ("\x1b[31m紅\x1b[0m", r"\x1b[31m紅\x1b[0m"),
        ("a\nb\r\tc", r"a\nb\r\tc"),
        ("\x00\x07\x7f\x85\x9b", r"\x00\x07\x7f\x85\x9b"),
        ("a\u202eb\u2066c\u200f", r"a\u202eb\u2066c\u200f"),
        ("一\u2028二", r"一\u2028二"),
        ("\ud800", r"\ud800"),
        ("👩\u200d⚕️", "👩\u200d⚕️"),  # a joiner is part of the picture
    ],
)
def test_visible(text: str, shown: str) -> None:
    assert visible(text) == shown


@given(st.text(alphabet=st.characters()))
def test_nothing_visible_is_a_control(text: str) -> None:
    shown = visible(text)
    assert not any(unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp") for c in shown)
    shown.encode()
    assert visible(shown) == shown


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("", 0),
        ("abc", 3),
        ("肝炎", 4),
        ("ａ：", 4),
        ("…“", 2),
        ("e\u0301", 1),
        ("𠮷a", 3),
        ("ｶ", 1),
    ],
)
def test_width(text: str, columns: int) -> None:
    assert width(text) == columns


@pytest.mark.parametrize(
    ("text", "columns", "clipped"),
    [
        ("Wash hands.", 11, "Wash hands."),
        ("Wash hands.", 10, "Wash hand…"),
        ("乙型肝炎", 8, "乙型肝炎"),
        ("乙型肝炎", 7, "乙型肝…"),
        ("乙型肝炎", 6, "乙型…"),
        ("乙型肝炎", 1, "…"),
        ("乙型肝炎", 0, ""),
        ("e\u0301e\u0301e", 2, "e\u0301…"),
    ],
)
def test_clip(text: str, columns: int, clipped: str) -> None:
    assert clip(text, columns) == clipped


@given(st.text(alphabet="ab肝。\u0301 𠮷"), st.integers(min_value=0, max_value=12))
def test_clip_fits(text: str, columns: int) -> None:
    clipped = clip(text, columns)
    assert width(clipped) <= columns
    assert clipped == text or text.startswith(clipped.removesuffix("…"))
    assert clipped == text or width(text) > columns
