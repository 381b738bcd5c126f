"""A phrase is found where a search in every text finds it: by words, in blocks, by reading all."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest
from test_index import make, words

from bilingo.stores import index_blocks, index_words
from bilingo.stores.index import Index
from bilingo.stores.index_words import Form
from bilingo.text import stems

ODD = [
    "a\0b",
    "\ud800 lone",
    "two\nlines",
    "it's the nurse's and the nurses' ward, don't ask; rock'n'roll 'tis o'clock'",
    "l'été à l'hôpital — café/crème",
    "10% of $5.50, 1,200 of 2.5mg, no.10",
    "乙型 hepatitis B檢測b超 дом на 10樓",
    "hbv-dna_test hbv dna",
    "'",
    "...",
    "the studies studied a student's study; he is studying",
    "義工’s",
]
PARTS = [
    "乙型",
    "檢測",
    "義工",
    "𠮷",
    "肝",
    "liver",
    "hot",
    " b ",
    "a",
    "zq",
    "\0",
    "\ud800",
    "'",
    "'s",
    "s'",
    "'n'r",
    "'roll",
    "l'é",
    "été",
    "o\nl",
    "%",
    "10",
    "0%",
    "$5.5",
    "the a",
    "e t",
    " ",
    "檢測b",
    "b檢",
    "на 1",
    "_te",
]


def searchable(
    language: str, monkeypatch: pytest.MonkeyPatch, size: int
) -> tuple[list[str], Index]:
    """Texts in the order of the index, and the index with limits of all kinds that low; 0: none."""
    if size:
        monkeypatch.setattr(index_words, "LEAST", 0)
        monkeypatch.setattr(index_blocks, "BLOCK", size)
        monkeypatch.setattr(index_words, "TOP", size % 97 + 1)
        monkeypatch.setattr(index_words, "MOST", size // 4 + 1)
        monkeypatch.setattr(index_words, "WIDTH", size // 2 + 1)
        monkeypatch.setattr(index_words, "NEAR", size + 1)
    texts = [*words(3, 2000, language), *ODD]
    ordered = sorted({text for text in texts if text}, key=lambda text: (len(text), text))
    return ordered, make(texts, language)


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("size", [0, 1, 16, 700, 5_000])
def test_containing_is_a_search_in_each_text(
    language: str, size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts, index = searchable(language, monkeypatch, size)
    assert index.has(f"{language}/words") == bool(size)
    assert index.has(f"{language}/grams") == (size and language == "zh")
    rng = random.Random(4)  # noqa: S311
    pool = [*PARTS, *ODD, texts[700], texts[-1][-9:]]
    for text in (*rng.sample(texts, 90), *ODD * 9):
        at = rng.randrange(len(text))
        pool.append(text[at : at + rng.choice((1, 2, 3, 4, 9, 20))])
    for part in pool:
        wanted = [(number, text) for number, text in enumerate(texts) if part in text]
        assert list(index.containing(language, part)) == wanted, part
    assert list(index.containing(language, "")) == []
    assert list(index.containing("xx", "a")) == []


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("size", [0, 1, 16, 700, 5_000])
def test_words_of_forms_in_a_row_are_found(
    language: str, size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts, index = searchable(language, monkeypatch, size)
    rows = [[stems.stem(word) for word in stems.IN_A_ROW.findall(text)] for text in texts]
    rng = random.Random(5)  # noqa: S311
    pool = [["stud"], ["nurse", "and"], ["stud", "a"], ["he", "is", "stud"], ["don't"], ["ab"]]
    for row in (*rng.sample(rows, 60), *rows[-len(ODD) :]):
        latin = [part for part in row if stems.WORD.fullmatch(part)]
        at = rng.randrange(max(len(latin), 1))
        pool.append(latin[at : at + rng.randint(1, 3)])
    for parts in filter(None, pool):
        forms = [form(part) for part in parts]
        found = list(index.with_forms(language, forms))
        assert all(one < other for one, other in pairwise(found)), parts
        assert all(text == texts[number] for number, text in found)
        assert all(form.root in text for _, text in found for form in forms)
        wanted = {
            number
            for number, row in enumerate(rows)
            if any(row[at : at + len(parts)] == parts for at in range(len(row)))
        }
        assert wanted <= {number for number, _ in found}, parts
        if size > len(texts) and language == "en":
            assert wanted == {number for number, _ in found}, parts  # no other is read
    assert list(index.with_forms("xx", [form("a")])) == []
    assert list(index.with_forms(language, [])) == []


@pytest.mark.parametrize("language", ["en", "zh"])
def test_of_a_long_phrase_few_words_are_read(
    language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However long it is: places of all its words would fill the memory."""
    monkeypatch.setattr(index_words, "LEAST", 0)
    long = " ".join(f"word{number % 40} of the" for number in range(150))
    index = make([*words(3, 300, language), long, f"{long} {long}"], language)
    numbers, read = index_words.Words._numbers, []
    monkeypatch.setattr(
        index_words.Words,
        "_numbers",
        lambda self, name, *bounds: read.append(name) or numbers(self, name, *bounds),
    )
    assert [text for _, text in index.containing(language, long[3:-3])] == [long, f"{long} {long}"]
    assert 0 < read.count("places") <= 2 * index_words.RAREST


def form(stem: str) -> Form:
    return Form(stems.root(stem), lambda word: stems.stem(word) == stem)


BROKEN = {
    "a place too low": (index_words.Words, "_text"),
    "a range too short": (index_words, "_within"),
    "a word too few": (index_words.Words, "_having"),
    "a beginning too few": (index_words.Words, "_beginning"),
}


@pytest.mark.parametrize("what", BROKEN)
def test_a_wrong_word_is_caught(what: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The laws above can fail."""
    where, name = BROKEN[what]
    right = getattr(where, name)

    def wrong(self: object, *given: object) -> object:
        found = right(self, *given)
        return max(found - 1, 0) if isinstance(found, int) else list(found)[:-1]

    monkeypatch.setattr(where, name, wrong)
    with pytest.raises((AssertionError, IndexError)):
        test_containing_is_a_search_in_each_text("en", 16, monkeypatch)


@pytest.mark.parametrize("what", ["gram", "cut", "stretches"])
def test_a_wrong_block_is_caught(what: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if what == "gram":
        pairs = index_blocks._pairs
        monkeypatch.setattr(index_blocks, "_pairs", lambda texts: pairs(texts[1:]))
    elif what == "cut":
        cut = index_blocks.cut
        monkeypatch.setattr(index_blocks, "cut", lambda *given: list(cut(*given))[1:])
    else:
        monkeypatch.setattr(
            index_blocks.Blocks, "stretches", lambda self, found, first, end: [(0, end - first - 1)]
        )
    with pytest.raises((AssertionError, IndexError)):
        test_containing_is_a_search_in_each_text("zh", 700, monkeypatch)
