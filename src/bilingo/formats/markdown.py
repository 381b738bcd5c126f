"""Markdown articles: CommonMark with GFM tables, footnotes, definition lists, front matter.

Kinds of units: `heading` (`#`), `setext` (an underlined heading), `paragraph`, `item` (the first
paragraph of a list item), `cell`, `term`, `definition`, `footnote`; inside their markup `alt` and
`link-title`; in front matter `meta:KEY` and `lang`; in raw HTML blocks those of the HTML reader
with `html:` before. Not units: code, addresses, directives and shortcodes, MDX imports and
components, other front matter. An inline element with `translate="no"` or class `notranslate` is
one code.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from operator import itemgetter
from typing import TYPE_CHECKING

from bilingo.formats import encoding as encodings
from bilingo.formats import frontmatter, hints, markdown_plain
from bilingo.formats.markdown_marks import SPECIAL
from bilingo.formats.markdown_places import HTML, Placed, line_spans, with_line_feeds
from bilingo.formats.markdown_text import block_unit, plain_unit, unit
from bilingo.formats.units import finish
from bilingo.frozen import replace
from bilingo.model import Unit

if TYPE_CHECKING:
    from bilingo.formats.markdown_blocks import Others


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
    more, below = _pieces(text[body:])
    pieces += more
    if "bilingo:" in text:
        found = [*hints.in_front_matter(text[:body])]
        found += (replace(hint, start=hint.start + body, end=hint.end + body) for hint in below)
        pieces = hints.apply(pieces, found)
    yield from finish(pieces)


def render(unit: Unit, text: str) -> str:
    """The markup that puts tagged `text` in the unit's place: Markdown, or HTML in a raw block.

    Raises what `markdown_render.render` and `html.render` raise.
    """
    if unit.kind.startswith(HTML):
        from bilingo.formats import html

        return html.render(replace(unit, kind=unit.kind.removeprefix(HTML)), text)
    from bilingo.formats import markdown_render

    return markdown_render.render(unit, text)


def write(text: str, raw: bytes, *, encoding: str | None = None) -> bytes:
    """`text` as bytes, with the encoding and byte-order mark of `raw`."""
    return encodings.encode(text, raw, encoding)


def _pieces(source: str) -> tuple[list[str | Unit], list[hints.Hint]]:
    """The pieces of Markdown below the front matter, and the hints of the author between them."""
    text = with_line_feeds(source)
    env: dict[str, object] = {}
    others: Others | None = None

    def other(at: int) -> int:
        nonlocal others
        if others is None:
            from bilingo.formats.markdown_blocks import Others  # and with it the parser

            others = Others(source, text, env)
        return others.read(at)

    plain = markdown_plain.walk(text, other)
    found = (
        _as_they_stand(plain, source, env) if text is source else _by_line(plain, text, source, env)
    )
    if others:
        found += others.units()
        found.sort(key=itemgetter(0))
    pieces: list[str | Unit] = []
    position = 0
    for start, one in found:
        if start < position:
            continue  # cannot happen while positions are right; then the first one stands
        pieces += (source[position:start], one)
        position = start + len(one.raw)
    return [*pieces, source[position:]], [*others.hints()] if others else []


def _as_they_stand(
    plain: Sequence[markdown_plain.Found], source: str, env: dict[str, object]
) -> list[tuple[int, Unit]]:
    """The units of plain blocks, and where they start."""
    found = []
    for kind, start, end in plain:
        content = source[start:end]
        if SPECIAL.search(content):
            one = unit(kind, Placed(content, source, ((0, start),)), env)
        else:
            one = plain_unit(kind, content, start)
        if one:
            found.append(one)
    return found


def _by_line(
    plain: Sequence[markdown_plain.Found], text: str, source: str, env: dict[str, object]
) -> list[tuple[int, Unit]]:
    """The same for offsets into `text`, whose lines are those of the source."""
    lines = line_spans(source)
    found = []
    line = before = 0
    for kind, start, end in plain:
        line += text.count("\n", before, start)
        before = start
        after = line + 1 + text.count("\n", start, end)
        one = block_unit(kind, text[start:end], source, lines[line:after], env)
        if one:
            found.append(one)
    return found
