from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilingo.formats import plain
from bilingo.model import Unit


def units(text: str) -> list[Unit]:
    return [p for p in plain.read(text.encode()) if isinstance(p, Unit)]


def texts(text: str) -> list[str]:
    return [unit.text for unit in units(text) if not unit.skip]


TABLE = [
    (
        "One long line is a paragraph.\nSo is this one.",
        ["One long line is a paragraph.", "So is this one."],
    ),
    ("免費檢測。\n立即致電。", ["免費檢測。", "立即致電。"]),
    (
        (
            "The Observatory issued the Very Hot Weather Warning on\n"
            "12 days last month. Many people ask us whether their\nmedicines are still safe."
        ),
        [
            (
                "The Observatory issued the Very Hot Weather Warning on 12 days last month. "
                "Many people ask us whether their medicines are still safe."
            )
        ],
    ),
    (
        "天文台上月曾在十二天發出酷熱天氣警告，不少街坊問我們，家\n中的藥物還能不能服用，應該怎樣存放才安全。",
        [
            "天文台上月曾在十二天發出酷熱天氣警告，不少街坊問我們，家中的藥物還能不能服用，應該怎樣存放才安全。"
        ],
    ),
    ("Room 1203\nTower 2\nKwun Tong", ["Room 1203", "Tower 2", "Kwun Tong"]),
    ("- one\n- two\n• three\n1. four", ["one", "two", "three", "four"]),
    ("一、甲\n（二）乙\n① 丙", ["甲", "乙", "丙"]),
    ("-5 degrees\n1.5 litres", ["-5 degrees", "1.5 litres"]),
    ("a <1> b", ["a <1/> b"]),
    ("　　首行縮排。\n\n***\n", ["首行縮排。"]),
]


@pytest.mark.parametrize(("text", "expected"), TABLE)
def test_units(text: str, expected: list[str]) -> None:
    assert texts(text) == expected


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize(("text", "expected"), TABLE)
def test_every_line_end(text: str, expected: list[str], newline: str) -> None:
    assert texts(text.replace("\n", newline)) == expected


@given(st.lists(st.sampled_from([*"a中 \t\n\r.。-1•一、　", "<1>", "</2>", "words "]), max_size=60))
def test_pieces_join(parts: list[str]) -> None:
    text = "".join(parts)
    pieces = list(plain.read(text.encode()))
    assert "".join(p if isinstance(p, str) else p.raw for p in pieces) == text
    for unit in pieces:
        if isinstance(unit, Unit):
            assert plain.render(unit, unit.text) == unit.raw


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("天台菜園重新開放\n\n經過兩年維修，菜園重新開放。", "title"),
        ("Is it safe?\n\nYes, it is.", "title"),
        ("It is safe.\n\nYes.", "paragraph"),
        ("Only line", "paragraph"),
        ("Comments\n\nText.", "paragraph"),
    ],
)
def test_title(text: str, kind: str) -> None:
    assert units(text)[0].kind == kind


def test_places_ids_and_neighbours() -> None:
    found = units("標題\n\n  甲。\n乙。\n甲。")
    assert [(u.line, u.column) for u in found] == [(1, 1), (3, 3), (4, 1), (5, 1)]
    assert found[3].id == found[1].id + "-2"
    assert (found[1].context.prev, found[1].context.next) == ("標題", "乙。")
    moved = units("新標題\n\n新段。\n\n甲。\n乙。")
    assert found[1].id in {u.id for u in moved}


def test_translation_is_one_line() -> None:
    (unit,) = units("Only line")
    assert plain.render(unit, "第一行\n第二行") == "第一行第二行"
    (unit,) = units("a <1> b")
    assert plain.render(unit, "甲<1/>乙") == "甲<1>乙"


BLOG = """Title of the article
- 香港醫社基金會

- Nov 18
- 2 min read

This is the first paragraph of the article, and it is long enough to be one.

18 November 2026

Comments"""


def test_furniture_is_skipped_with_a_reason() -> None:
    assert [(u.text, u.skip) for u in units(BLOG) if u.skip] == [
        ("香港醫社基金會", "byline"),
        ("Nov 18", "date"),
        ("2 min read", "reading time"),
        ("Comments", "comments"),
    ]
    assert "18 November 2026" in texts(BLOG)


@pytest.mark.corpus
def test_seed_article(shared: Path) -> None:
    raw = (shared / "data/seed/gene-therapy.en.txt").read_bytes()
    pieces = list(plain.read(raw))
    offered = [p.kind for p in pieces if isinstance(p, Unit) and not p.skip]
    assert offered == ["title", *["paragraph"] * 8]
    text = "".join(p if isinstance(p, str) else p.raw for p in pieces)
    assert plain.write(text, raw) == raw
