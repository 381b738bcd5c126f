"""The same report for people, programs and GitHub; whole output compared."""

from __future__ import annotations

import json

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
    }
    assert "乙型肝炎" in printed


def test_github() -> None:
    assert reporters.by_name("github").render(REPORT) == (
        "::error file=locales/zh_HK/a.po,line=9,col=1,title=S001::untranslated\n"
        "::warning file=a%2Cb%3Ac.po,line=3,col=7,title=P001::missing %25s\n"
        r"::notice file=\x9b.po,line=1,col=1,title=X001::bad \x1b[2J%0D%0Aend" + "\n"
    )
    assert reporters.by_name("github").render(CLEAN) == ""


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
    assert set(CONTROLS.findall(printed)) <= {"\n"}
    if name == "json":
        assert [found["message"] for found in json.loads(printed)["findings"]] == [
            finding.message for finding in findings
        ]
    else:
        assert len(printed.splitlines()) == len(findings) + (name == "text")
