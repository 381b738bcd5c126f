"""A changed unit gets its own old translation, and nothing gets a stranger's."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilingo.match.carry import SIMILAR, carry
from bilingo.match.scan import LONGEST, scan
from bilingo.model import Entry, Unit
from bilingo.text.fold import fold

OTHER = "譯文 translation"


def unit(text: str, msgctxt: str | None = None) -> Unit:
    return Unit(id=text, kind="paragraph", text=text, raw=text, msgctxt=msgctxt)


def pairs(new: Sequence[str], old: Sequence[str | Entry]) -> dict[str, str]:
    entries = [text if isinstance(text, Entry) else Entry(text, (OTHER,)) for text in old]
    carried = carry([unit(text) for text in new], [Entry("", ("header",)), *entries])
    return {key[1]: entry.msgid for key, entry in carried.items()}


@pytest.mark.parametrize(
    ("new", "old", "expected"),
    [
        # a changed sentence, in both languages
        (["Wash your hands well."], ["Wash your hands."], {0: 0}),
        (["乙型肝炎可以預防和治療。"], ["乙型肝炎可以預防。"], {0: 0}),
        # case, quotes, width or codes alone
        (["See <1>our guide</1>."], ["See <1>our</1> <2>guide</2>."], {0: 0}),
        (["「肝」是器官！"], ["「肝」是器官!"], {0: 0}),
        # nothing in common, though every byte of Han text begins alike
        (["乙型肝炎可以預防。"], ["請每日運動三十分鐘"], {}),
        (["Wash your hands."], ["Tuesday, 10 to 4"], {}),
        # unchanged units keep their entry; it is nobody else's
        (["Wash your hands.", "Wash your hand."], ["Wash your hands."], {}),
        # exactly at the threshold, and just below it
        (["aaaaaabbbb"], ["aaaaaacccc"], {0: 0}),
        (["肝肝肝肝肝炎炎炎炎"], ["肝肝肝肝肝病病病病"], {}),
        # the best pair first, one to one
        (["Take two blue tablets.", "Take two tablet."], ["Take two tablets."], {1: 0}),
        # moved and changed
        (["Second one here, new.", "第一段文字"], ["第一段文字", "Second one here."], {0: 1}),
        # only codes, or nothing at all
        (["<1/>"], ["<2/>"], {}),
        ([], ["Wash your hands."], {}),
        (["Wash your hands."], [], {}),
    ],
)
def test_pairs(new: list[str], old: list[str], expected: dict[int, int]) -> None:
    assert pairs(new, old) == {new[n]: old[o] for n, o in expected.items()}


@pytest.mark.parametrize(
    "entry",
    [
        Entry("Wash your hands."),
        Entry("Wash your hands.", ("洗手。", "洗手。"), msgid_plural="Wash all hands."),
        Entry("", ("Wash your hands.",)),
    ],
)
def test_entries_with_nothing_to_give(entry: Entry) -> None:
    assert pairs(["Wash your hand."], [entry]) == {}


@pytest.mark.parametrize(
    "entry",
    [
        Entry("Wash your hands.", ("洗手。",), flags=("fuzzy",)),
        Entry("Wash your hands.", ("洗手。",), obsolete=True),
        Entry("Wash your hands.", ("洗手。",), msgctxt="menu"),
    ],
)
def test_entries_that_give(entry: Entry) -> None:
    assert pairs(["Wash your hand."], [entry]) == {"Wash your hand.": "Wash your hands."}


def test_context_is_part_of_the_key() -> None:
    carried = carry([unit("Home", "menu")], [Entry("Home", ("主頁",))])
    assert {key: entry.msgstr for key, entry in carried.items()} == {("menu", "Home"): ("主頁",)}


@pytest.mark.parametrize(
    ("kept", "changed", "old"),
    [
        (("Opening hours", "Contact us"), "Room 3, first floor", "Room 2, first floor"),
        (("開放時間", "聯絡我們"), "一樓三號房間內", "一樓二號房間內"),
    ],
)
def test_the_place_decides_between_equals(kept: tuple[str, str], changed: str, old: str) -> None:
    stranger = Entry(old.replace("2", "9").replace("二", "九"), ("別處",))
    here = Entry(old, ("這裏",))
    first, last = (Entry(text, (OTHER,)) for text in kept)
    assert len(stranger.msgid) == len(old) != stranger.msgid
    for entries in ([stranger, first, here, last], [first, here, last, stranger]):
        assert pairs([kept[0], changed, kept[1]], entries) == {changed: old}


@pytest.mark.parametrize(
    ("changed", "here", "stranger"),
    [
        ("Room 3, first floor", "Room 22, first floor", "Room 9, first floor"),
        ("一樓三號房間內有輪椅借用", "一樓二十號房間內有輪椅借用", "一樓九號房間內有輪椅借用"),
    ],
)
def test_the_place_outweighs_a_letter(changed: str, here: str, stranger: str) -> None:
    old = [stranger, "Opening hours", here, "聯絡我們"]
    assert pairs(["Opening hours", changed, "聯絡我們"], old) == {changed: here}


def test_the_nearer_of_equals_elsewhere() -> None:
    kept = ["Opening hours", "開放時間", "聯絡我們"]
    old = ["第一號房間內有輪椅", *kept, "第二號房間內有輪椅"]
    new = [*kept[:2], "第三號房間內有輪椅", kept[2]]
    assert pairs(new, old) == {"第三號房間內有輪椅": "第二號房間內有輪椅"}


FIRST = "Hepatitis B spreads through blood."
SECOND = "A blood test shows whether you carry the virus, and takes about ten minutes in all."
FIRST_ZH = "乙型肝炎經血液傳染，不會因共用餐具而傳染。"
SECOND_ZH = "驗血可知有否帶菌，全程約需十分鐘，結果於兩星期後以短訊通知，毋須再次前來，費用全免。"


@pytest.mark.parametrize(
    ("new", "old"),
    [
        (f"{FIRST} {SECOND}", FIRST),  # a sentence longer than the rest was added
        (FIRST, f"{SECOND} {FIRST}"),  # or dropped
        (f"{FIRST_ZH}{SECOND_ZH}", FIRST_ZH),
        (FIRST_ZH, f"{SECOND_ZH}{FIRST_ZH}"),
    ],
)
def test_one_sentence_of_several_in_its_place(new: str, old: str) -> None:
    assert scan(fold(new), [fold(old)], SIMILAR) == ()
    assert pairs(["Before 之前", new, "After 之後"], ["Before 之前", old, "After 之後"]) == {
        new: old
    }
    # elsewhere the same resemblance proves too little
    assert pairs([new, "Before 之前"], ["Before 之前", old]) == {}
    far = [f"{letter} 無關" * 3 for letter in "甲乙丙丁戊己庚辛壬"]
    assert pairs([new], [*far, old]) == {}
    obsolete = Entry(old, (OTHER,), obsolete=True)
    assert pairs(["Before 之前", new], ["Before 之前", obsolete]) == {}


def test_obsolete_entries_that_return_are_no_neighbours() -> None:
    back = Entry("Back 又來", (OTHER,), obsolete=True)
    old, new = FIRST, f"{FIRST} {SECOND}"
    assert pairs(["Before", "Back 又來", new, "After"], ["Before", old, "After", back]) == {
        new: old
    }
    assert pairs(["Back 又來", "Before", new], ["Before", old, back]) == {new: old}


@pytest.mark.parametrize("letter", ["a", "肝"])
def test_very_long_paragraphs_are_compared_at_their_ends(letter: str) -> None:
    old, new = letter * (LONGEST + 9) + "舊", letter * (LONGEST + 9) + "新"
    assert pairs([new], [old]) == {new: old}


def test_short_labels_are_not_beginnings_of_sentences() -> None:
    assert pairs(["Note that clinics close at noon."], ["Note"]) == {}
    assert pairs(["注意診所中午休息。"], ["注意"]) == {}


@pytest.mark.parametrize(
    "sample", ["Step {} of the long way to health", "第{}步：注意飲食均衡健康"]
)
def test_many_alike_stay_in_order(sample: str) -> None:
    numbers = [chr(0x4E00 + 37 * n) for n in range(300)]
    old = [sample.format(number) for number in numbers]
    new = [text + "!" for text in old]
    assert pairs(new, old) == dict(zip(new, old, strict=True))


WORDS = st.text(alphabet="ab肝炎 𠮷", max_size=12)


@given(st.lists(WORDS, max_size=8), st.lists(WORDS, max_size=8))
def test_laws(new: list[str], old: list[str]) -> None:
    entries = [Entry(text, (OTHER,)) for text in dict.fromkeys(old)]
    carried = carry([unit(text) for text in new], entries)
    given_away = [entry.key for entry in carried.values()]
    assert len(set(given_away)) == len(given_away)
    assert set(carried) <= {(None, text) for text in new} - {entry.key for entry in entries}
    assert not set(given_away) & {(None, text) for text in new}
    for (_, text), entry in carried.items():
        assert set(fold(text)) & set(fold(entry.msgid))
    # what is left over on both sides is not similar
    rest = [entry for entry in entries if entry.key not in given_away and entry.msgid not in new]
    for text in set(new) - {key[1] for key in carried} - {entry.msgid for entry in entries}:
        assert scan(fold(text), [fold(entry.msgid) for entry in rest], SIMILAR) == ()
