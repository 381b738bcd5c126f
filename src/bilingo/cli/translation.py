"""CI's command: check."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bilingo.cli import door, streams

if TYPE_CHECKING:
    from bilingo.project import Project


@door.command()
@click.argument("catalogs", nargs=-1)
@click.option(
    "--format",
    "reporter",
    metavar="NAME",
    help="text, json, github, sarif or junit; else github under GitHub Actions, or text.",
)
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
@click.option(
    "--no-cache", is_flag=True, help="Look at every entry, also at those that have not changed."
)
@door.jobs_option
def check(
    project: Project,
    catalogs: tuple[str, ...],
    reporter: str | None,
    as_json: bool,
    no_cache: bool,
    jobs: int,
) -> int:
    """Find what must not go live: untranslated, waiting for review, stale, wrong.

    Without CATALOGS all of the project's are checked, and that they are in sync with the articles.
    The exit code is 1 when an error is found.

    \b
      bilingo check
      bilingo check locales/zh_HK/LC_MESSAGES/articles.po --format json
    """
    from bilingo import reporters
    from bilingo.pipelines import check as verb

    chosen = "json" if as_json else reporter
    chosen = chosen or ("github" if os.environ.get("GITHUB_ACTIONS") else "text")
    render = reporters.by_name(chosen).render
    report, warnings = verb.check(project, tuple(map(Path, catalogs)), jobs, cached=not no_cache)
    for warning in warnings:
        streams.say(warning)
    streams.out(render(report), end="")
    return streams.FINDINGS if report.failed else streams.DONE


COMMANDS = (check,)
