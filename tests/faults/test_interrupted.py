"""After any interruption every file is the old version or the new one, and the next run succeeds.

As SQLite does it: the N-th operation fails, N = 1, 2, … until a run is unhurt; then everything from
the N-th on. Once through the functions of `os` that `files` calls, once in the kernel by strace.
"""

from __future__ import annotations

import itertools
import os
import shutil
import signal
import stat
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from faultline import exit_code, forked, sabotage, temps

from bilingo.errors import BilingoError
from bilingo.formats import po
from bilingo.model import Entry
from bilingo.stores import files

OLD, NEW = 'msgstr "舊"\n'.encode() * 300, 'msgstr "新的譯文"\n'.encode() * 400


def site(root: Path) -> dict[Path, tuple[bytes | None, bytes]]:
    """A project of three files, and for each what it holds and what it should: one is not there."""
    wanted: dict[Path, tuple[bytes | None, bytes]] = {
        root / "locales" / "zh_HK.po": (OLD, NEW),
        root / "memory" / "main.tmx": (OLD * 2, NEW * 2),
        root / "locales" / "zh_TW" / "新.po": (None, NEW),
    }
    for path, (old, _) in wanted.items():
        if old is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(old)
    return wanted


def sync(root: Path, wanted: dict[Path, tuple[bytes | None, bytes]]) -> None:
    with files.edit(root) as tree:
        tree.write([files.Change(path, new, tree.read(path)) for path, (_, new) in wanted.items()])


def assert_whole(wanted: dict[Path, tuple[bytes | None, bytes]], message: str = "") -> None:
    for path, (old, new) in wanted.items():
        content = path.read_bytes() if path.exists() else None
        assert content in (old, new), path
        if message and content == new:
            assert str(path) in message  # a failed run changed nothing but what it says


def assert_mended(root: Path, wanted: dict[Path, tuple[bytes | None, bytes]]) -> None:
    sync(root, wanted)
    assert {path: path.read_bytes() for path in wanted} == {
        p: new for p, (_, new) in wanted.items()
    }
    assert temps(root) == []
    assert not (root / files.LOCK).exists()


@pytest.mark.parametrize(
    ("fault", "lasting"),
    [(fault, False) for fault in ("kill", "torn", "after")]
    + [(f, lasting) for f in ("ENOSPC", "EIO", "EROFS", "EDQUOT") for lasting in (False, True)],
)
def test_every_call_may_fail(tmp_path: Path, fault: str, lasting: bool) -> None:
    for at in itertools.count(1):
        root, fired, report = (tmp_path / f"{at}{name}" for name in ("", "-fired", "-report"))
        root.mkdir()
        wanted = site(root)

        def work() -> None:
            sabotage(fault, at, lasting, fired)  # noqa: B023 - runs at once
            sync(root, wanted)  # noqa: B023

        code = exit_code(forked(work, report))
        assert code in (0, 2, 137)
        assert_whole(wanted, report.read_text(encoding="utf-8") if code == 2 else "")
        if code != 137 and not lasting:
            assert temps(root) == []
        assert_mended(root, wanted)
        if not fired.exists():
            break
    assert at > 20  # so many calls there are; a seam that nobody calls would prove nothing


@pytest.mark.clients
@pytest.mark.parametrize("call", ["openat", "write", "fsync", "/^rename", "/^unlink"])
@pytest.mark.parametrize("fault", ["signal=KILL", "error=ENOSPC", "error=EIO", "error=EROFS"])
def test_every_system_call_may_fail(tmp_path: Path, call: str, fault: str) -> None:
    if not shutil.which("strace"):
        pytest.skip("strace is not installed")
    for at in itertools.count(1):
        root, report, log = (tmp_path / f"{at}{name}" for name in ("", "-report", "-log"))
        root.mkdir()
        wanted = site(root)
        ready, go = os.pipe()

        def work() -> None:
            os.read(ready, 1)  # noqa: B023 - until strace is there
            sync(root, wanted)  # noqa: B023

        child = forked(work, report)
        tracer = subprocess.Popen(
            ["strace", "-p", str(child), "-o", log, "-e", f"inject={call}:{fault}:when={at}"],
            stderr=subprocess.PIPE,
        )
        assert tracer.stderr
        with tracer.stderr:
            attached = b"attached" in tracer.stderr.readline()
            os.write(go, b".")
            code = exit_code(child)
        tracer.wait()
        os.close(ready)
        os.close(go)
        if not attached:
            pytest.skip("strace may not attach here")
        assert code in (0, 2, -signal.SIGKILL)
        # the report itself is a file, and may be the one that could not be opened
        assert_whole(wanted, report.read_text(encoding="utf-8") if report.exists() else "")
        if code != -signal.SIGKILL:
            assert temps(root) == []
        assert_mended(root, wanted)
        if code != -signal.SIGKILL and "INJECTED" not in log.read_text(errors="replace"):
            break
    assert at > 1


def test_a_short_write_is_written_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.write
    monkeypatch.setattr(os, "write", lambda fd, data: real(fd, bytes(data[:7])))
    wanted = site(tmp_path)
    assert_mended(tmp_path, wanted)


def test_order_of_a_write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """New content is safe on disk before it gets the name, and then the name is."""
    path = tmp_path / "zh_HK.po"
    path.write_bytes(OLD)
    seen: list[str] = []
    sync_file, rename = os.fsync, os.replace

    def fsync(descriptor: int) -> None:
        seen.append("directory" if stat.S_ISDIR(os.fstat(descriptor).st_mode) else "file")
        sync_file(descriptor)

    monkeypatch.setattr(os, "fsync", fsync)
    monkeypatch.setattr(os, "replace", lambda *a: (seen.append("rename"), rename(*a)))
    files.write(tmp_path, [files.Change(path, NEW, OLD)])
    assert seen == ["file", "rename", "directory"]


def test_no_approval_is_lost(tmp_path: Path) -> None:
    """Eight processes, 200 approvals each, one file; a reader meanwhile sees whole lines only."""
    path = tmp_path / "批准.txt"

    def approve(writer: int) -> None:
        for n in range(200):
            with files.edit(tmp_path, patience=60) as tree:
                old = tree.read(path)
                tree.write(
                    [files.Change(path, (old or b"") + f"批准 {writer} {n}\n".encode(), old)]
                )

    children = [forked(lambda writer=writer: approve(writer)) for writer in range(8)]  # type: ignore[misc]
    lines = 0
    while lines < 1600 and os.waitpid(children[0], os.WNOHANG)[0] == 0:
        content = files.read_if_any(path) or b""
        assert content == b"" or content.endswith(b"\n")
        assert content.count(b"\n") >= lines
        lines = content.count(b"\n")
    assert [exit_code(child) for child in children[1:]] == [0] * 7
    approved = files.read(path).decode().splitlines()
    assert sorted(approved) == sorted(f"批准 {w} {n}" for w in range(8) for n in range(200))
    assert [p.name for p in tmp_path.iterdir()] == [path.name]


def test_no_approval_is_lost_in_a_catalog(tmp_path: Path) -> None:
    """As above through the catalog: each approval is a new text and a comment that signs it."""
    path = tmp_path / "zh_HK.po"
    empty = po.new("zh-Hant-HK")
    fuzzy = [Entry(f"Page {n}", ("舊譯",), flags=("fuzzy",)) for n in range(8)]
    path.write_bytes(po.edit(empty, [*empty.entries, *fuzzy]))

    def approve(writer: int) -> None:
        for n in range(200):
            with files.edit(tmp_path, patience=300) as tree:
                old = tree.read(path) or b""
                catalog = po.read(old)
                entries = [
                    replace(
                        e,
                        msgstr=(f"譯文{n}",),
                        comments=(*e.comments, f"批准 {writer} {n}"),
                        flags=(),
                    )
                    if e.msgid == f"Page {writer}"
                    else e
                    for e in catalog.entries
                ]
                tree.write([files.Change(path, po.edit(catalog, entries), old)])

    children = [forked(lambda writer=writer: approve(writer)) for writer in range(8)]  # type: ignore[misc]
    assert [exit_code(child) for child in children] == [0] * 8
    pages = [entry for entry in po.read(files.read(path)).entries if not entry.is_header]
    assert [(e.msgid, e.msgstr, e.fuzzy) for e in pages] == [
        (f"Page {w}", ("譯文199",), False) for w in range(8)
    ]
    assert [c for e in pages for c in e.comments] == [
        f"批准 {w} {n}" for w in range(8) for n in range(200)
    ]
    assert [p.name for p in tmp_path.iterdir()] == [path.name]


def test_a_dead_holder_blocks_nobody(tmp_path: Path) -> None:
    held, hold = os.pipe()

    def die_holding() -> None:
        with files.edit(tmp_path):
            os.write(hold, b".")
            signal.pause()

    child = forked(die_holding)
    os.read(held, 1)
    with pytest.raises(BilingoError, match=rf"in use by process {child} on .+ since 2") as caught:
        files.write(tmp_path, [files.Change(tmp_path / "甲.po", NEW)], patience=0.05)
    assert caught.value.where == str(tmp_path / files.LOCK)
    os.kill(child, signal.SIGKILL)
    exit_code(child)
    assert (tmp_path / files.LOCK).exists()
    files.write(tmp_path, [files.Change(tmp_path / "甲.po", NEW)], patience=0)
    assert [path.name for path in tmp_path.iterdir()] == ["甲.po"]
