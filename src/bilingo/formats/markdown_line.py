"""A line of simple Markdown as tagged text, read without the parser.

Somebody who asks the memory for one sentence would wait longer for the import of the parser than
for the answer. What such a line mostly has is a word in bold or in code, and nothing else that may
mean anything to Markdown. A law of the tests holds it against the reader, `markdown.read`.
"""

from __future__ import annotations

import re

_MARKS = frozenset(" .,;()'\"?/-_，。、；：？！（）「」《》“”’…")
_NOT_CODE = frozenset("\\{}<>|$\n\r\t")
_JSX = ("import ", "export ")  # a line of MDX that is no text


def tagged(text: str) -> str | None:
    """The line as the reader's unit has it, or None where that is for the parser to say.

    None for a line that does not begin with a letter, bold or code, which may be a list or the
    like, and for every character but letters, figures and marks that only are themselves.
    """
    first = text[:1]
    if (
        text != text.strip()
        or text.startswith(_JSX)
        or not (first.isalpha() or first in ("*", "`"))
    ):
        return None
    words, *parts = re.split(r"(\*+|`+)", text)  # then in turn: a mark, what stands behind it
    if not _plain(words) or len(parts) % 4:
        return None
    out = said = words
    codes = zip(*(parts[i::4] for i in range(4)), strict=True)
    for number, (mark, inside, close, behind) in enumerate(codes, 1):
        if mark != close or not _plain(behind):
            return None
        if mark == "**" and _plain(inside) and inside[:1].isalnum() and inside[-1].isalnum():
            out += f"<{number}>{inside}</{number}>{behind}"
            said += inside
        elif mark in ("`", "``") and inside.strip() and _NOT_CODE.isdisjoint(inside):
            out += f"<{number}/>{behind}"
        else:
            return None
        said += behind
    return out if any(map(str.isalnum, said)) else None  # code alone is no unit


def _plain(words: str) -> bool:
    if "_" in words and re.search("(?<![0-9A-Za-z])_|_(?![0-9A-Za-z])", words):
        return False  # an emphasis begins or ends; inside a word it is a letter
    return all(character.isalnum() or character in _MARKS for character in words)
