"""TMX 1.4b, the field's own memory format: a streaming reader of anybody's, a writer of our own.

The reader wants text and codes, not layout: inline elements become numbered tags, their content is
dropped. It opens nothing but what it is given: entity declarations are refused, a DTD is not looked
for. The writer prints one `<tu>` a line, so that a diff reads like the work that was done.

The order of the lines is that of `tuid`, a hash: what two branches add lands in different places,
and git merges it as it is. Additions that do meet (in a young memory), and two changes of one unit,
are kept both by the attribute `*.tmx merge=union`, which is safe because a unit is a line and the
header never changes; the next write puts the lines in order. Format: LISA, TMX 1.4b, 2005.
"""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from functools import cache, lru_cache
from typing import BinaryIO, NamedTuple, cast, get_args
from xml.parsers import expat

from bilingo.errors import BilingoError
from bilingo.formats.tmx_seg import CODES, Seg, escaped, markup
from bilingo.model import TU, TUV, Context, Locale, SegType, Status
from bilingo.text import locales

FORMAT = 1  # version of what we write, in `creationtoolversion`; a greater one is refused
DEPTH = 256  # how deep elements may nest
LONGEST = 8 * 1024 * 1024  # how many bytes a unit may have

_CHUNK = 256 * 1024
_ENCODINGS = ("utf-8", "utf-16", "utf-16le", "utf-16be", "us-ascii")  # TMX 1.4b, “Encoding”
_SEGTYPES = get_args(SegType)
_DATE = re.compile(r"[0-9]{8}T[0-9]{6}Z")
_OURS = re.compile(
    rb"(?:\xef\xbb\xbf)?(?:<\?xml[^>]*>\s*)?<tmx [^>]*>\s*<header\s+creationtool=\"bilingo\""
)

_STATUS, _ORIGIN = "x-bilingo-status", "x-bilingo-origin"
_PATH, _KIND = "x-bilingo-path", "x-bilingo-kind"
_PREV, _NEXT = "x-context-pre", "x-context-post"  # as XTM and memoQ call them
_OWN = frozenset((_STATUS, _ORIGIN, _PATH, _KIND, _PREV, _NEXT))
# Trados and its kin mark what no person wrote by the name of its author.
_STATUS_OF_AUTHOR: dict[str, Status] = {"ALIGN!": "aligned", "MT!": "machine"}

_HEAD = f"""<?xml version="1.0" encoding="UTF-8"?>
<tmx version="1.4">
<header creationtool="bilingo" creationtoolversion="{FORMAT}" segtype="sentence" \
o-tmf="bilingo" adminlang="en" srclang="*all*" datatype="plaintext"/>
<body>
"""
_TAIL = "</body>\n</tmx>\n"


class Placed(NamedTuple):
    """A unit and where it stands: its first byte, the bytes up to its end tag, its line from 1."""

    start: int
    size: int
    line: int
    unit: TU


def is_ours(raw: bytes) -> bool:
    """Whether the file is one that `write` made; others' are read and never rewritten."""
    return _OURS.match(raw[:4096]) is not None


def read(
    source: bytes | BinaryIO,
    *,
    path: str = "",
    penalty: int = 0,
    remarks: Counter[str] | None = None,
) -> Iterator[TU]:
    """The units of a TMX file, in file order and constant memory.

    `path` and `penalty` are stamped on every unit. What is left out or ignored is counted in
    `remarks` by a sentence: units with fewer than two texts, unknown languages by name, bad dates.
    Raises BilingoError (`where` is `line:col`) for what is no TMX, entities, an encoding other
    than UTF-8 and UTF-16, characters XML does not allow, a file that ends early or that a newer
    bilingo wrote. Units before the fault were yielded then: take `tuple(read(…))` for all or none.
    """
    stream = io.BytesIO(source) if isinstance(source, bytes) else source
    reader = _Reader(path, penalty, Counter() if remarks is None else remarks)
    for placed in _placed(reader, stream):
        yield placed.unit


def read_placed(source: BinaryIO, *, remarks: Counter[str] | None = None) -> Iterator[Placed]:
    """As `read`, with the place of every unit; `Slices` reads single units from their bytes."""
    return _placed(_Reader("", 0, Counter() if remarks is None else remarks), source)


def _placed(reader: _Reader, stream: BinaryIO) -> Iterator[Placed]:
    while chunk := stream.read(_CHUNK):
        yield from reader.feed(chunk)
    yield from reader.feed(b"")


class Slices:
    """Reads units from their own bytes alone.

    `head` is what stands in the file before its first unit: encoding, header and document type are
    taken from it. `path` and `penalty` are stamped on every unit, as by `read`.
    """

    def __init__(self, head: bytes, *, path: str = "", penalty: int = 0) -> None:
        self._head, self._path, self._penalty = head, path, penalty
        self._end = "</tu>".encode(_width(head))
        self._reader: _Reader | None = None

    def unit(self, content: bytes, line: int) -> TU:
        """The unit that `read_placed` read from these bytes, at this line.

        Raises BilingoError when they are not those of one unit.
        """
        reader, self._reader = self._reader, None
        if reader is None:
            reader = _Reader(self._path, self._penalty, Counter())
            reader.feed(self._head)
        reader.fed = reader.anchor = 0
        found = reader.feed(content + self._end)
        if len(found) != 1:
            raise BilingoError("no unit stands here", where=f"{self._path}:{line}")
        self._reader = reader  # one that failed is not used again
        return replace(found[0].unit, line=line)


def _width(head: bytes) -> str:
    """The encoding of markup in a file that starts like this."""
    if head[:2] in (b"\xff\xfe", b"<\0"):
        return "utf-16-le"
    return "utf-16-be" if head[:2] in (b"\xfe\xff", b"\0<") else "ascii"


def tuid(tu: TU) -> str:
    """What makes a unit this unit: 16 hexadecimal digits over its texts, locales and context."""
    from hashlib import blake2s  # here: who reads needs no cryptography library

    context = (tu.context.path, tu.context.kind, tu.context.prev, tu.context.next)
    parts = [*context, *(part for tuv in _ordered(tu) for part in (tuv.locale, tuv.text))]
    return blake2s("\0".join(parts).encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def write(units: Iterable[TU]) -> bytes:
    """A TMX file of `units`, one line each, the same bytes in whatever order they come.

    `read` gives them back, sorted by `tuid`, their texts by locale, white space and tags exact; a
    unit that is there twice, once. Not in the file: `path`, `line`, `penalty`. Raises BilingoError
    that names the unit for fewer than two texts, an empty one, a character XML does not allow, a
    date that is none, and a prop whose name is one of bilingo's own.
    """
    return (_HEAD + "".join(sorted({_line(tu) for tu in units})) + _TAIL).encode()


def _ordered(tu: TU) -> list[TUV]:
    return sorted(tu.tuvs, key=lambda tuv: tuv.locale)


def _line(tu: TU) -> str:
    attributes = {
        "tuid": tuid(tu),
        "segtype": "" if tu.segtype == "sentence" else tu.segtype,  # as the header says
        "changedate": tu.date,
        "changeid": tu.author,
    }
    ours = {
        _STATUS: "" if tu.status == "approved" else tu.status,
        _ORIGIN: tu.origin,
        _PATH: tu.context.path,
        _KIND: tu.context.kind,
        _PREV: tu.context.prev,
        _NEXT: tu.context.next,
    }
    props = {**tu.props, **{name: value for name, value in ours.items() if value}}
    line = "".join(
        (
            "<tu",
            *(f' {name}="{escaped(value)}"' for name, value in attributes.items() if value),
            ">",
            f"<note>{escaped(tu.note)}</note>" if tu.note else "",
            *(f'<prop type="{escaped(k)}">{escaped(v)}</prop>' for k, v in sorted(props.items())),
            *(
                f'<tuv xml:lang="{escaped(locales.alias(tuv.locale, "tmx"))}">'
                f"<seg>{markup(tuv.text)}</seg></tuv>"
                for tuv in _ordered(tu)
            ),
            "</tu>\n",
        )
    )
    what = _unwritable(tu, line)
    if what:
        start = next((tuv.text[:40] for tuv in tu.tuvs), "")
        raise BilingoError(f"unit {attributes['tuid']} ({start!r}): {what}")
    return line


def _unwritable(tu: TU, line: str) -> str:
    """Why this unit cannot be written so that it is read again, or nothing."""
    illegal = _illegal().search(line)
    if illegal:
        return f"U+{ord(illegal.group()):04X} cannot stand in XML"
    if len({tuv.locale for tuv in tu.tuvs}) < 2 or not all(tuv.text for tuv in tu.tuvs):
        return "a unit needs texts in two locales, none of them empty"
    if tu.date and not _is_date(tu.date):
        return f"“{tu.date}” is no date, which reads 20260131T235959Z"
    taken = sorted(_OWN.intersection(tu.props))
    return f"prop {taken[0]} is bilingo's own" if taken else ""


class _Reader:
    """What expat's events build up. One method for each kind of event."""

    def __init__(self, path: str, penalty: int, remarks: Counter[str]) -> None:
        self.path, self.penalty, self.remarks = path, penalty, remarks
        self.done: list[Placed] = []  # units that ended in this chunk
        self.fed = self.anchor = 0  # bytes; the anchor is where the last unit began or ended
        self.first = 0  # where the unit began
        self.header: dict[str, str] = {}
        self.ours = False
        self.open: list[str] = []  # names of the elements we are in
        self.text: list[str] = []  # character data since it was last taken
        self.unit = _Draft({}, 0)
        self.tuv: dict[str, str] = {}
        self.seg: Seg | None = None
        self.code = 0  # depth of the inline element whose content is being dropped
        self.parser = parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.buffer_size = 65536
        parser.XmlDeclHandler = self.declaration
        parser.EntityDeclHandler = parser.SkippedEntityHandler = self.entity
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end

    def feed(self, chunk: bytes) -> list[Placed]:
        """The units that end in this chunk; an empty one is the end of the file."""
        self.done = []
        try:
            self.parser.Parse(chunk, not chunk)
        except expat.ExpatError as error:
            where = f"{error.lineno}:{error.offset + 1}"
            raise BilingoError(f"no TMX: {expat.ErrorString(error.code)}", where=where) from error
        except (ValueError, LookupError) as error:  # what Python's codecs raise
            raise self.fault(f"no TMX: {error}") from error
        self.fed += len(chunk)
        if self.fed - self.anchor > LONGEST:
            raise self.fault(f"a unit of more than {LONGEST:,} bytes")
        return self.done

    def fault(self, what: str, hint: str = "") -> BilingoError:
        where = f"{self.parser.CurrentLineNumber}:{self.parser.CurrentColumnNumber + 1}"
        return BilingoError(what, where=where, hint=hint)

    def declaration(self, version: str, encoding: str | None, standalone: int) -> None:
        if encoding and encoding.lower() not in _ENCODINGS:
            raise self.fault(f"TMX is not written in {encoding}", "convert it to UTF-8")

    def entity(self, name: str, *rest: object) -> None:
        raise self.fault(f"entity “{name}”: entities are refused", "write the text itself")

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if not self.open and name != "tmx":
            raise self.fault(f"no TMX: its root is “{name}”")
        if len(self.open) >= DEPTH:
            raise self.fault(f"elements nest deeper than {DEPTH}")
        parent = self.open[-1] if self.open else ""
        self.open.append(name)
        if self.code:
            return
        if self.seg is not None:
            self.inline(name, attributes)
        elif name == "header" and parent == "tmx":
            self.begin(attributes)
        elif name == "tu" and parent == "body":
            self.unit = _Draft(attributes, self.parser.CurrentLineNumber)
            self.anchor = self.first = self.parser.CurrentByteIndex
        elif name == "tuv" and parent == "tu":
            self.tuv = attributes
            self.unit.variants.append(attributes)
        elif name == "seg" and parent == "tuv":
            self.seg = Seg(self.unit.numbers, self.ours)
            self.listen()
        elif name in ("prop", "note") and parent in ("tu", "tuv"):
            self.unit.kind = attributes.get("type", "")
            self.listen()

    def begin(self, attributes: dict[str, str]) -> None:
        """The header."""
        self.header = attributes
        self.ours = attributes.get("creationtool") == "bilingo"
        version = attributes.get("creationtoolversion", "")
        if self.ours and not (version.isdecimal() and int(version) <= FORMAT):
            raise self.fault(f"written by a newer bilingo (format {version})", "upgrade bilingo")
        if "srclang" not in attributes:
            self.remarks["header without srclang"] += 1

    def listen(self) -> None:
        self.text.clear()
        self.parser.CharacterDataHandler = self.text.append

    def taken(self) -> str:
        """The character data since it was last taken."""
        text = "".join(self.text)
        self.text.clear()
        return text

    def inline(self, name: str, attributes: dict[str, str]) -> None:
        seg = cast(Seg, self.seg)
        seg.add_text(self.taken())
        if name == "hi":  # its content is text
            seg.add_open(attributes, None)
            return
        self.code = len(self.open)
        self.parser.CharacterDataHandler = None
        if name == "bpt":
            seg.add_open(attributes, attributes.get("i", ""))
        elif name == "ept":
            seg.add_close(attributes)
        elif name in CODES:
            seg.add_alone(attributes, attributes.get("pos", "") if name == "it" else "")
        else:
            self.unit.fault = f"units with an element that is not TMX, left out: {name}"

    def end(self, name: str) -> None:
        self.open.pop()
        if self.code:
            if self.code > len(self.open):
                self.code = 0
                self.parser.CharacterDataHandler = self.text.append
        elif self.seg is not None and name == "hi":
            self.seg.add_text(self.taken())
            self.seg.end_highlight()
        elif self.seg is not None and name == "seg":
            self.seg.add_text(self.taken())
            self.variant(self.seg.finished())
            self.seg = None
            self.parser.CharacterDataHandler = None
        elif name in ("prop", "note") and self.parser.CharacterDataHandler is not None:
            self.prop(name, self.taken())
            self.parser.CharacterDataHandler = None
        elif name == "tu" and self.open[-1] == "body":
            self.finish()

    def prop(self, name: str, value: str) -> None:
        unit = self.unit
        if name == "note":
            unit.notes.append(value)
        elif unit.variants:  # of one variant only: context and the like
            unit.props.setdefault(unit.kind, value)
        elif unit.kind in unit.props:
            unit.props[unit.kind] += "\n" + value
        else:
            unit.props[unit.kind] = value

    def variant(self, text: str) -> None:
        name = self.tuv.get("xml:lang") or self.tuv.get("lang") or ""
        locale = _locale(name)
        if not locale:
            self.remarks[f"texts in an unknown language: {name or '(none)'}"] += 1
        elif text:
            self.unit.tuvs.append(TUV(locale, text))

    def finish(self) -> None:
        self.anchor = self.parser.CurrentByteIndex
        unit = self.unit
        if not unit.fault and max(unit.numbers.values(), default=0) > 9999:
            unit.fault = "units with more than 9999 codes, left out"
        if unit.fault:
            self.remarks[unit.fault] += 1
        elif len({tuv.locale for tuv in unit.tuvs}) < 2:
            self.remarks["units with fewer than two texts"] += 1
        else:
            built = self.built(unit)
            self.done.append(Placed(self.first, self.anchor - self.first, unit.line, built))

    def built(self, unit: _Draft) -> TU:
        props = unit.props
        author = next(iter(unit.stamps("changeid", "creationid")), "")
        status = props.pop(_STATUS, None)
        if status is None:
            status = "approved" if self.ours else _STATUS_OF_AUTHOR.get(author, "approved")
        elif status not in get_args(Status):
            raise self.fault(f"unknown status “{status}”", f"known: {', '.join(get_args(Status))}")
        segtype = unit.attributes.get("segtype") or self.header.get("segtype", "")
        default = "" if self.ours else self.header.get("creationtool", "")
        context = Context(
            props.pop(_PATH, ""), props.pop(_KIND, ""), self.neighbour(_PREV), self.neighbour(_NEXT)
        )
        dates = filter(self.is_date, unit.stamps("changedate", "creationdate"))
        return TU(
            tuple(unit.tuvs),
            tuid=unit.attributes.get("tuid", ""),
            segtype=cast(SegType, segtype) if segtype in _SEGTYPES else "sentence",
            context=context,
            origin=props.pop(_ORIGIN, default),
            status=cast(Status, status),
            author=author,
            date=next(dates, ""),
            note="\n".join(unit.notes),
            props=props,
            path=self.path,
            line=unit.line,
            penalty=self.penalty,
        )

    def neighbour(self, name: str) -> str:
        value = self.unit.props.pop(name, "")
        if not self.ours and value.startswith("<seg>") and value.endswith("</seg>"):
            return value[5:-6]  # memoQ
        return value

    def is_date(self, text: str) -> bool:
        if _is_date(text):
            return True
        self.remarks["bad dates, ignored"] += 1
        return False


class _Draft:
    """A unit that is being read."""

    def __init__(self, attributes: dict[str, str], line: int) -> None:
        self.attributes, self.line = attributes, line
        self.variants: list[dict[str, str]] = []
        self.tuvs: list[TUV] = []
        self.notes: list[str] = []
        self.props: dict[str, str] = {}
        self.kind = ""  # the type of the prop we are in
        self.numbers: dict[tuple[str, str, str], int] = {}
        self.fault = ""

    def stamps(self, *names: str) -> list[str]:
        """The values of these attributes, the unit's before its variants'."""
        holders = (self.attributes, *self.variants)
        return [held[name] for held in holders for name in names if held.get(name)]


@cache
def _illegal() -> re.Pattern[str]:
    """XML 1.0, Char; compiled for who writes, which takes longer than reading a small memory."""
    return re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@lru_cache(maxsize=256)
def _locale(name: str) -> Locale:
    try:
        return locales.canonical(name)
    except BilingoError:
        return ""


@lru_cache(maxsize=4096)
def _is_date(text: str) -> bool:
    try:
        return bool(_DATE.fullmatch(text) and datetime.fromisoformat(text))
    except ValueError:
        return False
