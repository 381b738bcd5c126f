"""Values carried over: a match that differs from the query only in values, rewritten for them.

What is offered is certain. Each changed value must answer to the translation's values one to one;
the rewritten text is read again and must say exactly what was wanted, and agree with the query.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise

from bilingo.frozen import replace
from bilingo.model import Adaptation, Locale, Replaced
from bilingo.text import locales, tags
from bilingo.text.fold import fold
from bilingo.text.lazy import Pattern
from bilingo.text.values import Value, compare, completed, find, units

MOST = 100  # values; a text with more is a table, and every value is held against every other
_LINEAR = ("number", "quantity", "money")
_AN = Pattern(r"\ban? ?(?=\x00)", re.IGNORECASE)
_ARTICLE = Pattern(r"\b(an?)[ -]$", re.IGNORECASE)
_VOWEL = Pattern(r"(?:8|1[18](?![0-9])|eight|eleven)", re.IGNORECASE)
_ORDINAL = Pattern(r"[0-9](?:st|nd|rd|th)$|(?:first|second|third|[a-z](?:th|st|nd|rd))$", re.I)
_UNIT = Pattern("[^0-9 .,]+$")
_SYMBOLS = frozenset("mcg µg mg g kg ml mL L nm mm cm km mmHg kcal °C ℃ °F ℉".split())
_BESIDE = 6  # code points between a date and its day of the week
_SIMPLIFIED = str.maketrans("萬億兩點時號", "万亿两点时号")


def adapt(query: str, match_source: str, match_target: str, target: Locale) -> Adaptation | None:
    """`match_target`, a translation of `match_source`, as a translation of tagged text `query`.

    The two sources must be equal but for values of the same kind and unit, one by one. Each value
    that differs is rewritten in the target's own style; everything else stays byte for byte.

    None when no value differs, and whenever it is not certain: another unit or currency; a value
    that the target lacks or has more often than the source; an estimate; an idiom that holds no
    other amount (半); a day of the week or a sum that may depend on what changed; a word of an
    English target that would have to change with the number (1 family, an 8-week course).
    """
    changes = _changes(query, match_source)
    if len(changes) > MOST or not any(old.amount != new.amount for old, new in changes):
        return None
    found = completed(match_target, find(match_target))
    if len(found) > MOST or compare(match_source, match_target):
        return None
    wanted = _wanted(changes, found)
    if wanted is None or _depends(changes, found, wanted):
        return None
    if _half_moves(match_target, found, wanted):
        return None
    adaptation = _rewritten(query, match_target, target, found, wanted)
    if adaptation is None or not _proved(query, adaptation.text, found, wanted):
        return None
    return adaptation


def contradictions(query: str, match_source: str) -> tuple[tuple[str, str], ...]:
    """The values of a match's source that the query has otherwise, each as both write it."""
    changes = _changes(query, match_source)
    if not changes:
        found = compare(match_source, query)
        changes = [(d.source, d.target) for d in found if d.source and d.target]
    differ = (
        (match_source[old.start : old.end], query[new.start : new.end])
        for old, new in changes
        if (old.kind, old.unit, old.amount) != (new.kind, new.unit, new.amount)
    )
    return tuple((old, new) for old, new in differ if old != new)  # 16 of another month is 16


def _changes(query: str, source: str) -> list[tuple[Value, Value]]:
    """The values of source and query side by side; nothing when anything else differs."""
    ours, theirs = completed(query, find(query)), completed(source, find(source))
    if len(ours) != len(theirs) or _masked(query, ours) != _masked(source, theirs):
        return []
    return list(zip(theirs, ours, strict=True))


def _masked(text: str, values: Sequence[Value]) -> tuple[str, tuple[str, ...]]:
    """The text without its values, and its tags; `a` and `an` before a value are one."""
    pieces, position = [], 0
    for value in values:
        pieces.append(text[position : value.start])
        position = max(position, value.end)
    text = "\x00".join([*pieces, text[position:]])
    return fold(_AN.sub("a ", text)), tags.skeleton(tags.renumbered(text)[0])


Change = tuple[Value, Value]


def _wanted(changes: Sequence[Change], found: Sequence[Value]) -> dict[int, Change] | None:
    """For each value of the target that must change: what it becomes, and the query's value."""
    answers = _answers([old for old, _ in changes], found)
    wanted: dict[int, Change] = {}
    for (old, new), mine in zip(changes, answers, strict=True):
        if old.amount == new.amount and old.unit == new.unit:
            continue
        if not mine or not _same_sort(old, new) or _estimate(old, new, changes):
            return None
        peers = [i for i, others in enumerate(answers) if others & mine]
        if len(peers) != len(mine) or any(answers[i] != mine for i in peers):
            return None
        if any(changes[i][1].amount != new.amount for i in peers):
            return None
        for place in mine:
            value = found[place]
            becomes = _becomes(old, new, value)
            if becomes is None or sum(v.start == value.start for v in found) > 1:
                return None
            wanted[place] = (becomes, new)
    return wanted


def _same_sort(old: Value, new: Value) -> bool:
    """Whether two values differ in nothing but the amount: same unit, same parts given."""
    if (old.kind, old.unit) != (new.kind, new.unit):
        return False
    if old.kind == "date":
        return [p is None for p in old.parts] == [p is None for p in new.parts]
    if old.kind == "time":
        return old.parts[2] == new.parts[2]
    return old.kind != "decade" or (old.number < 100) == (new.number < 100)


def _estimate(old: Value, new: Value, changes: Sequence[Change]) -> bool:
    """五六千: two values in one place."""
    return (
        sum(other.start == old.start for other, _ in changes) > 1
        or sum(other.start == new.start for _, other in changes) > 1
    )


def _answers(sources: Sequence[Value], found: Sequence[Value]) -> list[frozenset[int]]:
    """The places in the target that say each value; those of another kind only when none else."""
    strong = [
        frozenset(i for i, value in enumerate(found) if _equal(source, value)) for source in sources
    ]
    claimed = frozenset[int]().union(*strong)
    return [
        mine
        or frozenset(
            i for i, value in enumerate(found) if i not in claimed and _alike(source, value)
        )
        for source, mine in zip(sources, strong, strict=True)
    ]


def _equal(source: Value, value: Value) -> bool:
    """The same value of the same kind."""
    if source.kind != value.kind:
        return False
    if source.kind == "money":
        ours, theirs = units.currencies(source.unit), units.currencies(value.unit)
        return source.amount == value.amount and bool({*ours} & {*theirs})
    if source.kind == "quantity":
        (ours_of, factor), (theirs_of, other) = units.UNITS[source.unit], units.UNITS[value.unit]
        return ours_of == theirs_of and source.number * factor == value.number * other
    if source.kind == "percent":
        return _percent(source, value.unit) == value.number
    if source.kind == "decade":
        return source.number % 100 == value.number % 100
    if source.kind == "code":
        return str(source.amount).replace("-", "") == str(value.amount).replace("-", "")
    return source.amount == value.amount


def _percent(source: Value, unit: str) -> Fraction:
    """九折 is 10 % off."""
    return source.number if source.unit == unit else 100 - source.number


def _alike(source: Value, value: Value) -> bool:
    """12 doses and 12次, aged 5 and 5歲, 2024 and 2024年."""
    kinds = {source.kind, value.kind}
    if kinds == {"number", "date"}:
        number, day = (source, value) if source.kind == "number" else (value, source)
        return day.parts[1:] == (None, None) and day.parts[0] == number.number
    return "number" in kinds and kinds <= {*_LINEAR} and source.number == value.number


def _becomes(old: Value, new: Value, value: Value) -> Value | None:
    """What `value`, which says `old`, is when it says `new`."""
    if value.kind in _LINEAR and old.kind in _LINEAR:
        ratio = value.number / old.number if old.number else Fraction(1)
        return replace(value, amount=new.number * ratio)
    if value.kind == "percent":
        return replace(value, amount=_percent(new, value.unit))
    if value.kind == "decade":
        century = value.number - value.number % 100 if new.number < 100 else Fraction(0)
        short = new.number % 100 if value.number < 100 else new.number
        return replace(value, amount=century + short)
    if value.kind == "date" and new.kind == "number":
        return replace(value, amount=(int(new.number), None, None))
    if value.kind == "number" and new.kind == "date":
        return replace(value, amount=Fraction(new.parts[0] or 0))
    return replace(value, amount=new.amount)


def _depends(changes: Sequence[Change], found: Sequence[Value], wanted: dict[int, Change]) -> bool:
    """Whether the target says something that may follow from what changed.

    A day of the week that only the target has follows from its date; a number in words that the
    source has not may be a sum.
    """
    answered = frozenset[int]().union(*_answers([old for old, _ in changes], found))
    extra = [value for i, value in enumerate(found) if i not in answered]
    dated = any(becomes.kind == "date" for becomes, _ in wanted.values())
    return any(dated and v.kind == "weekday" or v.optional and not _filler(v) for v in extra)


def _half_moves(text: str, found: Sequence[Value], wanted: dict[int, Change]) -> bool:
    """Whether a time crosses noon where one a.m. or 上午 stands for both ends of a range."""
    shared = any(
        value.kind == "time" and value.amount != alone.amount
        for value, alone in zip(found, find(text), strict=True)
    )
    return shared and any(
        becomes.kind == "time" and _afternoon(becomes) != _afternoon(found[place])
        for place, (becomes, _) in wanted.items()
    )


def _afternoon(time: Value) -> bool:
    return (time.parts[0] or 0) >= 12


def _filler(value: Value) -> bool:
    """一 and 兩 are often no amount, and a name is none."""
    if value.kind in _LINEAR:
        return abs(value.number) <= 2
    return value.kind in ("code", "weekday", "time")


def _rewritten(
    query: str,
    text: str,
    target: Locale,
    found: Sequence[Value],
    wanted: dict[int, Change],
) -> Adaptation | None:
    from bilingo.text.values.restyle import restyle  # here, because few matches get as far

    out, position = "", 0
    pieces: list[Replaced] = []
    for place in sorted(wanted):
        value, (becomes, new) = found[place], wanted[place]
        written = restyle(text, value, becomes, query[new.start : new.end])
        if written is None:
            return None
        old = text[value.start : value.end]
        if locales.script(target) == "Hans":
            written = written.translate(_SIMPLIFIED)
        before = text[position : value.start]
        if not locales.is_chinese(target) and _disagrees(
            out + before, old, written, value, becomes
        ):
            return None
        out += before
        if written != old:
            pieces.append(Replaced(len(out), len(out) + len(written), old, written))
        out += written
        position = value.end
    return Adaptation(out + text[position:], tuple(pieces)) if pieces else None


def _disagrees(before: str, old: str, new: str, value: Value, becomes: Value) -> bool:
    """Whether an English word beside the value would have to change with it."""
    if (article := _ARTICLE.search(before)) and _vowel(old) != _vowel(new):
        return bool(article)
    if value.kind == "fraction":
        return (value.parts[0] == 1) != (becomes.parts[0] == 1)
    if value.kind not in _LINEAR or _invariable(old, value):
        return False
    return (abs(value.number) == 1) != (abs(becomes.number) == 1)


def _vowel(written: str) -> bool:
    return bool(_VOWEL.match(written.lstrip("HKUS$£€ ")))


def _invariable(written: str, value: Value) -> bool:
    """1st, 1 mg, HK$1, a 1-day course: the same before any noun and verb."""
    if value.kind == "quantity":
        unit = _UNIT.search(written)
        return "-" in written or unit is not None and unit[0] in _SYMBOLS
    if value.kind == "money":
        return written[-1].isdigit()
    return bool(_ORDINAL.search(written))


def _proved(query: str, text: str, found: Sequence[Value], wanted: dict[int, Change]) -> bool:
    """Whether the new text, read again, says what it should and nothing else."""
    again = completed(text, find(text))
    expected = [wanted[i][0] if i in wanted else value for i, value in enumerate(found)]
    said = [(v.kind, v.unit, v.amount) for v in again]
    if said != [(v.kind, v.unit, v.amount) for v in expected] or compare(query, text):
        return False
    return all(_same_day(*pair) for pair in pairwise(again))


def _same_day(one: Value, other: Value) -> bool:
    """Whether a full date and the day of the week beside it go together."""
    from datetime import date  # here, because few look-ups have one

    days = {value.kind: value for value in (one, other)}
    if days.keys() != {"date", "weekday"} or other.start - one.end > _BESIDE:
        return True
    year, month, day = days["date"].parts
    if year is None or month is None or day is None:
        return True
    try:
        return date(year, month, day).isoweekday() == days["weekday"].number
    except ValueError:  # 31 April
        return False
