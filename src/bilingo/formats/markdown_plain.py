"""Blocks of Markdown that need no parser: plain paragraphs, headings, lists of lines, code fences.

Most of an article is these, and a parser that tries all its rules at each of their lines takes ten
times as long. The promise: between two blocks at the top level, where no list, quote, fence or HTML
block is open, `block` says what markdown-it and our rules say, or nothing. It says something only
of lines that begin with what begins no other block and ends no paragraph, down to an empty line;
a law compares both (`tests/formats/test_markdown_plain.py`).

Section numbers are those of CommonMark 0.31.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

Found = tuple[str, int, int]
"""The kind of a block's text, and the offsets where the text starts and ends."""

WHITE = (
    "\t\n\v\f\r \xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000"
)
"""What markdown-it takes off both ends of a block."""

# What a line of a paragraph may begin with: a character that begins no block; emphasis that is no
# list and no thematic break (4.1, 5.2); code that is no fence (4.5); a number that is no list; a
# bracket, which is a link as long as no `]:` follows (4.7). Not the words of MDX modules.
_SAFE = (
    r"(?!import|export)(?:[^\s#>*+\-_=~`:|<\[{0-9]|\*{1,2}(?=[^\s*])|_{1,2}(?=[^\s_])"
    r"|`{1,2}(?!`)|[0-9]++(?![.)])|\[(?!\^))"
)
_LINE_END = r"(?=\n[ \t]*(?:\n|\Z)|\Z)"
_PARAGRAPH = re.compile(rf"\u3000*+{_SAFE}[^\n]*+(?:\n[ \t\u3000]*+{_SAFE}[^\n]*+)*+{_LINE_END}")
_DEFINITION = re.compile(r"\n[ \t]*\n[ \t]*[:~][ \t]")  # below one empty line it makes a term
_HEADING = re.compile(r"#{1,6}[ \t]++(?=\S)([^\n|]*+)(?=\n|\Z)")
_MARKER = r"(?:[-*+]|[0-9]{1,9}[.)]) {1,3}"
_ITEM = re.compile(rf"{_MARKER}([^\n]*)")
# Below it nothing indented, which may belong to the last item.
_LIST = re.compile(
    rf"{_MARKER}{_SAFE}[^\n]*+(?:\n{_MARKER}{_SAFE}[^\n]*+)*+"
    r"(?=\n?\Z|\n[ \t]*\n(?:[ \t]*\n)*+(?:\S|\Z))"
)
_FENCE = re.compile(r"(`{3,}+)[^`\n|]*+(?=\n)|(~{3,}+)[^\n|]*+(?=\n)")
_BLANK = re.compile(r"(?:[ \t]*\n)*+(?:[ \t]*\Z)?")


def walk(text: str, other: Callable[[int], int]) -> list[Found]:
    """The texts of the plain blocks; `other` is given where another block starts and says where it
    ends. Line ends of `text` are line feeds."""
    found: list[Found] = []
    at = 0
    while True:
        blank = _BLANK.match(text, at)
        at = blank.end() if blank else at
        if at == len(text):
            return found
        plain = block(text, at)
        if plain is None:
            at = other(at)
        else:
            at = plain[0]
            found += plain[1]


def block(text: str, at: int) -> tuple[int, list[Found]] | None:
    """Where the plain block that starts at `at`, at the top level, ends, and its texts."""
    first = text[at]
    if first == "#":
        return _heading(text, at)
    if first in "-+*0123456789" and (items := _LIST.match(text, at)):
        return _list(text, at, items.end())
    if first in "`~" and (fence := _FENCE.match(text, at)):
        closing = _closing(fence[1] or fence[2]).search(text, fence.end())
        return (closing.end(), []) if closing else None
    paragraph = _PARAGRAPH.match(text, at)
    if not paragraph:
        return None
    end = paragraph.end()
    content = paragraph.group()
    if content[0] == "[" and "]:" in content:
        return None
    if "\n" not in content and _DEFINITION.match(text, end):
        return None
    start = at + len(content) - len(content.lstrip("\u3000"))
    return end, [("paragraph", start, at + len(content.rstrip(WHITE)))]


def _heading(text: str, at: int) -> tuple[int, list[Found]] | None:
    """A heading in one line, with no closing `#`, which are not its text (4.2)."""
    found = _HEADING.match(text, at)
    if not found:
        return None
    content = found[1].rstrip()
    if content[-1] == "#":
        return None
    start = found.start(1)
    return found.end(), [("heading", start, start + len(found[1].rstrip(WHITE)))]


def _list(text: str, at: int, end: int) -> tuple[int, list[Found]] | None:
    """Items of one line each."""
    if text.find("]:", at, end) >= 0:
        return None
    return end, [
        ("item", item.start(1), item.start(1) + len(item[1].rstrip(WHITE)))
        for item in _ITEM.finditer(text, at, end)
    ]


@cache
def _closing(fence: str) -> re.Pattern[str]:
    """The line that closes a fence: as many marks or more, and nothing behind them."""
    mark, length = re.escape(fence[0]), len(fence)
    return re.compile(rf"\n {{0,3}}{mark}{{{length},}}[ \t]*(?=\n|\Z)")
