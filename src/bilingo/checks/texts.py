"""The texts of a catalog side by side, and which of them can concern a check at all.

A check that asks each of 50,000 texts pays for the asking. Most look for something few texts have:
a quotation mark, a space beside Chinese, a word. Here all texts stand in one string, which is
looked through once at the speed of `str.find`, and a check is given those that may concern it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import accumulate
from typing import Any, NamedTuple

from bilingo.model import Entry
from bilingo.text import tags

# Between two texts: a noncharacter, which no pattern of a check takes for text.
_BETWEEN = "\ufffe"
_ENDS = " .,:;!?。，：；！？…"
# What `prose` takes out besides numbered tags; where it stands, a text is always looked at.
_MARKUP = re.compile(r"[<`{%&@\\|$]|://|www\.")


class Form(NamedTuple):
    """A published form: its entry, its number, its source (singular or plural), its text."""

    entry: Entry
    number: int
    source: str
    text: str


class Side:
    """All sources, or all translations, without their numbered tags."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = texts

    @cached_property
    def joined(self) -> str:
        """The texts one behind the other."""
        return _BETWEEN.join(map(tags.plain, self._texts)) if self._tagged else self._raw

    @cached_property
    def characters(self) -> frozenset[str]:
        """Every character that occurs."""
        return frozenset(self.joined)

    @cached_property
    def bare(self) -> list[str]:
        """Each text as `bare` makes it, tags and all."""
        return list(map(bare, self._texts))

    @cached_property
    def _raw(self) -> str:
        return _BETWEEN.join(self._texts)

    @cached_property
    def _tagged(self) -> bool:
        return "<" in self._raw

    @cached_property
    def _starts(self) -> list[int]:
        lengths = map(len, self.joined.split(_BETWEEN))
        return [0, *accumulate(length + 1 for length in lengths)]

    @cached_property
    def _usable(self) -> bool:
        """Whether no text holds the noncharacter itself."""
        return len(self._starts) == len(self._texts) + 1

    @cached_property
    def _marked(self) -> frozenset[int]:
        return frozenset(self._hits(_MARKUP))

    def having(self, parts: Iterable[str]) -> set[int]:
        """The numbers of the texts with one of `parts`, which hold no markup."""
        if not self._usable:
            return set(range(len(self._texts)))
        found: set[int] = set()
        joined, starts = self.joined, self._starts
        for part in parts:
            at = joined.find(part)
            while at >= 0:
                number = bisect_right(starts, at) - 1
                found.add(number)
                at = joined.find(part, starts[number + 1])
        return found

    def like(self, pattern: re.Pattern[str]) -> set[int]:
        """The numbers of the texts in whose prose `pattern` may match, which looks at no edge.

        A pattern that begins with a set of few characters is looked up fastest.
        """
        if not self._usable:
            return set(range(len(self._texts)))
        return {*self._hits(pattern), *self._marked}

    def _hits(self, pattern: re.Pattern[str]) -> Iterator[int]:
        joined, starts = self.joined, self._starts
        found = pattern.search(joined)
        while found:
            number = bisect_right(starts, found.start()) - 1
            yield number
            found = pattern.search(joined, starts[number + 1])


class Texts:
    """The published forms of a catalog in order, and both sides of them."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.forms = [
            Form(entry, number, source_of(entry, number), form)
            for entry in entries
            if entry.translated
            for number, form in enumerate(entry.msgstr)
        ]

    @cached_property
    def sources(self) -> Side:
        """What was translated."""
        return Side([form.source for form in self.forms])

    @cached_property
    def targets(self) -> Side:
        """What it has become."""
        return Side([form.text for form in self.forms])

    def among(self, numbers: Iterable[int]) -> Iterator[Form]:
        """The forms with these numbers, in order."""
        return map(self.forms.__getitem__, sorted(numbers))


class Entries(tuple[Entry, ...]):
    """Entries that several checks look at: their texts are laid out once."""

    @cached_property
    def asked(self) -> dict[str, Any]:
        """What checks keep here for one another, by the name of their module."""
        return {}

    @cached_property
    def texts(self) -> Texts:
        """The published forms."""
        return Texts(self)


def bare(text: str) -> str:
    """What is compared: case, white space and the marks at the ends are left out."""
    folded = text.lower() if text.isascii() else text.casefold()
    if "  " in folded or not folded.isprintable():  # the only white space that is printable is " "
        folded = " ".join(folded.split())
    return folded.strip(_ENDS)


def source_of(entry: Entry, number: int) -> str:
    """What form `number` translates: the singular, or the plural."""
    if entry.msgid_plural is not None and (number or len(entry.msgstr) == 1):
        return entry.msgid_plural
    return entry.msgid


def texts_of(entries: Iterable[Entry]) -> Texts:
    """The published forms of entries, laid out once for `Entries`."""
    return entries.texts if isinstance(entries, Entries) else Texts(entries)
