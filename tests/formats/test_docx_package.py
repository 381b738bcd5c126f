"""The package around a Word document: what is refused, and what stays where a part changes."""

from __future__ import annotations

import struct
from io import BytesIO
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilingo.errors import BilingoError
from bilingo.formats import docx_package as package

OLE = bytes.fromhex("D0CF11E0A1B11AE1") + bytes(600)


def archived(
    parts: list[tuple[str, bytes]], compression: int = ZIP_DEFLATED, comment: bytes = b""
) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w") as archive:
        archive.comment = comment
        for number, (name, content) in enumerate(parts):
            info = ZipInfo(name, (1999 + number % 50, 12, 31, 23, 59, 58))
            info.compress_type = compression
            info.external_attr = number
            archive.writestr(info, content)
    return out.getvalue()


def streamed(parts: list[tuple[str, bytes]]) -> bytes:
    """As programs write that cannot seek: sizes stand behind each part."""

    class Pipe(BytesIO):
        def seekable(self) -> bool:
            return False

        def seek(self, *_: object) -> int:
            raise OSError

    out = Pipe()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, content in parts:
            archive.writestr(name, content)
    return out.getvalue()


def patched(raw: bytes, mark: bytes, offset: int, value: bytes) -> bytes:
    at = raw.index(mark) + offset
    return raw[:at] + value + raw[at + len(value) :]


PARTS = [("a.xml", b"<a>Home</a>" * 20), ("圖/b.png", bytes(range(256))), ("../c", b"c")]
ZIP = archived(PARTS)


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"", "an empty file"),
        (b"<html>", "not a .docx file"),
        ("主頁".encode(), "not a .docx file"),
        (OLE, "password-protected or old .doc"),
        (ZIP[: len(ZIP) // 2], "cut off"),
        (patched(ZIP, b"PK\1\2", 8, b"\1"), "password-protected"),
        (patched(ZIP, b"PK\1\2", 20, b"\xff\xff"), "runs into the next part"),
        (patched(ZIP, b"PK\1\2", 42, b"\0\x40"), "runs into the next part"),
        (ZIP[:-22] + b"PK\6\7" + bytes(16) + ZIP[-22:], "ZIP64"),
        (archived([("a", b"")] + [(f"{n}", b"") for n in range(2_000)]), "2001 parts"),
        (ZIP + b"PK\1\2" * 20_001, "more than 2000 parts"),
        (archived([("主頁.xml", b"1"), ("主頁.XML", b"2")]), "two parts are named"),
    ],
)
def test_refused(raw: bytes, message: str) -> None:
    with pytest.raises(BilingoError) as caught:
        package.entries(raw)
    assert message in str(caught.value)


LONG = b"<w:t>\xe8\xad\xaf</w:t>" * 200_000  # 2.8 MB that pack to some kB


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (archived([("a.xml", LONG)]), "inflates to over 1 MB"),
        (patched(archived([("a.xml", LONG)]), b"PK\1\2", 24, bytes(4)), "damaged"),
        (patched(ZIP, b"PK\1\2", 24, b"\1\0\0\0"), "damaged"),
        (patched(ZIP, b"PK\1\2", 16, b"abcd"), "damaged"),
        (patched(ZIP, b"PK\3\4", 34, b"\xff\xff\xff"), "damaged"),
        (patched(ZIP, b"PK\3\4", 30, b"b"), "damaged"),
        (archived(PARTS, ZIP_BZIP2), "packed in an unknown way"),
    ],
)
def test_refused_while_inflating(raw: bytes, message: str) -> None:
    with pytest.raises(BilingoError) as caught:
        package.read(raw, package.entries(raw))
    assert message in str(caught.value)


def test_limit_counts_all_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "MAX_BYTES", 300)
    with pytest.raises(BilingoError, match="inflates to over"):
        package.read(ZIP, package.entries(ZIP))
    assert len(package.read(ZIP, package.entries(ZIP)[:1])["a.xml"]) == 220


def spans(raw: bytes) -> dict[str, bytes]:
    """Each part as it stands in the file, header and all."""
    with ZipFile(BytesIO(raw)) as archive:
        infos = sorted(archive.infolist(), key=lambda info: info.header_offset)
        ends = [*(info.header_offset for info in infos[1:]), archive.start_dir]
    return {i.filename: raw[i.header_offset : e] for i, e in zip(infos, ends, strict=True)}


@pytest.mark.parametrize(
    "raw",
    [
        ZIP,
        archived(PARTS, ZIP_STORED),
        archived(PARTS[::-1], comment="備註 note".encode()),
        streamed(PARTS),
        b"#!/bin/sh\n" + ZIP,
    ],
)
@pytest.mark.parametrize("content", [b"", b"<a/>", "主頁".encode() * 999])
@pytest.mark.parametrize("name", [name for name, _ in PARTS])
def test_replaced(raw: bytes, content: bytes, name: str) -> None:
    new = package.replaced(raw, {name: content})
    old_spans, new_spans = spans(raw), spans(new)
    assert list(new_spans) == list(old_spans)
    assert [n for n in old_spans if old_spans[n] != new_spans[n]] == [name]
    with ZipFile(BytesIO(raw)) as old, ZipFile(BytesIO(new)) as archive:
        assert archive.testzip() is None
        assert archive.read(name) == content
        assert archive.comment == old.comment
        for before, after in zip(old.infolist(), archive.infolist(), strict=True):
            assert (before.filename, before.date_time) == (after.filename, after.date_time)
            assert (before.compress_type, before.external_attr) == (
                after.compress_type,
                after.external_attr,
            )
    assert new.endswith(struct.pack("<H", len(old.comment)) + old.comment)


def test_nothing_replaced() -> None:
    assert package.replaced(ZIP, {}) == ZIP


@given(st.binary(max_size=400), st.integers(0, len(ZIP)), st.integers(0, 60))
def test_any_bytes_are_read_or_refused(noise: bytes, at: int, cut: int) -> None:
    for raw in (noise, ZIP[:at] + noise + ZIP[at + cut :], ZIP[:at] + noise[:2] + ZIP[at + 2 :]):
        try:
            infos = package.entries(raw)
            package.read(raw, infos)
            package.replaced(raw, {"a.xml": b"<a/>"})
        except BilingoError as error:
            said = len(str(error))
        else:
            said = 0
        assert said < 500
