"""The checks of one catalog on every core; the findings are the same on any number of them.

A process looks at a stretch of the entries and sends back what it found there. What depends on
several entries is looked at here meanwhile.
"""

from __future__ import annotations

import gc
import multiprocessing
import signal
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from bilingo import checks, plugins
from bilingo.checks import CHECKS, Found, Place, Setting
from bilingo.checks.texts import Entries
from bilingo.model import Entry, Finding
from bilingo.pipelines.batch import cores

if TYPE_CHECKING:
    from bilingo.pipelines.remembered import Remembered

_EACH = 2_000  # entries to a process at a time; less is not worth a process
_Coded = tuple[str, Found]  # with the code of its check
_Sent = tuple[str, int, tuple[str, int, int, int, str | None]]


@dataclass(frozen=True, slots=True)
class _Work:
    """What all processes know, for they are forked from one that does."""

    entries: Entries
    codes: tuple[str, ...]
    setting: Setting


_work: _Work | None = None  # of the run that forks


def run(
    entries: Iterable[Entry],
    setting: Setting,
    path: str,
    jobs: int = 0,
    last: Remembered | None = None,
    place: Place = checks.of_entry,
) -> tuple[Finding, ...]:
    """As `checks.run` of all checks, by `jobs` processes; 0 stands for every core.

    In entries of which the `last` run knows what is found, only that is looked for which depends on
    more than them.
    """
    live = Entries(checks.counted(entries))
    told, left = last.split(live) if last else ([], live)
    names = plugins.names("checks", CHECKS)
    lone = tuple(code for code in sorted(names) if checks.lasting(code, setting))
    others = names.difference(lone)
    jobs = min(jobs or cores(), len(left) // _EACH)
    work = _Work(
        live if len(left) == len(live) else Entries(left), lone, replace(setting, memory={})
    )
    across = partial(checks.found_by, live, others, setting)
    if jobs < 2 or "fork" not in multiprocessing.get_all_start_methods():
        here, there = list(across()), list(_found(work))
    else:
        from concurrent.futures.process import BrokenProcessPool  # a small catalog needs none

        try:
            here, there = _shared(work, across, jobs)
        except BrokenProcessPool:  # killed from outside, as where memory is short
            here, there = list(across()), list(_found(work))
    if last:
        last.keep(live, left, there)
    return checks.findings([*told, *there, *here], path, place)


def _found(work: _Work) -> Iterator[_Coded]:
    return checks.found_by(work.entries, work.codes, work.setting)


def _shared(
    work: _Work, across: Callable[[], Iterable[_Coded]], jobs: int
) -> tuple[list[_Coded], list[_Coded]]:
    """What is found `across` the entries, here, and by the processes meanwhile."""
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
        here = list(across())
        there = [
            (code, Found(work.entries[number], *rest))
            for part in parts
            for code, number, rest in part
        ]
    finally:
        pool.shutdown(cancel_futures=True)  # who interrupts waits for what is being done alone
        _work = None
        gc.unfreeze()
    return here, there


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
