"""Elements of a part of a Word document, with the spans of source they stand in.

expat says where each tag begins; nothing is ever written from a tree. Names are `p`, `tbl` … in
WordprocessingML (both its namespaces, ECMA-376 part 1 and part 4), `namespace name` elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from xml.parsers import expat

from bilingo.errors import BilingoError

MAX_DEPTH = 256
SPACE = "http://www.w3.org/XML/1998/namespace space"

_WORD = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main ",
    "http://purl.oclc.org/ooxml/wordprocessingml/main ",
)
_TAG = re.compile(rb"<[^\"'>]*(?:\"[^\"]*\"[^\"'>]*|'[^']*'[^\"'>]*)*>")


@dataclass(slots=True)
class Node:
    """An element: it stands at `start:end` of the part in UTF-8, its content at `inner:inner_end`.

    `texts` are the characters directly inside it, only of `t`, `delText` and `instrText`.
    """

    name: str
    attributes: Mapping[str, str]
    start: int
    inner: int
    inner_end: int = 0
    end: int = 0
    children: list[Node] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)

    def child(self, name: str) -> Node | None:
        """The first child of that name."""
        return next((node for node in self.children if node.name == name), None)

    def value(self, name: str) -> str | None:
        """The `w:val` of the first child of that name: "" without one, None without a child."""
        node = self.child(name)
        return None if node is None else node.attributes.get("val", "")

    def every(self) -> Iterator[Node]:
        """The element and all below it, in document order."""
        yield self
        for node in self.children:
            yield from node.every()


_WITH_TEXT = frozenset(("t", "delText", "instrText"))


def walk(source: bytes, names: frozenset[str], found: Callable[[Node, list[str]], None]) -> None:
    """Call `found` with each outermost element of these names and the names of those around it.

    `source` is UTF-8, whatever encoding its declaration names. Raises BilingoError (`where` is
    `line:column`) for what is not well-formed, a DOCTYPE (so there are no entities), an encoding
    that ECMA-376 does not allow and more than `MAX_DEPTH` elements inside each other.
    """
    reader = _Reader(source, names, found)
    try:
        reader.parser.Parse(source, True)
    except expat.ExpatError as error:
        what = f"not well-formed XML: {expat.ErrorString(error.code)}"
        raise BilingoError(what, where=f"{error.lineno}:{error.offset + 1}") from None


class _Reader:
    """What expat's events build up. One method for each kind of event."""

    def __init__(
        self, source: bytes, names: frozenset[str], found: Callable[[Node, list[str]], None]
    ) -> None:
        self.source, self.names, self.found = source, names, found
        self.outside: list[str] = []
        self.open: list[Node] = []
        self.parser = parser = expat.ParserCreate("utf-8", " ")
        parser.buffer_text = True
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        parser.CharacterDataHandler = self.characters
        parser.StartDoctypeDeclHandler = self.doctype
        parser.XmlDeclHandler = self.declaration

    def fault(self, what: str) -> BilingoError:
        line, column = self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1
        return BilingoError(what, where=f"{line}:{column}")

    def doctype(self, *_: object) -> None:
        raise self.fault("a DOCTYPE, which no word processor writes")

    def declaration(self, _version: str, encoding: str | None, _standalone: int) -> None:
        if encoding and encoding.lower() not in ("utf-8", "utf-16"):
            raise self.fault(f"encoding “{encoding[:40]}”; a part is UTF-8 or UTF-16")

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if len(self.outside) + len(self.open) >= MAX_DEPTH:
            raise self.fault(f"more than {MAX_DEPTH} elements inside each other")
        name = _local(name)
        if not self.open and name not in self.names:
            self.outside.append(name)
            return
        start = self.parser.CurrentByteIndex
        tag = _TAG.match(self.source, start)
        assert tag  # noqa: S101 - expat has read this tag
        node = Node(name, {_local(k): v for k, v in attributes.items()}, start, tag.end())
        if self.open:
            self.open[-1].children.append(node)
        self.open.append(node)

    def end(self, _name: str) -> None:
        if not self.open:
            self.outside.pop()
            return
        node = self.open.pop()
        if self.source[node.inner - 2 : node.inner] == b"/>":
            node.inner_end = node.end = node.inner
        else:
            node.inner_end = self.parser.CurrentByteIndex
            node.end = self.source.index(b">", node.inner_end) + 1
        if not self.open:
            self.found(node, self.outside)

    def characters(self, text: str) -> None:
        if self.open and self.open[-1].name in _WITH_TEXT:
            self.open[-1].texts.append(text)


@lru_cache(maxsize=1024)
def _local(name: str) -> str:
    for namespace in _WORD:
        if name.startswith(namespace):
            return name[len(namespace) :]
    return name
