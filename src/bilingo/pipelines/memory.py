"""The memory: files read, texts folded once, every match found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from bilingo.errors import BilingoError
from bilingo.formats import tmx
from bilingo.frozen import dataclass
from bilingo.match import rank, scan
from bilingo.model import TU, Candidate, Context, Locale, Match
from bilingo.pipelines.bare import script_of_bare_chinese, with_script
from bilingo.project import Project
from bilingo.text import locales
from bilingo.text.fold import fold

if TYPE_CHECKING:
    from bilingo.pipelines.held import Held, Standing
    from bilingo.pipelines.indexed import Indexed
    from bilingo.stores.index_words import Form

Tell = Callable[[str], None]
"""Hears what takes long, before it begins."""

SEARCHED = 8 * 1024 * 1024  # bytes of a memory in which half of a text is looked for at once
SCANNED = 256 * 1024  # bytes of a memory that is read sooner than an index is opened


@dataclass(frozen=True, slots=True)
class Side:
    """Units seen from one language: folded texts, and which variant of whose they are."""

    folded: tuple[str, ...]
    owners: tuple[tuple[Held, int], ...]

    def candidate(self, place: int, distance: int, length: int) -> Candidate:
        """The variant at `place`, so far from a query."""
        held, number = self.owners[place]
        unit = held.unit
        return Candidate(unit, unit.tuvs[number], distance, length)


class Memory:
    """Translation units, and what could not be read. It has no direction; a look-up has.

    A small memory is scanned. A larger one has an index for each of its files; either way only the
    units are read that match, and the matches are the same.
    """

    def __init__(self, units: Iterable[TU] = (), indexed: Indexed | None = None) -> None:
        self._held: list[Held] = _whole(units)
        self._indexed = indexed
        self.searchable = True  # a look-up at any threshold takes no longer than a start
        self._sides: dict[str, Side] = {}
        self._unread: list[str] = []

    @property
    def warnings(self) -> tuple[str, ...]:
        """A sentence for each file that is left out, and for each index that was mended."""
        more = self._indexed.warnings if self._indexed else ()
        return (*self._unread, *more)

    @property
    def units(self) -> tuple[TU, ...]:
        """Every unit that is scanned, read."""
        return tuple(held.unit for held in self._held)

    def add(self, units: Iterable[Held]) -> None:
        """Let these be scanned too."""
        self._held += units
        self._sides.clear()

    def leave_out(self, error: BilingoError) -> None:
        """Say in `warnings` that a file could not be read."""
        self._unread.append(f"{error}; this memory file is left out")

    def matches(
        self,
        text: str,
        source: Locale,
        target: Locale,
        *,
        context: Context,
        threshold: int,
        limit: int,
    ) -> tuple[Match, ...]:
        """`rank.rank` of all texts of the memory at or above `threshold` percent.

        Raises BilingoError when a memory file changes while it is being asked.
        """
        language, query = locales.language(source), fold(text)
        candidates = self._scanned(language, query, threshold)
        if self._indexed:
            candidates = chain(candidates, self._indexed.candidates(language, query, threshold))
        return rank.rank(
            text, context, source, target, candidates, threshold=threshold, limit=limit
        )

    def expect(self, texts: Iterable[tuple[str, Locale]], threshold: int, jobs: int = 0) -> None:
        """Look up now what will be asked for, in so many processes; 0 stands for every core."""
        if self._indexed and jobs != 1:
            asked = ((locales.language(source), fold(text), threshold) for text, source in texts)
            self._indexed.expect(asked, jobs)

    def containing(
        self, part: str, forms: Sequence[Form], most: int, is_hit: Callable[[str], bool]
    ) -> tuple[list[Standing], bool]:
        """Every text, folded, that is a hit, for each unit with it.

        A hit contains the part, or words of these forms. All hits, unless there are `most` or more
        in a language of an indexed file: then as many, those with the part first, and True.
        """
        from bilingo.pipelines.held import standing

        roots = sorted((form.root for form in forms), key=len, reverse=True)
        held = standing(self._held, roots[0] if roots else part)
        found, cut = [one for one in held if is_hit(one.folded)], False
        if self._indexed:
            more, cut = self._indexed.containing(part, forms, most, is_hit)
            found += more
        return found, cut

    def indexed(self, text: str, source: Locale) -> Iterator[Candidate]:
        """Texts like this one but for what folding takes away, in files that have an index.

        Those of a small memory are in `units`.
        """
        if self._indexed:
            yield from self._indexed.candidates(locales.language(source), fold(text), 100)

    def within(self, text: str, source: Locale) -> dict[str, list[Candidate]]:
        """The texts of the memory that stand inside `text`, folded, and whose they are.

        Marks around a text of the memory do not count (`fragments.core`).
        """
        from bilingo.match import fragments

        language, whole = locales.language(source), fold(text)
        side = self._side(language)
        found: dict[str, list[Candidate]] = {}
        for place, folded in enumerate(side.folded):
            if len(folded) <= len(whole) and fragments.core(folded) in whole:
                candidate = side.candidate(place, 0, len(folded))
                found.setdefault(folded, []).append(candidate)
        if self._indexed:
            for window in fragments.windows(whole, source):
                for candidate in self._indexed.candidates(language, window, 100):
                    found.setdefault(window, []).append(candidate)
        return found

    def _scanned(self, language: str, query: str, threshold: int) -> Iterator[Candidate]:
        side = self._side(language)
        for hit in scan.scan(query, side.folded, threshold):
            yield side.candidate(hit.index, hit.distance, hit.length)

    def _side(self, language: str) -> Side:
        """The texts of one language, folded once for all look-ups of a run."""
        if language not in self._sides:
            folded, owners = [], []
            for held in self._held:
                for number, (locale, text) in enumerate(held.texts):
                    if locales.language(locale) == language:
                        folded.append(fold(text))
                        owners.append((held, number))
            self._sides[language] = Side(tuple(folded), tuple(owners))
        return self._sides[language]


def _whole(units: Iterable[TU]) -> list[Held]:
    if not units:
        return []
    from bilingo.pipelines.held import Whole

    return list(map(Whole, units))


def silent(what: str) -> None:
    """Who does not want to be told."""


def load(project: Project, *, strict: bool = False, tell: Tell = silent) -> Memory:
    """All of the project's memory, ready to be asked.

    A file that cannot be read is named in `warnings` and left out whole, never half read; with
    `strict` (for commands that write) it raises BilingoError instead. Indexes that are missing or
    stale are made, of which `tell` hears before when it takes long.
    """
    paths = project.memory_paths()
    size = sum(map(_size, paths))
    if size > SCANNED:
        from bilingo.pipelines.indexed import Indexed  # here, because a small memory has no use

        indexed = Indexed(project, paths, tell)
        memory = Memory(indexed=indexed)
        memory.searchable = size <= SEARCHED
        errors = indexed.unread
    else:
        from bilingo.pipelines.held import hold  # and a large one of this

        memory = Memory()
        errors = []
        for path in paths:
            try:
                memory.add(hold(project, path))
            except BilingoError as error:
                errors.append(error)
    for fault in errors:
        if strict:
            raise fault
        memory.leave_out(fault)
    return memory


def is_searchable(project: Project) -> bool:
    """Whether the memory is so small that reading all of it takes no longer than a start."""
    return sum(map(_size, project.memory_paths())) <= SEARCHED


def refresh(project: Project, tell: Tell = silent) -> None:
    """Bring the indexes up to date, as a command does that changed the memory.

    So nobody waits at the next look-up. What cannot be read is left to that to say.
    """
    paths = project.memory_paths()
    if sum(map(_size, paths)) > SCANNED:
        from bilingo.pipelines.indexed import Indexed

        Indexed(project, paths, tell, merge=True)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:  # whoever reads it says so
        return 0


def read_units(project: Project) -> tuple[tuple[TU, ...], tuple[str, ...]]:
    """Every unit of the memory, and a sentence for each file that had to be left out."""
    units: list[TU] = []
    warnings = []
    for path in project.memory_paths():
        try:
            units += read_file(project, path).units
        except BilingoError as error:
            warnings.append(f"{error}; this memory file is left out")
    return tuple(units), tuple(warnings)


@dataclass(frozen=True, slots=True)
class MemoryFile:
    """A TMX file's bytes, its units, and warnings about units that were left out."""

    raw: bytes
    units: tuple[TU, ...]
    warnings: tuple[str, ...]


def read_file(project: Project, path: Path) -> MemoryFile:
    """A whole TMX file; its units know the path and its folder's penalty.

    Raises BilingoError (`path:line:column`) for a file that is damaged or cut off: never half read.
    """
    from bilingo.stores import files  # here, as below: a look-up in an index reads no file whole

    shown = project.shown(path)
    raw = files.read(path)
    remarks: Counter[str] = Counter()
    try:
        units = tuple(tmx.read(raw, path=shown, penalty=project.penalty(path), remarks=remarks))
    except BilingoError as error:
        raise error.at(shown) from None
    script = script_of_bare_chinese(
        tuv.text for unit in units for tuv in unit.tuvs if tuv.locale == "zh"
    )
    if script:
        units = tuple(with_script(unit, script) for unit in units)
        remarks[f"texts of “zh”, which look like {script}"] = len(units)
    warnings = (f"{shown}: {sentence} ({count})" for sentence, count in remarks.items())
    return MemoryFile(raw, units, tuple(warnings))


def read_own(project: Project, path: Path) -> tuple[bytes | None, tuple[TU, ...]]:
    """A memory file that bilingo may write: its bytes (None when there is none) and its units.

    Raises BilingoError for a file another tool wrote, which is read but never rewritten.
    """
    if not path.exists():
        return None, ()
    found = read_file(project, path)
    if not tmx.is_ours(found.raw):
        raise BilingoError(
            "this memory file is another tool's and is not rewritten",
            where=project.shown(path),
            hint="give another --name, or move it",
        )
    return found.raw, found.units
