"""What is known inside a text: terms of the glossary, and phrases that are units of the memory."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from bilingo.errors import BilingoError
from bilingo.frozen import NamedTuple
from bilingo.match import rank, scan
from bilingo.model import Context, Locale, Match, Term
from bilingo.pipelines.memory import Memory
from bilingo.project import Project

if TYPE_CHECKING:
    from bilingo.text import glossary, terms

NOWHERE = Context()
MOST = 3  # translations of one phrase


class TermFound(NamedTuple):
    """A term of the glossary at `start` to `end` of the query, and what it is called.

    `allowed` begins with the preferred wording; a wording of `forbidden` must not be used for it.
    """

    start: int
    end: int
    term: str
    allowed: tuple[str, ...]
    forbidden: tuple[str, ...]


class Fragment(NamedTuple):
    """A phrase of the query, as the query has it, that is a unit of the memory; best first."""

    text: str
    matches: tuple[Match, ...]


def glossary_terms(project: Project) -> tuple[Term, ...]:
    """The project's glossary, `memory/glossary.csv`; nothing without the file.

    Raises BilingoError (`path:line: …`) for one that cannot be used.
    """
    path = project.memory / "glossary.csv"
    if not path.is_file():
        return ()
    from bilingo.formats import glossary as csv  # here, because not every project has one
    from bilingo.stores import files

    try:
        return csv.read(files.read(path))
    except BilingoError as error:
        raise error.at(project.shown(path)) from None


class Glossary:
    """A glossary, made ready once for each direction it is asked for."""

    def __init__(self, rows: tuple[Term, ...]) -> None:
        self._rows = rows
        self._ready: dict[
            tuple[Locale, Locale], tuple[dict[str, glossary.Wordings], terms.Terms, set[str]]
        ] = {}

    def found(self, text: str, source: Locale, target: Locale) -> tuple[TermFound, ...]:
        """The terms in the text in order; the longest wins, none overlap."""
        if not self._rows:
            return ()
        from bilingo.text import terms

        concepts, index, _ = self._made(source, target)
        hits = terms.find(text, index) if concepts else []
        return tuple(
            TermFound(
                start, end, name, tuple(concepts[name].allowed), tuple(concepts[name].forbidden)
            )
            for start, end, name in hits
        )

    def forbidden(
        self, text: str, query: Iterable[TermFound], source: Locale, target: Locale
    ) -> tuple[str, ...]:
        """The wordings of a translation that the glossary forbids, for the terms of its query."""
        if not self._rows:
            return ()
        from bilingo.text import terms

        *_, always = self._made(source, target)
        query = tuple(query)
        banned = {word for term in query for word in term.forbidden} | always
        if not banned:
            return ()
        known = [*banned, *(word for term in query for word in term.allowed)]
        hits = terms.find(text, terms.terms(known))
        return tuple(dict.fromkeys(word for *_, word in hits if word in banned))

    def _made(
        self, source: Locale, target: Locale
    ) -> tuple[dict[str, glossary.Wordings], terms.Terms, set[str]]:
        from bilingo.text import glossary, terms

        pair = (source, target)
        if pair not in self._ready:
            concepts = glossary.wordings(self._rows, source, target)
            always = glossary.forbidden_alone(self._rows, target)
            self._ready[pair] = concepts, terms.terms(concepts), always
        return self._ready[pair]


def fragments_of(memory: Memory, text: str, source: Locale, target: Locale) -> tuple[Fragment, ...]:
    """The longest phrases of the text that are whole units of the memory, in order, none twice.

    Of a phrase only what may be inserted counts, and exactly that text; the whole text is none. A
    text too long to be compared (`scan.LONGEST`) has no phrases.
    """
    if len(text) > scan.LONGEST:
        return ()
    from bilingo.match import fragments  # here, because a text with a match has no need of it

    def asked(phrase: str, keys: Iterable[str]) -> tuple[Match, ...]:
        candidates = [candidate for key in keys for candidate in known[key]]
        matches = rank.rank(phrase, NOWHERE, source, target, candidates, threshold=100, limit=MOST)
        return tuple(match for match in matches if match.insertable)

    known = memory.within(text, source)
    usable = [
        key for key in known if fragments.is_phrase(fragments.core(key)) and asked(key, [key])
    ]
    return tuple(
        Fragment(phrase.text, asked(phrase.text, phrase.keys))
        for phrase in fragments.longest(text, source, usable)
    )
