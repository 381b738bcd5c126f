"""Glossaries as TBX-Basic, for exchange with other tools.

Read: ISO 30042:2019 (`conceptEntry`, `langSec`, `termSec`) and 2008 (`termEntry`, `langSet`, `tig`,
`ntig`), in the DCA style, where `<termNote type="administrativeStatus">` says the status. Written:
TBX-Basic 2019 in DCA. What TBX has no word for stands in `<admin type="customerSubset">`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from html import escape
from xml.parsers import expat

from bilingo.errors import BilingoError
from bilingo.model import TUV, Locale, Term, TermStatus
from bilingo.text import locales

_STATUS_OF: dict[str, TermStatus] = {
    "preferredterm": "preferred",
    "admittedterm": "admitted",
    "deprecatedterm": "forbidden",
    "supersededterm": "forbidden",
}
_NAMES: dict[TermStatus, str] = {
    "preferred": "preferredTerm-admn-sts",
    "admitted": "admittedTerm-admn-sts",
    "forbidden": "deprecatedTerm-admn-sts",
    "introduced": "preferredTerm-admn-sts",
    "keep": "preferredTerm-admn-sts",
}
_OURS: dict[str, TermStatus] = {"introduced": "introduced", "keep": "keep"}
_CONCEPT = ("conceptEntry", "termEntry")
_LANGUAGE = ("langSec", "langSet")
_TERM = ("termSec", "tig", "ntig")
_DEPTH = 64
_ILLEGAL = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, Char
_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<tbx xmlns="urn:iso:std:iso:30042:ed-2" style="dca" type="TBX-Basic" xml:lang="en">
<tbxHeader><fileDesc><sourceDesc><p>bilingo</p></sourceDesc></fileDesc></tbxHeader>
<text><body>
"""
_TAIL = "</body></text>\n</tbx>\n"


def read(raw: bytes, *, name: Locale = "") -> tuple[Term, ...]:
    """The terms of a TBX file: each term of a concept's first language with each of the others.

    The language of `name` goes first where a concept has it, in whatever order they stand. Terms
    that are forbidden or kept, and have no partner, stand alone. Raises BilingoError (`where` is
    `line:column`) for what is no TBX, entity declarations, an unknown language.
    """
    reader = _Reader(locales.language(name) if name else "")
    try:
        reader.parser.Parse(raw, True)
    except expat.ExpatError as error:
        message = expat.ErrorString(error.code)
        raise BilingoError(
            f"no XML: {message}", where=f"{error.lineno}:{error.offset + 1}"
        ) from None
    if not reader.seen_body:
        raise BilingoError("no TBX: a file without <body>", where="1:1")
    return tuple(reader.terms)


def write(terms: Iterable[Term]) -> bytes:
    """The terms as TBX-Basic: one concept for all rows that name it alike.

    A row with three texts is two of two texts when it is read again. Raises BilingoError for
    characters XML does not allow.
    """
    concepts: dict[TUV, list[Term]] = defaultdict(list)
    for term in terms:
        concepts[term.texts[0]].append(term)
    body = "".join(_concept(number, *item) for number, item in enumerate(concepts.items(), 1))
    illegal = _ILLEGAL.search(body)
    if illegal:
        raise BilingoError(f"U+{ord(illegal.group()):04X} cannot stand in XML")
    return f"{_HEAD}{body}{_TAIL}".encode()


def _concept(number: int, name: TUV, rows: list[Term]) -> str:
    by_locale: dict[str, list[str]] = defaultdict(list)
    alone = [row for row in rows if len(row.texts) == 1]
    by_locale[name.locale].append(
        _term_section(name.text, alone[0].status, alone[0].note)
        if alone
        else _term_section(name.text, None, "")
    )
    for row in rows:
        for tuv in row.texts[1:]:
            by_locale[tuv.locale].append(_term_section(tuv.text, row.status, row.note))
    languages = "".join(
        f'<langSec xml:lang="{escape(locale)}">{"".join(sections)}</langSec>\n'
        for locale, sections in by_locale.items()
    )
    return f'<conceptEntry id="c{number}">\n{languages}</conceptEntry>\n'


def _term_section(text: str, status: TermStatus | None, note: str) -> str:
    parts = [f"<term>{escape(text)}</term>"]
    if status:
        parts.append(f'<termNote type="administrativeStatus">{_NAMES[status]}</termNote>')
        if status in _OURS:
            parts.append(f'<admin type="customerSubset">{status}</admin>')
    if note:
        parts.append(f"<note>{escape(note)}</note>")
    return f"<termSec>{''.join(parts)}</termSec>"


class _Reader:
    """What expat calls while it walks through a file."""

    def __init__(self, first: str) -> None:
        self.first = first
        self.terms: list[Term] = []
        self.seen_body = False
        self._path: list[str] = []
        self._text: list[str] = []
        self._kind = ""
        self._locale = ""
        self._concept: list[tuple[TUV, TermStatus | None, str]] = []
        self._fields: dict[str, str] = {}
        self.parser = parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.EntityDeclHandler = self._entity
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text.append

    def _fault(self, what: str) -> BilingoError:
        parser = self.parser
        where = f"{parser.CurrentLineNumber}:{parser.CurrentColumnNumber + 1}"
        return BilingoError(what, where=where)

    def _entity(self, *_: object) -> None:
        raise self._fault("entity declarations are refused")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        name = name.rpartition(" ")[2]
        self._path.append(name)
        if len(self._path) > _DEPTH:
            raise self._fault("elements nest too deep")
        if len(self._path) == 1 and name not in ("tbx", "martif"):
            raise self._fault(f"no TBX: <{name}>")
        self.seen_body |= name == "body"
        if name in _LANGUAGE:
            given = attributes.get("http://www.w3.org/XML/1998/namespace lang", "")
            try:
                self._locale = locales.canonical(given)
            except BilingoError as error:
                raise self._fault(error.what) from None
        elif name in _TERM:
            self._fields = {}
        self._kind = attributes.get("type", "") or name
        self._text.clear()

    def _end(self, name: str) -> None:
        name = name.rpartition(" ")[2]
        self._path.pop()
        text = "".join(self._text).strip()
        if name == "term":
            self._fields["term"] = text
        elif name in ("termNote", "admin", "note"):
            self._fields[self._kind] = text
        elif name in _TERM and self._fields.get("term"):
            self._concept.append((TUV(self._locale, self._fields["term"]), *self._said()))
            self._fields = {}
        elif name in _CONCEPT:
            self.terms += _rows(self._concept, self.first)
            self._concept = []
        self._text.clear()

    def _said(self) -> tuple[TermStatus | None, str]:
        ours = _OURS.get(self._fields.get("customerSubset", ""))
        given = self._fields.get("administrativeStatus", "").partition("-")[0].lower()
        return ours or _STATUS_OF.get(given), self._fields.get("note", "")


def _rows(concept: list[tuple[TUV, TermStatus | None, str]], language: str) -> Iterable[Term]:
    if not concept:
        return
    there = [tuv.locale for tuv, _, _ in concept]
    first = next((one for one in there if locales.language(one) == language), there[0])
    names = [entry for entry in concept if entry[0].locale == first]
    for name, status, note in names:
        if status in ("forbidden", "keep"):
            yield Term((name,), status, note)
    wordings = [entry for entry in concept if entry[0].locale != first]
    for name, status, _ in names:
        if status != "forbidden":
            for tuv, how, note in wordings:
                yield Term((name, tuv), how or "preferred", note)
