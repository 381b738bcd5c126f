"""Catalogs under git: merge, diff."""

from __future__ import annotations

import os
import subprocess
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bilingo.cli import door, streams

if TYPE_CHECKING:
    from bilingo.match.diff import Change
    from bilingo.project import Project

_DRIVER = {
    "merge.bilingo.name": "bilingo: catalogs and memories by entry",
    "merge.bilingo.driver": "bilingo merge %O %A %B --name %P",
}
_ATTRIBUTES = ("*.po merge=bilingo", "*.pot merge=bilingo", "memory/**/*.tmx merge=bilingo")


@door.command()
@click.argument("versions", nargs=-1, metavar="[BASE OURS THEIRS]")
@click.option("--name", default="", metavar="NAME", help="The file's own name, for copies.")
@click.option("--install", is_flag=True, help="Let git in this clone merge with bilingo.")
@door.writes
def merge(
    project: Project,
    versions: tuple[str, ...],
    name: str,
    install: bool,
    check: bool,
    diff: bool,
) -> int:
    """Merge two versions of a catalog or memory by entry, three ways, into OURS.

    Edits of different entries never conflict, and dates never do. An entry that both sides changed
    differently keeps our text, becomes fuzzy, and carries the other text in a comment; the exit
    code is then 1, as git wants it. No translation ever moves to another text.

    \b
      bilingo merge --install                   # once in a clone; then just git merge
      bilingo merge base.po ours.po theirs.po
    """
    from bilingo.pipelines import merge as verb

    if install:
        if versions:
            raise click.UsageError("--install takes no files")
        return _install(project, check=check, diff=diff)
    if len(versions) != 3:
        raise click.UsageError("three files are needed: BASE OURS THEIRS")
    paths = [Path(version).absolute() for version in versions]
    result = verb.merge(project, *paths, name=name)
    code = door.settle(project, [result.change], check=check, diff=diff, root=paths[1].parent)
    for msgid in result.conflicts:
        streams.fail(f"{name or versions[1]}: both sides changed “{msgid}”; it is fuzzy now")
    return code or (streams.FINDINGS if result.conflicts else streams.DONE)


def _install(project: Project, *, check: bool, diff: bool) -> int:
    """Name the driver in the clone's configuration, and its files in .gitattributes."""
    from bilingo.stores import files

    _git(project, "rev-parse", "--git-dir")
    path = project.root / ".gitattributes"
    old = files.read_if_any(path)
    known = (old or b"").splitlines()
    missing = [line for line in map(str.encode, _ATTRIBUTES) if line not in known]
    before = [old] if old else []
    new = b"\n".join([*(part.removesuffix(b"\n") for part in before), *missing, b""])
    changes = [files.Change(path, new, old)] if missing else []
    code = door.settle(project, changes, check=check, diff=diff)
    if not (check or diff):
        for key, value in _DRIVER.items():
            _git(project, "config", key, value)
        streams.say("git in this clone merges .po, .pot and the memory by entry")
    return code


def _git(project: Project, *words: str) -> None:
    """Let git do it. Raises BilingoError where there is no git, and with what git says."""
    from bilingo.errors import BilingoError

    command = ["git", "-C", str(project.root), *words]
    env = {**os.environ, "LC_ALL": "C"}  # to know it by its words
    try:
        done = subprocess.run(command, env=env, capture_output=True, check=False)  # noqa: S603
    except FileNotFoundError:
        raise BilingoError("git is not installed", hint="the driver is for git") from None
    said = done.stderr.decode(errors="replace").strip().split("\n")[0]
    if "not a git repository" in said:
        hint = "git init makes one; -C DIR works in another folder"
        raise BilingoError("no git clone here", where=str(project.root), hint=hint)
    if done.returncode:
        raise BilingoError(f"git {words[0]}: {said}", where=str(project.root))


@door.command()
@click.argument("old")
@click.argument("new")
@door.json_option
def diff(project: Project, old: str, new: str, as_json: bool) -> int:
    """Show what differs in meaning between two catalogs; exit 1 when something does.

    Order, references, wrapping, comments and dates are no difference.

    \b
      bilingo diff before.po locales/zh_HK/LC_MESSAGES/articles.po
      git difftool -y -x 'bilingo diff' main -- '*.po'
    """
    from bilingo.pipelines import merge as verb

    changes = verb.diff(project, Path(old), Path(new))
    if as_json:
        rows = [{**asdict(c), "key": None, "msgctxt": c.key[0], "msgid": c.key[1]} for c in changes]
        for row in rows:
            del row["key"]
        streams.emit_json({"format": 1, "command": "diff", "changes": rows})
    else:
        for change in changes:
            streams.out(_shown(change))
    return streams.FINDINGS if changes else streams.DONE


def _shown(change: Change) -> str:
    from bilingo.text.show import visible

    context, msgid = change.key
    lines = [f"{change.kind}: {change.field or (f'[{context}] ' if context else '') + msgid}"]
    lines += (f"  - {text}" for text in change.before if text)
    lines += (f"  + {text}" for text in change.after if text)
    return "\n".join(map(visible, lines))


COMMANDS = (merge, diff)
