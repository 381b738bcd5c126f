"""An import in constant memory makes what one in memory makes."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from bilingo.cli import main
from bilingo.errors import BilingoError
from bilingo.formats import tmx
from bilingo.model import TU, TUV
from bilingo.pipelines import bulk, memory
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
    done, changes = memory.import_files(project, paths, name)

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
