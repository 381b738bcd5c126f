"""One lookup: our own members by name, then those of other packages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from importlib import import_module
from typing import TYPE_CHECKING

from bilingo.errors import BilingoError

if TYPE_CHECKING:
    from importlib.metadata import EntryPoints


def load(room: str, name: str, ours: Mapping[str, str]) -> object:
    """The member `name` of `room`: a module, or what an entry point names.

    `ours` maps names to module paths and wins on a clash. Other packages add members through the
    entry point group `bilingo.<room>`. Raises BilingoError that lists the known names.
    """
    if name in ours:
        return import_module(ours[name])
    for point in entry_points(group=f"bilingo.{room}"):
        if point.name == name:
            return point.load()
    known = ", ".join(sorted(names(room, ours)))
    raise BilingoError(f"unknown {room.rstrip('s')} “{name}”", hint=f"known: {known}")


def names(room: str, ours: Iterable[str]) -> set[str]:
    """Every member name of `room`, ours and others'."""
    return {*ours, *(point.name for point in entry_points(group=f"bilingo.{room}"))}


def entry_points(group: str) -> EntryPoints:
    """The standard library's, whose import takes longer than most runs: only where it is needed."""
    from importlib import metadata

    return metadata.entry_points(group=group)
