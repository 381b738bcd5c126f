"""What a value says, and what another text has to say so that it is the same there: keys."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from bilingo.text.lazy import Pattern
from bilingo.text.values import units
from bilingo.text.values.value import Value

# What a value says is a set of keys; what it needs is one of several groups of keys that the other
# text says. A key begins with its dimension: "n" is a bare number; "~" the number of a value that
# has more to it (a unit, a month), for which a bare number may stand but no other unit.
Key = tuple[object, ...]
Needs = tuple[tuple[Key, ...], ...]

# Python3 is Python 3, and 128KB is 128 KB; COVID-19 is no 19
_GLUED = Pattern("[a-z]+([0-9]+(?:[.][0-9]+)?)|([0-9]+)[a-z]+")
TAKEN = ("tablet", "dose", "drop")


def says(value: Value) -> Iterable[Key]:
    """The keys that the value states."""
    return _KEYS[value.kind](value)[0]


def needs(value: Value) -> Needs:
    """The groups of keys, all of one of which another text has to state."""
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
    if is_rate(value):
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
    if dimension in TAKEN:
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
    if not named(value):  # 1.17.1 is of 1.17
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


def is_rate(value: Value) -> bool:
    """Whether the value says how often."""
    return value.kind == "quantity" and "rate" in units.UNITS[value.unit][0]


def named(value: Value) -> bool:
    """A code with letters; a version number must occur as other figures must."""
    return value.kind == "code" and letters(value) != ""


def letters(code: Value) -> str:
    """What a code has beside digits: N of N95."""
    return "".join(c for c in str(code.amount) if c.isalpha())
