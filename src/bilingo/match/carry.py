"""Which vanished entry a new unit most likely was: msgmerge's guess, made by characters.

A changed paragraph keeps its old translation, as fuzzy with the previous msgid. msgmerge compares
bytes, which makes unrelated Chinese texts look alike; here the score is the similarity of the
memory (folded code points) and the place in the article.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from heapq import nsmallest

from bilingo.frozen import dataclass
from bilingo.match.scan import scan
from bilingo.model import Entry, Unit
from bilingo.text.fold import fold

Key = tuple[str | None, str]

SIMILAR = 60  # msgmerge's own threshold, of characters instead of bytes
SIDE = 5  # points for each kept neighbour that a unit and an entry share
# (nearest vanished entries compared, least similarity): the neighbourhood first, because an edit
# seldom moves a text and a run stays linear; what is left over is sought further away.
ROUNDS = ((64, 80), (2_000, SIMILAR))
RIVALS = 20  # pairs remembered for each unit
BESIDE = 8  # entries at most this far away in the same gap may be one edit apart
UNCHANGED = 10  # code points at the two ends that must have stayed, about a clause of Chinese
NOWHERE = (-2, -2)  # a gap no unit stands in


@dataclass(frozen=True, slots=True)
class _Place:
    """A folded text and where it stands, in numbers of entries of the old catalog.

    `gap` are the nearest entries that were kept before and after it; −1 and the catalog's length
    stand for its ends. `order` is the entry's own number, or what a unit's would be.
    """

    text: str
    order: int
    gap: tuple[int, int]


def carry(new: Sequence[Unit], old: Sequence[Entry]) -> Mapping[Key, Entry]:
    """For the key of each unit without an entry: the vanished entry that it most likely was.

    `new` are all units of all articles of a catalog, in order; `old` all entries of that catalog.
    A unit's key is (msgctxt, text). An entry has vanished when its key is nobody's; it is offered
    when it has one form with text. Each entry is given to one unit, the best pair first.

    A pair is accepted when the similarity is at least `SIMILAR`; or when the two stand between the
    same kept neighbours and one edit makes one from the other: what stayed at the two ends is
    `UNCHANGED` code points or more and `SIMILAR` percent of the shorter text. That is the
    paragraph of which one sentence was added, dropped or written anew, which may change more than
    half of it and still leave most of the translation standing.

    Units without a text to compare (only codes) are never paired. The result does not depend on
    anything but the arguments. Of very many vanished entries only the nearest count (`ROUNDS`).
    """
    keys = list(dict.fromkeys((unit.msgctxt, unit.text) for unit in new))
    lost = _lost(keys, old)
    gone = _gone(frozenset(keys), old)
    carried: dict[int, int] = {}
    for nearest, similar in ROUNDS:
        taken = frozenset(carried.values())
        left = [place for place in gone if place.order not in taken]
        open_ = {position: place for position, place in lost.items() if position not in carried}
        carried |= _paired(open_, left, nearest, similar)
    return {keys[position]: old[carried[position]] for position in sorted(carried)}


def _paired(
    lost: Mapping[int, _Place], gone: Sequence[_Place], nearest: int, similar: int
) -> dict[int, int]:
    """Position to entry number, one to one, the best pairs first."""
    texts = [place.text for place in gone]
    orders = [place.order for place in gone]
    pairs: list[tuple[int, int, int, int]] = []
    for position, place in lost.items():
        middle = bisect_left(orders, place.order)
        window = slice(max(0, middle - nearest // 2), middle + nearest // 2)
        scores = _similar(place, gone[window], texts[window], similar)
        if similar == SIMILAR:  # whatever else may be said for a pair has been said
            scores = _one_edit_apart(place, gone[window]) | scores
        pairs += nsmallest(
            RIVALS,
            (
                (-score, abs(place.order - order), position, order)
                for order, score in scores.items()
            ),
        )
    carried: dict[int, int] = {}
    taken: set[int] = set()
    for _, _, position, order in sorted(pairs):
        if position not in carried and order not in taken:
            carried[position] = order
            taken.add(order)
    return carried


def _lost(keys: Sequence[Key], old: Sequence[Entry]) -> dict[int, _Place]:
    """The keys without an entry, by their position in `keys`."""
    number = {entry.key: n for n, entry in enumerate(old) if not entry.is_header}
    kept = [
        number[key] if key in number and not old[number[key]].obsolete else None for key in keys
    ]
    places: dict[int, _Place] = {}
    before, since = -1, 0
    for (position, key), after in zip(enumerate(keys), _following(kept, len(old)), strict=True):
        here = kept[position]
        if here is not None:
            before, since = here, 0
        elif key not in number:
            since += 1
            places[position] = _Place(fold(key[1]), before + since, (before, after))
    return places


def _gone(keys: frozenset[Key], old: Sequence[Entry]) -> list[_Place]:
    """The vanished entries that have a translation to give, in order."""
    live = [n if entry.key in keys and not entry.obsolete else None for n, entry in enumerate(old)]
    places: list[_Place] = []
    before = -1
    for entry, here, (n, after) in zip(
        old, live, enumerate(_following(live, len(old))), strict=True
    ):
        if here is not None:
            before = here
        elif entry.key not in keys and _gives(entry):
            # an obsolete entry stands at the end of the file, which says nothing of its old place
            gap = NOWHERE if entry.obsolete else (before, after)
            places.append(_Place(fold(entry.msgid), n, gap))
    return places


def _gives(entry: Entry) -> bool:
    return not entry.is_header and entry.msgid_plural is None and any(entry.msgstr)


def _following(numbers: Sequence[int | None], end: int) -> list[int]:
    """For each position the next number after it, or `end`."""
    following: list[int] = []
    for number in reversed(numbers):
        following.append(end)
        end = end if number is None else number
    return following[::-1]


def _similar(
    place: _Place, gone: Sequence[_Place], texts: Sequence[str], similar: int
) -> dict[int, int]:
    """The scores of the entries similar to the text at `place`, by entry number."""
    return {
        gone[hit.index].order: hit.similarity + _sides(place, gone[hit.index])
        for hit in scan(place.text, texts, similar)
    }


def _one_edit_apart(place: _Place, gone: Sequence[_Place]) -> dict[int, int]:
    """The scores of the entries beside `place` that one edit makes its text, by entry number."""
    scores = {}
    for other in gone:
        if abs(other.order - place.order) <= BESIDE and other.gap == place.gap:
            unchanged = _unchanged(place.text, other.text)
            shorter, longer = sorted((len(place.text), len(other.text)))
            if unchanged >= UNCHANGED and 100 * unchanged >= SIMILAR * shorter:
                scores[other.order] = 100 * unchanged // longer + 2 * SIDE
    return scores


def _sides(place: _Place, other: _Place) -> int:
    return SIDE * sum(mine == theirs for mine, theirs in zip(place.gap, other.gap, strict=True))


def _unchanged(one: str, other: str) -> int:
    """The lengths of the common beginning and the common end, which do not overlap."""
    shorter = min(len(one), len(other))
    begin = next((i for i in range(shorter) if one[i] != other[i]), shorter)
    rest = shorter - begin
    return begin + next((i for i in range(rest) if one[-1 - i] != other[-1 - i]), rest)
