"""Three-way merge of memories: what a person approved is never lost.

Units meet by tuid. What only one side changed is taken from that side; where both changed the same
texts differently, both versions are kept and a person decides.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from operator import attrgetter

from bilingo.match import threeway
from bilingo.model import TU, Status

# An approval outlives `superseded`: the newer translation that replaced it is in the memory too, so
# a lookup sees two approved translations and a person decides. The other way round the approval
# would vanish without a word.
_STRENGTH: tuple[Status, ...] = ("machine", "aligned", "superseded", "published", "approved")
# What is compared: everything but the place.
_content = attrgetter(*(f.name for f in fields(TU) if f.name not in ("path", "line", "penalty")))
_DATE = re.compile(r"[0-9]{8}T[0-9]{6}Z")


@dataclass(frozen=True, slots=True)
class MergedUnits:
    """A merged memory, and the tuids (of our unit) for which both versions were kept."""

    units: tuple[TU, ...]
    conflicts: tuple[str, ...] = ()


def merge_units(base: Sequence[TU], ours: Sequence[TU], theirs: Sequence[TU]) -> MergedUnits:
    """The changes of both sides since `base`, for the units of a memory.

    Units meet by tuid, without one by texts and context. Where both sides changed the texts of one
    unit, both versions are kept: ours under the tuid, theirs without one. Of statuses that both
    changed the stronger stays, approved before published, superseded, aligned and machine; of
    everything else the value of the unit with the newer date.
    """
    old, mine, other = (threeway.numbered(side, _identity) for side in (base, ours, theirs))
    units: list[TU] = []
    conflicts: list[str] = []
    for key in threeway.union(tuple(old), tuple(mine), tuple(other)):
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
    if _content(ours) == _content(theirs) or _content(theirs) == _content(base):
        return (ours,)
    if _content(ours) == _content(base):
        return (theirs,)
    # A status is a word about the texts: neither goes into the merge without the other.
    if _tuvs(ours) == _tuvs(theirs):
        status = max(ours.status, theirs.status, key=_STRENGTH.index)
        if _tuvs(ours) == _tuvs(base):
            status = threeway.pick(base.status, ours.status, theirs.status, status)
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
    author, date = threeway.pick(
        (base.author, base.date),
        (ours.author, ours.date),
        (theirs.author, theirs.date),
        (newer.author, newer.date),
    )
    return replace(
        ours,
        tuvs=lead.tuvs,
        status=lead.status,
        segtype=threeway.pick(base.segtype, ours.segtype, theirs.segtype, newer.segtype),
        context=threeway.pick(base.context, ours.context, theirs.context, newer.context),
        origin=threeway.pick(base.origin, ours.origin, theirs.origin, newer.origin),
        author=author,
        date=date,
        note=threeway.pick(base.note, ours.note, theirs.note, newer.note),
        props=_props(base.props, ours.props, theirs.props, newer.props),
    )


def _props(
    base: Mapping[str, str],
    ours: Mapping[str, str],
    theirs: Mapping[str, str],
    newer: Mapping[str, str],
) -> dict[str, str]:
    merged: dict[str, str] = {}
    for name in threeway.union(tuple(base), tuple(ours), tuple(theirs)):
        was, here, there = base.get(name), ours.get(name), theirs.get(name)
        value = threeway.pick(was, here, there, newer.get(name))
        if value is not None:
            merged[name] = value
    return merged
