"""What the two ends of a range leave to each other: the year of dates, the half of the day."""

from __future__ import annotations

from collections.abc import Iterable

from bilingo.frozen import replace
from bilingo.text.aside import half_width
from bilingo.text.lazy import Pattern
from bilingo.text.values.value import Value

_JOINT = Pattern(r" ?(?:-{1,2}|–|—|~|to|and|until|&|至|到|及|和) ?")


def completed(text: str, values: Iterable[Value]) -> tuple[Value, ...]:
    """The values of `text` with what an end of a range has from the other end.

    In 16–18 April 2025 both days are in 2025, in 上午9時至11時 both times are in the morning, in
    11–1 p.m. the first is: of two readings the shorter range is meant. What stays open stays so.
    """
    whole = list(values)
    for i in range(len(whole) - 1):
        first, last = whole[i], whole[i + 1]
        if first.kind == last.kind and _joined(text, first, last):
            if first.kind == "date":
                whole[i], whole[i + 1] = _dates(first, last)
            elif first.kind == "time":
                whole[i], whole[i + 1] = _times(first, last)
    return tuple(whole)


def _joined(text: str, first: Value, last: Value) -> bool:
    between = text[first.end : last.start] if last.start - first.end < 9 else ""
    return bool(_JOINT.fullmatch(half_width(between)))


def _dates(first: Value, last: Value) -> tuple[Value, Value]:
    (year, month, day), (last_year, last_month, last_day) = first.parts, last.parts
    if month is None or last_month is None or (year is None) == (last_year is None):
        return first, last
    if (month, day or 0) > (last_month, last_day or 0):
        return first, last  # from December to January: of which year?
    year = last_year if year is None else year
    return (
        replace(first, amount=(year, month, day)),
        replace(last, amount=(year, last_month, last_day)),
    )


def _times(first: Value, last: Value) -> tuple[Value, Value]:
    (begin, known), (end, last_known) = _minutes(first), _minutes(last)
    if known == last_known:
        return first, last
    halves = (0, 720)
    if known:
        ends = [end % 720 + half for half in halves if end % 720 + half > begin]
        return first, _at(last, min(ends)) if ends else last
    begins = [begin % 720 + half for half in halves if begin % 720 + half < end]
    return (_at(first, max(begins)) if begins else first), last


def _minutes(value: Value) -> tuple[int, int]:
    hour, minute, known = (part or 0 for part in value.parts)
    return hour * 60 + minute, known


def _at(value: Value, minutes: int) -> Value:
    return replace(value, amount=(*divmod(minutes, 60), 1))
