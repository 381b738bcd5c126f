"""`suggest`: the best earlier translations of a text, of lines, of an article."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from bilingo.errors import BilingoError
from bilingo.frozen import dataclass, replace
from bilingo.match.assemble import Assembly, assemble
from bilingo.model import Context, Locale, Match, Segment, Unit
from bilingo.pipelines.memory import Memory, Tell, load, silent
from bilingo.pipelines.phrases import Fragment, Glossary, TermFound, fragments_of, glossary_terms
from bilingo.project import Project
from bilingo.text import locales, scripts, srx, tags

_MARKUP = re.compile(r"[*_`\[\]<>&\\]")  # without any of these Markdown is plain text
NOWHERE = Context()
LEAST = 45  # percent: what is less similar is another sentence; benchmarks/USEFULNESS.md


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for; an empty locale is seen from the text, or the project's.

    Where nothing that may be inserted reaches `threshold`, the nearest that reach `lowest` are
    taken, unless the memory is so large that this takes longer than all else (`Memory.searchable`).
    """

    source: Locale = ""
    target: Locale = ""
    threshold: int = 75
    limit: int = 5
    lowest: int = LEAST
    jobs: int = 0  # processes that look up many texts; 0 for every core


@dataclass(frozen=True, slots=True)
class Suggestion:
    """The matches of one text; of its sentences too when it has several, and those assembled.

    `forbidden` are the words of each match's translation that the glossary forbids. `fragments` are
    known phrases of a text, or of its sentences, that has no match.
    """

    source: Locale
    target: Locale
    query: str
    matches: tuple[Match, ...]
    context: Context = NOWHERE
    segments: tuple[Suggestion, ...] = ()
    assembly: Assembly | None = None
    terms: tuple[TermFound, ...] = ()
    fragments: tuple[Fragment, ...] = ()
    forbidden: tuple[tuple[str, ...], ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def best(self) -> Offer | None:
        """What to begin with: the best match that may be inserted, or the parts put together.

        The parts are taken where they say more of the text than the match does.
        """
        match = next((match for match in self.matches if match.insertable), None)
        whole = Offer(match.text, match.score, match=match) if match else None
        if self.assembly and (whole is None or self.assembly.score > whole.score):
            return Offer(self.assembly.text, self.assembly.score, assembly=self.assembly)
        return whole


@dataclass(frozen=True, slots=True)
class Offer:
    """A translation to begin with, of one match or of several put together."""

    text: str
    score: int
    match: Match | None = None
    assembly: Assembly | None = None

    @property
    def whole(self) -> bool:
        """Whether it has no gap."""
        return self.assembly is None or self.assembly.whole


def is_article(name: str) -> bool:
    """Whether an argument names an article rather than being a text itself."""
    if not _is_a_name(name):
        return False
    from bilingo import formats  # here, because a plain query needs no format

    return Path(name).suffix.lower() in formats.SUFFIXES


def is_catalog(name: str) -> bool:
    """Whether an argument names a catalog rather than being a text itself."""
    return _is_a_name(name) and Path(name).suffix.lower() in (".po", ".pot")


def _is_a_name(name: str) -> bool:
    """A name has a suffix, and no spaces unless there is such a file: “Read the file notes.txt”."""
    try:
        return bool(Path(name).suffix) and (not re.search(r"\s", name) or Path(name).is_file())
    except (OSError, ValueError):  # too long for a name, or a NUL
        return False


def suggest_lines(
    project: Project, lines: Iterable[str], wanted: Wanted, tell: Tell = silent
) -> Iterator[Suggestion]:
    """A suggestion for each line, as soon as it is read; a list of lines is looked up at once."""
    asked = Asked(project, wanted, tell)
    if isinstance(lines, list):
        lines = list(map(tagged, lines))
        asked.expect([(line, "", None) for line in lines])
    for line in lines:
        yield asked.suggest(tagged(line))


def tagged(text: str) -> str:
    """A text as somebody types or pastes it: with tags as in a catalog, else read as Markdown."""
    if tags.TAG.search(text) or not _MARKUP.search(text):
        return text
    from bilingo import formats  # here, because most texts have no markup

    try:
        pieces = tuple(formats.by_name("markdown").read(text.encode()))
    except (BilingoError, UnicodeEncodeError):  # no article could hold it; it may be asked for
        return text
    units = [piece for piece in pieces if isinstance(piece, Unit)]
    return units[0].text if len(units) == 1 else text


def suggest_article(
    project: Project, path: Path, wanted: Wanted, tell: Tell = silent
) -> Iterator[Suggestion]:
    """A suggestion for each unit of an article, in order."""
    from bilingo.pipelines.extract import extract

    found = extract(project, path, locale=wanted.source)
    asked = Asked(project, wanted, tell)
    locale = found.article.locale
    asked.expect([(unit.text, locale, found.segments(unit)) for unit in found.article.units])
    for unit in found.article.units:
        yield asked.suggest(
            unit.text, unit.context, source=found.article.locale, segments=found.segments(unit)
        )


class Asked:
    """The memory and the glossary of a project, opened once for all that is asked."""

    def __init__(
        self, project: Project, wanted: Wanted, tell: Tell = silent, *, strict: bool = False
    ) -> None:
        self._project, self._wanted = project, wanted
        self._memory: Memory = load(project, strict=strict, tell=tell)
        self._glossary = Glossary(glossary_terms(project))

    def expect(self, texts: Sequence[tuple[str, Locale, Sequence[Segment] | None]]) -> None:
        """Look up many texts and their segments at once, which will be asked for one by one."""
        queries = []
        for text, source, segments in texts if len(texts) > 1 else ():
            source = source or self._wanted.source or seen_source(self._project, text)
            if segments is None:
                segments = srx.segments(text, source, _rules(self._project))
            queries.append((text, source))
            queries += ((part.text, source) for part in segments if len(segments) > 1)
        self._memory.expect(queries, self._wanted.threshold, self._wanted.jobs)

    def suggest(
        self,
        text: str,
        context: Context = NOWHERE,
        *,
        source: Locale = "",
        target: Locale = "",
        segments: Sequence[Segment] | None = None,
    ) -> Suggestion:
        """What is known of tagged text `text`, which stands in `context`."""
        source = source or self._wanted.source or seen_source(self._project, text)
        target = target or self._wanted.target or seen_target(self._project, source)
        if segments is None:
            segments = srx.segments(text, source, _rules(self._project))
        several = segments if len(segments) > 1 else ()
        terms = self._glossary.found(text, source, target)
        parts = tuple(
            self._known(part.text, part.context, source, target, terms) for part in several
        )
        whole = self._known(text, context, source, target, terms, phrases=not several)
        return Suggestion(
            source,
            target,
            text,
            whole.matches,
            context,
            parts,
            assemble(several, [self._at_threshold(part.matches) for part in parts], target),
            terms,
            whole.fragments,
            whole.forbidden,
            self._memory.warnings,
        )

    def _at_threshold(self, matches: Sequence[Match]) -> list[Match]:
        """What may become part of a paragraph: the nearest of all is for reading only."""
        return [match for match in matches if match.similarity >= self._wanted.threshold]

    def _known(
        self,
        text: str,
        context: Context,
        source: Locale,
        target: Locale,
        terms: tuple[TermFound, ...],
        *,
        phrases: bool = True,
    ) -> Suggestion:
        matches = self._asked(text, context, source, target, self._wanted.threshold)
        known = any(match.insertable for match in matches)
        lowest = min(self._wanted.lowest, self._wanted.threshold)
        if not known and lowest < self._wanted.threshold and self._memory.searchable:
            matches = self._asked(text, context, source, target, lowest)
        return Suggestion(
            source,
            target,
            text,
            tuple(_with_draft(match, target) for match in matches),
            context,
            fragments=(
                fragments_of(self._memory, text, source, target) if phrases and not known else ()
            ),
            forbidden=tuple(
                self._glossary.forbidden(match.text, terms, source, target) for match in matches
            ),
        )

    def _asked(
        self, text: str, context: Context, source: Locale, target: Locale, threshold: int
    ) -> tuple[Match, ...]:
        return self._memory.matches(
            text, source, target, context=context, threshold=threshold, limit=self._wanted.limit
        )


def _with_draft(match: Match, target: Locale) -> Match:
    """A Simplified reference with a Traditional draft, where OpenCC is installed."""
    if match.insertable or locales.script(target) != "Hant":
        return match
    from bilingo.text import conversion  # here, because few matches are references

    if not conversion.is_wanted(match.target.locale, target):
        return match
    return replace(match, converted=conversion.traditional(match.target.text, target))


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
