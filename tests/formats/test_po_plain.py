"""The pattern of plain entries gives what reading line by line gives, refusals included."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bilingo.errors import BilingoError
from bilingo.formats import charsets, po_gate, po_lex, po_plain
from bilingo.model import Entry

VOCABULARY = """\
;msgid "Wash your hands.";msgstr "洗手。";"再洗。";msgid "";msgstr "";"Wash\\n";"\\"twice\\""
;msgctxt "menu";msgctxt "選單";msgid_plural "hands";msgstr[0] "手";msgstr[1] "手";;domain "x"
;# note;#  譯註;#;#. paragraph;#: a.md:3 b.md;#, fuzzy;#, python-format, range: 1..9;#=, x
;#~ msgid "gone";#~ msgstr "去";#~;#~ "more";#~| msgid "older";#| "rest";#| msgid "old"
;msgid "a\\\\n\\t\\x41\\101";msgstr "\\q";msgstr "a\x04b";msgstr "\\344\\270\\255";msgid "open
; ;\t"tab";  msgid "in";msgstr "end" ;msgid  "two";msgstr"none";msgid "a" "b";msgstr "a"\r;\x0c
;msgid;msgstr;"#";msgid "#, fuzzy";#!;#|;m;<<<<<<< ours""".replace("\n", "").split(";")
PLAIN = (
    '# n\n#. p\n#: a.md\n#, fuzzy\nmsgctxt "c{0}"\nmsgid "Wash {0}"\nmsgstr ""\n"洗\\n"\n"手{0}"\n'
)


def outcome(text: str, by_line: bool, codec: str = "utf-8") -> object:
    lines = text.split("\n")
    try:
        return po_lex.parse(lines, codec) if by_line else po_plain.parse(text, lines, codec)
    except BilingoError as error:
        return str(error)


def entries(text: str) -> list[Entry]:
    return po_plain.parse(text, text.split("\n"), "utf-8")[0]


@settings(max_examples=600)
@given(st.lists(st.sampled_from(VOCABULARY), max_size=14).map("\n".join))
def test_any_lines(text: str) -> None:
    assert outcome(text, by_line=False) == outcome(text, by_line=True)


@settings(max_examples=600)
@given(
    st.lists(
        st.one_of(
            st.integers(0, 9).map(PLAIN.format),
            st.lists(st.sampled_from(VOCABULARY), min_size=1, max_size=3).map("\n".join),
        ),
        max_size=6,
    ).map("\n".join)
)
def test_plain_entries_among_any_lines(text: str) -> None:
    assert outcome(text, by_line=False) == outcome(text, by_line=True)


@settings(max_examples=600)
@given(st.integers(0, 10**6), st.sampled_from('\n"\\#~| ,mx\r\t\x04中'), st.integers(0, 2))
def test_one_character_changed(place: int, character: str, cut: int) -> None:
    text = "\n".join(PLAIN.format(number) for number in range(4))
    place %= len(text)
    text = text[:place] + character + text[place + cut :]
    assert outcome(text, by_line=False) == outcome(text, by_line=True)


def test_the_pattern_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of a plain catalog is left to be read line by line."""
    monkeypatch.setattr(
        po_lex.Reader, "read", lambda self, number, line: pytest.fail(line) if line else None
    )
    found = entries("\n".join(PLAIN.format(number) for number in range(3)))
    assert [(e.msgctxt, e.msgid, e.msgstr, e.line) for e in found] == [
        ("c0", "Wash 0", ("洗\n手0",), 6),
        ("c1", "Wash 1", ("洗\n手1",), 16),
        ("c2", "Wash 2", ("洗\n手2",), 26),
    ]
    assert found[0].flags == ("fuzzy",)
    assert (found[0].comments, found[0].extracted, found[0].references) == (
        ("n",),
        ("p",),
        ("a.md",),
    )


@pytest.mark.corpus
def test_real_and_broken_catalogs(shared: Path) -> None:
    """As they are, and with a character of each changed in many places."""
    chance = random.Random(3)  # noqa: S311
    read = 0
    for path in sorted((shared / "data").rglob("*.po*")):
        raw = path.read_bytes()
        try:
            codec = charsets.codec(po_gate.declared_charset(raw)[0] or "UTF-8")
            text = raw.decode(codec)
        except (BilingoError, UnicodeDecodeError):
            continue
        assert outcome(text, False, codec) == outcome(text, True, codec), path
        read += 1
        for _ in range(20 if len(text) < 50_000 else 2):
            at = chance.randrange(len(text) + 1)
            changed = text[:at] + chance.choice('\n"\\#~| m') + text[at + chance.randrange(2) :]
            assert outcome(changed, False, codec) == outcome(changed, True, codec), (path, at)
    assert read > 20
