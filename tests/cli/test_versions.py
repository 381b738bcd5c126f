"""`merge` as git calls it, and `diff`."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import Site

CATALOG = "locales/zh_HK/LC_MESSAGES/articles.po"
ARTICLE = "One.\n\nTwo.\n\nThree.\n\nFour.\n"


def git(site: Site, *arguments: str, check: bool = True) -> subprocess.CompletedProcess[str]:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    identity = {
        "GIT_AUTHOR_NAME": "t",
        "GIT_AUTHOR_EMAIL": "t@example.org",
        "GIT_COMMITTER_NAME": "t",
        "GIT_COMMITTER_EMAIL": "t@example.org",
        "GIT_CONFIG_GLOBAL": "/dev/null",
    }
    return subprocess.run(
        ["git", *arguments],
        cwd=site.root,
        env={**os.environ, **identity, "PATH": path},
        capture_output=True,
        text=True,
        check=check,
    )


@pytest.fixture
def branches(site: Site) -> Site:
    """A repository whose catalog is about to be changed on `main` and on `other`."""
    site.write("articles/seminar.en.md", ARTICLE)
    site.run("sync")
    site.write(".gitignore", ".gitattributes\n")
    git(site, "init", "-q", "-b", "main")
    git(site, "add", ".")
    git(site, "commit", "-qm", "base")
    git(site, "branch", "other")
    return site


def commit(site: Site, branch: str, translations: dict[str, str], date: str) -> None:
    git(site, "checkout", "-q", branch)
    for msgid, msgstr in translations.items():
        site.translate(msgid, msgstr)
    text = site.read(CATALOG).split("\n")
    text = [f'"PO-Revision-Date: {date}\\n"' if "PO-Revision" in line else line for line in text]
    site.write(CATALOG, "\n".join(text))
    git(site, "commit", "-qam", branch)


@pytest.mark.parametrize("installed", [True, False])
def test_git_merges_neighbouring_edits_only_with_the_driver(
    branches: Site, installed: bool
) -> None:
    if installed:
        assert branches.run("merge", "--install").code == 0
    commit(branches, "other", {"Two.": "二。", "Four.": "四。"}, "2026-11-01 10:00+0800")
    commit(branches, "main", {"One.": "一。", "Three.": "三。"}, "2026-11-02 10:00+0800")

    result = git(branches, "merge", "other", check=False)

    assert (result.returncode == 0) == installed
    text = branches.read(CATALOG)
    assert ("<<<<<<<" in text) == (not installed)
    if installed:
        assert all(f'msgstr "{word}。"' in text for word in "一二三四")
        assert "PO-Revision-Date: 2026-11-02 10:00+0800" in text
        assert branches.run("check").code == 0


def test_a_true_conflict_is_fuzzy_and_loses_neither_text(branches: Site) -> None:
    branches.run("merge", "--install")
    commit(branches, "other", {"Two.": "貳。"}, "2026-11-01 10:00+0800")
    commit(branches, "main", {"Two.": "二。"}, "2026-11-02 10:00+0800")

    result = git(branches, "merge", "other", check=False)

    assert result.returncode == 1
    text = branches.read(CATALOG)
    assert '# bilingo-theirs: "貳。"\n' in text
    assert '#, fuzzy\nmsgid "Two."\nmsgstr "二。"' in text
    assert branches.run("check").code == 1


def test_a_rebase_keeps_the_work_of_both(branches: Site) -> None:
    """Commits are put one by one onto others that changed the entries beside theirs."""
    branches.run("merge", "--install")
    commit(branches, "other", {"Two.": "二。"}, "2026-11-01 10:00+0800")
    commit(branches, "other", {"Four.": "四。"}, "2026-11-03 10:00+0800")
    commit(branches, "main", {"One.": "一。"}, "2026-11-02 10:00+0800")
    commit(branches, "main", {"Three.": "三。"}, "2026-11-04 10:00+0800")

    result = git(branches, "rebase", "main", "other", check=False)

    assert result.returncode == 0, result.stderr
    text = branches.read(CATALOG)
    assert all(f'msgstr "{word}。"' in text for word in "一二三四")
    assert "PO-Revision-Date: 2026-11-04 10:00+0800" in text
    assert branches.run("check").code == 0
    assert branches.run("sync", "--check").code == 0


def test_deleted_on_one_side_and_worked_on_on_the_other(branches: Site) -> None:
    branches.run("merge", "--install")
    commit(branches, "other", {"Two.": "二。"}, "2026-11-01 10:00+0800")
    git(branches, "checkout", "-q", "main")
    text = branches.read(CATALOG)
    entries = [part for part in text.split("\n\n") if 'msgid "Two."' not in part]
    branches.write(CATALOG, "\n\n".join(entries))
    git(branches, "commit", "-qam", "dropped")

    assert git(branches, "merge", "other", check=False).returncode == 0
    assert 'msgid "Two."\nmsgstr "二。"' in branches.read(CATALOG)


def test_memories_merge_by_unit(branches: Site) -> None:
    branches.run("merge", "--install")
    for branch, words in {"other": {"Two.": "二。"}, "main": {"One.": "一。"}}.items():
        commit(branches, branch, words, "2026-11-01 10:00+0800")
        branches.run("memory", "harvest")
        git(branches, "add", "memory")
        git(branches, "commit", "-qm", "harvest")

    assert git(branches, "merge", "other", check=False).returncode == 0

    assert branches.run("memory", "stats", "--json").json["files"][0]["units"] == 2


def test_merge_refuses_what_it_does_not_know(site: Site) -> None:
    for name in ("a", "b", "c"):
        site.write(name, "text")
    assert site.run("merge", "a", "b", "c").code == 2
    assert site.run("merge", "a", "b").code == 2
    assert site.run("merge", "a", "b", "c", "--name", "x.po").code == 2


def test_diff_shows_meaning_only(site: Site) -> None:
    site.run("sync")
    site.write("old.po", site.read(CATALOG))
    assert site.run("diff", "old.po", CATALOG).code == 0
    site.translate("Seminar on gene therapy", "基因治療講座")

    result = site.run("diff", "old.po", CATALOG)

    assert result.code == 1
    assert result.out == "retranslated: Seminar on gene therapy\n  + 基因治療講座\n"
    (change,) = site.run("diff", "old.po", CATALOG, "--json").json["changes"]
    assert (change["kind"], change["msgid"]) == ("retranslated", "Seminar on gene therapy")


def test_files_in_a_folder_are_written_where_they_are(site: Site) -> None:
    """Paths are taken from the current folder, once."""
    site.run("sync")
    for name in ("base", "ours", "theirs"):
        site.write(f"sub/{name}.po", site.read(CATALOG))
    site.write("sub/theirs.po", site.read(CATALOG).replace('msgstr ""\n\n', 'msgstr "甲"\n\n'))
    assert site.run("merge", "sub/base.po", "sub/ours.po", "sub/theirs.po").code == 0
    assert site.read("sub/ours.po") == site.read("sub/theirs.po")
    assert site.run("memory", "export", "-o", "sub/all.tmx").code == 0
    assert sorted(path.name for path in (site.root / "sub").rglob("*")) == [
        *("all.tmx", "base.po", "ours.po", "theirs.po")
    ]
