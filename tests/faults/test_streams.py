"""Nobody reads what a command prints: what it writes is whole all the same."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ARTICLE = "# Flu jabs\n\nBring your card.\n\n帶同身份證。\n"
CATALOG = "locales/zh_HK/LC_MESSAGES/articles.po"


def shell(root: Path, line: str) -> subprocess.CompletedProcess[str]:
    """Run a line of shell in `root`, where `bilingo` is the tool."""
    tool = f'bilingo() {{ "{sys.executable}" -m bilingo "$@"; }}; '
    return subprocess.run(
        ["bash", "-c", f"set -o pipefail; {tool}{line}"],
        cwd=root,
        capture_output=True,
        text=True,
        env={**os.environ, "SOURCE_DATE_EPOCH": "1793600000"},
        check=False,
    )


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "flu.en.md").write_text(ARTICLE, encoding="utf-8")
    (tmp_path / "bilingo.toml").write_text('source = "en"\n')
    return tmp_path


@pytest.mark.parametrize(
    ("line", "codes"),
    [
        ("bilingo sync >&-", (0,)),  # sync prints nothing on stdout
        ("bilingo sync >&- 2>&- <&-", (0,)),
        ("bilingo sync --json >&-", (2,)),  # output was lost
        ("bilingo sync --json >/dev/full", (2,)),
        ("bilingo sync --json | true", (0, 141)),  # 0 when the reader left after the last line
        ("bilingo sync --json 2>&1 | (exec <&-; sleep 2)", (141,)),
    ],
)
def test_what_is_written_is_whole(root: Path, line: str, codes: tuple[int, ...]) -> None:
    ran = shell(root, line)
    assert ran.returncode in codes, ran.stderr
    assert "bug" not in ran.stderr
    assert "Traceback" not in ran.stderr
    written = (root / CATALOG).read_bytes()
    again = shell(root, "bilingo sync")
    assert (again.returncode, (root / CATALOG).read_bytes()) == (0, written)
    assert "(unchanged)" in again.stderr
    assert "帶同身份證" not in written.decode()  # Chinese already
    assert [p.name for p in root.rglob(".bilingo*")] == []


@pytest.mark.parametrize(
    "line",
    [
        *("check", "check --json", "check --format sarif", "check --format junit", "build"),
        *(f"diff old.po {CATALOG}", f"diff --json old.po {CATALOG}", "extract --help", "--version"),
        *("extract articles/flu.en.md", "extract --json articles/flu.en.md"),
        *("suggest Flu", "suggest 流感 --json", f"suggest {CATALOG}", "sync --json"),
        *("memory export", "memory stats", "memory stats --json", "memory tidy --json"),
        "memory search 卡 --json",
    ],
)
def test_output_that_nobody_reads_ends_as_in_any_other_tool(root: Path, line: str) -> None:
    """128 + SIGPIPE, as a shell says of `git log | head`: never 0 instead of findings."""
    assert (
        shell(root, "bilingo sync && sed s/zh_HK/zh_TW/ " + CATALOG + " > old.po").returncode == 0
    )
    # stdout and stderr are a pipe that has no reader any more
    ran = shell(root, f"(sleep 0.5; bilingo {line}; echo $? >code) 2>&1 | (exec <&-; sleep 0)")
    assert (root / "code").read_text() == "141\n"
    assert ran.stderr == ""


@pytest.mark.parametrize("line", ["check", "memory stats", "memory export", "extract -"])
@pytest.mark.parametrize("lost", [">&-", ">/dev/full"])
def test_output_that_is_lost_is_an_error(root: Path, line: str, lost: str) -> None:
    assert shell(root, "bilingo sync").returncode == 0
    ran = shell(root, f"echo Wash your hands. | bilingo {line} {lost}")
    assert ran.returncode == 2
    assert "bilingo: output: " in ran.stderr


def test_a_run_without_a_change_needs_no_right_to_write(root: Path) -> None:
    assert shell(root, "bilingo sync").returncode == 0
    before = root.stat().st_mtime_ns
    assert shell(root, "bilingo sync").returncode == 0
    assert root.stat().st_mtime_ns == before  # not even a lock came and went
