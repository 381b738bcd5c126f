"""What differs between two texts, for a person: words in English, characters in Chinese."""

from __future__ import annotations

import difflib
import re
from typing import Literal

from bilingo.frozen import NamedTuple
from bilingo.text.lazy import Pattern

_FORM = r"</?[0-9]+/?>|{0}+(?:[.,:']{0}+|’{0}+)*|\s+|."
_PLAIN = Pattern(_FORM.format("[0-9A-Za-z]"), re.S)  # compiles in a sixth of the time
_ANY = Pattern(_FORM.format(r"[0-9A-Za-z\u00c0-\u1fff]"), re.S)  # letters of every alphabet
LONGEST = 2_000  # tokens; beyond this the comparison would take too long, and nobody reads it


class Piece(NamedTuple):
    """A stretch of text that both have, or that only the `old` or only the `new` one has."""

    kind: Literal["same", "old", "new"]
    text: str


def difference(old: str, new: str) -> tuple[Piece, ...]:
    """How `old` becomes `new`, in order: the pieces but the old ones joined are `new`.

    A word, a figure with its marks, a tag and a Han character are each one token.
    """
    mine, yours = _tokens(old), _tokens(new)
    if max(len(mine), len(yours)) > LONGEST:
        return (Piece("old", old), Piece("new", new))
    pieces: list[Piece] = []
    matcher = difflib.SequenceMatcher(None, mine, yours, autojunk=False)
    for op, start, end, begin, stop in matcher.get_opcodes():
        if op == "equal":
            pieces.append(Piece("same", "".join(mine[start:end])))
            continue
        if end > start:
            pieces.append(Piece("old", "".join(mine[start:end])))
        if stop > begin:
            pieces.append(Piece("new", "".join(yours[begin:stop])))
    return tuple(pieces)


def _tokens(text: str) -> list[str]:
    plain = text.isascii() or not any("\u00c0" <= character <= "\u1fff" for character in text)
    return (_PLAIN if plain else _ANY).findall(text)
