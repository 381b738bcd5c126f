"""Every line of EXPECT.tsv about articles, glossaries and names, through the commands."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bilingo.cli import main

pytestmark = pytest.mark.corpus

FOLDERS = ("md/", "html/", "docx/", "csv/")
SECONDS = 2  # of processor time; the kernel ends a process that takes more
MEGABYTES = 200  # and ten times the input


def expectations(shared: Path) -> Iterator[tuple[str, str]]:
    table = shared / "data/malformed/EXPECT.tsv"
    for line in table.read_text("utf-8").splitlines()[1:]:
        name, _, expected = line.partition("\t")
        if name.removeprefix("malformed/").startswith(FOLDERS):
            yield name, expected


# A process counts what its parent held when it began, and the tests hold a lot; so a small one runs
# the command and says what became of it.
MEASURED = """
import json, os, resource, sys
seconds, *command = sys.argv[1:]
pid = os.fork()
if not pid:
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    resource.setrlimit(resource.RLIMIT_CPU, (int(seconds), int(seconds)))
    os.execv(sys.executable, [sys.executable, "-m", "bilingo", *command])
_, status, usage = os.wait4(pid, 0)
print(json.dumps([os.waitstatus_to_exitcode(status), usage.ru_maxrss * 1024]))
"""


def run(arguments: list[str], folder: Path) -> tuple[int, str, int]:
    """The command in a process of its own: exit code, stderr, and its peak memory in bytes."""
    done = subprocess.run(
        [sys.executable, "-c", MEASURED, str(SECONDS), *arguments],
        cwd=folder,
        capture_output=True,
        check=True,
    )
    code, memory = json.loads(done.stdout)
    return code, done.stderr.decode(), memory


EMPTY_CATALOG = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n'


def test_every_line_holds(shared: Path, tmp_path: Path) -> None:
    known = list(expectations(shared))
    assert len(known) == 48
    for number, (name, expected) in enumerate(known):
        folder = tmp_path / str(number)
        folder.mkdir()
        holds(shared / "data" / name, folder, expected)


def holds(source: Path, tmp_path: Path, expected: str) -> None:
    name = source.as_posix()
    if "/csv/" in name:
        article = tmp_path / "memory/glossary.csv"
        catalog = tmp_path / "locales/zh_HK/LC_MESSAGES/articles.po"
        catalog.parent.mkdir(parents=True)
        catalog.write_text(EMPTY_CATALOG)
        arguments = ["check", "locales/zh_HK/LC_MESSAGES/articles.po"]
    else:
        article = tmp_path / source.name
        arguments = ["extract", "--all", "--json", source.name]
    article.parent.mkdir(exist_ok=True)
    shutil.copy(source, article)

    code, err, memory = run(arguments, tmp_path)

    assert code in (0, 1, 2), (name, err)
    assert memory < (MEGABYTES << 20) + 10 * article.stat().st_size
    assert article.read_bytes() == source.read_bytes()
    verdict = expected.partition(" say ")[0]
    if verdict.startswith("REFUSE:") and " or " not in verdict:
        assert code == 2, name
    elif verdict.startswith("ACCEPT") and " or REFUSE" not in verdict and "/R" not in verdict:
        assert code == 0, (name, err)
    if code == 2:
        place = "memory/glossary.csv" if "/csv/" in name else source.name
        assert err.startswith(f"bilingo: {place}:")
        assert err.count("\n") == 1
        assert place.endswith(".docx") or err.split(":")[2].isdigit()


def test_every_name_is_refused_or_stays_inside(
    shared: Path,
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """As an article's name, a domain, a locale and a project."""
    path = shared / "data/malformed/names/article-and-domain-names.json"
    for number, name in enumerate(json.loads(path.read_text("utf-8"))):
        use(name, tmp_path / str(number), capfd, monkeypatch)


def use(
    name: str,
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    root = tmp_path / "outer" / "site"
    (root / "articles").mkdir(parents=True)
    (root / "articles/home.en.md").write_text("Home\n")
    monkeypatch.chdir(root)
    settings = root / "bilingo.toml"

    def ran(*arguments: str) -> None:
        assert main(list(arguments)) in (0, 1, 2), (name, arguments)
        assert capfd.readouterr().err.count("\n") < 5

    for setting in ("domain", "locales", "build", "memory", "articles", "source"):
        settings.write_text(f"{setting} = {json.dumps(name)}\n")
        ran("sync")
        ran("build", "--allow-partial")
        ran("memory", "harvest")
    settings.unlink()
    if "\0" in name:
        return  # no argument of a command has one
    for arguments in (["sync", "--", name], ["extract", "--", name], ["build", "--", name]):
        ran(*arguments)
    ran("sync", f"--locale={name}")
    ran("memory", "import", f"--name={name}", "articles/home.en.md")
    ran(f"-C{name}", "sync")
    outside = [path for path in tmp_path.rglob("*") if not path.is_relative_to(root)]
    assert outside == [tmp_path / "outer"]
