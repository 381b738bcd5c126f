"""Bad input: exit 2, one line that says where and the way out, nothing written, no traceback."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable

import pytest

from conftest import Site

CATALOG = "locales/zh_HK/LC_MESSAGES/articles.po"


def conflict(site: Site) -> None:
    site.run("sync")
    text = site.read(CATALOG)
    site.write(CATALOG, text + '\n<<<<<<< ours\nmsgid "a"\n=======\nmsgid "b"\n>>>>>>> theirs\n')


def cut_tmx(site: Site) -> None:
    site.write("old.tmx", '<?xml version="1.0"?>\n<tmx version="1.4">\n<header/><body><tu>')


def put(name: str, text: str) -> Callable[[Site], None]:
    return lambda site: site.write(name, text) and None


CASES: dict[str, tuple[Callable[[Site], None], list[str], str]] = {
    "unknown format": (put("a.xyz", "x"), ["extract", "a.xyz"], "a.xyz: unknown article format"),
    "unknown format name": (put("a.txt", "x"), ["extract", "a.txt", "--from", "wx"], "known:"),
    "no such article": (put("a.txt", "x"), ["extract", "missing.md"], "missing.md"),
    "not UTF-8": (
        lambda s: (s.root / "a.txt").write_bytes("許功蓋".encode("big5")) and None,
        ["extract", "a.txt"],
        "a.txt:1",
    ),
    "NUL": (put("a.txt", "a\0b"), ["extract", "a.txt"], "a.txt:1"),
    "conflict markers in a catalog": (conflict, ["check"], f"{CATALOG}:"),
    "conflict markers at sync": (conflict, ["sync"], f"{CATALOG}:"),
    "conflict markers in an article": (
        put("articles/c.en.md", "a\n<<<<<<< ours\nb\n=======\nc\n>>>>>>> theirs\n"),
        ["sync"],
        "articles/c.en.md:2",
    ),
    "a TMX cut off": (cut_tmx, ["memory", "import", "old.tmx"], "old.tmx:"),
    "a memory cut off at sync": (
        put("memory/old.tmx", '<?xml version="1.0"?>\n<tmx version="1.4"><header/><body>'),
        ["sync"],
        "memory/old.tmx:",
    ),
    "no such folder": (put("a", ""), ["-C", "missing", "sync"], "missing"),
    "no such locale": (put("a", ""), ["suggest", "x", "--target", "xx-YY"], "no such locale"),
    "no such setting": (put("bilingo.toml", 'sorce = "en"\n'), ["sync"], "did you mean source?"),
    "settings that are no TOML": (put("bilingo.toml", "= 1"), ["sync"], "bilingo.toml"),
    "a threshold out of range": (put("bilingo.toml", "threshold = 5"), ["sync"], "threshold"),
    "no articles": (put("bilingo.toml", 'articles = "texts"'), ["sync"], "texts"),
    "an unknown reporter": (put("a", ""), ["check", "--format", "xml"], "known:"),
    "an unknown option": (
        put("a", ""),
        ["check", "--colour"],
        "bilingo: no such option '--colour' (try 'bilingo check --help')",
    ),
    "an unknown command": (put("a", ""), ["memory", "foo"], "(try 'bilingo memory --help')"),
    "no argument": (put("a", ""), ["extract"], "missing argument 'ARTICLE' (try 'bilingo extract"),
    "an option without its value": (put("a", ""), ["sync", "--prefill"], "requires an argument"),
    "a value out of range": (put("a", ""), ["sync", "--prefill", "20"], "60<=x<=100 (try"),
    "a language of no target": (
        put("a", ""),
        ["suggest", "你好", "--target", "fr"],
        "no fr in this project (it has en, zh-Hant-HK)",
    ),
    "a language of no source": (put("a", ""), ["suggest", "x", "--source", "fr"], "(it has en, "),
    "a locale that is no target": (put("a", ""), ["sync", "--locale", "zh-TW"], "no zh-Hant-TW in"),
    "a page for no target": (put("a", ""), ["build", "--locale", "fr"], "no fr in this project"),
    "an export into no folder": (
        put("a", ""),
        ["memory", "export", "-o", "網站/x.tmx"],
        "網站: no such folder (make the folder first",
    ),
    "two files to merge": (put("a", ""), ["merge", "a.po", "b.po"], "BASE OURS THEIRS (try"),
    "a merge of nothing": (put("a", ""), ["merge", "a.po", "b.po", "c.po"], "a.po: no such file"),
    "a merge of nameless files": (put("a", "x"), ["merge", "a", "a", "a"], "a: a file without a"),
    "a merge of articles": (
        put("頁.md", "x"),
        ["merge", *["頁.md"] * 3],
        "頁.md: cannot merge a .md file (known: .po .pot .tmx; of copies --name says",
    ),
    "a merge driver for no clone": (put("a", ""), ["merge", "--install"], "no git clone here"),
    "nothing to search": (put("a", ""), ["memory", "search", " "], "nothing to search"),
    "a name that leaves the folder": (
        put("ok.tmx", "x"),
        ["memory", "import", "ok.tmx", "--name", "../evil"],
        "",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_bad_input(site: Site, case: str) -> None:
    prepare, arguments, expected = CASES[case]
    prepare(site)
    before = site.files()

    result = site.run(*arguments)

    assert result.code == 2
    assert expected in result.err
    assert result.err.startswith("bilingo: ")
    assert result.err.count("\n") == 1
    assert result.out == ""
    assert site.files() == before


@pytest.mark.parametrize("option", [[], ["--check"], ["--diff"], ["--check", "--diff"]])
@pytest.mark.parametrize("command", ["sync", "build"])
def test_a_place_outside_is_refused_by_every_kind_of_run(
    site: Site, command: str, option: list[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    place = {"sync": "locales", "build": "build"}[command]
    (site.root / place).symlink_to(tmp_path_factory.mktemp("elsewhere"))

    result = site.run(command, "--allow-partial" if command == "build" else "--quiet", *option)

    assert (result.code, result.out) == (2, "")
    assert "outside of the project" in result.err
    assert result.err.count("\n") == 1


def test_a_group_without_a_command_shows_its_help(site: Site) -> None:
    for arguments in ([], ["memory"]):
        result = site.run(*arguments)
        assert "Commands:" in result.out + result.err


def test_attributes_of_git_keep_their_bytes(site: Site) -> None:
    subprocess.run(["git", "init", "-q", str(site.root)], check=True)
    old = "*.png binary\r\n*.po merge=bilingo\r\n頁 text".encode() + b"\xff"
    (site.root / ".gitattributes").write_bytes(old)
    assert site.run("merge", "--install").code == 0
    new = b"\n*.pot merge=bilingo\nmemory/**/*.tmx merge=bilingo\n"
    assert (site.root / ".gitattributes").read_bytes() == old + new
    assert site.run("merge", "--install", "--check").code == 0


def test_head_is_silent(site: Site) -> None:
    site.write("long.en.txt", "\n\n".join(f"Sentence number {n} is here." for n in range(20_000)))
    command = f"{sys.executable} -m bilingo extract long.en.txt | head -1"

    result = subprocess.run(command, shell=True, capture_output=True, text=True)  # noqa: S602

    assert result.stderr == ""
    assert len(result.stdout.splitlines()) == 1


def test_a_full_disk_behind_stdout_is_not_success(site: Site) -> None:
    command = f"{sys.executable} -m bilingo extract articles/seminar.en.md > /dev/full"

    result = subprocess.run(command, shell=True, capture_output=True, text=True)  # noqa: S602

    assert result.returncode == 2
    assert "Traceback" not in result.stderr


def test_a_crash_is_three(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("boom")

    monkeypatch.setattr("bilingo.pipelines.sync.sync", broken)

    result = site.run("sync")

    assert result.code == 3
    assert "boom" in result.err
    assert "Traceback" not in result.err
