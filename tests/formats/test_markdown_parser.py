"""Rules are tried only where they may find something, and blocks read one by one: the same is found
as markdown-it finds with its own loops."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.parser_inline import ParserInline
from markdown_it.token import Token

from bilingo.formats import markdown_parser
from bilingo.formats.markdown_places import with_line_feeds

NESTING = 20
BLANK = re.compile(r"(?:[ \t]*\n)*(?:[ \t]*\Z)?")
BLOCKS = (
    *(
        "# ",
        "## 標題 {#a}",
        "\n===",
        "\n---\r\n",
        "\r--- \r",
        "> ",
        ">: b",
        "- ",
        "1. ",
        "    ",
        "\t",
    ),
    *(
        "a | b\n--|--\n",
        "|",
        "```",
        "~~~\n",
        "[a]: /b 't'\n",
        "[^1]: 註",
        "\n: ",
        "\n~ ",
        "<div>\n",
    ),
    *(
        "<!-- c -->",
        "{/* c */}",
        "> export const a = {",
        "import 'a'\n",
        "export default",
        ":::tip\n",
    ),
    *("{{< a >}}", "{% a %}", "{a}", "- x\n[b]: c", "***"),
)
INLINE = (
    *(
        "*",
        "**",
        "***",
        "_",
        "__",
        "~~",
        "~",
        "`",
        "``",
        "\\",
        "\\\\",
        "&amp;",
        "&",
        "&#39;",
        "!",
        "![",
    ),
    *(
        "[",
        "]",
        "](",
        "](/u 't')",
        "][",
        "[^1]",
        "[^",
        "(",
        ")",
        "<",
        ">",
        "<b>",
        "</b>",
        "<!-- ",
        "-->",
    ),
    *(
        "<https://a.b>",
        "<A.B>",
        "{",
        "}",
        "{{<",
        ">}}",
        "{#a}",
        "  \n",
        "\n",
        "\\\n",
        " ",
        "「",
        "」",
        "，",
    ),
)
WORDS = (
    "a",
    "b c",
    "香港",
    "免費檢測",
    "\n",
    "\n\n",
    "\r\n",
    " ",
    ":",
    "'",
    '"',
    "=",
    "-",
    "#",
    "|",
    "$",
    "@",
)


def texts(*groups: tuple[str, ...]) -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from([*WORDS, *(t for g in groups for t in g)])).map("".join)


@cache
def everywhere() -> MarkdownIt:
    """The same rules as ours, tried everywhere by markdown-it."""
    md = markdown_parser.parser.__wrapped__(NESTING)
    inline = ParserInline()
    inline.ruler, inline.ruler2 = md.inline.ruler, md.inline.ruler2
    md.inline = inline
    return md


def inline(md: MarkdownIt, text: str) -> list[Token]:
    tokens: list[Token] = []
    references = {"A": {"href": "/a", "title": "", "map": [0, 1]}}
    md.inline.parse(text, md, {"references": references}, tokens)
    return tokens


@given(texts(INLINE))
@settings(max_examples=500)
@example("[" * 30 + "a" + "](b)" * 30)
@example("*" * 30 + "香港" + "_" * 30)
@example("![" * 30 + "甲" + "](b)" * 30)
@example("[a][] 和 [a] ![a](b 'c') `x` 「**免費**」")
def test_inline_rules(text: str) -> None:
    assert inline(markdown_parser.parser(NESTING), text) == inline(everywhere(), text)


@given(texts(BLOCKS, INLINE))
@settings(max_examples=500)
@example("標題\r\n--\r\n")
@example("術語\r: 解釋")
@example("> export const a = {\n\n}\n")
@example("a\n- ")
def test_block_rules(text: str) -> None:
    assert same_blocks(text)


def same_blocks(text: str) -> bool:
    found: dict[str, object] = {}
    wanted: dict[str, object] = {}
    text = with_line_feeds(text)
    blocks = markdown_parser.Blocks(text, found)
    at = 0
    while (at := BLANK.match(text, at).end()) < len(text):
        at = blocks.read(at)
    return blocks.tokens == markdown_parser.parser().parse(text, wanted) and found == wanted


@pytest.mark.parametrize("text", ["> a\n> {/* 乙\n\nc */}\n", "> 甲\n>{/* b\n> c\n\n{/* d */}\n"])
def test_the_end_of_a_comment_is_sought_as_far_as_the_caller_says(text: str) -> None:
    """One look to the end of the quote, in vain, says nothing of what is below it."""
    tokens = markdown_parser.parser().parse(text, {})
    first, second = [token.content for token in tokens if token.type == "inline"][:2]
    assert "{/*" not in first
    assert second.startswith("{/*")


@pytest.mark.corpus
def test_articles(shared: Path) -> None:
    paths = sorted((shared / "data" / "articles").rglob("*.md*"))
    assert len(paths) > 150
    for path in paths:
        assert same_blocks(path.read_text("utf-8-sig")), path
        for line in set(path.read_text("utf-8-sig").split("\n\n")):
            assert inline(markdown_parser.parser(NESTING), line) == inline(everywhere(), line)
