"""What commands share that are made with click: options, and how changes are shown or written."""

from __future__ import annotations

import functools
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from bilingo.cli import streams
from bilingo.cli.plain import opened
from bilingo.cli.streams import DONE, FINDINGS

if TYPE_CHECKING:
    from bilingo.project import Project
    from bilingo.stores.files import Change

CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}

Function = Callable[..., Any]
Item = TypeVar("Item")


def misused(error: click.ClickException) -> None:
    """The one line of a wrong command line, as every failure is; a bare group shows its help."""
    context = error.ctx if isinstance(error, click.UsageError) else None
    if context and error.message == context.get_help():
        error.show()
        return
    said = " ".join(error.format_message().split()).removesuffix(".")
    path = context.command_path if context else "bilingo"
    streams.fail(f"{said[:1].lower()}{said[1:]} (try '{path} --help')")


def command(name: str = "", **settings: Any) -> Callable[[Function], click.Command]:
    """A click command with the options every command has: `-C`, `--quiet`."""

    def decorate(function: Function) -> click.Command:
        @click.option("-C", "directory", metavar="DIR", help="Work on the project in DIR.")
        @click.option("-q", "--quiet", is_flag=True, help="Say only what went wrong.")
        @functools.wraps(function)
        def with_project(*args: Any, quiet: bool, directory: str | None, **kwargs: Any) -> Any:
            streams.hush(quiet)
            context = click.get_current_context()
            return function(_project(context, directory), *args, **kwargs)

        make: Function = click.command(name or None, context_settings=CONTEXT, **settings)
        return make(with_project)  # type: ignore[no-any-return]

    return decorate


def _project(context: click.Context, directory: str | None) -> Project:
    return opened(context.find_root().obj, directory)


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
            streams.out(_diff(project.shown(change.path), change), end="")
    if check:
        for change in changes:
            streams.say(f"would change {project.shown(change.path)}")
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
    if streams.is_quiet() or len(known) < 20 or not sys.stderr.isatty() or "CI" in os.environ:
        yield known
        return
    with click.progressbar(known, label=label, file=sys.stderr) as bar:
        yield bar


@contextmanager
def meter(total: int, label: str) -> Iterator[Callable[[int], None]]:
    """A progress bar that is told of every step; on a terminal only."""
    if streams.is_quiet() or not sys.stderr.isatty() or "CI" in os.environ:
        yield lambda _: None
        return
    with click.progressbar(length=total, label=label, file=sys.stderr) as bar:
        yield bar.update
