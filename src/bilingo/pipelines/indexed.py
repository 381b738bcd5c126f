"""The memory by its indexes: of a file only those units are read that match."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import chain, groupby
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from bilingo.errors import BilingoError
from bilingo.formats import tmx_places
from bilingo.model import TU, TUV, Candidate, Locale
from bilingo.pipelines.bare import script_of_bare_chinese, with_script
from bilingo.pipelines.held import Placed, Standing
from bilingo.stores.cache import folder
from bilingo.stores.index import Hit, Index, Place
from bilingo.stores.index_cache import Indexes
from bilingo.text import locales
from bilingo.text.fold import fold

if TYPE_CHECKING:
    from mmap import mmap

    from bilingo.project import Project
    from bilingo.stores.index_build import Contents, Unit
    from bilingo.stores.index_words import Form

NO_BARE = b"-"  # in place of a script: no text of the file only says `zh`


MANY = 64  # look-ups; fewer take no longer than starting processes

Question = tuple[str, str, int]
"""Language, folded text, threshold."""
Answers = list[tuple[Path, tuple[bytes, list[tuple[Hit, tuple[Place, ...]]]]]]
"""Of each index: its file, its note, and the places of each hit."""


class Indexed:
    """Indexed memory files of a project; `tell` hears before one is indexed that is large.

    `unread` are the faults of files that are left out.
    """

    def __init__(
        self,
        project: Project,
        paths: Sequence[Path],
        tell: Callable[[str], None],
        merge: bool = False,
    ) -> None:
        self._project = project
        self._indexes = Indexes(
            folder(project.root),
            paths,
            _Reader(),
            lambda what: tell(self._shown(what)),
            merge=merge,
        )
        self._slices: dict[Path, _Slices] = {}
        self._expected: dict[Question, Answers] = {}

    @property
    def unread(self) -> list[BilingoError]:
        """Why files had to be left out."""
        return list(map(self._known, self._indexes.unread))

    @property
    def warnings(self) -> tuple[str, ...]:
        """What was found damaged and mended."""
        return tuple(map(self._shown, self._indexes.warnings))

    def candidates(self, language: str, query: str, threshold: int) -> Iterator[Candidate]:
        """Every variant whose folded text is similar to `query`, as `scan.scan` finds them."""
        question = language, query, threshold
        answers = self._expected.get(question)
        for path, (note, found) in self.answer(question) if answers is None else answers:
            for hit, places in found:
                for unit in self._units(path, note, places):
                    for tuv in _variants(unit, language, hit.text):
                        yield Candidate(unit, tuv, hit.distance, hit.length)

    def containing(
        self, part: str, forms: Sequence[Form], most: int, is_hit: Callable[[str], bool]
    ) -> tuple[list[Standing], bool]:
        """The folded texts with a part, then those that are hits with words of these forms.

        Once for each unit that has them, in file order; of each language of a file at most so many
        texts, and whether there may be more.
        """

        def ask(index: Index) -> tuple[bytes, dict[tuple[Place, str, str], None], bool]:
            found: dict[tuple[Place, str, str], None] = {}
            cut = False
            for language in index.languages:
                with_part = index.containing(language, part)
                every = index.with_forms(language, forms) if forms else ()
                taken: set[int] = set()
                for number, text in chain(with_part, (one for one in every if is_hit(one[1]))):
                    if number in taken:
                        continue
                    # Texts that no unit has any longer leave room for those that are there.
                    if places := index.places(language, number):
                        taken.add(number)
                        found |= dict.fromkeys((place, language, text) for place in places)
                    if len(taken) == most:
                        cut = True
                        break
            return index.note, found, cut

        standing = []
        more = False
        for path, answers in groupby(self._indexes.ask(ask), itemgetter(0)):
            noted = []
            for _, (note, found, cut) in answers:
                noted += [(*one, note) for one in found]
                more |= cut
            for place, language, text, note in sorted(noted):
                read = partial(self._unit, path, note, place)
                standing.append(Standing(Placed(read), language, text))
        return standing, more

    def expect(self, questions: Iterable[Question], jobs: int) -> None:
        """Answer these at once with so many processes, 0 for every core; they will be asked."""
        wanted = sorted(set(questions))
        if len(wanted) >= MANY:
            from bilingo.pipelines import batch

            self._expected = batch.answers(self, wanted, jobs)

    def answer(self, question: Question) -> Answers:
        """Where the units are whose texts are similar enough."""
        language, query, threshold = question

        def ask(index: Index) -> tuple[bytes, list[tuple[Hit, tuple[Place, ...]]]]:
            hits = index.candidates(language, query, threshold)
            placed = [(hit, index.places(language, hit.number)) for hit in hits]
            return index.note if hits else b"", placed

        return list(self._indexes.ask(ask))

    def _units(self, path: Path, note: bytes, places: Sequence[Place]) -> Iterator[TU]:
        if path not in self._slices:
            self._slices[path] = _Slices(self._project, path, note)
        try:
            contents = self._indexes.read(path, places)
        except BilingoError as error:
            raise self._known(error) from error
        for place, content in zip(places, contents, strict=True):
            yield self._slices[path].unit(content, place.line)

    def _unit(self, path: Path, note: bytes, place: Place) -> TU:
        (unit,) = self._units(path, note, [place])
        return unit

    def _known(self, error: BilingoError) -> BilingoError:
        return BilingoError(error.what, where=self._shown(error.where), hint=error.hint)

    def _shown(self, text: str) -> str:
        return text.replace(f"{self._project.root}/", "")


class _Reader:
    """Memory files as indexes are made from them."""

    def contents(self, path: Path, file: BinaryIO) -> Contents:
        from bilingo.stores.index_build import Contents

        bare: list[str] = []
        first = 0

        def units() -> Iterator[Unit]:
            nonlocal first
            from bilingo.stores.index_build import Unit

            try:
                for start, size, line, texts in tmx_places.texts(file):
                    first = first or start
                    bare.extend(text for locale, text in texts if locale == "zh")
                    yield Unit(Place(start, size, line), _folded(texts))
            except BilingoError as error:
                raise error.at(str(path)) from None

        def note() -> bytes:
            file.seek(0)
            script = script_of_bare_chinese(bare).encode() if bare else NO_BARE
            return script + b"\n" + file.read(first)

        return Contents(units(), note)

    def cuts(self, content: mmap) -> Sequence[int]:
        return tmx_places.cuts(content)

    def lines(
        self, note: bytes, lines: Sequence[bytes]
    ) -> Sequence[tuple[int, Sequence[tuple[str, str]]]]:
        found = tmx_places.lines(lines)
        if not note.startswith(NO_BARE) or any(
            locale == "zh" for one in found for locale, _ in one.texts
        ):
            return []  # what a bare zh is follows from the whole file
        return [(one.size, _folded(one.texts)) for one in found]


class _Slices:
    """Reads units of one memory file as `pipelines.memory.read_file` does."""

    def __init__(self, project: Project, path: Path, note: bytes) -> None:
        script, head = note.split(b"\n", 1)
        penalty = project.penalty(path)
        self._script = script.decode() if script != NO_BARE else ""
        self._slices = tmx_places.Slices(head, path=project.shown(path), penalty=penalty)

    def unit(self, content: bytes, line: int) -> TU:
        unit = self._slices.unit(content, line)
        return with_script(unit, self._script) if self._script else unit


def _folded(texts: Iterable[tuple[Locale, str]]) -> list[tuple[str, str]]:
    return [(locales.language(locale), fold(text)) for locale, text in texts]


def _variants(unit: TU, language: str, folded: str) -> list[TUV]:
    """The texts of the unit that an index has as `folded`."""
    found = [
        tuv
        for tuv in unit.tuvs
        if locales.language(tuv.locale) == language and fold(tuv.text) == folded
    ]
    if not found:
        where = f"{unit.path}:{unit.line}"
        raise BilingoError("changed while it was read", where=where, hint="run again")
    return found
