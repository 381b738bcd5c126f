"""The translators' and CI's commands: suggest, check."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bilingo.cli import door

if TYPE_CHECKING:
    from bilingo.match.assemble import Assembly
    from bilingo.model import Adaptation, Match
    from bilingo.pipelines.suggest import Suggestion
    from bilingo.project import Project


@door.command()
@click.argument("text")
@click.option("--source", metavar="LOCALE", help="The language of TEXT; else seen from it.")
@click.option("--target", metavar="LOCALE", help="The language wanted; else the project's.")
@click.option("--threshold", type=click.IntRange(60, 100), help="Least similarity in percent.")
@click.option("--limit", type=click.IntRange(1, 100), default=5, show_default=True)
@door.json_option
def suggest(
    project: Project,
    text: str,
    source: str | None,
    target: str | None,
    threshold: int | None,
    limit: int,
    as_json: bool,
) -> None:
    """Show the best earlier translations of TEXT, of each line of stdin (`-`), or of an article.

    Every score shows its arithmetic: similarity, what the context adds, what is taken off and why.

    \b
      bilingo suggest "The seminar attracted over 30 families."
      bilingo suggest "講座吸引逾30個家庭參加。"
      bilingo suggest articles/clinic-opening.en.md
      bilingo suggest - --json < sentences.txt
    """
    from bilingo.pipelines import suggest as verb
    from bilingo.text import locales

    wanted = verb.Wanted(
        source=locales.canonical(source) if source else "",
        target=locales.canonical(target) if target else "",
        threshold=threshold or project.settings.threshold,
        limit=limit,
    )
    stream = True
    if text == "-":
        lines = (line.strip("\r\n") for line in sys.stdin)
        results = verb.suggest_lines(
            project, (line for line in lines if line.strip()), wanted, door.say
        )
    elif verb.is_article(text):
        results = verb.suggest_article(project, Path(text), wanted, door.say)
    else:
        results = verb.suggest_lines(project, [text], wanted, door.say)
        stream = False
    for number, result in enumerate(results):
        if number == 0:
            for warning in result.warnings:
                door.say(warning)
        if as_json:
            door.emit_json(suggest_document(result), stream=stream)
        else:
            click.echo(("\n" if number else "") + suggest_text(result))


def suggest_document(result: Suggestion) -> dict[str, object]:
    """The JSON document of one query; docs/json.md describes it."""
    return {
        "format": 1,
        "command": "suggest",
        "source": result.source,
        "target": result.target,
        "query": result.query,
        "matches": [match_document(match) for match in result.matches],
        "segments": [suggest_document(part) for part in result.segments],
        "assembly": assembly_document(result.assembly) if result.assembly else None,
    }


def assembly_document(assembly: Assembly) -> dict[str, object]:
    """A paragraph put together from its sentences; a gap has no match."""
    return {
        "score": assembly.score,
        "text": assembly.text,
        "whole": assembly.whole,
        "parts": [
            {
                "source": part.source,
                "target": part.text,
                "score": part.match.score if part.match else 0,
                "kind": part.match.kind if part.match else "gap",
                "origin": part.match.tu.origin if part.match else "",
                "adapted": bool(part.match and part.match.adapted),
            }
            for part in assembly.parts
        ],
    }


def match_document(match: Match) -> dict[str, object]:
    """One match as JSON: the score, and all that it is made of."""
    return {
        "kind": match.kind,
        "score": match.score,
        "similarity": match.similarity,
        "distance": match.distance,
        "length": match.length,
        "bonus": match.bonus,
        "penalties": [{"points": p.points, "reason": p.reason} for p in match.penalties],
        "source": match.source.text,
        "target": match.target.text,
        "locale": match.target.locale,
        "origin": match.tu.origin,
        "memory": match.tu.path,
        "status": match.tu.status,
        "insertable": match.insertable,
        "adapted": adapted_document(match.adapted) if match.adapted else None,
    }


def adapted_document(adapted: Adaptation) -> dict[str, object]:
    """A target with the query's values, and where they stand in it."""
    return {"text": adapted.text, "pieces": [piece._asdict() for piece in adapted.pieces]}


def suggest_text(result: Suggestion) -> str:
    """One query for people: each match with its score's arithmetic, source and target."""
    from bilingo.text.show import visible

    lines = [visible(result.query.strip())]
    for match in result.matches:
        bonus = f" + {match.bonus} same context" if match.bonus else ""
        less = "".join(f" − {p.points} {p.reason}" for p in match.penalties)
        edits = f" ({match.distance} of {match.length} characters)" if match.distance else ""
        reference = "" if match.insertable else "  (reference only)"
        lines.append(
            f"  {match.score:>3} {match.kind} = {match.similarity} similarity{edits}"
            f"{bonus}{less}{reference}"
        )
        lines.append(f"      {changed(match.source.text.strip(), result.query.strip())}")
        lines.append(f"      {visible(match.target.text.strip())}")
        if match.adapted:
            lines.append(f"      values carried over: {carried(match.adapted)}")
        where = " · ".join(filter(None, (match.target.locale, match.tu.origin, match.tu.author)))
        lines.append(f"      {visible(where)}")
    if not result.matches:
        lines.append("    no match")
    if result.assembly:
        gaps = sum(part.match is None for part in result.assembly.parts)
        open_parts = f", {gaps} open" if gaps else ""
        count = len(result.assembly.parts)
        adapted = sum(bool(p.match and p.match.adapted) for p in result.assembly.parts)
        values = f", {adapted} with values carried over" if adapted else ""
        lines.append(
            f"  {result.assembly.score:>3} put together from {count} parts{open_parts}{values}"
        )
        lines.append(f"      {visible(result.assembly.text)}")
    for part in result.segments:
        lines += ["", *("  " + line for line in suggest_text(part).split("\n"))]
    return "\n".join(lines)


def carried(adapted: Adaptation) -> str:
    """A target with the query's values, each marked beside the one it replaces."""
    from bilingo.text.show import visible

    marks = door.marks()
    shown, position = "", 0
    for piece in adapted.pieces:
        shown += visible(adapted.text[position : piece.start])
        shown += marks["old"].format(visible(piece.old)) + marks["new"].format(visible(piece.new))
        position = piece.end
    return (shown + visible(adapted.text[position:])).strip()


def changed(old: str, new: str) -> str:
    """A match's source with what the query changes in it: `[-old-]` and `{+new+}`, or in colour."""
    from bilingo.match.difference import difference
    from bilingo.text.show import visible

    marks = door.marks()
    return "".join(marks[piece.kind].format(visible(piece.text)) for piece in difference(old, new))


@door.command()
@click.argument("catalogs", nargs=-1)
@click.option(
    "--format",
    "reporter",
    metavar="NAME",
    help="text, json or github; without it github under GitHub Actions, else text.",
)
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
def check(project: Project, catalogs: tuple[str, ...], reporter: str | None, as_json: bool) -> int:
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
    report, warnings = verb.check(project, tuple(map(Path, catalogs)))
    for warning in warnings:
        door.say(warning)
    click.echo(render(report), nl=False)
    return door.FINDINGS if report.failed else door.DONE


COMMANDS = (suggest, check)
