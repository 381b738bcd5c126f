"""Text on a screen: what may be sent to a terminal or a log, and how wide it is there."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# C0, DEL, C1; the bidirectional controls (UAX #9); line and paragraph separators; lone surrogates,
# which no encoding can write.
CONTROLS = "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
_NAMED = {"\n": r"\n", "\r": r"\r", "\t": r"\t"}
_ZERO_WIDTH = ("Mn", "Me", "Cf", "Cc")


def visible(text: str) -> str:
    r"""The text with its control characters shown as Python escapes, so a screen obeys none.

    >>> visible("a\x1b[31m肝\u202e\n")
    'a\\x1b[31m肝\\u202e\\n'
    """
    if text.isprintable():
        return text
    return re.sub(CONTROLS, lambda found: _escaped(found.group()), text)


def _escaped(character: str) -> str:
    number = ord(character)
    return _NAMED.get(character) or (f"\\x{number:02x}" if number < 256 else f"\\u{number:04x}")


def width(text: str) -> int:
    """Columns on a terminal: 2 for East Asian wide and full-width (UAX #11), 0 for combining marks.

    Ambiguous characters (`…`, `“`) count 1, as terminals draw them outside East Asian locales.
    """
    return sum(map(_columns, text))


@lru_cache(maxsize=1 << 14)
def _columns(character: str) -> int:
    if unicodedata.category(character) in _ZERO_WIDTH:
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def clip(text: str, columns: int) -> str:
    """The text, or as much of its beginning as fits into `columns` with an ellipsis at the end."""
    head = text[: max(columns, 0) + 1]
    if head.isascii() and head.isprintable():  # one column each
        return text if len(head) <= columns else f"{head[: columns - 1]}…" if columns > 0 else ""
    used = kept = 0  # columns, and characters that leave one for the `…`
    for character in text:
        used += _columns(character)
        if used > columns:
            return f"{text[:kept]}…" if columns > 0 else ""
        kept += used < columns
    return text
