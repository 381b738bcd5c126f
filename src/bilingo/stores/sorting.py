"""More lines than memory holds, in order: sorted in runs on disk, and merged.

The runs stand in a folder of their own with a note of whoever makes them, so that work that was
ended half-way can go on from the last note.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from heapq import merge
from pathlib import Path
from types import TracebackType
from typing import Any
from zlib import crc32

from bilingo.errors import BilingoError

ROOM = 32 * 1024 * 1024  # bytes of lines that are held in memory
_PART = 1024 * 1024


class Sorted:
    """Lines (each ends with its only line feed) in order of `key`; equal ones as they came.

    `note` is what was last kept in `folder` by a process that was killed or interrupted, None when
    nothing was, or not all of it is there. The folder goes when this is closed, but for an
    interruption. Raises OSError, and BilingoError when another process works in it.
    """

    def __init__(self, folder: Path, key: Callable[[bytes], bytes]) -> None:
        self._folder, self._key = folder, key
        self._held: list[bytes] = []
        self._size = 0
        self._open = ExitStack()
        folder.mkdir(exist_ok=True)
        lock = self._open.enter_context((folder / "lock").open("wb"))
        if not _locked(lock.fileno()):
            self._open.close()
            raise BilingoError("the same import is running", where=str(folder), hint="wait for it")
        self.note, self._runs = self._found()

    @property
    def is_full(self) -> bool:
        """Whether it is time to call `keep`."""
        return self._size >= ROOM

    def add(self, line: bytes) -> None:
        """Put in one more line."""
        self._held.append(line)
        self._size += len(line)

    def __iter__(self) -> Iterator[bytes]:
        """All lines in order, any number of times."""
        self._held.sort(key=self._key)
        runs = [self._open.enter_context(self._run(n).open("rb")) for n in range(len(self._runs))]
        return merge(*runs, self._held, key=self._key)

    def __len__(self) -> int:
        """How many runs are on disk."""
        return len(self._runs)

    @property
    def coming(self) -> int:
        """How many there are after the next `keep`."""
        return len(self._runs) + bool(self._held)

    def drop(self, runs: int) -> None:
        """Forget the lines that came since there were so many runs and nothing was held."""
        self._held.clear()
        self._size = 0
        del self._runs[runs:]

    def keep(self, note: dict[str, Any]) -> None:
        """Put on disk what is held, and the note: whoever comes after finds both, or the last."""
        if self._held:
            self._held.sort(key=self._key)
            sums = _write(self._run(len(self._runs)), self._held)
            self._runs.append(sums)
            self._held.clear()
            self._size = 0
        state = self._folder / "state"
        temp = state.with_suffix(".new")
        _write(temp, [json.dumps({"note": note, "runs": self._runs}).encode()])
        temp.replace(state)

    def __enter__(self) -> Sorted:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if kind is None or issubclass(kind, Exception):
            shutil.rmtree(self._folder, ignore_errors=True)
        self._open.close()

    def _run(self, number: int) -> Path:
        return self._folder / f"{number:06}"

    def _found(self) -> tuple[dict[str, Any] | None, list[tuple[int, int]]]:
        try:
            state = json.loads((self._folder / "state").read_bytes())
            runs = [(size, check) for size, check in state["runs"]]
            if all(_sums(self._run(n)) == run for n, run in enumerate(runs)):
                return state["note"], runs
        except (OSError, ValueError, KeyError, TypeError):
            pass
        return None, []


def sweep(place: Path, prefix: str, but: Iterable[Path]) -> None:
    """Remove what ended processes left in folders of this prefix, `but` in these."""
    for folder in set(place.glob(f"{prefix}*")).difference(but):
        with contextlib.suppress(OSError), (folder / "lock").open("wb") as lock:
            if _locked(lock.fileno()):
                shutil.rmtree(folder, ignore_errors=True)


def _locked(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _write(path: Path, parts: Iterable[bytes]) -> tuple[int, int]:
    """Put it safe on disk; its size and check sum."""
    size = check = 0
    with path.open("wb") as file:
        for part in parts:
            file.write(part)
            size += len(part)
            check = crc32(part, check)
        file.flush()
        os.fsync(file.fileno())
    return size, check


def _sums(path: Path) -> tuple[int, int]:
    size = check = 0
    with path.open("rb") as file:
        while part := file.read(_PART):
            size += len(part)
            check = crc32(part, check)
    return size, check
