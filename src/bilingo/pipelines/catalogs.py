"""Opening catalogs, and making new ones."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from bilingo.errors import BilingoError
from bilingo.formats import po
from bilingo.model import Entry, Locale
from bilingo.project import Project
from bilingo.stores import files
from bilingo.text import locales

if TYPE_CHECKING:
    from bilingo import checks

_FORMS = re.compile(r"nplurals\s*=\s*(\d+)")


@dataclass(frozen=True, slots=True)
class Opened:
    """A catalog and the bytes it was read from; `raw` is None for one that is not on disk yet."""

    path: str
    raw: bytes | None
    catalog: po.Catalog

    @property
    def live(self) -> tuple[Entry, ...]:
        """The entries that count, neither the header nor what is obsolete; they know the path."""
        entries = (e for e in self.catalog.entries if not e.is_header and not e.obsolete)
        return tuple(replace(entry, path=self.path) for entry in entries)

    @property
    def plural_forms(self) -> int:
        """How many forms an entry with a plural has: `nplurals` of the header."""
        found = _FORMS.search(po.field(self.catalog.header, "Plural-Forms"))
        return int(found[1]) if found else 1


def open_catalog(project: Project, path: Path) -> Opened:
    """The catalog at `path`. Raises BilingoError (`path:line:column: …`) for one that is broken."""
    raw, shown = files.read(path), project.shown(path)
    try:
        return Opened(shown, raw, po.read(raw))
    except BilingoError as error:
        raise error.at(shown) from None


def edited(opened: Opened, entries: Sequence[Entry], *, revision: str = "") -> bytes:
    """`po.edit`; its BilingoError names the catalog."""
    try:
        return po.edit(opened.catalog, entries, revision=revision)
    except BilingoError as error:
        raise error.at(opened.path) from None


def can_hold(opened: Opened, msgid: str, texts: Iterable[str], tell: Callable[[str], None]) -> bool:
    """Whether the catalog's charset has all of a translation; if not, `tell` hears why it is left.

    What the memory knows is an offer, and an offer must not stop a run.
    """
    strange = po.strange(opened.catalog, "".join(texts))
    if strange:
        what = f"“{msgid[:40]}” is left open: {strange} of the memory's translation is not in"
        tell(f"{opened.path}: {what} {opened.catalog.charset} ({po.CONVERT})")
    return not strange


def locale_of(project: Project, path: Path, catalog: po.Catalog) -> Locale:
    """The locale of a catalog: what its place says, else the `Language` of its header.

    Raises BilingoError when neither names a locale.
    """
    try:
        return project.catalog_locale(path)
    except BilingoError as error:
        try:
            return locales.canonical(po.field(catalog.header, "Language"))
        except BilingoError:
            raise error from None


def new_catalog(project: Project, target: Locale) -> Opened:
    """A catalog with a header only, for a locale that has none yet."""
    return Opened(project.shown(project.catalog(target)), None, po.new(target))


def catalog_paths(project: Project) -> tuple[Path, ...]:
    """The project's catalogs that are there, in the order of its targets."""
    paths = (project.catalog(target) for target in project.settings.targets)
    return tuple(path for path in paths if path.exists())


def held_to(project: Project, target: Locale) -> checks.Setting:
    """What the catalog of a locale is checked against: its languages and the project's glossary.

    Raises BilingoError (`path:line: …`) for a glossary that cannot be used.
    """
    from bilingo import checks  # most commands open catalogs and check nothing
    from bilingo.formats import glossary

    known = (project.settings.source, *project.settings.targets)
    others = (one for one in known if locales.language(one) != locales.language(target))
    path = project.memory / "glossary.csv"
    try:
        terms = glossary.read(files.read(path)) if path.is_file() else ()
    except BilingoError as error:
        raise error.at(project.shown(path)) from None
    profile = next(name for name in checks.PROFILES if name == project.settings.profile)
    source = next(others, project.settings.source)
    return checks.Setting(source, target, profile=profile, terms=terms)
