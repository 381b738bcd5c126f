"""Compiled catalogs: msgfmt's bytes, and no trust in counts."""

from __future__ import annotations

import gettext
import io
import shutil
import struct
import subprocess
from pathlib import Path

import polib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilingo.errors import BilingoError
from bilingo.formats import mo, po
from bilingo.model import Entry

HEADER = Entry("", ("Language: zh_HK\nContent-Type: text/plain; charset=UTF-8\n",))
ENTRIES = (
    HEADER,
    Entry("%d file", ("%d 個檔案", "%d 個"), None, "%d files"),
    Entry("Home", ("主頁",)),
    Entry("Home", ("首頁",), "nav"),
    Entry("聯絡我們", ("Contact us",)),
)


def bare(entry: Entry) -> Entry:
    return Entry(entry.msgid, entry.msgstr, entry.msgctxt, entry.msgid_plural)


def test_read_gives_what_was_written() -> None:
    assert set(mo.read(mo.write(ENTRIES))) == set(ENTRIES)
    assert mo.write(mo.read(mo.write(ENTRIES))) == mo.write(reversed(ENTRIES))


def test_a_runtime_finds_the_translations() -> None:
    found = gettext.GNUTranslations(io.BytesIO(mo.write(ENTRIES)))
    assert found.gettext("Home") == "主頁"
    assert found.pgettext("nav", "Home") == "首頁"
    assert found.ngettext("%d file", "%d files", 1) == "%d 個檔案"
    assert found.gettext("聯絡我們") == "Contact us"


def test_what_is_left_out() -> None:
    drafts = (
        Entry("a", ("甲",), flags=("fuzzy",)),
        Entry("b"),
        Entry("c", ("丙", ""), None, "cs"),
        Entry("d", ("丁",), obsolete=True),
        Entry("", ("Content-Type: text/plain; charset=Big5\n",), flags=("fuzzy",)),
    )
    header = Entry("", ("Content-Type: text/plain; charset=UTF-8\n",))
    assert mo.read(mo.write(drafts)) == (header,)
    assert [entry.msgid for entry in mo.read(mo.write(drafts, fuzzy=True))] == ["", "a"]
    assert [entry.msgid for entry in mo.read(mo.write(drafts, untranslated=True))] == ["", "b", "c"]
    assert mo.read(mo.write(())) == mo.read(mo.write([Entry("")])) == (header,)
    (plain,) = mo.read(mo.write([Entry("", ("Language: zh_HK",))]))
    assert plain.msgstr == ("Language: zh_HK\n" + header.msgstr[0],)


@pytest.mark.parametrize("text", ["主\0頁", "\x04", "\ud800"])
def test_unwritable(text: str) -> None:
    with pytest.raises(BilingoError):
        mo.write([Entry("a", (text,))])


def packed(count: int, sources: int, targets: int, *pairs: int, order: str = "<") -> bytes:
    head = struct.pack(f"{order}7I", 0x950412DE, 0, count, sources, targets, 0, 0)
    return head + struct.pack(f"{order}{len(pairs)}I", *pairs) + b"a\0b\0"


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\xde\x12\x04\x95",
        b"msgid",
        packed(0x7FFFFFFF, 28, 28),
        packed(1, 28, 36, 1, 44, 1, 1000),
        packed(1, 28, 36, 1, 0xFFFFFFF0, 1, 46),
        packed(1, 28, 36, 0xFFFFFFFF, 44, 1, 46),
        packed(1, 28, 28, 1, 44, 1, 46),
        packed(1, 0, 8, 1, 44, 1, 46),
        packed(1, 28, 36, 1, 44, 2, 46),
        packed(2, 28, 44, 1, 60, 1, 60, 1, 62, 1, 62),
        packed(2, 28, 44, 40, 28, 40, 28, 40, 28, 40, 28),
        packed(1, 28, 36, 1, 44, 1, 46).replace(b"b\0", b"\xff\0"),
        packed(0, 0, 0, order=">"),
        mo.write(ENTRIES).replace(b"\0\0\0\0\x05", b"\0\0\2\0\x05", 1),
        mo.write(ENTRIES)[:-1],
    ],
)
def test_refused(raw: bytes) -> None:
    with pytest.raises(BilingoError):
        mo.read(raw)


def test_big_endian_is_read() -> None:
    assert mo.read(packed(1, 28, 36, 1, 44, 1, 46, order=">")) == (Entry("a", ("b",)),)


@given(st.binary(max_size=40), st.integers(0, 250))
def test_damage_is_refused_or_read(damage: bytes, at: int) -> None:
    raw = bytearray(mo.write(ENTRIES))
    raw[at : at + len(damage)] = damage
    try:
        mo.read(bytes(raw))
    except BilingoError as error:
        said = str(error)
    else:
        said = "read"
    assert said


def test_polib_reads_the_same(tmp_path: Path) -> None:
    (tmp_path / "a.mo").write_bytes(mo.write(ENTRIES))
    theirs = {entry.msgid: entry.msgstr for entry in polib.mofile(str(tmp_path / "a.mo"))}
    assert theirs["聯絡我們"] == "Contact us"


@pytest.mark.corpus
@pytest.mark.clients
def test_msgfmt_and_msgunfmt_agree(shared: Path, tmp_path: Path) -> None:
    if not shutil.which("msgunfmt"):
        pytest.skip("msgunfmt is not installed")
    same = 0
    for path in sorted((shared / "data/po").rglob("*.po")):
        theirs, ours = tmp_path / "theirs.mo", tmp_path / "ours.mo"
        text = tmp_path / "utf8.po"
        text.unlink(missing_ok=True)
        subprocess.run(
            ["msgconv", "-t", "UTF-8", "-o", text, path], capture_output=True, check=False
        )
        if not text.exists():  # refused, or nothing but a header
            continue
        command = ["msgfmt", "--no-hash", "-o", theirs, text]
        theirs.unlink(missing_ok=True)
        subprocess.run(command, capture_output=True, check=False)
        if not theirs.exists():  # nothing is translated
            continue
        ours.write_bytes(mo.write(po.read(path.read_bytes()).entries))
        printed = [
            subprocess.run(["msgunfmt", file], capture_output=True, check=True).stdout
            for file in (theirs, ours)
        ]
        assert printed[0] == printed[1], path.name
        assert ours.read_bytes() == theirs.read_bytes(), path.name
        same += 1
    assert same > 20


@pytest.mark.corpus
def test_real_mo_files(shared: Path) -> None:
    folder = shared / "data/po/polib-tests"
    assert len(mo.read((folder / "test_utf8.mo").read_bytes())) > 100
    assert [entry.msgctxt for entry in mo.read((folder / "test_msgctxt.mo").read_bytes())].count(
        "Some message context"
    )
    assert mo.read((folder / "test_no_header.mo").read_bytes())
    with pytest.raises(BilingoError, match="revision"):
        mo.read((folder / "test_invalid_version.mo").read_bytes())
