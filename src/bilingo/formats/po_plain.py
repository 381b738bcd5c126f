r"""The entries of a catalog, those as programs write them by one pattern, all others by `po_lex`.

Nearly every entry of nearly every catalog has the same shape: comments, a msgctxt or none, msgid,
msgstr, a blank line, each at the start of its line. The pattern knows that shape only, and nothing
that could be refused; what it does not know is read line by line. A law of the tests holds the two
against each other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from bilingo.formats import po_lex
from bilingo.formats.po_lex import Draft, Reader
from bilingo.model import Entry

_STRING = r'(?:"[^"\\\n\x04]*+(?:\\["\\abfnrtv][^"\\\n\x04]*+)*+"\n)++'
_ENTRY = re.compile(
    r"(?P<comments>(?:#(?:[^|~=\n][^\n]*+)?+\n)*+)"
    rf"(?:msgctxt (?P<msgctxt>{_STRING}))?+msgid (?P<msgid>{_STRING})msgstr (?P<msgstr>{_STRING})"
    # behind a blank line a string would go on, and `#~` could be refused
    r'(?:\n++(?=#[^|~]|msgid "|msgctxt "|\Z)|\Z)'
)

_Notes = tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...], tuple[str, ...]]


def parse(text: str, lines: Sequence[str], codec: str) -> tuple[list[Entry], list[tuple[int, int]]]:
    """As `po_lex.parse` of the `lines` of `text`."""
    if "\r" in text:
        return po_lex.parse(lines, codec)
    reader = Reader(codec)
    match = _ENTRY.match
    known: dict[str, _Notes] = {}
    number = at = 0  # the line that comes, and where it begins in the text
    may_begin = True
    while number < len(lines):
        found = match(text, at) if may_begin and reader.between else None
        if not found:
            reader.read(number, lines[number])
            may_begin = not lines[number]
            at += len(lines[number]) + 1
            number += 1
            continue
        if reader.draft:
            reader.finish()
        comments, msgctxt, msgid, msgstr = found.groups()
        begin = number + comments.count("\n")
        line = begin + (msgctxt.count("\n") if msgctxt else 0)
        end = line + msgid.count("\n") + msgstr.count("\n")
        context = _value(msgctxt) if msgctxt else None
        notes = known.get(comments)  # neighbours often have the same
        if notes is None:
            notes = known[comments] = _notes(lines[number:begin])
        entry = Entry(_value(msgid), (_value(msgstr),), context, None, *notes, line=line + 1)
        reader.entries.append(entry)
        reader.spans.append((number, end))
        at = found.end()
        number = end + at - found.end("msgstr")  # blank lines
    reader.finish()
    return reader.entries, reader.spans


def _notes(comments: Iterable[str]) -> _Notes:
    """Flags, comments, extracted comments, references."""
    draft = Draft(0)
    for comment in comments:
        po_lex.note(draft, comment, 1)
    return (
        tuple(draft.flags),
        tuple(draft.comments),
        tuple(draft.extracted),
        tuple(draft.references),
    )


def _value(strings: str) -> str:
    """What one or several strings say, each on its line."""
    text = strings[1:-2]
    if "\n" in text:
        text = text.replace('"\n"', "")
    if "\\" not in text:
        return text
    if "\\\\" not in text:  # so that every backslash begins an escape
        text = text.replace("\\n", "\n").replace('\\"', '"').replace("\\t", "\t")
        if "\\" not in text:
            return text
    return po_lex.ESCAPE.sub(lambda found: po_lex.PLAIN.get(found[1], found[1]), text)
