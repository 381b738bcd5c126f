"""The editors' commands: extract, sync, build, init."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bilingo.cli import door, streams

if TYPE_CHECKING:
    from bilingo.pipelines.extract import Extract
    from bilingo.project import Project


@door.command()
@click.argument("article")
@click.option("--from", "format_name", metavar="FORMAT", help="Read it as markdown or plain.")
@click.option("--locale", metavar="LOCALE", help="The language it is written in.")
@door.encoding_option
@click.option("--all", "show_all", is_flag=True, help="Show what is not translated too, and why.")
@door.json_option
def extract(
    project: Project,
    article: str,
    format_name: str | None,
    locale: str | None,
    encoding: str | None,
    show_all: bool,
    as_json: bool,
) -> None:
    """Show the units and segments of an article; `-` reads stdin.

    \b
      bilingo extract articles/clinic-opening.en.md
      bilingo extract --all --json articles/clinic-opening.en.md
      pbpaste | bilingo extract - --from plain
    """
    from bilingo import formats
    from bilingo.pipelines import extract as verb
    from bilingo.text import locales, show

    tag = locales.canonical(locale) if locale else ""
    if article == "-":
        raw = sys.stdin.buffer.read()
        reader = formats.by_name(format_name or "plain")
        found = verb.extract_bytes(
            project, raw, "-", reader, tag or project.settings.source, encoding or ""
        )
    else:
        found = verb.extract(
            project,
            Path(article),
            format_name=format_name or "",
            locale=tag,
            encoding=encoding or "",
        )
    if as_json:
        streams.emit_json(extract_document(found))
        return
    for unit in found.article.all_units:
        if unit.skip and not show_all:
            continue
        said = {"skipped": unit.skip, "context": unit.msgctxt, "note": unit.note}
        extra = "".join(f"  {key}: {value}" for key, value in said.items() if value)
        streams.out(f"{unit.line}:{unit.column}  {unit.kind}{show.visible(extra)}")
        shown = [unit.text] if unit.skip else [s.text.rstrip() for s in found.segments(unit)]
        for text in shown:
            streams.out(f"    {show.visible(text)}")
    units = found.article.units
    segments = sum(len(found.segments(unit)) for unit in units)
    streams.say(f"{len(units)} units, {segments} segments, {len(found.article.skipped)} skipped")


def extract_document(found: Extract) -> dict[str, object]:
    """The JSON document of `extract`; docs/json.md describes it."""
    article = found.article
    return {
        "format": 1,
        "command": "extract",
        "path": article.path,
        "locale": article.locale,
        "units": [
            {
                "id": unit.id,
                "kind": unit.kind,
                "text": unit.text,
                "line": unit.line,
                "column": unit.column,
                "msgctxt": unit.msgctxt,
                "note": unit.note,
                "segments": [segment.text for segment in found.segments(unit)],
            }
            for unit in article.units
        ],
        "skipped": [
            {"text": unit.text, "line": unit.line, "reason": unit.skip} for unit in article.skipped
        ],
    }


def _paths(project: Project, articles: tuple[str, ...]) -> list[Path]:
    """The articles that were named, or all; a link that is not followed is told of."""
    if articles:
        return [Path(article) for article in articles]
    for link in project.strays():
        shown = link.relative_to(project.root).as_posix()
        streams.fail(f"{shown}: left out: a link that leads out of the folder of articles")
    return list(project.article_paths())


@door.command()
@click.argument("articles", nargs=-1)
@click.option("--locale", "targets", multiple=True, metavar="LOCALE", help="Only this target.")
@click.option(
    "--prefill",
    type=click.IntRange(60, 100),
    default=None,
    metavar="SCORE",
    help="Put the best match from this score on into open entries, marked fuzzy.",
)
@door.encoding_option
@door.jobs_option
@door.json_option
@door.writes
def sync(
    project: Project,
    articles: tuple[str, ...],
    targets: tuple[str, ...],
    prefill: int | None,
    encoding: str | None,
    jobs: int,
    as_json: bool,
    check: bool,
    diff: bool,
) -> int:
    """Bring the catalogs up to date with the articles; without ARTICLES, with all of them.

    New text is added, and filled in where the memory has exactly this text with one translation. A
    changed text keeps its old translation, marked fuzzy with the previous text. What is gone
    becomes obsolete, and comes back when the text does. Without a change no file is touched.

    \b
      bilingo sync
      bilingo sync articles/clinic-opening.en.md
      bilingo sync --check      # for CI: exit 1 when somebody forgot to sync
    """
    from bilingo.pipelines import sync as verb

    with door.progress(_paths(project, articles), "Reading") as paths:
        result = verb.sync(
            project,
            paths,
            targets=tuple(map(project.target, targets)),
            partial=bool(articles),
            prefill=prefill or 0,
            encoding=encoding or "",
            now=streams.now(),
            tell=streams.say,
            jobs=jobs,
        )
    code = door.settle(project, [c.change for c in result], check=check, diff=diff)
    if as_json:
        rows = [{k: v for k, v in asdict(c).items() if k != "change"} for c in result]
        streams.emit_json({"format": 1, "command": "sync", "catalogs": rows})
    else:
        for c in result:
            words = [f"{getattr(c, key)} {key}" for key in verb.COUNTS if getattr(c, key)]
            state = "" if c.changed else " (unchanged)"
            streams.say(f"{c.path}: {', '.join(words) or 'empty'}{state}")
    return code


@door.command()
@click.argument("articles", nargs=-1)
@click.option("--locale", "targets", multiple=True, metavar="LOCALE", help="Only this target.")
@click.option("--allow-partial", is_flag=True, help="Leave what is untranslated in the original.")
@click.option("--use-fuzzy", is_flag=True, help="Put what waits for review into the website files.")
@door.encoding_option
@door.writes
def build(
    project: Project,
    articles: tuple[str, ...],
    targets: tuple[str, ...],
    allow_partial: bool,
    use_fuzzy: bool,
    encoding: str | None,
    check: bool,
    diff: bool,
) -> int:
    """Write the translated articles and the website files into the build folder.

    An article is written when every unit of it is translated, reviewed and free of errors; the
    others are named, and the exit code is 1. A page that an earlier build wrote and this one
    refuses, or whose article is gone, is removed.

    \b
      bilingo build
      bilingo build --allow-partial articles/clinic-opening.en.md
    """
    from bilingo.pipelines import build as verb

    with door.progress(_paths(project, articles), "Building") as paths:
        result = verb.build(
            project,
            paths,
            targets=tuple(map(project.target, targets)),
            partial=bool(articles),
            allow_partial=allow_partial,
            use_fuzzy=use_fuzzy,
            encoding=encoding or "",
        )
    code = door.settle(project, result.changes, check=check, diff=diff)
    for page in result.pages:
        if page.problems:
            first = page.problems[0]
            more = f" (and {len(page.problems) - 1} more)" if len(page.problems) > 1 else ""
            verdict = "written with gaps" if page.written else "not built"
            streams.fail(f"{page.article} → {page.locale}: {verdict}: {first}{more}")
        else:
            streams.say(f"{page.article} → {page.output}")
    for output in result.catalogs:
        streams.say(f"→ {output}")
    for output in result.removed:
        streams.fail(f"{output}: built earlier, removed")
    for output in result.left:
        streams.fail(f"{output}: an older page, left there: it is not as it was built")
    return code or (streams.FINDINGS if any(not p.written for p in result.pages) else streams.DONE)


@door.command()
@click.option("--source", default="en", metavar="LOCALE", help="What articles are written in.")
@click.option("--target", "targets", multiple=True, metavar="LOCALE", help="Translate into this.")
@door.writes
def init(project: Project, source: str, targets: tuple[str, ...], check: bool, diff: bool) -> int:
    """Make a new project in this folder: settings, an article to try, a place for the memory.

    \b
      mkdir site && cd site && bilingo init
      bilingo init --source zh-HK --target en
    """
    from bilingo.pipelines import init as verb
    from bilingo.text import locales

    root = Path(click.get_current_context().params.get("directory") or "")
    outer = Path(click.get_current_context().find_root().obj or ".")
    changes = verb.init(
        (outer / root).resolve(),
        source=locales.canonical(source),
        targets=tuple(map(locales.canonical, targets)) or ("zh-Hant-HK",),
    )
    code = door.settle(project, changes, check=check, diff=diff)
    for change in changes:
        streams.say(f"→ {change.path.relative_to((outer / root).resolve()).as_posix()}")
    streams.say("next: bilingo sync")
    return code


COMMANDS = (init, extract, sync, build)
