"""Markdown inside a block: markdown-it-py finds the codes, this module slices them from the source.

The parser gives no positions inside a block, so its rules note them (`markdown_parser`).
Escapes and entities are read as the characters they stand for.
"""

from __future__ import annotations

import re
import sys
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace

from markdown_it.token import Token

from bilingo.formats import markdown_kept
from bilingo.formats.markdown_kept import HTML_NAME
from bilingo.formats.markdown_parser import parser
from bilingo.formats.units import joint
from bilingo.text.tags import TAG, Mark

_SOFT = "\n"
_SPECIAL = re.compile(r"[\\`*_\[<&~{\n]")  # what any inline rule begins with
_KEPT = re.compile("translate|bilingo:", re.IGNORECASE)
_INLINE_NESTING = 20  # markdown-it's own for CommonMark: time grows with it on `[[[[…`
_WITH_TEXTS = ("image", "link_close")
_PAIRED = {"em_open", "em_close", "strong_open", "strong_close", "s_open", "s_close"}
_HTML_TAG = re.compile(r"<(/?)([A-Za-z][\w:.-]*)")
_VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
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
        content, source = self.starts[bisect_right(self.starts, (offset, sys.maxsize)) - 1]
        return source + offset - content

    def slice(self, start: int, end: int) -> str:
        """The source between two content offsets, with the prefixes of continuation lines."""
        return self.source[self.at(start) : self.at(end)]


def parse(placed: Placed, env: dict[str, object]) -> tuple[list[str | Mark], list[Spot]]:
    """The parts of a block for `tags.lift`, and the texts inside the markup of marks."""
    if not _SPECIAL.search(placed.content):
        return [placed.content], []
    tokens: list[Token] = []
    md = parser(_INLINE_NESTING)
    md.inline.parse(placed.content, md, env, tokens)
    parts: list[str | Mark] = []
    spans: list[tuple[int, int]] = []
    spots: list[Spot] = []
    opened: list[tuple[int, int]] = []
    marks = 0
    address = False
    for token in tokens:
        if address and token.type == "text":
            continue
        if token.type == "link_open":
            opened.append(token.meta["label"])
            address = token.markup == "autolink"
        elif token.type == "link_close":
            address = False
        parts.append(_part(token, placed, opened))
        spans.append(token.meta.get("span", (0, 0)))
        if token.type in _WITH_TEXTS:
            spots += _spots(token, placed, marks)
        marks += isinstance(parts[-1], Mark)
        if token.type == "link_open" and address:
            # The address as it is written: the parser shows %-escapes decoded.
            parts.append(placed.content[slice(*opened[-1])])
            spans.append(opened[-1])
    if ("<" in placed.content or "{" in placed.content) and _KEPT.search(placed.content):
        stretches = list(markdown_kept.stretches(parts))
        parts, spots = _kept_whole(parts, spans, spots, placed, stretches)
    return _soft_breaks_joined(parts) if _SOFT in parts else _strings_joined(parts), spots


def _kept_whole(
    parts: list[str | Mark],
    spans: list[tuple[int, int]],
    spots: list[Spot],
    placed: Placed,
    stretches: list[tuple[int, int]],
) -> tuple[list[str | Mark], list[Spot]]:
    """Each stretch as one mark; the texts inside its markup go, the others are counted anew."""
    out: list[str | Mark] = []
    number_of: dict[int, int] = {}
    position = marks = known = 0
    for first, last in [*stretches, (len(parts), len(parts))]:
        for part in parts[position:first]:
            if isinstance(part, Mark):
                number_of[marks] = known
                marks, known = marks + 1, known + 1
            out.append(part)
        if first < len(parts):
            markup = placed.slice(spans[first][0], spans[last][1])
            out.append(Mark("alone", markup))
            known += 1
            marks += sum(isinstance(part, Mark) for part in parts[first : last + 1])
        position = last + 1
    kept = [replace(s, mark=number_of[s.mark]) for s in spots if s.mark in number_of]
    return out, kept


def _part(token: Token, placed: Placed, opened: list[tuple[int, int]]) -> str | Mark:
    if token.type in ("text", "text_special"):
        return token.content.replace("\n", " ")
    if token.type == "softbreak":
        return _SOFT
    if token.type in _PAIRED:
        name, form = token.type.split("_")
        return Mark("open" if form == "open" else "close", token.markup, name + token.markup)
    start, end = token.meta["span"]
    if token.type == "link_open":
        return Mark("open", placed.slice(start, end), "link")
    if token.type == "link_close":
        markup = placed.slice(start, end)
        return Mark("close", _explicit(markup, placed.slice(*opened.pop())), "link")
    markup = placed.slice(start, end)
    if token.type == "html_inline":
        return _html(markup)
    if token.type == "image":
        label = start + 2, start + 2 + len(token.content)
        markup = placed.slice(start, label[1]) + _explicit(
            placed.slice(label[1], end), placed.slice(*label)
        )
    return Mark("alone", markup)


def _explicit(closing: str, label: str) -> str:
    """A shortcut reference names its label, which a translation of its text would lose."""
    return f"][{label}]" if closing in ("]", "][]") else closing


def _html(markup: str) -> Mark:
    found = _HTML_TAG.match(markup)
    if not found or markup.endswith("/>") or found[2].lower() in _VOID:
        return Mark("alone", markup)
    return Mark("close" if found[1] else "open", markup, HTML_NAME + found[2])


def _spots(token: Token, placed: Placed, mark: int) -> Iterator[Spot]:
    """Alt text and titles: units of their own inside the markup of mark number `mark`."""
    if token.type == "image":
        start, end = token.meta["span"]
        alt_end = start + 2 + len(token.content)
        alt = "".join(_alt_text(child) for child in token.children or ())
        if alt.strip():
            yield Spot("alt", mark, start + 2, alt_end, 2, alt)
        title = token.attrs.get("title")
        paren = alt_end + 1
    else:
        start, end = token.meta["span"]
        title, paren = "", start + 1
    if placed.content[paren : paren + 1] == "(":
        span = title_span(placed.content, paren + 1, end - 1)
        if span:
            title = _unquoted(placed.content[slice(*span)])
            offset = placed.at(span[0]) - placed.at(start)
            yield Spot("link-title", mark, *span, offset, title)


def _alt_text(token: Token) -> str:
    if token.type in ("softbreak", "hardbreak"):
        return " "
    if token.type == "image":
        return "".join(_alt_text(child) for child in token.children or ())
    return "" if token.type == "html_inline" else token.content


def title_span(content: str, position: int, end: int) -> tuple[int, int] | None:
    """Where the title with its quotes stands after a link destination that starts at `position`."""
    while end > position and content[end - 1] in " \t\n":
        end -= 1
    if content[position:end][-1:] not in ("'", '"', ")"):
        return None  # most links have none, and to find where an address ends takes time
    while position < end and content[position] in " \t\n":
        position += 1
    destination = parser().helpers.parseLinkDestination(content, position, end)
    if not destination.ok:
        return None
    position = destination.pos
    while position < end and content[position] in " \t\n":
        position += 1
    return (position, end) if content[position:end][:1] in ("'", '"', "(") else None


def _unquoted(title: str) -> str:
    result = parser().helpers.parseLinkTitle(title, 0, len(title), None)
    return " ".join(result.str.split())


def _soft_breaks_joined(parts: list[str | Mark]) -> list[str | Mark]:
    """Each soft break as one space, or as nothing between Chinese characters."""
    after: dict[int, str] = {}
    seen = ""
    for index in range(len(parts) - 1, -1, -1):
        if parts[index] == _SOFT:
            after[index] = seen
        else:
            seen = _visible(parts[index]) or seen
    out: list[str | Mark] = []
    seen = ""
    for index, part in enumerate(parts):
        if part == _SOFT:
            out.append(joint(seen, after[index]))
        else:
            seen = _visible(part) or seen
            out.append(part)
    return _strings_joined(out)


def _strings_joined(parts: list[str | Mark]) -> list[str | Mark]:
    out: list[str | Mark] = []
    run: list[str] = []
    for part in parts:
        if isinstance(part, str):
            run.append(part)
            continue
        if text := "".join(run):
            out.append(text)
        run.clear()
        out.append(part)
    return [*out, text] if (text := "".join(run)) else out


def _visible(part: str | Mark) -> str:
    """The text a reader sees; a standalone code counts as a Latin letter."""
    if isinstance(part, str):
        return part
    return "x" if part.form == "alone" else ""


def trimmed(placed: Placed, kind: str) -> Placed:
    """Without what belongs to the block and not to its text: a task box, a heading's attributes."""
    content = placed.content
    task = _TASK.match(content) if kind == "item" else None
    start = task.end() if task else 0
    attributes = _ATTRIBUTES.search(content, start) if kind in ("heading", "setext") else None
    end = attributes.start() if attributes else len(content)
    if not start and not attributes:
        return placed
    starts = tuple((offset - start, at) for offset, at in placed.starts if offset > start)
    return Placed(content[start:end], placed.source, ((0, placed.at(start)), *starts))


def code_numbers(parts: list[str | Mark], text: str) -> list[int]:
    """For each mark of the parts its code number in the lifted `text`."""
    found = iter(TAG.finditer(text))
    numbers = []
    for part in parts:
        if isinstance(part, str):
            for _ in TAG.findall(part):
                next(found)  # text that looks like a tag was given a number too
        else:
            numbers.append(int(next(found)["number"]))
    return numbers
