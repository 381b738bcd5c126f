"""The sections of an index, from the units of one memory file."""

from __future__ import annotations

import struct
from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, NamedTuple, Protocol

from bilingo.stores import (
    index_blocks,
    index_classes,
    index_grams,
    index_rows,
    index_words,
    index_words_build,
)
from bilingo.stores.index import PLACE, SEVERAL, Place
from bilingo.stores.index_classes import LengthClass
from bilingo.stores.index_grams import Alphabet

if TYPE_CHECKING:
    from mmap import mmap

MANY = 20_000


class Make(NamedTuple):
    """What makes the rows of a class, those of the blocks, and the places of words."""

    rows: Callable[[Sequence[str], LengthClass, Alphabet], index_rows.Rows]
    blocks: index_blocks.Make
    words: index_words_build.Make


PLAIN = Make(index_rows.rows, index_blocks.make, index_words_build.make)


Owners = dict[str, int | list[int]]
"""The units of each text; most have one."""


class Unit(NamedTuple):
    """A unit of a memory file: its place, and its folded texts with their languages."""

    place: Place
    texts: Sequence[tuple[str, str]]


class Contents(NamedTuple):
    """A memory file: its units, and what its reader wants to know of it when it asks for one.

    `note` is called when all units were taken.
    """

    units: Iterable[Unit]
    note: Callable[[], bytes] = bytes


class Reader(Protocol):
    """Who knows what a memory file means."""

    def contents(self, path: Path, file: BinaryIO) -> Contents:
        """All of a file. Raises BilingoError, at the latest with its last unit, if it is broken."""

    def cuts(self, content: mmap) -> Sequence[int]:
        """The places between the lines of a file where to cut it, which follow from what is there.

        The first is before all units, the last behind them. None when units are not all lines.
        """

    def lines(
        self, note: bytes, lines: Sequence[bytes]
    ) -> Sequence[tuple[int, Sequence[tuple[str, str]]]]:
        """For each line the size and texts of its unit, as in `Unit`.

        Nothing if a line is no unit, or may change what `note` says of the file it came to.
        """


def fastest(count: int = MANY) -> Make:
    """What makes rows of so many texts; numpy makes the same bytes sooner, if it is there."""
    if count < MANY:  # importing numpy takes longer than that
        return PLAIN
    try:
        from bilingo.stores import index_blocks_numpy, index_rows_numpy, index_words_numpy
    except ImportError:
        return PLAIN
    return Make(index_rows_numpy.rows, index_blocks_numpy.make, index_words_numpy.make)


def sections(
    contents: Contents,
    source: str,
    make: Make | None = None,
    more: Callable[[bytes | bytearray], Iterable[tuple[str, bytes]]] = lambda _: (),
) -> Iterator[tuple[str, bytes]]:
    """What `index_pages.write` writes; `source` is the name of the content the units come from.

    `more` gives further sections, for the places of all units, packed. A text that several units
    have is stored once for each language. Empty texts are left out.
    """
    places = bytearray()
    sides: dict[str, Owners] = {}
    for number, unit in enumerate(contents.units):
        places += PLACE.pack(*unit.place)
        for language, text in unit.texts:
            if text:
                side = sides.setdefault(language, {})
                known = side.setdefault(text, number)
                if isinstance(known, list):
                    if known[-1] != number:
                        known.append(number)
                elif known != number:
                    side[text] = [known, number]
    yield "source", source.encode()
    yield "note", contents.note()
    yield from more(places)
    yield "languages", "\n".join(sorted(sides)).encode()
    yield "units", bytes(places)
    for language in sorted(sides):
        yield from _side(language, sides.pop(language), make)


def _side(language: str, owners: Owners, make: Make | None) -> Iterator[tuple[str, bytes]]:
    texts = sorted(owners)
    make = make or fastest(len(texts))
    texts.sort(key=len)
    alphabet = index_grams.alphabet(texts)
    groups = tuple(index_classes.classes([len(text) for text in texts], alphabet))
    yield f"{language}/alphabet", alphabet.pack()
    yield f"{language}/classes", index_classes.pack(groups)
    numbers, several = array("I"), array("I")
    for text in texts:
        own = owners[text]
        if isinstance(own, list):
            numbers.append(SEVERAL | len(several))
            several.extend((len(own), *own))
        else:
            numbers.append(own)
    owners.clear()  # it takes more room than the texts
    yield f"{language}/owners", _numbers(numbers, len(numbers))
    yield f"{language}/several", _numbers(several, len(several))
    bounds: list[int] = []
    size = 0
    for place, group in enumerate(groups):
        part = texts[group.first : group.first + group.count]
        encoded = [text.encode("utf-8", "surrogatepass") for text in part]
        ends = list(accumulate(map(len, encoded), initial=0))
        bounds += index_blocks.cut(group.first, ends)
        size += ends[-1]
        yield f"{language}/{place}/offsets", _numbers(ends, len(part) + 1)
        yield f"{language}/{place}/text", b"".join(encoded)
        if group.slots:
            rows, fill = make.rows(part, group, alphabet)
            yield f"{language}/{place}/fill", fill
            sizes = [len(text) for text in part]
            shorter = [bisect_left(sizes, m) for m in range(group.low, group.high + 2)]
            yield f"{language}/{place}/shorter", _numbers(shorter, len(shorter))
            yield f"{language}/{place}/rows", rows
    if size < index_words.LEAST:
        return
    yield from index_words_build.sections(language, texts, alphabet.wide, make.words)
    if alphabet.wide:
        bounds.append(len(texts))
        keys, grams = make.blocks(texts, bounds)
        yield f"{language}/blocks", _numbers(bounds, len(bounds))
        yield f"{language}/own", keys
        yield f"{language}/grams", grams


def _numbers(numbers: Iterable[int], count: int) -> bytes:
    return struct.pack(f"<{count}I", *numbers)
