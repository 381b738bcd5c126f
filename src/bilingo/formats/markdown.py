"""Markdown articles: CommonMark with GFM tables, footnotes, definition lists, front matter.

Kinds of units: `heading` (`#`), `setext` (an underlined heading), `paragraph`, `item` (the first
paragraph of a list item), `cell`, `term`, `definition`, `footnote`; inside their markup `alt` and
`link-title`; in front matter `meta:KEY` and `lang`; in raw HTML blocks those of the HTML reader
with `html:` before. Not units: code, addresses, directives and shortcodes, MDX imports and
components, other front matter. An inline element with `translate="no"` or class `notranslate` is
one code.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from markdown_it.token import Token

from bilingo.formats import encoding as encodings
from bilingo.formats import frontmatter, hints, html, html_units, markdown_render
from bilingo.formats.markdown_inline import (
    Placed,
    Spot,
    code_numbers,
    parse,
    title_span,
    trimmed,
)
from bilingo.formats.markdown_parser import COMMENT, blocks
from bilingo.formats.units import LINE_END, NO_WORDS, NOT_LOCATED, finish, has_words
from bilingo.model import Code, Inner, Unit
from bilingo.text import tags
from bilingo.text.tags import Mark

_HTML = "html:"
# MDX: components, JavaScript in attributes, Markdown code between tags.
_NO_HTML = re.compile(r"\A\s*</?[A-Z]|[\w-]=\{|^[ \t]*(?:```|~~~)", re.MULTILINE)
_CLOSING_HASHES = re.compile(r"(?:^|[ \t])#+$")
_PIPE = re.compile(r"\\?\|")
_DEFINITION = re.compile(r"\[(?:[^\[\]\\]|\\.)+\]:")


def read(
    raw: bytes, *, encoding: str | None = None, keys: Sequence[str] = ()
) -> Iterator[str | Unit]:
    """The pieces of a Markdown file; `keys` are the front matter keys that are units.

    Raises BilingoError (`where` is `line` or `line:column`) for bytes that are not text, conflict
    markers, and front matter that is refused (see `frontmatter.read`).
    """
    text = encodings.decode(raw, encoding)
    body = frontmatter.end(text)
    pieces = [*frontmatter.read(text[:body], keys)] if body else []
    found = [*hints.in_front_matter(text[:body])]
    more, below = _pieces(text[body:])
    found += (replace(hint, start=hint.start + body, end=hint.end + body) for hint in below)
    yield from finish(hints.apply([*pieces, *more], found))


def render(unit: Unit, text: str) -> str:
    """The markup that puts tagged `text` in the unit's place: Markdown, or HTML in a raw block.

    Raises what `markdown_render.render` and `html.render` raise.
    """
    if unit.kind.startswith(_HTML):
        return html.render(replace(unit, kind=unit.kind.removeprefix(_HTML)), text)
    return markdown_render.render(unit, text)


def write(text: str, raw: bytes, *, encoding: str | None = None) -> bytes:
    """`text` as bytes, with the encoding and byte-order mark of `raw`."""
    return encodings.encode(text, raw, encoding)


def _pieces(source: str) -> tuple[list[str | Unit], list[hints.Hint]]:
    """The pieces of Markdown below the front matter, and the hints of the author between them."""
    lines = _line_spans(source)
    env: dict[str, object] = {}
    tokens = blocks(source, env)
    found = [
        *_blocks(tokens, source, lines, env),
        *_definitions(source, lines, env),
        *_raw_html(tokens, source, lines),
    ]
    pieces: list[str | Unit] = []
    position = 0
    for start, unit in sorted(found, key=lambda pair: pair[0]):
        if start < position:
            continue  # cannot happen while positions are right; then the first one stands
        pieces += (source[position:start], unit)
        position = start + len(unit.raw)
    return [*pieces, source[position:]], [*_hints(tokens, source, lines)]


def _hints(tokens: list[Token], source: str, lines: list[tuple[int, int]]) -> Iterator[hints.Hint]:
    """The author's comments for bilingo between the blocks, not those shown in code."""
    for token in tokens:
        if token.type in ("html_block", COMMENT) and token.map and "bilingo:" in token.content:
            spans = lines[slice(*token.map)]
            yield from hints.find(source, spans[0][0], spans[-1][1])


def _line_spans(source: str) -> list[tuple[int, int]]:
    """Start and end of every line without its line end."""
    spans = []
    start = 0
    for found in LINE_END.finditer(source):
        spans.append((start, found.start()))
        start = found.end()
    spans.append((start, len(source)))
    return spans


def _blocks(
    tokens: list[Token], source: str, lines: list[tuple[int, int]], env: dict[str, object]
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
        first = token.map[0]
        if kind == "cell":
            placed, row = _place_cell(token.content, source, lines[first], row)
        else:
            ours = lines[first : first + 1 + token.content.count("\n")]
            placed = _place(token.content, source, ours, kind)
        if placed is None:
            start, end = lines[first][0], lines[max(first, token.map[1] - 1)][1]
            raw = source[start:end]
            yield start, Unit("", kind, token.content, raw, skip=NOT_LOCATED)
            continue
        unit = _unit(kind, trimmed(placed, kind), env)
        if unit:
            yield unit


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


def _place(content: str, source: str, lines: Sequence[tuple[int, int]], kind: str) -> Placed | None:
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


def _unit(kind: str, placed: Placed, env: dict[str, object]) -> tuple[int, Unit] | None:
    parts, spots = parse(placed, env)
    text, codes = tags.lift(parts)
    start, end = placed.at(0), placed.at(len(placed.content))
    inner = _inner(placed, parts, spots, text, codes) if spots else ()
    words = has_words(text)
    if not words and not inner:
        return None
    raw = placed.source[start:end]
    skip = "" if words else NO_WORDS
    return start, Unit("", kind, text, raw, codes, skip=skip, inner=inner)


def _inner(
    placed: Placed,
    parts: list[str | Mark],
    spots: list[Spot],
    text: str,
    codes: tuple[Code, ...],
) -> tuple[Inner, ...]:
    numbers = code_numbers(parts, text)
    marks = [part for part in parts if isinstance(part, Mark)]
    out = []
    for spot in spots:
        code = codes[numbers[spot.mark] - 1]
        before = len(code.opening) if marks[spot.mark].form == "close" else 0
        inner_text, inner_codes = tags.lift([spot.text])
        unit = Unit(
            "",
            spot.kind,
            inner_text,
            placed.slice(spot.start, spot.end),
            inner_codes,
            skip="" if has_words(spot.text) else NO_WORDS,
        )
        raw_start = placed.at(spot.start) - placed.at(0)
        out.append(Inner(unit, code.number, before + spot.offset, raw_start))
    return tuple(sorted(out, key=lambda inner: inner.raw_start))


def _raw_html(
    tokens: list[Token], source: str, lines: list[tuple[int, int]]
) -> Iterator[tuple[int, Unit]]:
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
            inner = tuple(replace(i, unit=_as_html(i.unit)) for i in found.unit.inner)
            yield start + found.start, replace(_as_html(found.unit), inner=inner)


def _as_html(unit: Unit) -> Unit:
    return replace(unit, kind=_HTML + unit.kind)


def _definitions(
    source: str, lines: list[tuple[int, int]], env: dict[str, object]
) -> Iterator[tuple[int, Unit]]:
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
