"""What is read without click means what click reads, and is answered alike."""

from __future__ import annotations

import random
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from bilingo.cli import commands, contexts, plain, streams, suggestions
from bilingo.cli.plain import Plain
from conftest import Site

WORDS = (
    *("-C", ".", "suggest", "suggest", "--json", "--explain", "-q", "--quiet", "memory", "search"),
    *("--source", "--target", "en", "zh-Hant-HK", "Free check-ups.", "免費檢測。", "", "-", "--"),
    *("--jsn", "--js", "--json=1", "-Cx", "-qC", "--limit", "3", "--threshold", "75", "--help"),
    *("--target=en", "--apply", "85", "--diff", "-h", "--jobs", "2", "-5 °C", "--lim", "007", "0"),
    *("٣", "1e3", "3.0", "10000000", "10000001", "--limit=3", "--check"),
)

READ: tuple[tuple[str, Plain], ...] = (
    ("suggest 免費檢測。", Plain("suggest", "免費檢測。")),
    ("suggest Hello --json", Plain("suggest", "Hello", as_json=True)),
    (
        "-C site suggest --explain -q Hello",
        Plain("suggest", "Hello", "site", explain=True, quiet=True),
    ),
    ("-C a suggest -C b Hello --quiet", Plain("suggest", "Hello", "a", "b", quiet=True)),
    (
        "suggest --source zh-Hant-HK --target en 你好",
        Plain("suggest", "你好", source="zh-Hant-HK", target="en"),
    ),
    ("suggest --target fr --target en Hello", Plain("suggest", "Hello", target="en")),
    ("suggest articles/a.en.md", Plain("suggest", "articles/a.en.md")),
    ("memory search 肝炎", Plain("search", "肝炎")),
    ("-C a memory search --json liver -q", Plain("search", "liver", "a", as_json=True, quiet=True)),
    ("memory search --limit 50 -C b 義工", Plain("search", "義工", None, "b", limit="50")),
)

NOT_READ = (
    *("", "suggest", "suggest a b", "suggest -", "suggest -- a", "suggest a --limit 3"),
    *("suggest --target", "suggest a --target --json", "suggest --target=en a", "suggest a --he"),
    *("-C", "-C suggest a", "-Cx suggest a", "-C a -C b suggest c", "check", "memory"),
    *("--version", "suggest --help", "suggest a --apply 85", "suggest -5", "-q suggest a"),
    *("memory search", "memory search a b", "memory -q search a", "memory search a --limit 0"),
    *("memory search a --limit x", "memory search a --limit", "memory search a --explain"),
    *("memory suggest a", "search a", "memory stats", "memory search a --limit 10000001"),
    "memory search a --limit " + 5_000 * "9",
)


@pytest.mark.parametrize(("words", "expected"), READ)
def test_reads(words: str, expected: Plain) -> None:
    assert plain.read(words.split()) == expected


@pytest.mark.parametrize("words", NOT_READ)
def test_leaves_to_click(words: str) -> None:
    assert plain.read(words.split()) is None


def test_an_empty_text_is_left_to_click() -> None:
    assert plain.read(["suggest", ""]) is None
    assert plain.read(["suggest", "a", "--target", ""]) is None


def test_completion_is_left_to_click(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("_BILINGO_COMPLETE", "bash_complete")
    assert plain.read(["suggest", "a"]) is None


def test_click_reads_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of 40,000 random command lines, those that are read here."""
    monkeypatch.chdir(tmp_path)
    asked: list[object] = []
    for room in (suggestions, contexts):
        monkeypatch.setattr(room, "show", lambda *given, **more: asked.append((given, more)))
    rng = random.Random(20_261_126)  # noqa: S311
    shared = [*(word for words, _ in READ for word in words.split() if word[0] == "-")]
    seen = {"suggest": 0, "search": 0}
    for _ in range(40_000):
        words = [rng.choice((*WORDS, *shared)) for _ in range(rng.randint(1, 7))]
        if rng.random() < 0.8:
            words = [*rng.choice((["suggest"], ["memory", "search"])), *words]
        found = plain.read(words)
        if found is None or found.directory not in (None, ".") or found.outer not in (None, "."):
            continue
        seen[found.command] += 1
        answers = []
        for way in (lambda w=words: commands.run(w), lambda f=found: plain.run(f)):
            asked.clear()
            streams.hush(False)
            try:
                way()
            except Exception as error:
                asked.append(str(error))
            answers.append((list(map(repr, asked)), streams.is_quiet()))
        assert answers[0] == answers[1], words
    assert min(seen.values()) > 500


@pytest.mark.parametrize(
    "words",
    [
        ["suggest", "The seminar attracted 30 families."],
        ["suggest", "講座吸引30個家庭參加。", "--explain"],
        ["suggest", "The seminar attracted 30 families.", "--json", "--target", "zh-Hant-HK"],
        ["suggest", "articles/seminar.en.md"],
        ["suggest", "locales/zh_HK/LC_MESSAGES/articles.po", "-q"],
        ["suggest", "Hello", "--target", "fr"],
        ["suggest", "no/such.md"],
        ["-C", "nowhere", "suggest", "Hello"],
        ["memory", "search", "seminars"],
        ["memory", "search", "講座", "--json"],
        ["memory", "search", "家庭", "-q", "--limit", "1"],
        ["memory", "search", " "],
        ["memory", "search", "xyz"],
        ["-C", "nowhere", "memory", "search", "Hello"],
    ],
)
def test_answers_the_same(
    site: Site, words: Sequence[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    site.write(
        "memory/site.tmx",
        '<?xml version="1.0" encoding="UTF-8"?>\n<tmx version="1.4"><header creationtool="x"'
        ' creationtoolversion="1" segtype="sentence" o-tmf="x" adminlang="en" srclang="en"'
        ' datatype="plaintext"/><body><tu><tuv xml:lang="en"><seg>The seminar attracted 20'
        ' families.</seg></tuv><tuv xml:lang="zh-Hant-HK"><seg>講座吸引20個家庭參加。</seg></tuv>'
        "</tu></body></tmx>\n",
    )
    assert site.run("sync", "-q").code == 0
    here = site.run(*words)
    assert plain.read(words) is not None
    monkeypatch.setattr(plain, "read", lambda _: None)
    assert site.run(*words) == here


def test_a_pipe_that_closes_ends_both(site: Site) -> None:
    program = "import sys; from bilingo.cli import main; sys.exit(main(sys.argv[1:]))"
    for said in ("suggest Hello", "suggest Hello --limit 5", "memory search 義工 --json"):
        words = [sys.executable, "-c", program, *said.split()]
        with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
            assert process.stdout
            process.stdout.close()
            assert process.wait() == streams.UNREAD
