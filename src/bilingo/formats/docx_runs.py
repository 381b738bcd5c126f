"""A paragraph of a Word document as a flat list of atoms: texts, and what stands between them.

Word cuts text into runs wherever it was edited. An atom is the least that can be said apart; its
`markup` may stand in a paragraph by itself. Element names: ECMA-376 part 1 §17.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from bilingo.errors import BilingoError
from bilingo.formats.docx_xml import SPACE, Node

Form = Literal["text", "space", "alone", "mark", "ending", "open", "close"]
Look = tuple[tuple[str, tuple[tuple[str, str], ...]], ...]

MAX_FIELDS = 64  # inside each other

# Properties of a run that no reader sees, or only in scripts written from right to left.
_UNSEEN = frozenset("bCs del iCs ins lang moveFrom moveTo noProof rPrChange szCs webHidden".split())
_TRACKED = frozenset(("ins", "del", "moveFrom", "moveTo"))
_NOTHING = frozenset(("pPr", "rPr", "proofErr", "lastRenderedPageBreak", "delText", "delInstrText"))
_INSIDE = frozenset(("ins", "moveTo", "smartTag", "customXml"))  # read as if they were not there
_DELETED = frozenset(("del", "moveFrom"))
_CHARACTERS = {"noBreakHyphen": "\u2011", "softHyphen": "\u00ad"}
_SPACES = frozenset(("tab", "ptab", "br", "cr"))
_NUMBERS = frozenset(("annotationRef", "footnoteRef", "endnoteRef"))  # before the text of a note
_MARK = re.compile(r"(?:bookmark|perm|\w+Range)(?:Start|(End))")
_INDEXED = frozenset(("XE", "TC", "TA"))  # fields that only mark a place for an index
_ANCHOR = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing anchor"
_OFF = ("0", "false", "off")
_LINE = re.compile(r"[\t\r\n]")


@dataclass(frozen=True, slots=True)
class Atom:
    """`text` or a `space` (a tab, a break); something that stands `alone`; a `mark` or an `ending`,
    which have no place in the sentence; the `open` and `close` of a link or content control.

    `properties` is the inside of the run's `w:rPr`, `look` what of it a reader sees. `field` is the
    type of a `w:fldChar`, or `instruction`. `inner` are paragraphs in a text box, each with where
    its content begins in `markup`.
    """

    form: Form
    markup: str
    text: str = ""
    properties: str = ""
    look: Look = ()
    field: str = ""
    hidden: bool = False
    inner: tuple[tuple[Node, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """A part in UTF-8 and the prefix its paragraphs use for WordprocessingML, `w:`."""

    data: bytes
    prefix: str

    def cut(self, start: int, end: int) -> str:
        """The source between two offsets."""
        return self.data[start:end].decode()

    def run(self, properties: str) -> tuple[str, str]:
        """What stands around the text of a run with these properties."""
        w = self.prefix
        shown = f"<{w}rPr>{properties}</{w}rPr>" if properties else ""
        return f'<{w}r>{shown}<{w}t xml:space="preserve">', f"</{w}t></{w}r>"


def atoms(paragraph: Node, source: Source) -> list[Atom]:
    """The atoms of a paragraph, fields folded: a computed field stands alone, a link is a pair.

    Tracked insertions are in, deletions are not. Raises BilingoError for more than `MAX_FIELDS`
    fields inside each other.
    """
    return _fields_folded(_inline(paragraph, source))


def is_tracked(paragraph: Node) -> bool:
    """Whether words were inserted or deleted with “Track changes” and wait for an answer."""
    return any(node.children and node.name in _TRACKED for node in paragraph.every())


def _inline(parent: Node, source: Source) -> Iterator[Atom]:
    for node in parent.children:
        name = node.name
        if name == "r":
            yield from _run(node, source)
        elif name in _INSIDE:
            yield from _inline(node, source)
        elif name in ("hyperlink", "dir", "bdo"):
            yield from _pair(node, node, source)
        elif name == "sdt":
            content = node.child("sdtContent")
            if content:
                yield from _pair(node, content, source)
        elif mark := _MARK.fullmatch(name):
            yield Atom("ending" if mark[1] else "mark", source.cut(node.start, node.end))
        elif name not in _NOTHING and name not in _DELETED:
            yield _object(node, source, "", "")


def _pair(node: Node, content: Node, source: Source) -> Iterator[Atom]:
    if not content.children:
        yield Atom("mark", source.cut(node.start, node.end))
        return
    yield Atom("open", source.cut(node.start, content.inner))
    yield from _inline(content, source)
    yield Atom("close", source.cut(content.inner_end, node.end))


def _run(run: Node, source: Source) -> Iterator[Atom]:
    shown = run.child("rPr")
    kept = [
        n
        for n in (shown.children if shown else ())
        if n.name not in _TRACKED and n.name != "rPrChange"
    ]
    properties = "".join(source.cut(node.start, node.end) for node in kept)
    look = tuple(sorted(filter(None, map(_seen, kept))))
    hidden = any(n.name == "vanish" and n.attributes.get("val") not in _OFF for n in kept)
    opening, closing = source.run(properties)
    before = opening[: opening.rindex("<")]
    after = closing[closing.index(">") + 1 :]
    for node in run.children:
        name = node.name
        markup = before + source.cut(node.start, node.end) + after
        if name == "t" or name in _CHARACTERS:
            text = _CHARACTERS.get(name) or _characters(node)
            if text:
                yield Atom("text", markup, text, properties, look, hidden=hidden)
        elif name in _SPACES:
            yield Atom("space", markup, properties=properties, look=look, hidden=hidden)
        elif name in _NUMBERS:
            yield Atom("mark", markup)
        elif name == "commentReference":
            yield Atom("ending", markup)
        elif name == "fldChar":
            yield Atom("alone", markup, field=node.attributes.get("fldCharType", ""))
        elif name == "instrText":
            yield Atom("alone", markup, "".join(node.texts), field="instruction")
        elif name not in _NOTHING:
            yield _object(node, source, before, after)


def _seen(node: Node) -> tuple[str, tuple[tuple[str, str], ...]] | None:
    """A run property as far as a reader sees it."""
    if node.name in _UNSEEN:
        return None
    # The hint says which font quotation marks take; Word writes it into some runs of a sentence.
    attributes = tuple(sorted((k, v) for k, v in node.attributes.items() if k != "hint"))
    if node.name == "rFonts" and not attributes:
        return None
    return node.name, attributes


def _characters(node: Node) -> str:
    text = _LINE.sub(" ", "".join(node.texts))
    return text if node.attributes.get(SPACE) == "preserve" else text.strip(" ")


def _object(node: Node, source: Source, before: str, after: str) -> Atom:
    """A picture, formula, footnote reference …; one that floats has no place in the sentence."""
    floats = False
    inner: list[tuple[Node, int]] = []
    end = position = node.start
    length = len(before)  # characters up to `position`
    for below in node.every():
        if below.name == _ANCHOR or "position:absolute" in below.attributes.get("style", ""):
            floats = True
        if below.name == "p" and below.start >= end:
            content = content_start(below)
            length, position = length + len(source.cut(position, content)), content
            inner.append((below, length))
            end = below.end
    markup = before + source.cut(node.start, node.end) + after
    return Atom("mark" if floats else "alone", markup, inner=tuple(inner))


def content_start(paragraph: Node) -> int:
    """Where the content of a paragraph begins, after its properties."""
    properties = paragraph.child("pPr")
    return properties.end if properties else paragraph.inner


def _fields_folded(found: Iterator[Atom]) -> list[Atom]:
    """Complex fields (§17.16.18), inner ones first; a field that other paragraphs share stays."""
    out: list[Atom] = []
    begun: list[int] = []
    for atom in found:
        if atom.field == "begin":
            begun.append(len(out))
            if len(begun) > MAX_FIELDS:
                raise BilingoError(f"more than {MAX_FIELDS} fields inside each other")
        out.append(atom)
        if atom.field == "end" and begun:
            start = begun.pop()
            out[start:] = _folded(out[start:])
    return out


def _folded(field: list[Atom]) -> list[Atom]:
    if not _balanced(field):
        return [replace(atom, field="") for atom in field]
    words = "".join(atom.text for atom in field if atom.field == "instruction").split()
    kind = words[0].upper() if words else ""
    separator = next((i for i, atom in enumerate(field) if atom.field == "separate"), 0)
    if kind == "HYPERLINK" and separator and _balanced(field[: separator + 1]):
        opening = "".join(atom.markup for atom in field[: separator + 1])
        return [Atom("open", opening), *field[separator + 1 : -1], Atom("close", field[-1].markup)]
    markup = "".join(atom.markup for atom in field)
    return [Atom("mark" if kind in _INDEXED else "alone", markup)]


def _balanced(field: list[Atom]) -> bool:
    depth = 0
    for atom in field:
        depth += (atom.form == "open") - (atom.form == "close")
        if depth < 0:
            return False
    return depth == 0
