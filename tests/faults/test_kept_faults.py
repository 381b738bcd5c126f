"""What `check` keeps, where writing fails, is cut short, or is done by several at once."""

from __future__ import annotations

import itertools
import shutil
import sys
from pathlib import Path

import pytest
from faultline import KILLED, exit_code, forked, sabotage, temps

from bilingo.formats import po
from bilingo.model import Entry
from bilingo.pipelines.check import check
from bilingo.project import Project, Settings
from bilingo.stores import kept

CATALOG = "locales/zh_HK/LC_MESSAGES/articles.po"


def catalog(root: Path, dose: int) -> None:
    """A catalog of both languages, some of it wrong."""
    head = po.new("zh-Hant-HK")
    entries = [Entry(f"Take {n} mg.", (f"服{n % 7 + dose}毫克。",)) for n in range(30)]
    entries += [Entry(f"第{n}天洗手", (f"Wash on day {n}.",)) for n in range(30)]
    path = root / CATALOG
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(po.edit(head, [*head.entries, *entries]))


@pytest.fixture
def before(tmp_path: Path, remembers: None) -> Path:
    """A project whose catalog has changed since it was remembered."""
    root = tmp_path / "before"
    catalog(root, 0)
    check(Project(root), [root / CATALOG])
    catalog(root, 1)
    return root


@pytest.mark.parametrize(
    ("fault", "lasting"),
    [
        ("kill", False),
        ("after", False),
        ("torn", False),
        ("ENOSPC", False),
        ("EIO", True),
        ("EROFS", True),
    ],
)
def test_every_call_may_fail(fault: str, lasting: bool, before: Path, tmp_path: Path) -> None:
    """The answer is the same; a process that is killed leaves nothing that could be misread."""
    fired = tmp_path / "fired"
    first = before / CATALOG
    wanted = check(Project(before), [first], cached=False)
    assert len(wanted[0].findings) > 20
    killed = answered = 0
    for n in itertools.count(1):
        root = shutil.copytree(before, tmp_path / f"{n}")
        fired.unlink(missing_ok=True)

        def work(root: Path = root, n: int = n) -> None:
            sabotage(fault, n, lasting, fired, streams=True)
            sys.exit(0 if check(Project(root), [root / CATALOG]) == wanted else 1)

        code = exit_code(forked(work))
        assert code in (0, KILLED, 2)  # 2: it was the catalog itself that could not be read
        killed += code == KILLED
        answered += code == 0 and fired.exists()
        for path in (root / ".bilingo").glob("*"):
            if path.suffix in kept.SUFFIXES:  # the old one or the new one
                content = path.read_bytes()
                assert kept.read(path, content[content.index(b"\n") + 1 :][16:32])
        again = [check(Project(root), [root / CATALOG]) for _ in range(2)]
        assert again == [wanted, wanted], n
        assert len(temps(root)) <= 1
        shutil.rmtree(root)
        if not fired.exists():
            break
    assert (killed > 3) == (fault in ("kill", "after", "torn"))
    assert killed or answered > 3


def test_two_at_once(before: Path) -> None:
    """Each has its own setting, so that neither can use what the other keeps in the same files."""
    settings = [Settings(profile=profile) for profile in ("hk-press", "tech")]
    projects = [Project(before, each) for each in settings]
    wanted = [check(project, [before / CATALOG], cached=False) for project in projects]
    assert wanted[0] != wanted[1]

    def work(number: int) -> None:
        for _ in range(30):
            if check(projects[number], [before / CATALOG]) != wanted[number]:
                sys.exit(1)

    children = [forked(lambda number=number: work(number)) for number in (0, 1, 0, 1)]
    assert [exit_code(child) for child in children] == [0, 0, 0, 0]
    assert not temps(before)
