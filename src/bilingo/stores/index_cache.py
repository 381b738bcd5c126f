"""Where indexes are kept, and when they are made again.

Each memory file has an index of its own, named by the hash of the file's content, so a changed file
is read again alone and a file that comes back finds its index. The list `sources` remembers which
content a file had when its size, date and inode were such, as git's own index does; so a memory
that did not change is not even read. Whatever is here may be deleted at any time.
"""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator
from hashlib import blake2b
from pathlib import Path
from typing import BinaryIO, NamedTuple, TypeVar

from bilingo.errors import BilingoError
from bilingo.stores import index_build, index_pages
from bilingo.stores.index import Index
from bilingo.stores.index_build import Unit
from bilingo.stores.index_pages import Damaged

SUFFIX = ".idx"
SOURCES = "sources"
_RACY = 2_000_000_000  # ns: the coarsest clock of a file system (FAT)
_DAY = 86_400_000_000_000

Reader = Callable[[Path, BinaryIO], Iterable[Unit]]
"""The units of a memory file; raises BilingoError for one that cannot be read whole."""

T = TypeVar("T")


class Stamp(NamedTuple):
    """What changes when a file does."""

    size: int
    date: int  # ns
    inode: int


def folder(root: Path, cache_home: Path) -> Path:
    """The folder of a project's indexes: in the project, or below `cache_home` if it is read-only.

    `cache_home` is what $XDG_CACHE_HOME says.
    """
    here = root / ".bilingo"
    if os.access(here if here.is_dir() else root, os.W_OK | os.X_OK):
        return here
    name = blake2b(os.fsencode(root.resolve()), digest_size=8).hexdigest()
    return cache_home / "bilingo" / name


class Indexes:
    """The indexes of memory files, each made when it is missing, stale or damaged.

    `warnings` collects a sentence for each thing that went wrong and was mended, `built` the files
    whose index was made; a file that cannot be read whole is left out with a warning.
    """

    def __init__(self, place: Path, paths: Iterable[Path], read: Reader) -> None:
        self.place, self._read = place, read
        self.warnings: list[str] = []
        self.built: list[Path] = []
        self._known, self._dated = self._sources()
        self._names: dict[Path, tuple[str, Stamp]] = {}
        self._open: dict[Path, Index] = {}
        for path in paths:
            self._take(path)
        now = {str(path): entry for path, entry in self._names.items()}
        if now != self._known:
            self._remember(now)

    def ask(self, question: Callable[[Index], T]) -> Iterator[tuple[Path, T]]:
        """The answer of each index; one that proves to be damaged is made again and asked again.

        `question` returns whole answers, no iterators: damage shows while an index is being read.
        """
        for path in tuple(self._open):
            try:
                yield path, question(self._open[path])
            except Damaged as fault:
                self._mend(path, self._names[path][0], fault)
                self._make(path)
                if path in self._open:
                    yield path, _again(path, question, self._open[path])

    def close(self) -> None:
        """Close every index."""
        for index in self._open.values():
            index.close()
        self._open.clear()

    def _take(self, path: Path) -> None:
        """The index of a memory file whose stamp is known, or else of its content."""
        try:
            stamp = _stamp(path.stat())
        except OSError as error:
            self.warnings.append(f"{path}: {error.strerror}; this memory file is left out")
            return
        name, then = self._known.get(str(path), ("", None))
        # a file written in the moment the list was may have changed again within one tick
        if then == stamp and stamp.date + _RACY < self._dated and self._found(path, name):
            self._names[path] = name, stamp
        else:
            self._make(path)

    def _make(self, path: Path) -> None:
        """The index of a file's content, which is there or is made."""
        try:
            with path.open("rb") as file:
                stamp = _stamp(os.fstat(file.fileno()))
                name = _hash(file)
                if not self._found(path, name):
                    file.seek(0)
                    self._build(path, name, file)
                _make_sure(path, file, stamp)
        except OSError as error:
            self._open.pop(path, None)
            self.warnings.append(f"{path}: {error.strerror}; this memory file is left out")
        except BilingoError as error:
            self._open.pop(path, None)
            self.warnings.append(f"{error}; this memory file is left out")
        else:
            self._names[path] = name, stamp

    def _found(self, path: Path, name: str) -> bool:
        """Open the index of this name for `path`, if it is there and sound as far as one sees."""
        try:
            self._open[path] = _opened(self.place / (name + SUFFIX), name)
        except OSError:
            return False
        except Damaged as fault:
            self._mend(path, name, fault)
            return False
        return True

    def _build(self, path: Path, name: str, file: BinaryIO) -> None:
        sections = index_build.sections(self._read(path, file), name)
        target = self.place / (name + SUFFIX)
        try:
            self.place.mkdir(parents=True, exist_ok=True)
            index_pages.write(target, sections)
            with target.open("rb") as made:
                self._open[path] = Index(made)
        except OSError as error:
            self.warnings.append(f"{target}: cannot be kept: {error.strerror}")
            file.seek(0)
            with tempfile.TemporaryFile() as made:
                index_pages.dump(made, index_build.sections(self._read(path, file), name))
                made.flush()
                self._open[path] = Index(made)
        self.built.append(path)

    def _mend(self, path: Path, name: str, fault: Damaged) -> None:
        self.warnings.append(f"{path}: its index is not usable ({fault}) and is made again")
        self._open.pop(path, None)
        with contextlib.suppress(OSError):
            (self.place / (name + SUFFIX)).unlink()

    def _sources(self) -> tuple[dict[str, tuple[str, Stamp]], int]:
        """What the list remembers, and its date; nothing if it is not there or not readable."""
        known: dict[str, tuple[str, Stamp]] = {}
        try:
            with (self.place / SOURCES).open("rb") as file:
                dated = os.fstat(file.fileno()).st_mtime_ns
                for line in os.fsdecode(file.read()).split("\0")[:-1]:
                    name, size, date, inode, path = line.split(" ", 4)
                    known[path] = name, Stamp(int(size), int(date), int(inode))
        except (OSError, ValueError):
            return {}, 0
        return known, dated

    def _remember(self, known: dict[str, tuple[str, Stamp]]) -> None:
        """Write the list, and remove indexes that nothing in it needs."""
        text = "".join(
            f"{name} {stamp.size} {stamp.date} {stamp.inode} {path}\0"
            for path, (name, stamp) in sorted(known.items())
        )
        target = self.place / SOURCES
        temp = target.with_name(f".{SOURCES}.{os.getpid()}{index_pages.TEMP}")
        needed = {name + SUFFIX for name, _ in known.values()}
        with contextlib.suppress(OSError):  # a list that is not there costs time and nothing else
            temp.write_bytes(os.fsencode(text))
            temp.replace(target)
            now = target.stat().st_mtime_ns
            for old in self.place.iterdir():
                unneeded = old.suffix == SUFFIX and old.name not in needed
                stale = old.name.endswith(index_pages.TEMP)
                if unneeded or stale and old.stat().st_mtime_ns < now - _DAY:
                    old.unlink()


def _opened(path: Path, name: str) -> Index:
    with path.open("rb") as file:
        index = Index(file)
    if index.source != name:
        raise Damaged("another file's")
    return index


def _again(path: Path, question: Callable[[Index], T], index: Index) -> T:
    try:
        return question(index)
    except Damaged as fault:
        hint = "the disk may be failing"
        raise BilingoError(f"its new index is {fault}", where=str(path), hint=hint) from None


def _make_sure(path: Path, file: BinaryIO, stamp: Stamp) -> None:
    if _stamp(os.fstat(file.fileno())) != stamp:
        raise BilingoError("changed while it was read", where=str(path), hint="run again")


def _stamp(info: os.stat_result) -> Stamp:
    return Stamp(info.st_size, info.st_mtime_ns, info.st_ino)


def _hash(file: BinaryIO) -> str:
    digest = blake2b(digest_size=16)
    while chunk := file.read(1 << 20):
        digest.update(chunk)
    return digest.hexdigest()
