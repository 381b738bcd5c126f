"""Three versions of a thing: what all three-way merging here is made of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable
from typing import TypeVar

T = TypeVar("T")
H = TypeVar("H", bound=Hashable)


def numbered(items: Iterable[T], key: Callable[[T], H]) -> dict[tuple[H, int], T]:
    """Items by key. A key that comes back (an obsolete twin of an entry) is another item."""
    seen: Counter[H] = Counter()
    found: dict[tuple[H, int], T] = {}
    for item in items:
        name = key(item)
        found[name, seen[name]] = item
        seen[name] += 1
    return found


def union(base: tuple[H, ...], ours: tuple[H, ...], theirs: tuple[H, ...]) -> list[H]:
    """Everything of both sides in the order of the side that changed it, else in ours.

    What only the other side has follows what it follows there.
    """
    lead, follow = (theirs, ours) if ours == base else (ours, theirs)
    known = set(lead)
    after: dict[H, list[H]] = {}
    newcomers = first = list[H]()
    for item in follow:
        if item in known:
            newcomers = after.setdefault(item, [])
        else:
            newcomers.append(item)
    if not after:
        return [*lead, *first]
    joined = first
    for item in lead:
        joined.append(item)
        joined += after.pop(item, ())
    return joined


def lines(base: tuple[H, ...], ours: tuple[H, ...], theirs: tuple[H, ...]) -> tuple[H, ...]:
    """Three-way union: what either side added, without what either side took away."""
    old, mine, other = set(base), set(ours), set(theirs)
    keep = (mine & other) | ((mine ^ other) - old)
    return tuple(item for item in union(base, ours, theirs) if item in keep)


def pick(base: T, ours: T, theirs: T, otherwise: T) -> T:
    """The value of the side that changed it; `otherwise` where both did, differently."""
    if ours == theirs or theirs == base:
        return ours
    return theirs if ours == base else otherwise
