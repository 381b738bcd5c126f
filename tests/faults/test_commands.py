"""Every command that writes, hurt at every call: each file stays old or becomes new, never between.

The N-th call fails or kills, N = 1, 2, … until a run is unhurt; after each the same command is run
again, without repair, and must reach what an unhurt run reaches.
"""

from __future__ import annotations

import itertools
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from faultline import KILLED, exit_code, forked, sabotage, temps

from bilingo import cli
from bilingo.formats import po
from bilingo.model import Entry
from bilingo.stores import files

Tree = dict[str, bytes]
CATALOG = "locales/zh_HK/LC_MESSAGES/articles.po"
ENGLISH = "# Flu jabs\n\nFree for **carers**. Call 2345 6789.\n\nBring your card.\n"
CHINESE = "# 海濱同行\n\n歡迎長者參加。\n"
TRANSLATIONS = {
    "Flu jabs": "流感疫苗",
    "Free for <1>carers</1>. Call 2345 6789.": "<1>照顧者</1>免費。請致電2345 6789。",
    "Bring your card.": "請帶身份證。",
    "海濱同行": "Walk along the harbour",
    "歡迎長者參加。": "Older people are welcome.",
}
TMX = """\
<?xml version="1.0" encoding="UTF-8"?>
<tmx version="1.4"><header creationtool="t" creationtoolversion="1" segtype="sentence"
 o-tmf="t" adminlang="en" srclang="*all*" datatype="plaintext"/><body>
<tu><tuv xml:lang="en"><seg>{en}</seg></tuv><tuv xml:lang="zh-HK"><seg>{zh}</seg></tuv></tu>
</body></tmx>
"""


@dataclass(frozen=True, slots=True)
class Command:
    """A command line, and what makes the project it is run in different from `site`."""

    line: str
    prepare: Callable[[Path], None]
    once: bool = False  # done, it says that it was done before (exit 2)
    code: int = 0

    def run(self, root: Path) -> int:
        os.chdir(root)
        return cli.main([*self.line.split(), "-q"])


def tool(root: Path, line: str) -> None:
    assert cli.main(["-C", str(root), *line.split(), "-q"]) == 0


def write(root: Path, name: str, text: str) -> None:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())


def translated(entry: Entry) -> Entry:
    return replace(entry, msgstr=(TRANSLATIONS.get(entry.msgid, "另一句"),), flags=())


def review(path: Path, change: Callable[[Entry], Entry] = translated) -> None:
    """Put translations into a catalog, as a person does."""
    catalog = po.read(path.read_bytes())
    path.write_bytes(po.edit(catalog, [e if e.is_header else change(e) for e in catalog.entries]))


def empty(root: Path) -> None:
    root.mkdir()


def site(root: Path) -> None:
    """Two articles, one in each language, and their catalogs, translated."""
    write(root, "bilingo.toml", 'source = "en"\ntargets = ["zh-Hant-HK", "en"]\n')
    write(root, "articles/flu.en.md", ENGLISH)
    write(root, "articles/walk.zh-HK.md", CHINESE)
    tool(root, "sync")
    for path in root.glob("locales/*/LC_MESSAGES/articles.po"):
        review(path)


def edited(root: Path) -> None:
    site(root)
    write(root, "articles/flu.en.md", ENGLISH.replace("Bring", "Please bring") + "\nNew line.\n")
    write(root, "articles/walk.zh-HK.md", CHINESE + "\n費用全免。\n")


def built(root: Path) -> None:
    """A site whose build is there and old."""
    site(root)
    tool(root, "build")
    review(
        root / CATALOG,
        lambda e: replace(e, msgstr=(TRANSLATIONS[e.msgid].replace("流感", "流行性感冒"),)),
    )


def withdrawn(root: Path) -> None:
    """A site one page of which may not go live any more, and another whose article is gone."""
    site(root)
    write(root, "articles/more.en.md", "Bring your card.\n")
    tool(root, "build")
    (root / "articles/more.en.md").unlink()
    review(root / CATALOG, lambda e: replace(e, flags=("fuzzy",)))


def inbox(root: Path) -> None:
    site(root)
    tool(root, "memory harvest")
    write(root, "inbox/agency.tmx", TMX.format(en="Wash your hands.", zh="請洗手。"))
    write(root, "inbox/articles.tmx", TMX.format(en="Stay at home.", zh="請留在家中。"))


def exported(root: Path) -> None:
    inbox(root)
    write(root, "out/all.tmx", "an older export\n")


def harvested(root: Path) -> None:
    """A memory whose translations were changed in the catalog since."""
    built(root)
    tool(root, "memory harvest")
    review(root / CATALOG)


def forked_catalogs(root: Path) -> None:
    site(root)
    shutil.copy(root / CATALOG, root / "base.po")
    for name, msgid in (("ours", "Flu jabs"), ("theirs", "Bring your card.")):
        shutil.copy(root / CATALOG, root / f"{name}.po")
        review(
            root / f"{name}.po",
            lambda e, msgid=msgid: replace(e, msgstr=("新譯",)) if e.msgid == msgid else e,
        )


def repository(root: Path) -> None:
    site(root)
    write(root, ".gitattributes", "*.md text\n")
    subprocess.run(["git", "init", "-q", root], check=True)


COMMANDS = {
    "init": Command("init", empty, once=True),
    "sync": Command("sync", edited),
    "build": Command("build", built),
    "withdraw": Command("build", withdrawn, code=1),
    "import": Command("memory import inbox/agency.tmx inbox/articles.tmx", inbox),
    "export": Command("memory export -o out/all.tmx", exported),
    "harvest": Command("memory harvest", harvested),
    "merge": Command("merge base.po ours.po theirs.po", forked_catalogs),
    "install": Command("merge --install", repository),
}
FAULTS = ["kill", "SIGTERM", "SIGINT", "ENOSPC", "EIO", "EROFS"]


def tree(root: Path) -> Tree:
    """Every file but the lock, temporary files, and what is git's own."""
    return {
        name: path.read_bytes()
        for path in root.rglob("*")
        if path.is_file()
        and not (name := path.relative_to(root).as_posix()).startswith(".git/")
        and path.name != files.LOCK
        and not path.name.endswith(files.TEMP)
    }


@dataclass(frozen=True, slots=True)
class Case:
    """A command, its project before, and both trees: before it and after it."""

    command: Command
    before: Path
    old: Tree
    new: Tree

    def is_untouched(self, root: Path) -> bool:
        """Whether `root` is as before the command, and nothing else lies there."""
        names = {p.relative_to(root).as_posix() for p in root.rglob("*") if p.is_file()}
        return tree(root) == self.old and not any(files.LOCK in n or files.TEMP in n for n in names)

    def untouched(self, root: Path, fresh: Path) -> Path:
        """`root` if it is as before the command, else a `fresh` copy."""
        if root != self.before and self.is_untouched(root):
            return root
        return shutil.copytree(self.before, fresh)

    def assert_whole(self, root: Path) -> None:
        found = tree(root)
        assert found.keys() <= self.old.keys() | self.new.keys()
        assert self.old.keys() & self.new.keys() <= found.keys()
        for name, content in found.items():
            assert content in (self.old.get(name), self.new.get(name)), name

    def assert_mended(self, root: Path) -> None:
        """The next run needs no repair, and clears up."""
        done = tree(root) == self.new
        assert self.command.run(root) == (2 if self.command.once and done else self.command.code)
        assert tree(root) == self.new
        assert temps(root) == []
        files.write(root, [files.Change(root / "free", b"")], patience=0)  # no lock blocks
        assert not list(root.rglob(files.LOCK))


@pytest.fixture(params=COMMANDS, scope="module")
def case(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Case]:
    folder = tmp_path_factory.mktemp(request.param)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", "1793600000")
        patch.chdir(folder)
        # the death of a process loses nothing that was not synced; the wait would be most of a run
        patch.setattr(os, "fsync", os.fstat)
        command = COMMANDS[request.param]
        command.prepare(folder / "before")
        old = tree(folder / "before")
        after = shutil.copytree(folder / "before", folder / "after")
        assert command.run(after) == command.code
        assert tree(after) != old
        yield Case(command, folder / "before", old, tree(after))


@pytest.mark.parametrize("fault", FAULTS)
def test_every_call_may_fail(case: Case, tmp_path: Path, fault: str) -> None:
    expected = {"kill": KILLED, "SIGTERM": 143, "SIGINT": 130}.get(fault, 2)
    root = case.before
    for at in itertools.count(1):
        root, fired = case.untouched(root, tmp_path / str(at)), tmp_path / f"{at}-fired"

        def work() -> None:
            signal.signal(signal.SIGINT, signal.default_int_handler)
            sys.argv = ["bilingo", *case.command.line.split(), "-q"]
            os.chdir(root)  # noqa: B023 - runs at once
            sabotage(fault, at, False, fired)  # noqa: B023
            cli.run()

        code = exit_code(forked(work))
        done = case.command.code
        if not fired.exists():
            assert code == done
            break
        assert code in (done, expected)  # done: what failed was the removal of the lock
        case.assert_whole(root)
        if code != KILLED:
            assert temps(root) == []
        if code == done:
            assert tree(root) == case.new
        if not case.is_untouched(root):
            case.assert_mended(root)
    assert at > 10  # a seam that nobody calls would prove nothing


SYSTEM = {
    "openat": "EROFS",
    "write": "ENOSPC",
    "fsync": "EIO",
    "/^rename": "EIO",
    "/^unlink": "EIO",
}
FSYNC = os.fsync
# Every call with BILINGO_ALL_FAULTS=1, which takes minutes; else the first, third, ninth, ...
STRIDE = 1 if os.environ.get("BILINGO_ALL_FAULTS") else 3


@pytest.mark.clients
@pytest.mark.parametrize("call", SYSTEM)
@pytest.mark.parametrize("kill", [True, False], ids=["KILL", "error"])
def test_every_system_call_may_fail(case: Case, tmp_path: Path, call: str, kill: bool) -> None:
    if not shutil.which("strace"):
        pytest.skip("strace is not installed")
    fault = "signal=KILL" if kill else f"error={SYSTEM[call]}"
    at, root = 1, case.before
    while True:
        root, log = case.untouched(root, tmp_path / str(at)), tmp_path / f"{at}-log"
        code = traced(case.command, root, log, f"inject={call}:{fault}:when={at}")
        killed = code == -signal.SIGKILL
        if not killed and "INJECTED" not in log.read_text(errors="replace"):
            break
        assert killed or code in (case.command.code, 2)
        case.assert_whole(root)
        if not killed:
            assert temps(root) == []
        if not case.is_untouched(root):
            case.assert_mended(root)
        at = at * STRIDE if STRIDE > 1 else at + 1
    assert at > 1


def traced(command: Command, root: Path, log: Path, inject: str) -> int:
    """Run the command in a child that strace hurts; how it ended."""
    ready, go = os.pipe()

    def work() -> None:
        os.fsync = FSYNC
        os.read(ready, 1)  # until strace is there
        code = command.run(root)
        os._exit(code)  # as nothing else is to be hurt

    child = forked(work)
    tracer = subprocess.Popen(
        ["strace", "-p", str(child), "-o", log, "-e", inject], stderr=subprocess.PIPE
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
    return code
