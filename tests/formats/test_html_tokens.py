"""HTML tokens: spans without gaps, the standard's rules, and nothing that takes long."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilingo.formats.html_tokens import attributes, tokens

PARTS = """< </ > a b= = ' " / <!-- --> --!> <! <? ]]> <![CDATA[ <script> </script> <title> </title>
<p> </p> &amp &lt; 主 頁""".split()
MARKUP = st.lists(st.sampled_from([*PARTS, " ", "\n", "\f"]), max_size=30).map("".join)


def shown(text: str) -> list[tuple[str, str]]:
    return [(token.form, text[token.start : token.end]) for token in tokens(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A <b>主</b>", [("text", "A "), ("open", "<b>"), ("text", "主"), ("close", "</b>")]),
        ("1 < 2, a<3", [("text", "1 < 2, a<3")]),
        ('<a title=">">x', [("open", '<a title=">">'), ("text", "x")]),
        ("<a title='x>主", [("other", "<a title='x>主")]),
        ("<a b =\n'c' d>x", [("open", "<a b =\n'c' d>"), ("text", "x")]),
        ("<a =x>y", [("open", "<a =x>"), ("text", "y")]),
        ("<a b=>y", [("open", "<a b=>"), ("text", "y")]),
        ("<!-- > -->x", [("other", "<!-- > -->"), ("text", "x")]),
        ("<!-->x", [("other", "<!-->"), ("text", "x")]),
        ("<!-- a --!>x", [("other", "<!-- a --!>"), ("text", "x")]),
        ("<!--主", [("other", "<!--主")]),
        ("<!DOCTYPE html>x", [("other", "<!DOCTYPE html>"), ("text", "x")]),
        ("<?php echo 1 ?>x", [("other", "<?php echo 1 ?>"), ("text", "x")]),
        ("<![CDATA[ <b> ]]>x", [("other", "<![CDATA[ <b> ]]>"), ("text", "x")]),
        ("</>x</ b>y", [("other", "</>"), ("text", "x"), ("other", "</ b>"), ("text", "y")]),
        ("</", [("text", "</")]),
        (
            "<SCRIPT>a</b>主</Script >",
            [("open", "<SCRIPT>"), ("text", "a</b>主"), ("close", "</Script >")],
        ),
        (
            "<title>a<b>&amp;</title>",
            [("open", "<title>"), ("text", "a<b>&amp;"), ("close", "</title>")],
        ),
        (
            "<script><!--<script></script>-->主</script>",
            [
                ("open", "<script>"),
                ("text", "<!--<script></script>-->主"),
                ("close", "</script>"),
            ],
        ),
        (
            "<script><!--><script></script>主",
            [
                ("open", "<script>"),
                ("text", "<!--><script>"),
                ("close", "</script>"),
                ("text", "主"),
            ],
        ),
        ("<style></styles>", [("open", "<style>"), ("text", "</styles>")]),
        ("<plaintext><b>", [("open", "<plaintext>"), ("text", "<b>")]),
    ],
)
def test_tokens(text: str, expected: list[tuple[str, str]]) -> None:
    assert shown(text) == expected


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ('<a Title="甲 &amp; 乙">', {"title": "甲 & 乙"}),
        ("<a href=?a=1&copy=2>", {"href": "?a=1&copy=2"}),
        ("<a href='?a&copy;=2'>", {"href": "?a©=2"}),
        ("<a t='&copy; &ampx &amp'>", {"t": "© &ampx &"}),
        ("<a t='&#20027;&#x9801;'>", {"t": "主頁"}),
        ("<a b=1 B=2 c>", {"b": "1", "c": ""}),
        ("<img alt=圖/>", {"alt": "圖/"}),
        ("<img alt=圖 />", {"alt": "圖"}),
        ("<br/>", {}),
        ("<a b=>", {"b": ""}),
    ],
)
def test_attributes(tag: str, expected: dict[str, str]) -> None:
    token = next(tokens(tag))
    assert {one.name: one.value for one in attributes(tag, token)} == expected


@given(MARKUP | st.text())
def test_tokens_joined_are_the_text(text: str) -> None:
    assert "".join(part for _, part in shown(text)) == text


@given(MARKUP)
def test_attributes_stand_inside_their_tag(text: str) -> None:
    for token in tokens(text):
        if token.form == "open":
            end = token.start
            for one in attributes(text, token):
                assert end <= one.start <= one.end < token.end
                end = one.end
