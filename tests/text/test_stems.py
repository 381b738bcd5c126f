"""English words by their stems: a table of words that find each other, and of those that do not."""

from __future__ import annotations

import pytest

from bilingo.text.stems import stem

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
