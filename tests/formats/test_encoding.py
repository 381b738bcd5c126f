from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilingo.errors import BilingoError
from bilingo.formats.encoding import decode, encode

TEXTS = ["", "Free tests.\n", "免費檢測。\r\n立即致電", "a\rb\r\nc\nd", "許功蓋 HK$3", "𠮷野家 😀"]


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize(
    ("mark", "codec"),
    [
        (b"", "utf-8"),
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ],
)
def test_mark_and_line_ends_survive(text: str, mark: bytes, codec: str) -> None:
    raw = mark + text.encode(codec)
    assert decode(raw) == text
    assert encode(text, raw) == raw
    assert encode(text + "新", raw) == raw + "新".encode(codec)


@pytest.mark.parametrize("name", ["big5hkscs", "Big5-HKSCS", "gb18030", "cp950", "GBK"])
def test_other_encodings_by_name(name: str) -> None:
    raw = "許功蓋說：free".encode(name.lower().replace("-", ""))
    assert decode(raw, name) == "許功蓋說：free"
    assert encode(decode(raw, name), raw, name) == raw


@given(st.binary(max_size=60), st.sampled_from(["big5hkscs", "gb18030", "cp950", "latin-1"]))
def test_what_is_accepted_is_written_back(raw: bytes, name: str) -> None:
    try:
        text = decode(raw, name)
    except BilingoError:
        return
    assert encode(text, raw, name) == raw


@pytest.mark.parametrize(
    ("raw", "encoding", "where", "what"),
    [
        ("好\nab好".encode("big5"), None, "1:1", "not utf-8"),
        (b"# Home\n\n\xe5\xa5", None, "3:1", "not utf-8"),
        (b"ab\xed\xa0\x80", None, "1:3", "not utf-8"),
        (b"ab\r\nc\0", None, "2:2", "NUL"),
        ("好".encode("utf-16-le") + b"\0\0", "utf-16-le", "1:2", "NUL"),
        (b"\xff\xfe\x41", None, "1:1", "not utf-16-le"),
        (b"\xff\xff", "big5hkscs", "1:1", "not big5hkscs"),
        ("\ufeffDoctor".encode(), "big5", "1:1", "it is utf-8"),
        ("診所".encode("utf-16"), "gb18030", "1:1", "it is utf-16-le"),
        ("診所".encode(), "big5hkscs", "1:1", "it is utf-8"),
        ("café".encode(), "latin-1", "1:1", "it is utf-8"),
        ("診所".encode("utf-16-le"), "utf-16", "1:1", "without a byte-order mark"),
    ],
)
def test_refuses_with_a_place(raw: bytes, encoding: str | None, where: str, what: str) -> None:
    with pytest.raises(BilingoError, match=what) as caught:
        decode(raw, encoding)
    assert caught.value.where == where
    assert caught.value.hint


@pytest.mark.parametrize("name", ["zlib_codec", "rot13", "utf-7", "klingon", "unicode_escape"])
def test_only_listed_encodings(name: str) -> None:
    with pytest.raises(BilingoError, match="unknown encoding"):
        decode(b"abc", name)


def test_character_the_encoding_lacks() -> None:
    with pytest.raises(BilingoError, match=r"U\+1F600") as caught:
        encode("好\n好😀", "好".encode("big5hkscs"), "big5hkscs")
    assert caught.value.where == "2:2"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("# Home\n\n<<<<<<< HEAD\n主\n=======\n捐\n>>>>>>> x\n", "3"),
        ("a\r\n<<<<<<<\r\nb", "2"),
        ("a\n||||||| merged\nb\n", "2"),
        ("a\n=======\nb\n>>>>>>> theirs\n", "4"),
    ],
)
def test_conflict_markers(text: str, line: str) -> None:
    with pytest.raises(BilingoError, match="conflict") as caught:
        decode(text.encode())
    assert caught.value.where == line


@pytest.mark.parametrize(
    "text",
    ["Home\n=======\n", ">>>>>>> deep quote", "a <<<<<<< b", "<<<<<<<<", "主頁\n=======\n捐款"],
)
def test_no_conflict(text: str) -> None:
    assert decode(text.encode()) == text
