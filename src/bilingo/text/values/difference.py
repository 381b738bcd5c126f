"""Compare the values of two texts that should say the same, in either direction."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import islice
from typing import Literal

from bilingo.frozen import dataclass
from bilingo.text.lazy import Pattern
from bilingo.text.values import units
from bilingo.text.values.glance import unread
from bilingo.text.values.scan import find
from bilingo.text.values.value import Value

# What a value says is a set of keys; what it needs is one of several groups of keys that the other
# text says. A key begins with its dimension: "n" is a bare number; "~" the number of a value that
# has more to it (a unit, a month), for which a bare number may stand but no other unit.
Key = tuple[object, ...]
Needs = tuple[tuple[Key, ...], ...]

# Python3 is Python 3, and 128KB is 128 KB; COVID-19 is no 19
_GLUED = Pattern("[a-z]+([0-9]+(?:[.][0-9]+)?)|([0-9]+)[a-z]+")


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
    differing = [pair for pair in pairs if not _equal(*pair)]
    (one, other), *more = differing
    alike = (one.kind, one.unit, one.optional) == (other.kind, other.unit, other.optional)
    if more or not alike or one.optional or one.kind not in _NUMERIC - {"fraction"}:
        return ()
    return (Difference("contradicted", one, other),)


def _equal(one: Value, other: Value) -> bool:
    return one.kind == other.kind and one.unit == other.unit and one.amount == other.amount


def _codes(
    open_source: list[Value],
    open_target: list[Value],
    ours: tuple[Value, ...],
    theirs: tuple[Value, ...],
) -> Iterator[Difference]:
    """A code the other text does not have, but has with other digits: N95 and N59."""
    our_codes = {_letters(value): value for value in reversed(ours) if _named(value)}
    their_codes = {_letters(value): value for value in reversed(theirs) if _named(value)}
    already = set(open_source)
    for value in open_source:
        if _named(value) and (other := their_codes.get(_letters(value))):
            yield Difference("contradicted", value, other)
    for value in open_target:
        like = our_codes.get(_letters(value)) if _named(value) else None
        if like and like not in already:
            yield Difference("contradicted", like, value)


def _named(value: Value) -> bool:
    """A code with letters; a version number must occur as other figures must."""
    return value.kind == "code" and _letters(value) != ""


def _letters(code: Value) -> str:
    return "".join(c for c in str(code.amount) if c.isalpha())


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
            keys = {key for value in some for key in _says(value)}
            rest = [value for value in rest if not _covered(value, keys, apart)]
    return rest


def _covers_itself(value: Value) -> bool:
    """Whether a value is answered by its equal; 24/7, which is no part, is not."""
    top, bottom = value.parts[:2] if value.kind == "fraction" else (0, 0)
    return (top or 0) <= (bottom or 0)


def _apart(values: tuple[Value, ...], others: tuple[Value, ...]) -> frozenset[object]:
    """The keys by which no quantity of one text is answered where both say how often."""
    rates, theirs = ([v.unit for v in some if _is_rate(v)] for some in (values, others))
    if not rates or not theirs:
        return frozenset()
    # 2 tablets 3 times a day are not 每日2次，每次3粒: neither number stands for the other;
    # nor does another figure: 10 units twice daily, 每日10次，每次2單位
    return frozenset({"x", "often", "n"} if len(rates) == 1 and rates == theirs else {"x", "often"})


def _covered(value: Value, said: set[Key], apart: frozenset[object] = frozenset()) -> bool:
    """Whether something of `said` answers the value; a quantity not by the keys in `apart`."""
    if value.kind != "quantity":
        apart = frozenset()
    elif not _is_rate(value):
        apart -= {"n"}
    needs = (group for group in _needs(value) if group[0][0] not in apart)
    return any(all(key in said for key in group) for group in needs)


def _is_rate(value: Value) -> bool:
    return value.kind == "quantity" and "rate" in units.UNITS[value.unit][0]


def _says(value: Value) -> Iterable[Key]:
    return _KEYS[value.kind](value)[0]


def _needs(value: Value) -> Needs:
    return _KEYS[value.kind](value)[1]


Keys = tuple[tuple[Key, ...], Needs]


def _number(value: Value) -> Keys:
    n = value.number
    needs: Needs = ((("n", n),), (("~", n),), (("x", n),))
    if n < 0:
        # (−18) is 少了18個; a dash may be a minus
        return (("n", n), ("~", -n)), (*needs, (("n", -n),))
    return (("n", n),), needs


def _percent(value: Value) -> Keys:
    n = value.number
    if value.unit == "折":
        # 八折 is 20 % off, or 80 % of the price; “off” has the first meaning alone
        return (("%", n), ("off", 100 - n)), ((("%", n),), (("off", 100 - n),))
    if value.unit == "off":
        return (("off", n),), ((("off", n),),)
    return (("%", n), ("off", n)), ((("%", n),), (("off", n),))  # 減20%


def _fraction(value: Value) -> Keys:
    top, bottom = (part or 0 for part in value.parts)
    parts = Fraction(top, bottom)
    both: tuple[Key, ...] = (("n", Fraction(top)), ("n", Fraction(bottom)))
    says = _bare(both, value)
    needs: Needs = (both,)
    if top <= bottom:  # 120/80 is no part of anything
        says = (("%", parts * 100), ("~", parts), *says)
        needs = ((("%", parts * 100),), (("n", parts),), both)
    if top == 1:
        needs = (*needs, both[1:])
    if _split_year(top, bottom):  # 2024/25 is 2024-25 and 2024至25年度
        last = top - top % 100 + bottom
        years: Needs = (
            (("n", Fraction(top)), ("n", Fraction(last))),
            (("y", top), ("y", last)),
        )
        return (*says, *(key for group in years for key in group)), (*needs, *years)
    if top <= 12 and 1900 <= bottom < 2100:
        says = (*says, ("m", top), ("y", bottom))
        needs = (*needs, (("m", top), ("y", bottom)), (("~", Fraction(top)), ("y", bottom)))
    if top <= 31 and bottom <= 31:
        dates = (("md", bottom, top), ("md", top, bottom))
        says = (*says, *dates)
        needs = (*needs, *((date,) for date in dates))
    return says, needs


def _split_year(top: int, bottom: int) -> bool:
    """2024/25: a school or financial year."""
    return 1900 <= top < 2100 and bottom == (top + 1) % 100


def _bare(both: tuple[Key, ...], value: Value) -> tuple[Key, ...]:
    """What 12/2020 says of its two numbers, and one third of its own."""
    return tuple(("~", amount) for _, amount in both) if value.optional else both


def _money(value: Value) -> Keys:
    n = value.amount
    keys: tuple[Key, ...] = tuple(("$", code, n) for code in units.currencies(value.unit))
    return (*keys, ("~", n)), (*((key,) for key in keys), (("n", n),))


def _quantity(value: Value) -> Keys:
    n = value.number
    dimension, factor = units.UNITS[value.unit]
    key: Key = ("u", dimension, n * factor)
    if _is_rate(value):
        # a rate and a rate must agree; three doses a day may stand for 每日三次
        needs: Needs = ((key,), (("n", n),), (("often", n),))
        if dimension != "rate" or not n:
            return (key, ("x", n)), needs
        every: Key = ("u", "time", 86400 / (n * factor))  # and so may every 8 hours
        return (key, ("x", n), every), (*needs, (every,))
    says: tuple[Key, ...] = (key, ("~", n))
    if value.unit not in ("s", "min", "h"):
        says = (*says, ("often", n))
    needs = ((key,), (("n", n),))
    if dimension in _TAKEN:
        needs = (*needs, (("x", n),))
    if value.unit == "d" and n <= 31:
        needs = (*needs, (("d", n),))
    if value.unit == "m":
        needs = (*needs, (("n", n * 10**6),))
        says = (*says, ("~", n * 10**6))
    return says, needs


def _date(value: Value) -> Keys:
    year, month, day = value.parts
    says: list[Key] = []
    ways: list[list[tuple[Key, ...]]] = []
    if year is not None:
        says += [("y", year), ("~", Fraction(year)), ("~", Fraction(year % 100))]
        ways.append([(("y", year),), (("n", Fraction(year)),)])
    if month is not None and day is not None:
        says += [("md", month, day), ("m", month), ("d", Fraction(day)), ("~", Fraction(day))]
        bare: tuple[Key, ...] = (("month", month), ("n", Fraction(day)))
        ways.append([(("md", month, day),), (("month", month), ("day", day)), bare])
    elif month is not None:
        says += [("m", month), ("month", month)]
        ways.append([(("m", month),)])
    elif day is not None:
        says += [("d", Fraction(day)), ("day", day), ("~", Fraction(day))]
        ways.append(
            [
                (("d", Fraction(day)),),
                (("n", Fraction(day)),),
                (("u", "time", Fraction(day * 86400)),),
            ]
        )
    return tuple(says), _products(ways)


def _products(ways: list[list[tuple[Key, ...]]]) -> Needs:
    groups: list[tuple[Key, ...]] = [()]
    for way in ways:
        groups = [(*group, *more) for group in groups for more in way]
    return tuple(groups)


def _weekday(value: Value) -> Keys:
    key = ("w", value.amount)
    return (key,), ((key,),)


def _time(value: Value) -> Keys:
    hour, minute, known = (part or 0 for part in value.parts)
    half = hour % 12
    says: tuple[Key, ...]
    if known:
        says = (("t", hour, minute), ("t~", half, minute))
        needs: Needs = ((("t", hour, minute),), (("t?", half, minute),))
    else:
        says = (("t?", half, minute), ("t~", half, minute))
        needs = ((("t~", half, minute),),)
    if not minute:
        says = (*says, ("~", Fraction(half or 12)), ("~", Fraction(hour)))
        needs = (*needs, (("n", Fraction(half or 12)),), (("n", Fraction(hour)),))
    return says, needs


def _decade(value: Value) -> Keys:
    n = value.number
    short = n % 100
    if n < 100:
        return (("e?", n), ("~", n)), ((("e?", n),), (("e~", n),), (("n", n),), (("~", n),))
    return (("e", n), ("e~", short)), ((("e", n),), (("e?", short),), (("y", n),), (("n", n),))


def _phone(value: Value) -> Keys:
    digits = str(value.amount)
    number = Fraction(int(digits))
    halves = (Fraction(int(digits[:4])), Fraction(int(digits[4:])))
    says: tuple[Key, ...] = (("tel", digits), ("~", number), ("~", halves[0]), ("~", halves[1]))
    return says, ((("tel", digits),), (("n", number),), (("n", halves[0]), ("n", halves[1])))


def _code(value: Value) -> Keys:
    key: Key = ("code", str(value.amount).replace("-", ""))
    if not _named(value):  # 1.17.1 is of 1.17
        return (key, ("~", Fraction(".".join(str(value.amount).split(".")[:2])))), ((key,),)
    if found := _GLUED.fullmatch(str(value.amount)):
        return (key, ("~", Fraction(found[1] or found[2]))), ((key,),)
    return (key,), ((key,),)


_KEYS = {
    "number": _number,
    "percent": _percent,
    "fraction": _fraction,
    "money": _money,
    "quantity": _quantity,
    "date": _date,
    "weekday": _weekday,
    "time": _time,
    "decade": _decade,
    "phone": _phone,
    "code": _code,
}
_TAKEN = ("tablet", "dose", "drop")
_MEDICAL = (*_TAKEN, "rate", "label")
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
        return one.kind == other.kind and not _named(one) and not _named(other)
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
