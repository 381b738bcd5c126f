"""The memory: files read, texts folded once, every match found; import, export, search, stats."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypedDict

from bilingo import formats
from bilingo.errors import BilingoError
from bilingo.formats import tmx
from bilingo.match import rank, scan
from bilingo.model import TU, TUV, Candidate, Context, Locale, Match
from bilingo.project import Project
from bilingo.stores import files
from bilingo.stores.files import Change
from bilingo.text import locales, scripts
from bilingo.text.fold import fold

ENOUGH = 200  # Han characters that tell the script of a file for certain


@dataclass(frozen=True, slots=True)
class Side:
    """The memory seen from one language: folded texts, and whose they are."""

    folded: tuple[str, ...]
    variants: tuple[tuple[TU, TUV], ...]


@dataclass(frozen=True, slots=True)
class Memory:
    """Translation units, and what could not be read. It has no direction; a look-up has."""

    units: tuple[TU, ...]
    warnings: tuple[str, ...] = ()
    _sides: dict[str, Side] = field(default_factory=dict)

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
        """`rank.rank` of all texts of the memory at or above `threshold` percent."""
        side = self._side(locales.language(source))
        candidates = (
            Candidate(*side.variants[hit.index], hit.distance, hit.length)
            for hit in scan.scan(fold(text), side.folded, threshold)
        )
        return rank.rank(
            text, context, source, target, candidates, threshold=threshold, limit=limit
        )

    def _side(self, language: str) -> Side:
        """The texts of one language, folded once for all look-ups of a run."""
        if language not in self._sides:
            variants = tuple(
                (unit, tuv)
                for unit in self.units
                for tuv in unit.tuvs
                if locales.language(tuv.locale) == language
            )
            self._sides[language] = Side(tuple(fold(tuv.text) for _, tuv in variants), variants)
        return self._sides[language]


def load(project: Project, *, strict: bool = False) -> Memory:
    """All of the project's memory.

    A file that cannot be read is named in `warnings` and left out whole, never half read; with
    `strict` (for commands that write) it raises BilingoError instead.
    """
    units: list[TU] = []
    warnings: list[str] = []
    for path in project.memory_paths():
        try:
            units += read_file(project, path).units
        except BilingoError as error:
            if strict:
                raise
            warnings.append(f"{error}; this memory file is left out")
    return Memory(tuple(units), tuple(warnings))


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
    shown = project.shown(path)
    raw = files.read(path)
    inside = path.resolve().is_relative_to(project.memory.resolve())
    penalty = project.folder_penalty(path) if inside else 0
    remarks: Counter[str] = Counter()
    try:
        units = tuple(tmx.read(raw, path=shown, penalty=penalty, remarks=remarks))
    except BilingoError as error:
        raise error.at(shown) from None
    script = _script_of_bare_chinese(units)
    if script:
        units = tuple(_with_script(unit, script) for unit in units)
        remarks[f"texts of “zh”, which look like {script}"] = len(units)
    warnings = (f"{shown}: {sentence} ({count})" for sentence, count in remarks.items())
    return MemoryFile(raw, units, tuple(warnings))


def _script_of_bare_chinese(units: Sequence[TU]) -> Locale:
    """`zh-Hant` or `zh-Hans` for a file that only says `zh`, by all its texts together.

    One short text says too little, so a file with little Chinese, or of both scripts, stays `zh`.
    """
    text = "".join(tuv.text for unit in units for tuv in unit.tuvs if tuv.locale == "zh")
    script = scripts.script_of(text)
    return f"zh-{script}" if scripts.han_count(text) >= ENOUGH and script[:2] == "Ha" else ""


def _with_script(unit: TU, locale: Locale) -> TU:
    tuvs = tuple(replace(t, locale=locale) if t.locale == "zh" else t for t in unit.tuvs)
    return replace(unit, tuvs=tuvs)


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
        if _is_tmx(path) and not format_name:
            found = read_file(project, path)
        else:
            found = read_article(project, path, format_name=format_name, encoding=encoding)
        target = project.memory / f"{files.safe_name(name or path.stem)}.tmx"
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


def _is_tmx(path: Path) -> bool:
    return path.suffix.lower() == ".tmx" or path.suffix.lower() not in formats.suffixes()


def read_article(
    project: Project, path: Path, *, format_name: str = "", encoding: str = ""
) -> MemoryFile:
    """The pairs of an article in both languages, as a memory file."""
    from bilingo.pipelines import bilingual  # it needs what stands here

    found = bilingual.sides(project, path, format_name=format_name, encoding=encoding)
    return MemoryFile(b"", tuple(bilingual.units(project, found)), tuple(bilingual.remarks(found)))


def export(project: Project, only: Sequence[Locale] = ()) -> tuple[bytes, int]:
    """The whole memory as one TMX file, and its number of units; `only` keeps these locales.

    Raises BilingoError when a memory file cannot be read.
    """
    units: dict[str, TU] = {}
    for unit in load(project, strict=True).units:
        kept = tuple(tuv for tuv in unit.tuvs if not only or tuv.locale in only)
        if len(kept) > 1:
            part = replace(unit, tuvs=kept)
            part = part if kept == unit.tuvs else replace(part, tuid="")
            units.setdefault(part.tuid or tmx.tuid(part), part)
    return tmx.write(tuple(units.values())), len(units)


@dataclass(frozen=True, slots=True)
class Hit:
    """A text of the memory that contains what was searched, at `start` to `end`."""

    tu: TU
    found: TUV
    others: tuple[TUV, ...]
    start: int
    end: int


def search(project: Project, word: str) -> tuple[tuple[Hit, ...], tuple[str, ...]]:
    """Every text of the memory that contains `word`, in any language, without regard to case.

    Sorted by what follows the word, as a concordance is. Raises BilingoError for an empty word.
    """
    wanted = word.casefold()
    if not wanted.strip():
        raise BilingoError("nothing to search for")
    memory = load(project)
    hits = []
    for unit in memory.units:
        for tuv in unit.tuvs:
            # casefold keeps the length of English and Chinese text; where it does not, no mark
            start = tuv.text.casefold().find(wanted)
            if start < 0:
                continue
            others = tuple(other for other in unit.tuvs if other != tuv)
            end = start + len(wanted)
            hits.append(Hit(unit, tuv, others, start, end))
    hits.sort(key=lambda hit: (hit.found.text[hit.start :].casefold(), hit.tu.tuid))
    return tuple(hits), memory.warnings


class FileStats(TypedDict):
    """One memory file counted."""

    path: str
    units: int
    locales: dict[str, int]
    status: dict[str, int]


def stats(project: Project) -> tuple[list[FileStats], tuple[str, ...]]:
    """The units of each memory file by locale and status, and what could not be read."""
    memory = load(project)
    rows: dict[str, list[TU]] = {}
    for unit in memory.units:
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
    return counted, memory.warnings
