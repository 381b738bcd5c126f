"""Articles through the commands: both languages in one file, encodings, comments."""

from __future__ import annotations

from pathlib import Path

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
