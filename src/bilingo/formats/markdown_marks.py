"""Inline markup that needs no parser: code, emphasis, links and images of the plainest form.

The promise: `parts` says what markdown-it and our rules say of a text, or nothing. Emphasis is
read where each run of marks opens or closes, one after the other and alike (CommonMark 0.31, 6.2);
links where nothing in them could end them sooner (6.3). A law compares both
(`tests/formats/test_markdown_plain.py`).
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from itertools import accumulate

from bilingo.formats.markdown_places import Placed, Spot
from bilingo.frozen import replace
from bilingo.text.lazy import Pattern
from bilingo.text.tags import Mark

SOFT = "\n"
"""The part that is a soft line break."""

SPECIAL = re.compile(r"[\\`*_\[<&~{\n]")
"""What any inline rule begins with."""

# Hugo and Jinja tags, MDX comments; attribute lists of Pandoc, kramdown and MDX headings.
OPAQUE = Pattern(
    r"\{\{<[^>\n]{0,400}>\}\}|\{\{%[^%\n]{0,400}%\}\}|\{%[^%\n]{0,400}%\}"
    r"|\{/\*(?:[^*]|\*(?!/)){0,400}\*/\}|\{(?:[#.][\w-]|:[ \w#.])[^{}\n]{0,400}\}"
)

# Which of them are text: no tag or address, no entity, no strike-through.
_TEXT = Pattern(r"<(?=\s|\Z)|&(?!#?[A-Za-z0-9]{1,32};)|~(?!~)")
_ESCAPED = Pattern(r"\\[!-/:-@\[-`{-~]")
_RUN = re.compile(r"\*+|_+|`+")
_CODE = Pattern(r"(`++)(?:.*?[^`])\1(?!`)", re.DOTALL)
_ADDRESS = Pattern(r"<(https?://[^\s<>\x00-\x1f]*+)>")
_CHARACTERS = r"[^\s()<>\\\"'\x00-\x1f\x7f]"
_PATH = (
    r"(?!(?i:vbscript|javascript|file|data):)"
    rf"{_CHARACTERS}++(?:\({_CHARACTERS}*+\){_CHARACTERS}*+)*+"
)
_ALT = r"[^\[\]\\`*_<{&~\n]*+"
_IMAGE = Pattern(rf"!\[({_ALT})\]\(({_PATH})\)")
_LINK = Pattern(
    rf"\[((?:[^\[\]\\`<{{!]++|!(?!\[)|`[^`]++`|!\[{_ALT}\]\({_PATH}\))*+)\]\(({_PATH})\)"
)
_ENTITY = Pattern("&.*;")  # it may spell a scheme that is refused
_BRACKETS = Pattern(r"\[[^\[\]\\`<{\n^][^\[\]\\`<{\n]*+\](?!\()")
_KEPT = Pattern("translate|bilingo:", re.IGNORECASE)
_INDENT = Pattern(r"\\?\n[ \t]*+")

_OPEN = {
    run: Mark("open", run, name + run)
    for run, name in (("*", "em"), ("_", "em"), ("**", "strong"), ("__", "strong"))
}
_CLOSE = {run: Mark("close", run, mark.name) for run, mark in _OPEN.items()}
_LINK_OPEN = Mark("open", "[", "link")
_ADDRESS_OPEN = Mark("open", "<", "link")
_ADDRESS_CLOSE = Mark("close", ">", "link")


def keeps(content: str) -> bool:
    """Whether a text may say that a part of it stays as it is."""
    return ("<" in content or "{" in content) and _KEPT.search(content) is not None


def parts(placed: Placed, env: dict[str, object]) -> tuple[list[str | Mark], list[Spot]] | None:
    """The parts of a block's text, which may be in pieces, and the alt texts in them.

    `env` has the link definitions of the article.
    """
    if keeps(placed.content):
        return None
    reader = _Reader(placed, "references" not in env)
    try:
        reader.read(0, len(placed.content))
    except _Declined:
        return None
    return reader.parts, reader.counted_spots()


class _Declined(Exception):  # noqa: N818 - it is an answer, no error
    """A parser has to read it."""


class _Reader:
    """What has been read of one text. Each method reads what begins at `at`, and says where what it
    took ends."""

    __slots__ = ("_content", "_free", "_opened", "_placed", "_since", "_spots", "parts")

    def __init__(self, placed: Placed, free: bool) -> None:
        self.parts: list[str | Mark] = []
        self._placed = placed
        self._content = placed.content
        self._free = free  # no label is defined: what stands in brackets is text
        self._opened = ""  # the emphasis that is open
        self._since = 0  # where the last stretch without markup starts
        self._spots: list[Spot] = []

    def read(self, at: int, end: int) -> None:
        """All of it between two offsets: all of the content, or a link's text."""
        content = self._content
        while found := SPECIAL.search(content, at, end):
            stop = found.start()
            if stop > at:
                self.parts.append(content[at:stop])
            self._since = at
            read = _READ.get(content[stop], _Reader._other)
            at = read(self, stop, end)
        if end > at:
            self.parts.append(content[at:end])
        if self._opened:
            raise _Declined

    def counted_spots(self) -> list[Spot]:
        """The alt texts, with the numbers of their marks instead of their places."""
        if not self._spots:
            return []
        numbers = [*accumulate(isinstance(part, Mark) for part in self.parts)]
        return [replace(spot, mark=numbers[spot.mark] - 1) for spot in self._spots]

    def _code(self, at: int, end: int) -> int:
        code = _CODE.match(self._content, at, end)
        if not code:  # nothing closes it (6.1)
            run = _RUN.match(self._content, at, end)
            assert run  # noqa: S101 - it begins so
            self.parts.append(run.group())
            return run.end()
        self.parts.append(Mark("alone", self._placed.slice(at, code.end())))
        return code.end()

    def _emphasis(self, at: int, end: int) -> int:
        content = self._content
        run = _RUN.match(content, at, end)
        assert run  # noqa: S101 - it begins so
        after = run.end()
        marks = run.group()
        opens, closes = _flanks(
            marks[0], content[at - 1] if at else " ", content[after] if after < end else " "
        )
        apart = marks[0] not in self._opened
        single = apart and (not opens or content.find(marks[0], after, end) < 0)
        if single or not (opens or closes):
            self.parts.append(marks)
        elif opens and not self._opened and len(marks) < 3:
            self._opened = marks
            self.parts.append(_OPEN[marks])
        elif closes and self._opened == marks:
            self._opened = ""
            self.parts.append(_CLOSE[marks])
        else:
            raise _Declined
        return after

    def _bracket(self, at: int, end: int) -> int:
        """A link; an image where a `!` stands before; or text."""
        if at > self._since and self._content[at - 1] == "!":
            return self._image(at - 1, end)
        link = _LINK.match(self._content, at, end)
        if not link:
            if self._free and _BRACKETS.match(self._content, at, end):
                self.parts.append("[")
                return at + 1
            raise _Declined
        if _ENTITY.search(link[2]):
            raise _Declined
        self.parts.append(_LINK_OPEN)
        opened, self._opened = self._opened, ""
        self.read(*link.span(1))
        self._opened = opened
        self.parts.append(Mark("close", self._placed.slice(link.end(1), link.end()), "link"))
        return link.end()

    def _image(self, at: int, end: int) -> int:
        image = _IMAGE.match(self._content, at, end)
        if not image or _ENTITY.search(image[2]):
            raise _Declined
        self.parts[-1:] = (
            self._content[self._since : at],
            Mark("alone", self._placed.slice(at, image.end())),
        )
        if image[1].strip():
            self._spots.append(Spot("alt", len(self.parts) - 1, *image.span(1), 2, image[1]))
        return image.end()

    def _break(self, at: int, end: int) -> int:
        """A line break; after two spaces a hard one."""
        indent = _INDENT.match(self._content, at, end)
        after = indent.end() if indent else at + 1
        text = self._content[self._since : at]
        if text[-1:] != " ":
            self.parts.append(SOFT)
        elif text[-2:] == "  ":
            bare = text.rstrip(" ")
            start = at - len(text) + len(bare)
            self.parts[-1:] = bare, Mark("alone", self._placed.slice(start, after))
        else:
            self.parts[-1:] = text[:-1], SOFT
        return after

    def _backslash(self, at: int, end: int) -> int:
        if _ESCAPED.match(self._content, at, end):
            self.parts.append(self._content[at + 1])
            return at + 2
        raise _Declined

    def _other(self, at: int, end: int) -> int:
        content = self._content
        first = content[at]
        if _TEXT.match(content, at) or first == "{" and not OPAQUE.match(content, at, end):
            self.parts.append(first)
            return at + 1
        address = _ADDRESS.match(content, at, end) if first == "<" else None
        if not address:
            raise _Declined
        self.parts += (_ADDRESS_OPEN, address[1], _ADDRESS_CLOSE)
        return address.end()


_READ = {
    "`": _Reader._code,
    "*": _Reader._emphasis,
    "_": _Reader._emphasis,
    "[": _Reader._bracket,
    "\n": _Reader._break,
    "\\": _Reader._backslash,
}


def _flanks(mark: str, before: str, after: str) -> tuple[bool, bool]:
    """Whether a run of marks between two characters may open and close emphasis (6.2)."""
    space, spaced = _kind(before) == " ", _kind(after) == " "
    punctuation, punctuated = _kind(before) == ".", _kind(after) == "."
    left = not spaced and (not punctuated or space or punctuation)
    right = not space and (not punctuation or spaced or punctuated)
    if mark == "*":
        return left, right
    return left and (not right or punctuation), right and (not left or punctuated)


@cache
def _kind(character: str) -> str:
    """“ ” for white space, “.” for punctuation and symbols, “a” for the rest."""
    if character in "\t\n\v\f\r":
        return " "
    category = unicodedata.category(character)
    return " " if category == "Zs" else "." if category[0] in "PS" else "a"
