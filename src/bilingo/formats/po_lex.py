r"""From the lines of a PO file to entries and the lines each stands on: the grammar alone.

Accepts what GNU gettext accepts (gettext manual, “The Format of PO Files”), minus what no program
writes: a comment behind a string, two entries on one line. Lines end at \n or \r\n only. `#=` is a
second flag line (manual, “PO File Format Evolution”, from June 2025).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from bilingo.errors import BilingoError
from bilingo.model import Entry

_SPACE = " \t\r\f\v"
_TOKENS = re.compile(
    rf"""[{_SPACE}]*+(?:
        (?P<keyword>msgctxt|msgid_plural|msgid|msgstr|domain)
        (?:[{_SPACE}]*+\[[{_SPACE}]*+(?P<index>[0-9]{{1,9}})[{_SPACE}]*+\])?+
        (?![A-Za-z0-9_])[{_SPACE}]*+
    )?+(?:
        "(?P<string>[^"\\]*+(?:\\.[^"\\]*+)*+)"[{_SPACE}]*+
    )?+""",
    re.VERBOSE | re.DOTALL,
)
ESCAPE = re.compile(r'\\(?:([abfnrtv"\\])|([0-7]{1,3})|x([0-9A-Fa-f]+)|)')
PLAIN = {"a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}
_REFERENCE = re.compile(rf"\u2068([^\u2068\u2069]*)\u2069(\S*)|([^\n{_SPACE}]+)")
_FLAG = re.compile(rf"range:[{_SPACE}]*[^,{_SPACE}]+|[^,{_SPACE}]+")
_FOLLOWS = {
    "": ("msgctxt", "msgid"),
    "msgctxt": ("msgid",),
    "msgid": ("msgid_plural", "msgstr"),
    "msgid_plural": ("msgstr[0]",),
}


@dataclass(slots=True)
class Draft:
    """An entry while its lines are being read."""

    start: int
    line: int = 0
    obsolete: bool = False
    begun: bool = False  # has a keyword
    complete: bool = False  # has a msgstr
    bound: bool = False  # flags, references, … bind the comments above to the entry
    comments: list[str] = field(default_factory=list)
    extracted: list[str] = field(default_factory=list)
    references: dict[str, None] = field(default_factory=dict)
    flags: dict[str, None] = field(default_factory=dict)
    apart: dict[str, None] = field(default_factory=dict)
    previous: dict[str, list[str]] = field(default_factory=dict)
    current: dict[str, list[str]] = field(default_factory=dict)


def parse(lines: Iterable[str], codec: str) -> tuple[list[Entry], list[tuple[int, int]]]:
    r"""The entries of `lines` (cut at \n), and the slice of `lines` each of them owns.

    An entry owns the comments above it. Plain comments that a blank line parts from the entry are
    nobody's. `codec` is what numeric escapes are bytes of. Raises BilingoError (`line:column`).
    """
    reader = Reader(codec)
    for number, line in enumerate(lines):
        reader.read(number, line)
    reader.finish()
    return reader.entries, reader.spans


def note(draft: Draft, line: str, at: int) -> None:
    """A comment line whose `#` stands just before `at`."""
    mark, body = line[at : at + 1], line[at + 1 :].removesuffix("\r")
    if mark == ".":
        draft.extracted.append(body.removeprefix(" "))
    elif mark == ":":
        draft.references.update(dict.fromkeys(_references(body)))
    elif mark and mark in ",=!":
        flags = dict.fromkeys(_FLAG.findall(body))
        draft.flags.update(flags)
        if mark == "=":
            draft.apart.update(flags)
    else:
        draft.comments.append(line[at:].removesuffix("\r").removeprefix(" "))
        return
    draft.bound = True


class Reader:
    """Takes the lines of a catalog one by one."""

    def __init__(self, codec: str) -> None:
        self.codec = codec
        self.entries: list[Entry] = []
        self.spans: list[tuple[int, int]] = []
        self.draft: Draft | None = None
        self.end = 0

    def read(self, number: int, line: str) -> None:
        """One line, without its line feed; `number` counts from 0."""
        text = line.lstrip(_SPACE)
        if not text:
            if self.draft and not self.draft.begun and not self.draft.bound:
                self.draft = None
        elif text[0] != "#":
            self._tokens(number, line, 0, obsolete=False, previous=False)
        else:
            self._hash(number, line, len(line) - len(text) + 1)

    def _hash(self, number: int, line: str, at: int) -> None:
        """A line whose `#` stands just before `at`."""
        mark = line[at : at + 1]
        if mark == "|":
            self._tokens(number, line, at + 1, obsolete=False, previous=True)
        elif mark != "~":
            self._comment(number, line, at)
        elif line[at + 1 : at + 2] == "|":
            self._tokens(number, line, at + 2, obsolete=True, previous=True)
        else:
            rest = line[at + 1 :].lstrip(_SPACE)
            if rest.startswith("#") and not rest.startswith(("#~", "#|")):
                self._comment(number, rest, 1)
            else:
                self._tokens(number, line, at + 1, obsolete=True, previous=False)

    def _comment(self, number: int, line: str, at: int) -> None:
        draft = self.draft
        if draft and draft.begun:
            if not draft.complete:
                raise _refuse("a comment inside an entry", number, at, "put it above the entry")
            self.finish()
            draft = None
        if draft is None:
            draft = self.draft = Draft(number)
        note(draft, line, at)

    def _tokens(self, number: int, line: str, at: int, *, obsolete: bool, previous: bool) -> None:
        while at < len(line):
            found = _TOKENS.match(line, at)
            if found is None or found.end() == at:
                raise _unreadable(number, line, at)
            keyword, index, string = found.groups()
            if keyword is not None:
                name = keyword if index is None else f"{keyword}[{int(index)}]"
                self._keyword(number, found.start("keyword"), name, obsolete, previous)
                self.end = number + 1
            if string is not None:
                self._string(number, found.start("string"), string, obsolete, previous)
                self.end = number + 1
            at = found.end()

    def _keyword(self, number: int, at: int, name: str, obsolete: bool, previous: bool) -> None:
        if name == "domain":
            hint = "keep each domain in a file of its own"
            raise _refuse("a “domain” line", number, at, hint)
        draft = self.draft
        if draft and draft.complete and (previous or name in _FOLLOWS[""]):
            if self.end > number:
                raise _refuse("a second entry on one line", number, at, "begin it on its own line")
            self.finish()
            draft = None
        if draft is None:
            draft = self.draft = Draft(number)
        if not draft.begun:
            draft.begun, draft.obsolete = True, obsolete
        self._same_kind(draft, number, at, obsolete)
        fields = draft.previous if previous else draft.current
        if previous and draft.current:
            raise _refuse("a “#|” line inside an entry", number, at, "put it above the msgid")
        last = next(reversed(fields), "")
        if fields and not fields[last]:
            raise _refuse(f"{last} without a string", number, at)
        if previous and name.startswith("msgstr"):
            raise _refuse("a previous msgstr", number, at, "only the source has previous lines")
        if name not in _FOLLOWS.get(last, ()) and name != _next_form(last):
            after = f"{name} cannot follow {last}" if last else f"{name} without a msgid"
            raise _refuse(after, number, at)
        if name == "msgid" and not previous:
            draft.line = number + 1
        draft.complete = name.startswith("msgstr")
        fields[name] = []

    def _string(self, number: int, at: int, text: str, obsolete: bool, previous: bool) -> None:
        draft = self.draft
        fields = draft and (draft.previous if previous else draft.current)
        if not draft or not fields or previous and draft.current:
            raise _refuse("a string that belongs to nothing", number, at - 1)
        self._same_kind(draft, number, at - 1, obsolete)
        if "\\" in text:
            text = self._unescaped(number, at, text)
        if "\x04" in text:
            raise _refuse("U+0004 in a string: it parts context and msgid in .mo", number, at)
        fields[next(reversed(fields))].append(text)

    def _same_kind(self, draft: Draft, number: int, at: int, obsolete: bool) -> None:
        if draft.obsolete != obsolete:
            raise _refuse("some lines of the entry begin with #~ and some do not", number, at)

    def _unescaped(self, number: int, at: int, text: str) -> str:
        r"""Escapes as GNU reads them: up to three octal digits, any hexadecimal; both are bytes."""
        byte_seen = False

        def one(found: re.Match[str]) -> str:
            nonlocal byte_seen
            letter, octal, hexadecimal = found.groups()
            if letter:
                return PLAIN.get(letter, letter)
            if not octal and not hexadecimal:
                bad = text[found.start() : found.end() + 1]
                hint = "write a backslash as \\\\"
                raise _refuse(f"unknown escape “{bad}”", number, at + found.start(), hint)
            value = int(octal, 8) if octal else int(hexadecimal[-2:], 16)
            value &= 0xFF
            if value == 0:
                raise _refuse("NUL in a string", number, at + found.start())
            byte_seen = byte_seen or value > 0x7F
            return chr(value) if value <= 0x7F else chr(0xDC00 + value)

        value = ESCAPE.sub(one, text)
        if not byte_seen:
            return value
        try:
            return value.encode(self.codec, "surrogateescape").decode(self.codec)
        except UnicodeError:
            raise _refuse("escaped bytes that are no characters", number, at) from None

    @property
    def between(self) -> bool:
        """Whether an entry may begin here, with nothing above that would belong to it."""
        return self.draft is None or self.draft.complete

    def finish(self) -> None:
        """The entry ends before the line that comes."""
        draft, self.draft = self.draft, None
        if draft is None or not draft.begun:
            return
        current = draft.current
        if not draft.complete or not all((*current.values(), *draft.previous.values())):
            last = next(reversed(current), "#|")
            hint = "restore the file from version control if it is cut short"
            raise _refuse(f"the entry ends after {last}", self.end - 1, 0, hint)
        strings = {name: "".join(parts) for name, parts in current.items()}
        previous = {name: "".join(parts) for name, parts in draft.previous.items()}
        self.entries.append(
            Entry(
                msgid=strings.pop("msgid"),
                msgctxt=strings.pop("msgctxt", None),
                msgid_plural=strings.pop("msgid_plural", None),
                msgstr=tuple(strings.values()),
                flags=tuple(draft.flags),
                comments=tuple(draft.comments),
                extracted=tuple(draft.extracted),
                references=tuple(draft.references),
                previous=previous.get("msgid"),
                previous_ctxt=previous.get("msgctxt"),
                previous_plural=previous.get("msgid_plural"),
                apart=tuple(draft.apart),
                obsolete=draft.obsolete,
                line=draft.line,
            )
        )
        self.spans.append((draft.start, self.end))


def _next_form(last: str) -> str:
    return f"msgstr[{int(last[7:-1]) + 1}]" if last.startswith("msgstr[") else ""


def _references(body: str) -> list[str]:
    """File names with spaces stand between U+2068 and U+2069 (gettext 0.19.6)."""
    if body.isascii() and body.isprintable():
        return [part for part in body.split(" ") if part]
    return [name + tail or plain for name, tail, plain in _REFERENCE.findall(body)]


def _unreadable(number: int, line: str, at: int) -> BilingoError:
    rest = line[at:].lstrip(_SPACE)
    column = len(line) - len(rest)
    if rest.startswith('"'):
        hint = "close the string, or restore the file from version control if it is cut short"
        return _refuse("a string without its closing quote", number, column, hint)
    if rest.startswith("#"):
        return _refuse("a comment behind a string", number, column, "give it a line of its own")
    return _refuse(f"{rest[:20]!r} is no part of a catalog", number, column, "is this a PO file?")


def _refuse(what: str, number: int, at: int, hint: str = "") -> BilingoError:
    hint = hint or "correct the line, or restore the file from version control"
    return BilingoError(what, where=f"{number + 1}:{at + 1}", hint=hint)
