"""The inside of a TMX `<seg>`: tagged text as inline elements, inline elements as tagged text."""

from __future__ import annotations

import re

from bilingo.text.lazy import Pattern
from bilingo.text.tags import TAG

CODES = frozenset(("bpt", "ept", "ph", "it", "hi", "ut"))
_NUMBER = Pattern(r"[1-9][0-9]{0,3}")
_SPECIAL = Pattern('[&<>"\t\n\r]')
# a line break in a text must neither break the line of its unit nor be read as a space
_ESCAPES = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}
    | {character: f"&#{ord(character)};" for character in "\t\n\r"}
)


def markup(text: str) -> str:
    """Tagged text as TMX: pairs as bpt and ept, what has no partner as it, the rest as ph.

    `x` is the tag's number, `i` counts the pairs of this text.
    """
    if "<" not in text:
        return escaped(text)
    tags = list(TAG.finditer(text))
    opened: dict[str, list[int]] = {}
    pair: dict[int, int] = {}  # place of an opening or closing tag → `i`
    for place, tag in enumerate(tags):
        if tag["alone"]:
            continue
        if not tag["close"]:
            opened.setdefault(tag["number"], []).append(place)
        elif opened.get(tag["number"]):
            pair[place] = pair[opened[tag["number"]].pop()] = len(pair) // 2 + 1
    out: list[str] = []
    position = 0
    for place, tag in enumerate(tags):
        out += (escaped(text[position : tag.start()]), _element(tag, pair.get(place)))
        position = tag.end()
    return "".join((*out, escaped(text[position:])))


def _element(tag: re.Match[str], pair: int | None) -> str:
    number, close = tag["number"], bool(tag["close"])
    if tag["alone"]:
        return escaped(tag.group()) if close else f'<ph x="{number}"/>'  # `</1/>` is no tag
    if pair is None:
        return f'<it pos="{"end" if close else "begin"}" x="{number}"/>'
    return f'<ept i="{pair}"/>' if close else f'<bpt i="{pair}" x="{number}"/>'


def escaped(text: str) -> str:
    """Text as XML, in element content or a quoted attribute; read, it is the same text."""
    return text.translate(_ESCAPES) if _SPECIAL.search(text) else text


class Seg:
    """A text that is being read: inline elements as numbered tags.

    The same `x` (or `i`, or else the same place in the row) is the same number in every text of the
    unit. In our own files `x` is the number.
    """

    def __init__(self, numbers: dict[tuple[str, str, str], int], ours: bool) -> None:
        self.numbers, self.ours = numbers, ours
        self.parts: list[str] = []
        self.used: set[tuple[str, str, str]] = set()
        self.pairs: dict[str, tuple[int, int]] = {}  # i → number, place in parts
        self.highlights: list[int] = []

    def number(self, form: str, attributes: dict[str, str]) -> int:
        x = attributes.get("x", "")
        if self.ours and _NUMBER.fullmatch(x):
            return int(x)
        nth = (form, "nth", str(len(self.used)))
        keys = [(form, name, attributes[name]) for name in ("x", "i") if attributes.get(name)]
        key = next((key for key in keys if key not in self.used), nth)
        self.used.add(key)
        return self.numbers.setdefault(key, len(self.numbers) + 1)

    def add_text(self, text: str) -> None:
        if "<" in text and not self.ours:  # what only looks like a tag is a code, as in `tags.lift`
            text = TAG.sub(lambda found: f"<{self.number('text', {'x': found.group()})}/>", text)
        self.parts.append(text)

    def add_open(self, attributes: dict[str, str], i: str | None) -> None:
        number = self.number("pair", attributes)
        if i is None:
            self.highlights.append(number)
        else:
            self._leave_open(i)
            self.pairs[i] = number, len(self.parts)
        self.parts.append(f"<{number}>")

    def add_close(self, attributes: dict[str, str]) -> None:
        number, _ = self.pairs.pop(attributes.get("i", ""), (0, 0))
        self.parts.append(f"</{number}>" if number else f"<{self.number('alone', attributes)}/>")

    def end_highlight(self) -> None:
        self.parts.append(f"</{self.highlights.pop()}>")

    def add_alone(self, attributes: dict[str, str], position: str) -> None:
        number = self.number("alone", attributes)
        form = {"begin": "<%d>", "end": "</%d>"}.get(position if self.ours else "", "<%d/>")
        self.parts.append(form % number)

    def finished(self) -> str:
        for i in tuple(self.pairs):
            self._leave_open(i)
        return "".join(self.parts)

    def _leave_open(self, i: str) -> None:
        """What was opened as `i` is never closed: it stands alone."""
        if i in self.pairs:
            number, place = self.pairs.pop(i)
            self.parts[place] = f"<{number}/>"
