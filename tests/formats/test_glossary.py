"""Glossaries as CSV and TBX: what is read, what is refused, what survives."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilingo.errors import BilingoError
from bilingo.formats import glossary, tbx
from bilingo.model import TUV, Term

ROWS = '''\ufeffen,zh-HK,ZH_tw,Status,note
carrier,帶病毒者,帶原者,preferred,of a virus
carrier,承運人,,forbidden,
Jockey Club CPS,,,keep,
"a, ""b""",甲,,,
,,,,
,弱智,,forbidden,
'''
TERMS = (
    Term(
        (TUV("en", "carrier"), TUV("zh-Hant-HK", "帶病毒者"), TUV("zh-Hant-TW", "帶原者")),
        "preferred",
        "of a virus",
    ),
    Term((TUV("en", "carrier"), TUV("zh-Hant-HK", "承運人")), "forbidden"),
    Term((TUV("en", "Jockey Club CPS"),), "keep"),
    Term((TUV("en", 'a, "b"'), TUV("zh-Hant-HK", "甲"))),
    Term((TUV("zh-Hant-HK", "弱智"),), "forbidden"),
)


def test_read_csv() -> None:
    assert glossary.read(ROWS.encode()) == TERMS
    assert glossary.read(ROWS.replace("\n", "\r\n").encode()) == TERMS
    assert glossary.read(b"") == ()


def test_write_csv() -> None:
    assert glossary.read(glossary.write(TERMS)) == TERMS


@pytest.mark.parametrize(
    ("text", "where", "what"),
    [
        ("en,zh-HK\nonly one\n", "2", "without a wording"),
        ("en,zh-HK\na,b,c,d\n", "2", "4 cells"),
        ('en,zh-HK\na,甲\n"open,引號\n', "3", "no CSV"),
        ("en,klingon\n", "1", "unknown column 'klingon'"),
        ("en,zh-HK,status\na,甲,best\n", "2", "unknown status 'best'"),
    ],
)
def test_refused(text: str, where: str, what: str) -> None:
    with pytest.raises(BilingoError, match=what) as refused:
        glossary.read(text.encode())
    assert refused.value.where == where


def test_another_encoding_is_refused() -> None:
    with pytest.raises(BilingoError, match="not UTF-8") as refused:
        glossary.read("en,zh-HK\na,甲\n".encode("big5"))
    assert refused.value.where == "2"


def test_formulas_and_long_cells_are_text() -> None:
    raw = "en,zh-HK\n=1+1," + "甲" * 200_000 + "\n"
    (term,) = glossary.read(raw.encode())
    assert term.texts[0].text == "=1+1"
    assert glossary.read(glossary.write([term])) == (term,)


TEXT = st.text(st.sampled_from("a 中,\"'&<>=\n肝"), min_size=1).map(str.strip).filter(bool)
PAIRS = st.lists(
    st.builds(
        lambda en, zh, status, note: Term((TUV("en", en), TUV("zh-Hant-HK", zh)), status, note),
        TEXT,
        TEXT,
        st.sampled_from(("preferred", "admitted", "forbidden", "introduced")),
        st.sampled_from(("", "of a virus", "病毒")),
    ),
    max_size=5,
)


@given(PAIRS)
def test_csv_round_trip(terms: list[Term]) -> None:
    assert glossary.read(glossary.write(terms)) == tuple(terms)


@given(PAIRS)
def test_tbx_round_trip(terms: list[Term]) -> None:
    by_concept = sorted(terms, key=lambda t: [u.texts[0] for u in terms].index(t.texts[0]))
    assert tbx.read(tbx.write(terms)) == tuple(by_concept)


def test_tbx_of_all_kinds() -> None:
    again = tbx.read(tbx.write(TERMS))
    assert {(t.texts[-1].text, t.status) for t in again} == {
        ("帶病毒者", "preferred"),
        ("帶原者", "preferred"),
        ("承運人", "forbidden"),
        ("Jockey Club CPS", "keep"),
        ("甲", "preferred"),
        ("弱智", "forbidden"),
    }


OLD = """<?xml version="1.0"?><martif type="TBX"><text><body><termEntry>
<langSet xml:lang="en"><tig><term>carrier</term></tig></langSet>
<langSet xml:lang="zh-TW"><ntig><termGrp><term>帶原者</term>
<termNote type="administrativeStatus">admittedTerm-admn-sts</termNote></termGrp></ntig></langSet>
</termEntry></body></text></martif>"""


def test_older_tbx() -> None:
    assert tbx.read(OLD.encode()) == (
        Term((TUV("en", "carrier"), TUV("zh-Hant-TW", "帶原者")), "admitted"),
    )


@pytest.mark.parametrize(
    ("raw", "what"),
    [
        (b"", "no XML"),
        (b"<tbx>", "no XML"),
        (b"<html/>", "no TBX"),
        (b"<tbx/>", "no TBX"),
        (b'<!DOCTYPE tbx [<!ENTITY a "b">]><tbx>&a;</tbx>', "entity"),
        (OLD.replace("zh-TW", "xx-YY-zz").encode(), "no such locale"),
        (b"<tbx>" + b"<a>" * 100, "too deep"),
    ],
)
def test_refused_tbx(raw: bytes, what: str) -> None:
    with pytest.raises(BilingoError, match=what) as refused:
        tbx.read(raw)
    assert refused.value.where


@pytest.mark.corpus
@pytest.mark.parametrize("name", ["bad-shape.csv", "formula.csv"])
def test_shared_files(shared: Path, name: str) -> None:
    raw = (shared / "data/malformed/csv" / name).read_bytes()
    if name == "formula.csv":
        terms = glossary.read(raw)
        assert terms[0].texts[0].text == "=1+1"
        assert glossary.read(glossary.write(terms)) == terms
    else:
        with pytest.raises(BilingoError) as refused:
            glossary.read(raw)
        assert refused.value.where == "2"


@pytest.mark.parametrize(
    ("raw", "rows"),
    [
        (b"", "en,zh-Hant-HK,status,note\nflu,流感,preferred,\n"),
        (b"en,zh-HK,status,note\n", "flu,流感,preferred,\n"),
        (b"note,status,en,zh-HK\n,,a,\xe7\x94\xb2", "\n,preferred,flu,流感\n"),
        ("\ufeffen,zh-HK,Status,note\r\na,甲,,\r\n".encode(), "flu,流感,preferred,\r\n"),
    ],
)
def test_rows_of_a_glossary_keep_their_bytes(raw: bytes, rows: str) -> None:
    flu = Term((TUV("en", "flu"), TUV("zh-Hant-HK", "流感")))
    assert glossary.added(raw, [flu]) == raw + rows.encode()
    assert glossary.read(glossary.added(raw, [flu])) == (*glossary.read(raw), flu)


def test_a_new_locale_needs_a_column() -> None:
    flu = Term((TUV("en", "flu"), TUV("zh-Hant-TW", "流感")))
    for raw in (b"en,zh-HK,status,note\na,\xe7\x94\xb2,,\n", b"en,zh-TW\na,\xe7\x94\xb2\n"):
        assert glossary.read(glossary.added(raw, [flu])) == (*glossary.read(raw), flu)


def test_a_concept_is_named_in_the_language_that_is_asked_for() -> None:
    concept = "".join(
        f'<langSec xml:lang="{locale}"><termSec><term>{text}</term></termSec></langSec>'
        for locale, text in (("de", "Grippe"), ("zh-HK", "流感"), ("en-GB", "flu"))
    )
    raw = f"<tbx><text><body><conceptEntry>{concept}</conceptEntry></body></text></tbx>".encode()
    for name, first in (("en", "flu"), ("zh-Hant-HK", "流感"), ("", "Grippe"), ("fr", "Grippe")):
        found = tbx.read(raw, name=name)
        assert {term.texts[0].text for term in found} == {first}
        assert len(found) == 2
