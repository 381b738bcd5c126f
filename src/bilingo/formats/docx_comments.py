"""What an author tells bilingo in the comments of a Word document: `hints`, said Word's way.

A comment whose text begins with `bilingo:` is for us, all others are for people. `context` and
`note` speak of the first text of the paragraphs the comment is on, `off` of all of them, so it
needs no `on`. Word may make a capital of the first letter, and a Chinese keyboard types `：`.

Comments: ECMA-376 part 1 §17.13.4. Their range may begin and end in a paragraph or between two; one
without a range is on the paragraph that refers to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from bilingo.errors import BilingoError
from bilingo.formats import docx_xml
from bilingo.formats.docx_xml import Node
from bilingo.formats.hints import NAMES, Hint

START, END, REFERENCE = "commentRangeStart", "commentRangeEnd", "commentReference"
_OURS = re.compile(r"\s*bilingo\s*[:：](.*)", re.IGNORECASE | re.DOTALL)


def comments(source: bytes) -> dict[str, tuple[str, str]]:
    """By its number, the name and the text of every comment for us in the part `source`.

    Raises BilingoError for what is not well-formed and for a name that is none.
    """
    spoken: dict[str, tuple[str, str]] = {}

    def found(node: Node, _outside: list[str]) -> None:
        ours = _OURS.fullmatch(_text(node))
        if ours is None:
            return
        name, *said = ours[1].split() or [""]
        name = name.lower()
        if name == "on" or name not in NAMES:
            known = ", ".join(one for one in NAMES if one != "on")
            raise BilingoError(f"unknown comment bilingo:{name[:40]}", hint=f"known: {known}")
        if name != "off" and not said:
            raise BilingoError(f"bilingo:{name} says nothing")
        spoken[node.attributes.get("id", "")] = name, " ".join(said)

    docx_xml.walk(source, frozenset(("comment",)), found)
    return spoken


def _text(comment: Node) -> str:
    paragraphs = (node for node in comment.every() if node.name == "p")
    return " ".join(
        "".join(text for node in each.every() if node.name == "t" for text in node.texts)
        for each in paragraphs
    )


class Spoken:
    """The comments for us, while the paragraphs of a document pass by."""

    def __init__(self, comments: Mapping[str, tuple[str, str]]) -> None:
        self._comments = comments
        self._open: dict[str, None] = {}
        self._ranged: set[str] = set()
        self._done: set[str] = set()

    def mark(self, node: Node) -> None:
        """Where a range begins or ends."""
        number = node.attributes.get("id", "")
        if node.name == END:
            self._open.pop(number, None)
        elif number in self._comments:
            self._open[number] = None
            self._ranged.add(number)

    def hints(self, paragraph: Node, start: int, end: int, *, is_unit: bool) -> Iterator[Hint]:
        """What the comments on a paragraph say, when it is a unit at `start` to `end` of a text."""
        if not self._comments:
            return
        marks = [node for node in paragraph.every() if node.name in (START, END, REFERENCE)]
        for node in marks:
            if node.name == START:
                self.mark(node)
        here = dict(self._open)
        for node in marks:
            number = node.attributes.get("id", "")
            if node.name == REFERENCE and number in self._comments.keys() - self._ranged:
                here[number] = None
            elif node.name == END:
                self.mark(node)
        if is_unit:
            yield from self._said(here, start, end)

    def _said(self, here: Iterable[str], start: int, end: int) -> Iterator[Hint]:
        off = False
        for number in here:
            name, text = self._comments[number]
            if name == "off":
                off = True
            elif number not in self._done:
                yield Hint(start - 1, start - 1, name, text)
            self._done.add(number)
        if off:
            yield from (Hint(start - 1, start - 1, "off", ""), Hint(end, end, "on", ""))

    def close(self) -> None:
        """The end of the document. Raises BilingoError for a comment that spoke of no text."""
        for number, (name, _) in self._comments.items():
            if number not in self._done:
                hint = "mark the words it is about, then make the comment"
                raise BilingoError(f"the comment bilingo:{name} is on no text", hint=hint)
