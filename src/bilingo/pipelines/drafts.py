"""`suggest CATALOG`: every open entry with the best that is known; the best as drafts, if asked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from bilingo.frozen import replace
from bilingo.model import Context, Entry, Locale, Match
from bilingo.pipelines.catalogs import can_hold, edited, locale_of, open_catalog
from bilingo.pipelines.memory import Tell, silent
from bilingo.pipelines.suggest import Asked, Offer, Suggestion, Wanted, seen_source
from bilingo.project import Project
from bilingo.stores.files import Change
from bilingo.text import breaks, tags


class Open(NamedTuple):
    """An entry that waits for a translation or for review, and what is known of it."""

    entry: Entry
    suggestion: Suggestion


class Drafted(NamedTuple):
    """A catalog with drafts: how many were written, how many open entries stay as they are."""

    path: str
    drafted: int
    left: int
    change: Change


def open_entries(
    project: Project, path: Path, wanted: Wanted, tell: Tell = silent, *, strict: bool = False
) -> Iterator[Open]:
    """Every entry that is untranslated or fuzzy, in catalog order, with its suggestion.

    Raises BilingoError (`path:line:column`) for a catalog that cannot be read, and with `strict`
    for a memory file too.
    """
    found = open_catalog(project, path)
    target = wanted.target or locale_of(project, path, found.catalog)
    asked = Asked(project, wanted, tell, strict=strict)
    entries = found.live
    waiting = [
        (number, entry, wanted.source or source_of(project, entry, target))
        for number, entry in enumerate(entries)
        if not entry.translated
    ]
    asked.expect([(entry.msgid, source, None) for _, entry, source in waiting])
    for number, entry, source in waiting:
        context = neighbours(entries, number)
        yield Open(entry, asked.suggest(entry.msgid, context, source=source, target=target))


def draft(
    project: Project,
    path: Path,
    wanted: Wanted,
    least: int,
    *,
    now: datetime,
    tell: Tell = silent,
) -> Drafted:
    """The catalog with a draft in each empty entry whose best offer scores `least` or more.

    A draft is fuzzy, names the text it was made for and, in a comment, where it comes from. An
    entry that somebody began is never touched, nor an approved one; an offer with a gap is none,
    and entries with plural forms are left to people. The caller writes the change. Raises
    BilingoError for a catalog or a memory file that cannot be read.
    """
    opened = open_catalog(project, path)
    made: dict[tuple[str | None, str], Entry] = {}
    left = 0
    for entry, suggestion in open_entries(project, path, wanted, tell, strict=True):
        best = suggestion.best
        if (
            best is None
            or best.score < least
            or not best.whole
            or any(entry.msgstr)
            or entry.msgid_plural is not None
        ):
            left += 1
            continue
        drafted = _drafted(entry, best)
        texts = (*drafted.msgstr, *drafted.comments, drafted.previous or "")
        if can_hold(opened, entry.msgid, texts, tell):
            made[entry.key] = drafted
        else:
            left += 1
    entries = [
        made[entry.key] if not entry.obsolete and entry.key in made else entry
        for entry in opened.catalog.entries
    ]
    revision = now.strftime("%Y-%m-%d %H:%M+0000") if made else ""
    content = edited(opened, entries, revision=revision)
    return Drafted(opened.path, len(made), left, Change(path, content, opened.raw))


def _drafted(entry: Entry, best: Offer) -> Entry:
    parts = [part.match for part in best.assembly.parts if part.match] if best.assembly else []
    matches = [best.match] if best.match else parts
    return replace(
        entry,
        msgstr=(breaks.as_in(entry.msgid, best.text),),
        flags=("fuzzy", *(flag for flag in entry.flags if flag != "fuzzy")),
        comments=(*entry.comments, *dict.fromkeys(map(origin, matches))),
        previous=best.match.source.text if best.match and best.match.distance else entry.previous,
        path="",
    )


def origin(match: Match) -> str:
    """Where a translation comes from, as a translator's comment says it."""
    whose = ", ".join(filter(None, (match.tu.origin or match.tu.path, match.tu.author)))
    pieces = match.adapted.pieces if match.adapted else ()
    values = ", ".join(f"{piece.old} → {piece.new}" for piece in pieces)
    return f"bilingo: {match.score} % from {whose}" + (
        f"; values changed: {values}" if values else ""
    )


def source_of(project: Project, entry: Entry, target: Locale) -> Locale:
    """The locale of the article an entry stands in; without one, as its text looks."""
    if entry.references:
        named = project.article_locale(Path(entry.references[0]))
        if named != target:
            return named
    source = seen_source(project, entry.msgid)
    return source if source != target else project.settings.source


def neighbours(entries: Sequence[Entry], number: int) -> Context:
    """Where an entry stands: entries of one article stand in its order in the catalog."""
    here = entries[number]

    def text(index: int) -> str:
        if 0 <= index < len(entries) and entries[index].references[:1] == here.references[:1]:
            return tags.plain(entries[index].msgid)
        return ""

    path = here.references[0] if here.references else ""
    kind = here.extracted[0] if here.extracted else ""
    return Context(path, kind, text(number - 1), text(number + 1))
