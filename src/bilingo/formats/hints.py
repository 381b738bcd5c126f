"""What an author tells bilingo in comments of an article: leave this out, say this about the next.

    <!-- bilingo:off -->            nothing below is translated, until
    <!-- bilingo:on -->             this
    <!-- bilingo:context menu -->   the next text is another one than the same text elsewhere
    <!-- bilingo:note … -->         what the translator of the next text should know

In MDX the comment is `{/* bilingo:off */}`, in front matter `# bilingo:off`. `off` and `on` inside
one text keep the words between them as they are. A reader finds the comments, for it knows what is
a comment and what is code; what they mean is decided here, in one place for all formats.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from bilingo.errors import BilingoError
from bilingo.formats.units import LINE_END
from bilingo.frozen import dataclass, replace
from bilingo.model import Inner, Unit
from bilingo.text.lazy import Pattern

OFF = "bilingo:off"
NAMES = ("context", "note", "off", "on")
_BEGINNING = Pattern(r"(?:<!--|\{/\*)\s*bilingo:")
_CLOSER = {"<": "-->", "{": "*/}"}
_LINE_START, _LINE_REST = Pattern(r"(?:\A|[\r\n])\s*\Z"), Pattern(r"[^\S\r\n]*(?=[\r\n]|\Z)")
_YAML = Pattern(r"^#[ \t]*bilingo:(?P<name>[^\s]*)(?P<text>[^\r\n]*)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Hint:
    """A comment for bilingo at `start` to `end` of a text."""

    start: int
    end: int
    name: str
    text: str


def find(text: str, start: int = 0, end: int | None = None) -> Iterator[Hint]:
    """The HTML and MDX comments for bilingo between two offsets of `text`, in order."""
    end = len(text) if end is None else end
    closers = set(_CLOSER.values())
    while closers and (found := _BEGINNING.search(text, start, end)):
        start = found.end()
        closer = _CLOSER[found.group()[0]]
        at = text.find(closer, start, end) if closer in closers else -1
        if at < 0:
            closers.discard(closer)  # and none of those below ends
            continue
        name, *said = text[start:at].split() or [""]
        yield Hint(found.start(), at + len(closer), name, " ".join(said))
        start = at + len(closer)


def in_front_matter(text: str) -> Iterator[Hint]:
    """The comments for bilingo at the starts of lines of YAML."""
    for found in _YAML.finditer(text):
        yield Hint(*found.span(), found["name"], " ".join(found["text"].split()))


def on_own_lines(text: str) -> Iterator[Hint]:
    """The comments for bilingo that are all of a line of plain text."""
    for hint in find(text):
        before = _LINE_START.search(text[max(0, hint.start - 200) : hint.start])
        after = _LINE_REST.match(text, hint.end)
        if before and after and not LINE_END.search(text, hint.start, hint.end):
            yield hint


def is_hint(line: str) -> bool:
    """Whether a line of plain text is a comment for bilingo and nothing else."""
    return "bilingo:" in line and alone(line) is not None


def alone(markup: str) -> Hint | None:
    """The hint that is all of a code's markup; what an `off` and its `on` enclose is none."""
    found = list(find(markup))
    whole = len(found) == 1 and (found[0].start, found[0].end) == (0, len(markup))
    return found[0] if whole else None


def kept_spans(hints: Iterable[Hint]) -> Iterator[tuple[int, int]]:
    """From each `off` to its `on`, of hints that stand in one text."""
    start: int | None = None
    for hint in hints:
        if hint.name == "off" and start is None:
            start = hint.start
        elif hint.name == "on" and start is not None:
            yield start, hint.end
            start = None


def apply(pieces: Iterable[str | Unit], hints: Sequence[Hint]) -> list[str | Unit]:
    """The pieces with what the hints between them say, and those inside of their codes.

    Raises BilingoError (`where` is the line) for an `off` without an `on` and the other way round,
    a hint that nothing follows, and a name that is none of `NAMES`.
    """
    pieces = list(pieces)
    reader = _Reader(pieces)
    waiting = sorted(hints, key=lambda hint: hint.start, reverse=True)
    out: list[str | Unit] = []
    offset = 0
    for piece in pieces:
        start, offset = offset, offset + len(piece if isinstance(piece, str) else piece.raw)
        if isinstance(piece, str):
            out.append(piece)
            continue
        while waiting and waiting[-1].start < start:
            reader.take(waiting.pop())
        while waiting and waiting[-1].start < offset:
            waiting.pop()  # inside of the unit, in one of its codes
        out.append(reader.hinted(piece, start))
    for hint in reversed(waiting):
        reader.take(hint)
    reader.close()
    return out


class _Reader:
    """What has been said so far about the text that comes next."""

    def __init__(self, pieces: Sequence[str | Unit]) -> None:
        self._pieces = pieces
        self._off: Hint | None = None
        self._next: dict[str, Hint] = {}

    def take(self, hint: Hint) -> None:
        """A hint between two units."""
        if hint.name in ("context", "note"):
            if not hint.text:
                raise self._wrong(f"bilingo:{hint.name} says nothing", hint)
            self._next[hint.name] = hint
        elif hint.name == "off":
            if self._off:
                line = self._line(self._off)
                raise self._wrong(f"bilingo:off, and it is off since line {line}", hint)
            self._off = hint
        elif hint.name == "on":
            if not self._off:
                raise self._wrong("bilingo:on without a bilingo:off", hint)
            self._off = None
        else:
            known = ", ".join(NAMES)
            raise self._wrong(f"unknown comment bilingo:{hint.name}", hint, f"known: {known}")

    def hinted(self, unit: Unit, start: int) -> Unit:
        """The unit as the hints before it and inside it want it."""
        if self._off:
            inner = tuple(replace(i, unit=_left_out(i.unit)) for i in unit.inner)
            return replace(_left_out(unit), inner=inner)
        said = dict(self._next)
        for code in unit.codes:
            if "bilingo:" in code.opening and (hint := alone(code.opening)):
                if hint.name not in ("context", "note") or not hint.text:
                    hint = replace(hint, start=start)
                    raise self._wrong(f"bilingo:{hint.name} inside a text", hint, _PAIRS)
                said[hint.name] = hint
        offered = not unit.skip or any(not one.unit.skip for one in unit.inner)
        if not said or not offered:
            return unit
        self._next = {}
        context = said["context"].text if "context" in said else None
        note = said["note"].text if "note" in said else ""

        def with_words(one: Unit) -> Unit:
            notes = "; ".join(filter(None, (one.note, note)))
            return one if one.skip else replace(one, msgctxt=context, note=notes)

        inner = tuple(Inner(with_words(i.unit), i.code, i.start, i.raw_start) for i in unit.inner)
        return replace(with_words(unit), inner=inner)

    def close(self) -> None:
        """The end of the article."""
        if self._off:
            raise self._wrong("bilingo:off is never closed", self._off, "end it with bilingo:on")
        for hint in self._next.values():
            raise self._wrong(f"bilingo:{hint.name} with no text after it", hint)

    def _wrong(self, what: str, hint: Hint, way_out: str = "") -> BilingoError:
        return BilingoError(what, where=str(self._line(hint)), hint=way_out)

    def _line(self, hint: Hint) -> int:
        text = "".join(p if isinstance(p, str) else p.raw for p in self._pieces)
        return len(LINE_END.findall(text, 0, hint.start)) + 1


_PAIRS = "off and on inside a text go in pairs"


def _left_out(unit: Unit) -> Unit:
    return replace(unit, skip=unit.skip or OFF)
