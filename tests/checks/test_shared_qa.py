"""The shared cases, and how often good catalogs are called bad."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from bilingo.checks import CHECKS, Profile, Setting, counts, run
from bilingo.formats import po
from bilingo.model import TUV, Entry, Term
from bilingo.text import locales, scripts
from bilingo.text.prose import prose

pytestmark = pytest.mark.corpus

GROUPS = {
    "punct_width": "T001 T002 T003 T004",
    "cjk_spacing": "T012 T013 T014",
    "quotes": "T009 T010 T011",
    "ellipsis_dash": "T005 T006",
    "end_punct": "T008",
    "markup": "C001 C002 C003 C004 U004",
    "placeholders": "P001",
    "url_email": "U001 U002 U003",
    "untranslated": "N004 N005 N007",
    "script": "R001 R002 R003",
    "region_term": "R004",
    "glossary": "G001 G002 G003",
    "names": "G005",
    "length": "N006",
    "whitespace": "T015 T016 U005",
    "consistency": "N001 N002",
    "dup_chars": "T007",
}
PROFILES: dict[str, Profile] = {"hk": "hk-press", "spaced": "tech", "ui": "ui"}
TERMS = tuple(
    Term((TUV("en", english), TUV("zh-Hant-HK", chinese)))
    for english, chinese in (
        ("carrier", "帶菌者"),
        ("carrier", "帶病毒者"),
        ("Acting Chairman", "署理主席"),
        ("First People’s Hospital", "第一人民醫院"),
    )
)


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, delimiter="\t"))


def entries_of(row: dict[str, str]) -> list[Entry]:
    source, target = (row[side].replace("\\n", "\n") for side in ("source", "target"))
    if row["check"] != "consistency":
        return [Entry(source, (target,))]
    contexts = ("nav", "topic") if row["note"].startswith("msgctxt") else (None, None)
    pairs = zip(source.split("|"), target.split("|"), contexts, strict=True)
    return [Entry(s, (t,), msgctxt=context) for s, t, context in pairs]


def test_qa_checks(shared: Path) -> None:
    wrong = []
    table = rows(shared / "cases/qa_checks.tsv")
    for row in table:
        setting = Setting(
            "en", locales.canonical(row["locale"]), PROFILES[row["style"]], terms=TERMS
        )
        found = run(entries_of(row), GROUPS[row["check"]].split(), setting=setting)
        loud = [finding for finding in found if finding.level != "info"]
        if not found if row["expect"] == "bad" else loud:
            wrong.append(row)
    assert len(table) == 128
    assert not wrong


def test_script_leak(shared: Path) -> None:
    wrong = []
    for row in rows(shared / "cases/script_leak.tsv"):
        setting = Setting(target=locales.canonical(row["locale"]))
        found = run([Entry("x", (row["text"],))], ["R001", "R002", "R003"], setting=setting)
        if bool(found) != bool(row["leaked"]):
            wrong.append(row["text"])
    assert not wrong


@pytest.mark.parametrize(
    ("pattern", "target", "profile", "allowed"),
    [
        # each is judged in benchmarks/CHECKS.md: all but a few are slips of the catalogs
        ("sphinx.zh_TW.po", "zh-Hant-TW", "tech", 8),
        ("poedit.zh_TW.po", "zh-Hant-TW", "ui", 8),
        ("pydocs*.po", "zh-Hans-CN", "hans", 30),
    ],
)
def test_good_catalogs(
    shared: Path, pattern: str, target: str, profile: Profile, allowed: int
) -> None:
    codes = [code for code in CHECKS if not code.startswith(("S", "V"))]
    setting = Setting("en", target, profile)
    flagged = looked_at = 0
    for path in sorted((shared / "data/po").glob(pattern)):
        entries = po.read(path.read_bytes()).entries
        looked_at += counts(entries)["translated"]
        found = run(entries, codes, setting=setting)
        flagged += len({(f.msgctxt, f.msgid) for f in found if f.level != "info"})
    assert looked_at > 700
    assert flagged <= allowed


def test_simplified_leaks_of_traditional_catalogs(shared: Path) -> None:
    han = found = 0
    for path in sorted((shared / "data/po").glob("*.po")):
        if "zh_TW.po" in path.name or "Hant" in path.name:
            entries = po.read(path.read_bytes()).entries
            han += sum(scripts.han_count(prose(e.msgstr[0]).text) for e in entries if e.msgstr)
            found += len(run(entries, ["R001"]))
    assert han > 20_000
    assert found <= han * 0.1 / 1000
