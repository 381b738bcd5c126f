"""Word documents (.docx, ECMA-376): paragraphs are units, the rest of the package stays as it is.

Kinds of units: `title`, `heading`, `item` (in a list), `cell`, `footnote` (and endnotes),
`paragraph`; lines of a table of contents are `contents` and skipped. The text of a document is its
body, then headers, footers and notes in the order of the package, with a form feed, which no XML
holds, between two parts. Not units: comments (those for bilingo are read, see `docx_comments`),
deleted and hidden text, results of fields, formulas, alt texts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from zipfile import ZipInfo

from bilingo.errors import BilingoError
from bilingo.formats import docx_comments, docx_paragraph, docx_xml, hints
from bilingo.formats import docx_package as package
from bilingo.formats import encoding as encodings
from bilingo.formats.docx_comments import Spoken
from bilingo.formats.docx_runs import Source, content_start
from bilingo.formats.docx_styles import CONTENTS, Style, kind, styles
from bilingo.formats.docx_xml import Node
from bilingo.formats.hints import Hint
from bilingo.formats.units import finish
from bilingo.model import Unit

render = docx_paragraph.render

SEPARATOR = "\f"

_TYPES = "[Content_Types].xml"
_OVERRIDE = "http://schemas.openxmlformats.org/package/2006/content-types Override"
_MAIN = (".document.main+xml", ".template.main+xml")
_MACROS = ("application/vnd.ms-word.document.macroEnabled.main+xml",)
_OTHERS = (".header+xml", ".footer+xml", ".footnotes+xml", ".endnotes+xml")
_STYLES = ".wordprocessingml.styles+xml"
_COMMENTS = ".wordprocessingml.comments+xml"
_MARKS = frozenset(("p", docx_comments.START, docx_comments.END))


@dataclass(frozen=True, slots=True)
class _Parts:
    """The bytes of the parts with text by name, the body first; of the styles; of the comments."""

    contents: Mapping[str, bytes]
    styles: bytes
    comments: bytes


def read(
    raw: bytes, *, encoding: str | None = None, keys: Sequence[str] = ()
) -> Iterator[str | Unit]:
    """The pieces of a document; `encoding` and `keys` mean nothing here.

    Raises BilingoError for a package that is refused (see `docx_package`), one without a document,
    and a part that is not well-formed or has a DOCTYPE (`where` is `line:column` in the part).
    """
    parts = _parts(raw)
    known = styles(_text("styles", parts.styles)) if parts.styles else {}
    spoken = Spoken(_spoken(parts.comments))
    pieces: list[str | Unit] = []
    said: list[Hint] = []
    size = 0
    for name, content in parts.contents.items():
        if pieces:
            pieces.append(SEPARATOR)
            size += len(SEPARATOR)
        text = _text(name, content)
        pieces += _pieces(name, text, known, spoken, said, size)
        size += len(text)
    spoken.close()
    yield from finish(hints.apply(pieces, said) if said else pieces)


def write(text: str, raw: bytes, *, encoding: str | None = None) -> bytes:
    """The package of `raw` with a new text; only the parts whose text changed are replaced.

    Raises BilingoError for a text that has not the parts of `raw`, or is not well-formed in one.
    """
    contents = _parts(raw).contents
    texts = text.split(SEPARATOR)
    if len(texts) != len(contents):
        raise BilingoError(f"{len(texts)} parts of text for {len(contents)} in the document")
    changed: dict[str, bytes] = {}
    for new, (name, content) in zip(texts, contents.items(), strict=True):
        if new != _text(name, content):
            _walk(name, new.encode("utf-8", "surrogatepass"), frozenset(), lambda *_: None)
            changed[name] = encodings.encode(new, content)
    return package.replaced(raw, changed) if changed else raw


def _parts(raw: bytes) -> _Parts:
    entries = {info.filename: info for info in package.entries(raw)}
    types = _types(raw, entries)
    body = [name for name, kind in types.items() if kind.endswith(_MAIN) or kind in _MACROS]
    if len(body) != 1:
        what = "no document in the package" if not body else "several documents in the package"
        raise BilingoError(what, hint="is it a Word document?")
    others = [name for name in entries if types.get(name, "").endswith(_OTHERS)]
    style = [name for name in entries if types.get(name, "").endswith(_STYLES)][:1]
    comment = [name for name in entries if types.get(name, "").endswith(_COMMENTS)][:1]
    wanted = (*body, *others, *style, *comment)
    contents = package.read(raw, [entries[name] for name in wanted])
    sheet = contents.pop(style[0]) if style else b""
    return _Parts(contents, sheet, contents.pop(comment[0]) if comment else b"")


def _types(raw: bytes, entries: Mapping[str, ZipInfo]) -> dict[str, str]:
    """The content types of the parts that are there (ECMA-376 part 2 §7.2.3)."""
    if _TYPES not in entries:
        raise BilingoError("no document in the package", hint="is it a Word document?")
    names = {name.lower(): name for name in entries}
    out: dict[str, str] = {}

    def found(node: Node, _outside: list[str]) -> None:
        name = names.get(node.attributes.get("PartName", "").lower().lstrip("/"))
        if name:
            out[name] = node.attributes.get("ContentType", "")

    content = package.read(raw, [entries[_TYPES]])[_TYPES]
    _walk(_TYPES, _text(_TYPES, content).encode(), frozenset((_OVERRIDE,)), found)
    return out


def _text(name: str, content: bytes) -> str:
    try:
        return encodings.decode(content)
    except BilingoError as error:
        raise BilingoError(f"{name}: {error.what}", where=error.where) from None


def _walk(
    name: str, source: bytes, names: frozenset[str], found: Callable[[Node, list[str]], None]
) -> None:
    try:
        docx_xml.walk(source, names, found)
    except BilingoError as error:
        raise BilingoError(f"{name}: {error.what}", where=error.where, hint=error.hint) from None


def _spoken(content: bytes) -> Mapping[str, tuple[str, str]]:
    if not content:
        return {}
    try:
        return docx_comments.comments(_text("comments", content).encode())
    except BilingoError as error:
        raise BilingoError(f"comments: {error.what}", where=error.where, hint=error.hint) from None


def _pieces(
    name: str,
    text: str,
    known: Mapping[str, Style],
    spoken: Spoken,
    heard: list[Hint],
    offset: int,
) -> list[str | Unit]:
    """The pieces of a part; what comments say of them goes to `heard`, `offset` on in the text."""
    data = text.encode()
    pieces: list[str | Unit] = []
    position = 0

    def found(node: Node, outside: list[str]) -> None:
        nonlocal position, offset
        if node.name != "p":
            spoken.mark(node)
            return
        source = Source(data, _prefix(data, node))
        said = kind(node.child("pPr"), outside, known)
        skip = "" if said != CONTENTS else "table of contents"
        unit = docx_paragraph.unit(node, source, said, skip)
        if unit:
            start = content_start(node)
            before = source.cut(position, start)
            pieces.extend((before, unit))
            position = node.inner_end
            start, offset = offset + len(before), offset + len(before) + len(unit.raw)
            heard.extend(spoken.hints(node, start, offset, is_unit=True))
        else:
            heard.extend(spoken.hints(node, 0, 0, is_unit=False))

    _walk(name, data, _MARKS, found)
    return [*pieces, data[position:].decode()]


def _prefix(data: bytes, paragraph: Node) -> str:
    """What stands before `p` in the paragraph's tag: `w:`, or nothing."""
    name = data[paragraph.start + 1 : paragraph.inner].split(None, 1)[0].rstrip(b"/>")
    return name.decode().removesuffix("p")
