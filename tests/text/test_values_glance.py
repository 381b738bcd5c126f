"""The glance at a text against the reading of it: what it passes over differs in nothing."""

from __future__ import annotations

import lzma
import re
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_valueless import TEXTS

from bilingo.text.values import compare, difference, find
from bilingo.text.values.glance import ANYTHING, NOTHING, WORDY, glance, unread

KINDS = {
    NOTHING: """The clinic opens soon.|診所開放。|<1>Open</1> it|見 https://x.org/2024
a secondary school""",
    WORDY: "two doses|stage IV|Once a day|noon|一般|八小時|半日|正午|百分之五|約三成|晚上八時",
    ANYTHING: """3 doses|３ doses|in May|Monday|８時|三月|二零二四年|一 月|週日|星期三|½ cup
Ｍａｙ|%(n)sMay""",
}
UNREAD = (
    ("The clinic opens soon.", "診所開放。"),
    ("One nurse came.", "護士來了。"),
    ("All of them came.", "一同前來。"),
    ("診所開放。", "The first clinic opens."),
)
READ = (("Take two doses.", "每次服三劑。"), ("Open at 8.", "開放。"), ("開放。", "Open in May."))


@pytest.mark.parametrize(
    ("text", "kind"),
    [(text, kind) for kind, texts in KINDS.items() for text in re.split("[|\n]", texts)],
)
def test_kinds(text: str, kind: int) -> None:
    assert glance(text) == kind


@pytest.mark.parametrize("pair", UNREAD)
def test_most_pairs_need_no_reading(pair: tuple[str, str]) -> None:
    assert unread(*pair)
    assert unread(*reversed(pair))


@pytest.mark.parametrize("pair", READ)
def test_others_are_read(pair: tuple[str, str]) -> None:
    assert not unread(*pair)
    assert compare(*pair)


@settings(max_examples=3000)
@given(TEXTS | st.text(max_size=30))
def test_what_is_seen_is_there(text: str) -> None:
    kind, values = glance(text), find(text)
    assert kind != NOTHING or not values
    assert kind == ANYTHING or all(value.optional for value in values)


@settings(max_examples=2000)
@given(TEXTS, TEXTS)
def test_nothing_is_passed_over(one: str, other: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(difference, "unread", lambda one, other: False)
        read = compare(one, other)
    assert compare(one, other) == read


@pytest.mark.corpus
def test_nothing_in_real_texts_is(shared: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(difference, "unread", lambda one, other: False)
    passed = read = 0
    with lzma.open(shared / "data/bench/pairs.tsv.xz", "rt", encoding="utf-8") as lines:
        for line in islice(lines, 0, None, 40):
            one, other = line.rstrip("\n").split("\t")[:2]
            read += 1
            if unread(one, other):
                passed += 1
                assert compare(one, other) == (), line
            for text in (one, other):
                kind = glance(text)
                assert kind == ANYTHING or all(v.optional and kind for v in find(text)), text
    assert passed > read / 2
