"""What a concept of the glossary is called in a locale, whichever way the rows were written."""

from __future__ import annotations

from collections.abc import Iterable

from bilingo.model import TUV, Locale, Term
from bilingo.text import locales


class Wordings:
    """What a concept may and may not be called in the target locale, the preferred word first."""

    __slots__ = ("allowed", "forbidden", "introduced")

    def __init__(self) -> None:
        self.allowed: list[str] = []
        self.forbidden: list[str] = []
        self.introduced = False


def wordings(terms: Iterable[Term], source: Locale, target: Locale) -> dict[str, Wordings]:
    """What each term of the source locale is called in the target locale.

    The wording of the nearest region counts. A row serves both directions, but what a wording may
    not be called says nothing about itself as a source.
    """
    concepts: dict[str, Wordings] = {}
    for term in terms:
        if len(term.texts) < 2 or term.status == "keep":
            continue
        concept, *others = term.texts
        reverse = locales.language(concept.locale) != locales.language(source)
        if reverse and term.status == "forbidden":
            continue
        name = _nearest(others, source) if reverse else concept.text
        text = _nearest([concept] if reverse else others, target)
        if name and text:
            found = concepts.setdefault(name, Wordings())
            (found.forbidden if term.status == "forbidden" else found.allowed).append(text)
            found.introduced |= term.status == "introduced"
    return concepts


def forbidden_alone(terms: Iterable[Term], target: Locale) -> set[str]:
    """Wordings of the target locale that are forbidden whatever the source says."""
    return {
        term.texts[0].text
        for term in terms
        if term.status == "forbidden"
        and len(term.texts) == 1
        and term.texts[0].locale in _serving(target)
    }


def _nearest(texts: Iterable[TUV], locale: Locale) -> str:
    """The text of the locale, or of the nearest that may stand in for it."""
    by_locale = {tuv.locale: tuv.text for tuv in texts}
    return next((by_locale[one] for one in _serving(locale) if one in by_locale), "")


def _serving(locale: Locale) -> tuple[Locale, ...]:
    return (*locales.stand_ins(locale), locales.language(locale))
