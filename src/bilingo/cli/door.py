"""What all commands share: exit codes, streams, options, and how changes are shown or written."""

from __future__ import annotations

import functools
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from bilingo import __version__

if TYPE_CHECKING:
    from datetime import datetime

    from bilingo.project import Project
    from bilingo.stores.files import Change

DONE, FINDINGS, UNUSABLE, BUG = 0, 1, 2, 3
# 128 and the number of the signal, as a shell says it: SIGINT, SIGPIPE, SIGTERM.
INTERRUPTED, UNREAD, TERMINATED = 130, 141, 143
CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}

Function = Callable[..., Any]
# What a terminal would act on and json leaves as it is: C1 controls, directions.
_UNSENT = "[\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]"
Item = TypeVar("Item")


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


def say(text: str) -> None:
    """A line for the person at the terminal: stderr, silent with `--quiet`."""
    if not is_quiet():
        click.echo(_visible(text), err=True)


def is_quiet() -> bool:
    """Whether only what went wrong is to be said."""
    context = click.get_current_context(silent=True)
    return bool(context and context.params.get("quiet"))


def fail(text: str) -> None:
    """The one line of an expected failure, also with `--quiet`."""
    click.echo(f"bilingo: {_visible(text)}", err=True)


def misused(error: click.ClickException) -> None:
    """The one line of a wrong command line, as every failure is; a bare group shows its help."""
    context = error.ctx if isinstance(error, click.UsageError) else None
    if context and error.message == context.get_help():
        error.show()
        return
    said = " ".join(error.format_message().split()).removesuffix(".")
    path = context.command_path if context else "bilingo"
    fail(f"{said[:1].lower()}{said[1:]} (try '{path} --help')")


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
        click.echo("bilingo: set BILINGO_DEBUG=1 to see where it happened", err=True)


def shown(text: str) -> str:
    """A line for stdout, its control characters shown."""
    return _visible(text)


def emit_json(document: object, *, stream: bool = False) -> None:
    """One JSON document on stdout: indented, or one line where several follow each other."""
    import json

    text = json.dumps(document, ensure_ascii=False, indent=None if stream else 2)
    click.echo(re.sub(_UNSENT, lambda found: f"\\u{ord(found[0]):04x}", text))


def now() -> datetime:
    """The clock, or `SOURCE_DATE_EPOCH` for builds that must be the same twice."""
    from datetime import UTC, datetime

    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return datetime.fromtimestamp(int(epoch), UTC) if epoch.isdigit() else datetime.now(UTC)


def command(name: str = "", **settings: Any) -> Callable[[Function], click.Command]:
    """A click command with the options every command has: `-C`, `--quiet`."""

    def decorate(function: Function) -> click.Command:
        @click.option("-C", "directory", metavar="DIR", help="Work on the project in DIR.")
        @click.option("-q", "--quiet", is_flag=True, help="Say only what went wrong.")
        @functools.wraps(function)
        def with_project(*args: Any, quiet: bool, directory: str | None, **kwargs: Any) -> Any:
            del quiet  # read by `say` from the context
            context = click.get_current_context()
            return function(_project(context, directory), *args, **kwargs)

        make: Function = click.command(name or None, context_settings=CONTEXT, **settings)
        return make(with_project)  # type: ignore[no-any-return]

    return decorate


def _project(context: click.Context, directory: str | None) -> Project:
    from bilingo.project import open_project

    outer = context.find_root().obj
    return open_project(Path(outer or ".") / (directory or ""))


def writes(function: Function) -> Function:
    """The options of every command that writes: `--check` and `--diff`."""
    function = click.option("--diff", is_flag=True, help="Show what would change, write nothing.")(
        function
    )
    return click.option(
        "--check", is_flag=True, help="Write nothing; exit 1 if anything would change."
    )(function)


def jobs_option(function: Function) -> Function:
    """`--jobs`: the result is the same whatever it says."""
    return click.option(
        "--jobs",
        type=click.IntRange(0),
        default=0,
        metavar="N",
        help="Processes for many texts; without it, or with 0, one for every core.",
    )(function)


def json_option(function: Function) -> Function:
    """`--json`: one document on stdout, described in docs/json.md."""
    return click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")(
        function
    )


encoding_option = click.option(
    "--encoding", metavar="NAME", help="For text that is not UTF-8: big5hkscs, gb18030."
)


def settle(
    project: Project,
    changes: Sequence[Change],
    *,
    check: bool,
    diff: bool,
    root: Path | None = None,
) -> int:
    """Write `changes` below `root` (the project's), or with `--check` or `--diff` only show them.

    Returns the exit code. Raises BilingoError for a place outside of `root` either way.
    """
    from bilingo.stores import files

    changes = [c for c in changes if c.content != c.expected]
    if check or diff:
        for change in changes:  # what a real run refuses
            files.inside(root or project.root, change.path)
    if diff:
        for change in changes:
            click.echo(_diff(project.shown(change.path), change), nl=False)
    if check:
        for change in changes:
            say(f"would change {project.shown(change.path)}")
        return FINDINGS if changes else DONE
    if not diff:
        files.write(root or project.root, changes)
    return DONE


def _diff(name: str, change: Change) -> str:
    import difflib

    old, new = (
        side.decode("utf-8", errors="backslashreplace").splitlines(keepends=True)
        for side in (change.expected or b"", change.content or b"")
        if isinstance(side, bytes)
    )
    if b"\0" in (change.content or b"")[:1024]:
        return f"Binary file {name} changes\n"
    lines = difflib.unified_diff(old, new, f"a/{name}", f"b/{name}")
    return "".join(line if line.endswith("\n") else line + "\n" for line in lines)


@contextmanager
def progress(items: Iterable[Item], label: str) -> Iterator[Iterable[Item]]:
    """`items` with a progress bar on stderr: on a terminal only, and only when there are many."""
    known = list(items)
    quiet = bool(click.get_current_context().params.get("quiet"))
    if quiet or len(known) < 20 or not sys.stderr.isatty() or "CI" in os.environ:
        yield known
        return
    with click.progressbar(known, label=label, file=sys.stderr) as bar:
        yield bar


@contextmanager
def meter(total: int, label: str) -> Iterator[Callable[[int], None]]:
    """A progress bar that is told of every step; on a terminal only."""
    quiet = bool(click.get_current_context().params.get("quiet"))
    if quiet or not sys.stderr.isatty() or "CI" in os.environ:
        yield lambda _: None
        return
    with click.progressbar(length=total, label=label, file=sys.stderr) as bar:
        yield bar.update
