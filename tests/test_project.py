"""Settings that are read without tomllib."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bilingo.project import plain_table

PIECES = st.sampled_from(
    """source targets a-b 1 = "en" "zh-Hant-HK" "中文" "a,b" "a\\"b" 'x' "" 75 075 0 -1 1_0 7.5 true
    [ ] , [a] # { } \\ "# " " 2026-01-01 \x01 \u00e9 = = \n \n""".split(" ")
) | st.sampled_from([" ", "\n", "\t", "\r", 'a = "b"\n', 'c = ["d", "e"]\n', "f = 60\n", "# g\n"])
TEXTS = st.lists(PIECES, max_size=10).map("".join)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            'source="en"\ntargets=["zh-Hans-CN","en"]',
            {"source": "en", "targets": ["zh-Hans-CN", "en"]},
        ),
        ('# 設定\n\nsrx = "規則.srx"\nthreshold = 70\n', {"srx": "規則.srx", "threshold": 70}),
        ('a = "x" # why', None),
        ('a = "x\\n"', None),
        ('a = "x"\na = "y"', None),
        ("[tool.bilingo]", None),
        ("a = 070", None),
    ],
)
def test_plain_settings(text: str, expected: dict[str, object] | None) -> None:
    assert plain_table(text) == expected


@given(TEXTS)
@settings(max_examples=1000)
def test_they_are_read_as_tomllib_reads_them(text: str) -> None:
    table = plain_table(text)
    assert table is None or table == tomllib.loads(text)
