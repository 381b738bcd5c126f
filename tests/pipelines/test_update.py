"""What an update says of itself."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bilingo.model import Article, Entry, Unit
from bilingo.pipelines.update import Update, update

ENTRIES = [
    Entry(text, (said,), flags=flags, comments=comments, obsolete=obsolete)
    for text in ("Bring it.", "請帶備。")
    for said in ("", "x", "y")
    for flags in ((), ("fuzzy",))
    for comments in ((), ("note",))
    for obsolete in (False, True)
]


@given(st.lists(st.sampled_from(ENTRIES)), st.lists(st.sampled_from(ENTRIES)))
def test_a_translation_differs_or_does_not(old: list[Entry], new: list[Entry]) -> None:
    def said(entries: list[Entry]) -> set[object]:
        return {(e.msgid, e.msgstr, e.fuzzy, e.obsolete) for e in entries if any(e.msgstr)}

    assert Update(tuple(new), {}).revises(old) == (said(old) != said(new))


def test_an_entry_that_stays_as_it_is_is_the_same_object() -> None:
    old = [
        Entry(text, ("x",), extracted=("paragraph",), references=("articles/a.en.md",))
        for text in ("Bring it.", "請帶備。")
    ]
    units = tuple(
        Unit(str(n), "paragraph", entry.msgid, entry.msgid) for n, entry in enumerate(old)
    )
    done = update(
        old,
        [Article("articles/a.en.md", "en", units)],
        in_scope=lambda path: True,
        fill=lambda unit, locale: None,
    )
    assert all(new is entry for new, entry in zip(done.entries, old, strict=True))
