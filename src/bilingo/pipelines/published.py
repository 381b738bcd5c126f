"""What `build` wrote before: a page that may not go live any more does not stay behind.

The build folder keeps a list of its pages with their SHA-256, as `sha256sum` writes it. Only what
is still as it was built is ever removed; the folder may hold the work of others too.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from hashlib import sha256
from pathlib import PurePath

from bilingo.frozen import dataclass
from bilingo.project import Project
from bilingo.stores import files
from bilingo.stores.files import Change

RECORD = ".bilingo-pages"
_LINE = re.compile(r"([0-9a-f]{64})  (.+)")


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """The changes, the pages they remove, and those left because they are not as they were built.

    Pages are named as people read them, relative to the project.
    """

    changes: tuple[Change, ...]
    removed: tuple[str, ...]
    left: tuple[str, ...]


def withdraw(
    project: Project, built: Mapping[str, bytes], refused: Collection[str], *, whole: bool
) -> Withdrawn:
    """What has to go, and the new list, after a build of pages (paths in the build folder).

    `refused` are the pages that were not built this time; with `whole`, that all were asked for,
    the pages of articles that are gone go too.
    """
    path = project.build / RECORD
    old = files.read_if_any(path)
    known = _pages(old or b"")
    gone = {*refused, *(known.keys() - built.keys() if whole else ())}
    changes, removed, left = [], [], []
    for page in sorted(gone):
        content = files.read_if_any(project.build / page)
        if content is None:
            continue
        if sha256(content).hexdigest() == known.get(page):
            changes.append(Change(project.build / page, None, content))
            removed.append(project.shown(project.build / page))
        elif page in refused:
            left.append(project.shown(project.build / page))
    now = {page: digest for page, digest in known.items() if page not in gone}
    now |= {page: sha256(content).hexdigest() for page, content in built.items()}
    text = "".join(f"{digest}  {page}\n" for page, digest in sorted(now.items()))
    changes.append(Change(path, text.encode() if text else None, old))
    return Withdrawn(tuple(changes), tuple(removed), tuple(left))


def _pages(raw: bytes) -> dict[str, str]:
    """The listed pages and their digests; a line that names no place in the folder is nobody's."""
    lines = (_LINE.fullmatch(line) for line in raw.decode(errors="replace").split("\n"))
    found = ((line[2], line[1]) for line in lines if line)
    return {p: d for p, d in found if not PurePath(p).is_absolute() and ".." not in p.split("/")}
