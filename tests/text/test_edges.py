"""What a look at the ends of a pattern tells, held against the pattern itself."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bilingo.errors import BilingoError
from bilingo.text import icu, srx
from bilingo.text.edges import Look, edges

# pattern: first, last but one, last; * for anything
TABLE = [
    (r"(?<![A-Za-z])(?:Dr|Mrs?)\.", "D M", "r s", "."),
    (r"[AaPp]\.\s?[Mm]\.", "A a P p", "M m", "."),
    (r"\.\s\p{Nd}{1,3}\.", ".", "Nd", "."),
    (r"[.!…]++[\"”]*+(?:\[\p{Nd}{1,3}\])?", ". ! …", "*", '. ! … " ” ]'),
    (r"(?:^|。)「[^「」]*[！？]」", "。 「", "！ ？", "」"),
    (r"\s*\p{Han}", r"\s Han", "*", "Han"),
    (r"陳|李大", "陳 李", "*", "陳 大"),
    (r"[\n\u2028]++", "\n \u2028", "*", "\n \u2028"),
    *((p, "*", "*", "*") for p in ("", "a?", "(?i)a", "[^a]", "[a-c]", r"\w", ".", r"\x{4e00}")),
    (r"a{0,2}b", "a b", "*", "b"),
    (r"(?:好|the)", "好 t", "*", "好 e"),
    (r"[]。]", "] 。", "*", "] 。"),
]


@pytest.mark.parametrize(("pattern", "first", "prior", "last"), TABLE)
def test_table(pattern: str, first: str, prior: str, last: str) -> None:
    expected = tuple(None if e == "*" else frozenset(e.split(" ")) for e in (first, prior, last))

    assert edges(pattern)[:3] == expected


ITEMS = st.sampled_from(
    r"""a b the No Mr 陳 。 「 \. \[ \] \s \s* \s+ \p{Lu} \p{Nd}{1,3} \p{Han} \P{Ll} [。！] [^。\s]
    [.!?]++ [「\p{Han}]* [a-c] ^ $ \b . ? * {0,2} {2} | ( (?: (?<! (?= (?! ) )? (?i) \n \x61
    \u9673 []a] [\]b] -""".split()
)
PATTERNS = st.lists(ITEMS, max_size=8).map("".join)
TEXTS = st.lists(st.sampled_from([*"ab ABc陳大。！「」.!?[]1\n-", "the", "No", "Mr"]), max_size=12)


@given(PATTERNS, PATTERNS, TEXTS.map("".join))
@settings(max_examples=1000)
def test_where_it_says_no_nothing_matches(before: str, after: str, text: str) -> None:
    try:
        pattern = re.compile(f"(?:{icu.translate(before)[0]})(?={icu.translate(after)[0]})")
    except (BilingoError, re.error):
        return
    look = Look(text)
    for start in range(len(text) + 1):
        if found := pattern.match(text, start):
            assert look.fits(before, after)
            assert look.fits(before, after, found.end())


RULES = [rule for group in srx.default().rules.values() for rule in group]
NEAR = st.lists(
    st.sampled_from(
        [*"。｡！？!?.…「」”’）)〕》\"＂'[]（(：: \n,，1aA陳", "Mr", "No", "a.m.", "Room"]
    ),
    max_size=14,
)


@given(NEAR.map("".join), st.sampled_from(RULES))
@settings(max_examples=1000)
def test_our_own_rules(text: str, rule: srx.Rule) -> None:
    look = Look(text)
    for found in srx._break(rule.before, rule.after, False).finditer(text):
        assert look.fits(rule.before, rule.after)
        assert look.fits(rule.before, rule.after, found.end())


def test_most_rules_fit_nowhere_in_a_text() -> None:
    """Else there would be nothing to gain."""
    for text in ("He came. She left.", "內核6.7 好嗎?你對這個版本"):
        look = Look(text)
        assert sum(look.fits(rule.before, rule.after) for rule in RULES) < 12
