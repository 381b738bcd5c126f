"""Whether an entry can be published at all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bilingo.checks import Found, Setting
from bilingo.model import Entry


def untranslated(entries: Sequence[Entry], _setting: Setting) -> Iterator[Found]:
    """Every entry has a translation, in every plural form.

    An untranslated entry shows the source text to the reader.

        Wash your hands.  →  洗手。    passes
        Wash your hands.  →      fails
        洗手。  →  Wash your hands.    passes
        洗手。  →      fails
    """
    for entry in entries:
        empty = sum(not form for form in entry.msgstr)
        if empty and empty < len(entry.msgstr):
            yield Found(entry, f"{empty} of {len(entry.msgstr)} plural forms untranslated")
        elif empty or not entry.msgstr:
            yield Found(entry, "untranslated")


def fuzzy(entries: Sequence[Entry], _setting: Setting) -> Iterator[Found]:
    """No translation waits for review.

    A fuzzy translation is not published; the reader sees the source text. Compare it with the
    source, mend it, and remove the flag.

        Wash your hands.  →  洗手。    passes
        Wash your hands.  →  #, fuzzy 洗手。    fails
        洗手。  →  Wash your hands.    passes
        洗手。  →  #, fuzzy Wash your hands.    fails
    """
    for entry in entries:
        if _waits(entry) and not _changed(entry):
            yield Found(entry, "fuzzy: waits for review")


def stale(entries: Sequence[Entry], _setting: Setting) -> Iterator[Found]:
    """No translation was written for an earlier wording of its source.

    The source text was changed since; the earlier one stands in `#|`. Such an entry is not reported
    as merely fuzzy.

        Wash your hands.  →  洗手。    passes
        Wash your hands well.  →  #| Wash your hands. #, fuzzy 洗手。    fails
        Wash your hands.  →  #| Wash your hands. #, fuzzy 洗手。    passes
        徹底洗手。  →  #| 洗手。 #, fuzzy Wash your hands.    fails
    """
    for entry in entries:
        if _waits(entry) and _changed(entry):
            yield Found(entry, "stale: the source has changed since this was translated")


def _waits(entry: Entry) -> bool:
    return entry.fuzzy and all(entry.msgstr)


def _changed(entry: Entry) -> bool:
    return entry.previous is not None and entry.previous != entry.msgid
