"""`memory search`: a word in its context, in either language, and what it is in the other."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from bilingo.errors import BilingoError
from bilingo.model import TU, Locale, Term
from bilingo.pipelines.held import Held, hold
from bilingo.pipelines.memory import HOLDING, is_searchable, load
from bilingo.pipelines.phrases import glossary_terms
from bilingo.project import Project
from bilingo.text import locales, stems, terms

Span = tuple[int, int]

FEW = 3  # hits; fewer tell nothing about what a word is called
SHARE = 0.4  # of the hits have a translation that may be the word's
AGREE = 0.5  # Dice's coefficient: both sides are mostly found together
_LONGEST = 6  # characters of a Chinese word
_TRIED = 40  # translations weighed
SAMPLE = 2_000  # texts that are counted, evenly taken
_HAN_RUN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]+")


class Other(NamedTuple):
    """The same in another locale, and where the word's counterpart stands when it is known."""

    locale: Locale
    text: str
    span: Span | None


class Hit:
    """A text of the memory with what was searched, at `spans`."""

    def __init__(self, held: Held, number: int, spans: tuple[Span, ...]) -> None:
        self._held, self.number, self.spans = held, number, spans
        self.locale, self.text = held.texts[number]
        self.others: tuple[Other, ...] = ()

    @property
    def tu(self) -> TU:
        """The unit, which is read when somebody asks."""
        return self._held.unit

    @property
    def texts(self) -> list[tuple[Locale, str]]:
        """The unit's texts, the hit's own among them."""
        return self._held.texts


class Found(NamedTuple):
    """The hits in the order of a concordance, and what could not be read."""

    hits: tuple[Hit, ...]
    warnings: tuple[str, ...]


def search(project: Project, word: str) -> Found:
    """Every text of the memory with `word`, in any language.

    Found is the word as it stands, without regard to case, also inside of others and inside a run
    of Chinese; and for English words every word of the same stem (`text.stems`), one after the
    other for several. Sorted by what follows. What it is in the other language is told by the
    glossary; else by the memory, where one expression stands in the translations of the hits and
    hardly anywhere else. Of a large memory (`memory.SEARCHED`) only units with the word are read,
    some thousands at most, so that tells nothing about other words.

    Raises BilingoError for an empty word and for a glossary that cannot be used.
    """
    if not word.strip():
        raise BilingoError("nothing to search for")
    spans = _finder(word.strip())
    whole = is_searchable(project)
    units, warnings = _all(project) if whole else _asked(project, word)
    hits = [
        Hit(held, number, found)
        for held in units
        for number, (_, text) in enumerate(held.texts)
        if (found := tuple(spans(text)))
    ]
    hits.sort(key=lambda hit: (hit.text[hit.spans[0][0] :].casefold(), hit.text, hit.locale))
    named = _named(word.strip(), glossary_terms(project))
    likely = _likely(hits, units) if whole and not named else {}
    for hit in hits:
        hit.others = tuple(
            Other(locale, text, _counterpart(text, named, likely.get(_pair(hit.locale, locale))))
            for number, (locale, text) in enumerate(hit.texts)
            if number != hit.number
        )
    return Found(tuple(hits), tuple(warnings))


def _all(project: Project) -> tuple[list[Held], Sequence[str]]:
    units: list[Held] = []
    warnings = []
    for path in project.memory_paths():
        try:
            units += hold(project, path)
        except BilingoError as error:
            warnings.append(f"{error}; this memory file is left out")
    return units, warnings


def _asked(project: Project, word: str) -> tuple[list[Held], Sequence[str]]:
    """Of a large memory the units that may have the word, as far as its index tells."""
    memory = load(project)
    wanted = [word.strip(), *map(stems.stem, stems.WORD.findall(word)[:1])]
    found = [memory.holding(part) for part in dict.fromkeys(wanted)]
    units = {(one.unit.path, one.unit.line, one.unit.tuid): one for part in found for one in part}
    warnings = list(memory.warnings)
    if max(map(len, found)) >= HOLDING:
        warnings.append(f"{HOLDING:,} texts or more have “{word.strip()}”: not all are counted")
    return list(units.values()), warnings


def _finder(word: str) -> Callable[[str], Iterator[Span]]:
    """What finds the word in a text."""
    wanted = word.casefold()
    parts = [stems.stem(found) for found in stems.WORD.findall(word)]
    english = bool(parts) and not stems.WORD.sub("", word).strip(" -")

    def spans(text: str) -> Iterator[Span]:
        folded = text.casefold()
        found: list[Span] = []
        if len(folded) == len(text):  # casefold keeps the length of English and Chinese
            start = folded.find(wanted)
            while start >= 0:
                found.append((start, start + len(wanted)))
                start = folded.find(wanted, start + len(wanted))
        if english and parts[0] in folded:
            found = [*_stemmed(text, parts), *found]
        last = 0
        for start, end in sorted(found, key=lambda span: (span[0], -span[1])):
            if start >= last:
                yield start, end
                last = end

    return spans


def _stemmed(text: str, parts: Sequence[str]) -> Iterator[Span]:
    words = [(found.start(), found.end(), found.group()) for found in stems.WORD.finditer(text)]
    for first in range(len(words) - len(parts) + 1):
        row = words[first : first + len(parts)]
        if all(stems.stem(word) == part for (*_, word), part in zip(row, parts, strict=True)):
            yield row[0][0], row[-1][1]


def _named(word: str, rows: Sequence[Term]) -> tuple[str, ...]:
    """What the glossary calls the word in any other locale; nothing that it forbids."""
    named = []
    for row in rows:
        texts = [tuv.text for tuv in row.texts]
        if row.status != "forbidden" and any(_is(word, text) for text in texts):
            named += [text for text in texts if not _is(word, text)]
    return tuple(dict.fromkeys(named))


def _is(word: str, term: str) -> bool:
    mine, yours = (
        [stems.stem(found) for found in stems.WORD.findall(text)] for text in (word, term)
    )
    return word.casefold() == term.casefold() or bool(mine) and mine == yours


def _counterpart(text: str, named: Sequence[str], likely: str | None) -> Span | None:
    """Where one of the words stands in the text, an English one in any form."""
    words = [word for word in (*named, likely) if word]
    hits = [hit[:2] for hit in terms.find(text, terms.terms(words))]
    for word in words if not hits else ():
        parts = [stems.stem(part) for part in stems.WORD.findall(word)]
        hits += _stemmed(text, parts) if parts else ()
    return min(hits, default=None)


def _pair(one: Locale, other: Locale) -> tuple[str, str]:
    return locales.language(one), locales.language(other)


def _likely(hits: Sequence[Hit], units: Sequence[Held]) -> dict[tuple[str, str], str]:
    """For each pair of languages what the hits' translations have in common, and no others."""
    by_pair: dict[tuple[str, str], list[str]] = {}
    for hit in hits:
        for number, (locale, text) in enumerate(hit.texts):
            if number != hit.number and locales.language(locale) != locales.language(hit.locale):
                by_pair.setdefault(_pair(hit.locale, locale), []).append(text)
    found = {}
    for (here, there), texts in by_pair.items():
        if len(texts) >= FEW:
            everywhere = [
                text
                for held in units
                for locale, text in held.texts
                if locales.language(locale) == there
            ]
            best = _common(texts, everywhere)
            if best:
                found[here, there] = best
    return found


def _common(texts: Sequence[str], everywhere: Sequence[str]) -> str:
    """The expression most texts have and few others; the longest of those that are as good."""
    every, nth = -(-len(texts) // SAMPLE), -(-len(everywhere) // SAMPLE)
    counts = Counter(part for text in texts[::every] for part in _expressions(text))
    least = max(2, SHARE * len(texts[::every]))
    tried = [(part, count) for part, count in counts.most_common(400) if count >= least]
    tried.sort(key=lambda one: (-one[1], -len(one[0]), one[0]))
    weighed = []
    for part, count in tried[:_TRIED]:
        total = sum(
            part in _expressions(text) for text in everywhere[::nth] if part in text.lower()
        )
        dice = 2 * count * every / (len(texts) + total * nth)
        if dice >= AGREE:
            weighed.append((dice, len(part), part))
    if not weighed:
        return ""
    best = max(weighed)[0]
    # Part of a word is found wherever the word is: 血 with 地中海貧血. The whole word is meant.
    return max(weighed, key=lambda one: (one[0] >= 0.9 * best, one[1], one[0], one[2]))[2]


def _expressions(text: str) -> set[str]:
    """Runs of two to six Chinese characters, and stems of words."""
    found = {stems.stem(word) for word in stems.WORD.findall(text) if len(word) > FEW}
    for run in _HAN_RUN.findall(text):
        for size in range(2, _LONGEST + 1):
            found.update(run[at : at + size] for at in range(len(run) - size + 1))
    return found
