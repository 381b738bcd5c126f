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

from collections.abc import Sequence
from itertools import accumulate
from math import exp, log, sqrt

from bilingo.frozen import NamedTuple
from bilingo.stores.index_classes import LengthClass
from bilingo.stores.index_grams import Alphabet, key, spread

# Microseconds on the machine of benchmarks/RESULTS.md. They choose between plans that are all
# exact, so on another machine they cost time at worst.
_READ, _READ_BYTE, _ADD_BYTE = 0.5, 0.00055, 0.0002
_VERIFY, _VERIFY_WIDE = 2.0, 3.5  # a text; beyond 64 bits of Levenshtein's band
_HOPE = 0.7  # of the survivors that a second plan may be expected to remove
_GOOD_ENOUGH = 60.0  # look for a better plan only when survivors cost more than this


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
    """A similar text is in `least` of `rows`, each the union of these row numbers.

    `least` is for each length. `cost` is in microseconds, `survivors` how many of the class are
    expected to pass.
    """

    cost: float
    survivors: float
    least: list[int]
    rows: list[tuple[int, ...]]


# A piece in a class: the chance that a text is in its rows anyway, the rows, the piece. A tuple
# because hundreds are made for each query.
_Item = tuple[float, tuple[int, ...], Piece]
_CHANCE = tuple(max(fill / 255, 0.001) for fill in range(256))


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


def harmed(chosen: Sequence[Piece], n: int, low: int, high: int, threshold: int) -> list[int]:
    """How many of these pieces can be harmed at most, for each length from low to high."""
    cover = [0] * n
    pairs = 0
    for piece in chosen:
        cover[piece.start] += 1
        if piece.size == 2:
            cover[piece.start + 1] += 1
            pairs += 1
    cover.sort(reverse=True)
    most = list(accumulate(cover, initial=0))
    worst = []
    for m in range(low, high + 1):
        inserted = max(0, m - n)
        others = min(edits(n, m, threshold) - inserted, n)
        worst.append(most[others] + min(inserted, pairs))
    return worst


class Plans:
    """Plans for the texts of low to high code points in `group`."""

    def __init__(
        self, every: Pieces, group: LengthClass, fill: bytes, *, low: int, high: int, threshold: int
    ) -> None:
        self._group, self._low, self._high, self._threshold = group, low, high, threshold
        self._n = len(every.singles)
        back, ahead = shifts(self._n, low, high, threshold)
        self._singles = _items(every.singles, group, fill, back, ahead)
        self._pairs = _items(every.pairs, group, fill, back, ahead)
        band = 2 * edits(self._n, high, threshold) + 1
        self._verify = _VERIFY if band <= 64 else _VERIFY_WIDE
        self._disjoint = _disjoint(self._singles, self._pairs)

    def cheapest(self) -> Plan | None:
        """The cheapest plan found.

        None when no plan says anything: every text has to be looked at. Three choices of pieces are
        tried: disjoint ones, all pairs, all pairs and all singles.
        """
        row_bytes = self._group.row_bytes
        best = self._plan(self._disjoint, 1.0)
        only_pairs = [item for item in self._pairs if item]
        for more, bunched in (([], 0.6), ([item for item in self._singles if item], 0.5)):
            if best and best.survivors * self._verify <= _GOOD_ENOUGH + 20 * _READ_BYTE * row_bytes:
                break
            other = self._plan(only_pairs + more, bunched)
            if other and (best is None or other.cost < best.cost):
                best = other
        return best

    def thorough(self, first: Plan, survivors: int) -> Plan | None:
        """A plan of more pieces, for more survivors of the first than were expected.

        That is so where many texts are made after one pattern: what they share with the query, they
        share all. None when the plan would cost more than it can save.
        """
        items = self._disjoint
        if self._high > self._n:  # the bound for pairs is the better one for longer texts
            items = [item for item in self._pairs if item]
        rows = sum(len(rows) for _, rows, _ in items)
        cost = rows * _row_cost(self._group)
        if len(items) <= len(first.rows) or cost > _HOPE * survivors * self._verify:
            return None
        least = [len(items) - one for one in self._worst(items)]
        return Plan(cost, 0, least, [rows for _, rows, _ in items])

    def _worst(self, items: Sequence[_Item]) -> list[int]:
        chosen = [item[2] for item in items]
        return harmed(chosen, self._n, self._low, self._high, self._threshold)

    def _plan(self, items: list[_Item], bunched: float) -> Plan | None:
        return _cheapest(sorted(items), self._worst(items), self._group, self._verify, bunched)


def _row_cost(group: LengthClass) -> float:
    return _READ + (_READ_BYTE + _ADD_BYTE) * group.row_bytes


def _items(
    those: Sequence[Piece | None], group: LengthClass, fill: bytes, back: int, ahead: int
) -> list[_Item | None]:
    """For each piece the rows that cover every place where it may stand unharmed."""
    own, shared, stride, span = group.own, group.shared, group.stride, group.span
    end = group.zones - 1
    items: list[_Item | None] = []
    for piece in those:
        if piece is None:
            items.append(None)
            continue
        start, _, rank, scattered = piece
        row = (rank if rank < own else own + (scattered * shared >> 32)) * group.zones
        zone = (start - back) // stride
        zone = 0 if zone < 0 else end if zone > end else zone
        last = (start + ahead) // stride - span + 1
        last = end if last > end else last
        chance = _CHANCE[fill[row + zone]]
        rows = [row + zone]
        while zone < last:
            zone = min(zone + span, last)
            rows.append(row + zone)
            chance += (1 - chance) * 0.6 * _CHANCE[fill[row + zone]]  # the zones overlap
        items.append((chance, tuple(rows), piece))
    return items


def _disjoint(singles: Sequence[_Item | None], pairs: Sequence[_Item | None]) -> list[_Item]:
    """Pieces that do not overlap, with the greatest sum of 1 − chance."""
    n = len(singles)
    best = [0.0] + [-1.0] * n
    last: list[_Item | None] = [None] * (n + 1)
    for i in range(n):
        if best[i] > best[i + 1]:
            best[i + 1], last[i + 1] = best[i], None
        for item in (singles[i], pairs[i] if i < n - 1 else None):
            if item:
                end, gain = i + item[2].size, best[i] + 1 - item[0]
                if gain > best[end]:
                    best[end], last[end] = gain, item
    chosen = []
    i = n
    while i > 0:
        item = last[i]
        if item:
            chosen.append(item)
        i -= item[2].size if item else 1
    return chosen


def _cheapest(
    items: list[_Item], worst: list[int], group: LengthClass, verify: float, bunched: float
) -> Plan | None:
    """The items of least chance, as many as make the least cost.

    The survivors are estimated by Chernoff's bound for the binomial tail; `bunched` is less than 1
    for pieces that overlap and so come together.
    """
    typical = sum(worst) / len(worst)
    row_cost = _READ + _READ_BYTE * group.row_bytes
    best: tuple[float, float, int] | None = None
    expected = cost = 0.0
    for k, (chance, rows, _) in enumerate(items, 1):
        expected += chance
        cost += len(rows) * row_cost + _ADD_BYTE * group.row_bytes
        least = k - typical
        if least <= 0:
            continue
        if best and cost >= best[0]:
            break
        survivors = float(group.count)
        if expected < least:
            f, g = least / k, expected / k
            distance = f * log(f / g) + ((1 - f) * log((1 - f) / (1 - g)) if f < 1 else 0)
            survivors *= exp(-k * bunched * distance) / (1 + 0.4 * sqrt(least))
        if best is None or cost + survivors * verify < best[0]:
            best = cost + survivors * verify, survivors, k
    if best is None:
        return None
    cost, survivors, k = best
    return Plan(cost, survivors, [k - one for one in worst], [rows for _, rows, _ in items[:k]])
