"""`memory harvest`: reviewed translations → memory, the only way back."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from bilingo.formats import po, tmx
from bilingo.match import beads
from bilingo.model import TU, TUV, Context, Locale, SegType
from bilingo.pipelines.catalogs import catalog_paths, locale_of, open_catalog
from bilingo.pipelines.drafts import neighbours, source_of
from bilingo.pipelines.extract import segmentation
from bilingo.pipelines.memory import read_own
from bilingo.project import Project
from bilingo.stores.files import Change
from bilingo.text import srx, tags

# What XML 1.0 has no place for; such an entry stays in its catalog, where `check` names it.
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Harvested:
    """What entered the memory file at `path`; no `change` when nothing did."""

    path: str
    added: int
    superseded: int
    kept: int
    change: Change | None


def harvest(project: Project, paths: Sequence[Path] = (), *, now: datetime) -> Harvested:
    """The memory file of the project's own translations with those of the catalogs at `paths`.

    Only entries that are translated and reviewed are taken, as whole units and, where it is certain
    which belong together, by their sentences. A unit of the same text and article with
    another translation becomes `superseded`. The caller writes the change.
    """
    path = project.memory / f"{project.settings.domain}.tmx"
    raw, old = read_own(project, path)
    fresh = {
        _said(unit): (source, unit)
        for catalog in paths or catalog_paths(project)
        for source, unit in _units(project, catalog, now.strftime("%Y%m%dT%H%M%SZ"))
    }
    known = {_said(unit) for unit in old if unit.status != "superseded"}
    news = {said: found for said, found in fresh.items() if said not in known}
    places = {_place(unit, source) for source, unit in news.values()}
    units = [
        replace(unit, status="superseded")
        if unit.status != "superseded" and any(_place(unit, t.locale) in places for t in unit.tuvs)
        else unit
        for unit in old
        if _said(unit) not in news
    ]
    content = tmx.write([*units, *(unit for _, unit in news.values())]) if news else b""
    superseded = sum(u.status == "superseded" for u in units) - sum(
        u.status == "superseded" for u in old
    )
    return Harvested(
        project.shown(path),
        added=len(news),
        superseded=superseded,
        kept=len(fresh) - len(news),
        change=Change(path, content, raw) if news else None,
    )


def _said(unit: TU) -> tuple[object, ...]:
    """What a unit says between which neighbours, whoever said it, when, in which file."""
    sides = tuple((tuv.locale, tuv.text) for tuv in unit.tuvs)
    return sides, unit.segtype, unit.context.prev, unit.context.next


def _place(unit: TU, source: Locale) -> tuple[object, ...]:
    """What was translated, where, into what: a second answer to this supersedes the first."""
    text = next((tuv.text for tuv in unit.tuvs if tuv.locale == source), "")
    others = tuple(tuv.locale for tuv in unit.tuvs if tuv.locale != source)
    return source, text, others, unit.segtype, unit.origin


def _units(project: Project, path: Path, date: str) -> Iterator[tuple[Locale, TU]]:
    """Each reviewed entry as a unit, and as segments, with the locale it was translated from."""
    found = open_catalog(project, path)
    target = locale_of(project, path, found.catalog)
    author = po.field(found.catalog.header, "Last-Translator")
    rules = segmentation(project)
    entries = found.live
    for number, entry in enumerate(entries):
        if (
            not entry.translated
            or not entry.msgid  # with a context; gettext allows it, a memory of texts does not
            or len(entry.msgstr) > 1
            or _NO_XML.search(entry.msgid + entry.msgstr[0])
        ):
            continue
        origin = entry.references[0] if entry.references else ""
        source = source_of(project, entry, target)
        if source == target:  # copied as it is: no translation
            continue

        def unit(
            text: str,
            translation: str,
            segtype: SegType,
            context: Context,
            source: Locale = source,
            origin: str = origin,
        ) -> tuple[Locale, TU]:
            sides = sorted((TUV(source, text), TUV(target, translation)), key=lambda t: t.locale)
            return source, TU(
                tuple(sides),
                segtype=segtype,
                context=context,
                origin=origin,
                author=author,
                date=date,
            )

        yield unit(entry.msgid, entry.msgstr[0], "paragraph", neighbours(entries, number))
        for one in sentences(TUV(source, entry.msgid), TUV(target, entry.msgstr[0]), rules):
            yield unit(*one[:2], "sentence", one[2])


def sentences(one: TUV, other: TUV, rules: srx.Srx | None) -> Iterator[tuple[str, str, Context]]:
    """The sentences of two texts that belong together for certain (`match.beads`), in order.

    Their tags are numbered anew. What is not certain is known by the paragraph only.
    """
    ours = srx.segments(one.text, one.locale, rules)
    theirs = srx.segments(other.text, other.locale, rules)
    if max(len(ours), len(theirs)) < 2:
        return
    for bead in beads.certain([s.text for s in ours], [s.text for s in theirs]):
        mine = "".join(s.text for s in ours[bead.source : bead.source_end])
        yours = "".join(s.text for s in theirs[bead.target : bead.target_end])
        if mine != one.text:
            text, translation = tags.renumbered(mine, yours)
            yield text, translation, ours[bead.source].context
