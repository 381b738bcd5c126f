"""Patterns that compile when asked: how long they may put it off."""

from __future__ import annotations

import pytest

from bilingo.text.lazy import Pattern


@pytest.mark.parametrize("text", ["noon ", "正午 "])
def test_a_text_without_the_needs_compiles_nothing(text: str) -> None:
    pattern = Pattern("midnight|午夜", needs=("midnight", "午夜"))
    assert pattern.match(text, 0) is None
    assert "findall" not in vars(pattern)


@pytest.mark.parametrize("text", ["noon ", "正午 "])
def test_a_long_text_is_not_looked_through_at_each_place(text: str) -> None:
    """Else the time grows with the square of its length."""
    pattern = Pattern("midnight|午夜", needs=("midnight", "午夜"))
    assert pattern.match(text * 1000, 0) is None
    assert "findall" in vars(pattern)
