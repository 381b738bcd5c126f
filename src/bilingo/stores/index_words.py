"""Where each word of a language stands, as a concordance has it.

Words are runs of Latin letters, with apostrophes inside, and figures; in narrow alphabets words in
other letters, too (`stems.IN_A_ROW`). There a place is the number of the word among all words of
all texts, where the end of each text counts as one. In wide alphabets, where words are few and
mostly alone, it is the number of the text. A phrase is looked up by its rarest word; the others
must stand at the right distance. Nothing is missed: a phrase begins and ends with a part of a word,
and what is between them are whole words. A side of fewer than `LEAST` bytes has no words: it is
read sooner than they are.
"""

from __future__ import annotations

import sys
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import TYPE_CHECKING

from bilingo.frozen import NamedTuple
from bilingo.text import stems

if TYPE_CHECKING:
    from bilingo.stores.index_pages import Pages

LEAST = 4_000_000  # bytes of a side
MOST = 2_000  # different words that are looked up for one
WIDTH = 2_000  # places of the rarest word that are looked at first; twice as many each time after
NEAR = 100  # a word that is more often so many times than the rarest says less than it costs
RAREST = 8  # other words that are looked up; more seldom leave out a text more
LONG = 24  # times as long, and a list is searched by halving rather than run through
TOP = 1_024  # texts: the end of the first of so many is read before theirs
JOINT = "\n"  # between words, and between texts that are read together


class Form(NamedTuple):
    """Words that begin with `root` and are of a form."""

    root: str
    is_form: Callable[[str], bool]


def _within(lists: Iterable[array[int]], first: int, end: int) -> Iterator[array[int]]:
    """The places from one on and before another."""
    for places in lists:
        start, stop = bisect_left(places, first), bisect_left(places, end)
        if start < stop:
            yield places[start:stop]


def _common(places: set[int], others: array[int]) -> Iterable[int]:
    """The places that are in a list, which is in order."""
    if len(others) < LONG * len(places):
        return places.intersection(others)
    last = len(others) - 1
    return [at for at in places if others[min(bisect_left(others, at), last)] == at]


def _unpacked(content: bytes) -> array[int]:
    numbers = array("I", content)
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers


class _Asked(NamedTuple):
    """A word of a phrase: which it is, where the places of all that it may be begin and end in the
    list of places, and how many they are in total."""

    number: int
    bounds: Sequence[tuple[int, int]]
    total: int


class Words:
    """The words of a side in a file. Raises Damaged as `Pages` does."""

    def __init__(self, pages: Pages, language: str, wide: bool) -> None:
        self._pages, self._language, self._wide = pages, language, wide
        self._words = pages.section(f"{language}/words")
        self._spelt = _unpacked(pages.section(f"{language}/spelt"))
        self._counted = _unpacked(pages.section(f"{language}/counted"))
        self._tops = self._ends = array("I")
        self._top = -1
        if not wide:
            self._tops = _unpacked(pages.section(f"{language}/tops"))
            self._texts = pages.sections[f"{language}/ends"][1] // 4

    def containing(self, part: str) -> Iterator[int] | None:
        """Texts in order, all that `part` stands in among them; None when that may be any.

        What the part begins or ends with may go on in the text, also behind an apostrophe.
        """
        inside = part.strip("'’")
        first = part.index(inside)
        pattern = stems.LATIN if self._wide else stems.IN_A_ROW
        asked = []
        for number, word in enumerate(pattern.finditer(part)):
            before = JOINT if word.start() > first else ""
            after = JOINT if word.end() < first + len(inside) else ""
            asked.append(self._asked(number, f"{before}{word[0]}{after}"))
        return self._all(asked)

    def with_forms(self, forms: Sequence[Form]) -> Iterator[int] | None:
        """Texts in order, those with words of these forms in a row; None when that may be any."""
        row = enumerate(forms)
        return self._all([self._asked(n, JOINT + form.root, form.is_form) for n, form in row])

    def _asked(
        self, number: int, spelt: str, is_form: Callable[[str], bool] | None = None
    ) -> _Asked | None:
        """The words in whose spelling this stands, a joint before and behind each; None if many."""
        part = spelt.encode("utf-8", "surrogatepass")
        found = self._beginning(part) if spelt[0] == JOINT else self._having(part)
        if is_form:
            found = (word for word in found if is_form(self._word(word)))
        words = list(islice(found, MOST + 1))
        if len(words) > MOST:
            return None
        bounds = [(self._counted[word], self._counted[word + 1]) for word in words]
        total = sum(end - first for first, end in bounds)
        return _Asked(0 if self._wide else number, bounds, total)

    def _beginning(self, part: bytes) -> Iterator[int]:
        """The words that begin so, by number: they stand in a row."""
        word = bisect_left(range(len(self._spelt) - 1), part, key=self._joined)
        while self._words.startswith(part, self._spelt[word]):
            yield word
            word += 1

    def _having(self, part: bytes) -> Iterator[int]:
        """The words that this stands in, by number."""
        at = self._words.find(part)
        while at >= 0:
            word = bisect_right(self._spelt, at) - 1
            yield word
            at = self._words.find(part, self._spelt[word + 1])

    def _joined(self, word: int) -> bytes:
        """A word between its joints."""
        return self._words[self._spelt[word] : self._spelt[word + 1] + len(JOINT)]

    def _word(self, word: int) -> str:
        return self._joined(word)[1:-1].decode("utf-8", "surrogatepass")

    def _all(self, asked: Sequence[_Asked | None]) -> Iterator[int] | None:
        """The texts with all of these words, each behind the one before."""
        known = [one for one in asked if one]
        if not known:
            return None
        rarest = min(known, key=lambda one: one.total)
        near = [one for one in known if one is not rarest and one.total < NEAR * rarest.total]
        return self._found(rarest, sorted(near, key=lambda one: one.total)[:RAREST])

    def _found(self, rarest: _Asked, others: Sequence[_Asked]) -> Iterator[int]:
        lists = self._lists(rarest)
        beside = [(one.number - rarest.number, self._lists(one)) for one in others]
        end = 1 + max((places[-1] for places in lists), default=-1)
        first, width = 0, 1 + end * WIDTH // (rarest.total + 1)
        last = -1
        while first < end:
            places: Iterable[int] = chain.from_iterable(_within(lists, first, first + width))
            for away, every in beside:
                wanted = set(map(away.__add__, places))
                some = _within(every, first + away, first + width + away)
                near = chain.from_iterable(_common(wanted, one) for one in some)
                places = map((-away).__add__, near)
            for text in map(self._text, sorted(places)):
                if text != last:
                    yield text
                last = text
            first, width = first + width, 2 * width

    def _lists(self, asked: _Asked) -> list[array[int]]:
        """The places of all that a word may be."""
        return [self._numbers("places", *bounds) for bounds in asked.bounds]

    def _text(self, place: int) -> int:
        """The number of the text that a place is in."""
        if self._wide:
            return place
        top = max(bisect_left(self._tops, place) - 1, 0)
        if top != self._top:
            self._top = top
            self._ends = self._numbers("ends", top * TOP, min((top + 1) * TOP, self._texts))
        return top * TOP + bisect_left(self._ends, place)

    def _numbers(self, name: str, first: int, end: int) -> array[int]:
        start, _ = self._pages.sections[f"{self._language}/{name}"]
        return _unpacked(self._pages.read(start + 4 * first, 4 * (end - first)))
