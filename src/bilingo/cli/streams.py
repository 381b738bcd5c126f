"""What all commands say and how they end: exit codes, and lines on stdout and stderr.

Nothing here needs click, whose import is half of a look-up.
"""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from bilingo import __version__

if TYPE_CHECKING:
    from datetime import datetime

DONE, FINDINGS, UNUSABLE, BUG = 0, 1, 2, 3
# 128 and the number of the signal, as a shell says it: SIGINT, SIGPIPE, SIGTERM.
INTERRUPTED, UNREAD, TERMINATED = 130, 141, 143
# What a terminal would act on and json leaves as it is: C1 controls, directions.
_UNSENT = "[\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]"

_quiet = False


def prepare_streams() -> None:
    """Write UTF-8 whatever the environment says; a name that is no UTF-8 is shown escaped.

    A stream that was closed (`>&-`) is opened on /dev/null, in the order of the descriptors, or its
    number would go to the next file. Only for reading, where output that is lost is an error.
    """
    if sys.stdin is None:
        sys.stdin = os.fdopen(os.open(os.devnull, os.O_RDONLY))
    if sys.stdout is None:
        sys.stdout = os.fdopen(os.open(os.devnull, os.O_RDONLY), "w")
    if sys.stderr is None:
        sys.stderr = os.fdopen(os.open(os.devnull, os.O_WRONLY), "w")
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(encoding="utf-8", errors="backslashreplace")


def close_stdout() -> None:
    """Nobody reads any more: keep the interpreter from flushing into the closed pipe at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def out(text: str, end: str = "\n") -> None:
    """A line for whoever reads the output, at once."""
    sys.stdout.write(text + end)
    sys.stdout.flush()


def say(text: str) -> None:
    """A line for the person at the terminal: stderr, silent with `--quiet`."""
    if not _quiet:
        _err(_visible(text))


def hush(quiet: bool) -> None:
    """Whether only what went wrong is to be said from now on."""
    global _quiet
    _quiet = quiet


def is_quiet() -> bool:
    """Whether only what went wrong is to be said."""
    return _quiet


def fail(text: str) -> None:
    """The one line of an expected failure, also with `--quiet`."""
    _err(f"bilingo: {_visible(text)}")


def _err(text: str) -> None:
    sys.stderr.write(text + "\n")
    sys.stderr.flush()


def _visible(text: str) -> str:
    from bilingo.text.show import visible

    return visible(text)


def report_bug(error: BaseException) -> None:
    """A crash, ready to be pasted into a bug report."""
    import traceback

    frame = traceback.extract_tb(error.__traceback__)[-1]
    what = f"{type(error).__name__}: {error}"
    where = f"{Path(frame.filename).name}:{frame.lineno}"
    fail(f"this is a bug in bilingo {__version__}: {what} ({where})")
    if os.environ.get("BILINGO_DEBUG"):
        traceback.print_exception(error)
    else:
        _err("bilingo: set BILINGO_DEBUG=1 to see where it happened")


def shown(text: str) -> str:
    """A line for stdout, its control characters shown."""
    return _visible(text)


def emit_json(document: object, *, stream: bool = False) -> None:
    """One JSON document on stdout: indented, or one line where several follow each other."""
    import json

    text = json.dumps(document, ensure_ascii=False, indent=None if stream else 2)
    out(re.sub(_UNSENT, lambda found: f"\\u{ord(found[0]):04x}", text))


def now() -> datetime:
    """The clock, or `SOURCE_DATE_EPOCH` for builds that must be the same twice."""
    from datetime import UTC, datetime

    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return datetime.fromtimestamp(int(epoch), UTC) if epoch.isdigit() else datetime.now(UTC)
