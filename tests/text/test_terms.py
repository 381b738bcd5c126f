"""Terms in English and Chinese text."""

from __future__ import annotations

import pytest

from bilingo.text import terms

ENGLISH = (
    "carrier;chairman;Acting Chairman;First People’s Hospital;MOU;vaccinate;study"
    ";child;woman;life;analysis;foot;兒童"
)
INDEX = terms.terms(f"{ENGLISH};肝炎;乙型肝炎;T恤".split(";"))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Carriers carry.", ["carrier"]),
        ("the carrier's bag", ["carrier"]),
        ("Carry a bag, carriage.", []),
        ("the Acting Chairman", ["Acting Chairman"]),
        ("the chairman, acting", ["chairman"]),
        ("at first people's hospitals", ["First People’s Hospital"]),
        ("MOU and MOUs", ["MOU", "MOU"]),
        ("mou", []),
        ("vaccinated, vaccinating", ["vaccinate", "vaccinate"]),
        ("studies", ["study"]),
        ("Children’s ward, women and chairmen", ["child", "woman", "chairman"]),
        ("Two lives, two analyses, healthy feet", ["life", "analysis", "foot"]),
        ("the analyst lived alone, womanly", []),
        ("兒童及婦女", ["兒童"]),
        ("患乙型肝炎者", ["乙型肝炎"]),
        ("肝炎及乙型肝炎", ["肝炎", "乙型肝炎"]),
        ("紀念t恤", ["T恤"]),
        ("", []),
    ],
)
def test_find(text: str, found: list[str]) -> None:
    hits = terms.find(text, INDEX)
    assert [term for _, _, term in hits] == found
    assert all(0 <= start < end <= len(text) for start, end, _ in hits)


def test_no_terms() -> None:
    assert terms.find("肝炎 carrier", terms.terms(())) == []
