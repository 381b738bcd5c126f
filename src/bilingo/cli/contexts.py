"""A word in its contexts, shown or as JSON: what `memory search` prints.

Nothing here needs click, whose import is half of a search.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bilingo.cli import screen, streams
from bilingo.cli.screen import Piece, Screen
from bilingo.pipelines import concordance
from bilingo.text.show import clip, visible, width

if TYPE_CHECKING:
    from bilingo.pipelines.concordance import Hit
    from bilingo.project import Project

KWIC = 80  # columns of a concordance line that goes to no terminal


def show(project: Project, word: str, limit: int, *, as_json: bool) -> int:
    """Search and print; returns the exit code. Raises BilingoError as `concordance.search`."""
    found = concordance.search(project, word, limit, streams.say)
    hits = found.hits[:limit]
    for warning in found.warnings:
        streams.say(warning)
    if as_json:
        rows = [hit_document(hit) for hit in hits]
        document: dict[str, object] = {"format": 1, "command": "memory search", "query": word}
        document |= {"count": len(found.hits), "complete": found.complete, "hits": rows}
        streams.emit_json(document)
        return streams.DONE
    page = screen.stdout()
    for hit in hits:
        streams.out(in_context(page, hit.text, hit.spans[0]))
        for other in hit.others:
            streams.out(page.write(marked(other.text.strip(), other.span), "    ", "    "))
        where = " · ".join(filter(None, (hit.locale, hit.tu.origin or hit.tu.path)))
        streams.out(page.write([("faint", where)], "    ", "    "))
    more = f", {limit} shown" if len(found.hits) > limit else ""
    streams.say(f"{len(found.hits)} text{'s' * (len(found.hits) != 1)}{more}")
    return streams.DONE


def hit_document(hit: Hit) -> dict[str, object]:
    """One hit as JSON; docs/json.md describes it."""
    start, end = hit.spans[0]
    return {
        "locale": hit.locale,
        "text": hit.text,
        "start": start,
        "end": end,
        "translations": [
            {
                "locale": other.locale,
                "text": other.text,
                "start": other.span[0] if other.span else None,
                "end": other.span[1] if other.span else None,
            }
            for other in hit.others
        ],
        "origin": hit.tu.origin,
        "memory": hit.tu.path,
        "line": hit.tu.line,
    }


def in_context(page: Screen, text: str, span: tuple[int, int]) -> str:
    """A line with the word in its middle, as a concordance has it."""
    columns = page.columns or KWIC
    start, end = span
    word = text[start:end]
    before, after = (" ".join(side.split()) for side in (text[:start], text[end:]))
    before += " " if text[:start][-1:].isspace() else ""
    after = (" " if text[end:][:1].isspace() else "") + after
    room = max(0, columns - width(visible(word)) - 3)
    left = clip(visible(before)[::-1], room // 2)[::-1]
    right = clip(visible(after), room - room // 2)
    margin = " " * (room // 2 - width(left))
    line = page.unwrapped.write([("same", left), ("found", word), ("same", right)], margin)
    return line.rstrip()


def marked(text: str, span: tuple[int, int] | None) -> list[Piece]:
    """A translation with the word's counterpart, where it is known."""
    if span is None:
        return [("same", text)]
    start, end = span
    return [("same", text[:start]), ("found", text[start:end]), ("same", text[end:])]
