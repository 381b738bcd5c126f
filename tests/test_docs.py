"""The documentation cannot go stale: every command, setting and JSON key stands in it."""

from __future__ import annotations

import re
import runpy
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import click
import pytest

from bilingo.cli.commands import bilingo
from bilingo.project import Settings

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"


def commands(group: click.Group, path: str = "") -> Iterator[tuple[str, click.Command]]:
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if isinstance(command, click.Group):
            yield from commands(command, f"{path}{name} ")
        elif command:
            yield f"{path}{name}", command


COMMANDS = dict(commands(bilingo))


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_in_the_readme_and_shows_an_example(name: str) -> None:
    readme = (ROOT / "README.md").read_text()
    first, _, rest = name.partition(" ")

    assert f"bilingo {first}" in readme
    assert rest in readme
    assert f"bilingo {name}" in (COMMANDS[name].help or "")


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_says_what_it_does(name: str) -> None:
    options = [p for p in COMMANDS[name].params if isinstance(p, click.Option)]

    assert [o.opts for o in options if not (o.help or o.show_default)] == []


@pytest.mark.parametrize("name", [field.name for field in fields(Settings)])
def test_every_setting_is_described(name: str) -> None:
    assert f"| `{name}` |" in (DOCS / "settings.md").read_text()


def prose(page: Path) -> str:
    """The text of a page without its code blocks."""
    return re.sub(r"(?ms)^```.*?^```|^ {4}.*?$", "", page.read_text())


def test_every_link_leads_somewhere() -> None:
    pages = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *DOCS.rglob("*.md")]
    broken = [
        f"{page.name}: {target}"
        for page in pages
        for target in re.findall(r"\]\((?!https?:|/|#)([^)#\s]+)", prose(page))
        if not (page.parent / target).exists()
    ]

    assert broken == []


def test_the_page_of_checks_is_made_from_the_checks() -> None:
    tool = runpy.run_path(str(ROOT / "tools" / "check_docs.py"))

    assert (DOCS / "checks.md").read_text() == tool["page"]()
