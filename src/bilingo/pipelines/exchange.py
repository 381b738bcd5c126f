"""Into the memory and out of it: files imported, all of it exported, what is in it counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TypedDict

from bilingo import formats
from bilingo.formats import tmx
from bilingo.frozen import dataclass, replace
from bilingo.model import TU, Locale
from bilingo.pipelines.memory import MemoryFile, read_file, read_own, read_units
from bilingo.project import Project
from bilingo.stores import files
from bilingo.stores.files import Change


@dataclass(frozen=True, slots=True)
class Imported:
    """What came in from one file, and how much of it the memory file did not have."""

    path: str
    units: int
    new: int
    warnings: tuple[str, ...]


def import_files(
    project: Project,
    paths: Sequence[Path],
    name: str,
    *,
    format_name: str = "",
    encoding: str = "",
) -> tuple[tuple[Imported, ...], tuple[Change, ...]]:
    """The memory files that the files at `paths` become; the caller writes the changes.

    A file is TMX, or an article in both languages (`bilingual.sides`), read as `format_name` and
    `encoding` say. `name` collects them in one file. Raises BilingoError when any of them cannot be
    read whole.
    """
    targets: dict[Path, dict[str, TU]] = {}
    before: dict[Path, bytes | None] = {}
    done = []
    for path in paths:
        if is_tmx(path) and not format_name:
            found = read_file(project, path)
        else:
            found = read_article(project, path, format_name=format_name, encoding=encoding)
        target = target_of(project, path, name)
        if target not in targets:
            before[target], units = read_own(project, target)
            targets[target] = {unit.tuid: unit for unit in units}
        ours = targets[target]
        size = len(ours)
        for unit in found.units:
            ours.setdefault(tmx.tuid(unit), replace(unit, tuid=tmx.tuid(unit)))
        new = len(ours) - size
        done.append(Imported(project.shown(path), len(found.units), new, found.warnings))
    changes = (
        Change(target, tmx.write(tuple(units.values())), before[target])
        for target, units in targets.items()
    )
    return tuple(done), tuple(changes)


def target_of(project: Project, path: Path, name: str) -> Path:
    """The memory file that `path` is imported to."""
    return project.memory / f"{files.safe_name(name or path.stem)}.tmx"


def is_tmx(path: Path) -> bool:
    """Whether it is imported as TMX, rather than as an article."""
    return path.suffix.lower() == ".tmx" or path.suffix.lower() not in formats.suffixes()


def read_article(
    project: Project, path: Path, *, format_name: str = "", encoding: str = ""
) -> MemoryFile:
    """The pairs of an article in both languages, as a memory file."""
    from bilingo.pipelines import bilingual  # here, because TMX needs no alignment

    found = bilingual.sides(project, path, format_name=format_name, encoding=encoding)
    return MemoryFile(b"", tuple(bilingual.units(project, found)), tuple(bilingual.remarks(found)))


def export(project: Project, only: Sequence[Locale] = ()) -> tuple[bytes, int]:
    """The whole memory as one TMX file, and its number of units; `only` keeps these locales.

    Raises BilingoError when a memory file cannot be read.
    """
    units: dict[str, TU] = {}
    for unit in (
        unit for path in project.memory_paths() for unit in read_file(project, path).units
    ):
        kept = tuple(tuv for tuv in unit.tuvs if not only or tuv.locale in only)
        if len(kept) > 1:
            part = replace(unit, tuvs=kept)
            part = part if kept == unit.tuvs else replace(part, tuid="")
            units.setdefault(part.tuid or tmx.tuid(part), part)
    return tmx.write(tuple(units.values())), len(units)


class FileStats(TypedDict):
    """One memory file counted."""

    path: str
    units: int
    locales: dict[str, int]
    status: dict[str, int]


def stats(project: Project) -> tuple[list[FileStats], tuple[str, ...]]:
    """The units of each memory file by locale and status, and what could not be read."""
    units, warnings = read_units(project)
    rows: dict[str, list[TU]] = {}
    for unit in units:
        rows.setdefault(unit.path, []).append(unit)
    counted: list[FileStats] = [
        {
            "path": path,
            "units": len(units),
            "locales": dict(sorted(Counter(t.locale for u in units for t in u.tuvs).items())),
            "status": dict(sorted(Counter(u.status for u in units).items())),
        }
        for path, units in rows.items()
    ]
    return counted, warnings
