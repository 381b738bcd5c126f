"""The seam of the fault tests: the N-th call into the operating system fails, or kills, or signals.

The calls are those functions of `os` that the writer, `pathlib` and `open` files go through.
"""

from __future__ import annotations

import errno
import io
import itertools
import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bilingo.errors import BilingoError
from bilingo.stores import files

SEAM = ("open", "write", "fsync", "replace", "unlink", "mkdir", "ftruncate", "fchmod", "fchown")
KILLED = 137


class Stream:
    """A file whose writes go through the seam."""

    def __init__(self, file: Any, write: Callable[..., object]) -> None:
        self._file, self.write = file, write

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)

    def __enter__(self) -> Stream:
        return self

    def __exit__(self, *error: object) -> None:
        self._file.close()


def sabotage(fault: str, at: int, lasting: bool, fired: Path, streams: bool = False) -> None:
    """Let the `at`-th call of the seam fail, and when `lasting` every later one.

    With `streams` the files that are opened by name to be written belong to the seam too.

    `fault` is `kill` (before the call), `after` it, `torn` (in the middle of a write), the name of
    a signal, or of an errno. The file `fired` says that the call was reached.
    """
    calls = itertools.count(1)
    real_open, real_write, real_close = os.open, os.write, os.close

    def wrap(name: str, real: Callable[..., object]) -> Callable[..., object]:
        def call(*args: object, **keys: object) -> object:
            n = next(calls)
            if n != at and not (lasting and n > at):
                return real(*args, **keys)
            real_close(real_open(fired, os.O_CREAT | os.O_WRONLY))
            if fault == "torn" and name == "write":
                content = bytes(args[1])  # type: ignore[call-overload]
                real_write(args[0], content[: len(content) // 2])  # type: ignore[arg-type]
            if fault == "after":
                real(*args, **keys)
            if fault in ("kill", "torn", "after"):
                os._exit(KILLED)
            if fault.startswith("SIG"):
                os.kill(os.getpid(), getattr(signal, fault))
                return real(*args, **keys)
            raise OSError(getattr(errno, fault), os.strerror(getattr(errno, fault)))

        return call

    for name in SEAM:
        setattr(os, name, wrap(name, getattr(os, name)))
    if streams:
        real_stream = io.open

        def stream(file: Any, mode: str = "r", *args: Any, **keys: Any) -> Any:
            if mode[0] == "r" and "+" not in mode:
                return real_stream(file, mode, *args, **keys)
            opened: Any = wrap("open", real_stream)(file, mode, *args, **keys)
            return Stream(opened, wrap("stream", opened.write))

        io.open = stream  # what pathlib and tempfile call


def forked(work: Callable[[], object], report: Path | None = None) -> int:
    """Run `work` in a child: 0 done, 2 BilingoError (its text in `report`), 3 anything else.

    An exit inside `work` keeps its code. Returns the child's process id.
    """
    child = os.fork()
    if child == 0:
        code = 3
        try:
            work()
            code = 0
        except SystemExit as left:
            code = left.code if isinstance(left.code, int) else 3
        except BilingoError as error:
            code = 2
            if report:
                report.write_text(str(error), encoding="utf-8")
        finally:
            os._exit(code)
    return child


def exit_code(child: int) -> int:
    """How the child ended: its exit code, or minus the signal."""
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def temps(root: Path) -> list[Path]:
    """What interrupted writers left."""
    return list(root.rglob(f"*{files.TEMP}"))
