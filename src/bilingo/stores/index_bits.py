"""Bitmaps as Python integers: bit `i` of a row says something of text `i`.

CPython's `&`, `|` and `^` run over 30-bit digits at the speed of memory, so that thousands of texts
are counted by each operation and nothing has to be imported.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import compress

_NOT_ZERO = re.compile(rb"[^\x00]", re.DOTALL)
_DENSE = 32  # with more than one bit in so many bytes set, every byte is looked at
_BITS = tuple(tuple(bit for bit in range(8) if byte >> bit & 1) for byte in range(256))


def at_least(rows: Iterable[int], leasts: Sequence[tuple[int, int, int]]) -> int:
    """The bits that enough of `rows` have: `least` from bit `start` up to bit `end`, none outside.

    `leasts` are (least, start, end); the ranges do not overlap. The rows are added by a carry-save
    adder, five operations a row, to a start of 2ᵇ − least: what reaches `least` carries into bit b.
    """
    level = list(rows)
    bits = max((least for least, _, _ in leasts), default=1)
    bits = (max(bits, len(level)) - 1).bit_length() if bits > 0 and level else 0
    starts = [0] * bits
    allowed = reached = 0
    for least, start, end in leasts:
        mask = (1 << end) - (1 << start)
        allowed |= mask
        if least <= 0:
            reached |= mask
            continue
        for place in range(bits):
            if ((1 << bits) - least) >> place & 1:
                starts[place] |= mask
    for start in starts:
        level.append(start)
        carries = []
        while len(level) > 2:
            a, b, c = level.pop(), level.pop(), level.pop()
            odd = a ^ b
            level.append(odd ^ c)
            carries.append((a & b) | (odd & c))
        if len(level) == 2:
            carries.append(level[0] & level[1])
        level = carries
    for row in level:
        reached |= row
    return reached & allowed


def positions(row: int) -> list[int]:
    """The numbers of the bits that are set, ascending."""
    content = row.to_bytes((row.bit_length() + 7) // 8, "little")
    places: Iterable[int]
    if row.bit_count() * _DENSE > len(content):
        places = compress(range(len(content)), content)
    else:
        places = (match.start() for match in _NOT_ZERO.finditer(content))
    return [8 * at + bit for at in places for bit in _BITS[content[at]]]
