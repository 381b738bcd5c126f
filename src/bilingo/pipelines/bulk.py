"""`memory import` of more than memory holds: read, sorted and written in constant memory.

The outcome is what `exchange.import_files` makes of the same files.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from hashlib import file_digest, sha256
from itertools import groupby
from pathlib import Path

from bilingo import __version__
from bilingo.errors import BilingoError
from bilingo.formats import tmx
from bilingo.pipelines.bare import Tally, with_script
from bilingo.pipelines.exchange import Imported, is_tmx, target_of
from bilingo.pipelines.memory import Tell, silent
from bilingo.project import Project
from bilingo.stores import files
from bilingo.stores.cache import folder, make_folder
from bilingo.stores.sorting import Sorted, sweep

LARGE = files.LIMIT  # bytes; less than that is done in memory
PREFIX = "import-"  # of the folders in which an import is kept
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
    project: Project,
    paths: Sequence[Path],
    name: str,
    *,
    write: bool,
    tick: Tick,
    tell: Tell = silent,
) -> tuple[tuple[Imported, ...], tuple[Path, ...]]:
    """What came in, and the memory files that are new, or would be without `write`.

    Each memory file is as it was until all of it is safe on disk. An import that was killed or
    interrupted is gone on with, when neither its files nor the memory file have changed since;
    `tell` hears of it. Raises BilingoError when a file cannot be read whole: nothing of it comes
    in.
    """
    targets: dict[Path, list[Path]] = {}
    for path in paths:
        targets.setdefault(target_of(project, path, name), []).append(path)
    done: list[Imported] = []
    changed = []
    place = folder(project.root)
    try:
        make_folder(place)
        named = {
            place / (PREFIX + _digest((target, *sources))): (target, sources)
            for target, sources in targets.items()
        }
        sweep(place, PREFIX, named)
        for where, (target, sources) in named.items():
            with Sorted(where, lambda line: line[_TUID]) as lines:
                part, new = _import(project, target, sources, lines, write, tick, tell)
            done += part
            if new:
                changed.append(target)
    except OSError as error:
        raise BilingoError(f"cannot sort it: {error.strerror}", where=str(place)) from error
    return tuple(done), tuple(changed)


def _digest(paths: Sequence[Path]) -> str:
    """A name for what the memory file and the files that go into it hold."""
    digests = [__version__]
    for path in paths:
        digest = "none"
        if path.is_file():
            with path.open("rb") as file:
                digest = file_digest(file, "sha256").hexdigest()
        digests.append(digest)
    return sha256(" ".join(digests).encode()).hexdigest()[:32]


def _import(
    project: Project,
    target: Path,
    sources: Sequence[Path],
    lines: Sorted,
    write: bool,
    tick: Tick,
    tell: Tell,
) -> tuple[list[Imported], bool]:
    stamps = [files.stamp(path) for path in (target, *sources)]
    if stamps[0]:
        _check_ours(project, target)
    kept = _Kept(**lines.note) if lines.note else _Kept()
    if kept.units:
        tell(f"resumed at {kept.units:,} units")
    for number, path in enumerate((target, *sources)):
        if number == len(kept.found):
            if stamps[number]:
                _add(project, path, number, lines, kept, tick)
            else:
                kept.found.append((0, []))
        elif stamps[number]:
            tick(path.stat().st_size)
    if stamps != [files.stamp(path) for path in (target, *sources)]:
        raise BilingoError("changed while it was read", where=str(target.parent), hint="run again")
    new: Counter[int] = Counter()

    def content() -> Iterator[bytes]:
        yield tmx.HEAD.encode()
        for _, same in groupby(lines, lambda line: line[_TUID]):
            first = next(same)
            new[int(first[:_NUMBER])] += 1
            yield first[_NUMBER:]
        yield tmx.TAIL.encode()

    if write:
        changed = files.stream(project.root, target, content(), stamps[0])
    else:
        for _ in content():
            pass
        changed = any(new[n] for n in range(1, len(sources) + 1))
    done = [
        Imported(project.shown(path), count, new[number], tuple(warnings))
        for number, (path, (count, warnings)) in enumerate(
            zip(sources, kept.found[1:], strict=True), 1
        )
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


@dataclass
class _Kept:
    """How far an import is; as a note of `Sorted`, where it goes on.

    `found` are number and warnings of the files that were read. Of the next one `rest` is to be
    read, its runs begin at `runs`, and what was `counted`, `remarks` and the `tally` of its bare
    `zh` are those of what was read, which is for the second time when its `script` is known.
    """

    units: int = 0
    found: list[tuple[int, list[str]]] = field(default_factory=list)
    rest: list[int] = field(default_factory=list)
    runs: int = 0
    counted: int = 0
    remarks: dict[str, int] = field(default_factory=dict)
    tally: list[int] = field(default_factory=lambda: [0, 0, 0])
    script: str = ""

    def begin(self, runs: int, script: str = "") -> None:
        """Read a file from its start."""
        self.units -= self.counted if script else 0
        self.runs, self.script = runs, script
        self.rest, self.counted, self.remarks, self.tally = [], 0, {}, [0, 0, 0]


def _add(project: Project, path: Path, number: int, lines: Sorted, kept: _Kept, tick: Tick) -> None:
    """Put the units of a file among the lines, from where `kept` says.

    What a bare `zh` means is known at the end of the file only: then it is read again.
    """
    shown = project.shown(path)
    try:
        script = _add_once(path, shown, number, lines, kept, tick)
        if script:
            lines.drop(kept.runs)
            kept.begin(kept.runs, script)
            _add_once(path, shown, number, lines, kept, tick)
    except OSError as error:
        raise BilingoError(f"cannot read it: {error.strerror}", where=shown) from error
    except BilingoError as error:
        raise error.at(shown) from None
    if kept.script:
        kept.remarks[f"texts of “zh”, which look like {kept.script}"] = kept.counted
    warnings = [f"{shown}: {what} ({times})" for what, times in kept.remarks.items()]
    kept.found.append((kept.counted, warnings))
    kept.begin(lines.coming)
    lines.keep(asdict(kept))


def _add_once(path: Path, shown: str, number: int, lines: Sorted, kept: _Kept, tick: Tick) -> str:
    """One reading; the script that another one has to know."""
    remarks = Counter(kept.remarks)
    tally = Tally(kept.tally)
    rest = tmx.Rest(*kept.rest) if kept.rest else None
    with _Told(path, tick) as file:
        if rest:
            tick(rest.start - rest.head)
        for units, after in tmx.read_on(file, remarks, path=shown, rest=rest):
            for unit in units:
                if kept.script:
                    unit = with_script(unit, kept.script)
                else:
                    tally.add(tuv.text for tuv in unit.tuvs if tuv.locale == "zh")
                lines.add(b"%0*d" % (_NUMBER, number) + tmx.line(unit).encode())
            kept.counted += len(units)
            kept.units += len(units)
            kept.remarks, kept.tally = dict(remarks), list(tally.counts)
            if lines.is_full and after:
                kept.rest = list(after)
                lines.keep(asdict(kept))
    return "" if kept.script else tally.script


class _Told(io.FileIO):
    """A file that tells how much of it was read."""

    def __init__(self, path: Path, tick: Tick) -> None:
        super().__init__(path, "rb")
        self._tick = tick

    def read(self, size: int | None = -1) -> bytes:
        content = super().read(-1 if size is None else size)
        self._tick(len(content))
        return content
