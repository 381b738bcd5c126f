"""One `render(report) -> str` each: no counting, no filtering, no deciding of the exit code."""

from __future__ import annotations

from typing import Protocol, cast

from bilingo import plugins
from bilingo.model import Report

REPORTERS = {
    "text": "bilingo.reporters.text",
    "json": "bilingo.reporters.json",
    "github": "bilingo.reporters.github",
    "sarif": "bilingo.reporters.sarif",
    "junit": "bilingo.reporters.junit",
}


class Reporter(Protocol):
    """What a reporter is."""

    def render(self, report: Report) -> str:
        """The report as text for its reader, ending in a newline unless empty."""
        ...


def by_name(name: str) -> Reporter:
    """The reporter `name`. Raises BilingoError that lists the known ones."""
    return cast(Reporter, plugins.load("reporters", name, REPORTERS))
