"""`check` in a project: places in catalog and article, the memory, checks of others."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from bilingo import checks
from bilingo.checks import CHECKS, Setting
from bilingo.model import Entry
from bilingo.pipelines import checked, memory, remembered
from conftest import Site

CATALOG = "locales/zh_HK/LC_MESSAGES/articles.po"
DOSES = "# Doses\n\nTake 5 mg.\n\n- Drink water.\n"
TMX = """\
<?xml version="1.0" encoding="UTF-8"?>
<tmx version="1.4"><header creationtool="x" creationtoolversion="1" segtype="block" o-tmf="x"
 adminlang="en" srclang="*all*" datatype="plaintext"/><body>
<tu segtype="block"><tuv xml:lang="en"><seg>Drink water.</seg></tuv>
<tuv xml:lang="zh-Hant-HK"><seg>多喝水。</seg></tuv></tu>
</body></tmx>
"""


@pytest.fixture
def doses(site: Site) -> Site:
    """A page in the catalog, all of it translated, one dose wrong."""
    (site.root / "articles/seminar.en.md").unlink()
    site.write("bilingo.toml", 'source = "en"\ntargets = ["zh-Hant-HK"]\n')
    site.write("articles/doses.en.md", DOSES)
    site.run("sync")
    site.translate("Doses", "劑量")
    site.translate("Take 5 mg.", "每次服50毫克。")
    site.translate("Drink water.", "喝水。")
    return site


def findings(site: Site, *arguments: str) -> dict[str, dict[str, object]]:
    document = site.run("check", *arguments, "--format", "json").json
    return {finding["code"]: finding for finding in document["findings"]}


@pytest.mark.parametrize("arguments", [(), (CATALOG,)])
def test_a_finding_knows_both_places(doses: Site, arguments: tuple[str, ...]) -> None:
    found = findings(doses, *arguments)["V001"]
    line = doses.read(CATALOG).split("\n")[int(str(found["line"])) - 1]
    assert line[int(str(found["column"])) - 1 :] == '50毫克。"'
    assert (found["start"], found["end"]) == (3, 7)
    assert (found["article"], found["article_line"], found["article_column"]) == (
        "articles/doses.en.md",
        3,
        1,
    )


def test_an_article_that_is_gone_has_no_place(doses: Site) -> None:
    (doses.root / "articles/doses.en.md").unlink()
    found = findings(doses, CATALOG)["V001"]
    assert (found["article"], found["article_line"], found["article_column"]) == ("", 0, 0)


def test_what_is_not_in_the_catalog_is_found_in_the_article(doses: Site) -> None:
    doses.write("articles/doses.en.md", DOSES + "- Rest.\n")
    found = findings(doses)["S004"]
    assert (found["path"], found["line"], found["column"]) == ("articles/doses.en.md", 6, 3)
    assert (found["article"], found["article_line"]) == ("articles/doses.en.md", 6)


@pytest.mark.parametrize("scanned", [memory.SCANNED, 0])
def test_the_memory_is_held_against_the_catalog(
    doses: Site, scanned: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Read whole where it is small, looked up in its index where it is not."""
    monkeypatch.setattr(memory, "SCANNED", scanned)
    assert "N003" not in findings(doses)
    doses.write("memory/penalty-10/old.tmx", TMX)
    assert "N003" not in findings(doses)
    doses.write("memory/approved.tmx", TMX)
    assert findings(doses)["N003"]["message"] == "the memory has “多喝水。”"
    assert "N003" not in findings(doses, CATALOG)  # a catalog alone is looked at by itself
    doses.write("memory/approved.tmx", TMX.replace("zh-Hant-HK", "zh-Hans-CN"))
    assert "N003" not in findings(doses)


@pytest.mark.parametrize(
    ("name", "locale"), [("site.po", "zh_CN"), ("site.po", "zh_HK"), ("site.zh_TW.po", "zh_CN")]
)
def test_a_catalog_anywhere_says_its_locale(site: Site, name: str, locale: str) -> None:
    """By its name where that tells, else by its header."""
    text = f'msgid ""\nmsgstr "Language: {locale}\\n"\n\nmsgid "Salt"\nmsgstr "盐"\n'
    site.write(f"elsewhere/{name}", text)
    assert ("R001" in findings(site, f"elsewhere/{name}")) == (
        name != "site.po" or locale != "zh_CN"
    )


def test_a_catalog_that_says_no_locale(site: Site) -> None:
    site.write("elsewhere/site.po", 'msgid "Salt"\nmsgstr "鹽"\n')
    result = site.run("check", "elsewhere/site.po")
    assert result.code == 2
    assert "cannot tell the locale" in result.err
    assert "Language: in its header" in result.err


@pytest.mark.parametrize("command", [("check",), ("diff", "articles.po")])
def test_a_compiled_catalog_is_named(doses: Site, command: tuple[str, ...]) -> None:
    (doses.root / "articles.po").write_bytes(doses.read(CATALOG).encode())
    (doses.root / "articles.mo").write_bytes(b"\xde\x12\x04\x95" + bytes(24))
    result = doses.run(*command, "articles.mo")
    assert result.code == 2
    assert "compiled catalog (.mo) (give the .po" in result.err


def test_jobs_change_nothing(doses: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checked, "_EACH", 1)
    one, *others = (doses.run("check", "--json", "--jobs", jobs) for jobs in ("1", "2", "0"))
    assert "V001" in one.out
    assert one.json["findings"]
    assert all(other == one for other in others)
    assert doses.run("check", "--jobs", "-1").code == 2


def test_a_lost_placeholder_stops_the_build_of_its_article(site: Site) -> None:
    site.write("articles/greeting.en.md", "Hello {name}.\n")
    site.write("articles/other.en.md", "Goodbye.\n")
    (site.root / "articles/seminar.en.md").unlink()
    site.write("bilingo.toml", 'source = "en"\ntargets = ["zh-Hant-HK"]\n')
    site.run("sync")
    site.translate("Hello {name}.", "{名字}，你好。")
    site.translate("Goodbye.", "再見。")
    result = site.run("build")
    assert result.code == 1
    assert "articles/greeting.en.md:1: P001" in result.out + result.err
    assert not (site.root / "build/zh-HK/greeting.md").exists()
    assert site.read("build/zh-HK/other.md") == "再見。\n"


@pytest.mark.parametrize("name", ["sarif", "junit"])
def test_formats_for_servers(doses: Site, name: str) -> None:
    result = doses.run("check", "--format", name)
    assert result.code == 1
    assert "V001" in result.out


def test_github_under_github_actions(doses: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    assert doses.run("check").out.startswith("::error file=locales/")
    assert not doses.run("check", "--format", "text").out.startswith("::")


def test_a_check_of_your_own(doses: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The example of docs/checks.md, installed as a package is."""
    page = Path(__file__).parents[2] / "docs" / "checks.md"
    own = page.read_text(encoding="utf-8").partition("## A check of your own")[2]
    code, points = re.findall(r"```\w*\n(.*?)```", own.partition("\n## ")[0], re.DOTALL)
    package = tmp_path / "packages"
    doses.write("packages/house.py", code)
    entry = points.partition('[project.entry-points."bilingo.checks"]\n')[2].replace('"', "")
    doses.write("packages/house-1.0.dist-info/METADATA", "Name: house\nVersion: 1.0\n")
    doses.write("packages/house-1.0.dist-info/entry_points.txt", f"[bilingo.checks]\n{entry}")
    monkeypatch.syspath_prepend(package)
    assert "H001" not in CHECKS
    assert "H001" not in findings(doses)
    doses.write(CATALOG, doses.read(CATALOG).replace("劑量", "您的劑量"))
    found = findings(doses)["H001"]
    assert (found["level"], found["excerpt"]) == ("warning", "您")


@pytest.mark.usefixtures("remembers")
def test_no_cache_says_the_same(doses: Site) -> None:
    """To the byte, in every format; and leaves nothing behind."""
    for name in ("text", "json", "sarif", "junit", "github"):
        line = ("check", CATALOG, "--format", name)
        cold = doses.run(*line, "--no-cache")
        assert cold.code == 1
        assert not (doses.root / ".bilingo").exists()
        assert [doses.run(*line), doses.run(*line)] == [cold, cold]
        shutil.rmtree(doses.root / ".bilingo")
    assert doses.run("check") == doses.run("check") == doses.run("check", "--no-cache")


@pytest.mark.usefixtures("remembers")
def test_no_cache_does_not_believe(doses: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was kept, and is wrong, is not asked; nor is it written."""
    cold = doses.run("check", CATALOG, "--no-cache")
    doses.run("check", CATALOG)
    before = doses.files()
    nothing = remembered.Seen([], {"entries": 3}, [], [])
    monkeypatch.setattr(remembered, "report", lambda *_: nothing)
    assert doses.run("check", CATALOG).code == 0
    assert doses.run("check", CATALOG, "--no-cache") == cold
    assert doses.files() == before


@pytest.mark.usefixtures("remembers")
@pytest.mark.parametrize("translation", ["劑量。", "藥量"])
def test_sync_leaves_what_is_known(
    translation: str, doses: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An entry that `sync` keeps, in a catalog that it rewrites, is not looked at again."""
    doses.run("check", CATALOG)
    doses.write(
        "articles/doses.en.md", DOSES.replace("Drink", "New this week 本週.\n\n- Drink much")
    )
    assert doses.run("sync").code == 0
    doses.translate("New this week 本週.", translation)
    looked_at: list[str] = []
    found_by = checks.found_by

    def spied(entries: list[Entry], codes: list[str], setting: Setting) -> Iterator[object]:
        if "V001" in codes:
            looked_at.extend(entry.msgid for entry in entries)
        return found_by(entries, codes, setting)

    monkeypatch.setattr(checks, "found_by", spied)
    warm = doses.run("check", CATALOG)
    assert sorted(looked_at) == ["Drink much water.", "New this week 本週."]
    assert warm == doses.run("check", CATALOG, "--no-cache")
