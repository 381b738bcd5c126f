"""Look-ups and searches whose command line says nothing unusual, read without click.

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

SHOWN = 20  # texts with a word, when nobody says how many
MANY = 10_000_000  # and the most that may be wanted
_BOTH = {"--json": "as_json", "-q": "quiet", "--quiet": "quiet"}
_FLAGS = {"suggest": {**_BOTH, "--explain": "explain"}, "search": _BOTH}
_VALUES = {
    "suggest": {"-C": "directory", "--source": "source", "--target": "target"},
    "search": {"-C": "directory", "--limit": "limit"},
}


class Plain(NamedTuple):
    """A look-up of a text, or a search for a word, as the command line says it."""

    command: str
    text: str
    outer: str | None = None
    directory: str | None = None
    source: str | None = None
    target: str | None = None
    limit: str = str(SHOWN)
    as_json: bool = False
    explain: bool = False
    quiet: bool = False


def read(words: Sequence[str]) -> Plain | None:
    """`suggest TEXT` or `memory search WORD`, `-C DIR` before it, the usual options in any order.

    None for all else.
    """
    outer, rest = (words[1], words[2:]) if words[:1] == ["-C"] and len(words) > 1 else (None, words)
    size = 2 if rest[:1] == ["memory"] else 1
    command = {("suggest",): "suggest", ("memory", "search"): "search"}.get(tuple(rest[:size]))
    if not command or "_BILINGO_COMPLETE" in os.environ:  # which click answers
        return None
    texts: list[str] = []
    found: dict[str, str] = {}
    flags: dict[str, bool] = {}
    others = iter(rest[size:])
    for word in others:
        if word in _FLAGS[command]:
            flags[_FLAGS[command][word]] = True
        elif word in _VALUES[command]:
            found[_VALUES[command][word]] = next(others, "-")
        else:
            texts.append(word)
    if len(texts) != 1 or any(word[:1] in ("", "-") for word in (*texts, *found.values())):
        return None
    limit = found.get("limit", "1")
    if len(limit) > len(str(MANY)) or not (limit.isascii() and limit.isdecimal()):
        return None
    if not 0 < int(limit) <= MANY:
        return None
    return Plain(
        command,
        texts[0],
        outer,
        **found,
        as_json=flags.get("as_json", False),
        explain=flags.get("explain", False),
        quiet=flags.get("quiet", False),
    )


def run(plain: Plain) -> int:
    """Look it up and print what is found; returns the exit code. Raises BilingoError."""
    streams.hush(plain.quiet)
    if plain.command == "search":
        from bilingo.cli import contexts

        project = opened(plain.outer, plain.directory)
        return contexts.show(project, plain.text, int(plain.limit), as_json=plain.as_json)
    from bilingo.cli import suggestions

    project = opened(plain.outer, plain.directory)
    wanted = suggestions.wanted(project, source=plain.source, target=plain.target)
    return suggestions.show(
        project, plain.text, wanted, explain=plain.explain, as_json=plain.as_json
    )


def opened(outer: str | None, directory: str | None) -> Project:
    """The project that `-C` before and behind the command say. Raises BilingoError."""
    from bilingo.project import open_project

    return open_project(Path(outer or ".") / (directory or ""))
