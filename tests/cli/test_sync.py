"""What `sync` does to a translation when its text, its markup or its place changes."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from bilingo.formats import by_name, markdown_text, po
from bilingo.model import Entry, Unit
from conftest import Site

CATALOG = {
    "en": "locales/zh_HK/LC_MESSAGES/articles.po",
    "zh-HK": "locales/en/LC_MESSAGES/articles.po",
}
OTHER = {"en": ("劑量", "dose"), "zh-HK": ("dose", "劑量")}


def synced(site: Site, language: str, before: str, after: str, setting: str = "") -> Entry:
    """The entry of a translated paragraph after an edit of it."""
    site.write("bilingo.toml", f'source = "en"\ntargets = ["zh-Hant-HK", "en"]\n{setting}\n')
    (site.root / "articles/seminar.en.md").unlink()
    site.write(f"articles/dose.{language}.md", before + "\n")
    assert site.run("sync").code == 0
    name = CATALOG[language]
    site.write(
        name, re.sub(r'(msgid ".+\nmsgstr )""', rf'\1"{OTHER[language][0]}"', site.read(name))
    )
    site.write(f"articles/dose.{language}.md", after + "\n")
    assert site.run("sync").code == 0
    live = [e for e in po.read(site.read(name).encode()).entries if not e.obsolete and e.msgid]
    (entry,) = live
    assert entry.msgstr == (OTHER[language][0],)
    return entry


KEEP = 'on_markup = "keep"'
MARKUP = [
    ("en", "Take 5 mg a day.", "Take **5 mg** a day.", "", True),
    ("en", "Take 5 mg a day.", "Take **5 mg** a day.", KEEP, False),
    ("zh-HK", "每日服用5毫克。", "每日服用[5毫克](/dose)。", KEEP, False),
    ("en", "Measure the CO2 here.", "Measure the CO<sub>2</sub> here.", KEEP, True),
    ("zh-HK", "每日服用5毫克。", "每日服用~~5~~毫克。", KEEP, True),
    ("en", "About 105 cells were found.", "About 10<sup>5</sup> cells were found.", KEEP, True),
    ("en", "Take **5 mg** a day.", "Take ~~5 mg~~ a day.", KEEP, False),  # so does the translation
    ("en", "See [it](/a) now.", "See [it](/b) now.", "", False),
    ("en", "See [it](/a) now.", "See [it](/b) now.", 'on_link = "fuzzy"', True),
    ("zh-HK", "見[此](/a)文。", "見[此](/b)文。", 'on_link = "fuzzy"', True),
]


@pytest.mark.parametrize(("language", "before", "after", "setting", "fuzzy"), MARKUP)
def test_markup_is_graded_by_what_it_does(
    site: Site, language: str, before: str, after: str, setting: str, fuzzy: bool
) -> None:
    entry = synced(site, language, before, after, setting)
    assert entry.fuzzy == fuzzy
    assert (entry.previous is not None) == fuzzy


def test_a_link_that_leads_elsewhere_can_be_noted(site: Site) -> None:
    entry = synced(site, "en", "See [it](/a) now.", "See [it](/b) now.", 'on_link = "note"')
    assert not entry.fuzzy
    assert entry.comments == ("bilingo: there was <1> [ … ](/a)",)


def dates(site: Site) -> str:
    return po.field(po.read(site.read(CATALOG["en"]).encode()).header, "PO-Revision-Date")


def test_the_revision_date_is_that_of_the_last_translation(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.write("articles/seminar.en.md", "One paragraph of text.\n\nAnother one.\n")

    def sync(day: int) -> str:
        monkeypatch.setenv("SOURCE_DATE_EPOCH", str(1793600000 + 86400 * day))
        assert site.run("sync").code == 0
        return dates(site)

    first = sync(0)
    assert first.startswith("2026-")  # a new catalog has one: empty, Babel could not read it
    site.translate("One paragraph of text.", "一段文字。")
    site.write("articles/seminar.en.md", "One paragraph of text.\n\nAnother one.\n\nNew.\n")
    assert sync(1) == first  # only open entries came
    site.write("articles/seminar.en.md", "One paragraph of text.\n\nNew.\n")
    assert sync(2) == first  # only an open one went
    site.write("articles/seminar.en.md", "One paragraph of texts.\n\nNew.\n")
    third = sync(3)
    assert third > first  # a translation waits for review
    before = site.files()
    assert sync(4) == third
    assert site.files() == before


TEXTS = {
    "en": ["The clinic opens at nine.", "Bring your card.", "Call us today.", "Entry is free."],
    "zh-HK": ["診所於九時開門。", "請帶備身份證。", "請今日致電。", "費用全免。"],
}


@pytest.mark.parametrize("language", TEXTS)
def test_ids_survive_an_inserted_paragraph(language: str) -> None:
    def ids(*paragraphs: str) -> dict[str, str]:
        raw = "\n\n".join(paragraphs).encode()
        units = (p for p in by_name("markdown").read(raw) if isinstance(p, Unit))
        return {unit.text: unit.id for unit in units}

    *texts, new = TEXTS[language]
    before = ids(*texts)
    for place in range(len(texts) + 1):
        after = ids(*texts[:place], new, *texts[place:])
        assert {text: after[text] for text in texts} == before


@pytest.mark.parametrize("language", TEXTS)
@pytest.mark.parametrize("form", ["moved", "heading", "another article", "html", "context"])
def test_translations_move_with_their_text(site: Site, language: str, form: str) -> None:
    """However an article is read the next time, a text that is still there keeps what it has."""
    *texts, new = TEXTS[language]
    name, catalog = f"articles/page.{language}.md", CATALOG[language]
    (site.root / "articles/seminar.en.md").unlink()
    site.write(name, "\n\n".join(texts))
    assert site.run("sync").code == 0
    for n, text in enumerate(texts):
        site.translate(text, f"{OTHER[language][0]} {n}", Path(catalog).parts[1])
    match form:
        case "moved":
            site.write(name, "\n\n".join([new, *texts[::-1]]))
        case "heading":
            site.write(name, "\n\n".join([new, f"# {texts[0]}", f"- {texts[1]}", texts[2]]))
        case "another article":
            site.write(name, new)
            site.write(f"articles/other.{language}.md", "\n\n".join(texts))
        case "html":
            (site.root / name).unlink()
            site.write(
                f"articles/page.{language}.html", "".join(f"<p>{t}</p>" for t in [*texts, new])
            )
        case "context":  # as an earlier extraction may have told them apart
            site.write(name, "\n\n".join([*texts, new]))
            site.write(catalog, re.sub(r'(msgid "[^"])', r'msgctxt "page"\n\1', site.read(catalog)))
    assert site.run("sync").code == 0
    found = po.by_key(po.read(site.read(catalog).encode()).entries)
    for n, text in enumerate(texts):
        entry = found[None, text]
        assert (entry.msgstr, entry.fuzzy) == ((f"{OTHER[language][0]} {n}",), False)
    assert not any(found[None, new].msgstr)


def test_a_link_out_of_the_folder_is_told(site: Site) -> None:
    outside = site.write("elsewhere/outside.en.md", "Not ours.\n")
    (site.root / "articles/outside.en.md").symlink_to(outside)
    (site.root / "articles/folder").symlink_to(outside.parent)
    (site.root / "articles/same.en.md").symlink_to("seminar.en.md")
    (site.root / "articles/broken.zh-HK.md").symlink_to("nothing")
    (site.root / "articles/notes").symlink_to(outside)
    for command in ("sync", "build"):
        result = site.run(command, "-q")
        told = [line for line in result.err.splitlines() if "left out" in line]
        assert told == [
            f"bilingo: articles/{name}: left out: a link that leads out of the folder of articles"
            for name in ("broken.zh-HK.md", "folder", "outside.en.md")
        ]
        assert "Not ours" not in site.read(CATALOG["en"])


@pytest.mark.parametrize("old", ["", 'msgid "Other"\nmsgstr "其他"\n'])
def test_a_catalog_without_a_header_gets_one_when_it_changes(site: Site, old: str) -> None:
    site.write(CATALOG["en"], old or 'msgid "Fax"\nmsgstr ""\n')
    assert site.run("sync").code == 0
    catalog = po.read(site.read(CATALOG["en"]).encode())
    assert po.charset(catalog.header) == "UTF-8"
    assert po.field(catalog.header, "Language") == "zh_HK"
    assert po.field(catalog.header, "PO-Revision-Date")
    assert catalog.entries[0].is_header
    assert old in site.read(CATALOG["en"])
    before = site.files()
    assert site.run("sync").code == 0
    assert site.files() == before


def test_a_catalog_without_a_header_is_left_when_nothing_changes(site: Site) -> None:
    assert site.run("sync").code == 0
    text = site.read(CATALOG["en"]).partition("\n\n")[2]
    site.write(CATALOG["en"], text)
    assert site.run("sync").code == 0
    assert site.read(CATALOG["en"]) == text


def test_syncs_at_the_same_time_write_what_one_writes(site: Site) -> None:
    command = [sys.executable, "-m", "bilingo", "-C", str(site.root), "sync", "-q"]
    for number in range(3):
        site.write("articles/seminar.en.md", f"Paragraph {number}.\n\n第{number}段。\n")
        running = [subprocess.Popen(command, stderr=subprocess.PIPE) for _ in range(4)]
        said = [process.communicate()[1] for process in running]
        # one that lost the race found what it was to write, or says that nothing is lost
        codes = {process.returncode for process in running}
        assert codes <= {0, 2}, said
        assert all(b"changed on disk meanwhile" in text for text in said if text)
        assert not list(site.root.rglob(".*bilingo*"))
        before = site.files()
        assert site.run("sync").code == 0
        assert site.files() == before


def test_catalogs_behind_a_link(site: Site) -> None:
    """A folder that is a link inside the project is written through; one that leads out is not."""
    (site.root / "translations").mkdir()
    (site.root / "locales").symlink_to("translations")
    assert site.run("sync").code == 0
    assert (site.root / "locales").is_symlink()
    assert (site.root / "translations/zh_HK/LC_MESSAGES/articles.po").is_file()
    (site.root / "locales").unlink()
    outside = site.root.parent / f"{site.root.name}-outside"
    outside.mkdir()
    (site.root / "locales").symlink_to(outside)
    result = site.run("sync")
    assert (result.code, result.err.count("\n")) == (2, 1)
    assert "outside of the project" in result.err
    assert not list(outside.iterdir())


@pytest.mark.parametrize("text", ["One **paragraph** of text.", "一段**文字**。"])
def test_a_text_that_is_left_out_is_told_of(
    site: Site, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    # No article is known whose text is not found; then a reader is made that does not find it.
    site.write("articles/lost.en.md", f"# Title\n\n> {text}\n")
    told = "articles/lost.en.md:3: left out: a text that cannot be located in the source\n"
    assert told not in site.run("sync").err
    place = markdown_text.place
    monkeypatch.setattr(
        markdown_text, "place", lambda *a: None if a[0].endswith(text[-3:]) else place(*a)
    )
    result = site.run("sync")
    assert result.code == 0
    assert result.err.count(told) == 1
    assert "located" not in result.out
    site.translate("Title", "標題")
    built = site.run("build", "articles/lost.en.md")
    why = "not built: articles/lost.en.md:3: a text that cannot be located in the source\n"
    assert built.code == 1
    assert why in built.err
    assert site.run("build", "articles/lost.en.md", "--allow-partial").code == 0


TWINS = [
    # the live translation, obsolete ones of the same text, does the text stay, is an entry live
    ("en", "新譯", ("舊譯",), False),
    ("en", "新譯", ("舊譯", "更舊的譯法"), False),
    ("en", "", ("舊譯",), True),
    ("en", "", ("舊譯", "更舊的譯法"), False),
    ("zh-HK", "the new one", ("the old one",), False),
    ("zh-HK", "", ("the old one", "an older one"), True),
]


@pytest.mark.parametrize(("language", "live", "obsolete", "stays"), TWINS)
def test_obsolete_entries_of_a_live_text_lose_nothing(
    site: Site, language: str, live: str, obsolete: tuple[str, ...], stays: bool
) -> None:
    site.write("bilingo.toml", 'source = "en"\ntargets = ["zh-Hant-HK", "en"]\n')
    (site.root / "articles/seminar.en.md").unlink()
    text = "Four beds are free." if language == "en" else "尚餘四個牀位。"
    site.write(f"articles/beds.{language}.md", text + "\n")
    assert site.run("sync").code == 0
    name = CATALOG[language]
    written = (
        site.read(name)
        .replace('msgstr ""\n', f'msgstr "{live}"\n')
        .replace(f'msgid ""\nmsgstr "{live}"\n', 'msgid ""\nmsgstr ""\n', 1)
    )
    written += "".join(f'\n#~ msgid "{text}"\n#~ msgstr "{one}"\n' for one in obsolete)
    site.write(name, written)
    if not stays:
        site.write(f"articles/beds.{language}.md", "Else.\n" if language == "en" else "別的。\n")

    assert site.run("sync").code == 0

    after = site.read(name)
    entries = [e for e in po.read(after.encode()).entries if e.msgid == text]
    assert len(entries) == 1
    assert entries[0].obsolete is not stays
    assert entries[0].msgstr == (live or obsolete[0],)
    assert all(said in after for said in (live, *obsolete))
    assert site.run("sync").code == 0
    assert site.read(name) == after


@pytest.mark.parametrize("known", ["memory", "catalog"])
@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("Opening hours", "Opening hours\n", "開放時間\n"),
        ("Opening hours\n", "Opening hours", "開放時間"),
        ("Opening hours", "\nOpening hours\n", "\n開放時間\n"),
    ],
)
def test_a_translation_has_the_line_breaks_of_its_source(
    site: Site, old: str, new: str, said: str, known: str
) -> None:
    """`msgfmt -c` refuses others; and what somebody wrote without them is an error."""
    page = "{{% trans %}}{}{{% endtrans %}}"
    site.write("bilingo.toml", 'templates = ["web/*.html"]\ntargets = ["zh-HK"]\n')
    (site.root / "articles/seminar.en.md").unlink()
    site.write("web/a.html", page.format(old))
    site.run("sync")
    catalog = "locales/zh_HK/LC_MESSAGES/articles.po"
    found = po.read(site.read(catalog).encode())
    entry = replace(found.entries[-1], msgstr=("開放時間\n" * (old[-1] == "\n") or "開放時間",))
    site.write(catalog, po.edit(found, [*found.entries[:-1], entry]).decode())
    assert site.run("check").code == 0
    if known == "memory":
        site.run("memory", "harvest")
        (site.root / catalog).unlink()
    site.write("web/a.html", page.format(new))
    site.run("sync")
    found = po.read(site.read(catalog).encode())
    live = next(e for e in found.entries if e.msgid and not e.obsolete)
    assert (live.msgid, live.msgstr, live.fuzzy) == (new, (said,), False)
    assert site.run("check").code == 0

    wrong = [replace(e, msgstr=("開放時間" if "\n" in new else "\n開放時間",)) for e in [live]]
    site.write(catalog, po.edit(found, [*found.entries[:1], *wrong]).decode())
    ran = site.run("check")
    assert ran.code == 1
    assert ": error U005 a line break at the " in ran.out


BIG5 = [
    # article, translation in the memory, an open text beside it, what Big5 has not
    ("en", "The eatery is open.", "𡃁仔茶餐廳開門。", "Please come.", "𡃁", "U+210C1"),
    ("zh-HK", "茶餐廳開門。", "The café is open.", "請來。", "é", "U+00E9"),
]


@pytest.mark.parametrize(("language", "text", "said", "other", "char", "code"), BIG5)
def test_a_match_the_charset_cannot_hold_is_left_out(
    site: Site, language: str, text: str, said: str, other: str, char: str, code: str
) -> None:
    """An offer of the memory stops nothing; a text of an article does, and both are named."""
    target = {"en": "zh-Hant-HK", "zh-HK": "en"}[language]
    site.write("bilingo.toml", f'source = "{language}"\ntargets = ["{target}"]\n')
    (site.root / "articles/seminar.en.md").unlink()
    site.write(f"articles/a.{language}.md", f"{text}\n")
    site.run("sync")
    site.translate(text, said, CATALOG[language].split("/")[1])
    site.run("memory", "harvest")
    (site.root / CATALOG[language]).unlink()
    site.write(f"articles/a.{language}.md", f"{other}\n")
    site.run("sync")
    path = site.root / CATALOG[language]
    path.write_bytes(site.read(CATALOG[language]).replace("UTF-8", "Big5").encode("big5"))

    site.write(f"articles/a.{language}.md", f"{other}\n\n{text}\n")
    for arguments in (
        ("sync",),
        ("sync", "--prefill", "75"),
        ("suggest", CATALOG[language], "--apply", "75"),
    ):
        ran = site.run(*arguments)
        assert ran.code == 0
        assert ran.err.count(f"{CATALOG[language]}: “{text}” is left open: '{char}' ({code})") == 1
        entries = po.read(path.read_bytes()).entries
        assert {e.msgid: e.msgstr for e in entries if e.msgid} == {text: ("",), other: ("",)}

    (site.root / "memory/articles.tmx").unlink()
    before = site.files()
    site.write(f"articles/a.{language}.md", f"{text}\n\n{text} {char}\n")
    ran = site.run("sync")
    assert (ran.code, ran.err.count("\n")) == (2, 1)
    assert f"{CATALOG[language]}: " in ran.err
    assert f" of “{text} {char}” is not in Big5 (convert the catalog" in ran.err
    assert site.files()[CATALOG[language]] == before[CATALOG[language]]


@pytest.mark.parametrize(
    ("language", "text"), [("en", "The nurse is in today"), ("zh-HK", "護士今日全日在診所")]
)
def test_a_second_line_of_flags_stays_one(site: Site, language: str, text: str) -> None:
    (site.root / "articles/seminar.en.md").unlink()
    site.write(f"articles/a.{language}.md", f"{text}.\n")
    site.run("sync")
    name = CATALOG[language]
    flagged = f'#= no-wrap, own\nmsgid "{text}."\n'
    site.write(name, site.read(name).replace(f'msgid "{text}."\n', flagged))
    site.translate(f"{text}.", "好", name.split("/")[1])
    site.write(f"articles/a.{language}.md", f"{text} 2.\n")
    site.run("sync")
    assert f'#, fuzzy\n#= no-wrap, own\n#| msgid "{text}."\n' in site.read(name)
