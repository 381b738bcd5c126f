"""`check`: what must not go live."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from bilingo import checks
from bilingo.model import Entry, Finding, Locale, Report
from bilingo.pipelines.catalogs import catalog_paths, held_to, open_catalog
from bilingo.pipelines.extract import extract
from bilingo.project import Project


def check(project: Project, paths: Sequence[Path] = ()) -> tuple[Report, tuple[str, ...]]:
    """Everything found in the catalogs at `paths`, and warnings about the files themselves.

    Without paths: in all catalogs of the project, which are also compared with the articles. Raises
    BilingoError when a catalog or an article cannot be read.
    """
    findings: list[Finding] = []
    warnings: list[str] = []
    counts: Counter[str] = Counter(entries=0, translated=0, fuzzy=0, untranslated=0)
    known: dict[Locale, Sequence[Entry]] = {}
    for path in paths or catalog_paths(project):
        found = open_catalog(project, path)
        warnings += (f"{found.path}:{n.line}: {n.message}" for n in found.catalog.warnings)
        entries, locale = found.live, project.catalog_locale(path)
        findings += checks.run(entries, setting=held_to(project, locale))
        counts.update(checks.counts(entries))
        known[locale] = entries
    if not paths:
        findings += _out_of_sync(project, known)
    findings.sort(key=lambda f: (f.path, f.line, f.column, f.code))
    return Report(tuple(findings), counts), tuple(warnings)


def _out_of_sync(project: Project, known: dict[Locale, Sequence[Entry]]) -> Iterator[Finding]:
    """S004: a unit of an article is not in its catalog, so nobody can have translated it."""
    keys = {locale: {entry.key for entry in entries} for locale, entries in known.items()}
    for path in project.article_paths():
        article = extract(project, path).article
        for target in project.settings.targets:
            if target == article.locale:
                continue
            for unit in article.units:
                if (unit.msgctxt, unit.text) not in keys.get(target, ()):
                    yield Finding(
                        "S004",
                        "error",
                        f"not in the {target} catalog; run bilingo sync",
                        path=article.path,
                        line=unit.line,
                        column=unit.column,
                        msgid=unit.text,
                    )
