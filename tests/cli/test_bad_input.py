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
    "an unknown option": (put("a", ""), ["check", "--colour"], "--colour"),
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
    assert "Traceback" not in result.err
    assert result.out == ""
    assert site.files() == before


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
