"""A paragraph's suggestion, put together from the matches of its sentences.

A person translates paragraphs, the memory remembers sentences. Where one sentence of five changed,
four parts are exact and one is fuzzy; a part without a match stays a gap that is seen.
"""

from __future__ import annotations

from collections.abc import Sequence

from bilingo.frozen import dataclass
from bilingo.model import Locale, Match, Segment
from bilingo.text import locales, tags


@dataclass(frozen=True, slots=True)
class Part:
    """A segment of the query, and the match chosen for it; None is a gap."""

    source: str
    match: Match | None

    @property
    def text(self) -> str:
        """The translation, with the query's values where they were carried over; "" for a gap."""
        return self.match.text if self.match else ""


@dataclass(frozen=True, slots=True)
class Assembly:
    """The parts in order, and the language they are joined for."""

    parts: tuple[Part, ...]
    target: Locale

    @property
    def text(self) -> str:
        """The parts joined as the language wants it; a gap is shown as `[source]`."""
        return joined([part.text or f"[{part.source.strip()}]" for part in self.parts], self.target)

    @property
    def score(self) -> int:
        """The mean of the parts' scores, weighed by the length of their sources; a gap counts 0."""
        weights = [len(tags.plain(part.source).strip()) for part in self.parts]
        scores = [min(part.match.score, 100) if part.match else 0 for part in self.parts]
        total = sum(weights)
        return sum(w * s for w, s in zip(weights, scores, strict=True)) // total if total else 0

    @property
    def whole(self) -> bool:
        """Whether there is no gap."""
        return all(part.match for part in self.parts)


def assemble(
    segments: Sequence[Segment], matches: Sequence[Sequence[Match]], target: Locale
) -> Assembly | None:
    """The assembly of the best insertable match of each segment; None when there is not one.

    `matches` are ranked, those of one segment each.
    """
    parts = tuple(
        Part(segment.text, next((m for m in found if m.insertable), None))
        for segment, found in zip(segments, matches, strict=True)
    )
    return Assembly(parts, target) if any(part.match for part in parts) else None


def joined(texts: Sequence[str], locale: Locale) -> str:
    """Sentences as one paragraph: Chinese takes no space between them, English takes one.

    A Chinese sentence that ends in a letter or figure keeps its distance from one that begins so.
    """
    out = ""
    for text in texts:
        text = text.strip()
        apart = out and (not locales.is_chinese(locale) or _latin(out[-1]) and _latin(text[:1]))
        out += f" {text}" if apart else text
    return out


def _latin(character: str) -> bool:
    return character.isascii() and (character.isalnum() or character in ".!?,;:")


def retagged(source: str, target: str, query: str) -> str:
    """`target`, the translation of `source`, with the numbers the same codes have in `query`.

    Unchanged where the codes differ: then a person has to look.
    """
    wanted = tags.skeleton(query)
    if tags.skeleton(source) == wanted:
        return target
    if tags.skeleton(tags.renumbered(source)[0]) != tags.skeleton(tags.renumbered(query)[0]):
        return target
    pairs = zip(tags.TAG.finditer(source), tags.TAG.finditer(query), strict=True)
    number = {theirs["number"]: ours["number"] for theirs, ours in pairs}
    return tags.TAG.sub(
        lambda tag: f"<{tag['close']}{number.get(tag['number'], tag['number'])}{tag['alone']}>",
        target,
    )
