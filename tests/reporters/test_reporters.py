"""The same report for people, programs and GitHub; whole output compared."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilingo import reporters
from bilingo.model import Finding, Report
from bilingo.text.show import CONTROLS

COUNTS = {"entries": 12, "translated": 10, "fuzzy": 1, "untranslated": 1}
CLEAN = Report((), COUNTS)
REPORT = Report(
    (
        Finding("S001", "error", "untranslated", "locales/zh_HK/a.po", 9, msgid="Wash your hands."),
        Finding("P001", "warning", "missing %s", "a,b:c.po", 3, 7, msgid="乙型肝炎" * 9),
        Finding("X001", "info", "bad \x1b[2J\r\nend", "\x9b.po", 1, msgctxt="選單"),
    ),
    COUNTS,
)


def test_text() -> None:
    assert reporters.by_name("text").render(REPORT) == (
        "locales/zh_HK/a.po:9:1: error S001 untranslated: “Wash your hands.”\n"
        "a,b:c.po:3:7: warning P001 missing %s: “乙型肝炎乙型肝炎乙型肝炎乙型肝炎乙型肝…”\n"
        r"\x9b.po:1:1: info X001 bad \x1b[2J\r\nend" + "\n"
        "12 entries: 10 translated, 1 fuzzy, 1 untranslated; 1 error, 1 warning, 1 info\n"
    )


def test_text_of_nothing_found() -> None:
    render = reporters.by_name("text").render
    assert render(CLEAN) == ("12 entries: 10 translated, 1 fuzzy, 1 untranslated; no findings\n")
    assert render(Report(REPORT.findings[:1] * 2, {"entries": 1, "translated": 1})).endswith(
        "1 entry: 1 translated, 0 fuzzy, 0 untranslated; 2 errors\n"
    )


def test_json() -> None:
    printed = reporters.by_name("json").render(REPORT)
    document = json.loads(printed)
    assert list(document) == ["format", "command", "findings", "counts"]
    assert (document["format"], document["command"]) == (1, "check")
    assert document["counts"] == COUNTS
    assert document["findings"][2] == {
        "code": "X001",
        "level": "info",
        "message": "bad \x1b[2J\r\nend",
        "path": "\x9b.po",
        "line": 1,
        "column": 1,
        "msgid": "",
        "msgctxt": "選單",
        "excerpt": "",
        "fix": None,
        "form": 0,
        "start": 0,
        "end": 0,
        "article": "",
        "article_line": 0,
        "article_column": 0,
    }
    assert "乙型肝炎" in printed


def test_github() -> None:
    assert reporters.by_name("github").render(REPORT) == (
        "::error file=locales/zh_HK/a.po,line=9,col=1,title=S001::untranslated\n"
        "::warning file=a%2Cb%3Ac.po,line=3,col=7,title=P001::missing %25s\n"
        r"::notice file=\x9b.po,line=1,col=1,title=X001::bad \x1b[2J%0D%0Aend" + "\n"
    )
    assert reporters.by_name("github").render(CLEAN) == ""


PLACED = replace(
    REPORT.findings[0], article="articles/手 冊.en.md", article_line=7, article_column=3
)


@pytest.mark.parametrize(
    ("name", "printed"),
    [
        (
            "text",
            (
                "locales/zh_HK/a.po:9:1: error S001 untranslated: “Wash your hands.”"
                " (articles/手 冊.en.md:7:3)\n"
            ),
        ),
        (
            "github",
            (
                "::error file=locales/zh_HK/a.po,line=9,col=1,title=S001::untranslated"
                " (articles/手 冊.en.md:7:3)\n"
            ),
        ),
    ],
)
def test_the_place_in_the_article(name: str, printed: str) -> None:
    assert reporters.by_name(name).render(Report((PLACED,), {})).startswith(printed)


def test_sarif() -> None:
    report = Report((PLACED, *REPORT.findings[1:]), COUNTS)
    document = json.loads(reporters.by_name("sarif").render(report))
    run = document["runs"][0]
    assert document["version"] == "2.1.0"
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == ["P001", "S001", "X001"]
    first, second, third = run["results"]
    assert first["locations"] == [
        {
            "physicalLocation": {
                "artifactLocation": {"uri": "locales/zh_HK/a.po"},
                "region": {"startLine": 9, "startColumn": 1},
            }
        }
    ]
    assert first["relatedLocations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "articles/%E6%89%8B%20%E5%86%8A.en.md"},
        "region": {"startLine": 7, "startColumn": 3},
    }
    assert (first["ruleId"], first["ruleIndex"], first["level"]) == ("S001", 1, "error")
    assert [second["level"], third["level"]] == ["warning", "note"]
    assert "relatedLocations" not in second


@pytest.mark.parametrize(
    ("change", "same"),
    [
        ({"line": 99, "column": 4, "path": "b.po", "message": "說法不同", "article": "x"}, True),
        ({"code": "S002"}, False),
        ({"msgid": "洗手。"}, False),
        ({"msgctxt": "選單"}, False),
    ],
)
def test_sarif_knows_a_finding_again(change: dict[str, object], same: bool) -> None:
    here = replace(PLACED, msgid="Wash your hands.")
    there = replace(here, **change)  # type: ignore[arg-type]
    report = Report((here, there), {})
    results = json.loads(reporters.by_name("sarif").render(report))["runs"][0]["results"]
    one, other = (result["partialFingerprints"] for result in results)
    assert (one == other) == same


def test_junit() -> None:
    printed = reporters.by_name("junit").render(Report((PLACED, *REPORT.findings[1:]), COUNTS))
    suites = ET.fromstring(printed.encode())  # noqa: S314 - our own
    assert suites.attrib == {
        "name": "bilingo check",
        "tests": "3",
        "failures": "1",
        "errors": "0",
        "skipped": "0",
    }
    first, second, _ = suites[0]
    assert first.attrib == {"classname": "locales/zh_HK/a.po", "name": "S001 line 9"}
    assert first[0].attrib == {"type": "S001", "message": "untranslated"}
    assert first[0].text == (
        "locales/zh_HK/a.po:9:1 (articles/手 冊.en.md:7:3): error S001 untranslated:"
        " Wash your hands."
    )
    assert second[0].tag == "system-out"
    assert ET.fromstring(reporters.by_name("junit").render(CLEAN).encode())[0].get("tests") == "1"  # noqa: S314


@pytest.mark.parametrize(
    ("errors", "warnings", "rest"),
    [
        (10, 1, []),
        (11, 0, ["1 more error"]),
        (3, 25, ["15 more warnings"]),
        (12, 13, ["2 more errors", "3 more warnings"]),
    ],
)
def test_github_shows_ten_of_a_kind(errors: int, warnings: int, rest: list[str]) -> None:
    findings = [Finding("W", "warning", "提示", "a.po", n) for n in range(warnings)]
    findings += [Finding("E", "error", "錯誤", "a.po", n) for n in range(errors)]
    lines = reporters.by_name("github").render(Report(tuple(findings), {})).splitlines()
    commands = [line for line in lines if line.startswith("::")]
    assert [line for line in lines if line not in commands] == rest
    kinds = [line.split()[0] for line in commands]
    assert kinds == ["::error"] * min(errors, 10) + ["::warning"] * min(warnings, 10)


# every character, and what a path with undecodable bytes holds
TEXT = st.text(alphabet=st.characters() | st.sampled_from("\udc80\udcff"))
FINDINGS = st.builds(
    Finding,
    code=st.just("S001"),
    level=st.sampled_from(["error", "warning", "info"]),
    message=TEXT,
    path=TEXT,
    line=st.integers(1, 9),
    msgid=TEXT,
)


@pytest.mark.parametrize("name", sorted(reporters.REPORTERS))
@given(findings=st.lists(FINDINGS, max_size=4))
def test_content_sends_no_control(name: str, findings: list[Finding]) -> None:
    report = Report(tuple(findings), COUNTS)
    printed = reporters.by_name(name).render(report)
    printed.encode()
    assert set(re.findall(CONTROLS, printed)) <= {"\n"}
    if name == "sarif":
        results = json.loads(printed)["runs"][0]["results"]
        assert [one["message"]["text"] for one in results] == [one.message for one in findings]
    elif name == "junit":
        suite = ET.fromstring(printed.encode())[0]  # noqa: S314 - our own
        failures = sum(finding.level == "error" for finding in findings)
        assert len(suite) == max(1, len(findings))
        assert len(list(suite.iter("failure"))) == failures == int(suite.get("failures") or -1)
    elif name == "json":
        assert [found["message"] for found in json.loads(printed)["findings"]] == [
            finding.message for finding in findings
        ]
    else:
        assert len(printed.splitlines()) == len(findings) + (name == "text")
