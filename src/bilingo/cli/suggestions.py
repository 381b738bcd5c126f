"""What `suggest` says: look-ups as JSON and for people. Nothing here needs click."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from bilingo.cli import streams

if TYPE_CHECKING:
    from bilingo.cli.screen import Piece, Screen
    from bilingo.match.assemble import Assembly
    from bilingo.model import Adaptation, Match
    from bilingo.pipelines.drafts import Open
    from bilingo.pipelines.phrases import Fragment, TermFound
    from bilingo.pipelines.suggest import Suggestion, Wanted
    from bilingo.project import Project

LIMIT = 5  # matches, when nothing else is said
_INDENT = " " * 6


def wanted(
    project: Project,
    *,
    source: str | None = None,
    target: str | None = None,
    threshold: int | None = None,
    limit: int = LIMIT,
    jobs: int = 0,
) -> Wanted:
    """What is looked for, as the options of the command line say it.

    Raises BilingoError for a locale that is none of the project's.
    """
    from bilingo.pipelines import suggest as verb

    return verb.Wanted(
        source=project.spoken(source) if source else "",
        target=project.spoken(target) if target else "",
        threshold=threshold or project.settings.threshold,
        limit=limit,
        lowest=threshold or verb.LEAST,
        jobs=jobs,
    )


def is_catalog(text: str) -> bool:
    """Whether it names a catalog rather than being a text."""
    from bilingo.pipelines import suggest as verb

    return verb.is_catalog(text)


def show(project: Project, text: str, wanted: Wanted, *, explain: bool, as_json: bool) -> int:
    """Print what is known of `text`, of each line of stdin (`-`), of an article or of a catalog.

    Returns the exit code; raises BilingoError for a file that cannot be read.
    """
    from bilingo.pipelines import suggest as verb

    if verb.is_catalog(text):
        _catalog(project, Path(text), wanted, as_json=as_json, explain=explain)
        return streams.DONE
    stream = True
    if text == "-":
        stripped = (line.strip("\r\n") for line in sys.stdin)
        lines = (line for line in stripped if line.strip())
        results = verb.suggest_lines(
            project, list(lines) if _is_file(sys.stdin) else lines, wanted, streams.say
        )
    elif verb.is_article(text):
        results = verb.suggest_article(project, Path(text), wanted, streams.say)
    else:
        results = verb.suggest_lines(project, [text], wanted, streams.say)
        stream = False
    for number, result in enumerate(results):
        if number == 0:
            _warn(result)
        if as_json:
            streams.emit_json(suggest_document(result), stream=stream)
        else:
            streams.out(("\n" if number else "") + suggest_text(result, explain=explain))
        if stream:
            sys.stdout.flush()
    return streams.DONE


def _warn(result: Suggestion) -> None:
    for warning in result.warnings:
        streams.say(warning)


def _catalog(project: Project, path: Path, wanted: Wanted, *, as_json: bool, explain: bool) -> None:
    """Every open entry with what is known of it; nothing is written."""
    from bilingo.pipelines import drafts

    count = 0
    for count, found in enumerate(drafts.open_entries(project, path, wanted, streams.say), 1):
        if count == 1:
            _warn(found.suggestion)
        if as_json:
            document = suggest_document(found.suggestion)
            document["entry"] = entry_document(found)
            streams.emit_json(document, stream=True)
            continue
        state = "fuzzy" if found.entry.fuzzy else "untranslated"
        where = f"{found.entry.path}:{found.entry.line}: {state}"
        streams.out(("\n" if count > 1 else "") + streams.shown(where))
        streams.out(suggest_text(found.suggestion, explain=explain, limit=None if explain else 1))
    streams.say(f"{count} open")


# ---- JSON, as docs/json.md describes it


def _is_file(stream: TextIO) -> bool:
    """Whether all that the stream will say is there already."""
    try:
        return stat.S_ISREG(os.fstat(stream.fileno()).st_mode)
    except OSError:  # no file at all, in a test
        return False


def suggest_document(result: Suggestion) -> dict[str, object]:
    """The JSON document of one query."""
    return {
        "format": 1,
        "command": "suggest",
        "source": result.source,
        "target": result.target,
        "query": result.query,
        "matches": [
            match_document(match, forbidden)
            for match, forbidden in zip(result.matches, result.forbidden, strict=True)
        ],
        "segments": [suggest_document(part) for part in result.segments],
        "assembly": assembly_document(result.assembly) if result.assembly else None,
        "terms": [term._asdict() for term in result.terms],
        "fragments": [fragment_document(fragment) for fragment in result.fragments],
    }


def entry_document(found: Open) -> dict[str, object]:
    """Which entry of a catalog a document is about."""
    return {
        "path": found.entry.path,
        "line": found.entry.line,
        "msgctxt": found.entry.msgctxt,
        "msgid": found.entry.msgid,
        "state": "fuzzy" if found.entry.fuzzy else "untranslated",
    }


def fragment_document(fragment: Fragment) -> dict[str, object]:
    """A known phrase of the query."""
    return {
        "text": fragment.text,
        "translations": [
            {
                "text": match.text,
                "locale": match.target.locale,
                "origin": match.tu.origin,
                "memory": match.tu.path,
            }
            for match in fragment.matches
        ],
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


def match_document(match: Match, forbidden: tuple[str, ...] = ()) -> dict[str, object]:
    """One match as JSON: the score, all that it is made of, and where it comes from."""
    tu = match.tu
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
        "origin": tu.origin,
        "memory": tu.path,
        "status": tu.status,
        "insertable": match.insertable,
        "adapted": adapted_document(match.adapted) if match.adapted else None,
        "converted": match.converted or None,
        "forbidden": list(forbidden),
        "evidence": {
            "previous": tu.context.prev,
            "next": tu.context.next,
            "article": tu.context.path,
            "author": tu.author,
            "date": tu.date,
            "tuid": tu.tuid,
            "line": tu.line,
            "segtype": tu.segtype,
        },
    }


def adapted_document(adapted: Adaptation) -> dict[str, object]:
    """A target with the query's values, and where they stand in it."""
    return {"text": adapted.text, "pieces": [piece._asdict() for piece in adapted.pieces]}


# ---- for people


def suggest_text(
    result: Suggestion, *, explain: bool = False, limit: int | None = None, margin: str = ""
) -> str:
    """One query for people: each match with its score's arithmetic, source and target."""
    from bilingo.cli import screen

    page = screen.stdout()
    query = result.query.strip()
    lines = [page.write(_with_terms(result.query, result.terms), margin, margin)]
    inner = margin + _INDENT
    if result.assembly and limit is not None and result.best and result.best.assembly:
        lines += _put_together(result.assembly, page, margin)
    else:
        shown = result.matches[:limit]
        for match, forbidden in zip(shown, result.forbidden, strict=False):
            lines.append(page.write(_arithmetic(match), margin + "  ", inner))
            lines += [
                page.write(pieces, inner, inner) for pieces in _match(match, query, forbidden)
            ]
            if explain:
                lines += [
                    page.write([("faint", e)], inner, inner) for e in _evidence(match, result)
                ]
        if not result.matches:
            lines.append(page.write([("faint", "no match")], margin + "    "))
        if result.assembly:
            lines += _put_together(result.assembly, page, margin)
    lines += [page.write(pieces, inner, inner) for pieces in _known(result)]
    if limit is None:
        for part in result.segments:
            lines += ["", suggest_text(part, explain=explain, margin=margin + "  ")]
    return "\n".join(lines)


def _with_terms(query: str, terms: tuple[TermFound, ...]) -> list[Piece]:
    """The query with the terms of the glossary in it, which a terminal underlines."""
    pieces: list[Piece] = []
    position = 0
    for term in terms:
        pieces += [("head", query[position : term.start]), ("term", query[term.start : term.end])]
        position = term.end
    pieces.append(("head", query[position:]))
    return _trimmed(pieces)


def _trimmed(pieces: list[Piece]) -> list[Piece]:
    """Without the white space around a query."""
    kept = [(style, text) for style, text in pieces if text]
    if kept:
        kept[0] = (kept[0][0], kept[0][1].lstrip())
        kept[-1] = (kept[-1][0], kept[-1][1].rstrip())
    return kept


def _arithmetic(match: Match) -> list[Piece]:
    bonus = f" + {match.bonus} same context" if match.bonus else ""
    edits = f" ({match.distance} of {match.length} characters)" if match.distance else ""
    less = "".join(f" − {p.points} {p.reason}" for p in match.penalties)
    reference = "" if match.insertable else "  (reference only)"
    return [
        ("head", f"{match.score:>3} {match.kind}"),
        ("same", f" = {match.similarity} similarity{edits}{bonus}{less}"),
        ("warning", reference),
    ]


def _match(match: Match, query: str, forbidden: tuple[str, ...]) -> Iterator[list[Piece]]:
    """What a match is: how its source differs, its translation, and where that comes from."""
    from bilingo.match.difference import difference

    yield [(piece.kind, piece.text) for piece in difference(match.source.text.strip(), query)]
    yield [("same", match.target.text.strip())]
    if match.adapted:
        yield [("same", "values carried over: "), *_carried(match.adapted)]
    if match.converted:
        yield [
            ("warning", "draft conversion, not for insertion: "),
            ("same", match.converted.strip()),
        ]
    if forbidden:
        yield [("warning", f"the glossary forbids: {', '.join(forbidden)}")]
    where = " · ".join(
        filter(None, (match.target.locale, match.tu.origin or match.tu.path, match.tu.author))
    )
    yield [("faint", where)]


def _carried(adapted: Adaptation) -> list[Piece]:
    """A target with the query's values, each marked beside the one it replaces."""
    pieces: list[Piece] = []
    position = 0
    for piece in adapted.pieces:
        pieces += [
            ("same", adapted.text[position : piece.start]),
            ("old", piece.old),
            ("new", piece.new),
        ]
        position = piece.end
    return _trimmed([*pieces, ("same", adapted.text[position:])])


def _evidence(match: Match, result: Suggestion) -> Iterator[str]:
    """What is known of a unit: who, when, where, between what."""
    from bilingo.text.fold import fold

    tu, here = match.tu, result.context
    sides = (("previous", tu.context.prev, here.prev), ("next", tu.context.next, here.next))
    for name, theirs, mine in sides:
        if theirs:
            same = bool(mine) and fold(theirs) == fold(mine)
            note = " (the same here)" if same else " (here another)" if mine else ""
            yield f"{name}: {theirs}{note}"
    status = f"{tu.status} {tu.segtype}"
    made = " ".join(filter(None, (tu.author and f"by {tu.author}", tu.date and _day(tu.date))))
    yield "; ".join(filter(None, (status, made, tu.context.path and f"in {tu.context.path}")))
    yield f"{tu.path}:{tu.line}" + (f" unit {tu.tuid}" if tu.tuid else "")


def _day(date: str) -> str:
    return f"on {date[:4]}-{date[4:6]}-{date[6:8]}"


def _put_together(assembly: Assembly, page: Screen, margin: str) -> list[str]:
    inner = margin + _INDENT
    gaps = sum(part.match is None for part in assembly.parts)
    open_parts = f", {gaps} open" if gaps else ""
    adapted = sum(bool(p.match and p.match.adapted) for p in assembly.parts)
    values = f", {adapted} with values carried over" if adapted else ""
    what = f" put together from {len(assembly.parts)} parts{open_parts}{values}"
    return [
        page.write([("head", f"{assembly.score:>3}"), ("same", what)], margin + "  ", inner),
        page.write([("same", assembly.text)], inner, inner),
    ]


def _known(result: Suggestion) -> Iterator[list[Piece]]:
    """Phrases of the memory, and terms of the glossary."""
    for fragment in result.fragments:
        said = " / ".join(dict.fromkeys(match.text.strip() for match in fragment.matches))
        where = fragment.matches[0].tu.origin or fragment.matches[0].tu.path
        yield [("same", f"phrase: {fragment.text} → {said}"), ("faint", f"  {where}")]
    for term in dict.fromkeys(term._replace(start=0, end=0) for term in result.terms):
        never = f" (never {', '.join(term.forbidden)})" if term.forbidden else ""
        said = " / ".join(term.allowed) or "—"
        yield [("same", f"term: {term.term} → {said}"), ("faint", never)]
