"""For people: a line for each finding, as compilers write it, and a line of counts."""

from __future__ import annotations

from bilingo.model import LEVELS, Finding, Report
from bilingo.text.show import clip, visible

_EXCERPT = 40  # columns


def render(report: Report) -> str:
    """`path:line:column: level code message: “msgid” (article:line:column)`, then the counts.

    Control characters of the content are shown, never sent.
    """
    return "".join(f"{line}\n" for line in (*map(_line, report.findings), summary(report)))


def summary(report: Report) -> str:
    """One line: `12 entries: 10 translated, 1 fuzzy, 1 untranslated; 2 errors, 1 warning`."""
    numbers = ", ".join(
        f"{report.counts.get(state, 0)} {state}"
        for state in ("translated", "fuzzy", "untranslated")
    )
    entries = report.counts.get("entries", 0)
    found = [
        f"{number} {level}{'s' if number > 1 and level != 'info' else ''}"
        for level in LEVELS
        if (number := sum(finding.level == level for finding in report.findings))
    ]
    noun = "entry" if entries == 1 else "entries"
    return f"{entries} {noun}: {numbers}; {', '.join(found) or 'no findings'}"


def _line(finding: Finding) -> str:
    place = f"{visible(finding.path)}:{finding.line}:{finding.column}"
    line = f"{place}: {finding.level} {finding.code} {visible(finding.message)}"
    if finding.msgid:
        line += f": “{clip(visible(finding.msgid), _EXCERPT)}”"
    if finding.article and finding.article != finding.path:
        line += f" ({visible(finding.article)}:{finding.article_line}:{finding.article_column})"
    return line
