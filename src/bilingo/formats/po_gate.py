"""What a catalog is refused for, and what it is accepted in spite of, beyond its grammar.

Refused is whatever could lose a translation or give it to another source; the rest is a `Notice`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from gettext import c2py

from bilingo.errors import BilingoError
from bilingo.model import Entry

BYTES = 64_000_000  # largest file
LINE = 8_000_000  # longest line in bytes
ENTRIES = 500_000
FORMS = 100  # more plural forms are refused, no language has more than six

BOM = b"\xef\xbb\xbf"
_HEADER = re.compile(
    rb'^[ \t]*msgid[ \t]*""[ \t\r]*\n[ \t]*msgstr'
    rb'((?:[ \t]*"[^\n]*(?:\n|\Z)|[ \t\r]*\n(?=[ \t]*"))+)',
    re.MULTILINE,
)
_CHARSET = re.compile(rb'"content-type:[^"\n]*?charset[ \t]*=[ \t]*([^\s\\";]+)', re.IGNORECASE)
_CONFLICT = re.compile(rb"^(?:<{7}|\|{7}|={7}|>{7})", re.MULTILINE)
_MARKERS = (b"<<<<<<<", b"|||||||", b"=======", b">>>>>>>")
_PLURAL = re.compile(r"nplurals\s*=\s*([0-9]+)\s*;\s*plural\s*=\s*([^;\n]*)")
# Control characters but \t \n \r, and what is there but not seen.
_UNSEEN = re.compile(
    "[\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"
    "\ufdd0-\ufdef\ufffe\uffff\ue000-\uf8ff\U000f0000-\U0010ffff]"
)
_NAMELESS = {"Cc": "control character", "Co": "private use character"}


@dataclass(frozen=True, slots=True)
class Notice:
    """Something a catalog was accepted in spite of; `line` 0 is the file as a whole."""

    line: int
    message: str


def field(header: Entry | None, name: str) -> str:
    """A header field's value, "" when it is not there. Names agree whatever their case."""
    for line in header.msgstr[0].split("\n") if header else ():
        title, colon, value = line.partition(":")
        if colon and title.strip().lower() == name.lower():
            return value.strip()
    return ""


def charset(header: Entry | None) -> str:
    """The declared charset, "" without one; CHARSET is what stands in a template."""
    found = re.search(r"charset\s*=\s*([^\s;]+)", field(header, "Content-Type"), re.IGNORECASE)
    return found[1] if found and found[1].upper() != "CHARSET" else ""


def declared_charset(raw: bytes) -> str:
    """The charset to decode a catalog by, "" where none is declared.

    Raises BilingoError for what can be seen in the bytes: emptiness, size, NUL, conflict markers.
    """
    if not raw.strip(b"\0 \t\r\n\f\v"):
        hint = "an empty catalog is what a crash leaves; restore it from version control"
        raise BilingoError("the file is empty", where="1:1", hint=hint)
    if len(raw) > BYTES or len(raw) > LINE and max(map(len, raw.split(b"\n"))) > LINE:
        hint = f"at most {BYTES:,} bytes, {LINE:,} a line"
        raise BilingoError("the catalog is too large", where="1:1", hint=hint)
    if raw.startswith((b"\xde\x12\x04\x95", b"\x95\x04\x12\xde")):
        hint = "give the .po it was made from; `msgunfmt FILE.mo` writes one like it"
        raise BilingoError("a compiled catalog (.mo)", where="1:1", hint=hint)
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise BilingoError("a UTF-16 file", where="1:1", hint="save the catalog as UTF-8")
    if (nul := raw.find(b"\0")) >= 0:
        raise BilingoError("a NUL byte", where=_where(raw, nul), hint="restore the file")
    _refuse_conflict(raw)
    if raw.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        hint = "a download that ended in an error page?"
        raise BilingoError("this is HTML or XML, no catalog", where="1:1", hint=hint)
    header = _HEADER.search(raw.removeprefix(BOM))
    found = _CHARSET.search(header[1]) if header else None
    name = found[1].decode("latin-1") if found else ""
    return "" if name.upper() == "CHARSET" else name


def _refuse_conflict(raw: bytes) -> None:
    if not any(mark in raw for mark in _MARKERS):
        return
    markers = list(_CONFLICT.finditer(raw))
    if not markers:
        return
    first = markers[0]
    lines = [(m.group()[:1], raw.count(b"\n", 0, m.start()) + 1) for m in markers[:4]]
    sides = ", ".join(f"{mark.decode() * 7} in line {line}" for mark, line in lines)
    raise BilingoError(
        f"git conflict markers: {sides}",
        where=_where(raw, first.start()),
        hint="resolve them first; `bilingo merge` as git's merge driver joins both sides",
    )


def _where(raw: bytes, at: int) -> str:
    start = raw.rfind(b"\n", 0, at) + 1
    line = raw.count(b"\n", 0, at) + 1
    return f"{line}:{len(raw[start:at].decode('utf-8', 'replace')) + 1}"


def twins(entries: Sequence[Entry]) -> Iterator[Notice]:
    """Refuses live twins; an obsolete one is a notice."""
    if not entries:
        raise BilingoError("the file holds no entry", where="1:1", hint="is this a PO file?")
    if len(entries) > ENTRIES:
        raise BilingoError("the catalog is too large", hint=f"at most {ENTRIES:,} entries")
    if len({entry.key for entry in entries}) == len(entries):
        return
    live: dict[tuple[str | None, str], int] = {}
    gone: dict[tuple[str | None, str], int] = {}
    for entry in entries:
        seen = gone if entry.obsolete else live
        first = seen.setdefault(entry.key, entry.line)
        if first == entry.line:
            continue
        if entry.obsolete:
            yield Notice(entry.line, f"obsolete twin of line {first}")
            continue
        what = "a second header" if entry.is_header else f"a second entry for {entry.msgid[:40]!r}"
        raise BilingoError(
            f"{what}: line {first} and line {entry.line}",
            where=f"{entry.line}:1",
            hint="keep one of the two, or tell them apart by msgctxt",
        )
    for key in gone.keys() & live.keys():
        yield Notice(gone[key], f"obsolete twin of the entry in line {live[key]}")


def plurals(header: Entry | None, entries: Sequence[Entry]) -> Iterator[Notice]:
    """Refuses a plural rule that is none; forms beyond it are notices."""
    found = _PLURAL.search(field(header, "Plural-Forms"))
    if not header or not found:
        return
    count = int(found[1][:9])
    where = f"{header.line}:1"
    if not 1 <= count <= FORMS:
        hint = "Chinese has 1, English 2"
        raise BilingoError(f"nplurals={found[1][:20]}", where=where, hint=hint)
    try:
        c2py(found[2].strip())
    except ValueError:
        hint = "Chinese: nplurals=1; plural=0;  English: nplurals=2; plural=(n != 1);"
        raise BilingoError("the plural rule is no rule", where=where, hint=hint) from None
    for entry in entries:
        if entry.msgid_plural is not None and len(entry.msgstr) > count:
            yield Notice(entry.line, f"msgstr[{count}] where the header has nplurals={count}")
    if count > 6:
        yield Notice(header.line, f"{count} plural forms")


def oddities(raw: bytes, lines: Sequence[str]) -> Iterator[Notice]:
    """Line ends and characters a person would not see."""
    if raw.startswith(BOM):
        yield Notice(1, "a byte-order mark, which msgfmt refuses")
    crlf, lf = raw.count(b"\r\n"), len(lines) - 1
    if 0 < crlf < lf:
        yield Notice(0, f"mixed line ends: {crlf} of {lf} lines end in CR LF")
    if raw.count(b"\r") > crlf:
        yield Notice(0, "a carriage return alone, which ends no line")
    first: dict[str, int] = {}
    count: dict[str, int] = {}
    for number, line in enumerate(lines, 1):
        if line.isprintable():  # as nearly all lines are
            continue
        for char in _UNSEEN.findall(line):
            first.setdefault(char, number)
            count[char] = count.get(char, 0) + 1
    for char, number in first.items():
        name = unicodedata.name(char, _NAMELESS.get(unicodedata.category(char), "noncharacter"))
        times = f", {count[char]} times" if count[char] > 1 else ""
        yield Notice(number, f"U+{ord(char):04X} {name}{times}")
