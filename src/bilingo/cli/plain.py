"""Look-ups whose command line says nothing unusual, read without click.

A translator's editor asks many times a minute, and importing click takes as long as the look-up.
What is read here means what click reads in it; anything else is click's. A law compares them
(`tests/cli/test_plain_lookups.py`).
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from bilingo.cli import streams
from bilingo.frozen import NamedTuple

if TYPE_CHECKING:
    from bilingo.project import Project

_FLAGS = {"--json": "as_json", "--explain": "explain", "-q": "quiet", "--quiet": "quiet"}
_VALUES = {"-C": "directory", "--source": "source", "--target": "target"}


class Plain(NamedTuple):
    """A look-up as the command line says it."""

    text: str
    outer: str | None = None
    directory: str | None = None
    source: str | None = None
    target: str | None = None
    as_json: bool = False
    explain: bool = False
    quiet: bool = False


def read(words: Sequence[str]) -> Plain | None:
    """`[-C DIR] suggest TEXT` with the most usual options in any order; None for all else."""
    outer, rest = (words[1], words[2:]) if words[:1] == ["-C"] and len(words) > 1 else (None, words)
    if rest[:1] != ["suggest"] or "_BILINGO_COMPLETE" in os.environ:  # which click answers
        return None
    texts: list[str] = []
    found: dict[str, str] = {}
    flags: dict[str, bool] = {}
    others = iter(rest[1:])
    for word in others:
        if word in _FLAGS:
            flags[_FLAGS[word]] = True
        elif word in _VALUES:
            found[_VALUES[word]] = next(others, "-")
        else:
            texts.append(word)
    if len(texts) != 1 or any(word[:1] in ("", "-") for word in (*texts, *found.values())):
        return None
    return Plain(
        texts[0],
        outer,
        **found,
        as_json=flags.get("as_json", False),
        explain=flags.get("explain", False),
        quiet=flags.get("quiet", False),
    )


def run(plain: Plain) -> int:
    """Look it up and print what is found; returns the exit code. Raises BilingoError."""
    from bilingo.cli import suggestions

    streams.hush(plain.quiet)
    project = opened(plain.outer, plain.directory)
    wanted = suggestions.wanted(project, source=plain.source, target=plain.target)
    return suggestions.show(
        project, plain.text, wanted, explain=plain.explain, as_json=plain.as_json
    )


def opened(outer: str | None, directory: str | None) -> Project:
    """The project that `-C` before and behind the command say. Raises BilingoError."""
    from bilingo.project import open_project

    return open_project(Path(outer or ".") / (directory or ""))
