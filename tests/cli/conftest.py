"""A project in a temporary folder, and a way to run `bilingo` in it as a person would."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from bilingo.cli import main

SEMINAR = """\
---
title: "Seminar on gene therapy"
date: 2026-11-02
lang: en
---

# Seminar on gene therapy

The seminar attracted 20 families. Mr. Lam thanked **all speakers**. It ended at 5 p.m.

See [our guide](/en/guide) for the slides.
"""


@dataclass(frozen=True)
class Ran:
    """What a command printed, and its exit code."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@dataclass(frozen=True)
class Site:
    """A project folder."""

    root: Path
    run: Callable[..., Ran]

    def write(self, name: str, text: str) -> Path:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
        return path

    def read(self, name: str) -> str:
        return (self.root / name).read_bytes().decode()

    def files(self) -> dict[str, bytes]:
        paths = (p for p in sorted(self.root.rglob("*")) if p.is_file())
        return {p.relative_to(self.root).as_posix(): p.read_bytes() for p in paths}

    def translate(self, msgid: str, msgstr: str, catalog: str = "zh_HK") -> None:
        """Put a translation into the catalog, as somebody with a text editor does."""
        name = f"locales/{catalog}/LC_MESSAGES/articles.po"
        quoted = msgid.replace("\\", "\\\\").replace('"', '\\"')
        before = f'msgid "{quoted}"\nmsgstr ""\n'
        assert before in self.read(name)
        self.write(name, self.read(name).replace(before, f'msgid "{quoted}"\nmsgstr "{msgstr}"\n'))


@pytest.fixture
def site(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Site:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1793600000")
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str) -> Ran:
        capfd.readouterr()
        code = main(list(arguments))
        out, err = capfd.readouterr()
        return Ran(code, out, err)

    site = Site(tmp_path, run)
    site.write("bilingo.toml", 'source = "en"\ntargets = ["zh-Hant-HK", "en"]\n')
    site.write("articles/seminar.en.md", SEMINAR)
    return site
