"""More lines than memory holds, in order: sorted in runs on disk, and merged."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from heapq import merge
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

ROOM = 32 * 1024 * 1024  # bytes of lines that are held in memory


class Sorted:
    """Lines (each ends with its only line feed) in order of `key`; equal ones as they came.

    Runs are nameless files in `place`, gone when this is closed, whatever happens. Raises OSError.
    """

    def __init__(self, place: Path, key: Callable[[bytes], bytes]) -> None:
        self._place, self._key = place, key
        self._held: list[bytes] = []
        self._size = 0
        self._runs: list[BinaryIO] = []
        self._open = ExitStack()

    def add(self, line: bytes) -> None:
        """Put in one more line."""
        self._held.append(line)
        self._size += len(line)
        if self._size >= ROOM:
            self._spill()

    def __iter__(self) -> Iterator[bytes]:
        """All lines in order, any number of times."""
        self._held.sort(key=self._key)
        for run in self._runs:
            run.seek(0)
        return merge(*self._runs, self._held, key=self._key)

    def __len__(self) -> int:
        """How many runs went to disk."""
        return len(self._runs)

    def drop(self, runs: int) -> None:
        """Forget the lines that came since there were so many runs and nothing was held."""
        self._held.clear()
        self._size = 0
        for run in self._runs[runs:]:
            run.close()
        del self._runs[runs:]

    def cut(self) -> int:
        """Put what is held on disk, and return the number of runs, for `drop`."""
        if self._held:
            self._spill()
        return len(self._runs)

    def __enter__(self) -> Sorted:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._open.close()

    def _spill(self) -> None:
        self._held.sort(key=self._key)
        run = tempfile.TemporaryFile(dir=self._place)  # noqa: SIM115 - closed with this
        self._open.callback(run.close)
        run.writelines(self._held)
        self._runs.append(run)
        self._held.clear()
        self._size = 0
