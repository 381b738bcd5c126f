"""What holds digits and is no value: placeholders, tags, addresses, literal code."""

from __future__ import annotations

import re

# Every width becomes one, offset by offset; invisible characters become spaces.
_FOLDED = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_FOLDED |= dict.fromkeys(
    map(ord, "\u00a0\u2002\u2003\u2009\u200a\u202f\u3000\u200b\ufeff\t\n"), 0x20
)
_FOLDED |= {0x2212: 0x2D, 0x2010: 0x2D, 0x2011: 0x2D, 0xFFE5: 0xA5, 0x301C: 0x7E, 0x223C: 0x7E}

_ASIDE = re.compile(
    r"""
    </?[1-9][0-9]{0,3}/?>|</?[A-Za-z][^<>]*>             # tags, other markup
    |&\#?[A-Za-z0-9]{1,8};
    |``[^`]*``|`[^`]*`                                   # literal code
    |\b(?:https?|ftp|mailto|tel):[^\s<>"'`、。，；：）」』一-鿿]+
    |\bwww\.[^\s<>"'`、。，；：）」』一-鿿]+
    |(?<![\w.+-])[\w.+-]{1,64}@[A-Za-z0-9.-]+
    |\{\{[^{}]*\}\}|\$?\{[^{}\s]*\}                      # {{name}}, {0}, ${name}
    |%\([^()\s]*\)[-+\#0-9.]*[a-zA-Z]                    # %(name)s
    |(?<![0-9])%[0-9]+\$[a-zA-Z]|(?<![0-9])%[-+\#0-9.]*[sdifuxg]\b
    |(?<![0-9%\ ])%[0-9]{1,2}(?![0-9%])|(?<=[^0-9%]\ )%[0-9]{1,2}(?![0-9%])   # %1
    """,
    re.VERBOSE | re.ASCII,
)
_MARKS = ("<", "&", "`", "@", "{", "%", ":", "www.")


def half_width(text: str) -> str:
    """`text` with one form of each digit, letter, dash and space; offsets are kept."""
    return text.translate(_FOLDED)


def fold(text: str) -> str:
    """`text` in half-width forms with everything that is no value blanked; offsets are kept."""
    text = half_width(text)
    if not any(mark in text for mark in _MARKS):
        return text
    return _ASIDE.sub(lambda found: "\ufffc" * len(found[0]), text)
