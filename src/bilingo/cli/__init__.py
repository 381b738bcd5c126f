"""Arguments in, one pipeline call, one rendering out.

Members: `articles` (extract, sync, build, init), `suggest`, `translation` (check), `memory`,
`versions` (merge, diff); `commands` (the group of them), `door` (what they share that is made with
click), `streams` and `screen` (what they say), `plain`, `suggestions` and `contexts` (look-ups and
searches that need no click). A command's module is imported when it is asked for, and pipelines
inside the commands, so nobody waits for what another command needs, and `--help` and `--version`
import no format, no matcher and no index.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Sequence

from bilingo.cli import plain, streams
from bilingo.errors import BilingoError


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; the only place that catches everything.

    0 done; 1 findings, or `--check` would have written; 2 asked wrongly or a file cannot be used;
    3 a bug; 130 interrupted (143 by SIGTERM); 141 nobody read the output to its end, as `git log`
    or `grep` end before `| head` does: what was to be written is written, and findings that were
    not read are not “none”.
    """
    streams.prepare_streams()
    streams.hush(False)
    try:
        code = _run(argv)
        sys.stdout.flush()
    except BilingoError as error:
        streams.fail(str(error))
        return streams.UNUSABLE
    except KeyboardInterrupt:
        return streams.INTERRUPTED
    except BrokenPipeError:
        streams.close_stdout()
        return streams.UNREAD
    except OSError as error:
        streams.close_stdout()
        streams.fail(f"{error.filename or 'output'}: {error.strerror}")
        return streams.UNUSABLE
    except Exception as error:
        streams.report_bug(error)
        return streams.BUG
    return code


def _run(argv: Sequence[str] | None) -> int:
    found = plain.read(sys.argv[1:] if argv is None else argv)
    if found:
        return plain.run(found)
    from bilingo.cli import commands  # with click

    return commands.run(argv)


def run() -> None:
    """The console script."""
    signal.signal(signal.SIGTERM, _terminate)
    code = main()
    if _nobody_waits():
        sys.stdout.flush()  # again, after an error
        sys.stderr.flush()
        os._exit(code)
    sys.exit(code)


def _nobody_waits() -> bool:
    """Whether nothing is left to do but to take the interpreter apart, 4 ms of a look-up.

    Nothing was registered to run at the end, no thread was started, nobody traces or goes on, and
    a command that writes has imported click.
    """
    going_on = sys.gettrace() or sys.getprofile() or sys.flags.inspect or sys.flags.interactive
    return not going_on and {"atexit", "threading", "click"}.isdisjoint(sys.modules)


def _terminate(*_: object) -> None:
    """As after Ctrl-C: what was begun is taken back, temporary files and lock included."""
    sys.exit(streams.TERMINATED)
