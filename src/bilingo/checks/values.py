"""Values carried over: numbers, money, dates, times, measures and phone numbers say the same.

What counts is the value, not its digits: 1.5 million is 150萬, 6 p.m. is 下午六時.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from bilingo.checks import Found, Setting
from bilingo.model import Entry
from bilingo.text.values import Difference, Value
from bilingo.text.values import compare as _compare


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
    for entry in entries:
        for number, source, found in _differing(entry):
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
    for entry in entries:
        for number, source, found in _differing(entry):
            if found.kind == "missing":
                lost = _quoted(source, found.source)
                yield Found(entry, f"{lost} is not in the translation", number)
            elif found.kind == "added":
                new = _quoted(entry.msgstr[number], found.target)
                yield Found(entry, f"{new} is not in the source", number, *_span(found.target))


# Two checks ask the same question of the same pair.
compare = lru_cache(maxsize=1 << 16)(_compare)


def _differing(entry: Entry) -> Iterator[tuple[int, str, Difference]]:
    """Form, source and difference; each plural form answers for the source nearest to it."""
    if not entry.translated or entry.is_header or entry.obsolete:
        return
    sources = [entry.msgid] if entry.msgid_plural is None else [entry.msgid_plural, entry.msgid]
    for number, target in enumerate(entry.msgstr):
        differences = [(source, compare(source, target)) for source in sources]
        source, found = min(differences, key=lambda pair: len(pair[1]))
        yield from ((number, source, difference) for difference in found)


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
