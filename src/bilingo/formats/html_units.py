"""The units of HTML: what stands between the edges of blocks, and what attributes say.

Which text is not offered for translation is asked of a function, so a page as its author keeps it
and a page as a browser saved it are read by the same code.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from bilingo.errors import BilingoError
from bilingo.formats import hints, html_inline
from bilingo.formats.html_elements import (
    BLOCK,
    HEADINGS,
    OPAQUE,
    VOID,
    Element,
    OpenElements,
)
from bilingo.formats.html_inline import Part, Run
from bilingo.formats.html_tokens import Attribute, Token, attributes, tokens
from bilingo.model import Unit
from bilingo.text import locales

# Attributes a reader sees or hears, and the kind of their unit.
ATTRIBUTES = {
    "alt": "alt",
    "title": "link-title",
    "placeholder": "placeholder",
    "aria-label": "aria-label",
}
META = ("description", "og:title", "og:description")
ATTRIBUTE_KINDS = frozenset(
    [*ATTRIBUTES.values(), "value", "lang", *(f"meta:{name}" for name in META)]
)
_KINDS = {
    **dict.fromkeys(HEADINGS, "heading"),
    **dict.fromkeys(("td", "th"), "cell"),
    **dict.fromkeys(("caption", "figcaption", "legend"), "caption"),
    **dict.fromkeys(("button", "label", "option", "optgroup", "summary"), "label"),
    "title": "meta:title",
    "li": "item",
    "dt": "term",
    "dd": "definition",
}
# Images and code mean something where they stand; an icon or a script at the end of a text not.
_KEPT = frozenset("img code math".split())

# Asked about even without attributes.
_NAMED = frozenset("aside button dialog footer form header nav noscript select".split())

# How the reason begins why a text in another language than the page's is skipped.
OTHER_LANGUAGE = "in another language: "

# (name, attributes, the open elements) → why its text is not offered, or "".
Judge = Callable[[str, Mapping[str, str], OpenElements], str]


@dataclass(frozen=True, slots=True)
class Found:
    """A unit and where it starts; `block` is the number of its block, `linked` how many of its
    characters stand in links."""

    start: int
    unit: Unit
    block: int = 0
    linked: int = 0


@dataclass(slots=True)
class Page:
    """What was found in a text, and the comments for bilingo in it. `parents` has for each
    element's number that of the one around it; `names` its name. Number 0 is the text itself."""

    found: list[Found] = field(default_factory=list)
    hints: list[hints.Hint] = field(default_factory=list)
    parents: list[int] = field(default_factory=lambda: [0])
    names: list[str] = field(default_factory=lambda: [""])


def read(text: str, judge: Judge) -> Page:
    """The units of HTML, in no particular order.

    Raises nothing: every text is HTML. Elements that never close, and end tags of nothing, are
    taken as the HTML standard takes them.
    """
    reader = _Reader(text, judge)
    for token in tokens(text):
        if token.form == "open":
            reader.open(token)
        elif token.form == "close":
            reader.close(token)
        else:
            reader.text(token)
    reader.flush()
    return reader.page


class _Reader:
    """The state of one reading: the open elements and the run of inline markup so far."""

    def __init__(self, source: str, judge: Judge) -> None:
        self.page = Page()
        self._source = source
        self._judge = judge
        self._open = OpenElements()
        self._run = Run()
        self._hints: list[hints.Hint] = []  # of the run
        self._runs = 0
        self._language = ""  # of the page

    def text(self, token: Token) -> None:
        """Text, or what no reader sees."""
        top = self._open.top
        if top.opaque:
            self._opaque(token)
        elif token.form == "text":
            linked = self._open.nearest("a") is not None
            part = Part("text", token.start, token.end, reason=top.reason, linked=linked)
            self._run.add(part)
        else:
            self._hints += hints.find(self._source, token.start, token.end)
            self._run.add(Part("alone", token.start, token.end))

    def open(self, token: Token) -> None:
        """A start tag."""
        name = token.name
        block = name in BLOCK
        if block:
            self.flush()
            self._open.make_way(name)
        outer = self._open.top
        found = {}
        if token.end - token.start > len(name) + 2:
            found = {one.name: one for one in attributes(self._source, token)}
        element = self._element(name, found, outer)
        texts = self._texts(name, found, element) if found and not outer.opaque else ()
        if block:
            for kind, attribute in texts:
                reason = "language of the page" if kind == "lang" else element.reason
                unit = html_inline.attribute_unit(kind, attribute, self._source, reason)
                self._add(Found(attribute.start, unit, element.number))
        elif outer.opaque:
            self._opaque(token)
        else:
            self._inline(token, element, texts)
        if name not in VOID and not (name in ("svg", "math") and self._ends_itself(token)):
            self._open.push(element)

    def close(self, token: Token) -> None:
        """An end tag."""
        name = token.name
        if name in BLOCK:
            self.flush()
            self._open.close(name)
            return
        inside = self._open.top.opaque
        element = self._open.close(name)
        if inside:
            self._opaque(token)
            return
        part = Part("close", token.start, token.end, name)
        number = self._run.add(replace(part, form="alone") if name == "br" else part)
        if element and element.run == self._runs and element.part >= 0:
            self._run.pair(element.part, number)

    def flush(self) -> None:
        """The edge of a block: what came since the last one is a run."""
        run, self._run = self._run, Run()
        self._runs += 1
        if not run.parts:
            return
        if self._hints:
            self.page.hints += self._hints
            run = html_inline.kept_whole(run, hints.kept_spans(self._hints))
            self._hints = []
        block = self._open.block
        linked = sum(part.end - part.start for part in run.parts if part.linked)
        kind, item = self._kind(block)
        for start, unit in html_inline.units(run, self._source, kind):
            self._add(Found(start, unit, block.number, linked))
            if item and unit.kind == kind:
                item.used = True

    def _add(self, found: Found) -> None:
        self.page.found.append(found)

    def _kind(self, block: Element) -> tuple[str, Element | None]:
        """The kind of a run in this block; the first text of a list item is the item's."""
        kind = _KINDS.get(block.name, "")
        if not kind or kind == "item":
            item = self._open.nearest("li", "dd", "td", "th", "figcaption", "caption")
            around = _KINDS[item.name] if item else "paragraph"
            if around == "item" and item and item.used:
                return "paragraph", None
            return around, item
        return kind, None

    def _element(self, name: str, found: Mapping[str, Attribute], outer: Element) -> Element:
        self.page.parents.append(outer.number)
        self.page.names.append(name)
        number = len(self.page.parents) - 1
        if not found and name not in _NAMED:
            return Element(name, number, outer.reason, outer.opaque or name in OPAQUE)
        values = {key: one.value for key, one in found.items()}
        translate = values.get("translate", "").lower()
        closed = translate == "no" or "notranslate" in values.get("class", "").split()
        opaque = closed or name in OPAQUE or outer.opaque and translate != "yes"
        reason = outer.reason
        language = values.get("lang") or values.get("xml:lang") or ""
        if name in ("html", "body") and language:
            self._language = self._language or language
        if language and self._language:
            other = _is_other(language, self._language)
            if other or reason.startswith(OTHER_LANGUAGE):
                reason = f"{OTHER_LANGUAGE}{language}" if other else ""
        reason = reason or self._judge(name, values, self._open)
        return Element(name, number, reason, opaque)

    def _texts(
        self, name: str, found: Mapping[str, Attribute], element: Element
    ) -> tuple[tuple[str, Attribute], ...]:
        """The attributes that are texts or name the language, and the kinds of their units."""
        if element.opaque and name not in OPAQUE:
            return ()
        texts = [(kind, found[key]) for key, kind in ATTRIBUTES.items() if key in found]
        if name in ("link", "style"):
            return ()
        if name in ("html", "body"):
            texts += [("lang", found[key]) for key in ("lang", "xml:lang") if key in found]
        if name == "meta" and "content" in found:
            keys = [found[key].value.lower() for key in ("name", "property") if key in found]
            texts += [(f"meta:{key}", found["content"]) for key in keys[:1] if key in META]
        if name == "input" and "value" in found and "type" in found:
            pressed = found["type"].value.lower() in ("submit", "button", "reset")
            texts += [("value", found["value"])] if pressed else []
        return tuple((kind, one) for kind, one in texts if any(map(str.isalnum, one.value)))

    def _inline(
        self, token: Token, element: Element, texts: tuple[tuple[str, Attribute], ...]
    ) -> None:
        name = token.name
        if name == "br" and self._after_break():
            self.flush()
        alone = name in VOID or element.opaque
        keep = name in _KEPT or element.opaque and name not in OPAQUE
        part = Part(
            "alone" if alone else "open",
            token.start,
            token.end,
            name,
            element.reason,
            keep,
            attributes=texts,
        )
        element.run, element.part = self._runs, self._run.add(part)

    def _after_break(self) -> bool:
        """Whether the run ends in a line break: a second one parts paragraphs."""
        for part in reversed(self._run.parts):
            if part.form != "text" or self._source[part.start : part.end].strip():
                return part.name == "br"
        return False

    def _opaque(self, token: Token) -> None:
        """One more token of an element that is one code."""
        parts = self._run.parts
        if parts and parts[-1].form == "alone" and parts[-1].end == token.start:
            parts[-1] = replace(parts[-1], end=token.end)
        else:
            self._run.add(Part("alone", token.start, token.end))

    def _ends_itself(self, token: Token) -> bool:
        return self._source[token.end - 2] == "/"


def _is_other(tag: str, page: str) -> bool:
    """Whether two language tags are of different languages, or of different Chinese scripts."""
    known = []
    for name in (tag, page):
        try:
            known.append(locales.canonical(name))
        except BilingoError:
            known.append(name.lower())
    if locales.language(known[0]) != locales.language(known[1]):
        return True
    scripts = {locales.script(one) for one in known} - {""}
    return len(scripts) > 1
