"""`check`: what must not go live."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from bilingo import checks
from bilingo.checks import Found, Setting
from bilingo.errors import BilingoError
from bilingo.formats import po_place
from bilingo.frozen import replace
from bilingo.model import TU, Finding, Locale, Report
from bilingo.pipelines import checked, remembered
from bilingo.pipelines.catalogs import Opened, catalog_paths, held_to, locale_of, open_catalog
from bilingo.pipelines.extract import Extract, extract
from bilingo.pipelines.remembered import Seen
from bilingo.project import Project
from bilingo.stores import files
from bilingo.text import locales

if TYPE_CHECKING:
    from bilingo.pipelines.memory import Memory

Key = tuple[str | None, str]
_Place = tuple[str, int, int]
_LINE = re.compile(r":\d+$")


def check(
    project: Project, paths: Sequence[Path] = (), jobs: int = 0, *, cached: bool = True
) -> tuple[Report, tuple[str, ...]]:
    """Everything found in the catalogs at `paths`, and warnings about the files themselves.

    Without paths: in all catalogs of the project, which are also compared with the articles and
    the memory. `jobs` processes look at many entries, 0 stands for every core; the report is the
    same on any number, and the same where what was found the last time is `cached`. Raises
    BilingoError when a catalog or an article cannot be read.
    """
    findings: list[Finding] = []
    warnings: list[str] = []
    counts: Counter[str] = Counter(entries=0, translated=0, fuzzy=0, untranslated=0)
    known: dict[Locale, set[Key]] = {}
    extracts = [] if paths else [extract(project, path) for path in project.article_paths()]
    known_texts = None if paths else _loaded(project)
    approved = _approved(known_texts.units) if known_texts else {}
    for path in paths or catalog_paths(project):
        seen = _before(project, path) if paths and cached else None
        if not seen:
            opened = open_catalog(project, path)
            entries = opened.catalog.entries
            locale = locale_of(project, path, opened.catalog)
            if extracts:
                known[locale] = {entry.key for entry in entries if not entry.obsolete}
            setting = held_to(project, locale)
            if known_texts:
                asked = [e.msgid for e in entries if e.translated and not e.obsolete and e.msgid]
                translations = _memory(approved, setting.source, locale)
                translations |= _indexed(known_texts, asked, setting.source, locale)
                setting = replace(setting, memory=translations)
            seen = _looked_at(project, opened, setting, jobs, cached)
        warnings += seen.warnings
        counts.update(seen.counts)
        findings += _in_articles(project, seen, extracts)
    findings += _out_of_sync(project, extracts, known)
    findings.sort(key=lambda f: (f.path, f.line, f.column, f.code))
    return Report(tuple(findings), counts), tuple(warnings)


def _before(project: Project, path: Path) -> Seen | None:
    """What was seen in a catalog when every byte of it was as now, if that is known."""
    try:
        setting = held_to(project, project.catalog_locale(path))
        return remembered.report(project.root, project.shown(path), files.read(path), setting)
    except BilingoError:  # who looks at the catalog says what is wrong
        return None


def _looked_at(project: Project, opened: Opened, setting: Setting, jobs: int, cached: bool) -> Seen:
    """What there is to see in a catalog; it is kept where it may be known the next time."""
    entries = opened.catalog.entries
    last = remembered.of(project.root, opened, setting) if cached else None
    found = checked.run(entries, setting, opened.path, jobs, last, _place(opened))
    keys = {(f.msgctxt, f.msgid) for f in found}
    about = (entry for entry in entries if entry.key in keys and not entry.obsolete)
    seen = Seen(
        [f"{opened.path}:{n.line}: {n.message}" for n in opened.catalog.warnings],
        checks.counts(entries),
        list(dict.fromkeys(_LINE.sub("", name) for entry in about for name in entry.references)),
        found,
    )
    if last and not setting.memory:
        remembered.keep_report(project.root, opened.path, opened.raw or b"", setting, seen)
    return seen


def _out_of_sync(
    project: Project, extracts: Iterable[Extract], known: Mapping[Locale, set[Key]]
) -> Iterator[Finding]:
    """S004: a unit of an article is not in its catalog, so nobody can have translated it."""
    for article in (found.article for found in extracts):
        for target in project.settings.targets:
            if target == article.locale:
                continue
            for unit in article.units:
                if (unit.msgctxt, unit.text) not in known.get(target, ()):
                    yield Finding(
                        "S004",
                        "error",
                        f"not in the {target} catalog; run bilingo sync",
                        path=article.path,
                        line=unit.line,
                        column=unit.column,
                        msgid=unit.text,
                        article=article.path,
                        article_line=unit.line,
                        article_column=unit.column,
                    )


def _place(opened: Opened) -> Callable[[Found], tuple[int, int]]:
    """Line and column of a finding in the catalog."""

    @cache
    def lines() -> list[str]:
        text = (opened.raw or b"").decode(opened.catalog.charset, "replace")
        return text.removeprefix("\ufeff").split("\n")

    def place(found: Found) -> tuple[int, int]:
        if found.end > found.start:
            return po_place.place(lines(), found.entry.line, found.form, found.start)
        return found.entry.line, 1

    return place


def _in_articles(project: Project, seen: Seen, extracts: Sequence[Extract]) -> Iterable[Finding]:
    """The findings with their places in the articles, as far as those are known."""
    units = _places(extracts or list(_referenced(project, seen.references)))
    if not units:
        return seen.findings
    return [_in_article(f, *units.get((f.msgctxt, f.msgid), ("", 0, 0))) for f in seen.findings]


def _in_article(found: Finding, article: str, line: int, column: int) -> Finding:
    return replace(found, article=article, article_line=line, article_column=column)


def _places(extracts: Iterable[Extract]) -> dict[Key, _Place]:
    """Where each unit stands first."""
    places: dict[Key, _Place] = {}
    for article in (found.article for found in extracts):
        for unit in article.units:
            places.setdefault((unit.msgctxt, unit.text), (article.path, unit.line, unit.column))
    return places


def _referenced(project: Project, names: Sequence[str]) -> Iterator[Extract]:
    """The articles with these names, as far as they are there and can be read."""
    if not names or not project.articles.is_dir():
        return
    known = {project.shown(path): path for path in project.article_paths()}
    for name in names:
        if name in known:
            try:
                yield extract(project, known[name])
            except BilingoError:  # its own error is for those who ask for the article
                continue


def _loaded(project: Project) -> Memory:
    from bilingo.pipelines import memory

    return memory.load(project)


def _indexed(
    memory: Memory, texts: Iterable[str], source: Locale, target: Locale
) -> dict[str, list[str]]:
    """As `_memory`, of a memory that is too large to be read: only these texts are looked up."""
    found: dict[str, list[str]] = {}
    for text in dict.fromkeys(texts):
        for candidate in memory.indexed(text, source):
            unit = candidate.tu
            if candidate.source.text == text and unit.status == "approved" and not unit.penalty:
                wanted = [
                    tuv.text
                    for tuv in unit.tuvs
                    if tuv is not candidate.source and tuv.locale == target
                ]
                if wanted:
                    found.setdefault(text, []).extend(wanted)
    return found


def _approved(units: Iterable[TU]) -> Mapping[Locale, Mapping[str, list[tuple[Locale, str]]]]:
    """What the memory has approved: by the locale of a text, what it is in other locales."""
    found: dict[Locale, dict[str, list[tuple[Locale, str]]]] = {}
    for unit in units:
        if unit.status == "approved" and not unit.penalty:
            for here in unit.tuvs:
                others = [(tuv.locale, tuv.text) for tuv in unit.tuvs if tuv is not here]
                found.setdefault(here.locale, {}).setdefault(here.text, []).extend(others)
    return found


def _memory(
    approved: Mapping[Locale, Mapping[str, list[tuple[Locale, str]]]],
    source: Locale,
    target: Locale,
) -> dict[str, list[str]]:
    """The approved translations of each source text into exactly this locale."""
    found: dict[str, list[str]] = {}
    for locale, texts in approved.items():
        if locales.language(locale) == locales.language(source):
            for text, others in texts.items():
                if wanted := [other for place, other in others if place == target]:
                    found.setdefault(text, []).extend(wanted)
    return found
