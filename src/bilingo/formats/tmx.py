"""TMX 1.4b, the field's own memory format: a streaming reader of anybody's, a writer of our own.

The reader wants text and codes, not layout: inline elements become numbered tags, their content is
dropped. It opens nothing but what it is given: entity declarations are refused, a DTD is not looked
for. The writer prints one `<tu>` a line, so that a diff reads like the work that was done.

The order of the lines is that of `tuid`, a hash: what two branches add lands in different places,
and git merges it as it is. Additions that do meet (in a young memory), and two changes of one unit,
are kept both by the attribute `*.tmx merge=union`, which is safe because a unit is a line and the
header never changes; the next write puts the lines in order. Format: LISA, TMX 1.4b, 2005.
"""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from typing import BinaryIO

from bilingo.errors import BilingoError
from bilingo.formats.tmx_reader import (
    CHUNK,
    FORMAT,
    KIND,
    NEXT,
    ORIGIN,
    PATH,
    PREV,
    STATUS,
    Reader,
    is_date,
)
from bilingo.formats.tmx_seg import escaped, markup
from bilingo.frozen import NamedTuple
from bilingo.model import TU, TUV
from bilingo.text import locales
from bilingo.text.lazy import Pattern

_OURS = Pattern(
    rb"(?:\xef\xbb\xbf)?(?:<\?xml[^>]*>\s*)?<tmx [^>]*>\s*<header\s+creationtool=\"bilingo\""
)

_OWN = frozenset((STATUS, ORIGIN, PATH, KIND, PREV, NEXT))

HEAD = f"""<?xml version="1.0" encoding="UTF-8"?>
<tmx version="1.4">
<header creationtool="bilingo" creationtoolversion="{FORMAT}" segtype="sentence" \
o-tmf="bilingo" adminlang="en" srclang="*all*" datatype="plaintext"/>
<body>
"""
TAIL = "</body>\n</tmx>\n"


def is_ours(raw: bytes) -> bool:
    """Whether the file is one that `write` made; others' are read and never rewritten."""
    return _OURS.match(raw[:4096]) is not None


def read(
    source: bytes | BinaryIO,
    *,
    path: str = "",
    penalty: int = 0,
    remarks: Counter[str] | None = None,
) -> Iterator[TU]:
    """The units of a TMX file, in file order and constant memory.

    `path` and `penalty` are stamped on every unit. What is left out or ignored is counted in
    `remarks` by a sentence: units with fewer than two texts, unknown languages by name, bad dates.
    Raises BilingoError (`where` is `line:col`) for what is no TMX, entities, an encoding other
    than UTF-8 and UTF-16, characters XML does not allow, a file that ends early or that a newer
    bilingo wrote. Units before the fault were yielded then: take `tuple(read(…))` for all or none.
    """
    stream = io.BytesIO(source) if isinstance(source, bytes) else source
    reader = Reader(path, penalty, Counter() if remarks is None else remarks)
    while chunk := stream.read(CHUNK):
        for placed in reader.feed(chunk):
            yield placed.unit
    for placed in reader.feed(b""):
        yield placed.unit


class Rest(NamedTuple):
    """What of a file is still to be read: from `start` on, which is `lines` after byte `head`.

    At both a unit begins; what stands between was read, and found to be TMX.
    """

    head: int
    head_line: int
    start: int
    line: int


def read_on(
    source: BinaryIO, remarks: Counter[str], *, path: str = "", rest: Rest | None = None
) -> Iterator[tuple[list[TU], Rest | None]]:
    """As `read`, chunk by chunk, with what remains after each where a reading could go on.

    `remarks` are those of the units so far, whenever a chunk is yielded.
    """
    reader = Reader(path, 0, Counter())
    if rest:
        reader.feed(source.read(rest.head))
        source.seek(rest.start)
        reader.skipped = rest.start - rest.head, rest.line - rest.head_line
    else:
        remarks.clear()
    reader.remarks = remarks
    head = rest[:2] if rest else None
    while chunk := source.read(CHUNK):
        units = [placed.unit for placed in reader.feed(chunk)]
        place = reader.open_unit
        head = head or place
        yield units, Rest(*head, *place) if head and place else None
    yield [placed.unit for placed in reader.feed(b"")], None


def tuid(tu: TU) -> str:
    """What makes a unit this unit: 16 hexadecimal digits over its texts, locales and context."""
    from hashlib import blake2s  # here: who reads needs no cryptography library

    context = (tu.context.path, tu.context.kind, tu.context.prev, tu.context.next)
    parts = [*context, *(part for tuv in _ordered(tu) for part in (tuv.locale, tuv.text))]
    return blake2s("\0".join(parts).encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def write(units: Iterable[TU]) -> bytes:
    """A TMX file of `units`, one line each, the same bytes in whatever order they come.

    `read` gives them back, sorted by `tuid`, their texts by locale, white space and tags exact; a
    unit that is there twice, once. Not in the file: `path`, `line`, `penalty`. Raises BilingoError
    that names the unit for fewer than two texts, an empty one, a character XML does not allow, a
    date that is none, and a prop whose name is one of bilingo's own.
    """
    return (HEAD + "".join(sorted({line(tu) for tu in units})) + TAIL).encode()


def _ordered(tu: TU) -> list[TUV]:
    return sorted(tu.tuvs, key=lambda tuv: tuv.locale)


def line(tu: TU) -> str:
    """The line that `write` prints of a unit. Raises BilingoError as it."""
    attributes = {
        "tuid": tuid(tu),
        "segtype": "" if tu.segtype == "sentence" else tu.segtype,  # as the header says
        "changedate": tu.date,
        "changeid": tu.author,
    }
    ours = {
        STATUS: "" if tu.status == "approved" else tu.status,
        ORIGIN: tu.origin,
        PATH: tu.context.path,
        KIND: tu.context.kind,
        PREV: tu.context.prev,
        NEXT: tu.context.next,
    }
    props = {**tu.props, **{name: value for name, value in ours.items() if value}}
    text = "".join(
        (
            "<tu",
            *(f' {name}="{escaped(value)}"' for name, value in attributes.items() if value),
            ">",
            f"<note>{escaped(tu.note)}</note>" if tu.note else "",
            *(f'<prop type="{escaped(k)}">{escaped(v)}</prop>' for k, v in sorted(props.items())),
            *(
                f'<tuv xml:lang="{escaped(locales.alias(tuv.locale, "tmx"))}">'
                f"<seg>{markup(tuv.text)}</seg></tuv>"
                for tuv in _ordered(tu)
            ),
            "</tu>\n",
        )
    )
    what = _unwritable(tu, text)
    if what:
        start = next((tuv.text[:40] for tuv in tu.tuvs), "")
        raise BilingoError(f"unit {attributes['tuid']} ({start!r}): {what}")
    return text


def _unwritable(tu: TU, line: str) -> str:
    """Why this unit cannot be written so that it is read again, or nothing."""
    illegal = _illegal().search(line)
    if illegal:
        return f"U+{ord(illegal.group()):04X} cannot stand in XML"
    if len({tuv.locale for tuv in tu.tuvs}) < 2 or not all(tuv.text for tuv in tu.tuvs):
        return "a unit needs texts in two locales, none of them empty"
    if tu.date and not is_date(tu.date):
        return f"“{tu.date}” is no date, which reads 20260131T235959Z"
    taken = sorted(_OWN.intersection(tu.props))
    return f"prop {taken[0]} is bilingo's own" if taken else ""


@cache
def _illegal() -> re.Pattern[str]:
    """XML 1.0, Char; compiled for who writes, which takes longer than reading a small memory."""
    return re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
