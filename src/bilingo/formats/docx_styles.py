"""What a paragraph of a Word document is: its style, outline level and list say so.

Style ids are in the language of the Word that wrote them (`1`, `a5`), names of built-in styles are
English everywhere (ECMA-376 part 1 §17.7.4.9).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from bilingo.formats import docx_xml
from bilingo.formats.docx_xml import Node

CONTENTS = "contents"  # the kind of a style for a line of a table of contents

_NAMES = (
    (re.compile(r"title"), "title"),
    (re.compile(r"heading\d|tocheading"), "heading"),
    (re.compile(r"toc\d"), CONTENTS),
    (re.compile(r"list.*"), "item"),
)
_BODY_LEVEL = "9"  # the outline level that is none
_LONGEST = 20  # styles based on each other


@dataclass(frozen=True, slots=True)
class Style:
    """A paragraph style: its kind, "" where it says nothing, and the style it is based on."""

    kind: str
    parent: str = ""


def styles(text: str) -> dict[str, Style]:
    """The paragraph styles of a styles part by id. Raises BilingoError as `docx_xml.walk` does."""
    out: dict[str, Style] = {}

    def found(node: Node, _outside: list[str]) -> None:
        properties = node.child("pPr")
        named = _named(node.value("name") or "")
        said = named or (_own(properties) if properties else "")
        out[node.attributes.get("styleId", "")] = Style(said, node.value("basedOn") or "")

    docx_xml.walk(text.encode(), frozenset(("style",)), found)
    return out


def kind(properties: Node | None, around: Collection[str], known: Mapping[str, Style]) -> str:
    """The kind of a paragraph with these properties inside elements of these names."""
    own = _own(properties) if properties else ""
    number = properties.value("pStyle") if properties else None
    style = _inherited(number, known) if number else ""
    for said in (own, style):
        if said in ("title", "heading", CONTENTS):
            return said
    if "tc" in around:
        return "cell"
    if around and {"footnote", "endnote"} & set(around):
        return "footnote"
    return own or style or "paragraph"


def _named(name: str) -> str:
    name = name.lower().replace(" ", "")
    return next((said for pattern, said in _NAMES if pattern.fullmatch(name)), "")


def _own(properties: Node) -> str:
    """What the properties themselves say; `paragraph` takes a style's numbering off."""
    level = properties.value("outlineLvl")
    if level is not None and level != _BODY_LEVEL:
        return "heading"
    numbering = properties.child("numPr")
    if numbering is None:
        return ""
    return "paragraph" if numbering.value("numId") == "0" else "item"


def _inherited(name: str, known: Mapping[str, Style]) -> str:
    if name not in known:
        return _named(name)
    for _ in range(_LONGEST):
        style = known.get(name)
        if style is None or style.kind:
            return style.kind if style else ""
        name = style.parent
    return ""
