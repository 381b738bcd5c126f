"""A new user's day, command by command: what is printed, what is on disk, which exit code."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from conftest import SEMINAR, Site

CATALOG = "locales/zh_HK/LC_MESSAGES/articles.po"
PARAGRAPH = (
    "The seminar attracted 20 families. Mr. Lam thanked <1>all speakers</1>. It ended at 5 p.m."
)
TRANSLATION = "講座吸引20個家庭參加。林先生感謝<1>各位講者</1>。活動於下午5時結束。"
ALL = {
    "Seminar on gene therapy": "基因治療講座",
    PARAGRAPH: TRANSLATION,
    "See <1>our guide</1> for the slides.": "投影片見<1>本會指南</1>。",
}


def translate_all(site: Site) -> None:
    assert site.run("sync").code == 0
    for msgid, msgstr in ALL.items():
        site.translate(msgid, msgstr)


def test_sync_writes_a_catalog_that_gettext_accepts(site: Site) -> None:
    result = site.run("sync", "--json")

    assert result.code == 0
    assert result.json == {
        "format": 1,
        "command": "sync",
        "catalogs": [
            {
                "path": CATALOG,
                "locale": "zh-Hant-HK",
                "added": 3,
                "kept": 0,
                "filled": 0,
                "fuzzied": 0,
                "obsolete": 0,
                "changed": True,
            }
        ],
    }
    text = site.read(CATALOG)
    assert '"Language: zh_HK\\n"' in text
    assert '"Plural-Forms: nplurals=1; plural=0;\\n"' in text
    assert "#. <1> [ … ](/en/guide)" in text
    if shutil.which("msgfmt"):
        subprocess.run(["msgfmt", "-c", "-o", "/dev/null", CATALOG], check=True, cwd=site.root)


def test_a_second_sync_touches_nothing(site: Site) -> None:
    translate_all(site)
    site.run("sync")
    before = site.files(), (site.root / CATALOG).stat().st_mtime_ns

    result = site.run("sync", "--json")

    assert result.json["catalogs"][0]["changed"] is False
    assert (site.files(), (site.root / CATALOG).stat().st_mtime_ns) == before


@pytest.mark.parametrize("option", ["--check", "--diff"])
def test_check_and_diff_write_nothing(site: Site, option: str) -> None:
    before = site.files()

    result = site.run("sync", option)

    assert site.files() == before
    assert result.code == (1 if option == "--check" else 0)
    assert ("+msgid" in result.out) == (option == "--diff")
    site.run("sync")
    assert site.run("sync", option).code == 0


def test_a_changed_sentence_makes_one_entry_fuzzy_with_its_previous(site: Site) -> None:
    translate_all(site)
    article = site.read("articles/seminar.en.md")
    site.write("articles/seminar.en.md", article.replace("20 families", "30 families"))

    (row,) = site.run("sync", "--json").json["catalogs"]

    assert {k: row[k] for k in ("added", "kept", "fuzzied", "obsolete")} == {
        "added": 0,
        "kept": 2,
        "fuzzied": 1,
        "obsolete": 0,
    }
    text = site.read(CATALOG)
    assert text.count("#, fuzzy") == 1
    assert f'#, fuzzy\n#| msgid "{PARAGRAPH}"\nmsgid "{PARAGRAPH.replace("20", "30")}"' in text
    assert TRANSLATION in text


def test_what_vanishes_becomes_obsolete_and_comes_back(site: Site) -> None:
    translate_all(site)
    article = site.read("articles/seminar.en.md")
    site.write("articles/seminar.en.md", article.replace("See [our guide]", "\n```\n[our guide]"))
    site.run("sync")
    assert '#~ msgstr "投影片見<1>本會指南</1>。"' in site.read(CATALOG)

    site.write("articles/seminar.en.md", article)
    (row,) = site.run("sync", "--json").json["catalogs"]

    assert (row["kept"], row["added"], row["fuzzied"]) == (3, 0, 0)
    assert "#~" not in site.read(CATALOG)


def test_check_says_what_is_open_and_passes_when_all_is_done(site: Site) -> None:
    site.run("sync")

    result = site.run("check", "--format", "json")

    assert result.code == 1
    assert result.json["counts"] == {"entries": 3, "translated": 0, "fuzzy": 0, "untranslated": 3}
    assert {f["code"] for f in result.json["findings"]} == {"S001"}
    assert {f["path"] for f in result.json["findings"]} == {CATALOG}
    for msgid, msgstr in ALL.items():
        site.translate(msgid, msgstr)
    assert site.run("check").code == 0


def test_check_notices_an_article_that_was_not_synced(site: Site) -> None:
    translate_all(site)
    site.write("articles/seminar.en.md", site.read("articles/seminar.en.md") + "\nOne more.\n")

    result = site.run("check", "--format", "json")

    assert result.code == 1
    (finding,) = result.json["findings"]
    assert (finding["code"], finding["path"], finding["line"]) == (
        "S004",
        "articles/seminar.en.md",
        13,
    )


def test_build_writes_the_translated_article(site: Site) -> None:
    translate_all(site)

    assert site.run("build").code == 0

    assert site.read("build/zh-HK/seminar.md") == (
        '---\ntitle: "基因治療講座"\ndate: 2026-11-02\nlang: zh-Hant-HK\n---\n\n'
        "# 基因治療講座\n\n"
        "講座吸引20個家庭參加。林先生感謝**各位講者**。活動於下午5時結束。\n\n"
        "投影片見[本會指南](/en/guide)。\n"
    )
    assert (site.root / "build/locale/zh_HK/LC_MESSAGES/articles.mo").is_file()


def test_build_refuses_an_incomplete_article_unless_told(site: Site) -> None:
    site.run("sync")
    site.translate("Seminar on gene therapy", "基因治療講座")

    refused = site.run("build")

    assert refused.code == 1
    assert "untranslated" in refused.err
    assert not (site.root / "build/zh-HK/seminar.md").exists()

    assert site.run("build", "--allow-partial").code == 0
    page = site.read("build/zh-HK/seminar.md")
    assert "# 基因治療講座" in page
    assert "Mr. Lam thanked **all speakers**" in page


def test_build_never_publishes_a_broken_code(site: Site) -> None:
    translate_all(site)
    site.write(CATALOG, site.read(CATALOG).replace("<1>各位講者</1>", "<1>各位講者"))

    result = site.run("build", "--allow-partial")

    assert result.code == 1
    assert "C001" in result.err
    assert not (site.root / "build/zh-HK/seminar.md").exists()


def test_harvest_then_a_changed_sentence_is_suggested(site: Site) -> None:
    translate_all(site)
    harvested = site.run("memory", "harvest", "--json").json
    assert harvested["added"] == 6  # three units, and the three sentences of one of them
    assert site.run("memory", "harvest", "--json").json["added"] == 0

    result = site.run("suggest", "The seminar attracted 35 families.", "--json").json

    best = result["matches"][0]
    assert (result["source"], result["target"]) == ("en", "zh-Hant-HK")
    assert (best["kind"], best["target"]) == ("fuzzy", "講座吸引20個家庭參加。")
    assert best["similarity"] == 100 * (best["length"] - best["distance"]) // best["length"]
    assert best["distance"] == 2
    assert best["score"] == best["similarity"] - sum(p["points"] for p in best["penalties"])


@pytest.mark.parametrize(
    ("folder", "source", "text", "added"),
    [
        ("zh_HK", "Wash your hands.", "請洗手。", 2),  # HKMA may be English here
        ("en", "請洗手。", "Wash your hands.", 1),
    ],
)
def test_what_is_no_unit_does_not_stop_a_harvest(
    site: Site, folder: str, source: str, text: str, added: int
) -> None:
    """An empty msgid with a context, an empty context, and a text that is in the target already."""
    site.write("bilingo.toml", 'source = "en"\ntargets = ["zh-HK", "en"]\n')
    name = f"locales/{folder}/LC_MESSAGES/articles.po"
    site.write(
        name,
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
        f'msgctxt ""\nmsgid ""\nmsgstr "{text}"\n\n'
        f'msgctxt "menu"\nmsgid ""\nmsgstr "{text}"\n\n'
        f'msgctxt ""\nmsgid "{source}"\nmsgstr "{text}"\n\n'
        'msgid "HKMA"\nmsgstr "HKMA"\n',
    )
    assert site.run("memory", "harvest", name, "--json").json["added"] == added
    assert f"<seg>{text}</seg>" in site.read("memory/articles.tmx")


CONCEPT = """<conceptEntry>
<langSec xml:lang="{0}"><termSec><term>{1}</term></termSec></langSec>
<langSec xml:lang="{2}"><termSec><term>{3}</term></termSec>
<termSec><term>{4}</term>
<termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote></termSec></langSec>
<langSec xml:lang="fr"><termSec><term>x</term></termSec></langSec>
</conceptEntry>"""


def test_terms_of_another_tool_come_in_and_go_out(site: Site) -> None:
    rows = "en,zh-HK,status,note\r\nflu,流感,preferred,\r\n"
    site.write("memory/glossary.csv", rows)
    concepts = (
        CONCEPT.format("en", "carrier", "zh-HK", "帶菌者", "承運人"),
        CONCEPT.format("zh-HK", "流感", "en", "flu", "grippe"),
    )
    tbx = f"<tbx><text><body>{''.join(concepts)}</body></text></tbx>"
    site.write("agency.tbx", tbx)

    assert site.run("memory", "import", "agency.tbx", "--check").code == 1
    ran = site.run("memory", "import", "agency.tbx")

    assert ran.code == 0
    assert ran.err == ("agency.tbx: left out: terms 2 in fr\nagency.tbx: 4 terms, 3 of them new\n")
    added = "carrier,帶菌者,preferred,\r\ncarrier,承運人,forbidden,\r\ngrippe,,forbidden,\r\n"
    assert site.read("memory/glossary.csv") == rows + added
    assert site.run("memory", "export", "-o", "out.tbx").err == "4 terms\n"
    assert "0 of them new" in site.run("memory", "import", "out.tbx").err
    assert site.read("memory/glossary.csv") == rows + added
    for wrong in (("out.tbx", "x.tmx"), ("out.tbx", "--name", "x")):
        ran = site.run("memory", "import", *wrong)
        assert (ran.code, ran.err.count("\n")) == (2, 1)
    site.write("bad.tbx", tbx.replace("</tbx>", ""))
    assert "bad.tbx:" in site.run("memory", "import", "bad.tbx").err
    assert site.read("memory/glossary.csv") == rows + added


def test_the_same_memory_answers_from_chinese(site: Site) -> None:
    translate_all(site)
    site.run("memory", "harvest")

    result = site.run("suggest", "講座吸引30個家庭參加。", "--json").json

    assert (result["source"], result["target"]) == ("zh-Hant-HK", "en")
    assert result["matches"][0]["target"].strip() == "The seminar attracted 20 families."


def test_sync_fills_what_the_memory_is_sure_of(site: Site) -> None:
    translate_all(site)
    site.run("memory", "harvest")
    site.write("articles/second.en.md", "# Seminar on gene therapy\n\nSomething new.\n")
    shutil.rmtree(site.root / "locales")

    (row,) = site.run("sync", "--json").json["catalogs"]

    assert (row["filled"], row["added"]) == (3, 1)
    assert "# bilingo: " in site.read(CATALOG)
    assert "fuzzy" not in site.read(CATALOG)


def test_a_chinese_article_goes_into_the_english_catalog(site: Site) -> None:
    site.write("articles/walk.zh-HK.md", "# 海港健步行\n\n逾500人參加。林先生說：「多謝各位。」\n")

    rows = {c["locale"]: c for c in site.run("sync", "--json").json["catalogs"]}

    assert (rows["zh-Hant-HK"]["added"], rows["en"]["added"]) == (3, 2)
    assert 'msgid "海港健步行"' in site.read("locales/en/LC_MESSAGES/articles.po")
    assert "nplurals=2" in site.read("locales/en/LC_MESSAGES/articles.po")


def test_init_makes_a_project_that_works(site: Site, tmp_path: Path) -> None:
    fresh = tmp_path / "fresh"
    fresh.mkdir()

    assert site.run("-C", str(fresh), "init").code == 0
    assert site.run("-C", str(fresh), "sync").code == 0
    assert (fresh / CATALOG).is_file()
    assert site.run("-C", str(fresh), "init").code == 2


def test_syncing_one_article_leaves_the_others_alone(site: Site) -> None:
    site.write("articles/other.en.md", "# Another\n\nShared text.\n")
    site.run("sync")
    site.translate("Another", "另一篇")
    site.write("articles/seminar.en.md", "# Seminar on gene therapy\n\nShared text.\n")

    (row,) = site.run("sync", "--json", "articles/seminar.en.md").json["catalogs"]

    assert (row["kept"], row["obsolete"]) == (2, 2)
    text = site.read(CATALOG)
    assert 'msgstr "另一篇"' in text
    assert "#: articles/other.en.md articles/seminar.en.md" in text


@pytest.mark.parametrize(
    ("before", "after", "fuzzy", "note"),
    [
        ("It ended at 5 p.m.", "It  ended at 5 p.m.", False, False),
        ("It ended at 5 p.m.", "It ended at 5 P.M.", True, False),
        ("for the slides.", "for the slides!", False, True),
        ("It ended at 5 p.m.", "It ended at 6 p.m.", True, False),
        ("**all speakers**", "**all** speakers", True, False),
        ("(/en/guide)", "(/en/manual)", False, False),
    ],
)
def test_a_cosmetic_change_keeps_the_translation(
    site: Site, before: str, after: str, fuzzy: bool, note: bool
) -> None:
    translate_all(site)
    article = site.read("articles/seminar.en.md")
    assert before in article
    site.write("articles/seminar.en.md", article.replace(before, after))

    site.run("sync")

    text = site.read(CATALOG)
    assert ("#, fuzzy" in text) == fuzzy
    assert ("# bilingo: the source was" in text) == note
    assert TRANSLATION in text


def test_prefill_writes_drafts_that_wait_for_review(site: Site) -> None:
    translate_all(site)
    site.run("memory", "harvest")
    site.write("articles/new.en.md", "See [our guide](/en/guide) for the photos.\n")
    site.run("sync")
    assert "fuzzy" not in site.read(CATALOG)
    site.write("articles/new.en.md", "See [our guide](/en/guide) for the photo.\n")
    shutil.rmtree(site.root / "locales")

    (row,) = site.run("sync", "--prefill", "75", "--json").json["catalogs"]

    assert (row["filled"], row["fuzzied"]) == (3, 1)
    text = site.read(CATALOG)
    assert "% from articles/seminar.en.md\n" in text
    assert '#, fuzzy\n#| msgid "See <1>our guide</1> for the slides."\n' in text


def test_the_website_gets_its_files_under_its_names(site: Site) -> None:
    site.write(
        "bilingo.toml",
        'source = "en"\nemit = ["gettext", "flask", "hugo", "i18next", "jed", "flat"]\n',
    )
    translate_all(site)
    site.run("build")

    names = {n.removeprefix("build/") for n in site.files() if n.startswith("build/")}
    assert names == {
        ".bilingo-pages",
        "zh-HK/seminar.md",
        "locale/zh_HK/LC_MESSAGES/articles.mo",
        "locale/zh_Hant_HK/LC_MESSAGES/articles.mo",
        "i18n/zh-hant-hk.toml",
        "i18next/zh-HK/articles.json",
        "jed/zh-HK/articles.json",
        "flat/zh-Hant-HK/articles.json",
    }
    assert "基因治療講座" in site.read("build/flat/zh-Hant-HK/articles.json")


def test_the_compiled_catalog_answers_and_keeps_its_header(site: Site) -> None:
    import gettext

    translate_all(site)
    site.run("build")

    found = gettext.translation("articles", site.root / "build/locale", languages=["zh_HK"])

    assert found.gettext("Seminar on gene therapy") == "基因治療講座"
    assert found.info()["plural-forms"] == "nplurals=1; plural=0;"


def test_a_paragraph_is_put_together_from_its_sentences(site: Site) -> None:
    translate_all(site)
    site.run("memory", "harvest")
    query = "It ended at 5 p.m. The seminar attracted 20 families. Nobody knows this one."

    result = site.run("suggest", query, "--json").json

    assert result["assembly"]["text"] == (
        "活動於下午5時結束。講座吸引20個家庭參加。[Nobody knows this one.]"
    )
    assert [part["kind"] for part in result["assembly"]["parts"]] == ["exact", "exact", "gap"]
    assert result["assembly"]["whole"] is False


def test_what_differs_is_marked(site: Site) -> None:
    translate_all(site)
    site.run("memory", "harvest")

    result = site.run("suggest", "The seminar attracted 30 families.")

    assert "The seminar attracted [-20-]{+30+} families." in result.out
    assert "\x1b" not in result.out


def test_an_approved_text_that_comes_back_is_approved(site: Site) -> None:
    translate_all(site)
    article = site.read("articles/seminar.en.md")
    for changed in ("30 families", "40 families"):
        site.write("articles/seminar.en.md", article.replace("20 families", changed))
        site.run("sync")
        assert site.read(CATALOG).count("#, fuzzy") == 1

    site.write("articles/seminar.en.md", article)
    site.run("sync")

    text = site.read(CATALOG)
    assert "fuzzy" not in text
    assert f'msgid "{PARAGRAPH}"\nmsgstr "{TRANSLATION}"\n' in text


def test_a_paragraph_shared_by_two_articles_and_changed_in_one_keeps_a_draft(site: Site) -> None:
    site.write("articles/a.en.md", "Shared paragraph of two articles stands here.\n")
    site.write("articles/b.en.md", "Shared paragraph of two articles stands here.\n")
    site.run("sync")
    site.translate("Shared paragraph of two articles stands here.", "兩篇文章共用這一段。")

    site.write("articles/b.en.md", "Shared paragraph of two articles stands there.\n")
    (row,) = site.run("sync", "--json").json["catalogs"]

    assert (row["fuzzied"], row["added"]) == (1, 0)
    assert site.read(CATALOG).count("兩篇文章共用這一段。") == 2


def test_partial_and_full_syncs_agree_on_the_order(site: Site) -> None:
    site.write("articles/a.en.md", "First.\n\nSecond.\n\nShared C.\n\nShared D.\n")
    site.write("articles/b.en.md", "Shared D.\n\nShared C.\n")
    site.run("sync")
    before = site.files()

    for article in ("articles/b.en.md", "articles/a.en.md", "articles/b.en.md"):
        site.run("sync", article)
        assert site.files() == before


def test_prefill_serves_entries_that_are_open_already(site: Site) -> None:
    translate_all(site)
    site.run("memory", "harvest")
    site.write("articles/new.en.md", "See [our guide](/en/guide) for the photo.\n")
    site.run("sync")

    (row,) = site.run("sync", "--prefill", "75", "--json").json["catalogs"]

    assert row["fuzzied"] == 1
    assert site.run("sync", "--prefill", "75", "--json").json["catalogs"][0]["changed"] is False


@pytest.mark.parametrize("text", ["这个诊所于上午9时开门。", "The clinic opens at 9."])
def test_a_label_does_not_make_a_text_traditional_chinese(site: Site, text: str) -> None:
    site.write(
        "memory/x.tmx",
        '<tmx version="1.4"><header creationtool="x" creationtoolversion="1" segtype="sentence" '
        'o-tmf="x" adminlang="en" srclang="en" datatype="plaintext"/><body><tu>'
        '<tuv xml:lang="en"><seg>The clinic opens at 9.</seg></tuv>'
        f'<tuv xml:lang="zh-HK"><seg>{text}</seg></tuv></tu></body></tmx>',
    )
    site.write("articles/seminar.en.md", "The clinic opens at 9.\n")

    (row,) = site.run("sync", "--json").json["catalogs"]

    assert (row["filled"], row["added"]) == (0, 1)


def test_a_renamed_article_adds_nothing_to_the_memory(site: Site) -> None:
    translate_all(site)
    site.run("memory", "harvest")
    (site.root / "articles/seminar.en.md").rename(site.root / "articles/talk.en.md")
    site.run("sync")

    assert site.run("memory", "harvest", "--json").json["added"] == 0


def test_json_sends_no_control_characters(site: Site) -> None:
    site.write("articles/c.en.md", "A \u009b b \u202e c.\n")

    result = site.run("extract", "articles/c.en.md", "--json")

    assert "\\u009b" in result.out
    assert "\\u202e" in result.out
    assert result.json["units"][0]["text"] == "A \u009b b \u202e c."


def test_entries_of_no_article_are_not_sorted_anew(site: Site) -> None:
    site.run("sync")
    others = "".join(f'\n#: {name}\nmsgid "{name}"\nmsgstr "譯"\n' for name in ("z.py", "a.py"))
    site.write(CATALOG, site.read(CATALOG) + others)
    site.write("articles/seminar.en.md", SEMINAR + "\nOne more.\n")

    site.run("sync")

    text = site.read(CATALOG)
    assert text.endswith(others)
    assert 'msgid "One more."' in text
    assert site.run("sync", "--check").code == 0
