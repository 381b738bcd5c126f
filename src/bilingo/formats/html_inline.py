"""A run of text and inline markup, between two edges of blocks, as one unit.

What is wrapped around all of the text (Wix nests spans three deep) and what hangs at its ends
without text (line breaks, icons, comments) stays outside of the unit.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import accumulate, groupby
from typing import Literal

from bilingo.formats.html_tokens import SPACE, Attribute
from bilingo.formats.units import MAX_CODES, NO_WORDS, TOO_MANY_CODES, has_words, joint
from bilingo.model import Inner, Unit
from bilingo.text import tags
from bilingo.text.tags import TAG, Mark

# Says nothing of its own: carries a style. Never a code around a whole unit.
_WRAPPERS = frozenset("bdi bdo big font ins nobr small span u".split())
_INVISIBLE = ("", "wbr")  # a comment has no name
KEPT = "kept"  # the name of what an author keeps from translation
_ODD_GAP = re.compile(rf"[{SPACE}]{{2,}}|[\t\n\f\r]")
_NEWLINE = re.compile("\n")
# White space of every kind, zero-width spaces, and references to these.
_BLANK_ONE = (
    r"(?:[\s\u200b\u2060\ufeff]|&(?:nbsp|ensp|emsp|thinsp|ZeroWidthSpace|NoBreak"
    r"|#0*(?:9|10|13|32|160|8203|8288|65279)|#[xX]0*(?:9|[aA]|[dD]|20|[aA]0|200[bB]|2060|[fF]{3}[eE]"
    r"[fF]{2}));)"
)
_BLANK, _BLANKS = re.compile(f"{_BLANK_ONE}*+"), re.compile(f"{_BLANK_ONE}++")


@dataclass(frozen=True, slots=True)
class Part:
    """A token of a run. `keep`: it has a meaning where it stands (an image, code), even at an end.

    `linked`: its text stands in a link. `attributes` are those of the tag that a reader sees.
    """

    form: Literal["text", "open", "close", "alone"]
    start: int
    end: int
    name: str = ""
    reason: str = ""
    keep: bool = False
    linked: bool = False
    attributes: tuple[tuple[str, Attribute], ...] = ()


@dataclass(slots=True)
class Run:
    """The parts of a run so far, and for an opening or closing part the number of its partner."""

    parts: list[Part] = field(default_factory=list)
    partner: dict[int, int] = field(default_factory=dict)

    def add(self, part: Part) -> int:
        """The number of the part, which is now the last."""
        self.parts.append(part)
        return len(self.parts) - 1

    def pair(self, opening: int, closing: int) -> None:
        """Make partners of two parts."""
        self.partner[opening], self.partner[closing] = closing, opening


def kept_whole(run: Run, spans: Iterable[tuple[int, int]]) -> Run:
    """The run with what stands in each span as one part, where no pair of tags crosses its edge."""
    out, number_of = Run(), {}
    left = list(spans)[::-1]
    for index, part in enumerate(run.parts):
        while left and part.start >= left[-1][1]:
            left.pop()
        inside = bool(left) and part.start >= left[-1][0]
        if inside and part.start == left[-1][0]:
            start, end = left[-1]
            last = next(i for i in range(index, len(run.parts)) if run.parts[i].end == end)
            pairs = (run.partner.get(i, i) for i in range(index, last + 1))
            if all(index <= other <= last for other in pairs):
                out.add(Part("alone", start, end, KEPT, keep=True))
                continue
            left.pop()
            inside = False
        if not inside:
            number_of[index] = out.add(part)
    for one, other in run.partner.items():
        if one < other and one in number_of and other in number_of:
            out.pair(number_of[one], number_of[other])
    return out


def attribute_unit(kind: str, attribute: Attribute, source: str, reason: str) -> Unit:
    """The unit of an attribute's value; its `raw` has the quotes."""
    text, codes = tags.lift([" ".join(attribute.value.split())])
    raw = source[attribute.start : attribute.end]
    skip = reason or ("" if has_words(text) else NO_WORDS)
    return Unit("", kind, text, raw, codes, skip=skip)


def units(run: Run, source: str, kind: str) -> Iterator[tuple[int, Unit]]:
    """Each unit of a run and where it starts: its text, and attributes of what stays outside."""
    first, last = _solid_span(run, source)
    unit = _unit(run, source, kind, first, last) if first <= last else None
    for index, part in enumerate(run.parts):
        if unit is None or not first <= index <= last:
            for name, attribute in part.attributes:
                yield attribute.start, attribute_unit(name, attribute, source, part.reason)
    if unit:
        yield unit


def _solid_span(run: Run, source: str) -> tuple[int, int]:
    """The first and the last part of the unit, numbers into `run.parts`."""
    parts, partner = run.parts, run.partner
    solid = [part.keep or part.form == "text" and not _blank(source, part) for part in parts]
    before = [0, *accumulate(map(int, solid))]
    first, last = 0, len(parts) - 1
    while first <= last and not solid[first]:
        pair = partner.get(first, -1)
        if parts[first].form == "open" and pair > first and before[pair] > before[first]:
            whole = before[-1] == before[pair]
            if not whole or parts[first].name not in _WRAPPERS:
                break
        first += 1
    while first <= last and not solid[last]:
        pair = partner.get(last, -1)
        if parts[last].form == "close" and pair >= first and before[last] > before[pair]:
            break
        last -= 1
    return first, last


def _blank(source: str, part: Part) -> bool:
    found = _BLANK.match(source, part.start, part.end)
    return found is not None and found.end() == part.end


def _edges(run: Run, source: str, first: int, last: int) -> tuple[int, int]:
    """The span of the unit in the source, without the white space at its ends."""
    parts = run.parts
    start, end = parts[first].start, parts[last].end
    if parts[first].form == "text" and (found := _BLANK.match(source, start, end)):
        start = found.end()
    if parts[last].form == "text":
        floor = max(start, parts[last].start)
        if source[end - 1] == ";" or _BLANKS.match(source[end - 1]):
            runs = _BLANKS.finditer(source, floor, end)
            end = next((found.start() for found in runs if found.end() == end), end)
    return start, end


def _unit(run: Run, source: str, kind: str, first: int, last: int) -> tuple[int, Unit] | None:
    start, end = _edges(run, source, first, last)
    run.parts[first] = replace(run.parts[first], start=max(start, run.parts[first].start))
    run.parts[last] = replace(run.parts[last], end=min(end, run.parts[last].end))
    items, marks = _items(run, source, first, last)
    parts = _collapsed(items)
    text, codes = tags.lift(parts)
    raw = source[start:end]
    kept = [p for p in run.parts[first : last + 1] if p.form == "text" and not _blank(source, p)]
    reasons = [part.reason for part in kept or run.parts[first : first + 1]]
    skip = "" if "" in reasons else reasons[0]
    if len(codes) > MAX_CODES:
        return start, Unit("", kind, tags.plain(text), raw, skip=TOO_MANY_CODES)
    inner = tuple(_inner(marks, parts, text, source, start))
    words = has_words(text)
    if not words and not inner:
        return None
    skip = skip if words else NO_WORDS
    return start, Unit("", kind, text, raw, codes, skip=skip, inner=inner)


def _items(
    run: Run, source: str, first: int, last: int
) -> tuple[list[str | Mark], list[tuple[Part, ...]]]:
    """Texts with their references decoded, and marks; for each mark the tags it is made of."""
    items: list[str | Mark] = []
    marks: list[tuple[Part, ...]] = []
    nests: dict[int, tuple[str, int]] = {}  # by the first closing part: name and depth
    index = first
    while index <= last:
        part = run.parts[index]
        if part.form == "text":
            items.append(html.unescape(source[part.start : part.end]))
            index += 1
            continue
        form, name, depth = part.form, part.name, 1
        pair = run.partner.get(index, -1)
        if form == "open" and index < pair <= last:
            name, depth = str(index), _depth(run, index, pair)
            nests[pair - depth + 1] = name, depth
        elif index in nests:
            name, depth = nests[index]
        else:
            form = "alone"
        group = tuple(run.parts[index : index + depth])
        items.append(Mark(form, source[part.start : group[-1].end], name))
        marks.append(group)
        index += depth
    return items, marks


def _depth(run: Run, opening: int, closing: int) -> int:
    """How many pairs of tags, one right inside the other, are one code: `<a><u>…</u></a>`."""
    parts = run.parts
    depth, meaning = 1, parts[opening].name not in _WRAPPERS
    while run.partner.get(opening + depth, -1) == closing - depth > opening + depth:
        if parts[opening + depth].name not in _WRAPPERS:
            if meaning:
                break
            meaning = True
        depth += 1
    return depth


def _collapsed(items: Sequence[str | Mark]) -> list[str | Mark]:
    """White space as it is displayed: one space, none beside line breaks, none in Chinese lines."""
    out: list[str | Mark] = []
    trailing = -1  # the text that ends in white space, while nothing visible follows
    spaced = True
    for item in items:
        if isinstance(item, str):
            text = _ODD_GAP.sub(_gap, item)
            text = text.lstrip(" \n") if spaced else text
            if text:
                spaced = text[-1] in " \n"
                trailing = len(out) if spaced else -1
            out.append(text)
            continue
        if item.form == "alone" and item.name not in _INVISIBLE:
            spaced = item.name == "br"
            if spaced and trailing >= 0:
                out[trailing] = str(out[trailing]).rstrip(" \n")
            trailing = -1
        out.append(item)
    if trailing >= 0:
        out[trailing] = str(out[trailing]).rstrip(" \n")
    return _lines_joined(out)


def _gap(found: re.Match[str]) -> str:
    gap = found.group()
    return "\n" if "\n" in gap or "\r" in gap else " "


def _lines_joined(items: Sequence[str | Mark]) -> list[str | Mark]:
    """Each line break as one space, or as nothing between Chinese characters."""
    seen = "".join(_visible(item) for item in items)
    offset = 0
    out: list[str | Mark] = []
    for item in items:
        start = offset
        offset += len(_visible(item))
        if isinstance(item, str) and "\n" in item:
            item = _NEWLINE.sub(partial(_joint_at, seen, start), item)
        out.append(item)
    return out


def _joint_at(seen: str, start: int, found: re.Match[str]) -> str:
    at = start + found.start()
    return joint(seen[max(0, at - 1) : at], seen[at + 1 : at + 2])


def _visible(item: str | Mark) -> str:
    """The text a reader sees; a standalone code counts as a Latin letter."""
    if isinstance(item, str):
        return item
    return "x" if item.form == "alone" and item.name not in _INVISIBLE else ""


def _inner(
    marks: Sequence[tuple[Part, ...]],
    items: Sequence[str | Mark],
    lifted: str,
    source: str,
    start: int,
) -> Iterator[Inner]:
    """The attributes inside the markup of the codes."""
    numbers = _code_numbers(items, lifted)
    for group, number in zip(marks, numbers, strict=True):
        for part in group:
            for kind, attribute in part.attributes:
                unit = attribute_unit(kind, attribute, source, part.reason)
                place = attribute.start - group[0].start
                yield Inner(unit, number, place, attribute.start - start)


def _code_numbers(items: Sequence[str | Mark], lifted: str) -> Iterator[int]:
    """The code number of each mark; text that looks like a tag has one too."""
    found = TAG.finditer(lifted)
    for is_text, group in groupby(items, lambda item: isinstance(item, str)):
        if is_text:
            for _ in TAG.finditer("".join(map(str, group))):
                next(found)
        else:
            for _ in group:
                yield int(next(found)["number"])
