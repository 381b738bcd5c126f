"""Compare the values of two texts that should say the same, in either direction."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterator
from fractions import Fraction
from itertools import islice
from typing import Literal

from bilingo.frozen import dataclass
from bilingo.text.values import units
from bilingo.text.values.glance import unread
from bilingo.text.values.keys import TAKEN, Key, is_rate, letters, named, needs, says
from bilingo.text.values.scan import find
from bilingo.text.values.value import Value


@dataclass(frozen=True, slots=True)
class Difference:
    """A value that one text has and the other has not, or has otherwise (both given)."""

    kind: Literal["contradicted", "missing", "added"]
    source: Value | None
    target: Value | None


def compare(source: str, target: str) -> tuple[Difference, ...]:
    """Where the values of two texts differ; either may be the English one.

    Every figure, month and day of the week of one text must occur in the other in any form. Number
    words, Han numerals and codes need not: they differ only where the other text has another value
    of their kind that nothing answers. A value that occurs several times is asked for once, unless
    all values but one stand in the same order.
    """
    if unread(source, target):
        return ()
    ours, theirs = find(source), find(target)
    here, there = list(map(_said, ours)), list(map(_said, theirs))
    if here == there:
        return ()  # what covers itself needs no keys; most texts say the same in the same order
    said, answered = set(here), set(there)
    open_source = _uncovered(ours, theirs, said, answered)
    open_target = _uncovered(theirs, ours, answered, said)
    if not open_source and not open_target:
        return _one_of_a_row(ours, theirs)
    return (*_paired(open_source, open_target), *_codes(open_source, open_target, ours, theirs))


def _one_of_a_row(ours: tuple[Value, ...], theirs: tuple[Value, ...]) -> tuple[Difference, ...]:
    """1, 4, 9 and 1, 4, 4: every value occurs on the other side, but not in its place.

    Only where all but one stand in the same order, so that no reordering is taken for a slip.
    """
    if len(ours) != len(theirs):
        return ()
    pairs = zip(ours, theirs, strict=True)
    differing = [pair for pair in pairs if _said(pair[0]) != _said(pair[1])]
    (one, other), *more = differing
    alike = (one.kind, one.unit, one.optional) == (other.kind, other.unit, other.optional)
    if more or not alike or one.optional or one.kind not in _NUMERIC - {"fraction"}:
        return ()
    return (Difference("contradicted", one, other),)


def _codes(
    open_source: list[Value],
    open_target: list[Value],
    ours: tuple[Value, ...],
    theirs: tuple[Value, ...],
) -> Iterator[Difference]:
    """A code the other text does not have, but has with other digits: N95 and N59."""
    our_codes = {letters(value): value for value in reversed(ours) if named(value)}
    their_codes = {letters(value): value for value in reversed(theirs) if named(value)}
    already = set(open_source)
    for value in open_source:
        if named(value) and (other := their_codes.get(letters(value))):
            yield Difference("contradicted", value, other)
    for value in open_target:
        like = our_codes.get(letters(value)) if named(value) else None
        if like and like not in already:
            yield Difference("contradicted", like, value)


Said = tuple[object, ...]


def _said(value: Value) -> Said:
    """What makes a value equal to another; fractions are slow to be hashed and compared."""
    amount = value.amount
    if isinstance(amount, Fraction):
        return value.kind, value.unit, amount.numerator, amount.denominator
    return value.kind, value.unit, amount


def _uncovered(
    values: tuple[Value, ...], others: tuple[Value, ...], ours: set[Said], theirs: set[Said]
) -> list[Value]:
    """The values that the others do not say: most have an equal, and need no keys."""
    apart = _apart(values, others)
    rest = [v for v in values if _said(v) not in theirs or not _covers_itself(v)]
    # those without an equal themselves may be the same in another form
    for some in ([other for other in others if _said(other) not in ours], others):
        if rest:
            keys = {key for value in some for key in says(value)}
            rest = [value for value in rest if not _covered(value, keys, apart)]
    return rest


def _covers_itself(value: Value) -> bool:
    """Whether a value is answered by its equal; 24/7, which is no part, is not."""
    top, bottom = value.parts[:2] if value.kind == "fraction" else (0, 0)
    return (top or 0) <= (bottom or 0)


def _apart(values: tuple[Value, ...], others: tuple[Value, ...]) -> frozenset[object]:
    """The keys by which no quantity of one text is answered where both say how often."""
    rates, theirs = ([v.unit for v in some if is_rate(v)] for some in (values, others))
    if not rates or not theirs:
        return frozenset()
    # 2 tablets 3 times a day are not 每日2次，每次3粒: neither number stands for the other;
    # nor does another figure: 10 units twice daily, 每日10次，每次2單位
    return frozenset({"x", "often", "n"} if len(rates) == 1 and rates == theirs else {"x", "often"})


def _covered(value: Value, said: set[Key], apart: frozenset[object] = frozenset()) -> bool:
    """Whether something of `said` answers the value; a quantity not by the keys in `apart`."""
    if value.kind != "quantity":
        apart = frozenset()
    elif not is_rate(value):
        apart -= {"n"}
    groups = (group for group in needs(value) if group[0][0] not in apart)
    return any(all(key in said for key in group) for group in groups)


_MEDICAL = (*TAKEN, "rate", "label")
_NEAR = 16  # how far a partner is looked for: keeps hostile texts linear
_NUMERIC = frozenset({"number", "percent", "fraction", "money", "quantity"})


def _paired(source: list[Value], target: list[Value]) -> tuple[Difference, ...]:
    """The open values of both sides: those of one kind first, then of one family."""
    partner: dict[int, Value] = {}
    taken: set[int] = set()
    for key in (_class, _family, _calendar):
        waiting: dict[object, deque[Value]] = defaultdict(deque)
        for value in target:
            if id(value) not in taken:
                waiting[key(value)].append(value)
        for value in source:
            queue = waiting[key(value)]
            near = (v for v in islice(queue, _NEAR) if _contradict(value, v))
            if id(value) not in partner and (other := next(near, None)):
                queue.remove(other)
                partner[id(value)] = other
                taken.add(id(other))
    found = [
        Difference(
            "contradicted" if id(value) in partner else "missing", value, partner.get(id(value))
        )
        for value in source
        if id(value) in partner or not value.optional
    ]
    found += [
        Difference("added", None, value)
        for value in target
        if id(value) not in taken and not value.optional
    ]
    return tuple(found)


def _class(value: Value) -> object:
    if value.kind == "quantity":
        return units.UNITS[value.unit][0]
    return value.kind


def _family(value: Value) -> object:
    return "number" if value.kind in _NUMERIC else _class(value)


def _calendar(value: Value) -> object:
    """2003 and 2008年: a bare number or a count of days may stand for a date."""
    return "date" if value.kind in ("date", "number", "quantity") else value.kind


def _contradict(one: Value, other: Value) -> bool:
    """Whether two values that have no equal speak of the same thing."""
    if "code" in (one.kind, other.kind):
        return one.kind == other.kind and not named(one) and not named(other)
    if one.optional and other.optional:
        # one and two are also an article, a pronoun, 一起, 兩岸
        return _sort(one) == _sort(other) and (
            not (_small(one) or _small(other)) or _of_medicine(one) and _of_medicine(other)
        )
    if one.kind == other.kind and one.kind != "number":
        return True
    return not (one.optional and _small(one) or other.optional and _small(other))


def _of_medicine(value: Value) -> bool:
    """Half a tablet and 一粒, twice daily and 每日一次: there is no small difference."""
    return value.kind == "quantity" and units.UNITS[value.unit][0] in _MEDICAL


def _sort(value: Value) -> str:
    """Under twelve and 十二歲以下, one in ten and 一成 are of one sort."""
    return {"quantity": "number", "percent": "fraction"}.get(value.kind, value.kind)


def _small(value: Value) -> bool:
    if value.kind == "number":
        return isinstance(value.amount, Fraction) and value.amount <= 2
    return value.kind == "quantity" and value.amount == 1 and value.unit != "label"
