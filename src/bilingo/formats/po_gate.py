"""What a catalog is refused for, and what it is accepted in spite of, beyond its grammar.

Refused is whatever could lose a translation or give it to another source; the rest is a `Notice`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from gettext import c2py
from operator import attrgetter

from bilingo.errors import BilingoError
from bilingo.formats import po_place
from bilingo.model import Entry

BYTES = 64_000_000  # largest file
LINE = 8_000_000  # longest line in bytes
ENTRIES = 500_000
FORMS = 100  # more plural forms are refused, no language has more than six
TRIED = 1001  # counts a plural rule is tried with, from 0, as `msgfmt -c` does

BOM = b"\xef\xbb\xbf"
_HEADER = re.compile(
    rb'^[ \t]*msgid[ \t]*""[ \t\r]*\n[ \t]*msgstr'
    rb'((?:[ \t]*"[^\n]*(?:\n|\Z)|[ \t\r]*\n(?=[ \t]*"))+)',
    re.MULTILINE,
)
_CHARSET = re.compile(rb'"content-type:[^"\n]*?charset[ \t]*=[ \t]*([^\s\\";]+)', re.IGNORECASE)
_CONFLICT = re.compile(rb"^(?:<{7}|\|{7}|={7}|>{7})", re.MULTILINE)
_COUNT = re.compile(r"\bnplurals\s*=\s*([^\s;]*)")
_RULE = re.compile(r"\bplural\s*=\s*([^;\n]*)")
_MARKERS = (b"<<<<<<<", b"|||||||", b"=======", b">>>>>>>")
# Control characters but \t \n \r, and what is there but not seen.
_UNSEEN = re.compile(
    "[\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"
    "\ufdd0-\ufdef\ufffe\uffff\ue000-\uf8ff\U000f0000-\U0010ffff]"
)
_KEY = attrgetter("msgctxt", "msgid")
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


def declared_charset(raw: bytes) -> tuple[str, str]:
    """The charset to decode a catalog by, "" where none is declared, and its `line:column`.

    Raises BilingoError for what can be seen in the bytes: emptiness, size, NUL, conflict markers.
    """
    if not raw.strip(b"\0 \t\r\n\f\v"):
        hint = "an empty catalog is what a crash leaves; restore it from version control"
        raise BilingoError("the file is empty", where="1:1", hint=hint)
    if len(raw) > BYTES or _has_long_line(raw):
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
    body = raw.removeprefix(BOM)
    header = _HEADER.search(body)
    found = _CHARSET.search(body, header.start(1), header.end(1)) if header else None
    name = found[1].decode("latin-1") if found else ""
    where = _where(body, found.start(1)) if found else "1:1"
    return "" if name.upper() == "CHARSET" else name, where


def _has_long_line(raw: bytes) -> bool:
    start = 0  # of a line
    while len(raw) - start > LINE:
        end = raw.rfind(b"\n", start, start + LINE + 1)
        if end < 0:
            return True
        start = end + 1
    return False


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
    if len(set(map(_KEY, entries))) == len(entries):
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


def plurals(
    header: Entry | None, entries: Sequence[Entry], lines: Sequence[str]
) -> Iterator[Notice]:
    """Refuses a plural rule that is none, or that leaves its number of forms, as `msgfmt -c` does.

    Entries with another number of forms are notices, and those of a catalog without a rule.
    `lines` are those of the file.
    """
    said = field(header, "Plural-Forms")
    number, rule = _COUNT.search(said), _RULE.search(said)
    plural = [entry for entry in entries if entry.msgid_plural is not None and not entry.obsolete]
    if not header or not number or not rule:
        if plural:
            yield Notice(plural[0].line, "plural forms, and no rule for them in the header")
        return
    if number[1] == "INTEGER":  # a template's
        return
    line, column = place_of(header, "Plural-Forms", lines)
    where = f"{line}:{column}"
    count = int(number[1][:9]) if number[1].isdecimal() else 0
    if not 1 <= count <= FORMS:
        hint = "Chinese has 1, English 2"
        raise BilingoError(f"nplurals={number[1][:20]}", where=where, hint=hint)
    if fault := _rule_fault(rule[1].strip(), count):
        hint = "Chinese: nplurals=1; plural=0;  English: nplurals=2; plural=(n != 1);"
        raise BilingoError(f"the plural rule {fault}", where=where, hint=hint)
    for entry in plural:
        if len(entry.msgstr) != count:
            last = f"msgstr[{count}]" if len(entry.msgstr) > count else f"no msgstr[{count - 1}]"
            yield Notice(entry.line, f"{last} where the header has nplurals={count}")
    if count > 6:
        yield Notice(line, f"{count} plural forms")


def _rule_fault(rule: str, count: int) -> str:
    """What is wrong with the rule, "" for nothing; a form is 0 to `count` - 1."""
    try:
        form = c2py(rule)
        wrong = next((n for n in range(TRIED) if not 0 <= form(n) < count), None)
    except ValueError:
        return "is no rule"
    except ZeroDivisionError:
        return "divides by zero"
    if wrong is None:
        return ""
    return f"gives form {form(wrong)} for n = {wrong}, where nplurals={count}"


def place_of(header: Entry, name: str, lines: Sequence[str]) -> tuple[int, int]:
    """Line and column of a header field in the file, those of the header where it has none."""
    found = re.search(rf"(?im)^[ \t]*{re.escape(name)}[ \t]*:", header.msgstr[0])
    if not found:
        return header.line, 1
    return po_place.place(lines, header.line, 0, found.start())


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
