"""Three-way merge of catalogs: what a person approved is never lost.

Entries meet by (msgctxt, msgid), so a translation cannot reach another msgid. What only one side
changed is taken from that side. Where both changed the same entry differently, both texts are kept
and a person decides.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from operator import attrgetter

from bilingo.match import header, threeway
from bilingo.model import Entry

THEIRS = "bilingo-theirs: "
THEIR_PLURAL = "bilingo-theirs-plural: "
HEADER = ((None, ""), 0)  # the key of the first entry without msgid and context

Key = tuple[str | None, str]
Side = Mapping[tuple[Key, int], Entry]
Previous = tuple[str | None, str | None, str | None]

# What is compared: everything but the place.
_content = attrgetter(*(f.name for f in fields(Entry) if f.name not in ("path", "line")))


@dataclass(frozen=True, slots=True)
class Merged:
    """A merged catalog, and the keys that wait for a person. Entries keep their own place."""

    entries: tuple[Entry, ...]
    conflicts: tuple[Key, ...] = ()


def merge(base: Sequence[Entry], ours: Sequence[Entry], theirs: Sequence[Entry]) -> Merged:
    """The changes of both sides since `base`.

    A true conflict leaves our text in msgstr, marks the entry fuzzy and puts their text into a
    translator comment, see `version_of`. An entry deleted on one side stays if the other side
    worked on it. Header fields are merged one by one and the newest date stays; only
    Plural-Forms and Content-Type can be in conflict. The order is ours (theirs if we left it
    alone), with their new entries after their predecessors; the header stands first and obsolete
    entries last.

    A translation made for another msgid_plural than the merged one is in conflict too. Where the
    sides have another number of plural forms, all entries get that of the merged header; forms
    that are lost or invented by it wait for a person.
    """
    sides = [threeway.numbered(side, lambda entry: entry.key) for side in (base, ours, theirs)]
    count = _count_to_keep(*sides)
    entries: list[Entry] = []
    conflicts: list[Key] = []
    for key in threeway.union(*map(tuple, sides)):
        entry, conflict = _entry(*(side.get(key) for side in sides))
        if entry is not None:
            entries.append(_shaped(entry, count))
            conflict = conflict or entry.translated and not entries[-1].translated
        if conflict:
            conflicts.append(key[0])
    entries.sort(key=lambda entry: (not entry.is_header, entry.obsolete))
    return Merged(tuple(entries), tuple(conflicts))


def _count_to_keep(base: Side, ours: Side, theirs: Side) -> int | None:
    """The number of plural forms that all entries must have, or None where nothing is to be done.

    Nothing is where both sides ask for the same number, and where only one side changed anything:
    its entries are right, or wrong, as they stand.
    """
    before, mine, other = (side.get(HEADER) for side in (base, ours, theirs))
    if mine is None or other is None:
        return None
    if len({header.forms("".join(head.msgstr)) for head in (mine, other)}) < 2:
        return None
    was, here, there = ([*map(_content, side.values())] for side in (base, ours, theirs))
    merged, _ = _entry(before, mine, other)
    if was in (here, there) or merged is None:
        return None
    return header.forms("".join(merged.msgstr))


def _shaped(entry: Entry, count: int | None) -> Entry:
    """The entry with `count` plural forms: the last one is the general one, and stands for others.

    Fuzzy, with the forms it had in a comment, unless nothing was lost or invented.
    """
    old = entry.msgstr
    if count is None or not _plural(entry) or len(old) == count:
        return entry
    first = old[: count - 1]
    entry = replace(entry, msgstr=first + old[-1:] * (count - len(first)))
    lossless = not any(old) or len(set(old)) == 1 and count < len(old)
    return entry if lossless else _waiting(entry, _comment(old))


def _waiting(entry: Entry, *notes: str) -> Entry:
    """The entry for a person to look at. Without a text there is nothing to be fuzzy."""
    fuzzy = () if entry.fuzzy or not any(entry.msgstr) else ("fuzzy",)
    new = tuple(note for note in notes if note not in entry.comments)
    return replace(entry, flags=fuzzy + entry.flags, comments=entry.comments + new)


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
    return THEIRS + _quoted(msgstr[0] if len(msgstr) == 1 else msgstr)


def _quoted(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return re.sub("[\x7f-\x9f\u2028\u2029]", lambda c: f"\\u{ord(c.group()):04x}", text)


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
    other = theirs if lead is ours else ours
    plural = lead.msgid_plural
    if chosen or _plural(ours) == _plural(theirs):
        plural = threeway.pick(base.msgid_plural, ours.msgid_plural, theirs.msgid_plural, plural)
    merged = replace(_surroundings(base, ours, theirs), msgid_plural=plural, msgstr=lead.msgstr)
    if merged.fuzzy and not lead.fuzzy:
        merged = replace(merged, flags=tuple(flag for flag in merged.flags if flag != "fuzzy"))
    elif lead.fuzzy:
        merged = _waiting(merged)
    previous = _previous(lead)
    conflict = False
    if chosen is None:
        merged, conflict = _waiting(merged, _comment(theirs.msgstr)), True
    elif plural != lead.msgid_plural and _worded(lead) not in (_worded(base), _worded(other)):
        merged, conflict = _made_for_another(merged, lead, len(other.msgstr)), lead.translated
        if lead.translated:
            previous = lead.msgid, lead.msgctxt, lead.msgid_plural
    if len({base.msgid_plural, ours.msgid_plural, theirs.msgid_plural}) > 2:
        notes = [THEIR_PLURAL + _quoted(other.msgid_plural)] if _plural(other) else []
        merged, conflict = _waiting(merged, *notes), True
    alike = _worded(ours) == _worded(theirs)
    if (merged.fuzzy or alike) and previous == _previous(lead):
        sides = (_previous(base), _previous(ours), _previous(theirs))
        # one text, two sources it may have been made for: either, but the same in both directions
        previous = threeway.pick(*sides, min(sides[1:], key=str) if alike else previous)
    if not any(merged.msgstr):  # nothing to review; a writer leaves the flag out too
        merged = replace(merged, flags=tuple(flag for flag in merged.flags if flag != "fuzzy"))
        previous = None, None, None
    return replace(
        merged,
        previous=previous[0],
        previous_ctxt=previous[1],
        previous_plural=previous[2],
    ), conflict


def _made_for_another(entry: Entry, lead: Entry, count: int) -> Entry:
    """The entry with a translation that `lead` made for another msgid_plural, or for none."""
    if _plural(entry) == _plural(lead):
        return _waiting(entry)
    forms = lead.msgstr[-1:] * (count if _plural(entry) else 1)
    return _waiting(replace(entry, msgstr=forms), _comment(lead.msgstr))


def _chosen(base: Entry, ours: Entry, theirs: Entry) -> Entry | None:
    """The side whose text and state the merge takes; None where both wrote something else."""
    if _text(ours) == _text(theirs):
        if ours.fuzzy == theirs.fuzzy:
            return ours
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
    """The text without regard to how often it stands there: plural forms may all be one."""
    same = len(set(entry.msgstr)) == 1
    return _plural(entry), entry.msgstr[:1] if same else entry.msgstr


def _worded(entry: Entry) -> tuple[object, ...]:
    return *_text(entry), entry.fuzzy


def _plural(entry: Entry) -> bool:
    return entry.msgid_plural is not None


def _previous(entry: Entry) -> Previous:
    return entry.previous, entry.previous_ctxt, entry.previous_plural


def _surroundings(base: Entry, ours: Entry, theirs: Entry) -> Entry:
    """Our entry with comments, references, flags and obsolescence of both sides."""
    return replace(
        ours,
        flags=threeway.lines(base.flags, ours.flags, theirs.flags),
        comments=threeway.lines(base.comments, ours.comments, theirs.comments),
        extracted=threeway.lines(base.extracted, ours.extracted, theirs.extracted),
        references=threeway.lines(base.references, ours.references, theirs.references),
        apart=threeway.lines(base.apart, ours.apart, theirs.apart),
        obsolete=threeway.pick(base.obsolete, ours.obsolete, theirs.obsolete, ours.obsolete),
    )


def _header(base: Entry, ours: Entry, theirs: Entry) -> tuple[Entry, bool]:
    """The header field by field.

    A conflict never makes it fuzzy: gettext would stop reading its charset and plural rule.
    """
    sides = (base, ours, theirs)
    old, mine, other = (header.fields("".join(side.msgstr)) for side in sides)
    merged: dict[str, str] = {}
    lost: list[str] = []
    for name in threeway.union(tuple(old), tuple(mine), tuple(other)):
        was, here, there = old.get(name), mine.get(name), other.get(name)
        if name in header.DATES and here is not None and there is not None:
            value: str | None = header.newest(here, there)
        else:
            # deleted here and changed there, or the other way round: kept
            value = threeway.pick(was, here, there, there if here is None else here)
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
