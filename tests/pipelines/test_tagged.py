"""What somebody types or pastes, as the memory has it: Markdown becomes tags, text stays."""

from __future__ import annotations

import pytest

from bilingo.pipelines.suggest import tagged


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Our clinic is open.", "Our clinic is open."),
        ("診所開放。", "診所開放。"),
        ("Use **Get-X** and `x` now.", "Use <1>Get-X</1> and <2/> now."),
        ("看**重點**字和``a``。", "看<1>重點</1>字和<2/>。"),
        ("請[預約名額](https://example.org/book)。", "請<1>預約名額</1>。"),
        ("- a **b**", "a <1>b</1>"),
        ("Please <1>book</1> **now**", "Please <1>book</1> **now**"),
        ("`code`", "`code`"),
        ("<https://example.org>\n\n**two** paragraphs", None),
    ],
)
def test_tagged(line: str, expected: str | None) -> None:
    assert tagged(line) == (line if expected is None else expected)
