"""Comments that belong to no entry: a blank line parts them from what follows, or nothing does.

People put licence texts, section titles and notes at the end there. `po.edit` leaves them where
they are; a merge has to bring over those of the other side.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from bilingo.errors import BilingoError
from bilingo.formats import charsets, po
from bilingo.formats.po_gate import BOM

Key = tuple[str | None, str]


@dataclass(frozen=True, slots=True)
class Loose:
    """A block of such lines, and the keys of the entries behind it, the nearest first."""

    text: str
    before: tuple[Key, ...] = ()


def loose(catalog: po.Catalog) -> tuple[Loose, ...]:
    """The blocks of a catalog, in order."""
    keys = tuple(entry.key for entry in catalog.entries)
    return tuple(Loose(text, keys[index:]) for index, text, _ in _blocks(catalog))


def changed(catalog: po.Catalog, gone: Collection[int], added: Iterable[Loose]) -> po.Catalog:
    """The catalog without the blocks of these numbers, and with others before their entries.

    An added block stands before the first of its entries that is there, else at the end. Raises
    BilingoError for text that the charset cannot hold.
    """
    codec, newline = charsets.codec(catalog.charset), catalog.newline
    place = {entry.key: index for index, entry in enumerate(catalog.entries)}
    before: dict[int, list[bytes]] = {}
    for block in added:
        index = next((place[key] for key in block.before if key in place), len(place))
        try:
            content = block.text.replace("\n", newline).encode(codec)
        except UnicodeEncodeError as error:
            what = f"{po.named(block.text[error.start])} of a comment is not in {catalog.charset}"
            raise BilingoError(what, hint=po.CONVERT) from None
        before.setdefault(index, []).append(content)
    if not gone and not before:
        return catalog
    raw, end = catalog.raw, newline.encode()
    cuts = [
        (start, stop, b"") for n, (_, _, (start, stop)) in enumerate(_blocks(catalog)) if n in gone
    ]
    for index, contents in before.items():
        last = index == len(catalog.spans)
        at = len(raw) if last else catalog.spans[index][0]
        gap = end if last and raw.endswith(b"\n") else end * 2 if last else b""
        joined = (end * 2).join(contents)
        cuts.append((at, at, gap + joined + (end if last else end * 2)))
    for start, stop, content in sorted(cuts, reverse=True):
        raw = raw[:start] + content + raw[stop:]
    return po.read(raw)


def _blocks(catalog: po.Catalog) -> Iterator[tuple[int, str, tuple[int, int]]]:
    """For each block the number of the entry behind it, its text, and the bytes it takes up."""
    codec = charsets.codec(catalog.charset)
    end = len(BOM) if catalog.raw.startswith(BOM) else 0
    for index, (start, stop) in enumerate([*catalog.spans, (len(catalog.raw),) * 2]):
        for found in re.finditer(
            rb"(?:[^\n]*\S[^\n]*(?:\n|\Z))+(?:[^\S\n]*\n)*", catalog.raw[end:start]
        ):
            lines = found.group().decode(codec).strip().split("\n")
            text = "\n".join(line.rstrip("\r") for line in lines)
            yield index, text, (end + found.start(), end + found.end())
        end = stop
