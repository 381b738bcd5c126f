"""For programs: one JSON document, format 1. Keys may be added; none changes its meaning."""

from __future__ import annotations

import json
import re
from dataclasses import asdict

from bilingo.model import Report
from bilingo.text.show import CONTROLS


def render(report: Report) -> str:
    r"""`{"format": 1, "command": "check", "findings": [...], "counts": {...}}`, indented.

    A finding has the keys of `bilingo.model.Finding`; `msgctxt` and `fix` may be null. Characters
    are written as they are, but for control characters, which become `\u` escapes.
    """
    document = {
        "format": 1,
        "command": "check",
        "findings": [asdict(finding) for finding in report.findings],
        "counts": dict(report.counts),
    }
    return written(document)


def written(document: object) -> str:
    """A document with an indent of two and no control characters in its strings."""
    text = json.dumps(document, ensure_ascii=False, indent=2)
    # json escapes C0 inside strings; the line feeds that are left are its own indentation
    return re.sub(CONTROLS, lambda c: c[0] if c[0] == "\n" else f"\\u{ord(c[0]):04x}", text) + "\n"
