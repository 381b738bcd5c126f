"""What `build` leaves in its folder: no more than a build from nothing would."""

from __future__ import annotations

from hashlib import sha256

import pytest

from conftest import Site

PAGES = {
    "en": ("zh-HK", "zh_HK", "Wash your hands.", "請洗手。"),
    "zh-HK": ("en", "en", "請洗手。", "Wash your hands."),
}


@pytest.fixture(params=PAGES)
def page(request: pytest.FixtureRequest, site: Site) -> tuple[Site, str, str]:
    """A site with one built page: it, the page, and its catalog."""
    language = request.param
    folder, catalog, text, translation = PAGES[language]
    (site.root / "articles/seminar.en.md").unlink()
    site.write(f"articles/hands.{language}.md", text + "\n")
    assert site.run("sync").code == 0
    site.translate(text, translation, catalog)
    assert site.run("build").code == 0
    name = f"build/{folder}/hands.md"
    assert site.read(name) == translation + "\n"
    return site, name, f"locales/{catalog}/LC_MESSAGES/articles.po"


def spoil(site: Site, catalog: str) -> None:
    site.write(
        catalog,
        site.read(catalog)
        .replace("\nmsgid", "\n#, fuzzy\nmsgid")
        .replace('#, fuzzy\nmsgid ""', 'msgid ""'),
    )


def test_a_page_that_is_refused_does_not_stay(page: tuple[Site, str, str]) -> None:
    site, name, catalog = page
    spoil(site, catalog)

    checked = site.run("build", "--check")
    assert (checked.code, name in site.files()) == (1, True)
    result = site.run("build", "-q")

    assert result.code == 1
    assert f"bilingo: {name}: built earlier, removed\n" in result.err
    assert name not in site.files()
    assert "built earlier" not in site.run("build").err
    assert site.run("build", "--allow-partial").code == 0
    assert name in site.files()


def test_what_somebody_wrote_is_not_removed(page: tuple[Site, str, str]) -> None:
    site, name, catalog = page
    spoil(site, catalog)
    site.write(name, "mended by hand\n")

    result = site.run("build")

    assert result.code == 1
    assert f"{name}: an older page, left there" in result.err
    assert site.read(name) == "mended by hand\n"


def test_the_page_of_an_article_that_is_gone_goes(page: tuple[Site, str, str]) -> None:
    site, name, _ = page
    (article,) = (site.root / "articles").iterdir()
    site.write("articles/other.txt", "—\n")
    assert site.run("build", "articles/other.txt").code == 0
    assert name in site.files()  # only the other article was asked for
    article.unlink()

    assert site.run("build").code == 0

    assert name not in site.files()
    before = site.files()
    assert site.run("build").code == 0
    assert site.files() == before


def test_the_list_of_pages_reaches_nothing_outside(page: tuple[Site, str, str]) -> None:
    site, _, _ = page
    digest = sha256(b"keep").hexdigest()
    site.write("keep.txt", "keep")
    site.write(
        "build/.bilingo-pages",
        f"{digest}  ../keep.txt\n{digest}  {site.root}/keep.txt\n\udcff".encode(
            "utf-8", "replace"
        ).decode(),
    )
    assert site.run("build").code == 0
    assert site.read("keep.txt") == "keep"


def test_the_files_of_what_was_dropped_go(page: tuple[Site, str, str]) -> None:
    site, name, catalog = page
    compiled = f"build/locale/{catalog.split('/')[1]}/LC_MESSAGES/articles.mo"
    site.write("build/notes.txt", "of somebody else")
    both = 'source = "en"\ntargets = ["zh-Hant-HK", "en"]\n'
    site.write("bilingo.toml", both + 'emit = ["gettext", "flat"]\n')
    assert site.run("build").code == 0
    flat = [file for file in site.files() if file.startswith("build/flat/")]
    assert flat
    assert compiled in site.files()

    site.write("bilingo.toml", both)
    assert site.run("build").code == 0
    assert {compiled, name} <= set(site.files())
    assert not set(flat) & set(site.files())

    site.write("bilingo.toml", 'source = "en"\ntargets = ["zh-Hans-CN"]\n')
    site.run("build")
    assert not {compiled, name} & set(site.files())
    assert "build/notes.txt" in site.files()
