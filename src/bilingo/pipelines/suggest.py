"""`suggest`: the best earlier translations of a text, of lines, of an article."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bilingo.errors import BilingoError
from bilingo.match.assemble import Assembly, assemble
from bilingo.model import Context, Locale, Match, Segment, Unit
from bilingo.pipelines.memory import Memory, load
from bilingo.project import Project
from bilingo.text import locales, scripts, srx, tags

_MARKUP = re.compile(r"[*_`\[\]<>&\\]")  # without any of these Markdown is plain text


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for; an empty locale is seen from the text, or the project's."""

    source: Locale = ""
    target: Locale = ""
    threshold: int = 75
    limit: int = 5


@dataclass(frozen=True, slots=True)
class Suggestion:
    """The matches of one text; of its sentences too when it has several, and those assembled."""

    source: Locale
    target: Locale
    query: str
    matches: tuple[Match, ...]
    segments: tuple[Suggestion, ...] = ()
    assembly: Assembly | None = None
    warnings: tuple[str, ...] = ()


def is_article(name: str) -> bool:
    """Whether an argument names an article on disk rather than being a text itself."""
    suffix = Path(name).suffix.lower()
    if not suffix or "\n" in name:
        return False
    from bilingo import formats  # here, because a plain query needs no format

    return suffix in formats.SUFFIXES


def suggest_lines(project: Project, lines: Iterable[str], wanted: Wanted) -> Iterator[Suggestion]:
    """A suggestion for each line, as soon as it is read."""
    memory = load(project)
    for line in lines:
        yield _suggest(project, memory, tagged(line), Context(), wanted)


def tagged(text: str) -> str:
    """A text as somebody types or pastes it: with tags as in a catalog, else read as Markdown."""
    if tags.TAG.search(text) or not _MARKUP.search(text):
        return text
    from bilingo import formats

    units = [p for p in formats.by_name("markdown").read(text.encode()) if isinstance(p, Unit)]
    return units[0].text if len(units) == 1 else text


def suggest_article(project: Project, path: Path, wanted: Wanted) -> Iterator[Suggestion]:
    """A suggestion for each unit of an article, in order."""
    from bilingo.pipelines.extract import extract

    memory = load(project)
    found = extract(project, path, locale=wanted.source)
    here = Wanted(found.article.locale, wanted.target, wanted.threshold, wanted.limit)
    for unit in found.article.units:
        yield _suggest(
            project, memory, unit.text, unit.context, here, segments=found.segments(unit)
        )


def _suggest(
    project: Project,
    memory: Memory,
    text: str,
    context: Context,
    wanted: Wanted,
    segments: Sequence[Segment] | None = None,
) -> Suggestion:
    source = wanted.source or seen_source(project, text)
    target = wanted.target or seen_target(project, source)
    if segments is None:
        segments = srx.segments(text, source, _rules(project))

    def matches(query: str, where: Context) -> tuple[Match, ...]:
        return memory.matches(
            query, source, target, context=where, threshold=wanted.threshold, limit=wanted.limit
        )

    several = segments if len(segments) > 1 else ()
    parts = tuple(
        Suggestion(source, target, part.text, matches(part.text, part.context)) for part in several
    )
    assembly = assemble(several, [part.matches for part in parts], target)
    return Suggestion(
        source, target, text, matches(text, context), parts, assembly, memory.warnings
    )


def _rules(project: Project) -> srx.Srx | None:
    if not project.settings.srx:
        return None
    from bilingo.pipelines.extract import segmentation

    return segmentation(project)


def seen_source(project: Project, text: str) -> Locale:
    """The project's locale for the language a text is seen to be in; its source in doubt."""
    language = scripts.language_of(text)
    ours = (project.settings.source, *project.settings.targets)
    return next((one for one in ours if locales.language(one) == language), project.settings.source)


def seen_target(project: Project, source: Locale) -> Locale:
    """The first of the project's locales in another language than `source`."""
    ours = (*project.settings.targets, project.settings.source)
    for one in ours:
        if locales.language(one) != locales.language(source):
            return one
    raise BilingoError("no target locale", hint="give one with --target")
