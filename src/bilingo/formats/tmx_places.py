"""The units of a memory file by their places: all texts for an index, single units for a match."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, BinaryIO

from bilingo.errors import BilingoError
from bilingo.formats.tmx import HEAD, TAIL
from bilingo.formats.tmx_reader import CHUNK, LONGEST, Placed, Reader, known_locale
from bilingo.frozen import NamedTuple, replace
from bilingo.model import TU, Locale
from bilingo.text.lazy import Pattern

if TYPE_CHECKING:
    from mmap import mmap

PART = 16 * 1024
_BLOCK = 1024 * 1024
_ENTITY = rb"&(?:amp|lt|gt|quot|#9|#10|#13);"
_CHARACTER = rb"[^&<>\x00-\x08\x0a-\x1f%s]*+"
_TEXT, _VALUE = (
    rb"%(c)s(?:%(e)s%(c)s)*+" % {b"c": _CHARACTER % more, b"e": _ENTITY} for more in (b"", b'"\t')
)
# A unit as `tmx.write` prints it, when no code stands in its texts: nothing in it may be at fault.
_LINE = (
    rb"""<tu tuid="[0-9a-f]{16}"(?: segtype="(?:block|paragraph|phrase)")?"""
    rb"""(?: changedate="[0-9]{8}T[0-9]{6}Z")?(?: changeid="%(v)s")?>(?:<note>%(t)s</note>)?"""
    rb"""(?:<prop type="(?:x-bilingo-status">(?:published|aligned|machine|superseded)"""
    rb"""|(?!x-bilingo-status")%(v)s">%(t)s)</prop>)*+"""
    rb"""((?:<tuv xml:lang="[A-Za-z0-9-]+"><seg>%(t)s</seg></tuv>)+)</tu>"""
    % {b"t": _TEXT, b"v": _VALUE}
)
_VARIANT = Pattern(rb'<tuv xml:lang="([^"]*)"><seg>([^<]*)</seg></tuv>')
_NO_CHARACTER = Pattern(rb"\xef\xbf[\xbe\xbf]")  # U+FFFE and U+FFFF in UTF-8
_UNESCAPED = (
    ("&lt;", "<"),
    ("&gt;", ">"),
    ("&quot;", '"'),
    ("&#9;", "\t"),
    ("&#10;", "\n"),
    ("&#13;", "\r"),
    ("&amp;", "&"),
)


class Texts(NamedTuple):
    """The texts of a unit with their locales, and its place as in `Placed`."""

    start: int
    size: int
    line: int
    texts: Iterable[tuple[Locale, str]]


def texts(source: BinaryIO) -> Iterator[Texts]:
    """The texts of every unit that `tmx.read` reads, with its place. Raises BilingoError as it.

    A line that is just as `tmx.write` prints it is taken apart by a regular expression, six times
    sooner. expat is given what is left of the file, so that all in all it has seen a whole one.
    """
    reader = Reader("", 0, Counter())
    head = source.read(len(HEAD))
    yield from map(_texts, reader.feed(head))
    if head == HEAD.encode():
        yield from _lines(source, reader)
    while chunk := source.read(CHUNK):
        yield from map(_texts, reader.feed(chunk))
    yield from map(_texts, reader.feed(b""))


def _texts(placed: Placed) -> Texts:
    pairs = [(tuv.locale, tuv.text) for tuv in placed.unit.tuvs]
    return Texts(placed.start, placed.size, placed.line, pairs)


def _lines(source: BinaryIO, reader: Reader) -> Iterator[Texts]:
    """The units as long as each is a line; what comes then is left to be read, but for one block.

    That block was fed to `reader` from where it stopped to be so.
    """
    start, line = len(HEAD), HEAD.count("\n") + 1
    fed_lines = line - 1
    rest = b""
    while block := source.read(_BLOCK):
        block = rest + block
        doubtful = _NO_CHARACTER.search(block)
        lines = block.split(b"\n")
        rest = lines.pop()
        for number, content in enumerate(lines):
            pairs = None if doubtful else _parsed(content)
            if pairs:
                yield Texts(start, len(content) - len("</tu>"), line, pairs)
            else:
                reader.skipped = start - reader.fed, line - 1 - fed_lines
                if not _is_unit(content):
                    remainder = b"\n".join((*lines[number:], rest))
                    yield from map(_texts, reader.feed(remainder))
                    return
                yield from map(_texts, reader.feed(content + b"\n"))
                fed_lines += 1
                if len(reader.open) != 2:  # a unit that does not end with its line
                    remainder = b"\n".join((*lines[number + 1 :], rest))
                    yield from map(_texts, reader.feed(remainder))
                    return
            start += len(content) + 1
            line += 1
        if len(rest) > LONGEST:
            break
    reader.skipped = start - reader.fed, line - 1 - fed_lines
    yield from map(_texts, reader.feed(rest))


def _is_unit(content: bytes) -> bool:
    """Whether a line looks like a unit, is one to expat, and nothing in it can go on behind it."""
    return (
        content[:4] == b"<tu " and content[-5:] == b"</tu>" and not re.search(rb"<[!?]|\r", content)
    )


@cache
def _line() -> re.Pattern[bytes]:
    """Compiled when a file is read: a look-up in an index reads single units."""
    return re.compile(_LINE)


def _parsed(content: bytes) -> list[tuple[Locale, str]] | None:
    """The texts of a unit on a line, or None for expat to say what it is."""
    found = _line().fullmatch(content)
    if found is None:
        return None
    try:
        pairs = [
            (known_locale(name.decode()), _unescaped(text.decode()))
            for name, text in _VARIANT.findall(found[1])
        ]
        content.decode()
    except UnicodeDecodeError:
        return None
    names = {name for name, _ in pairs}
    if len(names) < 2 or "" in names or not all(text for _, text in pairs):
        return None
    return pairs


def _unescaped(text: str) -> str:
    if "&" in text:
        for entity, character in _UNESCAPED:
            text = text.replace(entity, character)
    return text


def cuts(content: mmap) -> list[int]:
    """Places between the units of a file of ours, about `PART` bytes from one to the next.

    The lines are in order of `tuid`, so each is found by halving: the first line that is not below
    one of evenly spread numbers. So what is elsewhere in the file changes nothing. None for other
    tools' files. Where the lines are not in order it is other places, between lines all the same.
    """
    end = len(content) - len(TAIL)
    if content[: len(HEAD)] != HEAD.encode() or content[end:] != TAIL.encode():
        return []
    count = 1 << (len(content) // PART).bit_length()
    found = [len(HEAD)]
    for number in range(1, count):
        wanted = b'<tu tuid="%016x' % ((number << 64) // count)
        guess = found[-1] + (end - found[-1]) // (count - number + 1)
        found.append(_first(content, wanted, found[-1], end, guess))
    return [*found, end]


def _first(content: mmap, wanted: bytes, low: int, high: int, at: int) -> int:
    """The first line from `low` to `high` that is not below `wanted`, looked for around `at`."""
    below = above = False
    step = PART // 4
    while low < high:
        start = max(content.rfind(b"\n", low, at) + 1, low)  # of the line there
        if content[start : start + len(wanted)] < wanted:
            low, below = content.find(b"\n", start, high) + 1 or high, True
        else:
            high, above = start, True
        if below and above:
            at = (low + high) // 2
        else:
            at = min(low + step, high - 1) if below else max(high - step, low)
            step *= 2
    return low


def lines(content: Sequence[bytes]) -> list[Texts]:
    """The texts of units that are a line each, their places within it; none when one is not."""
    head = HEAD.encode()
    found: list[Texts] = []
    try:
        for line in content:
            if not _is_unit(line[:-1]) or line[-1:] != b"\n":
                return []
            found += texts(io.BytesIO(head + line + TAIL.encode()))
    except BilingoError:
        return []
    same = len(found) == len(content) and all(one.start == len(head) for one in found)
    return found if same else []


class Slices:
    """Reads units from their own bytes alone.

    `head` is what stands in the file before its first unit: encoding, header and document type are
    taken from it. `path` and `penalty` are stamped on every unit, as by `read`.
    """

    def __init__(self, head: bytes, *, path: str = "", penalty: int = 0) -> None:
        self._head, self._path, self._penalty = head, path, penalty
        self._end = "</tu>".encode(_width(head))
        self._reader: Reader | None = None

    def unit(self, content: bytes, line: int) -> TU:
        """The unit that stands in these bytes of the file, at this line.

        Raises BilingoError when they are not those of one unit.
        """
        reader, self._reader = self._reader, None
        if reader is None:
            reader = Reader(self._path, self._penalty, Counter())
            reader.feed(self._head)
        reader.fed = reader.anchor = 0
        try:
            (found,) = reader.feed(content + self._end)
        except (BilingoError, ValueError):
            raise BilingoError("no unit stands here", where=f"{self._path}:{line}") from None
        self._reader = reader  # one that failed is not used again
        return replace(found.unit, line=line)


def _width(head: bytes) -> str:
    """The encoding of markup in a file that starts like this."""
    if head[:2] in (b"\xff\xfe", b"<\0"):
        return "utf-16-le"
    return "utf-16-be" if head[:2] in (b"\xfe\xff", b"\0<") else "ascii"
