"""Han and Latin, Traditional and Simplified."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bilingo.text import scripts


def characters(hits: Iterable[tuple[int, str]]) -> str:
    return "".join(character for _, character in hits)


@pytest.mark.parametrize("ch", "一龥々〇㐀𠀀﨎𰻞")
def test_han(ch: str) -> None:
    assert scripts.is_han(ch)


@pytest.mark.parametrize("ch", "aＡ1。「のカ가①é　")
def test_not_han(ch: str) -> None:
    assert not scripts.is_han(ch)


def test_han_count() -> None:
    assert scripts.han_count("香港 Hong Kong，二〇二五！") == 6


LANGUAGES = [
    ("2 min read", "en"),
    ("Hepatitis B", "en"),
    ("20 families of 地中海貧血", "en"),
    ("What is 乙型肝炎？", "en"),
    ("The meaning of 孝", "en"),
    ("Our slogan is “關愛肝臟，由你我做起！” in Chinese.", "en"),
    ("See <1>the leaflet</1>", "en"),
    ("香港", "zh"),
    ("Dr. Chan 說…", "zh"),
    ("app 下載", "zh"),
    ("Hepatitis B 乙型肝炎", "zh"),
    ("《Nature》雜誌", "zh"),
    ("今年的主題是「Love your liver and be well」。", "zh"),
    ("電郵：info@charity.example，網址：https://charity.example/what-is-it", "zh"),
    ("每月$50 起", "zh"),
    ("<1>请登记</1>", "zh"),
    ("", ""),
    ("2024", ""),
    ("<1/> 12:30 – 14:00", ""),
    ("https://charity.example/about", ""),
    ("info@charity.example", ""),
    ("東京の駅で会う", ""),
    ("……！", ""),
]


@pytest.mark.parametrize(("text", "language"), LANGUAGES)
def test_language(text: str, language: str) -> None:
    assert scripts.language_of(text) == language


SCRIPTS = [
    ("我們提供免費檢測。", "Hant"),
    ("我们提供免费检测。", "Hans"),
    ("我們提供免费检测。", "mixed"),
    (
        "我們提供免費檢測服務，歡迎長者與家屬親臨診所查詢詳細資訊，護士將會為您講解檢測程序及結果"
        * 2
        + "会",
        "Hant",
    ),
    ("中文", ""),
    ("Free tests", ""),
]


@pytest.mark.parametrize(("text", "script"), SCRIPTS)
def test_script(text: str, script: str) -> None:
    assert scripts.script_of(text) == script


SIMPLIFIED = [
    ("我们的医院", "们医"),
    ("他們參与了", "与"),
    ("说着说着便笑了", "说说"),  # 着 is written in Hong Kong
    ("衞生署、衛生署、家裏、家裡、說、説、台灣、臺灣", ""),
    ("皇后、公里、批准、只有、面對、若干、余先生、范醫生、上游、公布、系統", ""),
    ("東京の駅で会う。国際会議", "国会"),  # the first stretch is Japanese
    ("約翰・史密斯会来", "会来"),  # a middle dot is no kana
    ("Free tests", ""),
]
TRADITIONAL = [
    ("我們的醫院", "們醫"),
    ("基金會昨日举行", "會"),
    ("乾隆皇帝与乾坤，瞭望台，藉口", ""),
    ("我们提供免费检测", ""),
    ("東京の駅", ""),
    ("后来，面条，里面", ""),
]


@pytest.mark.parametrize(("text", "expected"), SIMPLIFIED)
def test_simplified_only(text: str, expected: str) -> None:
    assert characters(scripts.simplified_only(text)) == expected


@pytest.mark.parametrize(("text", "expected"), TRADITIONAL)
def test_traditional_only(text: str, expected: str) -> None:
    assert characters(scripts.traditional_only(text)) == expected


MIXED = st.text(alphabet="们們医醫中文の。a", max_size=40)


@given(MIXED)
def test_hits_stand_where_they_say_and_sets_do_not_meet(text: str) -> None:
    hans, hant = scripts.simplified_only(text), scripts.traditional_only(text)
    assert all(text[offset] == character for offset, character in hans + hant)
    assert not {character for _, character in hans} & {character for _, character in hant}


HOSTILE = ["“", '("', "a@", "www.", "好a", "の好", "a-", "（", "a_", "们の"]


@pytest.mark.parametrize("shape", HOSTILE)
def test_hostile_text(shape: str) -> None:
    text = shape * (100_000 // len(shape))
    assert scripts.language_of(text) in ("en", "zh", "")
    assert scripts.script_of(text) == ""


@pytest.mark.corpus
def test_shared_leaks(shared: Path) -> None:
    with (shared / "cases/script_leak.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    found = 0
    for row in rows:
        of_other = scripts.traditional_only if "Hans" in row["locale"] else scripts.simplified_only
        hits = characters(of_other(row["text"]))
        assert set(hits) <= set(row["leaked"] or "")  # nothing clean is flagged
        found += bool(hits)
    assert found >= 8  # the others need words


@pytest.mark.corpus
@pytest.mark.parametrize(("pattern", "script"), [("*zh-Hant*", "Hant"), ("*zh-Hans*", "Hans")])
def test_shared_articles(shared: Path, pattern: str, script: str) -> None:
    for path in (shared / "data/articles/opensource-guide").glob(pattern):
        text = path.read_text(encoding="utf-8")
        assert scripts.script_of(text) == script
        strays = scripts.simplified_only if script == "Hant" else scripts.traditional_only
        assert len(strays(text)) <= scripts.han_count(text) / 500


PIECES = (
    *'中的了。，「」（）()×÷ーカあabB /@_.“"1é²ªßÄǀ—々〇㐀\n',
    *(
        " a ",
        " the ",
        "www.a.b",
        "https://a.b/c",
        "x@y.z",
        "你好嗎",
        "WHO ",
        "é ",
        "\U00020000",
        "한",
    ),
)


@given(st.lists(st.sampled_from(PIECES)).map("".join))
@settings(max_examples=1000)
def test_what_is_told_at_a_look_weighs_the_same(text: str) -> None:
    assert scripts._at_a_look(text) in ("", scripts._weighed(text))


def test_most_texts_are_told_at_a_look() -> None:
    assert scripts._at_a_look("Bring it, and see www.charity.example.") == "en"
    assert scripts._at_a_look("請帶同身份證（正本），14:00 前到達。") == ""
    assert scripts._at_a_look("請帶同身份證，14:00 前到達。") == "zh"
