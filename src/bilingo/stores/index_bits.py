"""Bitmaps as Python integers: bit `i` of a row says something of text `i`.

CPython's `&`, `|` and `^` run over 30-bit digits at the speed of memory, so that thousands of texts
are counted by each operation and nothing has to be imported.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_NOT_ZERO = re.compile(rb"[^\x00]", re.DOTALL)
_BITS = tuple(tuple(bit for bit in range(8) if byte >> bit & 1) for byte in range(256))


def at_least(rows: Iterable[int], least: int, width: int) -> int:
    """The bits that are set in `least` or more of `rows`; `width` is the number of bits.

    The rows are added by a carry-save adder (five operations a row), starting from 2ᵇ − least:
    what reaches `least` carries into bit b.
    """
    level = list(rows)
    if least <= 0:
        return (1 << width) - 1
    if len(level) < least:
        return 0
    high = max(least, len(level) - least + 1)
    start = (1 << (high - 1).bit_length()) - least
    weight = 1
    while weight < start + least:
        if start & weight:
            level.append((1 << width) - 1)
        carries = []
        while len(level) > 2:
            a, b, c = level.pop(), level.pop(), level.pop()
            odd = a ^ b
            level.append(odd ^ c)
            carries.append((a & b) | (odd & c))
        if len(level) == 2:
            carries.append(level[0] & level[1])
        level = carries
        weight <<= 1
    reached = 0
    for row in level:
        reached |= row
    return reached


def positions(row: int) -> list[int]:
    """The numbers of the bits that are set, ascending."""
    content = row.to_bytes((row.bit_length() + 7) // 8, "little")
    found: list[int] = []
    for match in _NOT_ZERO.finditer(content):
        at = match.start()
        found += [8 * at + bit for bit in _BITS[content[at]]]
    return found
