"""What every reader of articles does at the end: ids, places and neighbours of its units."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from hashlib import blake2s
from itertools import accumulate

from bilingo.frozen import replace
from bilingo.model import Context, Inner, Unit
from bilingo.text import tags

NO_WORDS = "no words"
NOT_LOCATED = "cannot be located in the source"
MAX_CODES = 9_999  # what a tag can number
TOO_MANY_CODES = f"has more than {MAX_CODES} codes"
LEFT_OUT = (NOT_LOCATED, TOO_MANY_CODES)
"""Why a text cannot be translated that has to be; whoever publishes its article is told."""
LINE_END = re.compile(r"\r\n|\r|\n")

# Written without spaces: Han and its punctuation, kana, bopomofo, full-width forms.
# As a set of a regular expression it takes longer to compile than a line to read.
_WIDE = (
    ("\u2e80", "\ua4cf"),
    ("\uf900", "\ufaff"),
    ("\ufe30", "\ufe4f"),
    ("\uff00", "\uffef"),
    ("\U00020000", "\U0003ffff"),
)
_WIDE_QUOTES = "“”‘’…—"


def has_words(text: str) -> bool:
    """Whether tagged `text` has a letter, a Han character or a digit: something to translate."""
    return text[:1].isalnum() or any(map(str.isalnum, tags.plain(text)))


def joint(before: str, after: str) -> str:
    """What stands for a soft line break between two texts: nothing inside Chinese, else a space.

    >>> joint("香港的", "基因治療"), joint("gene", "therapy"), joint("他說：", "“好”")
    ('', ' ', '')
    """
    left, right = before[-1:], after[:1]
    chinese = _is_wide(left), _is_wide(right)
    if all(chinese):
        return ""
    # Curly quotes and the ellipsis serve both languages: the other side decides.
    if (
        chinese[0]
        and right
        and right in _WIDE_QUOTES
        or chinese[1]
        and left
        and left in _WIDE_QUOTES
    ):
        return ""
    return " "


def _is_wide(character: str) -> bool:
    return any(first <= character <= last for first, last in _WIDE)


def finish(pieces: Iterable[str | Unit]) -> tuple[str | Unit, ...]:
    """The pieces with ids, places and contexts; empty strings go.

    An id is eight hexadecimal digits of blake2s over the text, then `-2`, `-3` … for repeats in
    the same article: it does not change when the unit moves. Neighbours are the units offered for
    translation; the neighbour of an inner unit is the unit it stands in.
    """
    kept = [piece for piece in pieces if piece != ""]
    whole = "".join(piece if isinstance(piece, str) else piece.raw for piece in kept)
    newlines = _line_starts(whole)
    offered = [piece for piece in kept if not isinstance(piece, str) and not piece.skip]
    texts = ["", *(tags.plain(unit.text) for unit in offered), ""]
    seen: dict[str, int] = {}  # how often each digest
    out: list[str | Unit] = []
    offset = number = 0
    for piece in kept:
        if isinstance(piece, str):
            out.append(piece)
            offset += len(piece)
            continue
        if piece.skip:
            context = Context(kind=piece.kind)
        else:
            context = Context("", piece.kind, texts[number], texts[number + 2])
            number += 1
        out.append(_placed(piece, offset, newlines, context, seen))
        offset += len(piece.raw)
    return tuple(out)


def _line_starts(text: str) -> list[int]:
    """Where each line but the first starts."""
    if "\r" in text:
        return [found.end() for found in LINE_END.finditer(text)]
    lengths = map(len, text.split("\n")[:-1])
    return [line + end for line, end in enumerate(accumulate(lengths), 1)]


def _inside(
    inner: Inner, around: str, offset: int, newlines: list[int], seen: dict[str, int]
) -> Inner:
    context = Context(kind=inner.unit.kind, prev=around)
    place = offset + inner.raw_start
    return replace(inner, unit=_placed(inner.unit, place, newlines, context, seen))


def _placed(
    unit: Unit, offset: int, newlines: list[int], context: Context, seen: dict[str, int]
) -> Unit:
    digest = blake2s(unit.text.encode("utf-8", "surrogatepass"), digest_size=4).hexdigest()
    count = seen[digest] = seen.get(digest, 0) + 1
    line = bisect_right(newlines, offset)
    inner = unit.inner
    if inner:
        around = tags.plain(unit.text)
        inner = tuple(_inside(one, around, offset, newlines, seen) for one in inner)
    return Unit(  # `replace` takes twice as long, a tenth of reading
        digest if count == 1 else f"{digest}-{count}",
        unit.kind,
        unit.text,
        unit.raw,
        unit.codes,
        line + 1,
        offset - (newlines[line - 1] if line else 0) + 1,
        context,
        unit.skip,
        unit.msgctxt,
        unit.note,
        inner,
        unit.plural,
        unit.flags,
    )
