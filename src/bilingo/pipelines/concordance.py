"""`memory search`: a word in its context, in either language, and what it is in the other."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import islice

from bilingo.errors import BilingoError
from bilingo.frozen import NamedTuple
from bilingo.model import TU, Locale, Term
from bilingo.pipelines.held import Held, Standing, hold, standing
from bilingo.pipelines.memory import Tell, is_searchable, load, silent
from bilingo.pipelines.phrases import glossary_terms
from bilingo.project import Project
from bilingo.stores.index_words import Form
from bilingo.text import locales, stems, terms
from bilingo.text.fold import fold, unfolded

Span = tuple[int, int]

HOLDING = 250  # texts of a language of a file, which is more than anybody reads
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
    """A text of the memory with what was searched, at `spans`; `folded` at those of the folded one.

    What is more than that is read when somebody asks, which raises BilingoError when the memory has
    changed since.
    """

    def __init__(self, standing: Standing, spans: tuple[Span, ...]) -> None:
        self.standing, self.folded = standing, spans
        self.named: tuple[str, ...] = ()
        self.likely: dict[tuple[str, str], str] = {}

    @cached_property
    def number(self) -> int:
        """Which of the unit's texts it is, the first if several are the same but for folding."""
        _, language, folded = self.standing
        for number, (locale, text) in enumerate(self.texts):
            if locales.language(locale) == language and fold(text) == folded:
                return number
        where = f"{self.tu.path}:{self.tu.line}"
        raise BilingoError("changed while it was read", where=where, hint="run again")

    @property
    def locale(self) -> Locale:
        """The text's locale."""
        return self.texts[self.number][0]

    @property
    def text(self) -> str:
        """The text."""
        return self.texts[self.number][1]

    @cached_property
    def spans(self) -> tuple[Span, ...]:
        """Where in the text the word stands."""
        return tuple(unfolded(self.text, self.folded))

    @cached_property
    def others(self) -> tuple[Other, ...]:
        """The same in the other locales."""
        return tuple(
            Other(locale, text, self._counterpart(locale, text))
            for number, (locale, text) in enumerate(self.texts)
            if number != self.number
        )

    @property
    def tu(self) -> TU:
        """The unit."""
        return self.standing.held.unit

    @property
    def texts(self) -> list[tuple[Locale, str]]:
        """The unit's texts, the hit's own among them."""
        return self.standing.held.texts

    def _counterpart(self, locale: Locale, text: str) -> Span | None:
        return _counterpart(text, self.named, self.likely.get(_pair(self.locale, locale)))


class Found(NamedTuple):
    """The hits in the order of a concordance, and what could not be read."""

    hits: tuple[Hit, ...]
    warnings: tuple[str, ...]
    complete: bool = True  # these are all there are


def search(project: Project, word: str, limit: int = 20, tell: Tell = silent) -> Found:
    """Every text of the memory with `word`, in any language, once for each unit.

    Found is the word as the memory compares it (`text.fold`: without regard to case, width, tags
    inside of it), also inside of others and inside a run of Chinese; and for English words every
    word of the same stem (`text.stems`), in a row for several. Sorted by what follows,
    folded. What it is in the other language is told by the glossary; else by the memory, where one
    expression stands in the translations of the hits and hardly anywhere else. Of a large memory
    (`memory.SEARCHED`) only units are read that somebody looks at, so that tells nothing about
    other words; and of a language of a file no more than `HOLDING` texts are counted, or `limit`.
    `tell` hears when an index has to be made, which takes long.

    Raises BilingoError for a word that folds to nothing and for a glossary that cannot be used.
    """
    wanted = fold(word)
    if not wanted:
        raise BilingoError("nothing to search for")
    parts = _parts(wanted)
    spans = _finder(wanted, parts)
    most = max(limit + 1, HOLDING)
    cut = False
    if is_searchable(project):
        units, warnings = _all(project)
        found: Iterable[Standing] = standing(units, stems.root(parts[0]) if parts else wanted)
    else:
        units = []
        memory = load(project, tell=tell)
        found, cut = memory.containing(
            wanted,
            list(map(_form, parts)),
            most,
            is_hit=lambda text: any(True for _ in spans(text)),
        )
        warnings = list(memory.warnings)
        if cut:
            each = f"{most:,} texts of each language of a file"
            warnings.append(f"“{word.strip()}” is frequent: {each} are counted; --limit says more")
    hits = [Hit(one, places) for one in found if (places := tuple(spans(one.folded)))]
    hits.sort(key=_order)
    named = _named(word.strip(), glossary_terms(project))
    likely = _likely(hits, units) if units and not named else {}
    for hit in hits:
        hit.named, hit.likely = named, likely
    return Found(tuple(hits), tuple(warnings), not cut)


def _order(hit: Hit) -> tuple[str, str, str]:
    _, language, folded = hit.standing
    return folded[hit.folded[0][0] :], folded, language


def _all(project: Project) -> tuple[list[Held], Sequence[str]]:
    units: list[Held] = []
    warnings = []
    for path in project.memory_paths():
        try:
            units += hold(project, path)
        except BilingoError as error:
            warnings.append(f"{error}; this memory file is left out")
    return units, warnings


def _parts(wanted: str) -> list[str]:
    """The stems of English words, none for anything else."""
    words = stems.WORD.findall(wanted)
    return [] if stems.WORD.sub("", wanted).strip(" -") else list(map(stems.stem, words))


def _finder(wanted: str, parts: Sequence[str]) -> Callable[[str], Iterator[Span]]:
    """What finds a word in a folded text: as it stands, and in its other forms."""
    first = stems.beginning(parts[0]) if parts else None

    def spans(text: str) -> Iterator[Span]:
        found: list[Span] = []
        start = text.find(wanted)
        while start >= 0:
            found.append((start, start + len(wanted)))
            start = text.find(wanted, start + len(wanted))
        if first:
            found += _forms(text, first, parts)
            found.sort(key=lambda span: (span[0], -span[1]))
        last = 0
        for start, end in found:
            if start >= last:
                yield start, end
                last = end

    return spans


def _form(part: str) -> Form:
    """The words of this stem."""
    return Form(stems.root(part), lambda word: stems.stem(word) == part)


def _forms(text: str, first: re.Pattern[str], parts: Sequence[str]) -> Iterator[Span]:
    """Words of these stems in a row."""
    for word in first.finditer(text):
        row = [word, *islice(stems.IN_A_ROW.finditer(text, word.end()), len(parts) - 1)]
        if [stems.stem(found.group()) for found in row] == [*parts]:
            yield word.start(), row[-1].end()


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
