"""Numbers in words, what the ends of a range share, and a value in the style of another."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilingo.text.values import completed, find
from bilingo.text.values.restyle import restyle
from bilingo.text.values.spell import MOST_WORDS, han, ordinal, ordinal_words, row, words


@given(st.integers(1, 10**12 - 1))
def test_a_han_numeral_is_read_as_what_it_writes(number: int) -> None:
    (value, *more) = find(f"共{han(number)}個")

    assert not more
    assert value.amount == number


@given(st.integers(1, MOST_WORDS))
def test_an_english_number_is_read_as_what_it_writes(number: int) -> None:
    for written in (words(number), ordinal_words(number), ordinal(number)):
        (value,) = find(f"the {written} nurses")
        assert (value.amount, value.end) == (number, 4 + len(written))


@pytest.mark.parametrize(
    ("number", "expected"),
    [(0, "零"), (2, "二"), (10, "十"), (15, "十五"), (20, "二十"), (105, "一百零五"),
     (110, "一百一十"), (1_050, "一千零五十"), (20_000, "兩萬"), (100_000, "十萬"),
     (120_034, "十二萬零三十四"), (300_000_005, "三億零五")],
)  # fmt: skip
def test_han(number: int, expected: str) -> None:
    assert han(number) == expected


def test_a_row_of_digits_keeps_its_zero() -> None:
    assert (row("2025"), row("2005", "〇")) == ("二零二五", "二〇〇五")


@pytest.mark.parametrize("number", [-1, 100, 10**12])
def test_what_is_not_written_in_words(number: int) -> None:
    with pytest.raises(ValueError, match=str(number)):
        words(number)
    if number != 100:
        with pytest.raises(ValueError, match=str(number)):
            han(number)


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("16–18 April 2025", [(2025, 4, 16), (2025, 4, 18)]),
        ("2025年4月16日至5月2日", [(2025, 4, 16), (2025, 5, 2)]),
        ("2025年12月30日至1月2日", [(2025, 12, 30), (None, 1, 2)]),
        ("9–11 a.m.", [(9, 0, 1), (11, 0, 1)]),
        ("11–1 p.m.", [(11, 0, 1), (13, 0, 1)]),
        ("上午9時至11時", [(9, 0, 1), (11, 0, 1)]),
        ("上午11時至1時", [(11, 0, 1), (13, 0, 1)]),
        ("晚上11時至2時", [(23, 0, 1), (2, 0, 0)]),
        ("下午2時；11時", [(14, 0, 1), (11, 0, 0)]),
    ],
)
def test_the_ends_of_a_range_share(text: str, amounts: list[tuple[int | None, ...]]) -> None:
    assert [value.amount for value in completed(text, find(text)) if value.unit == ""] == amounts


@pytest.mark.parametrize(
    ("text", "amount", "like", "expected"),
    [
        ("20 beds", 1500, "1500", "1500"),
        ("20 beds", 1500, "1,500", "1,500"),
        ("20張病牀", 1500, "fifteen hundred", "1,500"),
        ("1,200張病牀", 1500, "1500", "1,500"),
        ("20張病牀", Fraction(5, 2), "2.50", "2.50"),
        ("20張病牀", Fraction(1, 3), "1/3", None),
        ("007張病牀", 8, "8", None),
        ("半年", 3, "3", None),
        ("一百萬人", 2_500_000, "2.5 million", "二百五十萬"),
        ("100萬人", 2_500_000, "2.5 million", "250萬"),
        ("100萬人", 250_000_000, "250 million", "2.5億"),
        ("2 million people", 3_000_000_000, "30億", "3 billion"),
        ("two million people", 3_000_000, "300萬", "three million"),
        ("Two nurses", 12, "12", "Twelve"),
        ("two nurses", 120, "120", "120"),
        ("a dozen nurses", 24, "24", None),
        ("twice", 3, "3", None),
    ],
)
def test_style(text: str, amount: Fraction, like: str, expected: str | None) -> None:
    from dataclasses import replace

    (value,) = find(text)

    written = restyle(text, value, replace(value, amount=Fraction(amount)), like)

    assert written == expected
