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


def test_a_saved_page_in_both_languages(site: Site) -> None:
    texts = [line.lstrip("# ").replace("**", "") for line in BOTH.splitlines() if line]
    body = "".join(f"<p>{text}</p>" for text in texts)
    page = f"<nav>首頁 <a>Home page</a></nav><article>{body}</article><div class=share>分享</div>"
    (site.root / "old.html").write_bytes(page.encode("big5hkscs"))

    result = site.run(
        *("memory", "import", "old.html", "--from", "webpage", "--encoding", "big5hkscs")
    )

    assert result.code == 0
    assert result.err.splitlines()[-1] == "old.html: 5 units, 5 of them new"


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


HOME = """\
{# Translators: the tab #}
<a>{{ pgettext("menu", "Home") }}</a> {{ _("Seminar on gene therapy") }}
{% trans n=n %}{{ n }} seat{% pluralize %}{{ n }} seats{% endtrans %}
"""
CODE = 'print(gettext("Please wait for %(name)s"))\n'


def test_strings_of_templates_stand_in_the_same_catalogs(site: Site) -> None:
    site.write("bilingo.toml", 'templates = ["web/**/*.html", "web/*.py"]\ntargets = ["zh-HK"]\n')
    site.write("web/pages/home.html", HOME)
    site.write("web/app.py", CODE)
    site.write("web/.cache/old.html", "{{ _('not this') }}")
    catalog = "locales/zh_HK/LC_MESSAGES/articles.po"

    assert site.run("sync").err == f"{catalog}: 6 added\n"

    text = site.read(catalog)
    assert "not this" not in text
    assert (
        '#. string\n#. the tab\n#: web/pages/home.html\nmsgctxt "menu"\nmsgid "Home"\nmsgstr ""\n'
        in text
    )
    assert (
        "#: web/pages/home.html\n#, python-format\n"
        'msgid "%(n)s seat"\nmsgid_plural "%(n)s seats"\nmsgstr[0] ""\n' in text
    )
    assert "#: articles/seminar.en.md web/pages/home.html\n" in text
    assert site.run("sync").err == f"{catalog}: 6 kept (unchanged)\n"

    site.write(catalog, text.replace('msgstr[0] ""', 'msgstr[0] "%(n)s個座位"'))
    site.translate("Home", "主頁")
    site.translate("Please wait for %(name)s", "請等候%(name)s")
    site.run("sync", "articles/seminar.en.md")  # one article: the strings stay as they are
    assert site.read(catalog).count("web/") == 4
    site.write("web/app.py", CODE.replace("Please wait", "Please wait a moment"))
    site.write("web/pages/home.html", HOME.replace("seats", "free seats"))
    assert site.run("sync").err == f"{catalog}: 4 kept, 2 fuzzied\n"
    text = site.read(catalog)
    assert (
        "#, fuzzy, python-format\n#| msgid" in text or "#, python-format, fuzzy\n#| msgid" in text
    )
    assert '#| msgid "Please wait for %(name)s"\n' in text
    assert '#| msgid_plural "%(n)s seats"\nmsgid "%(n)s seat"\n' in text
    assert 'msgid "Home"\nmsgstr "主頁"\n' in text

    (site.root / "web/pages/home.html").unlink()
    site.run("sync")
    text = site.read(catalog)
    assert '#~ msgctxt "menu"\n#~ msgid "Home"\n#~ msgstr "主頁"\n' in text
    assert '#: articles/seminar.en.md\nmsgid "Seminar on gene therapy"\n' in text
    site.write("web/pages/home.html", HOME)
    site.run("sync")
    assert 'msgid "Home"\nmsgstr "主頁"\n' in site.read(catalog)


def test_english_strings_have_two_forms(site: Site) -> None:
    site.write(
        "bilingo.toml",
        'source = "zh-HK"\ntargets = ["en"]\ntemplates = ["*.html"]\narticles = "a"\n',
    )
    site.write("home.html", '{{ ngettext("%(num)s個座位", "%(num)s個座位", n) }}')

    assert site.run("sync").code == 0

    assert 'msgid_plural "%(num)s個座位"\nmsgstr[0] ""\nmsgstr[1] ""\n' in site.read(
        "locales/en/LC_MESSAGES/articles.po"
    )


def test_a_string_that_gets_a_plural_is_open(site: Site) -> None:
    (site.root / "articles/seminar.en.md").unlink()
    site.write("bilingo.toml", 'source = "zh-HK"\ntargets = ["en"]\ntemplates = ["*.html"]\n')
    site.write("home.html", '{{ _("本會有%(num)s個座位") }}')
    site.run("sync")
    site.translate("本會有%(num)s個座位", "We have %(num)s seats", "en")
    site.write("home.html", '{{ ngettext("本會有%(num)s個空座位", "本會有%(num)s個空座位", n) }}')

    site.run("sync")

    assert 'msgid_plural "本會有%(num)s個空座位"\nmsgstr[0] ""\nmsgstr[1] ""\n' in site.read(
        "locales/en/LC_MESSAGES/articles.po"
    )


def test_templates_that_cannot_be_read(site: Site) -> None:
    site.write("bilingo.toml", 'templates = ["web/*"]\n')
    site.write("web/a.html", "{{ _('a') }}\n{% if %}")

    result = site.run("sync")

    assert result.code == 2
    assert result.err.startswith("bilingo: web/a.html:2: cannot be parsed: Expected an expression")
    site.write("web/a.html", "{{ ngettext('a', 'b', 1) }}\n{{ ngettext('a', 'c', 1) }}")
    assert site.run("sync").err == (
        "bilingo: web/a.html:1: “a” has two plurals, “b” and “c” (the other is in web/a.html:2)\n"
    )
    assert not (site.root / "locales").exists()


@pytest.mark.parametrize(
    ("source", "msgid", "msgstr", "page"),
    [
        (
            "**Free** checks",
            "<1>Free</1> checks",
            "<1>「免費」</1>檢測",
            "<strong>「免費」</strong>檢測",
        ),
        (
            "*Free* checks",
            "<1>Free</1> checks",
            "免費<1>（兩次）</1>檢測",
            "免費<em>（兩次）</em>檢測",
        ),
        ("**Free** checks", "<1>Free</1> checks", "<1>免費</1>檢測", "**免費**檢測"),
    ],
)
def test_emphasis_that_would_be_asterisks(
    site: Site, source: str, msgid: str, msgstr: str, page: str
) -> None:
    site.write("articles/checks.en.md", source + "\n")
    site.run("sync")
    site.translate(msgid, msgstr)

    assert site.run("build", "articles/checks.en.md").code == 0

    assert site.read("build/zh-HK/checks.md") == page + "\n"
