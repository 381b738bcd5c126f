"""The sentences of a text beside those of its translation: which belong together for certain.

A writer of Chinese joins and splits sentences, so a paragraph and its translation are aligned as a
whole: the cheapest way through both, in steps of one or two sentences a side. A step costs by how
far its lengths are from those of the paragraph as a whole (Gale & Church, 1993, who call it a
bead), and by the values that only one side has. Only what is certain is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from math import inf, log
from typing import NamedTuple

from bilingo.text import tags
from bilingo.text.values import compare

MOST = 40  # sentences of a paragraph; a longer one is a page
_STEPS = ((1, 1, 0.0), (1, 2, 0.7), (2, 1, 0.7))  # sentences of each side, and what it costs
_VALUE = 1.0  # for each value that the other side has not
_ANCHOR = 0.3  # less, for each name or figure that both have
_FAR = log(2.5)  # a sentence of twice and a half the length is another sentence
_NAME = re.compile(r"[A-Z][A-Za-z]{2,}|[A-Z]{2,}|\d[\d,.]*\d|\d")


class Bead(NamedTuple):
    """Sentences `source` to `source_end` of one side, and of the other, that belong together."""

    source: int
    source_end: int
    target: int
    target_end: int


def certain(source: Sequence[str], target: Sequence[str]) -> tuple[Bead, ...]:
    """The beads of two paragraphs nobody has to look at; both are given by their sentences.

    A bead is certain when its codes are the same on both sides, no value is on one side alone and
    the lengths go together. Where the sides have not equally many sentences, or the way through
    them is not straight, it also needs a figure, name or code that stands on both.
    """
    if not 1 < max(len(source), len(target)) <= MOST or not (source and target):
        return ()
    steps = list(_way(source, target))
    straight = all(b.source_end - b.source == b.target_end - b.target == 1 for b in steps)
    ratio = _ratio(source, target)
    return tuple(
        bead
        for bead in steps
        if _is_certain(*_sides(bead, source, target), ratio=ratio)
        and (straight or _is_anchored(bead, source, target))
    )


def _sides(bead: Bead, source: Sequence[str], target: Sequence[str]) -> tuple[str, str]:
    return (
        "".join(source[bead.source : bead.source_end]),
        "".join(target[bead.target : bead.target_end]),
    )


def _is_certain(mine: str, yours: str, *, ratio: float) -> bool:
    return (
        sorted(tags.skeleton(mine)) == sorted(tags.skeleton(yours))
        and abs(_stretch(mine, yours, ratio)) < _FAR
        and not compare(mine, yours)
    )


def _is_anchored(bead: Bead, source: Sequence[str], target: Sequence[str]) -> bool:
    """Whether each sentence of the bead has something of the other side that is its alone."""
    mine, yours = _sides(bead, source, target)
    parts = [_anchors(text, yours) for text in source[bead.source : bead.source_end]]
    if len(parts) == 1:
        parts = [_anchors(text, mine) for text in target[bead.target : bead.target_end]]
    return all(part.difference(*(other for other in parts if other is not part)) for part in parts)


def _ratio(source: Sequence[str], target: Sequence[str]) -> float:
    return (1 + sum(map(_length, target))) / (1 + sum(map(_length, source)))


def _length(text: str) -> int:
    return len(tags.plain(text).strip())


def _stretch(mine: str, yours: str, ratio: float) -> float:
    """How much longer the translation is than the paragraph would make it, as a logarithm."""
    return log((1 + _length(yours)) / (1 + ratio * _length(mine)))


def _anchors(mine: str, yours: str) -> set[str]:
    found = (
        set(_NAME.findall(tags.plain(text))) | set(tags.skeleton(text)) for text in (mine, yours)
    )
    return set.intersection(*found)


def _way(source: Sequence[str], target: Sequence[str]) -> Iterator[Bead]:
    """The cheapest steps from the first sentences to the last; nothing where there are none."""
    ratio = _ratio(source, target)
    best: dict[tuple[int, int], tuple[float, tuple[int, int] | None]] = {(0, 0): (0.0, None)}
    for here in range(len(source) + 1):
        for there in range(len(target) + 1):
            for mine, yours, extra in _STEPS:
                before = (here - mine, there - yours)
                if before not in best:
                    continue
                bead = Bead(before[0], here, before[1], there)
                cost = best[before][0] + extra + _cost(*_sides(bead, source, target), ratio)
                if cost < best.get((here, there), (inf, None))[0]:
                    best[here, there] = (cost, before)
    place = (len(source), len(target))
    steps: list[Bead] = []
    while origin := best.get(place, (inf, None))[1]:
        steps.append(Bead(origin[0], place[0], origin[1], place[1]))
        place = origin
    return reversed(steps)


def _cost(mine: str, yours: str, ratio: float) -> float:
    values = _VALUE * len(compare(mine, yours))
    return abs(_stretch(mine, yours, ratio)) + values - _ANCHOR * len(_anchors(mine, yours))
