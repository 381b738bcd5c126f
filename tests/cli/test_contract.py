"""The JSON contract of docs/json.md, whole documents compared."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from conftest import Site

DOCS = Path(__file__).parent.parent.parent / "docs" / "json.md"
PASTED = """\
義工隊探訪長者
- 海港健康基金會
- Nov 20
- 3 min read

義工上月探訪了20位長者。「多謝你們！」李婆婆說。

Comments
"""
TMX = """<?xml version="1.0" encoding="UTF-8"?>
<tmx version="1.4"><header creationtool="x" creationtoolversion="1" segtype="sentence" \
o-tmf="x" adminlang="en" srclang="en" datatype="plaintext"/><body>
<tu changedate="20260102T030405Z"><tuv xml:lang="en"><seg>The clinic opens at 9 a.m.</seg></tuv>\
<tuv xml:lang="zh-HK"><seg>診所於上午9時開門。</seg></tuv></tu>
<tu><tuv xml:lang="en"><seg>The clinic opens at 8 a.m.</seg></tuv>\
<tuv xml:lang="zh-CN"><seg>诊所于上午8时开门。</seg></tuv></tu>
</body></tmx>
"""


def test_extract(site: Site) -> None:
    site.write("visit.zh-HK.txt", PASTED)

    document = site.run("extract", "visit.zh-HK.txt", "--json").json

    ids = [unit.pop("id") for unit in document["units"]]
    assert len(set(ids)) == 2
    assert document == {
        "format": 1,
        "command": "extract",
        "path": "visit.zh-HK.txt",
        "locale": "zh-Hant-HK",
        "units": [
            {
                "kind": "title",
                "text": "義工隊探訪長者",
                "line": 1,
                "column": 1,
                "msgctxt": None,
                "note": "",
                "segments": ["義工隊探訪長者"],
            },
            {
                "kind": "paragraph",
                "text": "義工上月探訪了20位長者。「多謝你們！」李婆婆說。",
                "line": 6,
                "column": 1,
                "msgctxt": None,
                "note": "",
                "segments": ["義工上月探訪了20位長者。", "「多謝你們！」李婆婆說。"],
            },
        ],
        "skipped": [
            {"text": "海港健康基金會", "line": 2, "reason": "byline"},
            {"text": "Nov 20", "line": 3, "reason": "date"},
            {"text": "3 min read", "line": 4, "reason": "reading time"},
            {"text": "Comments", "line": 8, "reason": "comments"},
        ],
    }


def test_suggest(site: Site) -> None:
    site.write("memory/penalty-10/old.tmx", TMX)

    document = site.run("suggest", "The clinic opens at 9 a.m.", "--json").json

    first = {
        "kind": "exact",
        "score": 90,
        "similarity": 100,
        "distance": 0,
        "length": 26,
        "bonus": 0,
        "penalties": [{"points": 10, "reason": "memory/penalty-10"}],
        "source": "The clinic opens at 9 a.m.",
        "target": "診所於上午9時開門。",
        "locale": "zh-Hant-HK",
        "origin": "x",
        "memory": "memory/penalty-10/old.tmx",
        "status": "approved",
        "insertable": True,
        "adapted": None,
        "converted": None,
        "forbidden": [],
        "evidence": {
            "previous": "",
            "next": "",
            "article": "",
            "author": "",
            "date": "20260102T030405Z",
            "tuid": "",
            "line": 3,
            "segtype": "sentence",
        },
    }
    second = document["matches"].pop(1)
    assert document == {
        "format": 1,
        "command": "suggest",
        "source": "en",
        "target": "zh-Hant-HK",
        "query": "The clinic opens at 9 a.m.",
        "matches": [first],
        "segments": [],
        "assembly": None,
        "terms": [],
        "fragments": [],
    }
    assert second["locale"] == "zh-Hans-CN"
    assert second["insertable"] is False
    assert (second["distance"], second["length"], second["similarity"]) == (1, 26, 96)


def test_values_carried_over(site: Site) -> None:
    site.write("memory/old.tmx", TMX)
    query = "The clinic opens at 10:30 a.m."

    (match, *_) = site.run("suggest", query, "--json").json["matches"]

    assert match["adapted"] == {
        "text": "診所於上午10時30分開門。",
        "pieces": [{"start": 3, "end": 11, "old": "上午9時", "new": "上午10時30分"}],
    }
    assert match["target"] == "診所於上午9時開門。"
    assert {"points": 5, "reason": "other values: 9 a.m. → 10:30 a.m."} in match["penalties"]
    shown = site.run("suggest", query).out
    assert "values carried over: 診所於[-上午9時-]{+上午10時30分+}開門。" in shown


def test_a_draft_has_the_values_of_its_article(site: Site) -> None:
    site.write("memory/old.tmx", TMX)
    site.write("articles/seminar.en.md", "The clinic opens at 8 a.m.\n")

    site.run("sync", "--prefill", "75")

    catalog = site.read("locales/zh_HK/LC_MESSAGES/articles.po")
    assert "values changed: 上午9時 → 上午8時" in catalog.replace('"\n"', "")
    assert '#, fuzzy\n#| msgid "The clinic opens at 9 a.m."' in catalog
    assert 'msgstr "診所於上午8時開門。"' in catalog


def test_simplified_text_is_never_filled_in(site: Site) -> None:
    site.write("memory/cn.tmx", TMX)
    site.write("articles/seminar.en.md", "The clinic opens at 8 a.m.\n")

    (row,) = site.run("sync", "--json").json["catalogs"]

    assert (row["added"], row["filled"]) == (1, 0)


def test_several_queries_are_one_document_a_line(site: Site, monkeypatch: Any) -> None:
    import io

    monkeypatch.setattr("sys.stdin", io.StringIO("One.\n\n二。\n"))

    lines = site.run("suggest", "-", "--json").out.splitlines()

    assert [re.search(r'"source": "([^"]+)"', line)[1] for line in lines] == ["en", "zh-Hant-HK"]


def keys(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield key
            if key not in ("locales", "status"):
                yield from keys(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from keys(inner)


@pytest.mark.parametrize(
    "arguments",
    [
        ["extract", "articles/seminar.en.md"],
        ["sync"],
        ["check"],
        ["suggest", "The clinic opens at 9 a.m."],
        ["memory", "import", "x.tmx", "--name", "y"],
        ["memory", "search", "clinic"],
        ["memory", "stats"],
        ["memory", "harvest"],
    ],
)
def test_every_key_is_documented(site: Site, arguments: list[str]) -> None:
    site.write("memory/old.tmx", TMX)
    site.write("x.tmx", TMX)

    document = site.run(*arguments, "--json").json

    assert document["format"] == 1
    assert document["command"] == " ".join(arguments[: 2 if arguments[0] == "memory" else 1])
    undocumented = {key for key in keys(document) if f'"{key}"' not in DOCS.read_text()}
    assert undocumented == set()
