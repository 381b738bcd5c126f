"""`--help` and `--version` stay light: what they may not import is listed, not timed."""

from __future__ import annotations

import importlib
import subprocess
import sys
from pathlib import Path

import pytest

from bilingo.cli.commands import COMMANDS

FORBIDDEN = (
    "babel",
    "rapidfuzz",
    "numpy",
    "markdown_it",
    "polib",
    "sqlite3",
    "xml",
    "bilingo.stores",
    "bilingo.formats",
    "bilingo.match",
    "bilingo.pipelines",
)


def imported_by(*arguments: str) -> set[str]:
    program = "import sys; from bilingo.cli import main; main(sys.argv[1:]); print(*sys.modules)"
    result = subprocess.run(
        [sys.executable, "-c", program, *arguments], capture_output=True, text=True, check=True
    )
    return set(result.stdout.splitlines()[-1].split())


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["sync", "--help"]])
def test_help_imports_none_of_the_heavy_modules(arguments: list[str]) -> None:
    modules = imported_by(*arguments)

    assert "click" in modules
    assert {m for m in modules if m.startswith(FORBIDDEN)} == set()


def test_the_list_would_notice() -> None:
    assert {m for m in imported_by("memory", "stats") if m.startswith(FORBIDDEN)}


def test_every_command_of_a_module_is_in_the_table() -> None:
    """Members are imported one by one, by a table written by hand."""
    modules = sorted(set(COMMANDS.values()))
    found = {
        command.name: name
        for name in modules
        for command in importlib.import_module(f"bilingo.cli.{name}").COMMANDS
    }

    assert found == COMMANDS


def test_a_plain_query_needs_no_click_no_markdown_and_no_rules() -> None:
    modules = imported_by("suggest", "Free check-ups.")

    assert "bilingo.match.rank" in modules
    heavy = ("click", "markdown_it", "bilingo.formats.markdown", "bilingo.text.icu")
    heavy += ("bilingo.checks", "inspect", "platform")
    assert {m for m in modules if m.startswith(heavy)} == set()


def test_a_plain_search_needs_no_click() -> None:
    modules = imported_by("memory", "search", "clinic")

    assert "bilingo.pipelines.concordance" in modules
    heavy = ("click", "markdown_it", "rapidfuzz", "bilingo.checks", "inspect", "platform")
    assert {m for m in modules if m.startswith(heavy)} == set()


def test_a_query_with_markup_needs_no_dataclasses() -> None:
    for text in ("Open **the** file.", "打開**檔案**。"):
        assert {"dataclasses", "inspect"}.isdisjoint(imported_by("suggest", text))


PROGRAM = """
import sys
{before}
sys.argv = ["bilingo", *{arguments}]
from bilingo.__main__ import run
run()
"""


def finished(arguments: list[str], before: str = "") -> subprocess.CompletedProcess[str]:
    program = PROGRAM.format(before=before, arguments=arguments)
    return subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)


@pytest.mark.parametrize("text", ["Free check-ups.", "免費檢查。", "article.md"])
def test_what_was_to_run_at_the_end_runs(text: str, tmp_path: Path) -> None:
    """A look-up leaves without taking the interpreter apart, unless somebody waits for its end."""
    for before, said in (
        ("", ""),
        ("import atexit; atexit.register(print, 'bye')", "bye\n"),
        ("import threading as t; t.Timer(0.2, print, ['late']).start()", "late\n"),
    ):
        result = finished(["-C", str(tmp_path), "suggest", text], before)
        plain = finished(["-C", str(tmp_path), "suggest", text], "import atexit")
        assert (result.stdout, result.returncode) == (plain.stdout + said, plain.returncode)
        assert result.stderr == plain.stderr


def test_a_look_up_leaves_at_once() -> None:
    """Else its destructor would speak."""
    said = "lambda self, write=os.write: write(1, b'taken apart')"
    before = f"import os; sys.last = type('Last', (), {{'__del__': {said}}})()"

    assert "taken apart" not in finished(["suggest", "Free check-ups."], before).stdout
    assert "taken apart" in finished(["suggest", "--limit", "1", "Free."], before).stdout
