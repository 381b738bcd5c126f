"""Functions over entries that yield what is wrong: no reading, no levels, no printing, no fixing.

A *check* takes entries and yields `(entry, sentence)`; the runner stamps code, level, path and line
from `CHECKS`. Its docstring is its page in the documentation, and the examples in it are its first
tests: `source  →  target    passes` or `fails`, where a target may begin as in a catalog with
`#| previous msgid #, fuzzy`. Other packages add checks through the entry point group
`bilingo.checks`: the name is the code, and what it finds are warnings.

Families: S status, C inline codes, P placeholders, V values.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from importlib import import_module
from typing import cast

from bilingo import plugins
from bilingo.model import Entry, Finding, Level

Check = Callable[[Sequence[Entry]], Iterator[tuple[Entry, str]]]

# code → (level, "module:function"); a code never changes its meaning
CHECKS: dict[str, tuple[Level, str]] = {
    "S001": ("error", "bilingo.checks.status:untranslated"),
    "S002": ("error", "bilingo.checks.status:fuzzy"),
    "S003": ("error", "bilingo.checks.status:stale"),
    "C001": ("error", "bilingo.checks.codes:same_codes"),
    "C002": ("error", "bilingo.checks.codes:damaged_codes"),
    "P001": ("error", "bilingo.checks.placeholders:same_placeholders"),
    "V001": ("error", "bilingo.checks.values:contradicted"),
    "V002": ("warning", "bilingo.checks.values:one_sided"),
}


def by_code(code: str) -> tuple[Level, Check]:
    """The level and the function of a check. Raises BilingoError that lists the known codes."""
    if code in CHECKS:
        level, place = CHECKS[code]
        module, _, function = place.partition(":")
        return level, cast(Check, getattr(import_module(module), function))
    return "warning", cast(Check, plugins.load("checks", code, dict.fromkeys(CHECKS, "")))


def run(entries: Iterable[Entry], codes: Iterable[str] | None = None) -> tuple[Finding, ...]:
    """What the checks `codes` find (None: all), by path, line and code.

    The header and obsolete entries are left out. Raises BilingoError for an unknown code.
    """
    looked_at = _counted(entries)
    wanted = plugins.names("checks", CHECKS) if codes is None else set(codes)
    findings = []
    for code in sorted(wanted):
        level, check = by_code(code)
        findings += [_finding(code, level, entry, sentence) for entry, sentence in check(looked_at)]
    return tuple(sorted(findings, key=lambda found: (found.path, found.line, found.code)))


def _finding(code: str, level: Level, entry: Entry, sentence: str) -> Finding:
    return Finding(
        code=code,
        level=level,
        message=sentence,
        path=entry.path,
        line=entry.line,
        msgid=entry.msgid,
        msgctxt=entry.msgctxt,
        excerpt=next(filter(None, entry.msgstr), ""),
    )


def counts(entries: Iterable[Entry]) -> Mapping[str, int]:
    """How many entries there are, and how many of them are translated, fuzzy and untranslated.

    Counted as by `msgfmt --statistics`: the header and obsolete entries are left out, and an entry
    with an empty form is untranslated whatever its flags.
    """
    counted = _counted(entries)
    translated = sum(entry.translated for entry in counted)
    fuzzy = sum(entry.fuzzy and all(entry.msgstr) for entry in counted)
    return {
        "entries": len(counted),
        "translated": translated,
        "fuzzy": fuzzy,
        "untranslated": len(counted) - translated - fuzzy,
    }


def _counted(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    return tuple(entry for entry in entries if not entry.is_header and not entry.obsolete)
