"""Inline codes as numbered tags."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilingo.model import Code
from bilingo.text import tags
from bilingo.text.tags import Mark

B, B_ = Mark("open", "**", "b"), Mark("close", "**", "b")
A, A_ = Mark("open", "[", "a"), Mark("close", "](x)", "a")
IMG = Mark("alone", "![](y)")

LIFTED = [
    (["Open ", B, "the", B_, " file"], "Open <1>the</1> file", [Code(1, "**", "**")]),
    (["打開", B, "檔案", B_, "。"], "打開<1>檔案</1>。", [Code(1, "**", "**")]),
    ([B, A, "請按", A_, B_], "<1><2>請按</2></1>", [Code(1, "**", "**"), Code(2, "[", "](x)")]),
    (["see ", IMG], "see <1/>", [Code(1, "![](y)")]),
    (["圖", IMG, B_], "圖<1/><2/>", [Code(1, "![](y)"), Code(2, "**")]),
    # Crossing pairs: the one that would cross stands alone.
    ([B, "a", A, "b", B_, "c", A_], "<1>a<2/>b</1>c<3/>", None),
    (["text <1> 和 </2> <3/>"], "text <1/> 和 <2/> <3/>", None),
    (["&lt;", "a <", "1> 乙 <", "/2", ">"], "&lt;a <1/> 乙 <2/>", None),  # cut by a parser
    (["<0> <10000> <a>"], "<0> <10000> <a>", []),
    ([], "", []),
]


@pytest.mark.parametrize(("parts", "text", "codes"), LIFTED)
def test_lift(parts: list[str | Mark], text: str, codes: list[Code] | None) -> None:
    lifted, found = tags.lift(parts)
    assert lifted == text
    if codes is not None:
        assert list(found) == codes


RESTORED = [
    ("<1>檔案</1>", [Code(1, "**", "**")], "**檔案**"),
    ("</1>a<1>", [Code(1, "<b>", "</b>")], "</b>a<b>"),
    ("<1/>a", [Code(1, "<b>", "</b>")], "<b></b>a"),
    ("<1>a</1>", [Code(1, "<br>")], "<br>a"),
    ("<2>a</1/>", [Code(1, "<br>")], "<2>a</1/>"),
]


@pytest.mark.parametrize(("text", "codes", "expected"), RESTORED)
def test_restore(text: str, codes: list[Code], expected: str) -> None:
    assert tags.restore(text, codes) == expected


def test_restore_escapes_the_text_and_not_the_markup() -> None:
    text, codes = tags.lift(["a & ", Mark("alone", "<br>"), "和 <1> & b"])
    assert (
        tags.restore(text, codes, lambda t: t.replace("&", "&amp;")) == "a &amp; <br>和 <1> &amp; b"
    )


def test_plain_and_skeleton() -> None:
    text = "<1>打開</1> the <2/>file <x>"
    assert tags.plain(text) == "打開 the file <x>"
    assert tags.skeleton(text) == ("<1>", "</1>", "<2/>")


PARTS = st.lists(
    st.one_of(
        st.text(alphabet="ab 檔<>/123", max_size=8),
        st.builds(
            Mark,
            st.sampled_from(["open", "close", "alone"]),
            st.sampled_from(["**", "<b>", "</b>", "<1>", "![](y)"]),
            st.sampled_from(["b", "a"]),
        ),
    ),
    max_size=12,
)


def joined(parts: list[str | Mark]) -> str:
    return "".join(part if isinstance(part, str) else part.markup for part in parts)


@given(PARTS)
def test_putting_back_is_exact(parts: list[str | Mark]) -> None:
    assert tags.restore(*tags.lift(parts)) == joined(parts)


@given(PARTS)
def test_codes_are_numbered_in_order_and_tags_are_well_nested(parts: list[str | Mark]) -> None:
    text, codes = tags.lift(parts)
    assert [code.number for code in codes] == list(range(1, len(codes) + 1))
    open_tags: list[str] = []
    opened: list[int] = []
    for tag in tags.skeleton(text):
        number = int(tag.strip("</>"))
        if tag.startswith("</"):
            assert open_tags.pop() == tag.replace("/", "")
            continue
        opened.append(number)
        if not tag.endswith("/>"):
            open_tags.append(tag)
    assert not open_tags
    assert opened == [code.number for code in codes]


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (("no tags", "沒有"), ("no tags", "沒有")),
        (("See <3>it</3>.", "見<3>此</3>。"), ("See <1>it</1>.", "見<1>此</1>。")),
        (("<4/>a <2>b</2>", "<2>乙</2>甲<4/>"), ("<1/>a <2>b</2>", "<2>乙</2>甲<1/>")),
        (("<7>x</7>", "<9/><7>y</7>"), ("<1>x</1>", "<2/><1>y</1>")),
    ],
)
def test_tags_are_renumbered_by_the_source(
    texts: tuple[str, str], expected: tuple[str, str]
) -> None:
    assert tags.renumbered(*texts) == expected
