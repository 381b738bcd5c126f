"""Where indexes are kept, and when they are made again.

Each memory file has an index of its own, named by the hash of the file's content, so a changed file
is read again alone and a file that comes back finds its index. The list `sources` remembers which
content a file had when its size, date and inode were such, as git's own index does; so a memory
that did not change is not even read. Whatever is here may be deleted at any time.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, NamedTuple, TypeVar

from bilingo.errors import BilingoError
from bilingo.stores import index_pages
from bilingo.stores.index import Index, Place
from bilingo.stores.index_pages import Damaged

if TYPE_CHECKING:
    from bilingo.stores.index_build import Contents

SUFFIX = ".idx"
SOURCES = "sources"
_RACY = 2_000_000_000  # ns: the coarsest clock of a file system (FAT)
_DAY = 86_400_000_000_000
LARGE = 4_000_000  # bytes of a memory file that takes long enough to say so

Reader = Callable[[Path, BinaryIO], "Contents"]
"""The contents of a memory file; raises BilingoError for one that cannot be read whole."""

T = TypeVar("T")


class Stamp(NamedTuple):
    """What changes when a file does."""

    size: int
    date: int  # ns; the later one of content and inode, since the former can be set back
    inode: int


def folder(root: Path) -> Path:
    """The folder of a project's indexes: in the project, or in the user's cache if it is read-only.

    That is $XDG_CACHE_HOME, or ~/.cache (XDG Base Directory Specification 0.8).
    """
    here = root / ".bilingo"
    if os.access(here if here.is_dir() else root, os.W_OK | os.X_OK):
        return here
    home = os.environ.get("XDG_CACHE_HOME", "")
    cache = Path(home) if Path(home).is_absolute() else Path("~/.cache").expanduser()
    from hashlib import blake2b

    name = blake2b(os.fsencode(root.resolve()), digest_size=8).hexdigest()
    return cache / "bilingo" / name


class Indexes:
    """The indexes of memory files, each made when it is missing, stale or damaged.

    `warnings` collects a sentence for each thing that went wrong and was mended, `unread` why files
    cannot be read whole: they are left out. `built` names the files whose index was made; `tell`
    hears of a large one before that.
    """

    def __init__(
        self,
        place: Path,
        paths: Iterable[Path],
        read: Reader,
        tell: Callable[[str], None] = lambda _: None,
    ) -> None:
        self.place, self._read, self._tell = place, read, tell
        self.warnings: list[str] = []
        self.unread: list[BilingoError] = []
        self.built: list[Path] = []
        self._known, self._dated = self._sources()
        self._names: dict[Path, tuple[str, Stamp]] = {}
        self._open: dict[Path, Index] = {}
        self._hashed = False
        for path in paths:
            self._take(path)
        now = {str(path): entry for path, entry in self._names.items()}
        if self._hashed or now != self._known:
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

    def read(self, path: Path, places: Sequence[Place]) -> list[bytes]:
        """What stands at these places of a memory file. Raises BilingoError if it has changed."""
        try:
            with path.open("rb", buffering=0) as file:
                _make_sure(path, file, self._names[path][1])
                return [os.pread(file.fileno(), place.size, place.start) for place in places]
        except OSError as error:
            raise BilingoError(f"cannot read it: {error.strerror}", where=str(path)) from error

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
            self._leave_out(path, error)
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
        except (OSError, BilingoError) as error:
            self._leave_out(path, error)
        else:
            self._names[path] = name, stamp
            self._hashed = True

    def _leave_out(self, path: Path, error: OSError | BilingoError) -> None:
        self._open.pop(path, None)
        if isinstance(error, OSError):
            error = BilingoError(f"cannot read it: {error.strerror}", where=str(path))
        self.unread.append(error)

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
        from bilingo.stores import index_build  # here, because a query seldom builds

        if os.fstat(file.fileno()).st_size > LARGE:
            self._tell(f"{path}: its index is made, which is needed once")
        sections = index_build.sections(self._read(path, file), name)
        target = self.place / (name + SUFFIX)
        try:
            _make_folder(self.place)
            index_pages.write(target, sections)
            with target.open("rb") as made:
                self._open[path] = Index(made)
        except OSError as error:
            import tempfile

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


def _make_folder(place: Path) -> None:
    """The folder, which keeps itself out of git."""
    place.mkdir(parents=True, exist_ok=True)
    ignore = place / ".gitignore"
    if not ignore.exists():
        ignore.write_text("*\n", encoding="ascii")


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
    return Stamp(info.st_size, max(info.st_mtime_ns, info.st_ctime_ns), info.st_ino)


def _hash(file: BinaryIO) -> str:
    from hashlib import sha256  # here: a memory that did not change is not hashed

    digest = sha256()  # processors have instructions for it: twice as fast as blake2b
    while chunk := file.read(1 << 20):
        digest.update(chunk)
    return digest.hexdigest()[:32]
