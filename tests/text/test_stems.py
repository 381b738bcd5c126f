"""English words by their stems: a table of words that find each other, and of those that do not."""

from __future__ import annotations

import pytest

from bilingo.text.stems import IN_A_ROW, WORD, stem

ALIKE = """
vaccinate vaccinated vaccination vaccinations vaccinating vaccine vaccines Vaccine's
donate donates donated donating donation donations
test tests tested testing
study studies studied studying
plan plans planned planning
class classes
add added adding
clinic clinics
nurse nurses nursing
family families
register registers registered registering registration registrations
administer administered administration
"""
APART = "state station, care carer, bus bush, bring br, visit visitor, pass past, poster post"


@pytest.mark.parametrize("words", ALIKE.split("\n")[1:-1])
def test_forms_of_one_word_have_one_stem(words: str) -> None:
    assert len({stem(word) for word in words.split()}) == 1


@pytest.mark.parametrize("words", APART.split(", "))
def test_other_words_have_another(words: str) -> None:
    assert len({stem(word) for word in words.split()}) == 2


@pytest.mark.parametrize("words", ALIKE.split("\n")[1:-1])
def test_a_stem_begins_its_words(words: str) -> None:
    """The concordance looks for the stem as a piece of text first."""
    for word in words.lower().split():
        assert word.startswith(stem(word))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("the nurse's and the nurses' ward", ["the", "nurse's", "and", "the", "nurses", "ward"]),
        ("Rock’n’roll, 'tis l'été", ["Rock’n’roll", "tis", "l'été"]),
        ("2.5 mg of B12, 10% off, $5", ["2", "5", "mg", "of", "B", "12", "10%", "off", "$5"]),
        ("乙型hepatitis B檢測", ["乙型", "hepatitis", "B", "檢測"]),
        ("hbv-dna_test — дом", ["hbv", "dna", "test", "дом"]),
    ],
)
def test_what_stands_in_a_row(text: str, words: list[str]) -> None:
    assert IN_A_ROW.findall(text) == words
    assert WORD.findall(text) == [word for word in words if WORD.fullmatch(word)]
