"""Articles through the commands: both languages in one file, encodings, comments."""

from __future__ import annotations

from pathlib import Path

import pytest

from conftest import Site

BOTH = """\
# Free health checks

# 免費健康檢查

Our nurses will check **200 visitors** on 14 March. Please [book](https://example.org/en).

護士將於3月14日為**200名訪客**檢查。請[預約](https://example.org/zh)。

Take 2 tablets of paracetamol each day after meals.

每日飯後服用三片撲熱息痛。

Volunteers met at the pier and walked to the village together.

義工在碼頭集合，一同步行到村裏。
"""


def test_an_article_in_both_languages_goes_into_the_memory(site: Site) -> None:
    site.write("old/open-day.md", BOTH)

    result = site.run("memory", "import", "old/open-day.md")

    assert result.code == 0
    assert result.err.splitlines() == [
        "old/open-day.md:9: left out, the values differ: 2 tablets / 三片",
        "old/open-day.md: 5 units, 5 of them new",
    ]
    memory = site.read("memory/open-day.tmx")
    assert memory.count("<tu ") == 5
    assert memory.count('<prop type="x-bilingo-status">aligned</prop>') == 5
    assert "三片" not in memory
    again = site.run("memory", "import", "old/open-day.md", "--check")
    assert (again.code, again.err.splitlines()[-1]) == (
        0,
        "old/open-day.md: 5 units, 0 of them new",
    )

    best = site.run("suggest", "Please <1>book</1>.", "--json").json["matches"][0]
    assert (best["target"], best["similarity"], best["status"]) == (
        "請<1>預約</1>。",
        100,
        "aligned",
    )


def test_an_article_in_one_language_is_not_imported(site: Site) -> None:
    site.write("visit.en.md", "The guide says 「守望相助」 and means it.\n\n守望相助\n")

    result = site.run("memory", "import", "visit.en.md")

    assert result.code == 2
    assert result.err == (
        "bilingo: visit.en.md: not an article in English and Chinese, text by text (four fifths of"
        " both languages must stand in pairs; see docs/articles.md)\n"
    )
    assert not Path("memory/visit.tmx").exists()


CLINIC = "Our clinic\n\nThe clinic opens at 9 a.m. every day.\n"
CHINESE = {
    "Our clinic": "本會診所",
    "The clinic opens at 9 a.m. every day.": "診所每日上午9時開門。",
}
ENCODINGS = [
    ("utf-8", "utf-8-sig", "\n"),
    ("utf-8", "utf-8", "\r"),
    ("big5hkscs", "big5hkscs", "\r\n"),
    ("gb18030", "gb18030", "\n"),
    ("utf-16", "utf-16", "\n"),
    ("utf-16-be", "utf-16-be", "\r\n"),
]


@pytest.mark.parametrize("by", ["option", "setting"])
@pytest.mark.parametrize(("name", "codec", "newline"), ENCODINGS)
def test_encodings(site: Site, by: str, name: str, codec: str, newline: str) -> None:
    text = "舊網頁：本會的診所。\n\n" + CLINIC  # some of it is Chinese already
    raw = text.replace("\n", newline).encode(codec)
    (site.root / "articles/old").mkdir()
    (site.root / "articles/old/clinic.en.md").write_bytes(raw)
    option = ["--encoding", name] if by == "option" else []
    if by == "setting":
        site.write("bilingo.toml", f'[encodings]\n"articles/*/*.md" = "{name}"\n')

    shown = site.run("extract", "articles/old/clinic.en.md", *option)
    assert "Our clinic" in shown.out
    assert site.run("sync", "articles/old/clinic.en.md", *option).code == 0
    gaps = site.run("build", "--allow-partial", "articles/old/clinic.en.md", *option)
    assert "written with gaps" in gaps.err
    assert (site.root / "build/zh-HK/old/clinic.md").read_bytes() == raw

    for msgid, msgstr in CHINESE.items():
        site.translate(msgid, msgstr)
        text = text.replace(msgid, msgstr)
    assert site.run("build", "articles/old/clinic.en.md", *option).code == 0
    built = (site.root / "build/zh-HK/old/clinic.md").read_bytes()
    assert built == text.replace("\n", newline).encode(codec)


def test_an_encoding_that_is_not_the_files(site: Site) -> None:
    site.write("articles/clinic.en.txt", "Our clinic 診所\n")

    result = site.run("sync", "articles/clinic.en.txt", "--encoding", "gb18030")

    assert (result.code, result.err) == (
        2,
        "bilingo: articles/clinic.en.txt:1:1: not gb18030 text: it is utf-8 (leave it out)\n",
    )
    site.write("bilingo.toml", '[encodings]\n"*" = "big-6"\n')
    result = site.run("sync")
    assert result.code == 2
    assert "unknown value 'big-6' of encodings" in result.err


def test_a_character_the_encoding_lacks_is_named(site: Site) -> None:
    (site.root / "articles/clinic.en.txt").write_bytes("Our clinic 診\n\nOpen.\n".encode("big5"))
    arguments = ("articles/clinic.en.txt", "--encoding", "big5hkscs")
    site.run("sync", *arguments)
    site.translate("Open.", "開門😀。")

    result = site.run("build", "--allow-partial", *arguments)

    assert result.code == 1
    assert "articles/clinic.en.txt:3:3: big5hkscs has no '😀' (U+1F600)" in result.err
    assert not (site.root / "build/zh-HK/clinic.txt").exists()
