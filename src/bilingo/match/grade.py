"""What kind of change made one source text from another: cosmetic, or one that needs a person."""

from __future__ import annotations

import re
import unicodedata
from typing import Literal, get_args

from bilingo.text import tags
from bilingo.text.fold import fold

Grade = Literal["spaces", "quotes", "case", "punctuation", "markup", "text"]
COSMETIC: tuple[Grade, ...] = get_args(Grade)[:-1]

_QUOTES = str.maketrans({"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "「": '"', "」": '"'})
_FINAL = re.compile(r"[\s.。．!！?？:：;；,，…]+(?=[\"'”’」』）)\s]*$)")


def grade(old: str, new: str) -> Grade:
    """The least kind of change that explains how tagged text `old` became `new`.

    `spaces`: white space only; `quotes`: typographic against straight quotes too; `case`: letters'
    case too; `punctuation`: the marks at the end too, but never a question made of a statement;
    `markup`: the same words with other codes. Everything else is `text`.
    """
    if tags.skeleton(old) != tags.skeleton(new):
        return "markup" if fold(old) == fold(new) else "text"
    one, other = _spaced(old), _spaced(new)
    if one == other:
        return "spaces"
    one, other = one.translate(_QUOTES), other.translate(_QUOTES)
    if one == other:
        return "quotes"
    one, other = one.lower(), other.lower()
    if one == other:
        return "case"
    if _asks(one) == _asks(other) and _FINAL.sub("", one) == _FINAL.sub("", other):
        return "punctuation"
    return "text"


def _spaced(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def _asks(text: str) -> int:
    """How many questions a text asks, as its marks say."""
    return text.count("?") + text.count("？")
