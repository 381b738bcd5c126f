"""`bilingo memory`: what the memory holds, in and out."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bilingo.cli import door, plain, streams

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

    The terms of TBX and CSV files go into the glossary, memory/glossary.csv.

    An article in English and Chinese, paragraph by paragraph, in two columns or in two halves,
    comes in as pairs with the status “aligned”; those whose values differ are named and left out.

    \b
      bilingo memory import old-agency.tmx
      bilingo memory import 2019/open-day.docx
      bilingo memory import saved/*.html --from webpage --name old-site
      bilingo memory import 2019.tmx 2020.tmx --name archive
      bilingo memory import agency-terms.tbx
    """
    from bilingo.pipelines import bulk, glossaries
    from bilingo.pipelines import exchange as verb
    from bilingo.pipelines.memory import refresh

    paths = tuple(map(Path, files))
    what = "terms" if any(map(glossaries.is_glossary, paths)) else "units"
    if what == "terms":
        if name or format_name or encoding or not all(map(glossaries.is_glossary, paths)):
            raise click.UsageError(
                "terms come in alone: TBX or CSV files, and no option for others"
            )
        imported, changes = glossaries.import_terms(project, paths)
        code = door.settle(project, changes, check=check, diff=diff)
    elif not (format_name or encoding) and bulk.is_large(project, paths, name or ""):
        total = sum(path.stat().st_size for path in paths)
        with door.meter(total, "Reading") as tick:
            write = not (check or diff)
            imported, new = bulk.import_large(
                project, paths, name or "", write=write, tick=tick, tell=streams.say
            )
        for path in () if write else new:
            streams.say(f"would change {project.shown(path)}")
        code = streams.FINDINGS if check and new else streams.DONE
    else:
        imported, changes = verb.import_files(
            project, paths, name or "", format_name=format_name or "", encoding=encoding or ""
        )
        code = door.settle(project, changes, check=check, diff=diff)
    if not (check or diff):
        refresh(project, streams.say)
    if as_json:
        rows = [asdict(one) for one in imported]
        streams.emit_json({"format": 1, "command": "memory import", "files": rows})
        return code
    for one in imported:
        for warning in one.warnings:
            streams.say(warning)
        streams.say(f"{one.path}: {one.units} {what}, {one.new} of them new")
    return code


@door.command("export")
@click.option("-o", "--output", metavar="FILE", default="-", help="Where to; stdout without it.")
@click.option("--locale", "only", multiple=True, metavar="LOCALE", help="Only these locales.")
def export(project: Project, output: str, only: tuple[str, ...]) -> int:
    """Write the whole memory as one TMX 1.4b file; into a FILE.tbx, the glossary as TBX.

    \b
      bilingo memory export -o site.tmx
      bilingo memory export --locale en --locale zh-HK > en-hk.tmx
      bilingo memory export -o terms.tbx
    """
    from bilingo.errors import BilingoError
    from bilingo.pipelines import exchange as verb
    from bilingo.pipelines import glossaries
    from bilingo.stores import files
    from bilingo.text import locales

    path = Path(output).absolute()
    if output != "-" and not path.parent.is_dir():
        hint = "make the folder first, or leave -o out and use >"
        raise BilingoError("no such folder", where=str(path.parent), hint=hint)
    terms = path.suffix.lower() == ".tbx"
    chosen = tuple(map(locales.canonical, only))
    content, count = (glossaries.export_terms if terms else verb.export)(project, chosen)
    if output == "-":
        sys.stdout.buffer.write(content)
    else:
        files.write(path.parent, [files.Change(path, content)])
    streams.say(f"{count} {'terms' if terms else 'units'}")
    return streams.DONE


@door.command("search")
@click.argument("word")
@click.option("--limit", type=click.IntRange(1, plain.MANY), default=plain.SHOWN, show_default=True)
@door.json_option
def search(project: Project, word: str, limit: int, as_json: bool) -> int:
    """Show every text that has WORD, in either language, in its context, with its translation.

    An English word is found in every form: vaccinate finds vaccinated and vaccination. What it is
    in the other language is marked where the glossary or the memory tells. In a large memory a
    frequent word is counted up to 250 texts of each language of a file, or up to --limit.

    \b
      bilingo memory search thalassaemia
      bilingo memory search 義工 --limit 50
    """
    from bilingo.cli import contexts

    return contexts.show(project, word, limit, as_json=as_json)


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

    result = verb.harvest(project, tuple(map(Path, catalogs)), now=streams.now())
    changes = [result.change] if result.change else []
    code = door.settle(project, changes, check=check, diff=diff)
    if not (check or diff):
        refresh(project, streams.say)
    if as_json:
        streams.emit_json(
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
        streams.say(
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
    from bilingo.pipelines import exchange as verb

    rows, warnings = verb.stats(project)
    for warning in warnings:
        streams.say(warning)
    if as_json:
        streams.emit_json({"format": 1, "command": "memory stats", "files": rows})
        return streams.DONE
    for row in rows:
        places = ", ".join(f"{count} {name}" for name, count in row["locales"].items())
        states = ", ".join(f"{count} {name}" for name, count in row["status"].items())
        streams.out(f"{row['path']}: {row['units']} units ({places}; {states})")
    streams.out(f"{sum(row['units'] for row in rows)} units in {len(rows)} files")
    return streams.DONE


@door.command("tidy")
@click.option("--apply", "mend", is_flag=True, help="Write the mends that are certain.")
@door.json_option
@door.writes
def tidy(project: Project, mend: bool, as_json: bool, check: bool, diff: bool) -> int:
    """Show what in the memory contradicts itself, and mend what is certain.

    Found are duplicates, replaced translations, one source with several translations, a script that
    is not the label's, values that only one side has, and texts their article has no more. Only the
    first two are ever mended, in files that bilingo wrote, and only with --apply.

    \b
      bilingo memory tidy
      bilingo memory tidy --apply
    """
    from bilingo.cli import screen
    from bilingo.pipelines import tidy as verb

    found = verb.tidy(project, strict=mend)
    for warning in found.warnings:
        streams.say(warning)
    if as_json:
        rows = [remark._asdict() for remark in found.remarks]
        streams.emit_json({"format": 1, "command": "memory tidy", "remarks": rows})
    elif not (mend and streams.is_quiet()):
        page = screen.stdout()
        for remark in found.remarks:
            text = " ".join(remark.text.split())
            mends = f" → {remark.mend}" if remark.mend else ""
            where = [("faint", f"{remark.path}:{remark.line}: "), ("head", f"{remark.kind}: ")]
            what = [("same", remark.what), ("new" if page.colour else "same", mends)]
            streams.out(page.write([*where, *what], "", "    "))
            streams.out(page.write([("same", text)], "    ", "    "))
    certain = sum(bool(remark.mend) for remark in found.remarks)
    code = streams.DONE
    if mend or check or diff:
        code = door.settle(project, found.changes, check=check, diff=diff)
    done = "mended" if mend and not (check or diff) else "could be mended with --apply"
    streams.say(f"{len(found.remarks)} remarks, {certain} {done}")
    return code


for command in (import_, export, search, harvest, stats, tidy):
    memory.add_command(command)

COMMANDS = (memory,)
