"""For GitHub Actions: workflow commands that become annotations on the changed files.

Format: “Workflow commands for GitHub Actions”, “Setting an error message”. A step shows ten
annotations of each kind, so the rest is counted, not printed.
"""

from __future__ import annotations

from bilingo.model import LEVELS, Finding, Level, Report
from bilingo.text.show import visible

SHOWN = 10  # annotations of a kind that GitHub shows for a step
_COMMANDS: dict[Level, str] = {"error": "error", "warning": "warning", "info": "notice"}


def render(report: Report) -> str:
    """`::error file=…,line=…,col=…,title=CODE::message` for each finding, errors first.

    At most `SHOWN` of each kind, then a line `N more errors`.
    """
    lines: list[str] = []
    for level in LEVELS:
        findings = [finding for finding in report.findings if finding.level == level]
        lines += map(_command, findings[:SHOWN])
        if len(findings) > SHOWN:
            more = len(findings) - SHOWN
            lines.append(f"{more} more {_COMMANDS[level]}{'s' if more > 1 else ''}")
    return "".join(f"{line}\n" for line in lines)


def _command(finding: Finding) -> str:
    properties = {
        "file": finding.path,
        "line": str(finding.line),
        "col": str(finding.column),
        "title": finding.code,
    }
    written = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    message = finding.message
    if finding.article and finding.article != finding.path:
        message += f" ({finding.article}:{finding.article_line}:{finding.article_column})"
    return f"::{_COMMANDS[finding.level]} {written}::{_data(message)}"


def _data(text: str) -> str:
    """A message: `%`, CR and LF as the commands want them, other control characters shown."""
    escaped = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return visible(escaped)


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
