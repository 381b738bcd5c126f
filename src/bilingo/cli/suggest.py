"""The translators' command: suggest."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from bilingo.cli import door, streams, suggestions
from bilingo.cli.suggestions import LIMIT

if TYPE_CHECKING:
    from bilingo.pipelines.suggest import Wanted
    from bilingo.project import Project


@door.command()
@click.argument("text")
@click.option("--source", metavar="LOCALE", help="The language of TEXT; else seen from it.")
@click.option("--target", metavar="LOCALE", help="The language wanted; else the project's.")
@click.option(
    "--threshold",
    type=click.IntRange(60, 100),
    help="Least similarity in percent; without it, the nearest too where nothing reaches it.",
)
@click.option("--limit", type=click.IntRange(1, 100), default=LIMIT, show_default=True)
@click.option("--explain", is_flag=True, help="Show the evidence: neighbours, author, date, place.")
@click.option(
    "--apply",
    "least",
    type=click.IntRange(60, 102),
    metavar="N",
    help="Write drafts that score N or more into the empty entries of a catalog, as fuzzy.",
)
@door.jobs_option
@door.json_option
@door.writes
def suggest(
    project: Project,
    text: str,
    source: str | None,
    target: str | None,
    threshold: int | None,
    limit: int,
    explain: bool,
    least: int | None,
    jobs: int,
    as_json: bool,
    check: bool,
    diff: bool,
) -> int:
    """Show the best earlier translations of TEXT, of each line of stdin (`-`), of an article, or of
    every open entry of a catalog.

    Every score shows its arithmetic: similarity, what the context adds, what is taken off and why.

    \b
      bilingo suggest "The seminar attracted over 30 families."
      bilingo suggest "講座吸引逾30個家庭參加。" --explain
      bilingo suggest articles/clinic-opening.en.md
      bilingo suggest locales/zh_HK/LC_MESSAGES/articles.po --apply 85
      bilingo suggest - --json < sentences.txt
    """
    wanted = suggestions.wanted(
        project, source=source, target=target, threshold=threshold, limit=limit, jobs=jobs
    )
    if least is not None:
        if not suggestions.is_catalog(text):
            raise click.UsageError("--apply needs a catalog")
        return _apply(project, Path(text), wanted, least, as_json=as_json, check=check, diff=diff)
    if check or diff:
        raise click.UsageError("--check and --diff belong to --apply")
    return suggestions.show(project, text, wanted, explain=explain, as_json=as_json)


def _apply(
    project: Project,
    path: Path,
    wanted: Wanted,
    least: int,
    *,
    as_json: bool,
    check: bool,
    diff: bool,
) -> int:
    from bilingo.pipelines import drafts

    made = drafts.draft(project, path, wanted, least, now=streams.now(), tell=streams.say)
    code = door.settle(project, [made.change], check=check, diff=diff, root=_root(project, path))
    if as_json:
        document: dict[str, object] = {"format": 1, "command": "suggest", "path": made.path}
        streams.emit_json(document | {"drafted": made.drafted, "left": made.left})
    else:
        streams.say(
            f"{made.path}: {made.drafted} drafted, {made.left} open entries left as they are"
        )
    return code


def _root(project: Project, path: Path) -> Path:
    """The folder that is locked: the project's, or for a catalog from elsewhere its own."""
    inside = path.resolve().is_relative_to(project.root.resolve())
    return project.root if inside else path.resolve().parent


COMMANDS = (suggest,)
