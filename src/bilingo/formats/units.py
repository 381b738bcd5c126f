"""What every reader of articles does at the end: ids, places and neighbours of its units."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from hashlib import blake2s

from bilingo.model import Context, Inner, Unit
from bilingo.text import tags

NO_WORDS = "no words"
NOT_LOCATED = "cannot be located in the source"
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
    return any(map(str.isalnum, tags.plain(text)))


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
    newlines = [m.end() for m in LINE_END.finditer("".join(_raw(piece) for piece in kept))]
    offered = [p for p in kept if isinstance(p, Unit) and not p.skip]
    neighbours = iter(_contexts(offered))
    seen: Counter[str] = Counter()
    out: list[str | Unit] = []
    offset = 0
    for piece in kept:
        if isinstance(piece, Unit):
            raw = piece.raw
            context = Context(kind=piece.kind) if piece.skip else next(neighbours)
            out.append(_placed(piece, offset, newlines, context, seen))
        else:
            raw = piece
            out.append(piece)
        offset += len(raw)
    return tuple(out)


def _raw(piece: str | Unit) -> str:
    return piece.raw if isinstance(piece, Unit) else piece


def _contexts(units: Sequence[Unit]) -> Iterator[Context]:
    texts = ["", *(tags.plain(unit.text) for unit in units), ""]
    for index, unit in enumerate(units):
        yield Context(kind=unit.kind, prev=texts[index], next=texts[index + 2])


def _inside(
    inner: Inner, around: str, offset: int, newlines: list[int], seen: Counter[str]
) -> Inner:
    context = Context(kind=inner.unit.kind, prev=around)
    place = offset + inner.raw_start
    return replace(inner, unit=_placed(inner.unit, place, newlines, context, seen))


def _placed(
    unit: Unit, offset: int, newlines: list[int], context: Context, seen: Counter[str]
) -> Unit:
    digest = blake2s(unit.text.encode("utf-8", "surrogatepass"), digest_size=4).hexdigest()
    seen[digest] += 1
    line = bisect_right(newlines, offset)
    around = tags.plain(unit.text) if unit.inner else ""
    inner = tuple(_inside(one, around, offset, newlines, seen) for one in unit.inner)
    return Unit(  # `replace` takes twice as long, a tenth of reading
        id=digest if seen[digest] == 1 else f"{digest}-{seen[digest]}",
        kind=unit.kind,
        text=unit.text,
        raw=unit.raw,
        codes=unit.codes,
        line=line + 1,
        column=offset - (newlines[line - 1] if line else 0) + 1,
        context=context,
        skip=unit.skip,
        msgctxt=unit.msgctxt,
        note=unit.note,
        inner=inner,
        plural=unit.plural,
        flags=unit.flags,
    )
