"""Three-way merge of catalogs and of memories: what a person approved is never lost.

Entries meet by (msgctxt, msgid), so a translation cannot reach another msgid; units of a memory
meet by tuid. What only one side changed is taken from that side. Where both changed the same text
differently, both texts are kept and a person decides.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from operator import attrgetter
from typing import TypeVar

from bilingo.match import header
from bilingo.model import TU, Entry, Status

THEIRS = "bilingo-theirs: "

Key = tuple[str | None, str]
T = TypeVar("T")
H = TypeVar("H", bound=Hashable)

# An approval outlives `superseded`: the newer translation that replaced it is in the memory too, so
# a lookup sees two approved translations and a person decides. The other way round the approval
# would vanish without a word.
_STRENGTH: tuple[Status, ...] = ("machine", "aligned", "superseded", "published", "approved")
# What is compared: everything but the place.
_content = attrgetter(*(f.name for f in fields(Entry) if f.name not in ("path", "line")))
_unit_content = attrgetter(
    *(f.name for f in fields(TU) if f.name not in ("path", "line", "penalty"))
)
_DATE = re.compile(r"[0-9]{8}T[0-9]{6}Z")


@dataclass(frozen=True, slots=True)
class Merged:
    """A merged catalog, and the keys that wait for a person. Entries keep their own place."""

    entries: tuple[Entry, ...]
    conflicts: tuple[Key, ...] = ()


@dataclass(frozen=True, slots=True)
class MergedUnits:
    """A merged memory, and the tuids (of our unit) for which both versions were kept."""

    units: tuple[TU, ...]
    conflicts: tuple[str, ...] = ()


def merge(base: Sequence[Entry], ours: Sequence[Entry], theirs: Sequence[Entry]) -> Merged:
    """The changes of both sides since `base`.

    A true conflict leaves our text in msgstr, marks the entry fuzzy and puts their text into a
    translator comment, see `version_of`. An entry deleted on one side stays if the other side
    worked on it. Header fields are merged one by one and the newest date stays; only
    Plural-Forms and Content-Type can be in conflict. The order is ours (theirs if we left it
    alone), with their new entries after their predecessors; the header stands first and obsolete
    entries last.
    """
    old, mine, other = (_numbered(side, lambda entry: entry.key) for side in (base, ours, theirs))
    entries: list[Entry] = []
    conflicts: list[Key] = []
    for key in _union(tuple(old), tuple(mine), tuple(other)):
        entry, conflict = _entry(old.get(key), mine.get(key), other.get(key))
        if entry is not None:
            entries.append(entry)
        if conflict:
            conflicts.append(key[0])
    entries.sort(key=lambda entry: (not entry.is_header, entry.obsolete))
    return Merged(tuple(entries), tuple(conflicts))


def version_of(comment: str) -> tuple[str, ...] | None:
    """Their msgstr in the comment a conflict left, or None for any other comment.

    The comment is `bilingo-theirs: ` and JSON: a string, or a list for plural forms.
    """
    if not comment.startswith(THEIRS):
        return None
    try:
        value = json.loads(comment.removeprefix(THEIRS))
    except (ValueError, RecursionError):
        return None
    texts = value if isinstance(value, list) else [value]
    return tuple(texts) if all(isinstance(text, str) for text in texts) else None


def _comment(msgstr: tuple[str, ...]) -> str:
    """One line for every reader: JSON, with every character escaped that may end a line."""
    value = json.dumps(msgstr[0] if len(msgstr) == 1 else msgstr, ensure_ascii=False)
    return THEIRS + re.sub("[\x7f-\x9f\u2028\u2029]", lambda c: f"\\u{ord(c.group()):04x}", value)


def _numbered(items: Iterable[T], key: Callable[[T], H]) -> dict[tuple[H, int], T]:
    """Items by key. A key that comes back (an obsolete twin of an entry) is another item."""
    seen: Counter[H] = Counter()
    numbered: dict[tuple[H, int], T] = {}
    for item in items:
        name = key(item)
        numbered[name, seen[name]] = item
        seen[name] += 1
    return numbered


def _union(base: tuple[H, ...], ours: tuple[H, ...], theirs: tuple[H, ...]) -> list[H]:
    """Everything of both sides in the order of the side that changed it, else in ours.

    What only the other side has follows what it follows there.
    """
    lead, follow = (theirs, ours) if ours == base else (ours, theirs)
    known = set(lead)
    after: dict[H, list[H]] = {}
    newcomers = first = list[H]()
    for item in follow:
        if item in known:
            newcomers = after.setdefault(item, [])
        else:
            newcomers.append(item)
    if not after:
        return [*lead, *first]
    union = first
    for item in lead:
        union.append(item)
        union += after.pop(item, ())
    return union


def _lines(base: tuple[H, ...], ours: tuple[H, ...], theirs: tuple[H, ...]) -> tuple[H, ...]:
    """Three-way union: what either side added, without what either side took away."""
    old, mine, other = set(base), set(ours), set(theirs)
    keep = (mine & other) | ((mine ^ other) - old)
    return tuple(item for item in _union(base, ours, theirs) if item in keep)


def _pick(base: T, ours: T, theirs: T, otherwise: T) -> T:
    """The value of the side that changed it; `otherwise` where both did, differently."""
    if ours == theirs or theirs == base:
        return ours
    return theirs if ours == base else otherwise


def _entry(
    base: Entry | None, ours: Entry | None, theirs: Entry | None
) -> tuple[Entry | None, bool]:
    """The merged entry, or None where it is deleted, and whether a person must look at it."""
    if ours is None or theirs is None:
        kept = ours or theirs
        return (kept if kept and (base is None or _worked_on(base, kept)) else None), False
    if base is None:
        # As if it had been an obsolete entry without a word: alive wins, and so does any text.
        base = Entry(ours.msgid, (), ours.msgctxt, obsolete=True)
    if _content(ours) == _content(theirs) or _content(theirs) == _content(base):
        return ours, False
    if _content(ours) == _content(base):
        return theirs, False
    if ours.is_header:
        return _header(base, ours, theirs)
    return _both(base, ours, theirs)


def _worked_on(base: Entry, entry: Entry) -> bool:
    """Whether there is work in the entry that a deletion elsewhere must not take along."""
    return (entry.msgstr, entry.fuzzy, entry.comments, entry.obsolete) != (
        base.msgstr,
        base.fuzzy,
        base.comments,
        base.obsolete,
    )


def _both(base: Entry, ours: Entry, theirs: Entry) -> tuple[Entry, bool]:
    """An entry that both sides changed."""
    chosen = _chosen(base, ours, theirs)
    lead = chosen or ours
    merged = _surroundings(base, ours, theirs)
    fuzzy = lead.fuzzy or chosen is None
    if fuzzy and not merged.fuzzy:
        merged = replace(merged, flags=("fuzzy", *merged.flags))
    elif merged.fuzzy and not fuzzy:
        merged = replace(merged, flags=tuple(flag for flag in merged.flags if flag != "fuzzy"))
    if chosen is None and (note := _comment(theirs.msgstr)) not in merged.comments:
        merged = replace(merged, comments=(*merged.comments, note))
    previous = _previous(lead)
    if fuzzy:
        previous = _pick(_previous(base), _previous(ours), _previous(theirs), previous)
    plural = lead.msgid_plural
    if _plural(ours) == _plural(theirs):
        plural = _pick(base.msgid_plural, ours.msgid_plural, theirs.msgid_plural, plural)
    return replace(
        merged,
        msgstr=lead.msgstr,
        msgid_plural=plural,
        previous=previous[0],
        previous_ctxt=previous[1],
        previous_plural=previous[2],
    ), chosen is None


def _chosen(base: Entry, ours: Entry, theirs: Entry) -> Entry | None:
    """The side whose text and state the merge takes; None where both wrote something else."""
    if _text(ours) == _text(theirs):
        if _text(base) == _text(ours):
            return theirs if ours.fuzzy == base.fuzzy else ours
        return theirs if ours.fuzzy else ours
    for side, other in ((ours, theirs), (theirs, ours)):
        if _text(side) == _text(base) and not _decided(base, side):
            return other
    for side, other in ((ours, theirs), (theirs, ours)):
        if not any(side.msgstr):
            return other
    return None


def _decided(base: Entry, entry: Entry) -> bool:
    """Whether somebody approved the old text, or it stands in a conflict that still waits."""
    approved = entry.translated and not base.translated
    return approved or any(c.startswith(THEIRS) for c in set(entry.comments) - set(base.comments))


def _text(entry: Entry) -> tuple[bool, tuple[str, ...]]:
    return _plural(entry), entry.msgstr


def _plural(entry: Entry) -> bool:
    return entry.msgid_plural is not None


def _previous(entry: Entry) -> tuple[str | None, str | None, str | None]:
    return entry.previous, entry.previous_ctxt, entry.previous_plural


def _surroundings(base: Entry, ours: Entry, theirs: Entry) -> Entry:
    """Our entry with comments, references, flags and obsolescence of both sides."""
    return replace(
        ours,
        flags=_lines(base.flags, ours.flags, theirs.flags),
        comments=_lines(base.comments, ours.comments, theirs.comments),
        extracted=_lines(base.extracted, ours.extracted, theirs.extracted),
        references=_lines(base.references, ours.references, theirs.references),
        obsolete=_pick(base.obsolete, ours.obsolete, theirs.obsolete, ours.obsolete),
    )


def _header(base: Entry, ours: Entry, theirs: Entry) -> tuple[Entry, bool]:
    """The header field by field.

    A conflict never makes it fuzzy: gettext would stop reading its charset and plural rule.
    """
    sides = (base, ours, theirs)
    old, mine, other = (header.fields("".join(side.msgstr)) for side in sides)
    merged: dict[str, str] = {}
    lost: list[str] = []
    for name in _union(tuple(old), tuple(mine), tuple(other)):
        was, here, there = old.get(name), mine.get(name), other.get(name)
        if name in header.DATES and here is not None and there is not None:
            value: str | None = header.newest(here, there)
        else:
            # deleted here and changed there, or the other way round: kept
            value = _pick(was, here, there, there if here is None else here)
            if name in ("Plural-Forms", "Content-Type") and _clash(name, was, here, there):
                lost.append(f"{name}: {there}")
        if value is not None:
            merged[name] = value
    entry = replace(_surroundings(base, ours, theirs), msgstr=(header.text(merged),))
    notes = tuple(note for line in lost if (note := _comment((line,))) not in entry.comments)
    return replace(entry, comments=entry.comments + notes), bool(lost)


def _clash(name: str, was: str | None, here: str | None, there: str | None) -> bool:
    if was in (here, there) or here is None or there is None:
        return False
    return not header.same_meaning(name, here, there)


def merge_units(base: Sequence[TU], ours: Sequence[TU], theirs: Sequence[TU]) -> MergedUnits:
    """The changes of both sides since `base`, for the units of a memory.

    Units meet by tuid, without one by texts and context. Where both sides changed the texts of one
    unit, both versions are kept: ours under the tuid, theirs without one. Of statuses that both
    changed the stronger stays, approved before published, superseded, aligned and machine; of
    everything else the value of the unit with the newer date.
    """
    old, mine, other = (_numbered(side, _identity) for side in (base, ours, theirs))
    units: list[TU] = []
    conflicts: list[str] = []
    for key in _union(tuple(old), tuple(mine), tuple(other)):
        kept = _unit(old.get(key), mine.get(key), other.get(key))
        units += kept
        if len(kept) > 1:
            conflicts.append(kept[0].tuid)
    return MergedUnits(tuple(units), tuple(conflicts))


def _identity(unit: TU) -> Hashable:
    return unit.tuid or (frozenset(unit.tuvs), unit.context)


def _unit(base: TU | None, ours: TU | None, theirs: TU | None) -> tuple[TU, ...]:
    """The merged unit, nothing where it is deleted, or both versions."""
    if ours is None or theirs is None:
        kept = ours or theirs
        return (kept,) if kept and (base is None or _unit_worked_on(base, kept)) else ()
    if base is None:
        # As if there had been a unit that nobody had looked at, with no text in it.
        base = TU((), ours.tuid, status="machine")
    if _unit_content(ours) == _unit_content(theirs) or _unit_content(theirs) == _unit_content(base):
        return (ours,)
    if _unit_content(ours) == _unit_content(base):
        return (theirs,)
    # A status is a word about the texts: neither goes into the merge without the other.
    if _tuvs(ours) == _tuvs(theirs):
        status = max(ours.status, theirs.status, key=_STRENGTH.index)
        if _tuvs(ours) == _tuvs(base):
            status = _pick(base.status, ours.status, theirs.status, status)
        return (_unit_both(base, ours, theirs, replace(ours, status=status)),)
    for side, other in ((ours, theirs), (theirs, ours)):
        if (_tuvs(side), side.status) == (_tuvs(base), base.status):
            return (_unit_both(base, ours, theirs, other),)
    return ours, replace(theirs, tuid="")


def _tuvs(unit: TU) -> frozenset[Hashable]:
    return frozenset(unit.tuvs)


def _unit_worked_on(base: TU, unit: TU) -> bool:
    return (_tuvs(unit), unit.status, unit.note) != (_tuvs(base), base.status, base.note)


def _unit_both(base: TU, ours: TU, theirs: TU, lead: TU) -> TU:
    """A unit that both sides changed, with the texts and the status of `lead`."""
    newer = max((ours, theirs), key=lambda unit: unit.date if _DATE.fullmatch(unit.date) else "")
    author, date = _pick(
        (base.author, base.date),
        (ours.author, ours.date),
        (theirs.author, theirs.date),
        (newer.author, newer.date),
    )
    return replace(
        ours,
        tuvs=lead.tuvs,
        status=lead.status,
        segtype=_pick(base.segtype, ours.segtype, theirs.segtype, newer.segtype),
        context=_pick(base.context, ours.context, theirs.context, newer.context),
        origin=_pick(base.origin, ours.origin, theirs.origin, newer.origin),
        author=author,
        date=date,
        note=_pick(base.note, ours.note, theirs.note, newer.note),
        props=_props(base.props, ours.props, theirs.props, newer.props),
    )


def _props(
    base: Mapping[str, str],
    ours: Mapping[str, str],
    theirs: Mapping[str, str],
    newer: Mapping[str, str],
) -> dict[str, str]:
    merged: dict[str, str] = {}
    for name in _union(tuple(base), tuple(ours), tuple(theirs)):
        was, here, there = base.get(name), ours.get(name), theirs.get(name)
        value = _pick(was, here, there, newer.get(name))
        if value is not None:
            merged[name] = value
    return merged
