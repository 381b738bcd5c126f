"""What equality means to the memory: text folded for comparing, never for storing.

The one metric of bilingo is the Levenshtein similarity of folded plain texts in code points.
Folding keeps NFC, makes full-width ASCII half-width and case one, straightens quotes and
makes each run of white space one space. It is never NFKC, which would turn `（一）％` into ASCII.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator

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


def unfolded(text: str, spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Where in `text` stands what stands at these places of `fold(text)`.

    >>> text = "  The <1>Cli</1>nic"
    >>> [text[start:end] for start, end in unfolded(text, [(4, 10)])]
    ['Cli</1>nic']
    """
    inside = {at for tag in tags.TAG.finditer(text) for at in range(tag.start() + 1, tag.end())}
    places = [at for at in range(len(text) + 1) if at not in inside]

    def length(at: int) -> int:
        return len(fold(text[:at]))

    for start, end in spans:
        first = bisect_left(places, start + 1, key=length)  # the first place with that character
        last = bisect_left(places, end, first, key=length)
        stop = places[min(last, len(places) - 1)]
        while unicodedata.combining(text[stop : stop + 1] or " "):
            stop += 1
        yield places[max(first, 1) - 1], stop
