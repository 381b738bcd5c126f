"""What a reader reads, and where it stood."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bilingo.text import prose as module
from bilingo.text.prose import OPAQUE, looks_like_code, prose

MARKS = """< > </b> <1> <br/> ` `` a _ : :ref: ::: http:// www. x.org @ a@b.org . { } {{ }} {% %} $
$t( ( ) % %s %( d & amp ; # \\ | ab 中 5 - %1$s .. 中:x: =""".split()


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("洗手。", "洗手。"),
        ("打開<1>檔案</1>。", "打開檔案。"),
        ("Call <b>now</b><br/>", "Call now"),
        ("請瀏覽https://example.org/a,b。", "請瀏覽#。"),
        ("See https://example.org/a.", "See #."),
        ("電郵info@example.org。", "電郵#。"),
        ("{name}你好，%(n)s %d", "#你好，# #"),
        ("用`make test`。", "用#。"),
        ("見 :ref:`關於 <about>`。", "見 #。"),
        ("A &amp; B，甲&nbsp;乙", "A # B，甲#乙"),
        ("100%免費", "100%免費"),
    ],
)
def test_prose(text: str, read: str) -> None:
    found = prose(text).text
    while OPAQUE * 2 in found:
        found = found.replace(OPAQUE * 2, OPAQUE)
    assert found.replace(OPAQUE, "#") == read


@given(
    st.lists(st.sampled_from(("<1>", "</1>", "中", "a ", "{x}", "http://a/b", "。"))).map("".join)
)
def test_offsets_lead_back(text: str) -> None:
    read = prose(text)
    for at, character in enumerate(read.text):
        start, end = read.span(at, at + 1)
        assert end - start == 1
        assert character in (text[start], OPAQUE)
    assert read.mended(()) == text


def test_mended_keeps_the_tags() -> None:
    read = prose("打開<1>檔 案</1>.")
    assert read.mended([(3, 4, ""), (5, 6, "。")]) == "打開<1>檔案</1>。"
    assert read.mended([(1, 3, "x")]) is None


@pytest.mark.parametrize("text", ["f(x) = 1", "a_b", "if a == b:", ">>> a", "x[1] 的值"])
def test_code(text: str) -> None:
    assert looks_like_code(text)


@pytest.mark.parametrize(
    "text", ["洗手（用水）。", "Wash (well).", "Hi {name}", "見 https://a.b/c_d"]
)
def test_no_code(text: str) -> None:
    assert not looks_like_code(text)


@settings(max_examples=2000)
@given(st.lists(st.sampled_from(MARKS) | st.sampled_from(" \n"), max_size=12).map("".join))
def test_only_what_cannot_be_there_is_not_looked_for(text: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        every = module._markup(*range(len(module._MARKUP)))
        patch.setattr(module, "_markup", lambda *kinds: every)
        wanted = prose.__wrapped__(text)
    assert prose.__wrapped__(text) == wanted
