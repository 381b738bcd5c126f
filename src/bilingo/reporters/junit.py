"""For CI servers that read test results: JUnit XML, as Jenkins, GitLab and others take it.

A test case is a finding. An error is a failure; a warning or note passes and says what it is in
`system-out`, so that the result is red when `check` fails and only then.
"""

from __future__ import annotations

import re
from html import escape

from bilingo.model import Finding, Report
from bilingo.text.show import visible

_NO_XML = re.compile("[\ufffe\uffff]")  # XML 1.0, production 2: what `visible` lets pass


def render(report: Report) -> str:
    """`<testsuites>` with one suite; without findings it has one case, which passes."""
    failures = sum(finding.level == "error" for finding in report.findings)
    cases = list(map(_case, report.findings)) or ['<testcase classname="bilingo" name="check"/>']
    counted = f'tests="{len(cases)}" failures="{failures}" errors="0" skipped="0"'
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<testsuites name="bilingo check" {counted}>',
        f'<testsuite name="bilingo check" {counted}>',
        *cases,
        "</testsuite>",
        "</testsuites>",
    ]
    return "".join(f"{line}\n" for line in lines)


def _case(finding: Finding) -> str:
    place = f"{finding.path}:{finding.line}:{finding.column}"
    if finding.article:
        place += f" ({finding.article}:{finding.article_line}:{finding.article_column})"
    body = _text(f"{place}: {finding.level} {finding.code} {finding.message}: {finding.msgid}")
    if finding.level == "error":
        kind = f'type="{_text(finding.code)}" message="{_text(finding.message)}"'
        inside = f"<failure {kind}>{body}</failure>"
    else:
        inside = f"<system-out>{body}</system-out>"
    named = (
        f'classname="{_text(finding.path)}" name="{_text(f"{finding.code} line {finding.line}")}"'
    )
    return f"<testcase {named}>{inside}</testcase>"


def _text(text: str) -> str:
    return escape(_NO_XML.sub("\ufffd", visible(text)))
