"""Catalogs read and edited: what is not changed keeps its bytes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilingo.errors import BilingoError
from bilingo.formats import po
from bilingo.model import Entry

HEAD = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
HOME = 'msgid "Home"\nmsgstr "主頁"\n'
GIVE = '#: give.md\nmsgid "Donate"\nmsgstr "捐款"\n'
ENGLISH = 'msgid "聯絡我們"\nmsgstr "Contact us"\n'
GONE = '#~ msgid "Fax"\n#~ msgstr "傳真"\n'


def catalog(*parts: str) -> po.Catalog:
    return po.read("\n".join((HEAD, *parts)).encode())


def text(result: bytes) -> str:
    return result.decode()


WORDS = st.text(st.sampled_from("ab \n\t\"\\'<1>/%主頁。，「」（）\u3000é\r"), max_size=12)
LINES = st.text(st.sampled_from('ab #~|:,.="\\主頁。 '), max_size=8)


@st.composite
def entries(draw: st.DrawFn) -> Entry:
    plural = draw(st.none() | WORDS)
    forms = 1 if plural is None else draw(st.integers(1, 3))
    msgstr = tuple(draw(WORDS) for _ in range(forms))
    flags = draw(st.sampled_from([(), ("c-format",), ("fuzzy",), ("fuzzy", "c-format", "own:1")]))
    return Entry(
        msgid=draw(WORDS.filter(bool)),
        msgstr=msgstr,
        msgctxt=draw(st.none() | WORDS),
        msgid_plural=plural,
        flags=flags if any(msgstr) else tuple(flag for flag in flags if flag != "fuzzy"),
        comments=tuple(draw(st.lists(LINES, max_size=2))),
        extracted=tuple(draw(st.lists(LINES, max_size=2))),
        references=tuple(
            draw(st.lists(st.sampled_from(["a.md", "主 頁.md:3", "b c"]), unique=True))
        ),
        previous=draw(st.none() | WORDS),
        obsolete=draw(st.booleans()),
    )


CATALOGS = st.lists(entries(), max_size=6, unique_by=lambda entry: entry.key)


def bare(entry: Entry) -> Entry:
    return replace(entry, line=0)


def live_first(listed: list[Entry]) -> list[Entry]:
    return sorted(listed, key=lambda entry: entry.obsolete)


@given(CATALOGS, st.booleans())
def test_what_is_written_is_read(listed: list[Entry], wrap: bool) -> None:
    new = po.new("zh-Hant-HK")
    again = po.read(po.edit(new, [*new.entries, *listed], wrap=wrap))
    assert [bare(entry) for entry in again.entries[1:]] == live_first(listed)
    assert po.edit(again, again.entries, revision="2026-01-02 03:04+0800") == again.raw


@given(CATALOGS.filter(bool), st.data(), st.sampled_from(["\n", "\r\n"]))
def test_one_edit_changes_one_entrys_lines(
    listed: list[Entry], data: st.DataObject, newline: str
) -> None:
    new = po.new("en")
    raw = po.edit(new, [*new.entries, *listed]).replace(b"\n", newline.encode())
    before = po.read(raw)
    at = data.draw(st.integers(1, len(listed)))
    changed = list(before.entries)
    changed[at] = replace(changed[at], msgstr=tuple("改了" for _ in changed[at].msgstr))
    out = po.edit(before, changed)
    start, stop = before.spans[at]
    assert out.startswith(raw[:start])
    assert out.endswith(raw[stop:])
    after = po.read(out)
    assert [bare(entry) for entry in after.entries] == [bare(entry) for entry in changed]
    assert newline == "\n" or out.count(b"\r\n") == out.count(b"\n")


@given(CATALOGS, CATALOGS)
def test_any_list_becomes_the_file(first: list[Entry], second: list[Entry]) -> None:
    new = po.new("zh-Hant-HK")
    raw = po.edit(new, [*new.entries, *first])
    out = po.read(po.edit(po.read(raw), [*new.entries, *second])).entries
    assert {bare(entry) for entry in out[1:]} == set(second)
    assert [e.key for e in out[1:] if not e.obsolete] == [e.key for e in second if not e.obsolete]


@pytest.mark.parametrize(
    ("tail", "expected"),
    [
        # untouched oddities: comments of nobody, no final newline, blank lines
        ("# a section\n\n" + GIVE, "# a section\n\n" + GIVE.replace("捐款", "捐助")),
        (GIVE + "\n# the end", GIVE.replace("捐款", "捐助") + "\n# the end"),
        (GIVE[:-1], GIVE[:-1].replace("捐款", "捐助")),
        ("\n\n" + GIVE + "\n\n", "\n\n" + GIVE.replace("捐款", "捐助") + "\n\n"),
        ("#odd\n#, c-format\n\n" + GIVE, "# odd\n" + GIVE.replace("msgid", "#, c-format\nmsgid")
         .replace("捐款", "捐助")),
    ],
)  # fmt: skip
def test_changed_in_its_place(tail: str, expected: str) -> None:
    before = catalog(HOME, tail)
    *rest, last = before.entries
    out = po.edit(before, [*rest, replace(last, msgstr=("捐助",))])
    assert text(out) == "\n".join((HEAD, HOME, expected))


def test_new_vanished_obsolete_and_resurrected() -> None:
    before = catalog("# nobody's\n\n" + HOME, GIVE, ENGLISH, GONE)
    header, home, give, english, fax = before.entries
    added = Entry("Phone", ("電話",))
    assert text(po.edit(before, [header, home, added, give, english, fax])) == "\n".join(
        (HEAD, "# nobody's\n\n" + HOME, 'msgid "Phone"\nmsgstr "電話"\n', GIVE, ENGLISH, GONE)
    )
    assert text(po.edit(before, [header, give, english, fax])) == "\n".join(
        (HEAD, "# nobody's\n\n\n" + GIVE, ENGLISH, GONE)
    )
    obsolete = '#: give.md\n#~ msgid "Donate"\n#~ msgstr "捐款"\n'
    assert text(
        po.edit(before, [header, home, replace(give, obsolete=True), english, fax])
    ) == "\n".join((HEAD, "# nobody's\n\n" + HOME, ENGLISH, GONE, obsolete))
    assert text(
        po.edit(before, [header, home, give, english, replace(fax, obsolete=False)])
    ) == "\n".join((HEAD, "# nobody's\n\n" + HOME, GIVE, ENGLISH, GONE.replace("#~ ", "")))


def test_byte_order_mark_charset_and_line_ends_stay() -> None:
    head = HEAD.replace("UTF-8", "Big5").replace("\n", "\r\n")
    raw = (head + "\r\n" + 'msgid "names"\r\nmsgstr "許功蓋"\r\n').encode("big5")
    before = po.read(raw)
    assert before.entries[1].msgstr == ("許功蓋",)
    out = po.edit(before, [*before.entries, Entry("Home", ("主頁",))])
    assert out == raw + '\r\nmsgid "Home"\r\nmsgstr "主頁"\r\n'.encode("big5")
    marked = po.read(b"\xef\xbb\xbf" + HEAD.encode())
    assert (
        po.edit(marked, [Entry("a"), *marked.entries])
        == b"\xef\xbb\xbf" + ('msgid "a"\nmsgstr ""\n\n' + HEAD).encode()
    )


def test_revision_date_only_with_a_change() -> None:
    head = HEAD.replace('"Content', '"X-Own: 1\\n"\n"PO-Revision-Date: 2020\\n"\n"Content')
    before = po.read((head + "\n" + HOME).encode())
    assert po.edit(before, before.entries, revision="2026") == before.raw
    out = po.edit(before, [before.entries[0]], revision="2026-05-01 10:00+0800")
    assert text(out) == head.replace("2020", "2026-05-01 10:00+0800")


@pytest.mark.parametrize(
    ("added", "what"),
    [
        (Entry("Home", ("首頁",)), "two entries"),
        (Entry("x", ("a\0b",)), "cannot hold"),
        (Entry("x", ("\x04",)), "U+0004"),
        (Entry("x", ("\ud800",)), "is not in UTF-8"),
        (Entry("x", ("y",), flags=('fuzzy\nmsgid "z"',)), "cannot follow"),
    ],
)
def test_what_an_edit_refuses(added: Entry, what: str) -> None:
    before = catalog(HOME)
    with pytest.raises(BilingoError) as caught:
        po.edit(before, [*before.entries, added])
    assert what in str(caught.value)


def test_text_outside_the_charset_is_refused() -> None:
    before = po.read(HEAD.replace("UTF-8", "Big5").encode())
    with pytest.raises(BilingoError, match=r"U\+53F7.*Big5"):
        po.edit(before, [*before.entries, Entry("No.", ("号",))])


def test_new_catalogs_say_their_language_and_plurals() -> None:
    chinese, english = po.new("zh-Hant-HK", revision="2026-01-01 00:00+0800"), po.new("en")
    assert po.field(chinese.header, "language") == "zh_HK"
    assert po.field(chinese.header, "Plural-Forms") == "nplurals=1; plural=0;"
    assert po.field(chinese.header, "PO-Revision-Date") == "2026-01-01 00:00+0800"
    assert po.field(english.header, "Plural-Forms") == "nplurals=2; plural=(n != 1);"
    assert po.field(english.header, "PO-Revision-Date") == ""
    with pytest.raises(BilingoError):
        po.new("fr")


def test_lookup_prefers_the_live_entry() -> None:
    nav = 'msgctxt "nav"\nmsgid "Home"\nmsgstr "首頁"\n'
    before = catalog('#~ msgid "Home"\n#~ msgstr "舊"\n', HOME, nav)
    found = po.by_key(before.entries)
    assert found[None, "Home"].msgstr == ("主頁",)
    assert found["nav", "Home"].msgstr == ("首頁",)
    assert set(found) == {(None, "Home"), ("nav", "Home")}


@pytest.mark.corpus
def test_real_catalogs_edit_line_by_line(shared: Path) -> None:
    seen = 0
    for path in sorted((shared / "data/po").rglob("*.po*")):
        if path.name in ("msgctxt_notes.po", "test_syntax_error1.po"):  # msgfmt refuses them too
            continue
        before = po.read(path.read_bytes())
        assert po.edit(before, before.entries) == before.raw
        out, changed = before.raw, list(before.entries)
        for at in range(1, len(before.entries), 23):
            start, stop = before.spans[at]
            changed = list(before.entries)
            changed[at] = replace(changed[at], msgstr=tuple("x" for _ in changed[at].msgstr))
            out = po.edit(before, changed)
            assert out.startswith(before.raw[:start])
            assert out.endswith(before.raw[stop:])
        assert len(po.read(out).entries) == len(changed)
        seen += 1
    assert seen
