r"""Gettext catalogs: read behind a strict gate, edited by the span, written as msgcat writes.

What is not changed keeps its bytes: charset, byte-order mark, line ends, header order, dates, odd
comments. `edit(catalog, catalog.entries)` is the file itself.

PO is described in the GNU gettext manual, “The Format of PO Files”.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, count
from operator import add

from bilingo.errors import BilingoError
from bilingo.formats import charsets, po_gate, po_lex, po_plain, po_write
from bilingo.formats.po_gate import BOM, Notice, charset, field
from bilingo.model import Entry, Locale
from bilingo.text import locales

__all__ = ["Catalog", "Notice", "by_key", "charset", "edit", "field", "new", "read"]

_DATE = re.compile(rb'(?<="PO-Revision-Date:)[^\\"\n]*', re.IGNORECASE)
_PLURAL_FORMS = {"zh": "nplurals=1; plural=0;", "en": "nplurals=2; plural=(n != 1);"}
CONVERT = "convert the catalog: msgconv --to-code=UTF-8"
_Identity = tuple[bool, str | None, str]


@dataclass(frozen=True, slots=True)
class Catalog:
    """A PO file: its bytes, its entries in file order, and the bytes `[start, end)` of each.

    `entries` holds header and obsolete entries too. `charset` is as declared, or UTF-8; `newline`
    is that of the first line.
    """

    raw: bytes
    entries: tuple[Entry, ...]
    spans: tuple[tuple[int, int], ...]
    charset: str
    newline: str
    warnings: tuple[Notice, ...] = ()

    @property
    def header(self) -> Entry | None:
        """The entry that describes the file."""
        return _header(self.entries)


def _header(entries: Iterable[Entry]) -> Entry | None:
    return next((entry for entry in entries if entry.is_header and not entry.obsolete), None)


def by_key(entries: Iterable[Entry]) -> dict[tuple[str | None, str], Entry]:
    """Entries by (msgctxt, msgid), the header aside; a live entry goes before an obsolete twin."""
    found: dict[tuple[str | None, str], Entry] = {}
    for entry in entries:
        if not entry.is_header and (entry.key not in found or not entry.obsolete):
            found[entry.key] = entry
    return found


def read(raw: bytes) -> Catalog:
    """The catalog in `raw`, or a BilingoError whose `where` is `line:column`.

    Refused is whatever could lose or mix up a translation: conflict markers, duplicates, bytes that
    are not of the declared charset, strings cut short, NUL, a file without entries. Accepted with a
    warning: no charset (read as UTF-8), a byte-order mark, unseen characters, mixed line ends.
    """
    declared, where = po_gate.declared_charset(raw)
    name = declared or "UTF-8"
    codec = charsets.codec(name, where=where)
    text = charsets.decode(raw, codec, name)
    if raw.startswith(BOM):
        text = text.removeprefix("\ufeff")
    lines = text.split("\n")
    entries, slices = po_plain.parse(text, lines, codec)
    header = _header(entries)
    if charset(header).lower() != declared.lower():
        where = "1:1"
        if header:
            where = "{}:{}".format(*po_gate.place_of(header, "Content-Type", lines))
        hint = 'write the header as msgid "", msgstr "", then one field a line'
        raise BilingoError("the charset cannot be told", where=where, hint=hint)
    notices = [*po_gate.twins(entries), *po_gate.plurals(header, entries, lines)]
    notices += po_gate.oddities(raw, lines)
    if not declared:
        notices.append(Notice(1, "no charset is declared: read as UTF-8"))
    return Catalog(
        raw=raw,
        entries=tuple(entries),
        spans=_byte_spans(raw, slices),
        charset=name,
        newline="\r\n" if raw[: raw.find(b"\n") + 1].endswith(b"\r\n") else "\n",
        warnings=tuple(sorted(notices, key=lambda notice: notice.line)),
    )


def _byte_spans(raw: bytes, lines: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Slices of lines as slices of bytes. A newline is one byte in every charset we read."""
    before = [0, *accumulate(map(len, raw.split(b"\n")))]  # each line, without the line feeds
    starts = [len(BOM) if raw.startswith(BOM) else 0, *map(add, before[1:], count(1))]
    return tuple((starts[start], min(starts[end], len(raw))) for start, end in lines)


def new(
    locale: Locale,
    *,
    project: str = "",
    bugs: str = "",
    created: str = "",
    revision: str = "",
    translator: str = "",
    team: str = "",
    generator: str = "bilingo",
) -> Catalog:
    """A catalog with nothing but its header, fields in gettext's order; dates are the caller's.

    Raises BilingoError for a language whose plural rule is not known here.
    """
    language = "zh" if locales.is_chinese(locale) else locales.language(locale)
    if language not in _PLURAL_FORMS:
        raise BilingoError(f"no plural rule for {locale}", hint="a catalog is Chinese or English")
    fields = {
        "Project-Id-Version": project,
        "Report-Msgid-Bugs-To": bugs,
        "POT-Creation-Date": created,
        "PO-Revision-Date": revision,
        "Last-Translator": translator,
        "Language-Team": team,
        "Language": locales.alias(locale, "gettext"),
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": _PLURAL_FORMS[language],
        "X-Generator": generator,
    }
    if not created:
        del fields["POT-Creation-Date"]  # Babel, so Flask-Babel, cannot read it empty
    text = "".join(f"{name}: {' '.join(value.split())}\n" for name, value in fields.items())
    return read(po_write.render(Entry("", (text,))).encode())


def edit(
    catalog: Catalog, entries: Sequence[Entry], *, revision: str = "", wrap: bool = False
) -> bytes:
    """The file with `entries`, the new full list in order, in the place of its own.

    An entry is known by msgctxt, msgid and whether it is obsolete. One that equals what was read
    (`path` and `line` aside) keeps its bytes; a changed one is written canonically in its place; a
    new one where it stands in the list, or at the end when obsolete; one not listed vanishes.
    Comments that belong to no entry stay. When anything changed and `revision` is given, it
    replaces the value of the header's PO-Revision-Date, if there is one. `wrap` folds what is
    written at 79 columns.

    Raises BilingoError for two live entries with one key and for text that the charset or the
    format cannot hold.
    """
    places = _placed(catalog, entries)
    codec = charsets.codec(catalog.charset)
    if charsets.codec(charset(_header(entries)) or "UTF-8") != codec:
        hint = "convert the file first: msgconv --to-code=UTF-8"
        raise BilingoError("an edit cannot change the charset", hint=hint)
    bodies = [_body(catalog, entry, index, wrap) for entry, index in places]
    indexes = [index for _, index in places]
    edited = _joined(catalog, indexes, bodies)
    if not revision or edited == catalog.raw:
        return edited
    bodies = [
        _dated(body, revision, codec) if entry.is_header and not entry.obsolete else body
        for (entry, _), body in zip(places, bodies, strict=True)
    ]
    return _joined(catalog, indexes, bodies)


def _placed(catalog: Catalog, entries: Sequence[Entry]) -> list[tuple[Entry, int | None]]:
    """Each new entry with the index of the old one whose place it takes, if any."""
    old: dict[_Identity, list[int]] = {}
    for index, entry in enumerate(catalog.entries):
        old.setdefault((entry.obsolete, *entry.key), []).append(index)
    live: set[_Identity] = set()
    places: list[tuple[Entry, int | None]] = []
    for entry in entries:
        identity = (entry.obsolete, *entry.key)
        if identity in live:
            hint = "keep one of the two, or tell them apart by msgctxt"
            raise BilingoError(f"two entries for {entry.msgid[:40]!r}", hint=hint)
        if not entry.obsolete:
            live.add(identity)
        indexes = old.get(identity, [])
        places.append((entry, indexes.pop(0) if indexes else None))
    return sorted(places, key=lambda place: place[0].obsolete and place[1] is None)


def _body(catalog: Catalog, entry: Entry, index: int | None, wrap: bool) -> bytes:
    """The old bytes of an entry, or the canonical ones where it is new or differs."""
    old = span = None
    if index is not None:
        old, span = catalog.entries[index], slice(*catalog.spans[index])
        if entry is old or old == replace(entry, path=old.path, line=old.line):
            return catalog.raw[span]
    text = po_write.render(entry, wrap=wrap)
    codec = charsets.codec(catalog.charset)
    where = str(entry.line or "")
    again, _ = po_lex.parse(text.split("\n"), codec)
    if [_strings(each) for each in again] != [_strings(entry)] or "\0" in text:
        raise BilingoError(f"a PO file cannot hold the entry {entry.msgid[:40]!r}", where=where)
    newline = catalog.newline
    if span:
        newline = "\r\n" if b"\r\n" in catalog.raw[span] else "\n"
        if not catalog.raw[span].endswith(b"\n"):
            text = text.removesuffix("\n")
    try:
        return text.replace("\n", newline).encode(codec)
    except UnicodeEncodeError as error:
        what = f"{named(text[error.start])} of “{entry.msgid[:40]}” is not in {catalog.charset}"
        raise BilingoError(what, where=where, hint=CONVERT) from None


def strange(catalog: Catalog, text: str) -> str:
    """The first character of `text` that the catalog's charset has not, "" when it has all."""
    try:
        text.encode(charsets.codec(catalog.charset))
    except UnicodeEncodeError as error:
        return named(text[error.start])
    return ""


def named(char: str) -> str:
    """A character with its code point, for people who cannot see it."""
    return f"{char!r} (U+{ord(char):04X})"


def _strings(entry: Entry) -> tuple[object, ...]:
    return (*entry.key, entry.msgid_plural, entry.msgstr, entry.obsolete)


def _joined(catalog: Catalog, indexes: Sequence[int | None], bodies: Sequence[bytes]) -> bytes:
    """The bodies with what stood between the entries, and blank lines where nothing stood."""
    end = len(catalog.entries)
    kept = sorted(index for index in indexes if index is not None)
    gaps = _gaps(catalog, {*kept, end})
    follows = dict(zip([*kept, end], [-1, *kept], strict=True))
    newline = catalog.newline.encode()
    out: list[bytes] = []
    last: int | None = -1  # the old index of what was written before
    for index, body in zip([*indexes, end], [*bodies, b""], strict=True):
        gap = b"" if index is None else gaps[index]
        if not any(out):
            gap = gap if index == 0 else gap.lstrip(b"\r\n")
        elif gap or body:
            if not next(filter(None, reversed(out))).endswith(b"\n"):
                out.append(newline)
            if (index is None or follows[index] != last) and not gap.startswith((b"\n", b"\r\n")):
                gap = newline + gap
        out += (gap, body)
        last = index
    return (BOM if catalog.raw.startswith(BOM) else b"") + b"".join(out)


def _gaps(catalog: Catalog, kept: set[int]) -> dict[int, bytes]:
    """What stands before each kept entry, with the comments that stood before vanished ones."""
    gaps: dict[int, bytes] = {}
    raw, carried = catalog.raw, b""
    end = len(BOM) if raw.startswith(BOM) else 0
    for index, (start, stop) in enumerate([*catalog.spans, (len(raw), len(raw))]):
        gap, end = carried + raw[end:start], stop
        carried = b""
        if index in kept:
            gaps[index] = gap
        elif gap.strip():
            carried = gap
    return gaps


def _dated(body: bytes, revision: str, codec: str) -> bytes:
    value = f" {po_write.escaped(revision)}".encode(codec)
    return _DATE.sub(lambda _: value, body, count=1)
