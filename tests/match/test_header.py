"""Header fields: taken apart, put together, compared by meaning."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilingo.match import header


@pytest.mark.parametrize(
    ("msgstr", "want"),
    [
        ("", {}),
        ("Language: zh_HK\nX-A: 甲: 乙\n", {"Language": "zh_HK", "X-A": "甲: 乙"}),
        ("Last-Translator: \n", {"Last-Translator": ""}),
        ("無\nX-A: 1\nX-A: 2\n再\n", {"": "無", "X-A": "1\nX-A: 2\n再"}),
    ],
)
def test_fields(msgstr: str, want: dict[str, str]) -> None:
    assert header.fields(msgstr) == want
    assert header.text(want) == msgstr


names = st.text(st.characters(categories=["Lu", "Ll", "Nd"]), min_size=1)
values = st.text(st.characters(exclude_categories=["Cc", "Cs"])).map(str.strip)


@given(st.dictionaries(names, values))
def test_fields_and_text_are_opposites(fields: dict[str, str]) -> None:
    assert header.fields(header.text(fields)) == fields


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        ("2024-05-01 09:30+0800", "2024-05-01 09:31+0800"),
        ("2024-06-01 00:10+0800", "2024-05-31 17:00+0000"),
        ("", "2024-05-01 09:30+0800"),
        ("YEAR-MO-DA HO:MI+ZONE", "2024-05-01 09:30+0800"),
        ("2025-05-01 09:30", "2024-05-01 09:30+0800"),
        ("2025-13-01 09:30+0800", "2024-05-01 09:30+0800"),
        ("２０２５-05-01 09:30+0800", "2024-05-01 09:30+0800"),
        ("2025-05-01 09:30+9900", "0001-01-01 00:00+1400"),
    ],
)
def test_newest(earlier: str, later: str) -> None:
    assert header.newest(earlier, later) == header.newest(later, earlier) == later


@pytest.mark.parametrize(
    ("name", "ours", "theirs", "same"),
    [
        ("Plural-Forms", "nplurals=2; plural=(n != 1);", "nplurals=2;plural=n!=1", True),
        ("Plural-Forms", "nplurals=2; plural=(n != 1);", "nplurals=2; plural=(n > 1);", False),
        ("Plural-Forms", "nplurals=2; plural=0;", "nplurals=1; plural=0;", False),
        ("Plural-Forms", "nplurals=1; plural=n/0;", "nplurals=1; plural=0;", False),
        ("Plural-Forms", "nonsense", "Nonsense ", True),
        ("Plural-Forms", "nplurals=1; plural=" + "(" * 100_000, "nplurals=1; plural=0;", False),
        ("Plural-Forms", ";" * 100_000, " " * 100_000, False),
        ("Content-Type", "text/plain; charset=UTF-8", "text/plain;charset=utf-8", True),
        ("Content-Type", "text/plain; charset=UTF-8", "text/plain; charset=Big5", False),
        ("Language-Team", "香港", "香港 ", False),
        ("Language", "zh_HK", "zh_hk", False),
    ],
)
def test_same_meaning(name: str, ours: str, theirs: str, same: bool) -> None:
    assert header.same_meaning(name, ours, theirs) is same
    assert header.same_meaning(name, theirs, ours) is same
