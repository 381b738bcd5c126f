"""The command itself: a group of click whose members are imported when somebody asks for them."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module

import click

from bilingo import __version__
from bilingo.cli import door
from bilingo.cli.streams import DONE, INTERRUPTED, UNREAD, UNUSABLE, close_stdout

COMMANDS = {
    "init": "articles",
    "extract": "articles",
    "sync": "articles",
    "build": "articles",
    "suggest": "suggest",
    "check": "translation",
    "memory": "memory",
    "merge": "versions",
    "diff": "versions",
}
"""Each command, and the module of this package whose `COMMANDS` hold it."""


class Commands(click.Group):
    """A group whose members are imported when somebody asks for them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Their names, as `--help` lists them."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """One of them, or None."""
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"bilingo.cli.{COMMANDS[cmd_name]}")
        return next((each for each in module.COMMANDS if each.name == cmd_name), None)


@click.group(cls=Commands, context_settings=door.CONTEXT, no_args_is_help=True)
@click.option("-C", "directory", metavar="DIR", help="Work on the project in DIR.")
@click.version_option(__version__, prog_name="bilingo")
@click.pass_context
def bilingo(context: click.Context, directory: str | None) -> None:
    """Articles to gettext catalogs, a translation memory, and back to translated pages.

    \b
    A day's work:
      bilingo sync                      articles → catalogs
      bilingo suggest "Free check-ups"  the best earlier translations
      bilingo check                     is everything translated and right?
      bilingo build                     catalogs → translated articles
    """
    context.obj = directory


def run(words: Sequence[str] | None) -> int:
    """Run one command line, this process's without one, and return its exit code.

    What click catches is answered here; all else passes.
    """
    try:
        code = bilingo.main(args=words, prog_name="bilingo", standalone_mode=False)
    except click.ClickException as error:
        door.misused(error)
        return UNUSABLE
    except click.Abort:
        return INTERRUPTED
    except SystemExit as left:
        if left.code != 1:  # 1 is click's way out of a broken pipe; it exits for nothing else here
            raise
        close_stdout()
        return UNREAD
    return code if isinstance(code, int) else DONE
