"""`bilingo suggest` as a translator meets it: evidence, terms, catalogs, regions, panes."""

from __future__ import annotations

import json
import os
import re
import stat
import sys
from pathlib import Path

import pytest

from bilingo.cli import screen
from bilingo.formats import tmx
from bilingo.model import TU, TUV, Context
from bilingo.text.show import width
from conftest import Site

CATALOG = "locales/zh_HK/LC_MESSAGES/articles.po"


def remember(site: Site, *units: TU, name: str = "memory/x.tmx") -> None:
    path = site.root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(tmx.write(units))


def unit(en: str, zh: str, locale: str = "zh-Hant-HK", **more: object) -> TU:
    return TU((TUV("en", en), TUV(locale, zh)), **more)  # type: ignore[arg-type]


# ---- regions and scripts


@pytest.mark.parametrize(
    ("query", "target"), [("Wash your hands.", "zh-HK"), ("请洗手。", "en")], ids=["en", "zh"]
)
def test_simplified_text_is_never_for_a_hong_kong_page(site: Site, query: str, target: str) -> None:
    remember(site, unit("Wash your hands.", "请洗手。", "zh-Hans-CN"))

    document = site.run("suggest", query, "--target", target, "--json").json

    wanted = target == "en"  # English is English, wherever its translation comes from
    assert [match["insertable"] for match in document["matches"]] == [wanted]
    if not wanted:
        reasons = [penalty["reason"] for penalty in document["matches"][0]["penalties"]]
        assert reasons == ["zh-Hans-CN text, for reference only"]


@pytest.mark.parametrize(
    ("target", "first"), [("zh-HK", "請洗手（港）。"), ("zh-TW", "請洗手（臺）。")]
)
def test_the_region_that_is_wanted_comes_first_at_equal_similarity(
    site: Site, target: str, first: str
) -> None:
    remember(
        site,
        unit("Wash your hands.", "請洗手（臺）。", "zh-Hant-TW"),
        unit("Wash your hands.", "請洗手（港）。"),
    )

    matches = site.run("suggest", "Wash your hand.", "--target", target, "--json").json["matches"]

    assert matches[0]["target"] == first
    assert matches[0]["similarity"] == matches[1]["similarity"]
    assert matches[0]["score"] > matches[1]["score"]


def test_a_draft_conversion_is_marked_and_never_insertable(site: Site) -> None:
    pytest.importorskip("opencc")
    remember(site, unit("The clinic opens.", "诊所开门。", "zh-Hans-CN"))

    (match,) = site.run("suggest", "The clinic opens.", "--json").json["matches"]
    shown = site.run("suggest", "The clinic opens.").out

    assert (match["converted"], match["insertable"]) == ("診所開門。", False)
    assert match["target"] == "诊所开门。"
    assert "draft conversion, not for insertion: 診所開門。" in shown


def test_without_the_extra_a_reference_stays_a_reference(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    from bilingo.text import conversion

    monkeypatch.setitem(sys.modules, "opencc", None)
    conversion._converter.cache_clear()
    remember(site, unit("The clinic opens.", "诊所开门。", "zh-Hans-CN"))

    (match,) = site.run("suggest", "The clinic opens.", "--json").json["matches"]
    conversion._converter.cache_clear()

    assert (match["converted"], match["insertable"]) == (None, False)


# ---- paragraphs

FIVE = [
    "Come at 9 a.m. ",
    "Bring your card. ",
    "Wait at the door for the nurse. ",
    "Sit here. ",
    "Nobody pays.",
]
五 = [
    "請於上午9時前來。",
    "請帶備證件。",
    "請在門前坐下等候護士叫名。",
    "請坐在這裏。",
    "費用全免。",
]


@pytest.mark.parametrize("chinese", [False, True], ids=["en", "zh"])
def test_one_sentence_of_five_changed_is_four_exact_parts_and_one_fuzzy(
    site: Site, chinese: bool
) -> None:
    remember(site, *(unit(en.strip(), zh) for en, zh in zip(FIVE, 五, strict=True)))
    query = "".join(五).replace("等候護士", "等候醫生") if chinese else "".join(FIVE)
    query = query.replace("the nurse", "a nurse")

    assembly = site.run("suggest", query, "--json").json["assembly"]

    kinds = [part["kind"] for part in assembly["parts"]]
    assert kinds == ["exact", "exact", "fuzzy", "exact", "exact"]
    assert assembly["whole"] is True


# ---- evidence, terms, phrases


def test_explain_shows_who_when_where_and_between_what(site: Site) -> None:
    made = unit(
        "Come in.",
        "請進。",
        context=Context("articles/a.en.md", "paragraph", "Knock.", "Sit."),
        author="mkwong",
        date="20260203T040506Z",
        origin="articles/a.en.md",
    )
    remember(site, made)

    out = site.run("suggest", "Come in.", "--explain").out

    for wanted in (
        "previous: Knock.",
        "next: Sit.",
        "by mkwong on 2026-02-03",
        "in articles/a.en.md",
        f"memory/x.tmx:5 unit {tmx.tuid(made)}",
    ):
        assert wanted in out
    assert "Knock" not in site.run("suggest", "Come in.").out


GLOSSARY = "en,zh-Hant-HK,status\ncarer,照顧者,preferred\ncarer,看護,forbidden\n"


@pytest.mark.parametrize(
    ("query", "term", "allowed", "forbidden"),
    [
        ("Two carers rest.", "carer", ["照顧者"], ["看護"]),
        ("兩位照顧者休息。", "照顧者", ["carer"], []),
    ],
    ids=["en", "zh"],
)
def test_terms_of_the_glossary_are_told(
    site: Site, query: str, term: str, allowed: list[str], forbidden: list[str]
) -> None:
    site.write("memory/glossary.csv", GLOSSARY)

    (found,) = site.run("suggest", query, "--json").json["terms"]

    assert (found["term"], found["allowed"], found["forbidden"]) == (term, allowed, forbidden)
    assert query[found["start"] : found["end"]].startswith(term)
    assert f"term: {term} → {allowed[0]}" in site.run("suggest", query).out


def test_a_forbidden_word_of_a_suggestion_is_warned_of(site: Site) -> None:
    site.write("memory/glossary.csv", GLOSSARY)
    remember(site, unit("A carer.", "一位看護。"), unit("A nurse.", "一位看護。"))

    (match, *_) = site.run("suggest", "A carer.", "--json").json["matches"]
    (other, *_) = site.run("suggest", "A nurse.", "--json").json["matches"]

    assert (match["forbidden"], other["forbidden"]) == (["看護"], [])
    assert "the glossary forbids: 看護" in site.run("suggest", "A carer.").out


@pytest.mark.parametrize(
    ("query", "phrases"),
    [
        (
            "Ask about Free Health Checks or the flu hotline when you come next week with them.",
            [("Free Health Checks", "免費健康檢查"), ("the flu hotline", "流感熱線")],
        ),
        (
            "下星期前來時請向職員查詢免費健康檢查的詳情及預約方法。",
            [("免費健康檢查", "Free health checks")],
        ),
        ("Chief health checks", []),
    ],
    ids=["en", "zh", "none"],
)
def test_known_phrases_are_shown_where_nothing_matches(
    site: Site, query: str, phrases: list[tuple[str, str]]
) -> None:
    remember(
        site,
        unit("Free health checks", "免費健康檢查"),
        unit("Health checks", "健康檢查") if "Chief" not in query else unit("ief health", "無"),
        unit("The flu hotline.", "流感熱線。"),
    )

    found = site.run("suggest", query, "--json").json["fragments"]

    shown = [(one["text"], one["translations"][0]["text"].rstrip("。")) for one in found]
    assert shown == phrases


def test_a_large_memory_tells_the_same_phrases(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    from bilingo.pipelines import memory

    remember(site, unit("Free health checks", "免費健康檢查"), unit("Flu hotline.", "流感熱線。"))
    query = "Ask about free health checks and call the flu hotline when you come next week."
    small = site.run("suggest", query, "--json").json["fragments"]
    monkeypatch.setattr(memory, "SCANNED", 0)

    assert site.run("suggest", query, "--json").json["fragments"] == small
    assert len(small) == 2


# ---- thresholds


def test_the_nearest_is_shown_where_nothing_reaches_the_threshold(site: Site) -> None:
    remember(site, unit("The clinic opens at nine.", "診所九時開門。"))
    query = "The clinic closes early today."

    assert site.run("suggest", query, "--json").json["matches"][0]["similarity"] < 75
    assert site.run("suggest", query, "--threshold", "75", "--json").json["matches"] == []


@pytest.mark.parametrize("threshold", ["59", "101", "0", "x"])
def test_a_threshold_without_sense_is_refused(site: Site, threshold: str) -> None:
    assert site.run("suggest", "a", "--threshold", threshold).code == 2


# ---- catalogs


@pytest.fixture
def catalog(site: Site) -> Site:
    remember(
        site,
        unit("Seminar on gene therapy", "基因治療研討會", origin="old.md", author="mk"),
        unit("See <1>our guide</1> for the slide.", "簡報見<1>本會指引</1>。", origin="old.md"),
    )
    (site.root / "memory/x.tmx").rename(site.root / "later.tmx")
    site.run("sync")
    (site.root / "later.tmx").rename(site.root / "memory/x.tmx")
    return site


def test_every_open_entry_is_listed_and_nothing_written(catalog: Site) -> None:
    before = catalog.files()

    ran = catalog.run("suggest", CATALOG)
    documents = list(map(json.loads, catalog.run("suggest", CATALOG, "--json").out.splitlines()))

    assert ran.code == 0
    assert f"{CATALOG}:" in ran.out
    assert "untranslated" in ran.out
    assert ran.err == f"{len(documents)} open\n"
    assert [document["entry"]["state"] for document in documents] == ["untranslated"] * 3
    assert documents[0]["matches"][0]["target"] == "基因治療研討會"
    assert catalog.files() == before


def test_apply_writes_drafts_and_says_where_from(catalog: Site) -> None:
    ran = catalog.run("suggest", CATALOG, "--apply", "90")

    text = catalog.read(CATALOG)
    assert ran.err == f"{CATALOG}: 2 drafted, 1 open entries left as they are\n"
    assert text.count("#, fuzzy") == 2
    assert "# bilingo: 100 % from old.md, mk\n" in text
    assert '#| msgid "See <1>our guide</1> for the slide."\n' in text
    assert 'msgstr "簡報見<1>本會指引</1>。"' in text
    assert catalog.run("check").code == 1  # drafts wait for people


def test_apply_never_touches_what_somebody_wrote(catalog: Site) -> None:
    title = "Seminar on gene therapy"
    catalog.translate(title, "我的譯法")
    text = catalog.read(CATALOG)
    begun = text.replace('msgid "See <1>', '#, fuzzy\nmsgid "See <1>').replace(
        'slides."\nmsgstr ""', 'slides."\nmsgstr "起了頭"'
    )
    catalog.write(CATALOG, begun)

    assert catalog.run("suggest", CATALOG, "--apply", "60").code == 0
    assert catalog.read(CATALOG) == begun


def test_apply_can_be_looked_at_before(catalog: Site) -> None:
    before = catalog.files()

    checked = catalog.run("suggest", CATALOG, "--apply", "90", "--check")
    diff = catalog.run("suggest", CATALOG, "--apply", "90", "--diff")

    assert (checked.code, diff.code) == (1, 0)
    assert '+msgstr "基因治療研討會"' in diff.out
    assert catalog.files() == before
    assert catalog.run("suggest", CATALOG, "--apply", "102", "--check").code == 0


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["text", "--apply", "80"], "--apply needs a catalog"),
        (["text", "--check"], "--check and --diff belong to --apply"),
        (["no.po"], "no.po"),
        (["broken.po"], "broken.po:"),
        (["broken.po", "--apply", "80"], "broken.po:"),
        (["text", "--target", "zz-ZZ"], "no such locale"),
    ],
)
def test_bad_input_is_one_line_and_exit_2(site: Site, arguments: list[str], says: str) -> None:
    site.write("broken.po", '<<<<<<< HEAD\nmsgid "a"\nmsgstr "b"\n')

    ran = site.run("suggest", *arguments)

    assert ran.code == 2
    assert says in ran.err
    assert "bug" not in ran.err


# ---- hostile queries

HOSTILE = {
    "empty": "",
    "spaces": " \t ",
    "tags": "<1><2/></1>",
    "emoji": "👩🏽‍⚕️🎉",
    "right to left": "مرحبا ‮abc",
    "escape": "\x1b[31mred\x1b[0m \x00 bell\x07",
    "long": "word " * 20_000,
    "long Chinese": "講座吸引家庭參加" * 5_000,
    "surrogate": "a\udcff",
    "markup": "**a _b_ [c](d",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_any_query_is_answered_and_no_control_character_sent(site: Site, name: str) -> None:
    remember(site, unit("Come \x85 in.", "請‮進。"), unit("word word", "字"))

    ran = site.run("suggest", HOSTILE[name])
    document = site.run("suggest", HOSTILE[name], "--json")

    assert (ran.code, document.code) == (0, 0)
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", ran.out + document.out)


@pytest.mark.parametrize("text", ["Read the file notes.txt", "請看 messages.po", "v" * 300 + ".md"])
def test_a_text_that_ends_like_a_file_is_a_text(site: Site, text: str) -> None:
    assert site.run("suggest", text, "--json").code == (2 if text.endswith(".md") else 0)


def test_without_a_memory_nothing_is_known(site: Site) -> None:
    assert "no match" in site.run("suggest", "Come in.").out


def test_the_same_language_on_both_sides_is_no_translation(site: Site) -> None:
    remember(site, unit("Come in.", "請進。"))

    ran = site.run("suggest", "Come in.", "--source", "en", "--target", "en", "--json")

    assert ran.json["matches"] == []


# ---- panes


@pytest.mark.parametrize("columns", [40, 80])
@pytest.mark.parametrize("colour", [False, True])
def test_no_line_is_wider_than_the_pane(columns: int, colour: bool) -> None:
    page = screen.Screen(colour=colour, columns=columns)
    text = (
        "觀塘一連兩日免費接種季節性流感疫苗，（名額有限）。" * 3
        + "a "
        + "x" * 100
        + " "
        + "word " * 30
    )

    lines = page.write([("same", "a "), ("old", text), ("new", text)], "  ", "      ").split("\n")

    plain = [re.sub(r"\x1b\[[0-9;]*m", "", line) for line in lines]
    assert max(map(width, plain)) <= columns
    assert not [line for line in plain if line.strip()[:1] in "，。）"]
    joined = "".join(line.strip() for line in plain).replace(" ", "")
    marks = "" if colour else "[-"
    assert joined.startswith(("a" + marks + text).replace(" ", "")[:200])
    assert ("\x1b[" in "".join(lines)) is colour
    assert not [line for line in lines if line.endswith(" ")]


def test_a_read_only_catalog_is_left_alone(catalog: Site) -> None:
    if os.geteuid() == 0:
        pytest.skip("root writes everywhere")
    path: Path = catalog.root / CATALOG
    path.parent.chmod(stat.S_IRUSR | stat.S_IXUSR)
    before = path.read_bytes()

    ran = catalog.run("suggest", CATALOG, "--apply", "60")
    path.parent.chmod(stat.S_IRWXU)

    assert ran.code == 2
    assert path.read_bytes() == before
