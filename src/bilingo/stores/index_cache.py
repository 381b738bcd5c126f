"""Where indexes are kept, and when they are made again.

Each memory file has an index of its own, named by the hash of the file's content, so a changed file
is read again alone and a file that comes back finds its index. The list `sources` remembers which
content a file had when its size, date and inode were such, as git's own index does; so a memory
that did not change is not even read. Whatever is here may be deleted at any time.
"""

from __future__ import annotations

import contextlib
import io
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, TypeVar

from bilingo.errors import BilingoError
from bilingo.frozen import NamedTuple
from bilingo.stores import index_pages
from bilingo.stores.cache import is_left, make_folder, put
from bilingo.stores.index import Index, Place
from bilingo.stores.index_moved import Patch
from bilingo.stores.index_pages import Damaged

if TYPE_CHECKING:
    from mmap import mmap

    from bilingo.stores.index_build import Reader
    from bilingo.stores.index_patch import Parts

SUFFIX = ".idx"
SOURCES = "sources"
_RACY = 2_000_000_000  # ns: the coarsest clock of a file system (FAT)
MERGED = 50  # changes of more than one unit in so many are merged when there is time
LARGE = 4_000_000  # bytes of a memory file that takes long enough to say so

T = TypeVar("T")


class Stamp(NamedTuple):
    """What changes when a file does."""

    size: int
    date: int  # ns; the later one of content and inode, since the former can be set back
    inode: int


class Indexes:
    """The indexes of memory files, each made when it is missing, stale or damaged.

    `warnings` collects a sentence for each thing that went wrong and was mended, `unread` why files
    cannot be read whole: they are left out. `built` names the files whose index was made; `tell`
    hears of a large one before that. With `merge`, which takes time, an index of changes that has
    grown becomes whole.
    """

    def __init__(
        self,
        place: Path,
        paths: Iterable[Path],
        read: Reader,
        tell: Callable[[str], None] = lambda _: None,
        merge: bool = False,
    ) -> None:
        self.place, self._read, self._tell, self._merge = place, read, tell, merge
        self.warnings: list[str] = []
        self.unread: list[BilingoError] = []
        self.built: list[Path] = []
        self._known, self._dated = self._sources()
        self._names: dict[Path, tuple[str, Stamp]] = {}
        self._open: dict[Path, tuple[Index, ...]] = {}  # the one of changes goes last
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
                answers = list(map(question, self._open[path]))
            except Damaged as fault:
                self._mend(path, self._names[path][0], fault)
                self._make(path)
                answers = _again(path, question, self._open.get(path, ()))
            for answer in answers:
                yield path, answer

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
        for indexes in self._open.values():
            for index in indexes:
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
                with _mapped(file, stamp.size) as content:
                    parts = self._parts(content)
                    name = parts.name if parts else _hash(content)
                    if not (self._found(path, name) or self._patch(path, content, parts)):
                        self._build(path, name, file, parts)
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
            index = _opened(self.place / (name + SUFFIX), name)
            if index.base:
                base = _opened(self.place / (index.base + SUFFIX), index.base)
                base.patch = Patch(index)
                if self._merge and base.patch.size + index.units > base.units // MERGED:
                    return False
                self._open[path] = base, index
            else:
                self._open[path] = (index,)
        except OSError:
            return False
        except Damaged as fault:
            self._mend(path, name, fault)
            return False
        return True

    def _parts(self, content: mmap | bytes) -> Parts | None:
        """How a large file of lines is cut, so that it can be patched."""
        from bilingo.stores import index_patch

        if isinstance(content, bytes) or len(content) < index_patch.SMALL:
            return None
        cuts = self._read.cuts(content)
        return index_patch.parts(content, cuts) if cuts else None

    def _patch(self, path: Path, content: mmap | bytes, parts: Parts | None) -> bool:
        """Keep the index that the file had, with one of what has changed since, if that is little.

        What goes wrong with it is no loss: the index is made anew then.
        """
        from bilingo.stores import index_build, index_patch

        before, _ = self._known.get(str(path), ("", None))
        if not parts or isinstance(content, bytes) or not self._found(path, before):
            return False
        base = self._open.pop(path)[0]
        most = base.units // (MERGED if self._merge else index_patch.WORTH)
        try:
            change = index_patch.change(base, content, parts, most)
            note = base.note
        except Damaged as fault:
            self._mend(path, before, fault)
            return False
        read = change and self._read.lines(note, [line for *_, line in change.new])
        if not change or len(read or ()) != len(change.new):
            return False
        units = [
            index_build.Unit(Place(start, size, line), texts)
            for (start, line, _), (size, texts) in zip(change.new, read or (), strict=True)
        ]
        contents = index_build.Contents(units, lambda: note)
        sections = index_build.sections(
            contents, parts.name, more=lambda _: change.sections(base.source)
        )
        try:
            index_pages.write(self.place / (parts.name + SUFFIX), sections)
        except OSError:
            return False
        return self._found(path, parts.name)

    def _build(self, path: Path, name: str, file: BinaryIO, parts: Parts | None) -> None:
        from bilingo.stores import index_build, index_patch

        size = os.fstat(file.fileno()).st_size
        if size > LARGE:
            self._tell(f"{path}: its index is made, which is needed once")

        def sections() -> Iterator[tuple[str, bytes]]:
            file.seek(0)
            contents = self._read.contents(path, file)
            with _mapped(file, size) as content:
                if parts is None or isinstance(content, bytes):
                    yield from index_build.sections(contents, name)
                    return
                more = partial(index_patch.sections, content, parts)
                yield from index_build.sections(contents, name, more=more)

        target = self.place / (name + SUFFIX)
        try:
            make_folder(self.place)
            index_pages.write(target, sections())
            with target.open("rb") as made:
                self._open[path] = (Index(made),)
        except OSError as error:
            self.warnings.append(f"{target}: cannot be kept: {error.strerror}")
            self._open[path] = (_for_once(sections),)
        self.built.append(path)

    def _mend(self, path: Path, name: str, fault: Damaged) -> None:
        self.warnings.append(f"{path}: its index is not usable ({fault}) and is made again")
        damaged = [name, *(index.source for index in self._open.pop(path, ()))]
        for one in damaged:
            with contextlib.suppress(OSError):
                (self.place / (one + SUFFIX)).unlink()

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
        needed = {name + SUFFIX for name, _ in known.values()}
        needed |= {one.source + SUFFIX for indexes in self._open.values() for one in indexes}
        with contextlib.suppress(OSError):  # a list that is not there costs time and nothing else
            put(target, os.fsencode(text))
            now = target.stat().st_mtime_ns
            for old in self.place.iterdir():
                unneeded = old.suffix == SUFFIX and old.name not in needed
                if unneeded or is_left(old, now):
                    old.unlink()


def _opened(path: Path, name: str) -> Index:
    with path.open("rb") as file:
        index = Index(file)
    if index.source != name:
        raise Damaged("another file's")
    return index


def _again(path: Path, question: Callable[[Index], T], indexes: Iterable[Index]) -> list[T]:
    try:
        return list(map(question, indexes))
    except Damaged as fault:
        hint = "the disk may be failing"
        raise BilingoError(f"its new index is {fault}", where=str(path), hint=hint) from None


def _for_once(sections: Callable[[], Iterable[tuple[str, bytes]]]) -> Index:
    """An index that is kept by nobody: in a temporary file, or in memory where there is no room."""
    import tempfile

    try:
        with tempfile.TemporaryFile() as made:
            index_pages.dump(made, sections())
            made.flush()
            return Index(made)
    except OSError:
        content = io.BytesIO()
        index_pages.dump(content, sections())
        return Index(content)


@contextlib.contextmanager
def _mapped(file: BinaryIO, size: int) -> Iterator[mmap | bytes]:
    """The content of a file in memory, without reading it; an empty one cannot be mapped."""
    from mmap import ACCESS_READ, mmap

    if not size:
        yield b""
        return
    with mmap(file.fileno(), size, access=ACCESS_READ) as content:
        yield content


def _make_sure(path: Path, file: BinaryIO, stamp: Stamp) -> None:
    if _stamp(os.fstat(file.fileno())) != stamp:
        raise BilingoError("changed while it was read", where=str(path), hint="run again")


def _stamp(info: os.stat_result) -> Stamp:
    return Stamp(info.st_size, max(info.st_mtime_ns, info.st_ctime_ns), info.st_ino)


def _hash(content: mmap | bytes) -> str:
    from hashlib import sha256  # here: a memory that did not change is not hashed

    # processors have instructions for SHA-256: it is twice as fast as blake2b
    return sha256(content).hexdigest()[:32]
