"""click commands: arguments in, one pipeline call, one rendering out.

Members: `articles` (extract, sync, build, init), `translation` (suggest, check), `memory`,
`versions` (merge, diff), and `door` (what all of them share). Pipelines are imported inside the
commands, so that `--help` and `--version` stay light: no format, no
matcher and no index is imported for them.
"""

from __future__ import annotations

import gc
import signal
import sys

import click

from bilingo import __version__
from bilingo.cli import articles, door, memory, translation, versions
from bilingo.errors import BilingoError


@click.group(context_settings=door.CONTEXT, no_args_is_help=True)
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


for command in (
    *articles.COMMANDS,
    *translation.COMMANDS,
    *memory.COMMANDS,
    *versions.COMMANDS,
):
    bilingo.add_command(command)


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
        error.show()
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
    gc.set_threshold(100_000)  # a run makes many values and no cycles: look for them less often
    sys.exit(main())


def _terminate(*_: object) -> None:
    """As after Ctrl-C: what was begun is taken back, temporary files and lock included."""
    sys.exit(door.TERMINATED)
