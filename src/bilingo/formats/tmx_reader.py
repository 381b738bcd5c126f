"""The reader of TMX: what expat's events build up, a unit at a time."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from typing import cast, get_args
from xml.parsers import expat

from bilingo.errors import BilingoError
from bilingo.formats.tmx_seg import CODES, Seg
from bilingo.frozen import NamedTuple
from bilingo.model import TU, TUV, Context, Locale, SegType, Status
from bilingo.text import locales
from bilingo.text.lazy import Pattern

FORMAT = 1  # version of what we write, in `creationtoolversion`; a greater one is refused
DEPTH = 256  # how deep elements may nest
LONGEST = 8 * 1024 * 1024  # how many bytes a unit may have
CHUNK = 256 * 1024

STATUS, ORIGIN = "x-bilingo-status", "x-bilingo-origin"
PATH, KIND = "x-bilingo-path", "x-bilingo-kind"
PREV, NEXT = "x-context-pre", "x-context-post"  # as XTM and memoQ call them
# Trados and its kin mark what no person wrote by the name of its author.
STATUS_OF_AUTHOR: dict[str, Status] = {"ALIGN!": "aligned", "MT!": "machine"}

_ENCODINGS = ("utf-8", "utf-16", "utf-16le", "utf-16be", "us-ascii")  # TMX 1.4b, “Encoding”
_SEGTYPES = get_args(SegType)
_DATE = Pattern(r"[0-9]{8}T[0-9]{6}Z")


class Placed(NamedTuple):
    """A unit and where it stands: its first byte, the bytes up to its end tag, its line from 1."""

    start: int
    size: int
    line: int
    unit: TU


class Reader:
    """What expat's events build up. One method for each kind of event."""

    def __init__(self, path: str, penalty: int, remarks: Counter[str]) -> None:
        self.path, self.penalty, self.remarks = path, penalty, remarks
        self.done: list[Placed] = []  # units that ended in this chunk
        self.fed = self.anchor = 0  # bytes; the anchor is where the last unit began or ended
        self.first = 0  # where the unit began
        self.skipped = 0, 0  # bytes and lines of the file that were not fed
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
            where = f"{error.lineno + self.skipped[1]}:{error.offset + 1}"
            raise BilingoError(f"no TMX: {expat.ErrorString(error.code)}", where=where) from error
        except (ValueError, LookupError) as error:  # what Python's codecs raise
            raise self.fault(f"no TMX: {error}") from error
        self.fed += len(chunk)
        if self.fed - self.anchor > LONGEST:
            raise self.fault(f"a unit of more than {LONGEST:,} bytes")
        return self.done

    @property
    def open_unit(self) -> tuple[int, int] | None:
        """The first byte and the line of the unit we are in."""
        if self.open[2:3] != ["tu"]:
            return None
        return self.first + self.skipped[0], self.unit.line

    def fault(self, what: str, hint: str = "") -> BilingoError:
        line = self.parser.CurrentLineNumber + self.skipped[1]
        where = f"{line}:{self.parser.CurrentColumnNumber + 1}"
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
            self.unit = _Draft(attributes, self.parser.CurrentLineNumber + self.skipped[1])
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
        locale = known_locale(name)
        if not locale:
            self.unit.unknown.append(name or "(none)")
        elif text:
            self.unit.tuvs.append(TUV(locale, text))

    def finish(self) -> None:
        self.anchor = self.parser.CurrentByteIndex
        unit = self.unit
        self.remarks.update(f"texts in an unknown language: {name}" for name in unit.unknown)
        if not unit.fault and max(unit.numbers.values(), default=0) > 9999:
            unit.fault = "units with more than 9999 codes, left out"
        if unit.fault:
            self.remarks[unit.fault] += 1
        elif len({tuv.locale for tuv in unit.tuvs}) < 2:
            self.remarks["units with fewer than two texts"] += 1
        else:
            built = self.built(unit)
            start, size = self.first + self.skipped[0], self.anchor - self.first
            self.done.append(Placed(start, size, unit.line, built))

    def built(self, unit: _Draft) -> TU:
        props = unit.props
        author = next(iter(unit.stamps("changeid", "creationid")), "")
        status = props.pop(STATUS, None)
        if status is None:
            status = "approved" if self.ours else STATUS_OF_AUTHOR.get(author, "approved")
        elif status not in get_args(Status):
            raise self.fault(f"unknown status “{status}”", f"known: {', '.join(get_args(Status))}")
        segtype = unit.attributes.get("segtype") or self.header.get("segtype", "")
        default = "" if self.ours else self.header.get("creationtool", "")
        context = Context(
            props.pop(PATH, ""), props.pop(KIND, ""), self.neighbour(PREV), self.neighbour(NEXT)
        )
        dates = filter(self.is_date, unit.stamps("changedate", "creationdate"))
        return TU(
            tuple(unit.tuvs),
            tuid=unit.attributes.get("tuid", ""),
            segtype=cast(SegType, segtype) if segtype in _SEGTYPES else "sentence",
            context=context,
            origin=props.pop(ORIGIN, default),
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
        if is_date(text):
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
        self.unknown: list[str] = []  # languages

    def stamps(self, *names: str) -> list[str]:
        """The values of these attributes, the unit's before its variants'."""
        holders = (self.attributes, *self.variants)
        return [held[name] for held in holders for name in names if held.get(name)]


@lru_cache(maxsize=256)
def known_locale(name: str) -> Locale:
    """The canonical locale, or nothing for a name that is none."""
    try:
        return locales.canonical(name)
    except BilingoError:
        return ""


@lru_cache(maxsize=4096)
def is_date(text: str) -> bool:
    """Whether the text is a date as TMX writes them."""
    from datetime import datetime  # here, because few units of a look-up have one

    try:
        return bool(_DATE.fullmatch(text) and datetime.fromisoformat(text))
    except ValueError:
        return False
