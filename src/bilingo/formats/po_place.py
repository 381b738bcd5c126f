r"""Where in a PO file a character of a translation stands.

A translation may be cut into several strings, and an escape is two characters or more of the file
(gettext manual, “The Format of PO Files”).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_STRING = re.compile(r'"((?:[^"\\]|\\.)*+)"')
_PIECE = re.compile(r"\\(?:[0-7]{1,3}|x[0-9A-Fa-f]+|.)|[^\\]", re.DOTALL)


def place(lines: Sequence[str], line: int, form: int, offset: int) -> tuple[int, int]:
    """Line and column, from 1, of character `offset` of `msgstr[form]`.

    `line` is where the entry's msgid stands in `lines`. Where the character cannot be told (bytes
    written as numbers, a changed file) it is the msgid: `(line, 1)`.
    """
    wanted = ("msgstr", "msgstr[0]") if not form else (f"msgstr[{form}]",)
    number = line - 1
    while number < len(lines) and _keyword(lines[number]) not in wanted:
        number += 1
        if number < len(lines) and not lines[number].strip():
            return line, 1
    for at in range(number, len(lines)):
        text = lines[at]
        found = _STRING.search(text)
        if not found or (at > number and _keyword(text)):
            break
        string = found[1]
        if "\\" not in string[:offset]:  # so far a character is one of the file
            if offset < len(string):
                return at + 1, found.start(1) + offset + 1
            offset -= len(string)
            continue
        for piece in _PIECE.finditer(string):
            if not offset:
                return at + 1, found.start(1) + piece.start() + 1
            offset -= 1
    return line, 1


def _keyword(line: str) -> str:
    return line.partition('"')[0].strip(" \t#~")
