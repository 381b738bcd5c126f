"""An import in constant memory makes what one in memory makes."""

from __future__ import annotations

import os
import random
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bilingo.cli import main
from bilingo.errors import BilingoError
from bilingo.formats import tmx
from bilingo.model import TU, TUV
from bilingo.pipelines import bulk, exchange
from bilingo.project import Project, open_project
from bilingo.stores import files, sorting

HEAD = '<tmx version="1.4"><header creationtool="x" segtype="block" srclang="en"/><body>'
HANT = "為協助患者家庭作好準備，基金會於本月舉行研討會，請各位準時出席。"


def foreign(rng: random.Random, count: int, locale: str) -> str:
    units = "".join(
        f'<tu creationid="a{rng.randint(0, 2)}"><tuv xml:lang="en"><seg>n {rng.randint(0, 60)}'
        f'</seg></tuv>\n<tuv xml:lang="{locale}"><seg>{HANT}{rng.randint(0, 3)}</seg></tuv></tu>'
        for _ in range(count)
    )
    return f"{HEAD}{units}<tu><tuv xml:lang='en'><seg>alone</seg></tuv></tu></body></tmx>"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    (tmp_path / "memory").mkdir()
    return open_project(tmp_path)


@pytest.mark.parametrize("seed", range(6))
def test_as_in_memory(seed: int, project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    rng = random.Random(seed)  # noqa: S311
    monkeypatch.setattr(sorting, "ROOM", rng.choice((500, 5000, 10**6)))
    paths = [project.root / f"{name}.tmx" for name in "abc"]
    for path in paths:
        text = foreign(rng, rng.randint(1, 60), rng.choice(("zh", "zh-HK", "zh-CN")))
        path.write_text(text, encoding="utf-8")
    name = rng.choice(("", "all"))
    if rng.random() < 0.5:
        old = [TU((TUV("en", f"n {n}"), TUV("zh-Hant-HK", f"{HANT}1"))) for n in range(9)]
        (project.memory / "all.tmx").write_bytes(tmx.write(old))
    done, changes = exchange.import_files(project, paths, name)

    checked, would = bulk.import_large(project, paths, name, write=False, tick=lambda _: None)
    assert {change.path: change.expected for change in changes} == {
        change.path: files.read_if_any(change.path) for change in changes
    }
    told: list[int] = []
    imported, new = bulk.import_large(project, paths, name, write=True, tick=told.append)

    assert imported == checked == done
    assert new == would
    for change in changes:
        assert change.path.read_bytes() == change.content
    assert sum(told) >= sum(path.stat().st_size for path in paths)
    assert bulk.import_large(project, paths, name, write=True, tick=told.append)[1] == ()
    assert not list(project.memory.glob(".*"))


def test_a_broken_file_changes_nothing(project: Project) -> None:
    path = project.root / "a.tmx"
    path.write_text(foreign(random.Random(1), 9, "zh-HK")[:-9], encoding="utf-8")  # noqa: S311
    with pytest.raises(BilingoError, match=r"^a\.tmx:\d+:\d+: no TMX"):
        bulk.import_large(project, [path], "", write=True, tick=lambda _: None)
    assert not list(project.memory.iterdir())


def test_a_file_that_changes_meanwhile(project: Project) -> None:
    target = project.memory / "a.tmx"
    target.write_bytes(b"old")
    with pytest.raises(BilingoError, match="changed on disk meanwhile"):
        files.stream(project.root, target, [b"new"], (1, 2, 3))
    assert target.read_bytes() == b"old"


def test_the_command(
    project: Project, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(bulk, "LARGE", 0)
    path = project.root / "a.tmx"
    path.write_text(foreign(random.Random(1), 9, "zh-HK"), encoding="utf-8")  # noqa: S311
    target = project.memory / "a.tmx"
    command = ["-C", str(project.root), "memory", "import", str(path)]
    assert main([*command, "--check"]) == 1
    assert "would change memory/a.tmx" in capsys.readouterr().err
    assert not target.exists()
    assert main(command) == 0
    assert "9 units" in capsys.readouterr().err
    assert target.exists()
    assert main([*command, "--check"]) == 0


def sources(
    project: Project, encodings: tuple[str, ...] = ("utf-8", "utf-16", "utf-8")
) -> list[Path]:
    """A memory file, and three that go into it: of bare `zh`, UTF-16, with units left out."""
    rng = random.Random(3)  # noqa: S311
    old = [TU((TUV("en", f"n {n}"), TUV("zh-Hant-HK", f"{HANT}1"))) for n in range(90)]
    (project.memory / "all.tmx").write_bytes(tmx.write(old))
    paths = [project.root / f"{name}.tmx" for name in "abc"]
    for path, locale, encoding in zip(paths, ("zh", "zh-HK", "zh"), encodings, strict=True):
        text = foreign(rng, 200, locale).replace(
            '<tuv xml:lang="en"><seg>n 7<', '<tuv xml:lang="xx"><seg>n 7<'
        )
        text = text.replace("n 9<", "n \n 9<")
        path.write_bytes(text.encode(encoding))
    return paths


def imported(project: Project, paths: list[Path], **more: Any) -> tuple[Any, list[str]]:
    told: list[str] = []
    more = {"tick": lambda _: None, **more}
    return bulk.import_large(project, paths, "all", write=True, tell=told.append, **more), told


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sorting, "ROOM", 3_000)
    monkeypatch.setattr(tmx, "CHUNK", 1_500)


@pytest.mark.usefixtures("small")
def test_a_killed_import_goes_on(project: Project, tmp_path: Path) -> None:
    """Killed at every so-manieth read, time and again, it makes the same bytes."""
    paths = sources(project)
    target = project.memory / "all.tmx"
    before = target.read_bytes()
    reads: list[int] = []
    wanted, told = imported(project, paths, tick=reads.append)
    assert not told
    assert wanted[0][0].warnings
    after = target.read_bytes()
    assert after != before
    resumed = 0
    for every in (7, 30, 101, len(reads) - 1):
        target.write_bytes(before)
        for _ in range(200):

            def work(every: int = every) -> None:
                left = iter(range(every))

                def tick(size: int) -> None:
                    if next(left, None) is None:
                        os.kill(os.getpid(), signal.SIGKILL)

                imported(project, paths, tick=tick)

            if os.waitstatus_to_exitcode(os.waitpid(_forked(work), 0)[1]) == 0:
                break
            assert target.read_bytes() == before
            resumed += bool(list(tmp_path.glob(".bilingo/import-*/state")))
        else:
            every = 0  # it gets no further than that
        if not every:
            done, told = imported(project, paths)
            assert told
            assert done == wanted
        assert target.read_bytes() == after
        assert not list(tmp_path.glob(".bilingo/import-*"))
    assert resumed > 20


def _forked(work: Callable[[], None]) -> int:
    child = os.fork()
    if child == 0:
        try:
            work()
        finally:
            os._exit(0)
    return child


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("what", ["nothing", "memory", "source", "run", "state", "shorter run"])
def test_what_was_kept_is_for_the_same_files_only(
    project: Project, tmp_path: Path, what: str
) -> None:
    paths = sources(project)
    target = project.memory / "all.tmx"
    steps = iter(range(60))

    def tick(size: int) -> None:
        if next(steps, None) is None:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        imported(project, paths, tick=tick)
    (folder,) = tmp_path.glob(".bilingo/import-*")
    runs = sorted(folder.glob("0*"))
    if what == "memory":
        target.write_bytes(tmx.write([TU((TUV("en", "n 1"), TUV("zh-Hant-HK", "甲")))]))
    elif what == "source":
        paths[2].write_bytes(paths[2].read_bytes().replace(b"alone", b"aloft"))
    elif what == "run":
        content = bytearray(runs[1].read_bytes())
        content[30] ^= 1
        runs[1].write_bytes(content)
    elif what == "shorter run":
        runs[0].write_bytes(runs[0].read_bytes()[:-20])
    elif what == "state":
        (folder / "state").write_bytes(b"{")
    _, changes = exchange.import_files(project, paths, "all")

    _, told = imported(project, paths)

    assert [target.read_bytes()] == [change.content for change in changes]
    assert [line.startswith("resumed at ") for line in told] == [True] * (what == "nothing")
    assert not list(tmp_path.glob(".bilingo/import-*"))


@pytest.mark.usefixtures("small")
def test_a_fault_after_going_on_is_named_where_it_is(project: Project) -> None:
    (path, *_) = sources(project)
    raw = path.read_bytes()
    path.write_bytes(raw[: len(raw) * 3 // 4] + b"<" + raw[len(raw) * 3 // 4 :])
    with pytest.raises(BilingoError) as whole:
        imported(project, [path])
    steps = iter(range(25))

    def tick(size: int) -> None:
        if next(steps, None) is None:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        imported(project, [path], tick=tick)
    told: list[str] = []
    with pytest.raises(BilingoError) as fault:
        bulk.import_large(project, [path], "all", write=True, tick=lambda _: None, tell=told.append)
    assert told
    assert str(fault.value) == str(whole.value)


@pytest.mark.usefixtures("small")
def test_two_of_the_same_import(project: Project) -> None:
    paths = sources(project)

    def tick(size: int) -> None:
        with pytest.raises(BilingoError, match="the same import is running"):
            imported(project, paths)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        imported(project, paths, tick=tick)
    assert not imported(project, paths)[1]
