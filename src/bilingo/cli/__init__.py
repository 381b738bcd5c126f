"""click commands: arguments in, one pipeline call, one rendering out.

Members: `articles` (extract, sync, build, init), `suggest`, `translation` (check), `memory`,
`versions` (merge, diff), and `door` and `screen` (what all of them share). A command's module is
imported when it is asked for, and pipelines inside the commands, so nobody waits for what another
command needs, and `--help` and `--version` import no format, no matcher and no index.
"""

from __future__ import annotations

import signal
import sys
from importlib import import_module

import click

from bilingo import __version__
from bilingo.cli import door
from bilingo.errors import BilingoError

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


def main(argv: list[str] | None = None) -> int:
    """Run one command and return its exit code; the only place that catches everything.

    0 done; 1 findings, or `--check` would have written; 2 asked wrongly or a file cannot be used;
    3 a bug; 130 interrupted (143 by SIGTERM); 141 nobody read the output to its end, as `git log`
    or `grep` end before `| head` does: what was to be written is written, and findings that were
    not read are not “none”.
    """
    door.prepare_streams()
    try:
        code = bilingo.main(args=argv, prog_name="bilingo", standalone_mode=False)
        sys.stdout.flush()
    except BilingoError as error:
        door.fail(str(error))
        return door.UNUSABLE
    except click.ClickException as error:
        door.misused(error)
        return door.UNUSABLE
    except (KeyboardInterrupt, click.Abort):
        return door.INTERRUPTED
    except BrokenPipeError:
        door.close_stdout()
        return door.UNREAD
    except SystemExit as left:
        if left.code != 1:  # 1 is click's way out of a broken pipe; it exits for nothing else here
            raise
        door.close_stdout()
        return door.UNREAD
    except OSError as error:
        door.close_stdout()
        door.fail(f"{error.filename or 'output'}: {error.strerror}")
        return door.UNUSABLE
    except Exception as error:
        door.report_bug(error)
        return door.BUG
    return code if isinstance(code, int) else door.DONE


def run() -> None:
    """The console script."""
    signal.signal(signal.SIGTERM, _terminate)
    sys.exit(main())


def _terminate(*_: object) -> None:
    """As after Ctrl-C: what was begun is taken back, temporary files and lock included."""
    sys.exit(door.TERMINATED)
