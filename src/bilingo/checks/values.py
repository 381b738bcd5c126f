"""Values carried over: numbers, money, dates, times, measures and phone numbers say the same.

What counts is the value, not its digits: 1.5 million is 150萬, 6 p.m. is 下午六時.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bilingo.checks import Found, Setting
from bilingo.checks.texts import Entries
from bilingo.model import Entry
from bilingo.text.values import Difference, Value, compare


def contradicted(entries: Sequence[Entry], _setting: Setting) -> Iterator[Found]:
    """No value of the source has become another value in the translation.

    A figure must be the same value in the same unit or currency, in any form of either language.
    Number words count too, but for one and two, which often are an article or a pronoun.

        Take 500 mg.  →  每次服0.5克。    passes
        Take 500 mg.  →  每次服500微克。    fails
        The fund pledged HK$3 billion.  →  基金承諾撥款30億港元。    passes
        The fund pledged HK$3 billion.  →  基金承諾撥款3億港元。    fails
        診所下午2時30分開門。  →  The clinic opens at 2:30 p.m.    passes
        診所下午2時30分開門。  →  The clinic opens at 2:30 a.m.    fails
        請致電2861 1234。  →  Call 2861 1234.    passes
        請致電2861 1234。  →  Call 2861 1243.    fails
        元朗四區於八月舉行。  →  It was held in the eighth lunar month.    passes
    """
    for entry, number, source, found in _differing(entries):
        if found.kind == "contradicted" and not _two_bare_words(found):
            ours = _quoted(source, found.source)
            theirs = _quoted(entry.msgstr[number], found.target)
            yield Found(entry, f"{ours} has become {theirs}", number, *_span(found.target))


def one_sided(entries: Sequence[Entry], _setting: Setting) -> Iterator[Found]:
    """Every figure of the source is in the translation, and no other.

    Figures, month names and days of the week must occur on both sides in some form; number words
    need not.

        Isolate for 14 days.  →  隔離兩星期。    passes
        Isolate for 14 days.  →  請在家隔離。    fails
        One of the nurses smiled.  →  其中一名護士微笑。    passes
        人人都可參加。  →  Everyone may join.    passes
        人人都可參加。  →  All 40 may join.    fails
    """
    for entry, number, source, found in _differing(entries):
        if found.kind == "missing":
            lost = _quoted(source, found.source)
            yield Found(entry, f"{lost} is not in the translation", number)
        elif found.kind == "added":
            new = _quoted(entry.msgstr[number], found.target)
            yield Found(entry, f"{new} is not in the source", number, *_span(found.target))


Differing = tuple[Entry, int, str, Difference]


def _differing(entries: Sequence[Entry]) -> Sequence[Differing]:
    """What differs in the entries; two checks ask, and those of a run are compared once."""
    if not isinstance(entries, Entries):
        return tuple(_compared(entries))
    known: tuple[Differing, ...] | None = entries.asked.get(__name__)
    if known is None:
        known = entries.asked[__name__] = tuple(_compared(entries))
    return known


def _compared(entries: Sequence[Entry]) -> Iterator[Differing]:
    """Form, source and difference; each plural form answers for the source nearest to it."""
    for entry in entries:
        if not entry.translated or entry.is_header or entry.obsolete:
            continue
        plural = entry.msgid_plural
        for number, target in enumerate(entry.msgstr):
            source, found = entry.msgid, compare(entry.msgid if plural is None else plural, target)
            if plural is not None:
                source = plural
                if found and len(other := compare(entry.msgid, target)) < len(found):
                    source, found = entry.msgid, other
            for difference in found:
                yield entry, number, source, difference


def _two_bare_words(found: Difference) -> bool:
    """四 against “eighth”: small number words that count nothing in common prove nothing."""
    return all(
        v is not None and v.optional and v.kind == "number" and not v.unit and v.number < 100
        for v in (found.source, found.target)
    )


def _span(value: Value | None) -> tuple[int, int]:
    return (value.start, value.end) if value else (0, 0)


def _quoted(text: str, value: Value | None) -> str:
    return f"“{text[value.start : value.end]}”" if value else "nothing"
