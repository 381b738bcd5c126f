"""Where a block's text stands in the source, and texts that stand inside of its markup."""

from __future__ import annotations

import re
import sys
from bisect import bisect_right
from collections.abc import Sequence

from bilingo.formats.units import LINE_END
from bilingo.frozen import dataclass

HTML = "html:"
"""What the kinds of units in raw HTML blocks begin with."""

_CLOSING_HASHES = re.compile(r"(?:^|[ \t])#+$")
_TASK = re.compile(r"\[[ xX]\][ \t]+(?=\S)")
_ATTRIBUTES = re.compile(r"[ \t]+\{[#.:][^{}\n]*\}$")


@dataclass(frozen=True, slots=True)
class Spot:
    """A text inside the markup of mark number `mark`, at `offset` there; `start` and `end` are
    offsets into the content."""

    kind: str
    mark: int
    start: int
    end: int
    offset: int
    text: str


@dataclass(frozen=True, slots=True)
class Placed:
    """A block's content and where its parts stand in the source.

    `starts` pairs offsets into `content` with offsets into `source`; in between both run alike.
    """

    content: str
    source: str
    starts: tuple[tuple[int, int], ...]

    def at(self, offset: int) -> int:
        """The source offset of a content offset."""
        starts = self.starts
        last = bisect_right(starts, (offset, sys.maxsize)) - 1 if len(starts) > 1 else 0
        content, source = starts[last]
        return source + offset - content

    def slice(self, start: int, end: int) -> str:
        """The source between two content offsets, with the prefixes of continuation lines."""
        return self.source[self.at(start) : self.at(end)]


def trimmed(placed: Placed, kind: str) -> Placed:
    """Without what belongs to the block and not to its text: a task box, a heading's attributes."""
    content = placed.content
    task = _TASK.match(content) if kind == "item" and content[:1] == "[" else None
    start = task.end() if task else 0
    headed = kind in ("heading", "setext") and content[-1:] == "}"
    attributes = _ATTRIBUTES.search(content, start) if headed else None
    end = attributes.start() if attributes else len(content)
    if not start and not attributes:
        return placed
    starts = tuple((offset - start, at) for offset, at in placed.starts if offset > start)
    return Placed(content[start:end], placed.source, ((0, placed.at(start)), *starts))


def with_line_feeds(source: str) -> str:
    """What the parser makes of a source before it reads it; mostly the source itself."""
    if "\r" in source:
        source = source.replace("\r\n", "\n").replace("\r", "\n")
    return source.replace("\0", "\ufffd") if "\0" in source else source


def line_spans(source: str) -> list[tuple[int, int]]:
    """Start and end of every line without its line end."""
    spans = []
    start = 0
    for found in LINE_END.finditer(source):
        spans.append((start, found.start()))
        start = found.end()
    spans.append((start, len(source)))
    return spans


def place(content: str, source: str, lines: Sequence[tuple[int, int]], kind: str) -> Placed | None:
    """Where each line of a block stands: its content is the end of the source line."""
    starts: list[tuple[int, int]] = []
    offset = 0
    for line, (start, end) in zip(content.split("\n"), lines, strict=False):
        whole = source[start:end].rstrip()
        if kind == "heading":
            whole = _CLOSING_HASHES.sub("", whole).rstrip()
        lead = len(line) - len(line.lstrip(" \t"))
        body = line[lead:].rstrip()
        if not whole.endswith(body):
            return None
        starts.append((offset + lead if starts else 0, start + len(whole) - len(body)))
        offset += len(line) + 1
    return Placed(content, source, tuple(starts))
