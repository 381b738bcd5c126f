"""`merge` and `diff`: two versions of one catalog or memory."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath

from bilingo.errors import BilingoError
from bilingo.formats import po, po_loose, tmx
from bilingo.match import diff as meaning
from bilingo.match import merge as catalogs
from bilingo.match import merge_units as memories
from bilingo.match import threeway
from bilingo.model import TU, Entry
from bilingo.project import Project
from bilingo.stores import files
from bilingo.stores.files import Change

SUFFIXES = (".po", ".pot", ".tmx")


@dataclass(frozen=True, slots=True)
class Merged:
    """The merged file, and what both sides changed differently: msgids, or tuids of a memory."""

    change: Change
    conflicts: tuple[str, ...]


def merge(project: Project, base: Path, ours: Path, theirs: Path, *, name: str = "") -> Merged:
    """`ours` with the changes that `theirs` made since `base`; the caller writes the change.

    `name` is the file's own name when the three are temporary copies, as git makes them; its suffix
    says what they are. An empty `base` is no common ancestor; an empty side
    is refused. Raises BilingoError for another kind
    of file, and for a version that cannot be read.
    """
    versions = [
        (f"{name} ({side})" if name else project.shown(path), files.read(path))
        for side, path in (("base", base), ("ours", ours), ("theirs", theirs))
    ]
    suffix = PurePath(name or ours.name).suffix.lower()
    if suffix not in SUFFIXES:
        raise BilingoError(
            f"cannot merge a {suffix} file" if suffix else "a file without a suffix",
            where=name or project.shown(ours),
            hint=f"known: {' '.join(SUFFIXES)}; of copies --name says what they are",
        )
    content, conflicts = (_units if suffix == ".tmx" else _entries)(versions)
    return Merged(Change(ours, content, versions[1][1]), conflicts)


def _entries(versions: Sequence[tuple[str, bytes]]) -> tuple[bytes, tuple[str, ...]]:
    base = _catalog(*versions[0]) if versions[0][1] else None  # no common ancestor
    ours, theirs = _catalog(*versions[1]), _catalog(*versions[2])
    merged = catalogs.merge(_of(base), ours.entries, theirs.entries)
    header = next((entry for entry in merged.entries if entry.is_header), None)
    if (ours.header or theirs.header) and header is None:
        raise BilingoError("one version has lost its header", where=versions[1][0])
    try:
        content = po.edit(_carrier(base, ours, theirs, header), merged.entries)
    except BilingoError as error:
        raise error.at(versions[1][0]) from None
    return content, tuple(msgid or "the header" for _, msgid in merged.conflicts)


def _carrier(
    base: po.Catalog | None, ours: po.Catalog, theirs: po.Catalog, header: Entry | None
) -> po.Catalog:
    """The file whose bytes the merge goes into, with the loose comments of both sides.

    It is ours, unless only they converted it to the charset that the merged header names.
    """
    if po.charset(header) != po.charset(ours.header) and po.charset(header) == po.charset(
        theirs.header
    ):
        ours, theirs = theirs, ours
    sides = [
        threeway.numbered(po_loose.loose(side) if side else (), lambda block: block.text)
        for side in (base, ours, theirs)
    ]
    kept = threeway.lines(*map(tuple, sides))
    gone = [n for n, key in enumerate(sides[1]) if key not in kept]
    added = [sides[2][key] for key in kept if key not in sides[1]]
    return po_loose.changed(ours, gone, added)


def _of(catalog: po.Catalog | None) -> tuple[Entry, ...]:
    return catalog.entries if catalog else ()


def _catalog(name: str, raw: bytes) -> po.Catalog:
    try:
        return po.read(raw)
    except BilingoError as error:
        raise error.at(name) from None


def _units(versions: Sequence[tuple[str, bytes]]) -> tuple[bytes, tuple[str, ...]]:
    base, ours, theirs = (_memory(name, raw) for name, raw in versions)
    merged = memories.merge_units(base, ours, theirs)
    return tmx.write(merged.units), merged.conflicts


def _memory(name: str, raw: bytes) -> tuple[TU, ...]:
    if not raw:
        return ()
    if not tmx.is_ours(raw):
        raise BilingoError(
            "this memory file is another tool's and is not rewritten",
            where=name,
            hint="take one version whole: git checkout --ours, or --theirs",
        )
    try:
        return tuple(tmx.read(raw))
    except BilingoError as error:
        raise error.at(name) from None


def diff(project: Project, a: Path, b: Path) -> tuple[meaning.Change, ...]:
    """What differs in meaning between two catalogs. Raises BilingoError for one that is broken."""
    old, new = (_catalog(project.shown(path), files.read(path)) for path in (a, b))
    return meaning.diff(old.entries, new.entries)
