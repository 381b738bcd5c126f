"""Markdown inside a block: markdown-it-py finds the codes, this module slices them from the source.

The parser gives no positions inside a block, so its rules note them (`markdown_parser`).
Escapes and entities are read as the characters they stand for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from markdown_it.token import Token

from bilingo.formats import markdown_kept
from bilingo.formats.markdown_kept import HTML_NAME
from bilingo.formats.markdown_marks import SOFT, keeps
from bilingo.formats.markdown_parser import parser
from bilingo.formats.markdown_places import Placed, Spot
from bilingo.frozen import replace
from bilingo.text.tags import Mark

_INLINE_NESTING = 20  # markdown-it's own for CommonMark: time grows with it on `[[[[…`
_WITH_TEXTS = ("image", "link_close")
_PAIRED = {"em_open", "em_close", "strong_open", "strong_close", "s_open", "s_close"}
_HTML_TAG = re.compile(r"<(/?)([A-Za-z][\w:.-]*)")
_VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())


def parts(placed: Placed, env: dict[str, object]) -> tuple[list[str | Mark], list[Spot]]:
    """The parts of a block's text, soft breaks apart, and the texts inside the markup of marks."""
    tokens: list[Token] = []
    md = parser(_INLINE_NESTING)
    md.inline.parse(placed.content, md, env, tokens)
    found: list[str | Mark] = []
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
        found.append(_part(token, placed, opened))
        spans.append(token.meta.get("span", (0, 0)))
        if token.type in _WITH_TEXTS:
            spots += _spots(token, placed, marks)
        marks += isinstance(found[-1], Mark)
        if token.type == "link_open" and address:
            # The address as it is written: the parser shows %-escapes decoded.
            found.append(placed.content[slice(*opened[-1])])
            spans.append(opened[-1])
    if keeps(placed.content):
        stretches = list(markdown_kept.stretches(found))
        found, spots = _kept_whole(found, spans, spots, placed, stretches)
    return found, spots


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
        return SOFT
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
