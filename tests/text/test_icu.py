"""Patterns of ICU as patterns of the standard library."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilingo.errors import BilingoError
from bilingo.text import icu

MATCHES = [
    (r"\p{Lu}\p{Ll}+", "Élan", "élan"),
    (r"[\p{Han}\p{Nd}]{2}", "第１", "第一二"),
    (r"\P{Han}", "a", "陳"),
    (r"[^\p{L}]", "1", "陳"),
    (r"[\P{L}x]", "x", "y"),
    (r"\p{^Han}", "a", "陳"),
    (r"\p{IsHan}\p{script=Han}\pL", "陳大文", "陳大1"),
    (r"\x{9673}\u5927\x61", "陳大a", "陳大b"),
    (r"a\hb", "a\u3000b", "a\nb"),
    (r"[]a]", "]", "b"),
    (r"[\[\]a\-z]", "-", "b"),
    (r"[a~|&]+", "a~|&", "b"),
    (r"(?i)dr\.", "DR.", "DX."),
    (r"陳(?i)dr", "陳DR", "陳DX"),
    (r"(?:A|b(?i)c|d)E", "DE", "De"),
    (r"(?:b(?i)c|d)|E", "D", "e"),
    (r"(?<name>a)(b)", "ab", "a"),
    (r"(?:a|bc){1}d?", "bcd", "b"),
    (r"(?>a+)b", "aab", "aa"),
    (r"[.。]++x", "..。x", "x"),
    (r"(?<!a)b", "b", "ab"),
]


@pytest.mark.parametrize(("pattern", "yes", "no"), MATCHES)
def test_matches(pattern: str, yes: str, no: str) -> None:
    translated, _ = icu.translate(pattern)
    assert re.fullmatch(translated, yes)
    assert not re.fullmatch(translated, no)


REFUSED = [
    *("(a+)+", "(?:a*)*b", "(?:a|b)+", "(?:a?){2,}", "((a)+)*", "(?:(?:a|b)){3}", "(?:陳+。)+"),
    *(r"(a)\1", r"\k<n>", r"\p{Latin1}", "[a[b]]", "[a-z&&[b]]", "[a", "\\", r"\q", r"\x{110000}"),
    *("(?", "(?~a)", "a" * (icu.LONGEST + 1)),
]


@pytest.mark.parametrize("pattern", REFUSED, ids=lambda pattern: pattern[:12])
def test_refused(pattern: str) -> None:
    with pytest.raises(BilingoError):
        icu.translate(pattern)


@pytest.mark.parametrize("name", ["L", "Lo", "Lu", "Ll", "Nd", "P", "S", "So", "Sk", "Zs", "Han"])
def test_everyday_properties_are_those_of_the_usual_characters(name: str) -> None:
    usual = "aZé9 中国㐂。，「Ｈ１\ufffc\u3000“—1€½™→²😷🏽"

    assert icu.is_everyday(usual)
    for pattern in (rf"\p{{{name}}}", rf"\P{{{name}}}"):
        whole, everyday = (
            re.compile(icu.translate(pattern, everyday=choice)[0]) for choice in (False, True)
        )
        assert whole.findall(usual) == everyday.findall(usual)


WIDTHS = [
    ("", 0),
    ("Mr|Messrs", 6),
    (r"\p{Lu}\.", 2),
    ("a+", icu.REACH),
    ("陳{2,5}。", 6),
    ("(?:ab){3}c?", 7),
    ("(?:a|bcd)(?:e|fg)", 5),
]


@pytest.mark.parametrize(("pattern", "width"), WIDTHS)
def test_width(pattern: str, width: int) -> None:
    assert icu.translate(pattern)[1] == width


@given(
    st.characters(max_codepoint=0x33FFF),
    st.sampled_from(["L", "Lu", "Ll", "Lo", "N", "Nd", "P", "Po", "Pe", "Zs", "So", "Cf"]),
)
def test_categories_are_those_of_unicodedata(character: str, name: str) -> None:
    inside = unicodedata.category(character).startswith(name)
    assert bool(re.fullmatch(f"[{icu.property_ranges(name)}]", character)) == inside
    assert bool(re.fullmatch(f"[{icu.property_ranges(name, True)}]", character)) != inside


@given(st.text(alphabet="ab()[]{}|*+?\\.^$,1pPL<!=:-陳", max_size=20))
def test_odd_patterns_compile_or_are_refused(pattern: str) -> None:
    try:
        translated, width = icu.translate(pattern)
        compiled = re.compile(translated)
    except (BilingoError, re.error):
        return
    found = compiled.search("aab1陳。b(a)[b]{1}")
    assert found is None or len(found.group()) <= width
