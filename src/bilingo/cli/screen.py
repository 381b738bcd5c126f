"""Styled text on a terminal: colours or marks, and lines that fit, East Asian width respected."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator

from bilingo.text.show import visible, width

Piece = tuple[str, str]
"""A style and a text."""

LEAST = 20  # columns; a narrower pane gets lines that are too long
_COLOURS = {
    "same": "",
    "old": "31;9",
    "new": "32",
    "found": "1;33",
    "term": "4",
    "head": "1",
    "faint": "2",
    "warning": "33",
}
# Without colour what differs and what was sought must still be seen; the rest is only easier.
_MARKS = {"old": ("[-", "-]"), "new": ("{+", "+}"), "found": ("[", "]")}
_NOT_FIRST = frozenset("，。、；：？！」』）》〉】］”’…—,.;:?!)]}%％")
_NOT_LAST = frozenset("「『（《〈【［“‘([{$")


class Screen:
    """How stdout is written: `columns` 0 means lines as long as they are."""

    def __init__(self, *, colour: bool, columns: int) -> None:
        self.colour = colour
        self.columns = max(columns, LEAST) if columns else 0

    @property
    def unwrapped(self) -> Screen:
        """The same, with lines as long as they are."""
        return Screen(colour=self.colour, columns=0)

    def write(self, pieces: Iterable[Piece], indent: str = "", hang: str = "") -> str:
        """The pieces as lines, the first after `indent`, the others after `hang`.

        Control characters of the texts are shown, never sent.
        """
        marked = [
            (style if self.colour else "same", part)
            for style, text in pieces
            for part in self._marked(style, visible(text))
            if part
        ]
        if not self.columns:
            return indent + "".join(self._coloured(*piece) for piece in marked)
        lines = list(_filled(marked, self.columns - width(indent), self.columns - width(hang)))
        return "\n".join(
            (hang if number else indent) + "".join(self._coloured(*piece) for piece in line)
            for number, line in enumerate(lines or [[]])
        )

    def _marked(self, style: str, text: str) -> Iterator[str]:
        before, after = ("", "") if self.colour else _MARKS.get(style, ("", ""))
        yield f"{before}{text}{after}"

    def _coloured(self, style: str, text: str) -> str:
        code = _COLOURS[style]
        return f"\x1b[{code}m{text}\x1b[0m" if code and self.colour else text


def stdout() -> Screen:
    """Colour and width of a terminal (`NO_COLOR`, `COLUMNS`); neither for a pipe or a file."""
    if not sys.stdout.isatty():
        return Screen(colour=False, columns=0)
    import shutil

    columns = shutil.get_terminal_size((80, 24)).columns
    return Screen(colour=not os.environ.get("NO_COLOR"), columns=columns)


def _filled(pieces: list[Piece], first: int, others: int) -> Iterator[list[Piece]]:
    """Lines of at most so many columns, broken at spaces and between Chinese characters."""
    line: list[Piece] = []
    used, room = 0, first
    for chunk in _chunks(pieces):
        size = sum(width(text) for _, text in chunk)
        if line and used + width("".join(text for _, text in chunk).rstrip()) > room:
            yield _stripped(line)
            line, used, room = [], 0, others
        if size > room and not line:
            for piece in _letters(chunk):
                if used + width(piece[1]) > room:
                    yield line
                    line, used, room = [], 0, others
                line.append(piece)
                used += width(piece[1])
            continue
        line += chunk
        used += size
    if line:
        yield _stripped(line)


def _chunks(pieces: list[Piece]) -> Iterator[list[Piece]]:
    """What must stay on one line: a word with its space, a character with its punctuation."""
    chunk: list[Piece] = []
    last = ""
    for style, character in _letters(pieces):
        if last and _may_break(last, character):
            yield chunk
            chunk = []
        chunk.append((style, character))
        last = character
    if chunk:
        yield chunk


def _may_break(last: str, character: str) -> bool:
    if character.isspace():
        return False
    if last.isspace():
        return True
    wide = width(last) == 2 or width(character) == 2
    return wide and character not in _NOT_FIRST and last not in _NOT_LAST


def _letters(pieces: list[Piece]) -> Iterator[Piece]:
    return ((style, character) for style, text in pieces for character in text)


def _stripped(line: list[Piece]) -> list[Piece]:
    """The line without spaces at its end, neighbours of one style joined."""
    joined: list[Piece] = []
    for style, text in line:
        if joined and joined[-1][0] == style:
            joined[-1] = (style, joined[-1][1] + text)
        else:
            joined.append((style, text))
    if joined:
        joined[-1] = (joined[-1][0], joined[-1][1].rstrip())
    return joined
