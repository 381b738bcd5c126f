"""An index that cannot be written, at any call: `suggest` answers all the same, and says so."""

from __future__ import annotations

import io
import itertools
import json
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
from faultline import exit_code, forked, sabotage, temps

from bilingo import cli
from bilingo.formats import tmx
from bilingo.model import TU, TUV
from bilingo.pipelines import memory
from bilingo.stores import index_cache, index_patch
from bilingo.stores.index import Index

ASKED = "Please wash your hands 7 times.\n請洗手七次。\n"


def units(count: int) -> list[TU]:
    return [
        TU((TUV("en", f"Please wash your hands {n} times."), TUV("zh-Hant-HK", f"請洗手{n}次。")))
        for n in range(count)
    ]


def build(root: Path) -> None:
    """A memory without an index."""
    (root / "memory").mkdir(parents=True)
    (root / "bilingo.toml").write_text('source = "en"\ntargets = ["zh-Hant-HK", "en"]\n')
    (root / "memory" / "a.tmx").write_bytes(tmx.write(units(40)))


def patch(root: Path) -> None:
    """A memory that has changed since it was indexed."""
    build(root)
    assert cli.main(["-C", str(root), "suggest", "hands", "-q"]) == 0
    assert list(root.glob(".bilingo/*.idx"))
    (root / "memory" / "a.tmx").write_bytes(tmx.write(units(42)))


class Said(NamedTuple):
    """What a run printed."""

    out: list[dict[str, list[object]]]
    lines: list[str]


def suggest(root: Path, report: Path, before: Callable[[], None]) -> Said:
    """What a run in a process of its own says, whose writing may fail after `before`."""

    def work() -> None:
        said = io.StringIO(), io.StringIO()
        with report.open("w", encoding="utf-8") as file:
            before()
            sys.stdin, sys.stdout, sys.stderr = io.StringIO(ASKED), *said
            code = cli.main(["-C", str(root), "suggest", "-", "--json"])
            json.dump([said[0].getvalue(), said[1].getvalue()], file)
        sys.exit(code)

    assert exit_code(forked(work)) == 0
    out, err = json.loads(report.read_text(encoding="utf-8"))
    return Said([json.loads(line) for line in out.splitlines()], err.splitlines())


@pytest.mark.parametrize("prepare", [build, patch])
@pytest.mark.parametrize(("fault", "lasting"), [("ENOSPC", False), ("EIO", True), ("EROFS", True)])
def test_every_call_may_fail(
    fault: str,
    lasting: bool,
    prepare: Callable[[Path], None],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(index_patch, "SMALL", 0)
    before, report, fired = tmp_path / "before", tmp_path / "said", tmp_path / "fired"
    monkeypatch.setattr(memory, "SCANNED", 0)
    prepare(before)
    monkeypatch.setattr(memory, "SCANNED", 10**9)
    for text in ASKED.splitlines():
        assert cli.main(["-C", str(before), "suggest", text]) == 0  # imports, once for all forks
    wanted = suggest(before, report, lambda: None)
    assert [len(one["matches"]) for one in wanted.out] == [5, 5]
    assert not wanted.lines
    monkeypatch.setattr(memory, "SCANNED", 0)

    told = 0
    for n in itertools.count(1):
        root = shutil.copytree(before, tmp_path / f"{n}")
        fired.unlink(missing_ok=True)
        said = suggest(root, report, lambda n=n: sabotage(fault, n, lasting, fired, streams=True))
        assert said.out == wanted.out, n
        assert len(said.lines) <= 1, said.lines
        assert all("cannot be kept" in line for line in said.lines)
        told += len(said.lines)
        # what is there is whole, and asked without a word
        for path in root.glob(".bilingo/*.idx"):
            with path.open("rb") as file:
                index = Index(file)
            for name in index._pages.sections:
                index.section(name)
        if said.lines:
            assert not [p for p in temps(root) if p.suffix == index_cache.SUFFIX]
        after = suggest(root, report, lambda: None)
        assert after == wanted, n
        assert (root / ".bilingo" / ".gitignore").read_bytes() == b"*\n"
        shutil.rmtree(root)
        if not fired.exists():
            assert not said.lines
            break
    assert n > 6
    assert told >= 4
