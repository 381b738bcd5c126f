"""`bilingo memory`: what the memory holds, in and out."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bilingo.cli import door

if TYPE_CHECKING:
    from bilingo.project import Project


@click.group(context_settings=door.CONTEXT)
def memory() -> None:
    """Bring translations into the memory, take them out, search them.

    The memory is the TMX files in the project's memory folder; any of them may be another tool's.
    """


@door.command("import")
@click.argument("files", nargs=-1, required=True)
@click.option("--name", metavar="NAME", help="The memory file to write; else named as the file is.")
@click.option("--from", "format_name", metavar="FORMAT", help="Read articles as this: webpage.")
@door.encoding_option
@door.json_option
@door.writes
def import_(
    project: Project,
    files: tuple[str, ...],
    name: str | None,
    format_name: str | None,
    encoding: str | None,
    as_json: bool,
    check: bool,
    diff: bool,
) -> int:
    """Copy the units of TMX files into the memory, one unit a line. All of a file, or none.

    An article in English and Chinese, paragraph by paragraph, in two columns or in two halves,
    comes in as pairs with the status “aligned”; those whose values differ are named and left out.

    \b
      bilingo memory import old-agency.tmx
      bilingo memory import 2019/open-day.docx
      bilingo memory import saved/*.html --from webpage --name old-site
      bilingo memory import 2019.tmx 2020.tmx --name archive
    """
    from bilingo.pipelines import bulk
    from bilingo.pipelines import memory as verb

    paths = tuple(map(Path, files))
    if not (format_name or encoding) and bulk.is_large(project, paths, name or ""):
        total = sum(path.stat().st_size for path in paths)
        with door.meter(total, "Reading") as tick:
            write = not (check or diff)
            imported, new = bulk.import_large(project, paths, name or "", write=write, tick=tick)
        for path in () if write else new:
            door.say(f"would change {project.shown(path)}")
        code = door.FINDINGS if check and new else door.DONE
    else:
        imported, changes = verb.import_files(
            project, paths, name or "", format_name=format_name or "", encoding=encoding or ""
        )
        code = door.settle(project, changes, check=check, diff=diff)
    if not (check or diff):
        verb.refresh(project, door.say)
    if as_json:
        rows = [asdict(one) for one in imported]
        door.emit_json({"format": 1, "command": "memory import", "files": rows})
        return code
    for one in imported:
        for warning in one.warnings:
            door.say(warning)
        door.say(f"{one.path}: {one.units} units, {one.new} of them new")
    return code


@door.command("export")
@click.option("-o", "--output", metavar="FILE", default="-", help="Where to; stdout without it.")
@click.option("--locale", "only", multiple=True, metavar="LOCALE", help="Only these locales.")
def export(project: Project, output: str, only: tuple[str, ...]) -> int:
    """Write the whole memory as one TMX 1.4b file.

    \b
      bilingo memory export -o site.tmx
      bilingo memory export --locale en --locale zh-HK > en-hk.tmx
    """
    from bilingo.pipelines import memory as verb
    from bilingo.stores import files
    from bilingo.text import locales

    content, count = verb.export(project, tuple(map(locales.canonical, only)))
    if output == "-":
        sys.stdout.buffer.write(content)
    else:
        path = Path(output).absolute()
        files.write(path.parent, [files.Change(path, content)])
    door.say(f"{count} units")
    return door.DONE


@door.command("search")
@click.argument("word")
@click.option("--limit", type=click.IntRange(1, 10_000), default=20, show_default=True)
@door.json_option
def search(project: Project, word: str, limit: int, as_json: bool) -> int:
    """Show every unit that contains WORD, in any language, with its translation.

    \b
      bilingo memory search thalassaemia
      bilingo memory search 義工 --limit 50
    """
    from bilingo.pipelines import memory as verb
    from bilingo.text.show import visible

    hits, warnings = verb.search(project, word)
    for warning in warnings:
        door.say(warning)
    if as_json:
        rows = [
            {
                "locale": hit.found.locale,
                "text": hit.found.text,
                "start": hit.start,
                "end": hit.end,
                "translations": [{"locale": t.locale, "text": t.text} for t in hit.others],
                "origin": hit.tu.origin,
                "memory": hit.tu.path,
            }
            for hit in hits[:limit]
        ]
        door.emit_json({"format": 1, "command": "memory search", "query": word, "hits": rows})
        return door.DONE
    for hit in hits[:limit]:
        text = hit.found.text
        marked = f"{text[: hit.start]}[{text[hit.start : hit.end]}]{text[hit.end :]}"
        click.echo(visible(marked.strip()))
        for other in hit.others:
            click.echo(f"    {visible(other.text.strip())}")
        click.echo(f"    {visible(hit.tu.origin or hit.tu.path)}")
    more = f", {limit} shown" if len(hits) > limit else ""
    door.say(f"{len(hits)} units{more}")
    return door.DONE


@door.command("harvest")
@click.argument("catalogs", nargs=-1)
@door.json_option
@door.writes
def harvest(
    project: Project, catalogs: tuple[str, ...], as_json: bool, check: bool, diff: bool
) -> int:
    """Take every reviewed translation of the catalogs into the memory.

    Untranslated and fuzzy entries never enter it. A translation that was changed since supersedes
    the one the memory has.

    \b
      bilingo memory harvest
    """
    from bilingo.pipelines import harvest as verb
    from bilingo.pipelines.memory import refresh

    result = verb.harvest(project, tuple(map(Path, catalogs)), now=door.now())
    changes = [result.change] if result.change else []
    code = door.settle(project, changes, check=check, diff=diff)
    if not (check or diff):
        refresh(project, door.say)
    if as_json:
        door.emit_json(
            {
                "format": 1,
                "command": "memory harvest",
                "path": result.path,
                "added": result.added,
                "superseded": result.superseded,
                "kept": result.kept,
            }
        )
    else:
        door.say(
            f"{result.path}: {result.added} added, {result.superseded} superseded,"
            f" {result.kept} known already"
        )
    return code


@door.command("stats")
@door.json_option
def stats(project: Project, as_json: bool) -> int:
    """Count the units of the memory by file, locale and status.

    \b
      bilingo memory stats
    """
    from bilingo.pipelines import memory as verb

    rows, warnings = verb.stats(project)
    for warning in warnings:
        door.say(warning)
    if as_json:
        door.emit_json({"format": 1, "command": "memory stats", "files": rows})
        return door.DONE
    for row in rows:
        places = ", ".join(f"{count} {name}" for name, count in row["locales"].items())
        states = ", ".join(f"{count} {name}" for name, count in row["status"].items())
        click.echo(f"{row['path']}: {row['units']} units ({places}; {states})")
    click.echo(f"{sum(row['units'] for row in rows)} units in {len(rows)} files")
    return door.DONE


for command in (import_, export, search, harvest, stats):
    memory.add_command(command)

COMMANDS = (memory,)
