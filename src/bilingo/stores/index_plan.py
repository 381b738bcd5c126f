"""Which rows to read for a query and a class, and how many of them a similar text must be in.

Let n be the length of the query, m that of a text, M = max(n, m) and d = ⌊(100 − T) · M / 100⌋ the
edits allowed. *Pieces* are single characters and pairs of neighbours of the query. A substitution
or deletion at a character harms the pieces that cover it; an insertion harms at most one pair, and
no single. At least I = max(0, m − n) of the edits are insertions, so with cᵢ the number of pieces
over character i, in descending order, and P the number of pairs, at most

    c₁ + … + c(d − I) + min(I, P)

pieces are harmed, and every other one stands in the text, at most (d − (m − n)) / 2 places before
and (d + (m − n)) / 2 places after its place in the query. docs/matching.md has the proof.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import accumulate
from math import exp, log, sqrt
from typing import NamedTuple

from bilingo.stores.index_classes import LengthClass
from bilingo.stores.index_grams import Alphabet, key, spread

# Microseconds on the machine of benchmarks/RESULTS.md. They choose between plans that are all
# exact, so on another machine they cost time at worst.
_READ, _READ_BYTE, _ADD_BYTE = 0.5, 0.00055, 0.0002
_VERIFY, _VERIFY_WIDE = 0.6, 2.0  # a text; beyond 64 bits of Levenshtein's band
_GOOD_ENOUGH = 30.0  # look for a better plan only when survivors cost more than this


class Piece(NamedTuple):
    """A gram of the query: its place, its size, and what its slot follows from."""

    start: int
    size: int
    rank: int
    spread: int


class Pieces(NamedTuple):
    """All pieces of a query, None where a place has none; the first list is as long as it."""

    singles: list[Piece | None]
    pairs: list[Piece | None]


class Plan(NamedTuple):
    """A text may be similar when it is in `least` of `rows`, each the union of these row numbers.

    `cost` is in microseconds, `survivors` how many of the class are expected to pass.
    """

    cost: float
    survivors: float
    least: int
    rows: list[tuple[int, ...]]


class _Item(NamedTuple):
    chance: float  # that a text is in the rows anyway
    rows: tuple[int, ...]
    piece: Piece


def edits(n: int, m: int, threshold: int) -> int:
    """The greatest Levenshtein distance of texts of these lengths that are similar enough."""
    return (100 - threshold) * max(n, m) // 100


def pieces(query: str, alphabet: Alphabet) -> Pieces:
    """What of the query may be looked up."""
    unranked = len(alphabet.rank)

    def piece(start: int, gram: str) -> Piece:
        number = key(gram)
        rank = alphabet.rank.get(number, unranked)
        return Piece(start, len(gram), rank, spread(number))

    return Pieces(
        [piece(i, c) if alphabet.has_single(c) else None for i, c in enumerate(query)],
        [
            piece(i, query[i : i + 2]) if alphabet.has_pair(query[i], query[i + 1]) else None
            for i in range(len(query) - 1)
        ],
    )


def shifts(n: int, low: int, high: int, threshold: int) -> tuple[int, int]:
    """How far an unharmed piece may stand before and after its place, in texts of low to high."""
    back = (edits(n, low, threshold) - (low - n)) // 2
    ahead = (edits(n, high, threshold) + (high - n)) // 2
    return back, ahead


def harmed(chosen: Iterable[Piece], n: int, low: int, high: int, threshold: int) -> int:
    """How many of these pieces can be harmed at most, in texts of low to high code points."""
    cover = [0] * n
    pairs = 0
    for piece in chosen:
        cover[piece.start] += 1
        if piece.size == 2:
            cover[piece.start + 1] += 1
            pairs += 1
    cover.sort(reverse=True)
    most = list(accumulate(cover, initial=0))
    worst = 0
    for m in range(min(max(low, n), high), high + 1):  # below n only d counts, which is the same
        inserted = max(0, m - n)
        others = min(edits(n, m, threshold) - inserted, n)
        worst = max(worst, most[others] + min(inserted, pairs))
    return worst


def choose(
    every: Pieces, group: LengthClass, fill: bytes, *, low: int, high: int, threshold: int
) -> Plan | None:
    """The cheapest plan found for the texts of low to high code points in `group`.

    None when no plan says anything: every text has to be looked at. Three choices of pieces are
    tried: disjoint ones, all pairs, all pairs and all singles.
    """
    n = len(every.singles)
    back, ahead = shifts(n, low, high, threshold)
    reach = _Reach(group, fill, back, ahead)
    singles = [piece and reach.item(piece) for piece in every.singles]
    pairs = [piece and reach.item(piece) for piece in every.pairs]
    band = 2 * edits(n, high, threshold) + 1
    verify = _VERIFY if band <= 64 else _VERIFY_WIDE

    def plan(items: list[_Item], bunched: float) -> Plan | None:
        worst = harmed((item.piece for item in items), n, low, high, threshold)
        return _cheapest(items, worst, group, verify, bunched)

    best = plan(_disjoint(singles, pairs), 1.0)
    only_pairs = [item for item in pairs if item]
    for more, bunched in (([], 0.6), ([item for item in singles if item], 0.5)):
        if best and best.survivors * verify <= _GOOD_ENOUGH + 20 * _READ_BYTE * group.row_bytes:
            break
        other = plan(only_pairs + more, bunched)
        if other and (best is None or other.cost < best.cost):
            best = other
    return best


class _Reach(NamedTuple):
    """Where pieces may stand in the texts of a class."""

    group: LengthClass
    fill: bytes
    back: int
    ahead: int

    def item(self, piece: Piece) -> _Item:
        """The rows that cover every place where the piece may stand unharmed."""
        group, fill = self.group, self.fill
        own = group.own
        slot = piece.rank if piece.rank < own else own + (piece.spread * group.shared >> 32)
        base = slot * group.zones
        first = min(max(0, piece.start - self.back) // group.stride, group.zones - 1)
        last_stride = (piece.start + self.ahead) // group.stride
        last = min(max(first, last_stride - group.span + 1), group.zones - 1)
        rows = [base + first]
        absent = 1 - fill[base + first] / 255
        while first < last:
            first = min(first + group.span, last)
            rows.append(base + first)
            absent *= 1 - 0.6 * fill[base + first] / 255  # the zones overlap
        return _Item(max(1 - absent, 0.001), tuple(rows), piece)


def _disjoint(singles: Sequence[_Item | None], pairs: Sequence[_Item | None]) -> list[_Item]:
    """Pieces that do not overlap, with the greatest sum of 1 − chance."""
    n = len(singles)
    best = [0.0] + [-1.0] * n
    last: list[_Item | None] = [None] * (n + 1)
    for i in range(n):
        if best[i] > best[i + 1]:
            best[i + 1], last[i + 1] = best[i], None
        for item in (singles[i], pairs[i] if i < n - 1 else None):
            if item and best[i] + 1 - item.chance > best[end := i + item.piece.size]:
                best[end], last[end] = best[i] + 1 - item.chance, item
    chosen = []
    i = n
    while i > 0:
        item = last[i]
        if item:
            chosen.append(item)
        i -= item.piece.size if item else 1
    return chosen


def _cheapest(
    items: list[_Item], worst: int, group: LengthClass, verify: float, bunched: float
) -> Plan | None:
    """The items of least chance, as many as make the least cost.

    The survivors are estimated by Chernoff's bound for the binomial tail; `bunched` is less than 1
    for pieces that overlap and so come together.
    """
    items.sort(key=lambda item: item.chance)
    best: tuple[float, float, int] | None = None
    expected = 0.0
    read = 0
    for k, item in enumerate(items, 1):
        expected += item.chance
        read += len(item.rows)
        least = k - worst
        if least <= 0:
            continue
        part = 1.0
        if expected < least:
            f, g = least / k, expected / k
            distance = f * log(f / g) + ((1 - f) * log((1 - f) / (1 - g)) if f < 1 else 0)
            part = exp(-k * bunched * distance) / (1 + 0.4 * sqrt(least))
        survivors = part * group.count
        cost = read * (_READ + _READ_BYTE * group.row_bytes)
        cost += k * _ADD_BYTE * group.row_bytes + survivors * verify
        if best is None or cost < best[0]:
            best = cost, survivors, k
    if best is None:
        return None
    cost, survivors, k = best
    return Plan(cost, survivors, k - worst, [item.rows for item in items[:k]])
