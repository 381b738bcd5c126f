r"""The first and the last characters of what a pattern can match, told without compiling it.

A rule of sentences needs one character before a place and one behind it. Where no place of a text
has both, nobody need compile the rule, which takes longer than all else that a short text asks.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, reduce

from bilingo.frozen import NamedTuple
from bilingo.text.scripts import is_han

Edge = frozenset[str] | None
r"""Characters, general categories, `Han` and `\s`; None stands for whatever there is."""
_NONE: Edge = frozenset()


class Edges(NamedTuple):
    """What is known of every match of a pattern.

    `first`, `prior` and `last` are the first character, the last but one and the last, None where
    it can be anything or there may be none; in it stands one of each of `needs`; `empty` patterns
    can match nothing.
    """

    first: Edge = None
    prior: Edge = None
    last: Edge = None
    needs: tuple[frozenset[str], ...] = ()
    empty: bool = False


_EMPTY = Edges(_NONE, None, _NONE, empty=True)
_ANCHORS = frozenset(r"^ $ \b \B \A \Z \z".split())
_TOKEN = re.compile(
    r"[A-Za-z]+(?![*+?{])|\\[pP](?:\{[^{}]*\}|.)|\\x\{[^{}]*\}|\\x..|\\u[0-9A-Fa-f]{4}|\\."
    r"|\[\^?\]?(?:\\[pP]\{[^{}]*\}|\\.|[^\]\\])*\]|\((?:\?(?:<?[=!]|[:>]|<\w+>|[a-z]+:))?"
    r"|[*+?][+?]?|\{[0-9]+(?:,[0-9]*)?\}[+?]?|.",
    re.DOTALL,
)
_CONTROLS = {r"\n": "\n", r"\r": "\r", r"\t": "\t"}
_MEMBER = re.compile(r"\\u[0-9A-Fa-f]{4}|\\[pP](?:\{[^{}]*\}|.)|\\.|.", re.DOTALL)
_PROPERTY = re.compile(r"\\p(?:\{(Han|[A-Z][a-z]?)\}|([A-Z]))")


@cache
def edges(pattern: str) -> Edges:
    r"""Of every match of an ICU pattern, one that `icu.translate` takes.

    >>> [sorted(edge or ()) for edge in edges(r"(?:Dr|Mrs?)\.")[:3]]
    [['D', 'M'], ['r', 's'], ['.']]
    """
    if re.search(r"\(\?[a-z]+[:)]", pattern):  # letters in any case
        return Edges()
    found = _choice(_TOKEN.findall(pattern)[::-1])
    return Edges(needs=found.needs) if found.empty else found


class Look:
    """What stands beside each other in a text."""

    def __init__(self, text: str) -> None:
        self._padded = ("", "", *text, "")
        self._places = frozenset(
            zip(self._padded, self._padded[1:], self._padded[2:], strict=False)
        )
        self._kinds = frozenset().union(*map(_kinds, set(text)))

    def fits(self, before: str, after: str, at: int | None = None) -> bool:
        """Whether patterns may match on both sides of a place: of the one `at`, else of any.

        Where it is False they do not.
        """
        places = self._places if at is None else (self._padded[at : at + 3],)
        mine = edges(before)
        if any(map(self._kinds.isdisjoint, mine.needs)):
            return False
        behind = {
            behind
            for earlier, here, behind in places
            if _is(here, mine.last) and _is(earlier, mine.prior)
        }
        return bool(behind) and any(_is(each, edges(after).first) for each in behind)


def _is(character: str, edge: Edge) -> bool:
    return edge is None or not edge.isdisjoint(_kinds(character))


@cache
def _kinds(character: str) -> frozenset[str]:
    if not character:
        return frozenset()
    category = unicodedata.category(character)
    kinds = {character, category, category[0]}
    if is_han(character):
        kinds.add("Han")
    if character.isspace():
        kinds.add(r"\s")
    return frozenset(kinds)


def _choice(pieces: list[str]) -> Edges:
    """What stands up to a closing bracket; pieces are taken from the end of the list."""
    branches: list[Edges] = []
    so_far = _EMPTY
    while pieces and (piece := pieces.pop()) != ")":
        if piece == "|":
            branches.append(so_far)
            so_far = _EMPTY
            continue
        item = _group(piece, pieces) if piece[0] == "(" else _single(piece)
        if _repeats(pieces):
            optional = pieces.pop().startswith(("*", "?", "{0"))
            item = item._replace(empty=item.empty or optional)
        elif item.prior is None and piece[0] != "(" and not so_far.empty:
            item = item._replace(prior=so_far.last)
        so_far = _joined(so_far, item)
    return reduce(_either, branches, so_far)


def _joined(one: Edges, other: Edges) -> Edges:
    first = _union(one.first, other.first) if one.empty else one.first
    if other.empty:
        return Edges(first, None, _union(one.last, other.last), one.needs, one.empty)
    return Edges(first, other.prior, other.last, one.needs + other.needs)


def _either(one: Edges, other: Edges) -> Edges:
    return Edges(
        _union(one.first, other.first),
        _union(one.prior, other.prior),
        _union(one.last, other.last),
        empty=one.empty or other.empty,
    )


def _union(one: Edge, other: Edge) -> Edge:
    return None if one is None or other is None else one | other


def _repeats(pieces: list[str]) -> bool:
    return bool(pieces) and (pieces[-1][0] in "*+?" or len(pieces[-1]) > 1 and pieces[-1][0] == "{")


def _group(piece: str, pieces: list[str]) -> Edges:
    inside = _choice(pieces)
    return _EMPTY if piece[-1] in "=!" else inside  # looking around only makes it match less


def _single(piece: str) -> Edges:
    if piece in _ANCHORS:
        return _EMPTY
    if piece == ".":
        return Edges()
    if piece[0] == "\\" or piece[0] == "[" and len(piece) > 1:
        edge = _members(piece)
        return Edges(edge, None, edge, () if edge is None else (edge,))
    prior = frozenset(piece[-2]) if len(piece) > 1 else None
    return Edges(frozenset(piece[0]), prior, frozenset(piece[-1]), tuple(map(frozenset, piece[:1])))


def _members(piece: str) -> Edge:
    """The members of a set, or what an escape stands for."""
    inside = piece[1:-1] if piece[0] == "[" else piece
    if piece[0] == "[" and inside[:1] == "^":
        return None
    members = _MEMBER.findall(inside)
    edge: set[str] = set()
    for position, member in enumerate(members):
        if found := _PROPERTY.fullmatch(member):
            edge.add(found[1] or found[2])
        elif member == r"\s":
            edge.add(member)
        elif member in _CONTROLS:
            edge.add(_CONTROLS[member])
        elif member[:2] == r"\u":
            edge.add(chr(int(member[2:], 16)))
        elif member[0] == "\\" and (len(member) > 2 or member[1].isalnum()):
            return None
        elif member == "-" and 0 < position < len(members) - 1:
            return None  # a range
        else:
            edge.add(member[-1])
    return frozenset(edge)
