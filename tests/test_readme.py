"""The README's session is run as it stands, and prints what it says.

`console` blocks are commands and their output; a `markdown` block is the article named before it; a
`po` block is what the translator puts into the catalog. `./task golden` rewrites the output.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

README = Path(__file__).parent.parent / "README.md"
CATALOG = "locales/zh_HK/LC_MESSAGES/articles.po"
BLOCK = re.compile(r"(?:writes `(?P<path>[^`]+)`:\n\n)?```(?P<kind>\w+)\n(?P<body>.*?)```\n", re.S)


def run(command: str, folder: Path) -> str:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "SOURCE_DATE_EPOCH": "1793600000"}
    environment.pop("GITHUB_ACTIONS", None)
    result = subprocess.run(  # noqa: S602 - the commands are the README's
        command,
        shell=True,
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    return result.stdout


def translated(catalog: str, entries: str) -> str:
    for msgid, msgstr in re.findall(r'(msgid ".*"\n)(msgstr ".*"\n)', entries):
        before = f'{msgid}msgstr ""\n'
        assert before in catalog
        catalog = catalog.replace(before, msgid + msgstr)
    return catalog


def replayed(text: str, folder: Path) -> str:
    """The README with the output that its commands print now."""

    def replay(found: re.Match[str]) -> str:
        kind, body = found["kind"], found["body"]
        if kind == "markdown":
            (folder / found["path"]).write_text(body)
        elif kind == "po":
            catalog = folder / CATALOG
            catalog.write_text(translated(catalog.read_text(), body))
        elif kind == "console":
            commands = [line[2:] for line in body.splitlines() if line.startswith("$ ")]
            body = "".join(f"$ {command}\n{run(command, folder)}" for command in commands)
        return found[0].replace(found["body"], body)

    return BLOCK.sub(replay, text)


def test_the_session_is_real(tmp_path: Path, pytestconfig: pytest.Config) -> None:
    text = README.read_text()

    now = replayed(text, tmp_path)

    if pytestconfig.getoption("--update-golden"):
        README.write_text(now)
        return
    assert "bilingo suggest" in now
    assert now == text
