"""What is read without the parser is read as the parser reads it, or is left to it."""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it.common import utils

from bilingo.errors import BilingoError
from bilingo.formats import markdown, markdown_marks, markdown_plain
from bilingo.formats.markdown_places import Placed
from bilingo.formats.markdown_text import parse
from bilingo.model import Unit

# Lines that are plain, lines that are not, and what may stand before, behind and between them.
PLAIN = (
    *("Free check-ups", "*Free* check-ups for all", "__Bring__ it", "`code` first", "[a](b) first"),
    *(
        "3 places",
        "1990. A year",
        "(a) bracket",
        "I said: import it",
        "a | b",
        "\u3000\u3000免費檢查",
        "香港",
    ),
    *(
        "「免費」檢查",
        "**「免費」**檢測",
        "$5 # not a heading",
        "words  ",
        "words\\",
        "words\t",
        "\\# no heading",
    ),
)
HEADINGS = (
    "# A",
    "## 標題",
    "### A {#a}",
    "# a | b",
    "# A #",
    "####### A",
    "#A",
    "# ",
    "#\t甲",
    "## A \\#",
)
ITEMS = (
    *(
        "- a",
        "* 甲",
        "+ *a* b",
        "1. a",
        "2) b",
        "- [ ] 一",
        "-  two",
        "-    four",
        "-     five",
        "-\ta",
    ),
    *(
        "- - a",
        "- # a",
        "- [a]: b",
        "-",
        "- ",
        "10. a",
        "1234567890. a",
        "- 1. a",
        "* * *",
        "- > a",
    ),
    *("- import 'a'", "- a | b", "- `a`", "- **a**：甲", "- [a]", "- [^1]: x"),
)
OTHERS = (
    *("```", "```js", "~~~", "~~~~", "``` a`b", "``` a | b", "````", "   ```", "    ```", "\t```"),
    *(
        "---",
        "===",
        "- -",
        "--|--",
        "|---|",
        ":--",
        ": a",
        "~ a",
        "  : a",
        ":a",
        "> a",
        ">",
        "| a |",
    ),
    *(
        "<div>",
        "</div>",
        "<!-- a",
        "-->",
        "<b>a</b>",
        "<A.B>",
        "<?a",
        "?>",
        "</script>",
        "<script>",
    ),
    *(
        "[a]: /b",
        "[^1]: a",
        "[a]: /b 't",
        "t'",
        "[a",
        "a]: b",
        "[",
        "    code",
        "  a",
        "\ta",
        "   - a",
    ),
    *(
        "{{< a >}}",
        "{% a %}",
        "{a}",
        "{: .a}",
        ":::tip",
        ":::",
        "import 'a'",
        "import {",
        "export const a",
    ),
    *(
        "}",
        "{/* a",
        "*/}",
        "exporter",
        "imported",
        "***",
        "***a***",
        "___",
        "_ a",
        "* a *",
        "1.",
        "0) a",
    ),
    *("<!-- bilingo:off -->", "<!-- bilingo:on -->", "<!-- bilingo:note a -->"),
)
ENDS = (
    "\n",
    "\n",
    "\n\n",
    "\n\n",
    "\n\n\n",
    " \n",
    "\n \t\n",
    "\n   \n\n",
    "\r\n",
    "\r\n\r\n",
    "\r",
    "\n  ",
)
INLINE = (
    *(
        "a",
        "香港",
        " ",
        "，",
        "。",
        "「",
        "」",
        "(",
        ")",
        "x y",
        "1",
        ".",
        "/",
        ":",
        "'",
        '"',
        "-",
        "$",
        "~",
    ),
    *(
        "*",
        "*",
        "**",
        "**",
        "***",
        "_",
        "__",
        "`",
        "`",
        "``",
        "```",
        "\\",
        "\\\\",
        "\\*",
        "\\[",
        "\\!",
        "~~",
    ),
    *(
        "[",
        "]",
        "](",
        "](b)",
        "](b_c)",
        "](b(c)d)",
        "](b 't')",
        "](<b>)",
        "]()",
        "](javascript:a)",
        "](java&#115;cript:b)",
    ),
    *(
        "![",
        "![a](b)",
        "![a",
        "!",
        "[a](b)",
        "[a]",
        "[^1]",
        "[a][b]",
        "[ ]",
        "]:",
        "(b)",
        "[**a**](b)",
    ),
    *(
        "&",
        "&amp;",
        "&amp",
        "&#39;",
        "<",
        "<b>",
        "</b>",
        "<a@b.c>",
        "<https://a.b>",
        "< ",
        ">",
        "<!-- a -->",
    ),
    *(
        "{",
        "}",
        "{#a}",
        "{{< a >}}",
        "{/* a */}",
        "{.a b}",
        "\n",
        " \n",
        "  \n",
        "\n  ",
        "\\\n",
        "\t",
        "\u3000",
    ),
    *("translate", "bilingo:off", "<1>", "</1>", "<1/>", "\xa0", "—", "’", "é", "\u0301", "😀"),
)


@contextmanager
def by_parser() -> Iterator[None]:
    """Nothing is plain."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(markdown_plain, "block", lambda text, at: None)
        patch.setattr(markdown_marks, "parts", lambda *_: None)
        yield


def read(raw: bytes) -> tuple[str | Unit, ...]:
    try:
        return tuple(markdown.read(raw))
    except BilingoError as error:
        return (str(error),)


def same(text: str) -> bool:
    found = read(text.encode())
    with by_parser():
        return found == read(text.encode())


def lines(*groups: tuple[str, ...]) -> st.SearchStrategy[str]:
    some = st.sampled_from([line for group in groups for line in group])
    return st.lists(st.tuples(some, st.sampled_from(ENDS))).map(
        lambda pairs: "".join(line + end for line, end in pairs)
    )


@given(lines(PLAIN, PLAIN, HEADINGS, ITEMS, OTHERS))
@settings(max_examples=1500)
@example("Term\n\n: What it means\n")
@example("# a | b\n|---|---|\n")
@example("- a\n\n  more\n")
@example("- a\n\n- b\n\n    code\n")
@example("```\n# no heading\n```\n\n文字\r\n")
@example("```\n    ```\n# A\n```\n")
@example("[a\nb]: /c\n\n[a b]\n")
@example("a\0b\n\n\u2028\n")
@example("- {/* a\n\n甲\n\n*/}\n\nb\n")
def test_articles_of_lines(text: str) -> None:
    assert same(text)


@given(lines(PLAIN, INLINE))
@settings(max_examples=500)
def test_articles_of_anything(text: str) -> None:
    assert same(text)


@given(st.lists(st.sampled_from(INLINE)).map("".join), st.booleans())
@settings(max_examples=3000)
@example("**「免費」**檢測 **a** b", True)
@example("*a**b*", True)
@example("_a_b_ __c__", False)
@example("\\![a](b) [!](c)", True)
@example("[a `](b)` c](d)", True)
@example("**a [b *c* d](e)** f", True)
@example("*a [b*](c) d*", True)
@example("[a](java&#115;cript:b)", True)
@example("[![a](b)](c) ![](d) ![e](f)", True)
@example("a  \n b \\\n c \n d", True)
@example("一個 ` 不成對, ``也是", True)
@example("p* q*a ***甲", False)
@example("*a [b*](c) `d", True)
def test_inline(content: str, references: bool) -> None:
    env: dict[str, object] = {}
    if references:
        env = {"references": {"A": {"href": "/a", "title": "", "map": [0, 1]}}}
    placed = Placed(content, content, ((0, 0),))
    found = parse(placed, env)
    with by_parser():
        assert found == parse(placed, env)


def test_most_is_plain() -> None:
    for text in (
        "Free **check-ups** for `all`,\n[now](/a)!\n",
        "請帶**身份證**。\n",
        "# A\n\n- 甲\n- b\n",
    ):
        assert markdown_plain.walk(text, len)
        assert all(
            markdown_marks.parts(Placed(line, line, ((0, 0),)), {}) for line in text.splitlines()
        )


def test_kinds_of_characters() -> None:
    for code in range(sys.maxunicode + 1):
        character = chr(code)
        wanted = "a"
        if utils.isWhiteSpace(code):
            wanted = " "
        elif utils.isMdAsciiPunct(code) or utils.isPunctChar(character):
            wanted = "."
        found = markdown_marks._kind.__wrapped__(character)
        assert found == wanted, (hex(code), unicodedata.category(character))


def test_white_space_at_the_ends() -> None:
    assert set(markdown_plain.WHITE) == set(utils.MD_TRIM_CHARS)


@pytest.mark.parametrize("line", ["[a\n", "- a\n", "甲\n", "`a\n", "*a\n", "[a](b\n"])
def test_many_lines_that_are_declined_at_their_end(line: str) -> None:
    assert same(line * 1000 + "- \n\n" + line * 1000 + "  - b")


@pytest.mark.corpus
def test_real_articles(shared: Path) -> None:
    paths = [
        p
        for name in ("articles", "multi-format", "malformed")
        for p in sorted((shared / "data" / name).rglob("*.md*"))
    ]
    assert len(paths) > 200
    units = plain = 0
    block = markdown_plain.block

    def counted(text: str, at: int) -> object:
        nonlocal plain
        found = block(text, at)
        plain += len(found[1]) if found else 0
        return found

    for path in paths:
        raw = path.read_bytes()
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(markdown_plain, "block", counted)
            found = read(raw)
        units += sum(isinstance(piece, Unit) for piece in found)
        with by_parser():
            assert found == read(raw), path
    assert plain > 0.8 * units
