"""Which elements are blocks, which end by themselves, and the stack of those that are open.

From the HTML standard: void elements §13.1.2, implied end tags §13.2.6, what is displayed as a
block §15.3. Every step takes constant time, or as long as the elements it closes.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

VOID = frozenset("area base br col embed hr img input link meta source track wbr param".split())
HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
# A unit never reaches over the edge of one of these. Buttons and labels are displayed inline, but
# what stands beside them is another text.
BLOCK = HEADINGS | frozenset(
    """address article aside base blockquote body button caption center col colgroup dd details
    dialog dir div dl dt fieldset figcaption figure footer form frameset head header hgroup hr html
    label legend li link listing main menu meta nav noscript ol optgroup option p plaintext pre
    search section select summary table tbody td template tfoot th thead title tr ul xmp""".split()
)
# Nothing in these is text for a reader, or text that may change.
OPAQUE = frozenset(
    """applet audio canvas code iframe listing math noembed noframes object plaintext pre script
    style svg template textarea video xmp""".split()
)
_NO_PARAGRAPH = frozenset(
    "base button col colgroup label legend link meta noscript optgroup option select title".split()
)
_TABLE = ("table",)
_SCOPE = ("applet", "caption", "html", "marquee", "object", "table", "td", "template", "th")
_LIST = (*_SCOPE, "ol", "ul", "menu", "dir")
_TERMS = (*_SCOPE, "dl")
_CELLS, _ROWS = ("td", "th", "caption"), ("tr", "td", "th", "caption")
_GROUPS = ("tbody", "thead", "tfoot", "colgroup", *_ROWS)
_ENDS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "li": (("li",), _LIST),
    "dt": (("dt", "dd"), _TERMS),
    "dd": (("dt", "dd"), _TERMS),
    "option": (("option",), ("select",)),
    "optgroup": (("option", "optgroup"), ("select",)),
    "td": (_CELLS, ("table", "tr")),
    "th": (_CELLS, ("table", "tr")),
    "tr": (_ROWS, _TABLE),
    **dict.fromkeys(("tbody", "thead", "tfoot", "colgroup"), (_GROUPS, _TABLE)),
    "body": (("head",), ()),
    **dict.fromkeys(HEADINGS, (tuple(HEADINGS), (*_SCOPE, "div", "section", "article", "li"))),
}


@dataclass(slots=True)
class Element:
    """An open element. `part` is the number of its mark in the run of text that `run` names.

    `reason` says why its text is not offered, `opaque` that it is not text at all; both are
    inherited. `language` is the nearest `lang`. `used` tells whether a list item had its text.
    """

    name: str
    number: int
    reason: str = ""
    opaque: bool = False
    language: str = ""
    run: int = -1
    part: int = -1
    used: bool = False


class OpenElements:
    """The open elements, outermost first, with the places of each name at hand."""

    def __init__(self) -> None:
        self._stack = [Element("", 0)]
        self._places: defaultdict[str, list[int]] = defaultdict(list)
        self._blocks = [0]

    @property
    def top(self) -> Element:
        """The innermost open element; one without a name where none is open."""
        return self._stack[-1]

    @property
    def block(self) -> Element:
        """The innermost open block."""
        return self._stack[self._blocks[-1]]

    def nearest(self, *names: str) -> Element | None:
        """The innermost open element with one of these names."""
        place = self._nearest(names)
        return self._stack[place] if place else None

    def push(self, element: Element) -> None:
        """Open an element, after what its start tag ends has been closed (`make_way`)."""
        if element.name in BLOCK:
            self._blocks.append(len(self._stack))
        self._places[element.name].append(len(self._stack))
        self._stack.append(element)

    def make_way(self, name: str) -> None:
        """Close what the start tag of a block ends: `<p>` an open paragraph, `<li>` an item."""
        closed, edges = _ENDS.get(name, ((), ()))
        if closed:
            edge = self._nearest(edges)
            while (place := self._nearest(closed)) > edge:
                self._close_from(place)
        if name in BLOCK and name not in _NO_PARAGRAPH:
            place = self._nearest(("p",))
            if place > self._nearest((*_SCOPE, "button")):
                self._close_from(place)

    def close(self, name: str) -> Element | None:
        """Close the innermost `name` and all in it; None for an end tag that closes nothing."""
        place = self._nearest((name,))
        if not place:
            return None
        if name not in BLOCK:
            edge = self._blocks[-1]
        elif name in ("td", "th", "tr", "caption", "tbody", "thead", "tfoot"):
            edge = self._nearest(_TABLE)
        else:
            edge = 0 if name in (*_SCOPE, "body") else self._nearest(_SCOPE)
        if place < edge:
            return None
        element = self._stack[place]
        self._close_from(place)
        return element

    def _nearest(self, names: tuple[str, ...]) -> int:
        found = 0
        for name in names:
            if (places := self._places.get(name)) and places[-1] > found:
                found = places[-1]
        return found

    def _close_from(self, place: int) -> None:
        while len(self._stack) > place:
            self._places[self._stack.pop().name].pop()
        while self._blocks[-1] >= place:
            self._blocks.pop()
