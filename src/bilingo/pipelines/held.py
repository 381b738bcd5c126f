"""Units of a memory that is scanned: read whole, or only when one of their texts is a match."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import Protocol

from bilingo.errors import BilingoError
from bilingo.formats import tmx_places
from bilingo.frozen import NamedTuple
from bilingo.model import TU, Locale
from bilingo.pipelines.bare import script_of_bare_chinese, with_script
from bilingo.project import Project
from bilingo.stores import files
from bilingo.text import locales
from bilingo.text.fold import fold


class Held(Protocol):
    """A unit whose texts are known."""

    @property
    def texts(self) -> list[tuple[Locale, str]]:
        """Its texts with their locales, in the order of its variants."""
        ...

    @property
    def unit(self) -> TU:
        """The unit itself."""
        ...


class Whole:
    """A unit that was read."""

    def __init__(self, unit: TU) -> None:
        self.unit = unit
        self.texts = [(tuv.locale, tuv.text) for tuv in unit.tuvs]


class Placed:
    """A unit of an indexed file, which is read when somebody asks."""

    def __init__(self, read: Callable[[], TU]) -> None:
        self._read = read

    @cached_property
    def unit(self) -> TU:
        """The unit. Raises BilingoError when its file has changed."""
        return self._read()

    @cached_property
    def texts(self) -> list[tuple[Locale, str]]:
        """Its texts."""
        return [(tuv.locale, tuv.text) for tuv in self.unit.tuvs]


class Standing(NamedTuple):
    """A folded text of a unit in which a phrase stands, and its language."""

    held: Held
    language: str
    folded: str


def standing(units: Iterable[Held], part: str) -> Iterator[Standing]:
    """The folded texts of these units in which folded `part` stands; an empty one nowhere."""
    for held in units if part else ():
        for language, folded in dict.fromkeys(
            (locales.language(locale), fold(text)) for locale, text in held.texts
        ):
            if part in folded:
                yield Standing(held, language, folded)


class Line:
    """A unit of a file that is read when somebody asks for more than its texts."""

    def __init__(self, file: _File, found: tmx_places.Texts) -> None:
        self._file, self._found, self.start = file, found, found.start
        self.texts = list(found.texts)

    @property
    def unit(self) -> TU:
        """The unit, as `tmx.read` reads it."""
        return self._file.unit(self._found)


class _File:
    """The bytes of a memory file, and how its units are read from them."""

    def __init__(self, raw: bytes, shown: str, penalty: int) -> None:
        self._raw, self._shown, self._penalty = raw, shown, penalty
        self._slices: tmx_places.Slices | None = None
        self.first, self.script = 0, ""

    def unit(self, found: tmx_places.Texts) -> TU:
        if self._slices is None:
            self._slices = tmx_places.Slices(
                self._raw[: self.first], path=self._shown, penalty=self._penalty
            )
        content = self._raw[found.start : found.start + found.size]
        unit = self._slices.unit(content, found.line)
        return with_script(unit, self.script) if self.script else unit


def hold(project: Project, path: Path) -> list[Held]:
    """The units of a memory file, in file order.

    Raises BilingoError (`path:line:column`) for a file that is damaged or cut off: never half read.
    """
    raw, shown = files.read(path), project.shown(path)
    file = _File(raw, shown, project.penalty(path))
    try:
        lines = [Line(file, found) for found in tmx_places.texts(io.BytesIO(raw))]
    except BilingoError as error:
        raise error.at(shown) from None
    if lines:
        file.first = lines[0].start
        bare = (text for line in lines for locale, text in line.texts if locale == "zh")
        file.script = script_of_bare_chinese(bare)
    return [*lines]
