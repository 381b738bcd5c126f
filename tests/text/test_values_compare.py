"""What `compare` holds for the same, and the laws it keeps."""

from __future__ import annotations

import csv
import random
import re
import xml.etree.ElementTree as ET
from pathlib import Path

import polib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilingo.text.values import compare, find

DIGITS = "零一二三四五六七八九"


def han(number: int) -> str:
    """`number` as Chinese writes it, below 10¹²."""
    sections = []
    for scale, name in ((10**8, "億"), (10**4, "萬"), (1, "")):
        section, number = divmod(number, scale)
        if section:
            sections.append((section, name))
    written = ""
    for section, name in sections:
        if written and section < 1000:
            written += "零"
        written += _below_ten_thousand(section) + name
    return (written or "零").removeprefix("一") if written.startswith("一十") else written or "零"


def _below_ten_thousand(number: int) -> str:
    written, gap = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, unit)
        if digit:
            written += ("零" if gap and written else "") + DIGITS[digit] + name
            gap = False
        else:
            gap = True
    return written


NUMBERS = st.one_of(
    st.integers(0, 10**4), st.integers(0, 10**9), st.integers(1, 99).map(lambda n: n * 10**6)
)


@given(NUMBERS)
def test_every_numeral_is_the_number_it_writes(number: int) -> None:
    assert compare(f"about {number:,} people", f"約{han(number)}人") == ()
    assert compare(f"about {number} people.", f"約{number:,}人") == () or len(str(number)) >= 7


@given(NUMBERS, NUMBERS)
def test_two_numbers_differ(one: int, other: int) -> None:
    differs = bool(compare(f"about {one:,} people", f"約{han(other)}人"))
    assert differs == (one != other)


@given(st.dates(), st.integers(-400, 400))
def test_dates(day, other: int) -> None:  # type: ignore[no-untyped-def]
    if not 1500 <= day.year < 2900:
        day = day.replace(year=2024, day=min(day.day, 28))
    english = f"{day.day} {day:%B} {day.year}"
    assert compare(f"It is on {english}.", f"於{day.year}年{day.month}月{day.day}日") == ()
    row = "".join(DIGITS[int(digit)] for digit in str(day.year))
    chinese = f"於{row}年{han(day.month)}月{han(day.day)}日"
    assert compare(f"It is on {day:%B} {day.day}, {day.year}.", chinese) == ()
    moved = day.fromordinal(day.toordinal() + other)
    if moved != day:
        assert compare(f"It is on {english}.", f"於{moved.year}年{moved.month}月{moved.day}日")


@given(st.times(), st.times())
def test_times(one, other) -> None:  # type: ignore[no-untyped-def]
    half = "p.m." if one.hour >= 12 else "a.m."
    english = f"It opens at {one.hour % 12 or 12}:{one.minute:02} {half}"
    same = (one.hour, one.minute) == (other.hour, other.minute)
    written = f"{other.hour:02}:{other.minute:02}開門"
    either_half = (one.hour - other.hour) % 12 == 0 and one.minute == other.minute
    differs = bool(compare(english, written))
    assert not (same and differs)
    assert differs or either_half


@pytest.mark.parametrize(
    ("source", "target", "kinds"),
    [
        ("It costs HK$1,200.", "收費120元。", ["contradicted"]),
        ("It costs HK$1,200.", "要收費。", ["missing"]),
        ("有40人參加。", "People joined.", ["missing"]),
        ("People joined.", "有40人參加。", ["added"]),
        ("Two-thirds recovered.", "三分之一康復。", ["contradicted"]),
        ("三分之一康復。", "Two-thirds recovered.", ["contradicted"]),
        ("Take three tablets.", "服四粒。", ["contradicted"]),
        ("an N95 mask", "N59口罩", ["contradicted"]),
        ("20% of 40 people", "40人中的30%", ["contradicted"]),
    ],
)
def test_kinds(source: str, target: str, kinds: list[str]) -> None:
    assert [difference.kind for difference in compare(source, target)] == kinds


@pytest.mark.corpus
def test_the_shared_cases(shared: Path) -> None:
    path = shared / "cases" / "numbers.tsv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    wrong = [
        row
        for row in rows
        for pair in ((row["en"], row["zh"]), (row["zh"], row["en"]))
        if bool(compare(*pair)) != (row["expect"] == "bad")
    ]
    assert len(rows) == 66
    assert wrong == []


@pytest.fixture(scope="module")
def health(shared: Path) -> list[tuple[str, str]]:
    """English and Chinese of the units with figures of a real health memory."""
    tree = ET.parse(shared / "data" / "tmx" / "tico19-health.en-zh.dev.tmx")  # noqa: S314
    pairs = [tuple("".join(seg.itertext()) for seg in tu.iter("seg")) for tu in tree.iter("tu")]
    return [(en, zh) for en, zh in pairs if re.search("[0-9]", en + zh)]


@pytest.mark.corpus
def test_few_human_translations_are_flagged(health: list[tuple[str, str]]) -> None:
    flagged = [pair for pair in health if compare(*pair)]
    assert len(health) > 500
    assert len(flagged) <= 0.015 * len(health)


@pytest.mark.corpus
def test_an_altered_value_is_found(health: list[tuple[str, str]]) -> None:
    chance = random.Random(2025)  # noqa: S311
    found = altered = 0
    for english, chinese in health:
        values = [v for v in find(chinese) if re.search("[0-9]", chinese[v.start : v.end])]
        if not values or compare(english, chinese):
            continue
        value = chance.choice(values)
        digits = [i for i in range(value.start, value.end) if chinese[i] in "0123456789"]
        at = chance.choice(digits)
        digit = chance.choice([d for d in "0123456789" if d != chinese[at]])
        altered += 1
        found += bool(compare(english, chinese[:at] + digit + chinese[at + 1 :]))
    assert altered > 500
    assert found >= 0.98 * altered


@pytest.mark.corpus
def test_few_published_manual_entries_are_flagged(shared: Path) -> None:
    entries = [
        entry
        for path in sorted((shared / "data" / "po").glob("pydocs*.po"))
        for entry in polib.pofile(str(path))
        if entry.translated() and re.search("[0-9]", entry.msgid + entry.msgstr)
    ]
    flagged = [entry for entry in entries if compare(entry.msgid, entry.msgstr)]
    assert len(entries) > 100
    assert len(flagged) <= 0.02 * len(entries)
