"""The checks of values, over a table of pairs in both directions."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from bilingo.checks import Setting, values
from bilingo.model import Entry

CHECKS = (values.contradicted, values.one_sided)

with Path(__file__).with_name("value_pairs.tsv").open(encoding="utf-8", newline="") as _file:
    PAIRS = [tuple(row) for row in csv.reader(_file, delimiter="\t", quoting=csv.QUOTE_NONE)][1:]


@pytest.mark.parametrize(("expect", "english", "chinese"), PAIRS)
def test_pairs_both_ways(expect: str, english: str, chinese: str) -> None:
    for source, target in ((english, chinese), (chinese, english)):
        entry = Entry(msgid=source, msgstr=(target,))
        found = [found.sentence for check in CHECKS for found in check([entry], Setting())]
        assert bool(found) == (expect == "bad"), (source, target, found)


def test_the_table_is_large_and_half_of_it_is_wrong() -> None:
    bad = sum(expect == "bad" for expect, _, _ in PAIRS)
    assert len(PAIRS) >= 300
    assert bad >= 0.4 * len(PAIRS)
    assert len(set(PAIRS)) == len(PAIRS)


@pytest.mark.parametrize(
    ("check", "source", "target", "sentence", "place"),
    [
        (
            values.contradicted,
            "HK$3 billion",
            "3億港元",
            "“HK$3 billion” has become “3億港元”",
            "3億港元",
        ),
        (values.contradicted, "下午六時", "at 6 a.m.", "“下午六時” has become “6 a.m.”", "6 a.m."),
        (
            values.one_sided,
            "Wait 15 minutes.",
            "請等候。",
            "“15 minutes” is not in the translation",
            "",
        ),
        (
            values.one_sided,
            "請等候。",
            "Wait 15 minutes.",
            "“15 minutes” is not in the source",
            "15 minutes",
        ),
    ],
)
def test_sentences(check, source: str, target: str, sentence: str, place: str) -> None:  # type: ignore[no-untyped-def]
    (found,) = check([Entry(msgid=source, msgstr=(target,))], Setting())
    assert found.sentence == sentence
    assert target[found.start : found.end] == place


@pytest.mark.parametrize(
    "entry",
    [
        Entry(msgid="Take 5 mg.", msgstr=("",)),
        Entry(msgid="Take 5 mg.", msgstr=("服6毫克。",), flags=("fuzzy",)),
        Entry(msgid="Take 5 mg.", msgstr=("服6毫克。",), obsolete=True),
        Entry(msgid="", msgstr=("POT-Creation-Date: 2025-03-15 10:00+0800",)),
        Entry(msgid="1 dose", msgid_plural="%d doses", msgstr=("%d劑",)),
        Entry(msgid="1 劑", msgid_plural="%d 劑", msgstr=("1 dose", "%d doses")),
    ],
)
def test_not_asked_or_right(entry: Entry) -> None:
    assert [found for check in CHECKS for found in check([entry], Setting())] == []


def test_each_plural_form_is_asked() -> None:
    entry = Entry(
        msgid="1 dose of 5 mg", msgid_plural="%d doses of 5 mg", msgstr=("%d劑，每劑6毫克",)
    )
    found = values.contradicted([entry], Setting())
    assert [one.sentence for one in found] == ["“5 mg” has become “6毫克”"]
