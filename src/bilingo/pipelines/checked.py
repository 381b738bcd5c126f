"""The checks of one catalog on every core; the findings are the same on any number of them.

A process looks at a stretch of the entries and sends back what it found there. What depends on
several entries is looked at here meanwhile.
"""

from __future__ import annotations

import gc
import multiprocessing
import signal
from collections.abc import Sequence
from dataclasses import dataclass

from bilingo import checks, plugins
from bilingo.checks import CHECKS, Found, Setting
from bilingo.checks.texts import Entries
from bilingo.model import Entry, Finding
from bilingo.pipelines.batch import cores

_EACH = 2_000  # entries to a process at a time; less is not worth a process
_Sent = tuple[str, int, tuple[str, int, int, int, str | None]]


@dataclass(frozen=True, slots=True)
class _Work:
    """What all processes know, for they are forked from one that does."""

    entries: tuple[Entry, ...]
    codes: tuple[str, ...]
    setting: Setting


_work: _Work | None = None  # of the run that forks


def run(
    entries: Sequence[Entry], setting: Setting, path: str, jobs: int = 0
) -> tuple[Finding, ...]:
    """As `checks.run` of all checks, by `jobs` processes; 0 stands for every core."""
    live = checks.counted(entries)
    jobs = min(jobs or cores(), len(live) // _EACH)
    if jobs < 2 or "fork" not in multiprocessing.get_all_start_methods():
        return checks.run(live, setting=setting, path=path)
    from concurrent.futures.process import BrokenProcessPool  # a small catalog needs none

    names = plugins.names("checks", CHECKS)
    apart = tuple(code for code in names if checks.alone(code, setting))
    try:
        sent = _shared(_Work(live, apart, setting), set(names).difference(apart), jobs)
    except BrokenProcessPool:  # killed from outside, as where memory is short
        return checks.run(live, setting=setting, path=path)
    return checks.findings(sent, path)


def _shared(work: _Work, others: set[str], jobs: int) -> list[tuple[str, Found]]:
    """What was found by the processes, and by the `others` here."""
    global _work
    from concurrent.futures import ProcessPoolExecutor

    for code in work.codes:
        checks.by_code(code)  # imported once, before there are several to import it
    starts = range(0, len(work.entries), _EACH)
    _work = work
    gc.freeze()  # what a collection touches, each process would have to copy
    pool = ProcessPoolExecutor(jobs, multiprocessing.get_context("fork"), _obey)
    try:
        parts = pool.map(_stretch, starts)
        here = list(checks.found_by(Entries(work.entries), others, work.setting))
        there = [
            (code, Found(work.entries[number], *rest))
            for part in parts
            for code, number, rest in part
        ]
    finally:
        pool.shutdown(cancel_futures=True)  # who interrupts waits for what is being done alone
        _work = None
        gc.unfreeze()
    return here + there


def _obey() -> None:
    """Ctrl-C reaches every process, and only the first answers it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)


def _stretch(start: int) -> list[_Sent]:
    """What the checks find in the entries from number `start`; an entry is sent as its number."""
    assert _work  # noqa: S101 - set before the fork
    entries = _work.entries[start : start + _EACH]
    number = {id(entry): start + at for at, entry in enumerate(entries)}
    return [
        (code, number[id(f.entry)], (f.sentence, f.form, f.start, f.end, f.fix))
        for code, f in checks.found_by(Entries(entries), _work.codes, _work.setting)
    ]
