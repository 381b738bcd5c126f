"""Plain text as people paste it: paragraphs in one line, or hard-wrapped to a width.

Kinds of units: `title` for the first line when it reads like one, else `paragraph`. List markers
stay outside; lines of the page around the article are units with a reason to skip them. A comment
for bilingo (`<!-- bilingo:off -->`) has a line of its own.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bilingo.formats import encoding as encodings
from bilingo.formats import furniture, hints
from bilingo.formats.units import LINE_END, finish, has_words, joint
from bilingo.model import Unit
from bilingo.text import tags

# Columns (East Asian wide characters take two). Mail and editors wrap at 72 to 80.
_WRAP_MIN, _WRAP_MAX, _RAGGED = 40, 84, 24
_TITLE_MAX = 120
_MARKER = re.compile(
    r"(?:[-*•‣◦·–●○■□◆▪]|\d{1,3}[.)、．]|[(（]\d{1,3}[)）]|[一二三四五六七八九十]{1,3}、"
    r"|[(（][一二三四五六七八九十]{1,3}[)）]|[①-⑳])"
)
_SENTENCE_END = re.compile(r"[.!?。！？…；;:：]['\"”’」』)）]*$")
_OPEN_END = re.compile(r"[.。；;，,、：:]['\"”’」』)）]*$")


@dataclass(frozen=True, slots=True)
class _Line:
    """A line without its marker and the white space around it; offsets into the text."""

    start: int
    end: int
    text: str
    marked: bool
    width: int


def read(
    raw: bytes, *, encoding: str | None = None, keys: Sequence[str] = ()
) -> Iterator[str | Unit]:
    """The pieces of a text file; `keys` mean nothing here.

    Raises BilingoError (`where` is `line:column`) for bytes that are not text in that encoding.
    """
    text = encodings.decode(raw, encoding)
    blocks = [block for run in _runs(text) for block in _blocks(run)]
    yield from finish(hints.apply(_pieces(text, blocks), [*hints.on_own_lines(text)]))


def render(unit: Unit, text: str) -> str:
    """The text itself on one line; the unit's own text gives `unit.raw`, wrapped as it was."""
    if text == unit.text:
        return unit.raw
    return tags.restore(_joined(LINE_END.split(text)), unit.codes)


def write(text: str, raw: bytes, *, encoding: str | None = None) -> bytes:
    """`text` as bytes, with the encoding and byte-order mark of `raw`."""
    return encodings.encode(text, raw, encoding)


def _runs(text: str) -> Iterator[list[_Line]]:
    """Lines between blank lines."""
    run: list[_Line] = []
    start = 0
    for end, following in [
        *((m.start(), m.end()) for m in LINE_END.finditer(text)),
        (len(text), 0),
    ]:
        line = _line(text, start, end)
        if line.text:
            run.append(line)
        elif run:
            yield run
            run = []
        start = following
    if run:
        yield run


def _line(text: str, start: int, end: int) -> _Line:
    whole = text[start:end]
    body = whole.strip()
    if hints.is_hint(body):
        return _Line(end, end, "", marked=False, width=0)
    marker = _MARKER.match(body)
    rest = body[marker.end() :] if marker else ""
    spaced = bool(marker) and (
        rest[:1].isspace() or marker is not None and marker.group()[-1] in "、)）"
    )
    marked = spaced and bool(rest.strip()) or body[:1] in tuple("•●■◆①②③④⑤⑥⑦⑧⑨⑩")
    if marked:
        body = rest.strip()
    at = start + len(whole.rstrip()) - len(body)
    return _Line(at, at + len(body), body, marked, _width(body))


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def _blocks(run: list[_Line]) -> Iterator[list[_Line]]:
    """The paragraphs of a run: a line each, or the lines of hard-wrapped text together."""
    groups: list[list[_Line]] = []
    for line in run:
        if line.marked or not groups:
            groups.append([line])
        else:
            groups[-1].append(line)
    for group in groups:
        if _is_wrapped(group):
            yield group
        else:
            yield from ([line] for line in group)


def _is_wrapped(lines: list[_Line]) -> bool:
    """Whether the breaks are an editor's: full lines of one width, some ending mid-sentence."""
    if len(lines) < 2:
        return False
    widest = max(line.width for line in lines)
    full = all(line.width >= widest - _RAGGED for line in lines[:-1])
    inside = any(not _SENTENCE_END.search(line.text) for line in lines[:-1])
    return _WRAP_MIN <= widest <= _WRAP_MAX and full and inside


def _pieces(text: str, blocks: list[list[_Line]]) -> Iterator[str | Unit]:
    texts = [_joined([line.text for line in block]) for block in blocks]
    titled = len(blocks) > 1 and len(blocks[0]) == 1 and _reads_like_title(texts[0])
    body = next((i for i in range(int(titled), len(texts)) if _is_body(texts[i])), len(texts))
    top = range(int(titled), body) if titled else range(0)
    details = any(
        furniture.is_detail(texts[i])
        or blocks[i][0].marked
        and furniture.reason(texts[i], near_top=True)
        for i in top
    )
    position = 0
    for index, block in enumerate(blocks):
        start, end = block[0].start, block[-1].end
        if not has_words(texts[index]):
            continue
        lifted, codes = tags.lift([texts[index]])
        title = index == 0 and titled
        near = index in top
        skip = (
            ""
            if title
            else furniture.reason(texts[index], near_top=near, beside_details=near and details)
        )
        kind = "title" if title else "paragraph"
        yield text[position:start]
        yield Unit("", kind, lifted, text[start:end], codes, skip=skip)
        position = end
    yield text[position:]


def _joined(lines: list[str]) -> str:
    out = ""
    for line in map(str.strip, lines):
        out += (joint(out, line) if out and line else "") + line
    return out


def _reads_like_title(text: str) -> bool:
    return _width(text) <= _TITLE_MAX and not _OPEN_END.search(text) and not furniture.reason(text)


def _is_body(text: str) -> bool:
    return (
        bool(_SENTENCE_END.search(text)) and _width(text) > _WRAP_MIN or _width(text) > _TITLE_MAX
    )
