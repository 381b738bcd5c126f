"""The ZIP package around a Word document: parts out by name, changed parts in, the rest as it was.

Sizes are counted while inflating, never believed; nothing is extracted to disk. Layout: APPNOTE.TXT
6.3.10 §4.3 (PKWARE); part names and content types: ECMA-376 part 2.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from bilingo.errors import BilingoError

MAX_PARTS = 2_000
MAX_BYTES = 100_000_000  # of all the parts that are read, inflated
MAX_RATIO, RATIO_FROM = 200, 1_000_000  # inflated to packed, once a part is longer than this

_OLE = bytes.fromhex("D0CF11E0A1B11AE1")
_CHUNK = 1 << 16
_ENCRYPTED, _DESCRIPTOR = 0x1, 0x8
_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")
_CENTRAL_MARK, _END_MARK, _ZIP64_MARK = b"PK\1\2", b"PK\5\6", b"PK\6\7"
_LONGEST_TAIL = _END.size + 0xFFFF + 20  # the end record, its comment, the locator before it
_HINT = "save it again in a word processor"
# What zipfile raises for bytes that are no ZIP file; RuntimeError is a password it wants.
_FAULTS = (
    BadZipFile,
    EOFError,
    NotImplementedError,
    OSError,
    OverflowError,
    RuntimeError,
    ValueError,
    struct.error,
    zlib.error,
)


def entries(raw: bytes) -> tuple[ZipInfo, ...]:
    """The directory of the package, in its order.

    Raises BilingoError for what is no ZIP file, an OLE file (encrypted, or Word 97), more than
    `MAX_PARTS` parts, two parts of one name (ECMA-376 part 2 §6.2.2: case counts for nothing) or in
    one place, encrypted parts and ZIP64.
    """
    if raw.startswith(_OLE):
        raise BilingoError("password-protected or old .doc", hint="save it as .docx, no password")
    # Counted first: zipfile reads all of a directory, however long. Embedded files have their own.
    if raw.count(_CENTRAL_MARK) > 10 * MAX_PARTS:
        raise BilingoError(f"more than {MAX_PARTS} parts", hint=_HINT)
    if _ZIP64_MARK in raw[-_LONGEST_TAIL:]:
        raise BilingoError("a ZIP64 file", hint=_HINT)
    with _opened(raw) as archive:
        found = tuple(archive.infolist())
        directory = archive.start_dir
    if len(found) > MAX_PARTS:
        raise BilingoError(f"{len(found)} parts, more than {MAX_PARTS}", hint=_HINT)
    seen: set[str] = set()
    for info in found:
        if info.filename.lower() in seen:
            raise BilingoError(f"two parts are named {info.filename[:200]!r}", hint=_HINT)
        seen.add(info.filename.lower())
        if info.flag_bits & _ENCRYPTED:
            raise BilingoError("password-protected", hint="save it without a password")
    for info, end in _in_file_order(found, directory):
        if info.header_offset + _LOCAL.size + info.compress_size > end:
            raise BilingoError(f"{info.filename[:200]!r} runs into the next part", hint=_HINT)
    return found


def _in_file_order(infos: Iterable[ZipInfo], directory: int) -> Iterator[tuple[ZipInfo, int]]:
    """Each part as it stands in the file, and where the next one or the directory begins."""
    ordered = sorted(infos, key=lambda info: info.header_offset)
    ends = (*(info.header_offset for info in ordered[1:]), directory)
    yield from zip(ordered, ends, strict=bool(ordered))


def read(raw: bytes, infos: Iterable[ZipInfo]) -> dict[str, bytes]:
    """The contents of these parts by name.

    Raises BilingoError for a part that is damaged, packed in another way than ZIP's own, or that
    inflates to more than the limits above.
    """
    out: dict[str, bytes] = {}
    total = 0
    with _opened(raw) as archive:
        for info in infos:
            out[info.filename] = _inflated(archive, info, MAX_BYTES - total, len(raw))
            total += len(out[info.filename])
    return out


def _opened(raw: bytes) -> ZipFile:
    try:
        return ZipFile(BytesIO(raw))
    except _FAULTS as error:
        what = f"not a .docx file, or cut off: {_said(error)}" if raw else "an empty file"
        raise BilingoError(what, hint=_HINT) from None


def _said(error: Exception) -> str:
    return str(error)[:200]  # zipfile quotes names in full


def _inflated(archive: ZipFile, info: ZipInfo, limit: int, packed: int) -> bytes:
    packed = max(1, min(info.compress_size, packed))
    name = info.filename[:200]
    if info.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        raise BilingoError(f"{name!r} is packed in an unknown way", hint=_HINT)
    chunks: list[bytes] = []
    size = 0
    try:
        with archive.open(info) as stream:
            while chunk := stream.read(_CHUNK):
                chunks.append(chunk)
                size += len(chunk)
                if size > limit:
                    break
                if size > RATIO_FROM and size > MAX_RATIO * packed:
                    break
            else:
                return b"".join(chunks)
    except _FAULTS as error:
        raise BilingoError(f"{name!r} is damaged: {_said(error)}", hint=_HINT) from None
    raise BilingoError(
        f"{name!r} inflates to over {size // 1_000_000} MB from {packed} bytes",
        hint=f"limits: {MAX_BYTES // 1_000_000} MB in all, {MAX_RATIO} to 1",
    )


def replaced(raw: bytes, contents: Mapping[str, bytes]) -> bytes:
    """The package with these parts' contents; every other byte of it is copied.

    Order, dates, attributes and names stay, packed bytes of the other parts too. Raises
    BilingoError for a directory that does not fit the file.
    """
    infos = entries(raw)
    try:
        return _replaced(raw, infos, contents)
    except struct.error:
        raise BilingoError("the ZIP directory does not fit the file", hint=_HINT) from None


def _replaced(raw: bytes, infos: tuple[ZipInfo, ...], contents: Mapping[str, bytes]) -> bytes:
    with _opened(raw) as archive:
        directory = archive.start_dir
    out = bytearray(raw[: min(info.header_offset for info in infos)])
    moved: dict[str, int] = {}
    sizes: dict[str, tuple[int, int, int]] = {}
    for info, end in _in_file_order(infos, directory):
        moved[info.filename] = len(out) - info.header_offset
        if info.filename in contents:
            content = contents[info.filename]
            packed = _packed(content, info)
            sizes[info.filename] = zlib.crc32(content), len(packed), len(content)
            out += _local_header(raw, info, sizes[info.filename]) + packed
        else:
            out += raw[info.header_offset : end]
    start, position = len(out), directory
    for info in infos:
        record, position = _central_record(raw, position, moved[info.filename], sizes, info)
        out += record
    tail = raw.find(_END_MARK, position)
    fields = list(_END.unpack_from(raw, tail))
    fields[5:7] = len(out) - start, fields[6] + start - directory
    return bytes(out + raw[position:tail] + _END.pack(*fields) + raw[tail + _END.size :])


def _packed(content: bytes, info: ZipInfo) -> bytes:
    if info.compress_type == ZIP_STORED:
        return content
    deflate = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    return deflate.compress(content) + deflate.flush()


def _local_header(raw: bytes, info: ZipInfo, sizes: tuple[int, int, int]) -> bytes:
    """The header of a part that changed: sizes stand in it, so no data descriptor follows."""
    at = info.header_offset
    fields = list(_LOCAL.unpack_from(raw, at))
    fields[2] &= ~_DESCRIPTOR
    fields[6:9] = sizes
    end = at + _LOCAL.size
    return _LOCAL.pack(*fields) + raw[end : end + fields[9] + fields[10]]


def _central_record(
    raw: bytes,
    position: int,
    moved: int,
    sizes: Mapping[str, tuple[int, int, int]],
    info: ZipInfo,
) -> tuple[bytes, int]:
    """A record of the directory with its part's new place and sizes, and where the next starts."""
    fields = list(_CENTRAL.unpack_from(raw, position))
    end = position + _CENTRAL.size + fields[10] + fields[11] + fields[12]
    if info.filename in sizes:
        fields[3] &= ~_DESCRIPTOR
        fields[7:10] = sizes[info.filename]
    fields[16] += moved
    return _CENTRAL.pack(*fields) + raw[position + _CENTRAL.size : end], end
