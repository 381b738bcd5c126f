"""Charsets by name, and bytes that are not of them."""

from __future__ import annotations

import pytest

from bilingo.errors import BilingoError
from bilingo.formats import charsets


@pytest.mark.parametrize(
    ("name", "raw", "text"),
    [
        ("UTF-8", b"\xe4\xb8\xbb page", "主 page"),
        ("utf8", b"\xe9\xa0\x81", "頁"),
        ("Big5", b"\xb3\x5c\xa5\x5c\xbb\x5c", "許功蓋"),
        ("big5_hkscs", b"\x88\x62", "\u00ca\u0304"),
        ("GB18030", b"\x95\x32\x90\x31", "\U00020087"),
        ("gb2312", b"\xd6\xf7", "主"),
        ("ISO-8859-1", b"caf\xe9", "café"),
        ("windows-1252", b"\x93x\x94", "“x”"),
    ],
)
def test_decoded(name: str, raw: bytes, text: str) -> None:
    assert charsets.decode(raw, charsets.codec(name), name) == text


@pytest.mark.parametrize("name", ["zlib_codec", "rot13", "UTF-16", "UTF-7", "idna", "主頁", ""])
def test_not_on_the_list(name: str) -> None:
    with pytest.raises(BilingoError) as caught:
        charsets.codec(name, where="1:1")
    assert (caught.value.where, bool(caught.value.hint)) == ("1:1", True)


@pytest.mark.parametrize(
    ("name", "raw", "where"),
    [
        ("UTF-8", b"ok\n\xe4\xb8\xbb\xff", "2:2"),
        ("UTF-8", b"\xed\xa0\x80", "1:1"),
        ("ASCII", b"a\r\nb\nc\xa0", "3:2"),
        ("Big5", b"\xb3\x5c\xff", "1:2"),
    ],
)
def test_where_it_does_not_decode(name: str, raw: bytes, where: str) -> None:
    with pytest.raises(BilingoError, match=name) as caught:
        charsets.decode(raw, charsets.codec(name), name)
    assert caught.value.where == where


@pytest.mark.parametrize("name", sorted(charsets._CODECS))
def test_a_line_feed_is_a_byte_of_its_own(name: str) -> None:
    """Slices of lines are slices of bytes only then."""
    codec = charsets.codec(name)
    for char in map(chr, range(0x20, 0x10000)):
        if "\ud800" <= char <= "\udfff":
            continue
        assert b"\n" not in char.encode(codec, "ignore")
    assert "\n".encode(codec) == b"\n"
