"""Folding at screen columns as msgcat folds: Unicode line breaking (UAX #14) over wide characters.

msgcat takes its break opportunities from libunistring's pair table. The classes here are derived
from general category and East Asian width, with the exceptions that English and Chinese text meets.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache

_CLASS = {
    char: name
    for name, chars in {
        "SP": " ",
        "ZW": "\u200b",
        "GL": "\u00a0\u202f\u2007\u2011",
        "WJ": "\u2060\ufeff",
        "OP": "¡¿",
        "CL": "}、。，．､｡",
        "CP": ")]",
        "QU": "\"'“”‘’«»‹›",
        "EX": "!?！？",
        "IS": ",.:;",
        "SY": "/",
        "PR": "$+\\£¥±№＄￡￥−",
        "PO": "%¢°‰′″％￠℃",
        "HY": "-",
        "BA": "\t|–‐‒‧\u2009\u2002\u2003\u00ad\u3000",
        "BB": "´",
        "B2": "—",
        "NS": "：；・々〻〜ーぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ‼⁇⁈⁉゛゜ゝゞヽヾ",
        "IN": "…‥",
    }.items()
    for char in chars
}
# What may not be parted from the class before it, even behind a space; behind none, see `_TIED`.
_NEVER_FIRST = frozenset("CL CP EX IS SY ZW WJ".split())
_GLUED_LEFT = frozenset("NS BA HY QU GL IN".split())  # no break before, but a space allows one
_OPENING = ("OP", "OPW")  # OPW: a wide OP, which a letter before it may lose (LB30)
# class → the classes that no break parts from it
_TIED = {
    before: frozenset(after.split())
    for before, after in {
        "AL": "AL NU OP PR PO",
        "NU": "AL NU OP PR PO",
        "CL": "PR PO",
        "CP": "AL NU PR PO",
        "PR": "AL NU OP OPW ID",
        "PO": "AL NU OP OPW",
        "ID": "PO",
        "HY": "NU",
        "IS": "NU",
        "SY": "NU",
        "B2": "B2",
    }.items()
}


def fold(portions: Sequence[str], *, room: int, first: int) -> list[str]:
    r"""Lines of at most `room` columns out of escaped portions that each end in `\n` but the last.

    The first line stands behind a keyword, `first` columns in; it is empty when all does not fit.
    """
    if len(portions) < 2 and first <= room:
        lines = [line for portion in portions for line in _folded(portion, room, first)]
        if len(lines) < 2:
            return lines or [""]
    return ["", *(line for portion in portions for line in _folded(portion, room, 0))]


def _folded(portion: str, room: int, column: int) -> Iterator[str]:
    line = ""
    for piece in _pieces(portion):
        width = sum(map(_width, piece))
        if line and column + width > room:
            yield line
            line, column = "", 0
        line += piece
        column += width
    yield line


def _pieces(text: str) -> Iterator[str]:
    """Text cut wherever a line may end. An escape is two characters that stay together."""
    start = 0
    before = ""  # the class before the spaces
    spaces = escape = False
    for index, char in enumerate(text):
        name = _line_class(char)
        escaped = escape
        escape = char == "\\" and not escaped
        final = escape and text[index:] == "\\n"
        if name == "SP":
            spaces = True
            continue
        if index and not escaped and not final and _breaks(before, name, spaces):
            yield text[start:index]
            start = index
        if name != "CM" or spaces:
            before = "AL" if name == "CM" else name
        spaces = False
    yield text[start:]


def _breaks(before: str, name: str, spaces: bool) -> bool:
    if not before or name in _NEVER_FIRST or before in _OPENING or name == "CM" and not spaces:
        return before == "ZW" and name != "ZW"
    if before == "QU" and name in _OPENING or before == "CL" and name == "NS":
        return False
    if spaces:
        return (before, name) != ("B2", "B2")
    if before in ("QU", "GL", "WJ", "BB") or name in _GLUED_LEFT:
        return False
    return name not in _TIED.get(before, ())


@cache
def _line_class(char: str) -> str:
    if char in _CLASS:
        return _CLASS[char]
    category = unicodedata.category(char)
    wide = unicodedata.east_asian_width(char) in "WF"
    if category == "Ps":
        return "OPW" if wide else "OP"
    if category == "Pe":
        return "CL"
    if category in ("Mn", "Me", "Mc", "Cf") or category == "Cc":
        return "CM"
    if category == "Sc":
        return "PR"
    if category == "Nd" and not wide:
        return "NU"
    return "ID" if wide else "AL"


@cache
def _width(char: str) -> int:
    if unicodedata.category(char) in ("Mn", "Me", "Cf", "Cc"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1
