"""Articles with both languages in one file, and articles that only quote the other."""

from __future__ import annotations

from pathlib import Path

import pytest

from bilingo.formats import bilingual, by_name, by_path
from bilingo.formats.bilingual import Pair, codes_matched, split
from bilingo.model import Code, Unit
from bilingo.text import scripts

EN = [
    "Free health checks in Sham Shui Po",
    "Our nurses will check the blood pressure of 200 visitors on 14 March.",
    "Please bring your identity card and come half an hour early.",
    "How to get there",
    "The clinic is five minutes on foot from the station, beside the library.",
]
ZH = [
    "深水埗免費健康檢查",
    "本會護士將於3月14日為200名訪客量度血壓。",
    "請攜帶身份證，並提早半小時到達。",
    "交通",
    "診所位於圖書館旁邊，由車站步行五分鐘可達。",
]
HANS = [
    "深水埗免费健康检查",
    "本会护士将于3月14日为200名访客量度血压。",
    "请携带身份证，并提早半小时到达。",
    "交通",
    "诊所位于图书馆旁边，由车站步行五分钟可达。",
]
HEADINGS = (0, 3)


def markdown(texts: list[str]) -> str:
    heads = {*(EN[i] for i in HEADINGS), *(ZH[i] for i in HEADINGS), *(HANS[i] for i in HEADINGS)}
    return "\n\n".join(f"## {t}" if t in heads else t for t in texts)


def in_turn(one: list[str], other: list[str]) -> list[str]:
    return [text for pair in zip(one, other, strict=True) for text in pair]


def rows(one: list[str], other: list[str]) -> str:
    lines = [f"| {a} | {b} |" for a, b in zip(one, other, strict=True)]
    return "\n".join([lines[0], "|---|---|", *lines[1:]])


def page(one: list[str], other: list[str]) -> str:
    cells = (f"<tr><td>{a}<td lang=zh-HK>{b}" for a, b in zip(one, other, strict=True))
    return f"<html lang=en><table>{''.join(cells)}</table>"


LAYOUTS = {
    "in turn": ("markdown", markdown(in_turn(EN, ZH))),
    "Chinese first": ("markdown", markdown(in_turn(ZH, EN))),
    "Simplified": ("markdown", markdown(in_turn(EN, HANS))),
    "columns": ("markdown", rows(EN, ZH)),
    "columns of a page": ("html", page(EN, ZH)),
    "halves": ("markdown", markdown(EN) + "\n\n###\n\n" + markdown(ZH)),
    "halves with a rule": ("markdown", markdown(ZH) + "\n\n***\n\n" + markdown(EN)),
    "line by line": ("plain", "\n".join(in_turn(EN, ZH))),
    "halves of a text": ("plain", "\n\n".join(EN) + "\n\n###\n\n" + "\n\n".join(ZH)),
    "list": ("markdown", "\n".join(f"- {a}\n\n  {b}" for a, b in zip(EN, ZH, strict=True))),
    "one block": ("html", "".join(f"<p>{a}<br><br>{b}</p>" for a, b in zip(EN, ZH, strict=True))),
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_layouts(layout: str) -> None:
    name, text = LAYOUTS[layout]
    pieces = tuple(by_name(name).read(text.encode()))

    found = split(pieces)

    assert found
    chinese = HANS if layout == "Simplified" else ZH
    assert [(p.english.text, p.chinese.text) for p in found.pairs] == list(
        zip(EN, chinese, strict=True)
    )
    assert found.left == ()
    for language, texts in (("en", EN), ("zh", chinese)):
        side = bilingual.side(pieces, language)
        assert "".join(p if isinstance(p, str) else p.raw for p in side) == text
        assert [p.text for p in side if isinstance(p, Unit) and not p.skip] == texts


MONOLINGUAL = {
    "all English": markdown(EN),
    "all Chinese": markdown(ZH),
    "a quotation": markdown([*EN, ZH[1]]),
    "a proverb after each paragraph": markdown(
        in_turn([*EN[1:3], EN[4]], ["千里之行，始於足下。", "好。", "守望相助"])
    ),
    "a term list in an article": markdown(EN)
    + "\n\n"
    + rows(["Nurse", "Library"], ["護士", "圖書館"]),
    "a summary": markdown([*EN, EN[1], EN[2], "摘要", "本會護士將為訪客量度血壓。"]),
    "English names": markdown([ZH[0], "Sham Shui Po Clinic", *ZH[1:], "Hong Kong Library"]),
    "an interview": markdown(
        in_turn(
            ["What brought you here?", "Are you well?", "And your family, how are they?"],
            [
                "我在1998年到香港，當時二十三歲，隨父母住在深水埗，後來搬到元朗，在那裏讀書和工作。",
                "很好，謝謝。最近開始學習中國舞，每星期三和星期日練習，也認識了很多新朋友，大家很開心。",
                "他們都在2005年回鄉了，我每年回去兩次探望他們。母親今年八十歲，身體健康，仍然每天種菜。",
            ],
        )
    ),
    "other figures": markdown(
        in_turn(
            [f"There are {n} nurses in the clinic of ward {n}0 today." for n in range(31, 36)],
            [f"今天{n}0號病房的診所共有{n}名護士。" for n in range(41, 46)],
        )
    ),
    "a notice in both languages": markdown(
        [*in_turn(EN[:3], ZH[:3]), "The nurses told us of their work in the wards. " * 20]
    ),
    "a letter with English lines": markdown(
        [*in_turn(EN[1:3], ZH[1:3]), *(f"{name} Lam" for name in ("Ada", "Ben", "Cat", "Dan"))]
    ),
    "nothing": "",
}


@pytest.mark.parametrize("name", MONOLINGUAL)
def test_articles_in_one_language(name: str) -> None:
    assert split(tuple(by_name("markdown").read(MONOLINGUAL[name].encode()))) is None


PLACES = ["the library", "the harbour", "the village", "the market", "the station", "the temple"]
WALKS = [f"Volunteers met at the pier and walked to {place} together." for place in PLACES]
ZH_WALKS = [
    f"義工在碼頭集合，一同步行到{p}。" for p in "圖書館 海港邊 村裏去 市集去 車站去 廟宇去".split()
]


@pytest.mark.parametrize("name", [["步行完畢，大家拍照留念後回家。"], []])
def test_two_ways_that_are_as_good_are_none(name: list[str]) -> None:
    """With one text too many at the beginning, each may belong to the one before or behind."""
    text = markdown([*name, *in_turn(WALKS, ZH_WALKS)])

    found = split(tuple(by_name("markdown").read(text.encode())))

    assert (found is None) == bool(name)


def test_a_title_in_both_languages_belongs_to_neither() -> None:
    text = markdown(["Open Day 開放日", *in_turn(EN, ZH)])

    found = split(tuple(by_name("markdown").read(text.encode())))

    assert found
    assert [pair.english.text for pair in found.pairs] == EN
    assert [unit.text for unit in found.left] == ["Open Day 開放日"]


def test_what_has_no_partner_is_named_not_guessed() -> None:
    text = markdown([*in_turn(EN * 2, ZH * 2), EN[4], ZH[4][:11], ZH[4][11:]])

    found = split(tuple(by_name("markdown").read(text.encode())))

    assert found
    assert [pair.chinese.text for pair in found.pairs] == ZH * 2
    assert [unit.text for unit in found.left] == [EN[4], ZH[4][:11], ZH[4][11:]]


def test_halves_go_by_section_where_their_counts_differ() -> None:
    longer = [*ZH[:3], *ZH[3:], "診所設有輪椅通道。"]
    text = markdown(EN * 3) + "\n\n###\n\n" + markdown([*longer, *ZH, *ZH])

    found = split(tuple(by_name("markdown").read(text.encode())))

    assert found
    assert [p.chinese.text for p in found.pairs] == [*ZH[:3], *ZH, *ZH]
    assert "診所設有輪椅通道。" in [unit.text for unit in found.left]


def test_values_that_differ_are_named() -> None:
    text = markdown(in_turn(EN, [ZH[0], ZH[1].replace("200", "300"), *ZH[2:]]))

    found = split(tuple(by_name("markdown").read(text.encode())))

    assert found
    assert [pair.differ for pair in found.pairs] == ["", "200 / 300", "", "", ""]


@pytest.mark.parametrize(
    ("english", "chinese", "codes", "their_codes", "expected"),
    [
        ("A <1>b</1> <2>c</2>", "<1>丙</1>甲<2>乙</2>", "b*", "*b", "<2>丙</2>甲<1>乙</1>"),
        ("A <1>b</1>", "甲<1>乙</1>", "b", "b", "甲<1>乙</1>"),
        ("A <1>b</1>", "甲乙", "b", "", "甲乙"),
        ("A b", "甲<1>乙</1>", "", "*", "甲乙"),
        ("A <1>b</1>", "甲<1>乙</1>", "b", "*", "甲乙"),
    ],
)
def test_codes(english: str, chinese: str, codes: str, their_codes: str, expected: str) -> None:
    def unit(text: str, marks: str, address: str) -> Unit:
        known = {"b": ("[", f"]({address})"), "*": ("**", "**")}
        numbered = (Code(i, *known[m]) for i, m in enumerate(marks, 1))
        return Unit("", "paragraph", text, "", tuple(numbered))

    pair = Pair(unit(english, codes, "/en"), unit(chinese, their_codes, "/zh"))

    ours, theirs = codes_matched(pair)

    assert theirs == expected
    assert ours == (english if "<" in expected else english.replace("<1>", "").replace("</1>", ""))


def is_text(unit: Unit) -> bool:
    spoken = scripts.language_of(unit.text) != ""
    return spoken and not unit.skip and not unit.kind.startswith("meta:")


@pytest.mark.corpus
def test_real_articles(shared: Path) -> None:
    """None of the articles in one language counts as bilingual; put together, their pairs are."""
    read: dict[tuple[str, str], tuple[str | Unit, ...]] = {}
    for folder in ("articles", "multi-format", "docx"):
        for path in sorted((shared / "data" / folder).rglob("*.*")):
            if path.suffix == ".tsv":
                continue
            pieces = tuple(by_path(path.name).read(path.read_bytes()))
            assert split(pieces) is None, path
            stem, _, suffix = path.name.rpartition(".")
            slug, _, locale = stem.rpartition(".")
            read[f"{path.parent.name}/{slug}.{suffix}", locale] = pieces
    found = pairs = 0
    for (name, locale), pieces in read.items():
        ours, theirs = (
            [p for p in side if isinstance(p, Unit) and is_text(p)]
            for side in (read.get((name, "en"), ()), pieces)
        )
        if locale == "en" or len(ours) != len(theirs) or len(ours) < 3:
            continue
        true = {(id(one), id(other)) for one, other in zip(ours, theirs, strict=True)}
        both = [p for pair in zip(ours, theirs, strict=True) for p in (*pair, "\n\n")]
        for pieces_of_both in (both, [*ours, "###", *theirs]):
            bilingual_one = split(pieces_of_both)
            found += bilingual_one is not None
            for pair in bilingual_one.pairs if bilingual_one else ():
                assert (id(pair.english), id(pair.chinese)) in true
                pairs += 1
    assert found >= 80
    assert pairs >= 1900
