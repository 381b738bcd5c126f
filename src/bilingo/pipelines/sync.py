"""`sync`: articles → catalogs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from bilingo.formats import po
from bilingo.formats.units import LEFT_OUT
from bilingo.match.grade import grade
from bilingo.model import Article, Entry, Locale, Match, Unit
from bilingo.pipelines.catalogs import can_hold, edited, new_catalog, open_catalog
from bilingo.pipelines.extract import extract, strings
from bilingo.pipelines.update import codes_of, update
from bilingo.project import Project
from bilingo.stores.files import Change
from bilingo.text import locales, scripts

if TYPE_CHECKING:
    from bilingo.pipelines.memory import Memory, Tell

COUNTS = ("added", "kept", "filled", "fuzzied", "obsolete")


@dataclass(frozen=True, slots=True)
class Synced:
    """What happened to one catalog.

    Every unit is counted once: `filled` was open and came whole from the memory, `fuzzied` kept the
    translation of the text it was changed from, `added` is new and open, `kept` is as it was.
    `obsolete` counts the entries that vanished from the articles in this run.
    """

    path: str
    locale: Locale
    added: int
    kept: int
    filled: int
    fuzzied: int
    obsolete: int
    changed: bool
    change: Change


def sync(
    project: Project,
    paths: Iterable[Path],
    *,
    targets: Sequence[Locale] = (),
    partial: bool = False,
    prefill: int = 0,
    encoding: str = "",
    now: datetime,
    tell: Tell = lambda message: None,
    jobs: int = 0,
) -> tuple[Synced, ...]:
    """What the catalogs have to be for the articles at `paths`; the caller writes the changes.

    `partial` says that `paths` are not all articles: entries of other articles, and of templates,
    stay as they are.
    With `prefill` open entries get the best match at or above that score as a fuzzy draft. `now`
    becomes the PO-Revision-Date of a catalog that is new or in which a translation changes; new
    texts alone leave the date. `tell` hears of each text that no catalog gets though it should, as
    when its place in the article cannot be found. Raises BilingoError when an article, a catalog or
    a memory file cannot be read.
    """
    extracts = (extract(project, path, encoding=encoding) for path in paths)
    articles = sorted((found.article for found in extracts), key=lambda a: a.path)
    if not partial:
        articles += [strings(project, path) for path in project.template_paths()]
    for article in articles:
        for unit in article.skipped:
            if unit.skip in LEFT_OUT:
                tell(f"{article.path}:{unit.line}: left out: a text that {unit.skip}")
    named = {article.path for article in articles}
    folder = project.settings.articles.rstrip("/") + "/"

    def in_scope(path: str) -> bool:
        ours = path.startswith(folder) or project.is_template(path)
        return path in named or (not partial and ours)

    memory = None
    if project.memory_paths():
        from bilingo.pipelines.memory import load  # half of the start, for nothing without a memory

        memory = load(project, strict=True, tell=tell)
        if prefill:
            units = [(u.text, article.locale) for article in articles for u in article.units]
            memory.expect(units, prefill, jobs)
    done = []
    for target in targets or project.settings.targets:
        foreign = [article for article in articles if article.locale != target]
        if foreign or project.catalog(target).exists():
            done.append(_sync_one(project, target, foreign, memory, in_scope, prefill, now, tell))
    return tuple(done)


def _sync_one(
    project: Project,
    target: Locale,
    articles: Sequence[Article],
    memory: Memory | None,
    in_scope: Callable[[str], bool],
    prefill: int,
    now: datetime,
    tell: Tell,
) -> Synced:
    path = project.catalog(target)
    found = open_catalog(project, path) if path.exists() else new_catalog(project, target)
    said: set[str] = set()

    def once(message: str) -> None:
        if message not in said:
            said.add(message)
            tell(message)

    def fill(unit: Unit, source: Locale) -> tuple[str, str] | None:
        answer = _fill(memory, unit, source, target) if memory else None
        return answer if answer and can_hold(found, unit.text, answer, once) else None

    def draft(unit: Unit, source: Locale) -> tuple[str, str, str] | None:
        answer = _draft(memory, unit, source, target, prefill) if memory and prefill else None
        return answer if answer and can_hold(found, unit.text, answer, once) else None

    result = update(
        found.catalog.entries,
        articles,
        in_scope=in_scope,
        is_article=lambda path: (
            path.startswith(f"{project.settings.articles.rstrip('/')}/")
            or project.is_template(path)
        ),
        fill=fill,
        prefill=draft,
        reaction=lambda old, new: _reaction(project, old, new),
        forms=found.plural_forms,
    )
    revised = found.raw is None or result.revises(found.catalog.entries)
    revision = now.strftime("%Y-%m-%d %H:%M+0000") if revised else ""
    new = edited(found, result.entries, revision=revision)
    if new != found.raw and found.catalog.header is None:
        # without one no program can tell the charset of what was added
        entries = (*po.new(target).entries, *result.entries)
        new = edited(found, entries, revision=now.strftime("%Y-%m-%d %H:%M+0000"))
    return Synced(
        found.path,
        target,
        **result.counts,
        changed=new != found.raw,
        change=Change(path, new, found.raw),
    )


def _fill(memory: Memory, unit: Unit, source: Locale, target: Locale) -> tuple[str, str] | None:
    """The memory's one translation of exactly this text, and the comment that says whose it is."""
    from bilingo.match import rank
    from bilingo.pipelines.drafts import origin

    matches = memory.matches(
        unit.text, source, target, context=unit.context, threshold=100, limit=10
    )
    best = rank.fill(matches)
    if best is None or _untranslated(best, target):
        return None
    return best.target.text, origin(best)


def _untranslated(match: Match, target: Locale) -> bool:
    """A “translation” that is the source again, in words of the source's language."""
    language = scripts.language_of(match.target.text)
    same = match.target.text.strip() == match.source.text.strip()
    return same and bool(language) and (language == "zh") != locales.is_chinese(target)


def _draft(
    memory: Memory, unit: Unit, source: Locale, target: Locale, least: int
) -> tuple[str, str, str] | None:
    """The best translation that may be inserted, whose it is, and the text it was made for.

    As a draft it has the values of the unit where they were carried over; the comment names them.
    """
    from bilingo.pipelines.drafts import origin

    matches = memory.matches(
        unit.text, source, target, context=unit.context, threshold=least, limit=5
    )
    best = next((m for m in matches if m.insertable and m.score >= least), None)
    if best is None:
        return None
    return best.text, origin(best), best.source.text


def _reaction(project: Project, old: Entry, new: Entry) -> str:
    kind = grade(old.msgid, new.msgid, codes_of(old), codes_of(new))
    if old.msgid == new.msgid and kind != "link":
        return "keep"  # other codes of the same text stand in the translation too
    return "fuzzy" if kind == "text" else str(getattr(project.settings, f"on_{kind}"))
