"""Sentences of a paragraph and its translation: what is certain, and what is left alone."""

from __future__ import annotations

import pytest

from bilingo.match.beads import certain

CHECK = "Our nurses check 200 visitors. "
TALK = "Mr. Lam gives a talk at 3 p.m. "
FREE = "Nobody pays."
檢查, 演講, 免費 = "本會護士檢查200名訪客。", "林先生於下午3時演講。", "費用全免。"

TABLE = {
    "as many": ([CHECK, TALK, FREE], [檢查, 演講, 免費], "0-0 1-1 2-2"),
    "Chinese first": ([檢查, 演講, 免費], [CHECK, TALK, FREE], "0-0 1-1 2-2"),
    "two joined": (
        [CHECK, TALK, FREE],
        ["本會護士檢查200名訪客，林先生於下午3時演講。", 免費],
        "01-0",
    ),
    "one split": ([CHECK, FREE], ["本會護士將會到場，", "檢查200名訪客。", 免費], ""),
    "one split at its figures": (
        [CHECK[:-2] + " at 10 a.m. ", FREE],
        ["本會護士上午10時到場，", "檢查200名訪客。", 免費],
        "0-01",
    ),
    "one left out": ([FREE + " ", CHECK, TALK], [檢查, 演講], "2-1"),
    "one left out of the Chinese source": ([檢查, 免費, 演講], [CHECK, TALK], "0-0"),
    "another value": ([CHECK, TALK], [檢查, "林先生於下午4時演講。"], "0-0"),
    "moved codes": (
        ["<1>Yes</1>, we do. ", "And 5 more."],
        ["是的，有的。", "<1>還有</1>5個。"],
        "",
    ),
    "not as long": (
        ["No. ", "A very long sentence about many things that nobody has counted."],
        ["不，這是一句很長很長的話，說的是許多沒有人數過的事情。", "是。"],
        "",
    ),
    "no anchor": (
        ["Come in. ", "Sit down. ", "Have some tea."],
        ["請進，坐下喝茶。", "請坐。"],
        "",
    ),
    "one sentence": (["One."], ["一。"], ""),
    "nothing": ([], [], ""),
}


@pytest.mark.parametrize("name", TABLE)
def test_certain(name: str) -> None:
    source, target, wanted = TABLE[name]

    found = certain(source, target)

    shown = (
        f"{''.join(map(str, range(b.source, b.source_end)))}-"
        f"{''.join(map(str, range(b.target, b.target_end)))}"
        for b in found
    )
    assert " ".join(shown) == wanted
