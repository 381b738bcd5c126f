"""Inline codes as numbered tags: lift them out of markup, put them back, leave them out.

`Open **the** [file](x)` becomes `Open <1>the</1> <2>file</2>` with the codes beside it. URLs and
attributes stay in the codes, so the same sentence from Markdown, HTML and DOCX is the same text.
Text that only looks like a tag is lifted as a code too, so putting back is exact.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Literal

from bilingo.frozen import dataclass
from bilingo.model import Code

TAG = re.compile(r"<(?P<close>/?)(?P<number>[1-9][0-9]{0,3})(?P<alone>/?)>")


@dataclass(frozen=True, slots=True)
class Mark:
    """Inline markup as a reader found it. A `close` pairs with the nearest `open` of its name."""

    form: Literal["open", "close", "alone"]
    markup: str
    name: str = ""


def lift(parts: Iterable[str | Mark]) -> tuple[str, tuple[Code, ...]]:
    """Tagged text and its codes, numbered from 1 in order of appearance.

    Marks that pair with nothing, or would cross another pair, become standalone codes.
    """
    marks = list(parts)
    if len(marks) == 1 and isinstance(marks[0], str) and "<" not in marks[0]:
        return marks[0], ()
    if any("<" in mark for mark in marks if isinstance(mark, str)):
        marks = [each for mark in texts_joined(marks) for each in _literal_tags_marked(mark)]
    partner = _pairs(marks)
    text: list[str] = []
    codes: list[Code] = []
    number_of: dict[int, int] = {}
    for index, mark in enumerate(marks):
        if isinstance(mark, str):
            text.append(mark)
            continue
        other = partner.get(index)
        if other is None:
            codes.append(Code(len(codes) + 1, mark.markup))
            text.append(f"<{len(codes)}/>")
        elif other > index:
            closing = marks[other]
            assert isinstance(closing, Mark)  # noqa: S101 - partners are marks
            codes.append(Code(len(codes) + 1, mark.markup, closing.markup))
            number_of[other] = len(codes)
            text.append(f"<{len(codes)}>")
        else:
            text.append(f"</{number_of[index]}>")
    return "".join(text), tuple(codes)


def texts_joined(parts: Iterable[str | Mark]) -> list[str | Mark]:
    """Neighbouring texts as one, without empty ones: a parser may cut what looks like a tag."""
    joined: list[str | Mark] = []
    run: list[str] = []
    for part in parts:
        if isinstance(part, str):
            run.append(part)
            continue
        if text := "".join(run):
            joined.append(text)
        run.clear()
        joined.append(part)
    return [*joined, text] if (text := "".join(run)) else joined


def _literal_tags_marked(part: str | Mark) -> Iterator[str | Mark]:
    if isinstance(part, Mark):
        yield part
        return
    position = 0
    for found in TAG.finditer(part):
        if found.start() > position:
            yield part[position : found.start()]
        yield Mark("alone", found.group())
        position = found.end()
    if position < len(part):
        yield part[position:]


def _pairs(marks: list[str | Mark]) -> dict[int, int]:
    """Index of each paired mark to its partner's; pairs never cross."""
    partner: dict[int, int] = {}
    opened: list[tuple[int, str]] = []
    names: dict[str, int] = {}  # of those; a stray close must not search the whole stack
    for index, mark in enumerate(marks):
        if isinstance(mark, str) or mark.form == "alone":
            continue
        name = mark.name
        if mark.form == "open":
            opened.append((index, name))
            names[name] = names.get(name, 0) + 1
        elif names.get(name):
            first, inside = opened.pop()
            names[inside] -= 1
            while inside != name:
                first, inside = opened.pop()
                names[inside] -= 1
            partner[index], partner[first] = first, index
    return partner


def restore(text: str, codes: Iterable[Code], escape: Callable[[str], str] = str) -> str:
    """Markup again: each tag gives way to its code's markup, the text between is `escape`d.

    A tag without a code stays literal text. `restore(*lift(parts))` is the parts joined.
    """
    known = {code.number: code for code in codes}
    out: list[str] = []
    position = 0
    for found in TAG.finditer(text):
        markup = _markup(found, known)
        if markup is None:
            continue
        out += (escape(text[position : found.start()]), markup)
        position = found.end()
    out.append(escape(text[position:]))
    return "".join(out)


def _markup(found: re.Match[str], known: dict[int, Code]) -> str | None:
    code = known.get(int(found["number"]))
    if code is None or found["close"] and found["alone"]:
        return None
    if found["alone"]:
        return code.opening if code.closing is None else code.opening + code.closing
    if found["close"]:
        return code.closing or ""
    return code.opening


def plain(text: str) -> str:
    """The text without its tags."""
    return TAG.sub("", text) if "<" in text else text


def skeleton(text: str) -> tuple[str, ...]:
    """The tags alone, in order: what two texts share when their codes agree."""
    return tuple(found.group() for found in TAG.finditer(text))


def renumbered(source: str, *translations: str) -> tuple[str, ...]:
    """The texts with their tags numbered anew, from 1 in order of appearance in `source`.

    A sentence keeps its unit's numbers; this is how it looks wherever it stands. A tag that only a
    translation has is numbered after those of the source.
    """
    number_of: dict[str, int] = {}

    def renumber(text: str) -> str:
        return TAG.sub(
            lambda found: (
                f"<{found['close']}{number_of.setdefault(found['number'], len(number_of) + 1)}"
                f"{found['alone']}>"
            ),
            text,
        )

    return tuple(renumber(text) for text in (source, *translations))
