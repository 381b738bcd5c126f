"""What equality means to the memory: text folded for comparing, never for storing.

The one metric of bilingo is the Levenshtein similarity of folded plain texts in code points.
Folding keeps NFC, makes full-width ASCII half-width and case one, straightens quotes and
makes each run of white space one space. It is never NFKC, which would turn `（一）％` into ASCII.
"""

from __future__ import annotations

import unicodedata

from bilingo.text import tags

_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_QUOTES = str.maketrans({"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "‛": "'", "\u2033": '"'})
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))
_FOLDED: dict[int, int | str | None] = {**_WIDTH, **_QUOTES, **_INVISIBLE}  # none leads to another


def fold(text: str) -> str:
    """`text` as the memory compares it: tags removed, width, case, quotes and spaces made one.

    >>> fold("  He said：“Ｈello ” <1>World</1>")
    'he said:"hello " world'
    """
    text = tags.plain(text)
    if text.isascii():  # three times as fast, and English mostly is
        return " ".join(text.lower().split())
    text = text.translate(_FOLDED)
    # NFC comes last: what the other steps change may compose with what stands beside it.
    return " ".join(unicodedata.normalize("NFC", text.lower()).split())
