"""Functions over entries that yield what is wrong: no reading, no levels, no printing, no fixing.

A *check* takes entries and yields `(entry, sentence)`; the runner stamps code, level, path and line
from `CHECKS`. Its docstring is its page in the documentation, and the examples in it are its first
tests: `source  →  target    passes` or `fails`. Other packages add checks through the entry point
group `bilingo.checks`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from bilingo.model import Entry, Level

Check = Callable[[Sequence[Entry]], Iterator[tuple[Entry, str]]]

# code → (level, "module:function"); a code never changes its meaning
CHECKS: dict[str, tuple[Level, str]] = {}
