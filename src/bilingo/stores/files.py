"""The only way a byte reaches disk.

After any interruption every file is byte for byte the old version or the new one. Callers compute
bytes in memory and say what they read; then: lock → compare with what is on disk → temporary file
in the same directory → write → fsync → compare again → rename → fsync the directory → unlock.
This is git's lockfile order plus the fsyncs that git had to add. Hard links are broken by a write.

One lock serves a whole project: the file `.bilingo-lock` in its root, which the holder removes, so
a tree is clean after every run. It names the holder; what excludes others is the kernel's flock on
it, which ends with the process, so what a dead holder leaves behind blocks nobody. Where the root
cannot be written to, the lock stands beside the first file to be written.
"""

from __future__ import annotations

import contextlib
import errno
import os
import re
import stat
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import EllipsisType

from bilingo.errors import BilingoError
from bilingo.frozen import dataclass
from bilingo.stores import locking

LIMIT = 64 * 1024 * 1024
"""The largest file that is read, in bytes."""
PATIENCE = 10.0
"""How long a writer waits for another, in seconds."""

LOCK = ".bilingo-lock"
TEMP = ".bilingo-tmp"
_PART = 1024 * 1024
_READ = os.O_RDONLY | os.O_NONBLOCK  # a named pipe must not make us wait
_CREATE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW
_NO_DIRECTORY_SYNC = (errno.EINVAL, errno.ENOTSUP)  # SMB and some FUSE file systems


@dataclass(frozen=True, slots=True)
class Change:
    """A file's next content, and what its content was when the caller decided on it.

    `content` is None for a file that goes. `expected` is those bytes, None when there was no file,
    or `...` when it does not matter (a file that is derived from others).
    """

    path: Path
    content: bytes | None
    expected: bytes | EllipsisType | None = ...


@dataclass(frozen=True, slots=True)
class Tree:
    """A project whose lock is held; see `edit`."""

    root: Path

    def read(self, path: Path) -> bytes | None:
        """The file's content, None when there is none. Raises BilingoError as `read` does."""
        return read_if_any(inside(self.root, path))

    def write(self, changes: Iterable[Change]) -> tuple[Path, ...]:
        """Write every change, and return the paths whose content is new.

        A file that has its content already is not touched, not even its date. Before the first
        rename all are compared with what was expected and all new content is safe on disk; files
        that go, go first. Raises BilingoError that names the file and leaves no temporary one; it
        says which files were written before, which is none unless a rename failed. Missing
        directories are made.
        """
        wanted = [(inside(self.root, change.path), change) for change in changes]
        if len({target for target, _ in wanted}) < len(wanted):
            raise BilingoError("two changes to one file", where=str(wanted[0][1].path))
        pending = [(target, change) for target, change in wanted if _differs(target, change)]
        for target, change in pending:
            if target.exists() and not os.access(target, os.W_OK):
                # a rename would go round what the file's mode, or its owner, says
                raise _fault("write", change.path, PermissionError(errno.EACCES, "it is read-only"))
        for directory in {target.parent for target, _ in pending}:
            _make(directory)
            _sweep(directory)
        temps: dict[Path, Path] = {}
        try:
            for target, change in pending:
                if change.content is not None:
                    temps[target] = _temp_name(target)
                    _write_temp(temps[target], target, [change.content])
            for target, change in pending:
                _differs(target, change)
            going = [target for target, change in pending if change.content is None]
            _apply(going, [(temp, target) for target, temp in temps.items()])
        finally:
            for temp in temps.values():
                with contextlib.suppress(OSError):
                    temp.unlink()
        return tuple(change.path for _, change in pending)


def write(root: Path, changes: Iterable[Change], *, patience: float = PATIENCE) -> tuple[Path, ...]:
    """Write `changes` below `root` under its lock: `Tree.write`."""
    changes = tuple(changes)
    if not changes:  # nothing to lock: a run without a change needs no right to write
        return ()
    with edit(root, beside=changes[0].path, patience=patience) as tree:
        return tree.write(changes)


def stamp(path: Path) -> tuple[int, int, int] | None:
    """What is another when a file is: size, date, inode. None when there is no file."""
    try:
        info = path.stat()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise _fault("read", path, error) from error
    return info.st_size, max(info.st_mtime_ns, info.st_ctime_ns), info.st_ino


def stream(
    root: Path,
    path: Path,
    content: Iterable[bytes],
    before: tuple[int, int, int] | None,
    *,
    patience: float = PATIENCE,
) -> bool:
    """As `write`, a file that need not fit in memory; whether its content is new.

    `before` is its `stamp` when the caller decided. The lock is held while `content` is made.
    """
    import filecmp  # here, because few commands write so

    target = inside(root, path)
    with edit(root, beside=path, patience=patience):
        _make(target.parent)
        _sweep(target.parent)
        temp = _temp_name(target)
        try:
            _write_temp(temp, target, _grouped(content))
            if before and filecmp.cmp(temp, target, shallow=False):
                return False
            if stamp(target) != before:
                raise BilingoError(
                    "changed on disk meanwhile", where=str(path), hint="nothing is lost; run again"
                )
            _apply([], [(temp, target)])
        finally:
            with contextlib.suppress(OSError):
                temp.unlink()
    return True


def _grouped(content: Iterable[bytes]) -> Iterator[bytes]:
    """The same in parts that are worth a call of the system."""
    held: list[bytes] = []
    size = 0
    for part in content:
        held.append(part)
        size += len(part)
        if size > _PART:
            yield b"".join(held)
            held.clear()
            size = 0
    yield b"".join(held)


@contextmanager
def edit(root: Path, *, beside: Path | None = None, patience: float = PATIENCE) -> Iterator[Tree]:
    """Hold the lock of `root` to read, decide and write: no other writer comes between.

    `beside` is a file to be written, for a root that cannot be. Raises BilingoError that names the
    holder when the lock is not free within `patience` seconds. Not to be nested.

        with files.edit(root) as tree:
            old = tree.read(path)
            tree.write([Change(path, approve(old), old)])
    """
    lock, held = _lock(root, inside(root, beside).parent if beside else root, patience)
    try:
        yield Tree(root)
    finally:
        with contextlib.suppress(OSError):
            lock.unlink()  # while it is held: who waits for it finds that it is gone, and retries
        os.close(held)


def read(path: Path, *, limit: int = LIMIT) -> bytes:
    """The content of a regular file of at most `limit` bytes.

    Raises BilingoError with the path; a larger file is refused before it is read.
    """
    content = read_if_any(path, limit=limit)
    if content is None:
        raise BilingoError("no such file", where=str(path))
    return content


def read_if_any(path: Path, *, limit: int = LIMIT) -> bytes | None:
    """As `read`, but None when there is no file."""
    try:
        descriptor = os.open(path, _READ)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise _fault("read", path, error) from error
    try:
        info = os.fstat(descriptor)
        if not stat.S_ISREG(info.st_mode):
            raise BilingoError("not a regular file", where=str(path))
        if info.st_size > limit:
            raise BilingoError(f"larger than {limit:,} bytes", where=str(path))
        with os.fdopen(descriptor, "rb", closefd=False) as file:
            return file.read()
    except OSError as error:
        raise _fault("read", path, error) from error
    finally:
        os.close(descriptor)


def safe_name(name: str) -> str:
    """`name`, when it may become part of a file name: a domain, a locale, a project.

    Raises BilingoError for anything but 1 to 64 of `A-Z a-z 0-9 _ @ . -`, or a first `.` or `-`.
    """
    if not re.fullmatch(r"(?![.-])[A-Za-z0-9_@.-]{1,64}", name):
        raise BilingoError(
            f"not a safe name: {name!r}", hint="letters, digits and _ @ . - only, at most 64"
        )
    return name


def inside(root: Path, path: Path | str) -> Path:
    """The real path of `path` (taken from `root`), all symbolic links followed.

    Raises BilingoError when it is not below `root`: `root-2/x` and `../x` are not.
    """
    try:
        real = (root / path).resolve()
        below = real.is_relative_to(root.resolve())
    except (OSError, RuntimeError, ValueError) as error:  # a loop of links, a NUL in the name
        raise BilingoError(f"not a usable path: {error}", where=repr(str(path))) from error
    if not below:
        raise BilingoError(f"outside of the project {root}", where=str(path))
    return real


def _differs(target: Path, change: Change) -> bool:
    """Whether there is something to write. Raises BilingoError when somebody else wrote."""
    # no limit: the caller holds as much in memory already
    current = read_if_any(target, limit=sys.maxsize)
    if current == change.content:
        return False
    if change.expected is not ... and current != change.expected:
        raise BilingoError(
            "changed on disk meanwhile", where=str(change.path), hint="nothing is lost; run again"
        )
    return True


def _make(directory: Path) -> None:
    try:
        directory.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _fault("make", directory, error) from error


def _sweep(directory: Path) -> None:
    """Remove what interrupted writers left: under the lock no temporary file has an owner."""
    try:
        for stale in directory.glob(f".*{TEMP}"):
            stale.unlink(missing_ok=True)
    except OSError as error:
        raise _fault("clean", directory, error) from error


def _temp_name(target: Path) -> Path:
    # 40 characters of the name: a name may fill the 255 bytes that a file system allows
    return target.with_name(f".{target.name[:40]}.{os.urandom(4).hex()}{TEMP}")


def _write_temp(temp: Path, target: Path, content: Iterable[bytes]) -> None:
    """The content in a file of its own, with the target's mode and owner, safe on disk."""
    try:
        old = target.stat() if target.exists() else None
        descriptor = os.open(temp, _CREATE, stat.S_IMODE(old.st_mode) if old else 0o666)
        try:
            if old:
                with contextlib.suppress(PermissionError):  # only root gives files away
                    os.fchown(descriptor, old.st_uid, old.st_gid)
                os.fchmod(descriptor, stat.S_IMODE(old.st_mode))
            for part in content:
                rest = memoryview(part)
                while rest:
                    rest = rest[os.write(descriptor, rest) :]
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    except OSError as error:
        raise _fault("write", target, error) from error


def _apply(going: list[Path], pairs: list[tuple[Path, Path]]) -> None:
    done: list[str] = []
    for target in going:
        try:
            target.unlink(missing_ok=True)
        except OSError as error:
            raise _fault("remove", target, error, done) from error
        done.append(str(target))
    for temp, target in pairs:
        try:
            temp.replace(target)
        except OSError as error:
            raise _fault("write", target, error, done) from error
        done.append(str(target))
    for directory in {target.parent for target in (*going, *(target for _, target in pairs))}:
        try:
            _sync(directory)
        except OSError as error:
            raise _fault("make sure of", directory, error, done) from error


def _sync(directory: Path) -> None:
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in _NO_DIRECTORY_SYNC:
            raise
    finally:
        os.close(descriptor)


def _lock(root: Path, fallback: Path, patience: float) -> tuple[Path, int]:
    try:
        return root / LOCK, locking.take(root / LOCK, patience)
    except OSError as error:
        known = error.errno in (errno.EACCES, errno.EPERM, errno.EROFS)
        if fallback == root or not known or not fallback.is_dir():
            raise _fault("lock", root / LOCK, error) from error
    try:
        return fallback / LOCK, locking.take(fallback / LOCK, patience)
    except OSError as error:
        raise _fault("lock", fallback / LOCK, error) from error


def _fault(verb: str, path: Path, error: OSError, done: Iterable[str] = ()) -> BilingoError:
    written = ", ".join(done)
    return BilingoError(
        f"cannot {verb} it: {error.strerror or error}",
        where=str(path),
        hint=f"already written: {written}" if written else "",
    )
