"""Many look-ups at once, on every core.

Each process asks the same mapped indexes; what it finds is places, which are few bytes to send.
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Sequence
from typing import TYPE_CHECKING

from bilingo.errors import BilingoError

if TYPE_CHECKING:
    from bilingo.pipelines.indexed import Answers, Indexed, Question

_EACH = 16  # to a process at a time

_indexed: Indexed | None = None  # of a process that asks for another


def cores() -> int:
    """How many processes can work at once."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def answers(indexed: Indexed, questions: Sequence[Question], jobs: int) -> dict[Question, Answers]:
    """What the indexes answer to each question; `jobs` processes ask, 0 stands for every core.

    One that was answered by an error is missing: whoever asks again gets it.
    """
    jobs = min(jobs or cores(), len(questions) // _EACH + 1)
    if jobs < 2 or "fork" not in multiprocessing.get_all_start_methods():
        return {}
    fork = multiprocessing.get_context("fork")  # so that what is open stays open
    with fork.Pool(jobs, _begin, (indexed,)) as pool:
        found = pool.map(_answer, questions, _EACH)
    return {
        question: answer
        for question, answer in zip(questions, found, strict=True)
        if answer is not None
    }


def _begin(indexed: Indexed) -> None:
    global _indexed
    _indexed = indexed


def _answer(question: Question) -> Answers | None:
    try:
        return _indexed.answer(question) if _indexed else None
    except BilingoError:
        return None
