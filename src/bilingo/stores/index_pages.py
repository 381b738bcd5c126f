"""An immutable file of named sections in memory; each 4 KB page is checked when first read.

    sections | directory | CRC-32 of every page before | footer

All numbers are little-endian. The footer stands last, so a file can be written in one pass and one
that was cut off is seen to be. What is not exactly what was written raises `Damaged`: the file is
derived from others, and whoever reads it builds it again. So it needs no lock and no fsync.
"""

from __future__ import annotations

import contextlib
import io
import mmap
import os
import struct
import sys
from array import array
from collections.abc import Iterable
from pathlib import Path
from typing import Any, BinaryIO
from zlib import crc32

from bilingo.stores.cache import TEMP

PAGE = 4096
VERSION = 5  # of all that is in an index, the folding of its texts too; any other is built again
_MAGIC = b"bilingo index\r\n\x1a"  # as in PNG: a transfer as text is seen
# magic, version, where the directory starts, where the page table starts, its CRC, the footer's
_FOOTER = struct.Struct("<16sIQQI")
_CRC = struct.Struct("<I")
_TAIL = _FOOTER.size + _CRC.size


class Damaged(Exception):  # noqa: N818 - a state of the file rather than anybody's error
    """The file is not what was written, or not by this version: it has to be built again."""


def write(path: Path, sections: Iterable[tuple[str, bytes]]) -> None:
    """Make the file at `path` from named sections, aside and renamed. Raises OSError."""
    temp = path.with_name(f".{path.name}.{os.urandom(4).hex()}{TEMP}")
    try:
        with temp.open("xb") as file:
            dump(file, sections)
        temp.replace(path)
    finally:
        with contextlib.suppress(FileNotFoundError):
            temp.unlink()


def dump(file: BinaryIO, sections: Iterable[tuple[str, bytes]]) -> None:
    """Write named sections to an empty file."""
    directory = []
    table = bytearray()
    size = 0
    rest = b""  # what does not fill a page yet

    def put(content: bytes) -> None:
        nonlocal size, rest
        file.write(content)
        size += len(content)
        pages = memoryview(rest + content)
        whole = len(pages) // PAGE * PAGE
        for start in range(0, whole, PAGE):
            table.extend(_CRC.pack(crc32(pages[start : start + PAGE])))
        rest = bytes(pages[whole:])

    for name, content in sections:
        directory.append(f"{name}\t{size}\t{len(content)}\n")
        put(content)
    start = size
    put("".join(directory).encode())
    if rest:
        table.extend(_CRC.pack(crc32(rest)))
    footer = _FOOTER.pack(_MAGIC, VERSION, start, size, crc32(table))
    file.write(table)
    file.write(footer + _CRC.pack(crc32(footer)))


class Pages:
    """An open file of sections. Reading is by absolute position; `sections` maps names to places.

    Raises Damaged for a file that `dump` of this version did not write whole, OSError for one that
    cannot be read.
    """

    def __init__(self, file: BinaryIO) -> None:
        memory: mmap.mmap | bytes
        if isinstance(file, io.BytesIO):  # where no disk has room
            memory, size = file.getvalue(), len(file.getvalue())
        else:
            size = os.fstat(file.fileno()).st_size
            if size <= _TAIL:
                raise Damaged("cut off")
            memory = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        self._map = memory
        footer = memory[size - _TAIL : size - _CRC.size]
        magic, version, directory, table, table_crc = _FOOTER.unpack(footer)
        if magic.rstrip(b"\0") != _MAGIC:
            raise Damaged("cut off, or no index")
        if version != VERSION:
            raise Damaged(f"version {version} of the format")
        if _CRC.pack(crc32(footer)) != memory[size - _CRC.size : size]:
            raise Damaged("damaged at its end")
        count = -(-table // PAGE)
        if not directory <= table or table + count * _CRC.size + _TAIL != size:
            raise Damaged("cut off")
        content = memory[table : size - _TAIL]
        if crc32(content) != table_crc:
            raise Damaged("damaged at its end")
        self._table = array("I", content)
        if sys.byteorder == "big":
            self._table.byteswap()
        self._end = table
        self._checked = bytearray(count)
        self._view = memoryview(memory)
        self.sections: dict[str, tuple[int, int]] = {}
        for line in self.read(directory, table - directory).decode().splitlines():
            name, start, length = line.split("\t")
            self.sections[name] = int(start), int(length)

    def read(self, start: int, size: int) -> bytes:
        """`size` bytes from `start`. Raises Damaged when a page of them is not what was written."""
        self.check(start, size)
        return self._map[start : start + size]

    def unchecked(self, start: int, size: int) -> memoryview:
        """These bytes without a copy, for who has called `check`; good until `close`."""
        return self._view[start : start + size]

    def unpack(self, form: struct.Struct, start: int) -> tuple[Any, ...]:
        """The numbers that stand at `start`. Raises Damaged as `read` does."""
        self.check(start, form.size)
        return form.unpack_from(self._view, start)

    def find(self, part: bytes, start: int, end: int) -> int:
        """Where `part` stands between two places, or -1. Raises Damaged as `read` does."""
        self.check(start, end - start)
        return self._map.find(part, start, end)

    def check(self, start: int, size: int) -> None:
        """Make sure of every page of these bytes; each is looked at once. Raises Damaged."""
        first, last = start // PAGE, -(-(start + size) // PAGE)
        page = self._checked.find(0, first, last)
        while page >= 0:
            content = self._view[page * PAGE : min((page + 1) * PAGE, self._end)]
            if crc32(content) != self._table[page]:
                raise Damaged(f"damaged in page {page}")
            self._checked[page] = 1
            page = self._checked.find(0, page, last)

    def section(self, name: str) -> bytes:
        """A whole section."""
        start, size = self.sections[name]
        return self.read(start, size)

    def close(self) -> None:
        """Unmap the file. Raises BufferError while a `view` of it is held."""
        self._view.release()
        if isinstance(self._map, mmap.mmap):
            self._map.close()
