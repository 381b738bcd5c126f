"""What holds digits and is no value: placeholders, tags, addresses, literal code."""

from __future__ import annotations

import re
from functools import cache

# Every width becomes one, offset by offset; invisible characters become spaces.
_FOLDED = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_FOLDED |= dict.fromkeys(
    map(ord, "\u00a0\u2002\u2003\u2009\u200a\u202f\u3000\u200b\ufeff\t\n"), 0x20
)
_FOLDED |= {0x2212: 0x2D, 0x2010: 0x2D, 0x2011: 0x2D, 0xFFE5: 0xA5, 0x301C: 0x7E, 0x223C: 0x7E}

# By the mark without which there is none: only those whose mark stands in a text are looked for.
_ASIDE = {
    "<": "</?[1-9][0-9]{0,3}/?>|</?[A-Za-z][^<>]*>",  # tags, other markup
    "&": "&#?[A-Za-z0-9]{1,8};",
    "`": "``[^`]*``|`[^`]*`",  # literal code
    ":": r"""\b(?:https?|ftp|mailto|tel):[^\s<>"'`、。，；：）」』一-鿿]+""",
    "www.": r"""\bwww\.[^\s<>"'`、。，；：）」』一-鿿]+""",
    "@": r"(?<![\w.+-])[\w.+-]{0,64}@[A-Za-z0-9.-]+",  # an address, a handle
    "{": r"\{\{[^{}]*\}\}|\$?\{[^{}\s]*\}",  # {{name}}, {0}, ${name}
    "%": r"%\([^()\s]*\)[-+#0-9.]*[a-zA-Z]"  # %(name)s
    r"|(?<![0-9])%[0-9]+\$[a-zA-Z]|(?<![0-9])%[-+#0-9.]*[sdifuxg]\b"
    r"|(?<![0-9% ])%[0-9]{1,2}(?![0-9%])|(?<=[^0-9%] )%[0-9]{1,2}(?![0-9%])",  # %1
}
_SCHEMES = ("http", "ftp:", "mailto:", "tel:")


def half_width(text: str) -> str:
    """`text` with one form of each digit, letter, dash and space; offsets are kept."""
    return text.translate(_FOLDED)


def fold(text: str) -> str:
    """`text` in half-width forms with everything that is no value blanked; offsets are kept."""
    text = half_width(text)
    marks = [mark for mark in _ASIDE if mark in text]
    if ":" in marks and not any(scheme in text for scheme in _SCHEMES):
        marks.remove(":")
    if not marks:
        return text
    return _aside(*marks).sub(_blank, text)


def _blank(found: re.Match[str]) -> str:
    return "\ufffc" * len(found[0])


@cache
def _aside(*marks: str) -> re.Pattern[str]:
    return re.compile("|".join(_ASIDE[mark] for mark in marks), re.ASCII)
