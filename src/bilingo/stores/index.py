"""The fuzzy index of a memory file: every text at or above a threshold, without looking at each.

Exactness is the contract: `Index.candidates` returns what a complete scan returns. The metric is
the Levenshtein similarity of folded texts in code points, decided in integers. docs/matching.md
says how and proves it. Nothing here imports numpy: a query reads a few hundred rows of an mmap'd
file, counts them as Python integers, and lets rapidfuzz verify the few texts that are left.
"""

from __future__ import annotations

import struct
import sys
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from heapq import nlargest
from typing import TYPE_CHECKING, BinaryIO

from bilingo.frozen import NamedTuple
from bilingo.stores import index_bits, index_classes, index_grams, index_plan
from bilingo.stores.index_classes import LONGEST
from bilingo.stores.index_distance import distances
from bilingo.stores.index_grams import Alphabet
from bilingo.stores.index_group import Group
from bilingo.stores.index_pages import Pages

if TYPE_CHECKING:
    from bilingo.stores.index_blocks import Blocks
    from bilingo.stores.index_moved import Patch
    from bilingo.stores.index_words import Form, Words

COMPARED = 16_000  # code points that are compared before rapidfuzz is imported
PLACE = struct.Struct("<QII")
SEVERAL = 1 << 31  # a text has several units, which stand elsewhere
_NUMBER = struct.Struct("<I")


class Place(NamedTuple):
    """Where a unit stands in its memory file: its first byte, its bytes, its line from 1."""

    start: int
    size: int
    line: int


class Hit(NamedTuple):
    """A text that is `distance` edits from the query; `length` is the longer one's.

    `number` is the text's in its side of the index.
    """

    number: int
    text: str
    distance: int
    length: int

    @property
    def similarity(self) -> int:
        """floor(100 · (length − distance) / length)."""
        return 100 * (self.length - self.distance) // self.length


class Index:
    """An open index file. `source` names the content it was made from, `languages` its sides.

    Every method may raise `index_pages.Damaged`: what was read is not what was written. No answer
    was given then, and the index has to be built again.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._pages = Pages(file)
        self.source = self._pages.section("source").decode()
        names = self._pages.section("languages").decode()
        self.languages = tuple(names.split("\n")) if names else ()
        self._sides: dict[str, _Side] = {}
        self.patch: Patch | None = None  # what became of the units since

    @property
    def note(self) -> bytes:
        """What the reader of the memory file noted."""
        return self.section("note")

    @property
    def units(self) -> int:
        """How many units it was made of."""
        return self._pages.sections["units"][1] // PLACE.size

    @property
    def base(self) -> str:
        """The name of the content that this index only says the changes of, or nothing."""
        return self.section("base").decode() if self.has("base") else ""

    def has(self, name: str) -> bool:
        """Whether there is a section of this name."""
        return name in self._pages.sections

    def section(self, name: str) -> bytes:
        """A whole section."""
        return self._pages.section(name)

    def close(self) -> None:
        """Unmap the file."""
        self._sides.clear()
        self._pages.close()

    def candidates(
        self, language: str, query: str, threshold: int, limit: int | None = None
    ) -> tuple[Hit, ...]:
        """Every text whose similarity to `query` is at least `threshold`, the most similar first.

        Query and texts are folded. An empty query finds nothing; a query or text of more than
        `LONGEST` code points is found by its equal only. With a `limit`, only texts that are at
        least as similar as the `limit`-th are sure to be there, which is less work. `threshold` is
        a percentage from 1 to 100, else ValueError.
        """
        if not 1 <= threshold <= 100:
            raise ValueError(f"threshold {threshold} is not in 1…100")
        if not query or language not in self.languages:
            return ()
        side = self._side(language)
        if threshold == 100 or len(query) > LONGEST:
            number = side.find(query)
            return () if number is None else (Hit(number, query, 0, len(query)),)
        hits = side.similar(query, threshold, limit)
        return tuple(sorted(hits, key=lambda hit: (hit.distance / hit.length, hit.number)))

    def containing(self, language: str, part: str) -> Iterator[tuple[int, str]]:
        """Number and text of every text that `part` stands in, which is folded."""
        if part and language in self.languages:
            yield from self._side(language).containing(part)

    def with_forms(self, language: str, forms: Sequence[Form]) -> Iterator[tuple[int, str]]:
        """Number and text of every text with words of these forms in a row (`stems.IN_A_ROW`).

        Some other texts with the roots of the forms are found, too. No forms find nothing.
        """
        if forms and language in self.languages:
            yield from self._side(language).with_forms(forms)

    def places(self, language: str, number: int) -> tuple[Place, ...]:
        """Where the units stand that have this text; none when they are gone since."""
        units, _ = self._pages.sections["units"]
        places = []
        for unit in self._side(language).owners(number):
            place: Place | None = Place(*self._pages.unpack(PLACE, units + PLACE.size * unit))
            if self.patch and place:
                place = self.patch.moved(unit, place)
            if place:
                places.append(place)
        return tuple(places)

    def _side(self, language: str) -> _Side:
        if language not in self._sides:
            self._sides[language] = _Side(self._pages, language)
        return self._sides[language]


class _Side:
    """The texts of one language."""

    def __init__(self, pages: Pages, language: str) -> None:
        self.pages, self.name = pages, language
        self.alphabet: Alphabet = index_grams.unpack(pages.section(f"{language}/alphabet"))
        groups = index_classes.unpack(pages.section(f"{language}/classes"))
        self.groups = [Group(pages, f"{language}/{i}", group) for i, group in enumerate(groups)]
        self._words: Words | None = None
        self._blocks: Blocks | None = None

    def similar(self, query: str, threshold: int, limit: int | None) -> list[Hit]:
        """Classes nearest in length come first, since the threshold may rise on the way."""
        n = len(query)
        every = index_plan.pieces(query, self.alphabet)
        hits: list[Hit] = []
        left: list[tuple[int, str]] = []
        for group in sorted(self.groups, key=lambda group: group.gap(n)):
            low = max(group.shape.low, -(-threshold * n // 100))
            high = min(group.shape.high, 100 * n // threshold, LONGEST)
            if low > high:
                continue
            left += self.candidates(group, every, low, high, threshold)
            if limit:
                hits += _verified(query, left, threshold)
                left.clear()
                if len(hits) >= limit:
                    best = nlargest(limit, (hit.similarity for hit in hits))
                    threshold = max(threshold, best[-1])
        hits += _verified(query, left, threshold)
        return hits

    def candidates(
        self, group: Group, every: index_plan.Pieces, low: int, high: int, threshold: int
    ) -> list[tuple[int, str]]:
        """What the filter leaves of a class: number and text."""
        plan = None
        if group.shape.slots:
            plans = index_plan.Plans(
                every, group.shape, group.fill, low=low, high=high, threshold=threshold
            )
            plan = plans.cheapest()
        if plan is None:
            return group.numbered(range(group.shape.count))
        known: dict[tuple[int, ...], int] = {}
        found = group.passing(plan, low, high, known)
        second = plans.thorough(plan, found.bit_count())
        if second:
            found &= group.passing(second, low, high, known)
        return group.numbered(index_bits.positions(found))

    def find(self, text: str) -> int | None:
        """The number of this very text."""
        for group in self.groups:
            if group.shape.low <= len(text) <= group.shape.high:
                place = group.find(text)
                return None if place is None else group.shape.first + place
        return None

    def containing(self, part: str) -> Iterator[tuple[int, str]]:
        """The texts that the part stands in: by words, or in blocks, or all are searched."""
        if not self.groups or len(part) > self.groups[-1].shape.high:
            return
        blocks = None
        if self.alphabet.wide and not part.isascii():
            blocks = self.blocks
        elif self.words:
            numbers = self.words.containing(part)
            if numbers is not None:
                yield from self._numbered(numbers, part)
                return
        every = index_plan.pieces(part, self.alphabet)
        pieces = [piece for piece in (*every.singles, *every.pairs) if piece]
        having = blocks.having(part) if blocks else 0
        for group in self.groups:
            first, count = group.shape.first, group.shape.count
            if group.shape.high < len(part):
                continue
            stretches = [(0, count)]
            if blocks:
                stretches = blocks.stretches(having, first, first + count)
            for place, text in group.search(stretches, part, pieces):
                yield first + place, text

    def with_forms(self, forms: Sequence[Form]) -> Iterator[tuple[int, str]]:
        """The texts that may have words of these forms one behind the other."""
        roots = sorted((form.root for form in forms), key=len, reverse=True)
        numbers = self.words.with_forms(forms) if self.words else None
        found = self.containing(roots[0]) if numbers is None else self._numbered(numbers, roots[0])
        for number, text in found:
            if all(root in text for root in roots):
                yield number, text

    def _numbered(self, numbers: Iterable[int], part: str) -> Iterator[tuple[int, str]]:
        """Those of these texts that a part stands in."""
        firsts = [group.shape.first for group in self.groups]
        for number in numbers:
            group = self.groups[bisect_right(firsts, number) - 1]
            text = group.text(number - group.shape.first)
            if part in text:
                yield number, text

    @property
    def words(self) -> Words | None:
        """Where its words stand, unless there are too few."""
        if not self._words and f"{self.name}/words" in self.pages.sections:
            from bilingo.stores.index_words import Words  # here, because no look-up needs them

            self._words = Words(self.pages, self.name, self.alphabet.wide)
        return self._words

    @property
    def blocks(self) -> Blocks | None:
        """Its blocks, unless there are too few or it has only words."""
        if not self._blocks and f"{self.name}/blocks" in self.pages.sections:
            from bilingo.stores.index_blocks import Blocks

            self._blocks = Blocks(self.pages, self.name)
        return self._blocks

    def owners(self, number: int) -> Sequence[int]:
        """The units with this text."""
        owners, _ = self.pages.sections[f"{self.name}/owners"]
        (owner,) = self.pages.unpack(_NUMBER, owners + 4 * number)
        if not owner & SEVERAL:
            return (owner,)
        start = self.pages.sections[f"{self.name}/several"][0] + 4 * (owner ^ SEVERAL)
        (count,) = self.pages.unpack(_NUMBER, start)
        return struct.unpack(f"<{count}I", self.pages.read(start + 4, 4 * count))


def _verified(query: str, texts: Iterable[tuple[int, str]], threshold: int) -> Iterator[Hit]:
    """Those of `texts` (number and text) that are similar enough."""
    n = len(query)
    low, high = -(-threshold * n // 100), min(100 * n // threshold, LONGEST)
    # what is longer or shorter is out of reach, however much of it is the same
    within = [one for one in texts if low <= len(one[1]) <= high]
    for number, text, distance in _compared(query, within, index_plan.edits(n, high, threshold)):
        hit = Hit(number, text, distance, max(n, len(text)))
        if hit.similarity >= threshold:
            yield hit


def _compared(
    query: str, places: Sequence[tuple[int, str]], most: int
) -> Iterable[tuple[int, str, int]]:
    """Those texts that are at most so far from the query, and how far."""
    if not places:
        return
    if "rapidfuzz" not in sys.modules and sum(len(text) for _, text in places) <= COMPARED:
        for (place, text), distance in zip(
            places, distances(query, (text for _, text in places), most), strict=True
        ):
            if distance <= most:
                yield place, text, distance
        return
    from rapidfuzz import process  # here, because most commands never compare
    from rapidfuzz.distance import Levenshtein

    found = process.extract(
        query,
        [text for _, text in places],
        scorer=Levenshtein.distance,
        score_cutoff=most,
        limit=None,
    )
    for text, distance, index in found:
        yield places[index][0], text, int(distance)
