"""What differs in meaning between two catalogs: for a person who reviews a change.

Order, references, comments, wrapping and dates are no difference.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from bilingo.match import header
from bilingo.model import Entry

ChangeKind = Literal[
    "added",
    "removed",
    "obsolete",
    "revived",
    "source",
    "retranslated",
    "approved",
    "fuzzy",
    "header",
]
Key = tuple[str | None, str]


@dataclass(frozen=True, slots=True)
class Change:
    """One difference. `key` is (msgctxt, msgid), that of the newer catalog if it is there.

    `before` and `after` are msgstr; for `source` the source texts (msgid, and msgid_plural if
    there is one); for `header` the value of `field`. Empty where there was, or is, nothing.
    """

    kind: ChangeKind
    key: Key
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    field: str = ""


def diff(a: Sequence[Entry], b: Sequence[Entry]) -> tuple[Change, ...]:
    """The changes from `a` to `b`: in the order of `b`, then what was removed in that of `a`.

    A new entry whose previous msgid (`#|`) names an entry that went away is that entry with a
    changed source, not an added and a removed one. Plural forms of a header are compared by what
    they say, so `diff` is silent where every program would show the same texts.
    """
    old, new = _by_key(a), _by_key(b)
    changes: list[Change] = []
    renamed: set[Key] = set()
    for key, entry in new.items():
        before = old.get(key)
        if before is None:
            before = _renamed(entry, old, new)
            if before is not None:
                renamed.add(before.key)
        changes += _header(before, entry) if entry.is_header else _entry(before, entry)
    changes = [c for c in changes if not (c.kind == "obsolete" and c.key in renamed)]
    for key, entry in old.items():
        if key not in new and key not in renamed:
            removed = Change("removed", key, before=entry.msgstr)
            changes += _header(entry, None) if entry.is_header else (removed,)
    return tuple(changes)


def _by_key(entries: Sequence[Entry]) -> dict[Key, Entry]:
    """Entries by key; beside an obsolete twin the live one counts."""
    found: dict[Key, Entry] = {}
    for entry in entries:
        if entry.key not in found or found[entry.key].obsolete:
            found[entry.key] = entry
    return found


def _renamed(entry: Entry, old: Mapping[Key, Entry], new: Mapping[Key, Entry]) -> Entry | None:
    """The entry that `entry` continues under a changed source text."""
    if entry.previous is None or entry.obsolete:
        return None
    key = entry.previous_ctxt, entry.previous
    before, after = old.get(key), new.get(key)
    gone = after is None or after.obsolete
    return before if before and not before.obsolete and not before.is_header and gone else None


def _entry(before: Entry | None, after: Entry) -> Iterator[Change]:
    if before is None:
        yield Change("added", after.key, after=after.msgstr)
        return
    texts = before.msgstr, after.msgstr
    if before.obsolete != after.obsolete:
        yield Change("obsolete" if after.obsolete else "revived", after.key, *texts)
    if before.key != after.key or _source(before) != _source(after):
        yield Change("source", after.key, _source(before), _source(after))
    if before.msgstr != after.msgstr:
        yield Change("retranslated", after.key, *texts)
    if before.fuzzy != after.fuzzy:
        yield Change("fuzzy" if after.fuzzy else "approved", after.key, *texts)


def _source(entry: Entry) -> tuple[str, ...]:
    return (entry.msgid,) if entry.msgid_plural is None else (entry.msgid, entry.msgid_plural)


def _header(before: Entry | None, after: Entry | None) -> Iterator[Change]:
    """Fields other than dates, compared by what they say."""
    old = header.fields("".join(before.msgstr)) if before else {}
    new = header.fields("".join(after.msgstr)) if after else {}
    for name in {**new, **old}:
        was, now = old.get(name), new.get(name)
        same = was == now or was and now and header.same_meaning(name, was, now)
        if name not in header.DATES and not same:
            yield Change("header", (None, ""), _value(was), _value(now), name)


def _value(value: str | None) -> tuple[str, ...]:
    return () if value is None else (value,)
