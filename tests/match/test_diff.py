"""What counts as a difference between two catalogs, and what does not."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilingo.match.diff import Change, diff
from bilingo.model import Entry

EN, ZH, HK = "Open the file.", "打開檔案。", "開啟檔案。"
KEY = (None, EN)
DONE = Entry(EN, (ZH,))
DRAFT = replace(DONE, flags=("fuzzy",))
GONE = replace(DONE, obsolete=True)
REVERSE = Entry(ZH, (EN,), msgctxt="menu")
NEWER = Entry("Open a file.", (ZH,), flags=("fuzzy",), previous=EN)
NEWER_DONE = replace(NEWER, msgstr=(HK,), flags=())


def head(*fields: str) -> Entry:
    return Entry("", ("".join(f"{field}\n" for field in fields),))


@pytest.mark.parametrize(
    ("a", "b", "want"),
    [
        ([], [DONE], [Change("added", KEY, after=(ZH,))]),
        ([REVERSE], [], [Change("removed", ("menu", ZH), before=(EN,))]),
        ([DONE], [GONE], [Change("obsolete", KEY, (ZH,), (ZH,))]),
        ([GONE], [DONE], [Change("revived", KEY, (ZH,), (ZH,))]),
        ([DONE], [replace(DONE, msgstr=(HK,))], [Change("retranslated", KEY, (ZH,), (HK,))]),
        (
            [REVERSE],
            [replace(REVERSE, msgstr=("Open.",))],
            [Change("retranslated", ("menu", ZH), (EN,), ("Open.",))],
        ),
        ([DRAFT], [DONE], [Change("approved", KEY, (ZH,), (ZH,))]),
        ([DONE], [DRAFT], [Change("fuzzy", KEY, (ZH,), (ZH,))]),
        (
            [DRAFT],
            [replace(DONE, msgstr=(HK,))],
            [Change("retranslated", KEY, (ZH,), (HK,)), Change("approved", KEY, (ZH,), (HK,))],
        ),
        (
            [DONE],
            [NEWER, GONE],
            [
                Change("source", NEWER.key, (EN,), (NEWER.msgid,)),
                Change("fuzzy", NEWER.key, (ZH,), (ZH,)),
            ],
        ),
        (
            [DONE],
            [NEWER_DONE],
            [
                Change("source", NEWER.key, (EN,), (NEWER.msgid,)),
                Change("retranslated", NEWER.key, (ZH,), (HK,)),
            ],
        ),
        ([DONE], [DONE, NEWER], [Change("added", NEWER.key, after=(ZH,))]),
        (
            [DONE],
            [replace(DONE, msgid_plural="Open the files.")],
            [Change("source", KEY, (EN,), (EN, "Open the files."))],
        ),
        (
            [head("Language: zh_HK", "X-A: 1", "X-C: 1")],
            [head("Language: zh_TW", "X-B: 二", "X-C: 1")],
            [
                Change("header", (None, ""), ("zh_HK",), ("zh_TW",), "Language"),
                Change("header", (None, ""), (), ("二",), "X-B"),
                Change("header", (None, ""), ("1",), (), "X-A"),
            ],
        ),
        ([head("X-A: 1")], [], [Change("header", (None, ""), ("1",), (), "X-A")]),
        ([], [head("X-A: 1")], [Change("header", (None, ""), (), ("1",), "X-A")]),
        (
            [
                head(
                    "PO-Revision-Date: 2024-05-01 09:30+0800", "Plural-Forms: nplurals=1; plural=0;"
                )
            ],
            [head("Plural-Forms: nplurals=1;plural=0", "POT-Creation-Date: today")],
            [],
        ),
        (
            [DONE, replace(REVERSE, references=("a.md:1",)), GONE],
            [replace(REVERSE, comments=("看過",), line=9), replace(DONE, extracted=("x",))],
            [],
        ),
    ],
)
def test_diff(a: list[Entry], b: list[Entry], want: list[Change]) -> None:
    assert list(diff(a, b)) == want


entries = st.lists(
    st.builds(
        Entry,
        st.sampled_from((EN, ZH, "請洗手。", "Wash your hands.")),
        st.tuples(st.sampled_from(("", ZH, EN, HK))),
        st.sampled_from((None, "menu")),
        flags=st.sampled_from(((), ("fuzzy",))),
        obsolete=st.booleans(),
    ),
    max_size=6,
    unique_by=lambda entry: entry.key,
)


@given(entries, entries, st.randoms(use_true_random=False))
def test_empty_when_and_only_when_the_same(
    a: list[Entry], b: list[Entry], chance: random.Random
) -> None:
    shuffled = [replace(entry, references=("x:1",), line=n) for n, entry in enumerate(b)]
    chance.shuffle(shuffled)
    assert diff(b, shuffled) == ()
    assert set(diff(a, b)) == set(diff(a, shuffled))
    assert (diff(a, b) == ()) is ({e.key: e for e in a} == {e.key: e for e in b})
    assert {change.key for change in diff(a, b)} == {change.key for change in diff(b, a)}
