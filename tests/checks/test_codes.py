"""Inline codes: what is compared, what it is called, and that no text stalls it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilingo.checks import Setting
from bilingo.checks.codes import damaged_codes, same_codes
from bilingo.model import Entry
from bilingo.text import tags


def told(source: str, *target: str, plural: str | None = None) -> list[str]:
    entries = [Entry(source, target, msgid_plural=plural)]
    return [
        found.sentence
        for check in (same_codes, damaged_codes)
        for found in check(entries, Setting())
    ]


@pytest.mark.parametrize(
    ("source", "target", "sentences"),
    [
        ("no codes", "沒有", []),
        ("<1>a</1>", "<1>甲</1>", []),
        ("<1>a</1><2/>", "<2/><1>甲</1>", []),
        ("<1>a<2>b</2></1>", "<2>乙<1>甲</1></2>", []),  # still nested
        ("<1>a</1>", "甲", ["inline codes differ: missing <1> </1>"]),
        ("甲", "<1>a</1>", ["inline codes differ: not in the source <1> </1>"]),
        ("<1/>甲", "a<2/>", ["inline codes differ: missing <1/>; not in the source <2/>"]),
        ("<1>a</1>", "<1>甲", ["inline codes differ: missing </1>"]),
        ("<1>a</1>", "</1>甲<1>", ["inline codes cross or close before they open"]),
        (
            "<1>a</1><2>b</2>",
            "<1>甲<2>乙</1></2>",
            ["inline codes cross or close before they open"],
        ),
        # damage is told once, as damage
        ("<1>a</1>", "＜1＞甲</1>", ["damaged inline code ＜1＞"]),
        ("<1>a</1>", "《1》甲《/1》", ["damaged inline code 《1》", "damaged inline code 《/1》"]),
        ("<1/>a", "<１/>甲", ["damaged inline code <１/>"]),
        ("<1/>a", "＜1／＞甲<2/>", ["inline codes differ: not in the source <2/>",
                                  "damaged inline code ＜1／＞"]),
        # not a code of this source
        ("Read 1984.", "請讀《1984》。", []),
        ("<1>a</1>", "<1>甲</1>《2》", []),
        ("＜1＞ or <1/>", "＜1＞或<1/>", []),
        # a source that is not well nested itself asks for the codes only
        ("</1>a", "甲</1>", []),
    ],
)  # fmt: skip
def test_sentences(source: str, target: str, sentences: list[str]) -> None:
    assert told(source, target) == sentences


def test_a_plural_form_follows_either_source() -> None:
    plural = "<1>%d</1> files"
    assert told("one file", "一個", "<1>%d</1>個", plural=plural) == []
    assert told("one file", "一個", "%d<2/>個", plural=plural) == [
        "inline codes differ: missing <1> </1>; not in the source <2/>"
    ]


@pytest.mark.parametrize("flags", [("fuzzy",), ()])
def test_only_what_is_published(flags: tuple[str, ...]) -> None:
    entries = [Entry("<1>a</1>", ("甲" if flags else "",), flags=flags)]
    assert list(same_codes(entries, Setting())) == list(damaged_codes(entries, Setting())) == []


@given(st.lists(st.sampled_from(["a", "肝", "<", "＞", "《1》"]) | st.builds(
    tags.Mark, st.sampled_from(["open", "close", "alone"]), st.just("*"))))  # fmt: skip
def test_a_copy_of_the_source_passes(parts: list[str | tags.Mark]) -> None:
    text, _ = tags.lift(parts)
    if text:
        assert told(text, text) == []


@pytest.mark.parametrize("trap", ["<", "< ", "＜1", "<1 ", "<1>", "＜1＞", "《 1 /"])
def test_traps_end(trap: str) -> None:
    told("<1>a</1>", trap * 30_000)
    told(trap * 30_000, "甲")
