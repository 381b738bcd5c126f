"""The text of a Markdown block as parts: strings, and marks with the markup they stand for."""

from __future__ import annotations

from collections.abc import Sequence

from bilingo.formats import markdown_marks
from bilingo.formats.markdown_marks import SOFT, SPECIAL
from bilingo.formats.markdown_places import Placed, Spot, place, trimmed
from bilingo.formats.units import MAX_CODES, NO_WORDS, NOT_LOCATED, TOO_MANY_CODES, has_words, joint
from bilingo.model import Code, Inner, Unit
from bilingo.text import tags
from bilingo.text.lazy import Pattern
from bilingo.text.tags import TAG, Mark


def parse(placed: Placed, env: dict[str, object]) -> tuple[list[str | Mark], list[Spot]]:
    """The parts of a block for `tags.lift`, and the texts inside the markup of marks.

    `env` has the link definitions of the article.
    """
    if not SPECIAL.search(placed.content):
        return [placed.content], []
    found = markdown_marks.parts(placed, env)
    if found is None:
        from bilingo.formats import markdown_inline  # and with it the parser

        found = markdown_inline.parts(placed, env)
    parts, spots = found
    if "\n" in placed.content:
        parts = _soft_breaks_joined(parts)
    return tags.texts_joined(parts), spots


def _soft_breaks_joined(parts: list[str | Mark]) -> list[str | Mark]:
    """Each soft break as one space, or as nothing between Chinese characters."""
    after: dict[int, str] = {}
    seen = ""
    for index in range(len(parts) - 1, -1, -1):
        if parts[index] is SOFT:
            after[index] = seen
        else:
            seen = _visible(parts[index]) or seen
    if not after:
        return parts
    out: list[str | Mark] = []
    seen = ""
    for index, part in enumerate(parts):
        if part is SOFT:
            out.append(joint(seen, after[index]))
        else:
            seen = _visible(part) or seen
            out.append(part)
    return out


def _visible(part: str | Mark) -> str:
    """The text a reader sees; a standalone code counts as a Latin letter."""
    if isinstance(part, str):
        return part
    return "x" if part.form == "alone" else ""


def _code_numbers(parts: list[str | Mark], text: str) -> list[int]:
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


# Nothing but white space behind the marks of quotes and lists.
_WHITE_LINE = Pattern(r"[\s>]*(?:(?:[-*+]|[0-9]{1,9}[.)])[\s>]*)*")


def block_unit(
    kind: str,
    content: str,
    source: str,
    lines: Sequence[tuple[int, int]],
    env: dict[str, object],
) -> tuple[int, Unit] | None:
    """As `unit`, for a block that stands in these lines of the source, which are searched.

    White space that is no blank line to Markdown, as a full-width space, may be all of the first.
    """
    first = 0
    spare = len(lines) - 1 - content.count("\n")
    while first < spare and _WHITE_LINE.fullmatch(source, *lines[first]):
        first += 1
    placed = place(content, source, lines[first : first + 1 + content.count("\n")], kind)
    if placed is None:
        return not_located(kind, content, source, lines)
    return unit(kind, placed, env)


def plain_unit(kind: str, content: str, start: int) -> tuple[int, Unit] | None:
    """As `unit`, for text without markup, which stands as it is in the source at `start`."""
    return (start, Unit("", kind, content, content)) if has_words(content) else None


def not_located(
    kind: str, content: str, source: str, lines: Sequence[tuple[int, int]]
) -> tuple[int, Unit]:
    """All of these lines as a unit that is reported and left as it is."""
    start = lines[0][0]
    return start, Unit("", kind, content, source[start : lines[-1][1]], skip=NOT_LOCATED)


def unit(kind: str, placed: Placed, env: dict[str, object]) -> tuple[int, Unit] | None:
    """The unit of a block and where it starts; None where there is nothing to translate."""
    placed = trimmed(placed, kind)
    parts, spots = parse(placed, env)
    text, codes = tags.lift(parts)
    start, end = placed.at(0), placed.at(len(placed.content))
    if len(codes) > MAX_CODES:
        skip = TOO_MANY_CODES
        return start, Unit("", kind, tags.plain(text), placed.source[start:end], skip=skip)
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
    numbers = _code_numbers(parts, text)
    marks = [part for part in parts if isinstance(part, Mark)]
    out = []
    for spot in spots:
        code = codes[numbers[spot.mark] - 1]
        before = len(code.opening) if marks[spot.mark].form == "close" else 0
        inner_text, inner_codes = tags.lift([spot.text])
        one = Unit(
            "",
            spot.kind,
            inner_text,
            placed.slice(spot.start, spot.end),
            inner_codes,
            skip="" if has_words(spot.text) else NO_WORDS,
        )
        raw_start = placed.at(spot.start) - placed.at(0)
        out.append(Inner(one, code.number, before + spot.offset, raw_start))
    return tuple(sorted(out, key=lambda inner: inner.raw_start))
