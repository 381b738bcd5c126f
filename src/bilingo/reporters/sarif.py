"""For code scanning: SARIF 2.1.0 (OASIS), as GitHub and editors read it.

A result keeps its identity when lines move: its fingerprint is made of code, msgctxt and msgid.
"""

from __future__ import annotations

from hashlib import sha256
from urllib.parse import quote

from bilingo import __version__
from bilingo.model import Finding, Level, Report
from bilingo.reporters.json import written

_LEVELS: dict[Level, str] = {"error": "error", "warning": "warning", "info": "note"}


def render(report: Report) -> str:
    """One run with a rule for each code and a result for each finding.

    The place in the catalog is the location, the one in the article a related location.
    """
    codes = sorted({finding.code for finding in report.findings})
    driver = {"name": "bilingo", "version": __version__, "rules": [{"id": code} for code in codes]}
    return written(
        {
            "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
            "version": "2.1.0",
            "runs": [
                {
                    "tool": {"driver": driver},
                    "columnKind": "unicodeCodePoints",
                    "results": [_result(one, codes.index(one.code)) for one in report.findings],
                }
            ],
        }
    )


def _result(finding: Finding, rule: int) -> dict[str, object]:
    result: dict[str, object] = {
        "ruleId": finding.code,
        "ruleIndex": rule,
        "level": _LEVELS[finding.level],
        "message": {"text": finding.message},
        "locations": [_location(finding.path, finding.line, finding.column)],
        "partialFingerprints": {"bilingoMessage/v1": _fingerprint(finding)},
    }
    if finding.article:
        place = _location(finding.article, finding.article_line, finding.article_column)
        result["relatedLocations"] = [{**place, "message": {"text": "the source"}}]
    return result


def _location(path: str, line: int, column: int) -> dict[str, object]:
    return {
        "physicalLocation": {
            "artifactLocation": {"uri": quote(path.encode("utf-8", "surrogateescape"))},
            "region": {"startLine": max(1, line), "startColumn": max(1, column)},
        }
    }


def _fingerprint(finding: Finding) -> str:
    identity = "\x04".join((finding.code, finding.msgctxt or "", finding.msgid))
    return sha256(identity.encode("utf-8", "surrogatepass")).hexdigest()
