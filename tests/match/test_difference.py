"""Differences a person can read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilingo.match.difference import _ANY, _tokens, difference


def shown(old: str, new: str) -> str:
    form = {"same": "{}", "old": "[-{}-]", "new": "{{+{}+}}"}
    return "".join(form[piece.kind].format(piece.text) for piece in difference(old, new))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("at 3 p.m.", "at 4 p.m.", "at [-3-]{+4+} p.m."),
        ("HK$1,200", "HK$1,300", "HK$[-1,200-]{+1,300+}"),
        ("下午3時", "下午4時", "下午[-3-]{+4+}時"),
        ("逾50人參加", "近50人參加", "[-逾-]{+近+}50人參加"),
        ("See <1>it</1>", "See <2>it</2>", "See [-<1>-]{+<2>+}it[-</1>-]{+</2>+}"),
        ("children’s ward", "child ward", "[-children’s-]{+child+} ward"),
        ("café’s 3", "cafés 4", "[-café’s-]{+cafés+} [-3-]{+4+}"),
        ("same 一樣", "same 一樣", "same 一樣"),
        ("", "新", "{+新+}"),
    ],
)
def test_difference(old: str, new: str, expected: str) -> None:
    assert shown(old, new) == expected


@given(st.text(max_size=40), st.text(max_size=40))
def test_both_texts_are_in_it(old: str, new: str) -> None:
    pieces = difference(old, new)

    assert "".join(p.text for p in pieces if p.kind != "old") == new
    assert "".join(p.text for p in pieces if p.kind != "new") == old


def test_a_very_long_text_is_not_compared() -> None:
    assert [p.kind for p in difference("a " * 2_000, "文" * 3_000)] == ["old", "new"]


@given(st.text(st.sampled_from("ab09 .,:’'<>/1文\u00bf\u00c0é\u1fff\u2000\n_") | st.characters()))
def test_a_text_of_plain_letters_has_the_same_tokens(text: str) -> None:
    assert _tokens(text) == _ANY.findall(text)
