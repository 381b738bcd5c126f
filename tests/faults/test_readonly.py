"""Places that a person may read and not write: one line, exit 2, and nothing is touched."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from faultline import exit_code, forked
from test_commands import CATALOG, COMMANDS, Tree, tree

from bilingo import cli
from bilingo.stores import files

NOBODY = 65534


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that another user may enter, which pytest's own are not."""
    folder = Path(tempfile.mkdtemp(prefix="bilingo-"))
    folder.chmod(0o755)
    yield folder
    for path in (folder, *folder.rglob("*")):
        if path.is_dir() and not path.is_symlink():
            path.chmod(0o755)
    shutil.rmtree(folder)


def run(root: Path, line: str, report: Path) -> int:
    """The command's exit code for a user whom permissions bind; what it said is in `report`."""

    def work() -> None:
        output = os.open(report, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o666)
        os.dup2(output, 1)
        os.dup2(output, 2)
        sys.stdout, sys.stderr = os.fdopen(1, "w"), os.fdopen(2, "w")  # not those of pytest
        if os.geteuid() == 0:  # nothing binds root
            os.setgroups([])
            os.setgid(NOBODY)
            os.setuid(NOBODY)
        os.chdir(root)
        code = cli.main([*line.split(), "-q"])
        sys.stderr.flush()
        os._exit(code)

    return exit_code(forked(work))


def locked(root: Path, mode: int, owner: int = 0) -> None:
    for path in (*root.rglob("*"), root):
        if os.geteuid() == 0:
            os.chown(path, owner, owner)
        if path.is_dir():
            path.chmod(mode)


def state(root: Path) -> tuple[Tree, set[tuple[str, int]]]:
    return tree(root), {(str(p), p.stat().st_mtime_ns) for p in root.rglob("*")}


@pytest.mark.parametrize("name", COMMANDS)
@pytest.mark.parametrize("how", ["folders", "root only"])
def test_a_read_only_place(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, how: str
) -> None:
    command, root, report = COMMANDS[name], folder / "site", tmp_path / "report"
    command.prepare(root)
    # what is imported on the way is read now: another user may not be let into the interpreter
    monkeypatch.chdir(tmp_path)
    assert command.run(shutil.copytree(root, tmp_path / "warm")) == command.code
    assert cli.main(["-C", str(root), "memory", "stats"]) == 0
    if os.geteuid() == 0:
        locked(root, 0o755, NOBODY)
    if how == "folders":
        locked(root, 0o555)
    else:
        root.chmod(0o555)
    before = state(root)
    code = run(root, command.line, report)
    said = report.read_text()
    if how == "root only" and code == command.code:  # the lock stands beside what is written
        assert not list(root.rglob(files.LOCK))
        assert tree(root) != before[0]
        return
    assert code == 2, said
    assert state(root) == before
    assert said.startswith("bilingo: ")
    assert said.count("\n") == 1
    reasons = ("ermission denied", "could not lock config", "dubious ownership")
    assert any(reason in said for reason in reasons)
    if how == "folders":  # what only reads works
        assert run(root, "memory stats", report) == 0


@pytest.mark.parametrize("mode", [0o444, 0o000])
def test_a_read_only_file(folder: Path, tmp_path: Path, mode: int) -> None:
    """The mode of a file binds editors, so it binds us: a rename would go round it."""
    root, report = folder / "site", tmp_path / "report"
    COMMANDS["sync"].prepare(root)
    if os.geteuid() == 0:
        locked(root, 0o755, NOBODY)
    (root / CATALOG).chmod(mode)
    before = tree(root)
    code = run(root, "sync", report)
    said = report.read_text()
    assert code == 2, said
    assert CATALOG in said
    assert "read-only" in said or "ermission denied" in said
    (root / CATALOG).chmod(0o644)
    assert tree(root) == before
