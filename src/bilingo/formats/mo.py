r"""Compiled catalogs (.mo): the bytes `msgfmt --no-hash` writes, and a reader that trusts no count.

The layout is in the GNU gettext manual, “The Format of GNU MO Files”: two tables of (length,
offset), sorted by key; a key is `msgctxt\x04msgid`, plural forms are joined by NUL.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterable

from bilingo.errors import BilingoError
from bilingo.formats import charsets, po_gate
from bilingo.model import Entry

_MAGIC = 0x950412DE
_HEAD = 28  # bytes: magic, revision, count, two table offsets, hash table size and offset
_DEFAULT_HEADER = "Content-Type: text/plain; charset=UTF-8\n"


def write(entries: Iterable[Entry], *, fuzzy: bool = False, untranslated: bool = False) -> bytes:
    """The catalog for a gettext runtime, in UTF-8; the same entries give the same bytes.

    Left out: obsolete entries, and unless asked for fuzzy ones and those with a form to translate.
    The header goes in whatever its flags, with its charset set to what is written and without its
    POT-Creation-Date, as msgfmt does. Raises BilingoError for an entry no .mo can hold.
    """
    messages: dict[bytes, bytes] = {}
    for entry in entries:
        if entry.obsolete:
            continue
        if entry.is_header:
            messages[b""] = _header(entry).encode()
        elif (fuzzy or not entry.fuzzy) and (untranslated or all(entry.msgstr)):
            key, value = _message(entry)
            messages[key] = value
    messages.setdefault(b"", _DEFAULT_HEADER.encode())
    keys = sorted(messages)
    values = [messages[key] for key in keys]
    tables = _HEAD + 16 * len(keys)
    strings = [*keys, *values]
    pairs: list[int] = []
    offset = tables
    for string in strings:
        pairs += (len(string), offset)
        offset += len(string) + 1
    head = (_MAGIC, 0, len(keys), _HEAD, _HEAD + 8 * len(keys), 0, tables)
    packed = struct.pack(f"<{7 + len(pairs)}I", *head, *pairs)
    return packed + b"".join(string + b"\0" for string in strings)


def _header(entry: Entry) -> str:
    text = re.sub(r"(?i)(charset\s*=\s*)[^\s;]*", r"\1UTF-8", entry.msgstr[0])
    text = re.sub(r"(?m)^POT-Creation-Date:.*\n", "", text)
    if po_gate.charset(Entry("", (text,))):
        return text
    # without a charset a runtime reads ASCII
    return text + "\n" * (text[-1:] not in ("", "\n")) + _DEFAULT_HEADER


def _message(entry: Entry) -> tuple[bytes, bytes]:
    sources = [entry.msgid] if entry.msgid_plural is None else [entry.msgid, entry.msgid_plural]
    if entry.msgctxt is not None:
        sources[0] = f"{entry.msgctxt}\x04{entry.msgid}"
    separators = "\0\x04"
    parts = (entry.msgctxt or "", entry.msgid, entry.msgid_plural or "", *entry.msgstr)
    if any(separator in part for part in parts for separator in separators):
        what = f"NUL or U+0004 in the entry {entry.msgid[:40]!r}"
        raise BilingoError(what, where=str(entry.line or ""))
    try:
        return "\0".join(sources).encode(), "\0".join(entry.msgstr).encode()
    except UnicodeEncodeError:
        what = f"a lone surrogate in the entry {entry.msgid[:40]!r}"
        raise BilingoError(what, where=str(entry.line or "")) from None


def read(raw: bytes) -> tuple[Entry, ...]:
    """The entries of a .mo file in its order, the header among them.

    Counts and offsets are held against the size of the file before anything is made of them.
    Raises BilingoError for a file whose tables or strings lie outside it or over one another, and
    for text that is not of the declared charset (UTF-8 without one).
    """
    pairs = _pairs(raw)
    head = next((value for key, value in pairs if not key), b"")
    header = Entry("", (head.decode("latin-1"),))
    charset = po_gate.charset(header) or "UTF-8"
    codec = charsets.codec(charset, where="header")
    entries: dict[tuple[str | None, str], Entry] = {}
    for key, value in pairs:
        try:
            entry = _entry(key.decode(codec), value.decode(codec))
        except UnicodeDecodeError:
            raise BilingoError(f"a message is not {charset}", where=f"key {key[:40]!r}") from None
        if entries.setdefault(entry.key, entry) is not entry:
            raise _damaged(f"two messages for {entry.msgid[:40]!r}")
    return tuple(entries.values())


def _entry(key: str, value: str) -> Entry:
    context, separator, ids = key.rpartition("\x04")
    msgid, *plural = ids.split("\0")
    return Entry(
        msgid=msgid,
        msgstr=tuple(value.split("\0")) if plural else (value,),
        msgctxt=context if separator else None,
        msgid_plural=plural[0] if plural else None,
    )


def _pairs(raw: bytes) -> list[tuple[bytes, bytes]]:
    if len(raw) > po_gate.BYTES:
        raise BilingoError("the .mo file is too large", hint=f"at most {po_gate.BYTES:,} bytes")
    order = {b"\xde\x12\x04\x95": "<", b"\x95\x04\x12\xde": ">"}.get(raw[:4])
    if order is None or len(raw) < _HEAD:
        raise _damaged("no .mo file")
    revision, count, sources, targets = struct.unpack_from(f"{order}4I", raw, 4)
    if revision >> 16 > 1:
        raise _damaged(f"unknown .mo revision {revision >> 16}")
    first, second = sorted((sources, targets))
    if first < _HEAD or first + 8 * count > second or second + 8 * count > len(raw):
        raise _damaged("the tables lie outside the file or over one another")
    table = f"{order}{2 * count}I"
    spans = [struct.unpack_from(table, raw, offset) for offset in (sources, targets)]
    if sum(sum(span[::2]) for span in spans) > len(raw):
        raise _damaged("the strings are longer than the file")
    keys, values = (
        [_string(raw, *pair) for pair in zip(s[::2], s[1::2], strict=True)] for s in spans
    )
    return list(zip(keys, values, strict=True))


def _string(raw: bytes, length: int, offset: int) -> bytes:
    if offset < _HEAD or raw[offset + length : offset + length + 1] != b"\0":
        raise _damaged("a string lies outside the file or has no end")
    return raw[offset : offset + length]


def _damaged(what: str) -> BilingoError:
    return BilingoError(what, hint="compile the catalog again")
