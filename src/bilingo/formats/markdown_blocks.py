"""Blocks of Markdown that need the parser: their units, by the lines the parser gives."""

from __future__ import annotations

import re
from collections.abc import Iterator

from markdown_it.token import Token

from bilingo.formats import hints, html, html_units
from bilingo.formats.markdown_inline import title_span
from bilingo.formats.markdown_parser import COMMENT, Blocks
from bilingo.formats.markdown_places import HTML, Placed, line_spans
from bilingo.formats.markdown_text import block_unit, not_located, unit
from bilingo.formats.units import LINE_END, has_words
from bilingo.frozen import replace
from bilingo.model import Unit
from bilingo.text import tags

# MDX: components, JavaScript in attributes, Markdown code between tags.
_NO_HTML = re.compile(r"\A\s*</?[A-Z]|[\w-]=\{|^[ \t]*(?:```|~~~)", re.MULTILINE)
_PIPE = re.compile(r"\\?\|")
_DEFINITION = re.compile(r"\[(?:[^\[\]\\]|\\.)+\]:")

Spans = list[tuple[int, int]]


class Others:
    """The blocks that are not plain, read one by one.

    `text` is `source` with line feeds; `env` gets the link definitions.
    """

    def __init__(self, source: str, text: str, env: dict[str, object]) -> None:
        self._source = source
        self._env = env
        self._blocks = Blocks(text, env)
        self._lines = self._blocks.lines if text is source else line_spans(source)

    def read(self, at: int) -> int:
        """Read the block that starts with the line at `at` of the text; where it ends."""
        return self._blocks.read(at)

    def units(self) -> Iterator[tuple[int, Unit]]:
        """The units of the blocks that were read, and where they start in the source."""
        tokens = self._blocks.tokens
        yield from _blocks(tokens, self._source, self._lines, self._env)
        yield from _definitions(self._source, self._lines, self._env)
        yield from _raw_html(tokens, self._source, self._lines)

    def hints(self) -> Iterator[hints.Hint]:
        """The author's comments for bilingo between the blocks, not those shown in code."""
        for token in self._blocks.tokens:
            if token.type in ("html_block", COMMENT) and token.map and "bilingo:" in token.content:
                spans = self._lines[slice(*token.map)]
                yield from hints.find(self._source, spans[0][0], spans[-1][1])


def _blocks(
    tokens: list[Token], source: str, lines: Spans, env: dict[str, object]
) -> Iterator[tuple[int, Unit]]:
    """Every inline token as a unit and where it starts in the source."""
    inside: list[str] = []
    row = 0  # where the next cell of the table row is looked for
    for index, token in enumerate(tokens):
        if token.nesting > 0:
            inside.append(token.type)
            if token.type == "tr_open":
                row = 0
        elif token.nesting < 0:
            inside.pop()
        if token.type != "inline" or not token.content or not token.map:
            continue
        kind = _kind(tokens, index, inside)
        first, after = token.map
        ours = lines[first : max(after, first + 1)]
        found: tuple[int, Unit] | None
        if kind != "cell":
            found = block_unit(kind, token.content, source, ours, env)
        else:
            placed, row = _place_cell(token.content, source, ours[0], row)
            if placed:
                found = unit(kind, placed, env)
            else:
                found = not_located(kind, token.content, source, ours)
        if found:
            yield found


def _kind(tokens: list[Token], index: int, inside: list[str]) -> str:
    opening = tokens[index - 1]
    if opening.type == "heading_open":
        return "heading" if opening.markup.startswith("#") else "setext"
    if opening.type in ("th_open", "td_open"):
        return "cell"
    if opening.type == "dt_open":
        return "term"
    around = inside[-2] if len(inside) > 1 else ""
    if around == "list_item_open" and tokens[index - 2].type == "list_item_open":
        return "item"
    return {"dd_open": "definition", "footnote_reference_open": "footnote"}.get(around, "paragraph")


def _place_cell(
    content: str, source: str, line: tuple[int, int], position: int
) -> tuple[Placed | None, int]:
    """Where a table cell stands in its row, from `position` on, and where the next may."""
    start = max(line[0], position)
    for bar in _bars(source, start, line[1]):
        cell = source[start:bar]
        stripped = cell.rstrip()
        plain = stripped.replace("\\|", "|")
        if plain.endswith(content) and (plain.lstrip() == content or start == line[0]):
            first = start + len(stripped) - len(content) - (stripped.count("\\|"))
            return Placed(content, source, _cell_starts(source, first, bar)), bar + 1
        start = bar + 1
    return None, position


def _bars(source: str, start: int, end: int) -> Iterator[int]:
    """Where the cells of a row end: at bars without a backslash, and with the row."""
    for found in _PIPE.finditer(source, start, end):
        if found.group() == "|":
            yield found.start()
    yield end


def _cell_starts(source: str, first: int, end: int) -> tuple[tuple[int, int], ...]:
    starts = [(0, first)]
    for escapes, found in enumerate(_PIPE.finditer(source, first, end)):
        at = found.start() - first - escapes
        starts += [(at, found.start()), (at + 1, found.end())]
    return tuple(starts)


def _raw_html(tokens: list[Token], source: str, lines: Spans) -> Iterator[tuple[int, Unit]]:
    """The units of raw HTML blocks, but not of MDX or inside quotes."""
    for token in tokens:
        if token.type != "html_block" or not token.map or _NO_HTML.search(token.content):
            continue
        spans = lines[slice(*token.map)]
        wanted = LINE_END.split(token.content)
        if any(
            source[a:b].strip() != line.strip() for (a, b), line in zip(spans, wanted, strict=False)
        ):
            continue
        start = spans[0][0]
        for found in html_units.read(source[start : spans[-1][1]], html.hidden).found:
            yield start + found.start, _as_html(found.unit)


def _as_html(unit: Unit) -> Unit:
    inner = tuple(replace(one, unit=_as_html(one.unit)) for one in unit.inner)
    return replace(unit, kind=HTML + unit.kind, inner=inner)


def _definitions(source: str, lines: Spans, env: dict[str, object]) -> Iterator[tuple[int, Unit]]:
    """The titles of link reference definitions."""
    references = env.get("references", {})
    assert isinstance(references, dict)  # noqa: S101 - markdown-it's own
    for reference in references.values():
        if not has_words(reference["title"]):
            continue
        first, after = reference["map"]
        start, end = lines[first][0], lines[after - 1][1]
        label = _DEFINITION.search(source, start, end)
        span = title_span(source, label.end(), end) if label else None
        if span:
            text, codes = tags.lift([" ".join(reference["title"].split())])
            yield span[0], Unit("", "link-title", text, source[slice(*span)], codes)
