"""`memory import` of more than memory holds: read, sorted and written in constant memory.

The outcome is what `memory.import_files` makes of the same files.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from pathlib import Path

from bilingo.errors import BilingoError
from bilingo.formats import tmx
from bilingo.pipelines.bare import Tally, with_script
from bilingo.pipelines.memory import Imported, is_tmx, target_of
from bilingo.project import Project
from bilingo.stores import files
from bilingo.stores.index_cache import folder, make_folder
from bilingo.stores.sorting import Sorted

LARGE = files.LIMIT  # bytes; less than that is done in memory
_NUMBER = 6  # digits before each line: of the file it comes from
_TUID = slice(_NUMBER + len('<tu tuid="'), _NUMBER + len('<tu tuid="') + 16)

Tick = Callable[[int], None]
"""Hears of every so many bytes read."""


def is_large(project: Project, paths: Sequence[Path], name: str) -> bool:
    """Whether these TMX files, with the memory file they go to, are too large for memory."""
    targets = {target_of(project, path, name) for path in paths}
    sizes = [path.stat().st_size for path in (*paths, *targets) if path.is_file()]
    return all(map(is_tmx, paths)) and sum(sizes) > LARGE


def import_large(
    project: Project, paths: Sequence[Path], name: str, *, write: bool, tick: Tick
) -> tuple[tuple[Imported, ...], tuple[Path, ...]]:
    """What came in, and the memory files that are new, or would be without `write`.

    Each memory file is as it was until all of it is safe on disk. Raises BilingoError when a file
    cannot be read whole: nothing of it comes in.
    """
    targets: dict[Path, list[Path]] = {}
    for path in paths:
        targets.setdefault(target_of(project, path, name), []).append(path)
    done: list[Imported] = []
    changed = []
    place = folder(project.root)
    try:
        make_folder(place)
        for target, sources in targets.items():
            with Sorted(place, lambda line: line[_TUID]) as lines:
                part, new = _import(project, target, sources, lines, write, tick)
            done += part
            if new:
                changed.append(target)
    except OSError as error:
        raise BilingoError(f"cannot sort it: {error.strerror}", where=str(place)) from error
    return tuple(done), tuple(changed)


def _import(
    project: Project, target: Path, sources: Sequence[Path], lines: Sorted, write: bool, tick: Tick
) -> tuple[list[Imported], bool]:
    before = files.stamp(target)
    if before:
        _check_ours(project, target)
        _add(project, target, 0, lines, tick)
    found = [_add(project, path, n, lines, tick) for n, path in enumerate(sources, 1)]
    new: Counter[int] = Counter()

    def content() -> Iterator[bytes]:
        yield tmx.HEAD.encode()
        for _, same in groupby(lines, lambda line: line[_TUID]):
            first = next(same)
            new[int(first[:_NUMBER])] += 1
            yield first[_NUMBER:]
        yield tmx.TAIL.encode()

    if write:
        changed = files.stream(project.root, target, content(), before)
    else:
        for _ in content():
            pass
        changed = any(new[n] for n in range(1, len(sources) + 1))
    done = [
        Imported(project.shown(path), units, new[number], warnings)
        for number, (path, (units, warnings)) in enumerate(zip(sources, found, strict=True), 1)
    ]
    return done, changed


def _check_ours(project: Project, target: Path) -> None:
    with target.open("rb") as file:
        ours = tmx.is_ours(file.read(4096))
    if not ours:
        raise BilingoError(
            "this memory file is another tool's and is not rewritten",
            where=project.shown(target),
            hint="give another --name, or move it",
        )


def _add(
    project: Project, path: Path, number: int, lines: Sorted, tick: Tick
) -> tuple[int, tuple[str, ...]]:
    """Put the units of a file among the lines; their number, and what was left out of it.

    What a bare `zh` means is known at the end of the file only: then it is read again.
    """
    shown = project.shown(path)
    start = lines.cut()
    script = ""
    for _ in range(2):
        remarks: Counter[str] = Counter()
        tally = Tally()
        count = 0
        try:
            with _Told(path, tick) as file:
                for unit in tmx.read(file, path=shown, remarks=remarks):
                    count += 1
                    tally.add(tuv.text for tuv in unit.tuvs if tuv.locale == "zh")
                    unit = with_script(unit, script) if script else unit
                    lines.add(b"%0*d" % (_NUMBER, number) + tmx.line(unit).encode())
        except OSError as error:
            raise BilingoError(f"cannot read it: {error.strerror}", where=shown) from error
        except BilingoError as error:
            raise error.at(shown) from None
        if script or not tally.script:
            break
        script = tally.script
        lines.drop(start)
    if script:
        remarks[f"texts of “zh”, which look like {script}"] = count
    return count, tuple(f"{shown}: {what} ({times})" for what, times in remarks.items())


class _Told(io.FileIO):
    """A file that tells how much of it was read."""

    def __init__(self, path: Path, tick: Tick) -> None:
        super().__init__(path, "rb")
        self._tick = tick

    def read(self, size: int | None = -1) -> bytes:
        content = super().read(-1 if size is None else size)
        self._tick(len(content))
        return content
