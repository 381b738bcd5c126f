"""A line of simple Markdown against the reader of Markdown."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bilingo.formats import markdown, markdown_line
from bilingo.model import Unit

PIECES = st.sampled_from(
    """the **bold** **重點** ** * *a* *** ` `` ``` `code` ``hello.py`` `a|b` `x y` ` x` word
    字 中文 3 _ a_b __init__ _x _a_ . , ; : ? ! ( ) [ ] < > <b> & &amp;
    \\ { } {{ }} | $ ~ ~~ # - -- + / // www. ' "
    ， 。 「 」 … ... https://a.org/x hello.py x@y.hk import export 1. a. é Ａ ² é ½ （ ）
    """.split()
) | st.sampled_from([" ", "  ", "\n", "\t", "\u3000", "\u00a0"])
LINES = st.lists(PIECES | st.just(" "), max_size=9).map("".join)


def by_reader(text: str) -> str | None:
    units = [piece for piece in markdown.read(text.encode()) if isinstance(piece, Unit)]
    return units[0].text if len(units) == 1 else None


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Use **Get-X** and `x` now.", "Use <1>Get-X</1> and <2/> now."),
        ("看**重點**字和``a``。", "看<1>重點</1>字和<2/>。"),
        ("Call my_file.py, not **that**.", "Call my_file.py, not <1>that</1>."),
        ("**One** `two`", "<1>One</1> <2/>"),
        ("看**重點。**字", None),
        ("- a **b**", None),
        ("1. a **b**", None),
        ("import **b**", None),
        ("`code`", None),
        ("a *b* c", None),
        ("__init__ is `x`", None),
        ("a [b](c) **d**", None),
    ],
)
def test_lines(line: str, expected: str | None) -> None:
    assert markdown_line.tagged(line) == expected
    assert expected is None or by_reader(line) == expected


@given(LINES)
@settings(max_examples=1000)
def test_it_reads_what_the_reader_reads(line: str) -> None:
    read = markdown_line.tagged(line)
    assert read is None or read == by_reader(line)


@given(st.text(st.sampled_from("a文 *`_.-") | st.characters(codec="utf-8"), max_size=12))
def test_any_other_line(line: str) -> None:
    read = markdown_line.tagged(line)
    assert read is None or read == by_reader(line)
