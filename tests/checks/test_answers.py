"""Answers silence a finding, with a reason, as long as it is there."""

from __future__ import annotations

import pytest

from bilingo.checks import run
from bilingo.model import Entry

TWICE, ONCE = "病人的的權益", "病人的權益"


@pytest.mark.parametrize(
    ("text", "comment", "codes"),
    [
        (TWICE, "", ["T007"]),
        (TWICE, "bilingo: ignore T007 as printed", []),
        (TWICE, "  bilingo:ignore T007 如原文", []),
        (TWICE, "bilingo:  ignore T007 如原文", []),
        (TWICE, "bilingo: ignore T001 as printed", ["T007", "X001"]),
        (TWICE, "bilingo: ignore T007", ["T007", "X001"]),
        (ONCE, "bilingo: ignore T007 as printed", ["X001"]),
        (ONCE, "bilingo: ignore X001 as printed", []),
        (ONCE, "a comment", []),
        (TWICE, "one\nbilingo: ignore T007 as printed", []),
    ],
)
def test_answer(text: str, comment: str, codes: list[str]) -> None:
    entry = Entry("rights", (text,), comments=(comment,))
    assert [found.code for found in run([entry], ["T001", "T007", "X001"])] == codes


def test_a_comment_of_another_line_is_no_answer() -> None:
    entries = [
        Entry("rights", (TWICE,), comments=("bilingo: ignore T007 as printed",), line=1),
        Entry("right", (TWICE,), line=5),
    ]
    assert [(found.code, found.line) for found in run(entries, ["T007"])] == [("T007", 5)]
