"""What `check` found in a catalog the last time, as far as it holds still.

A verdict is of one entry, by the checks that are `checks.lasting`. Its key are the bytes of the
entry in the file, comments, flags, references and all: the same bytes of the same charset are the
same entry. A report is of a catalog whose every byte is the same, and of all checks. Everything
else that they depend on makes the stamp they are kept under: the setting without the memory, the
checks, the program that looks, and what it stands on. Nothing is asked for its date, and what is
not known to be the same is looked at.
"""

from __future__ import annotations

import os
import sys
import time
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from functools import cache
from importlib.util import find_spec
from operator import attrgetter
from pathlib import Path
from typing import NamedTuple

from bilingo import plugins
from bilingo.checks import CHECKS, Found, Setting, lasting
from bilingo.model import Entry, Finding
from bilingo.pipelines.catalogs import Opened
from bilingo.stores import kept

WORTH = 500  # entries; fewer are checked in the time that it takes to ask
_VERDICTS, _REPORT = kept.SUFFIXES
# the packages whose code makes a verdict; the rest is the standard library, which has a version
_CODE = ("bilingo", "markdown_it", "mdurl")
_STARTED = time.time_ns()
_RACY = 2_000_000_000  # ns: the start until here, and the coarsest clock of a file system (FAT)
_PARTS = attrgetter(*(field.name for field in fields(Finding)))

# the code of a check, its sentence, form, start, end and fix
_Row = tuple[str, str, int, int, int, str | None]


class Seen(NamedTuple):
    """What there is to say of a catalog.

    `references` are those of the entries in which something was found.
    """

    warnings: Sequence[str]
    counts: Mapping[str, int]
    references: Sequence[str]
    findings: Sequence[Finding]


class Remembered:
    """The verdicts of a catalog's entries: those that hold, and those that are to be kept."""

    def __init__(self, root: Path, opened: Opened, stamp: bytes) -> None:
        catalog, raw = opened.catalog, opened.raw or b""
        self._root, self._name, self._stamp = root, opened.path, stamp
        self._keys = {
            id(entry): kept.digest(raw[start:end])
            for entry, (start, end) in zip(catalog.entries, catalog.spans, strict=True)
        }
        self._old = _verdicts(kept.read(kept.place(root, opened.path, _VERDICTS), stamp))

    def split(self, entries: Iterable[Entry]) -> tuple[list[tuple[str, Found]], list[Entry]]:
        """What is known to be found in `entries`, and those of which nothing is known."""
        known: list[tuple[str, Found]] = []
        left = []
        for entry in entries:
            rows = self._old.get(self._keys[id(entry)])
            if rows is None:
                left.append(entry)
            elif rows:
                known += [(row[0], Found(entry, *row[1:])) for row in rows]
        return known, left

    def keep(
        self, entries: Sequence[Entry], left: Sequence[Entry], found: Iterable[tuple[str, Found]]
    ) -> None:
        """Keep the verdicts of `entries`: those of before, and what was `found` in those `left`."""
        if not left and len(entries) == len(self._old) or not _unchanged():
            return
        new: dict[int, list[_Row]] = {id(entry): [] for entry in left}
        for code, f in found:
            new[id(f.entry)].append((code, f.sentence, f.form, f.start, f.end, f.fix))
        clean, dirty = [], []
        for entry in entries:
            key = self._keys[id(entry)]
            rows = new[id(entry)] if id(entry) in new else self._old[key]
            if rows:
                dirty.append((key.hex(), rows))
            else:
                clean.append(key)
        document = b"".join(clean).hex(), dirty
        kept.write(self._root, self._name, _VERDICTS, self._stamp, document)


def of(root: Path, opened: Opened, setting: Setting) -> Remembered | None:
    """What is known of a catalog; None for one that is small or lies outside of the project."""
    if len(opened.catalog.entries) < WORTH or Path(opened.path).is_absolute():
        return None
    stamp = _stamp(setting, opened.path, opened.catalog.charset)
    return Remembered(root, opened, stamp) if stamp else None


def report(root: Path, name: str, raw: bytes, setting: Setting) -> Seen | None:
    """What there was to say of the catalog with this content, without the memory and articles.

    None where it is not known, and where checks of other packages look too.
    """
    path = kept.place(root, name, _REPORT)
    if Path(name).is_absolute() or not path.exists() or _others():
        return None
    stamp = _stamp(setting, name, kept.digest(raw).hex())
    seen = kept.read(path, stamp) if stamp else None
    if not seen:
        return None
    warnings, counts, references, findings = seen
    return Seen(warnings, counts, references, [Finding(*parts) for parts in findings])


def keep_report(root: Path, name: str, raw: bytes, setting: Setting, seen: Seen) -> None:
    """Keep it for `report`."""
    if seen.counts["entries"] < WORTH or Path(name).is_absolute() or _others():
        return
    stamp = _stamp(setting, name, kept.digest(raw).hex())
    if stamp and _unchanged():
        document = *seen[:-1], [_PARTS(finding) for finding in seen.findings]
        kept.write(root, name, _REPORT, stamp, document)


def _others() -> set[str]:
    return plugins.names("checks", CHECKS).difference(CHECKS)


def _verdicts(document: tuple[str, list[tuple[str, list[_Row]]]] | None) -> dict[bytes, list[_Row]]:
    if document is None:
        return {}
    clean, dirty = bytes.fromhex(document[0]), document[1]
    starts = range(0, len(clean), kept.SIZE)
    verdicts: dict[bytes, list[_Row]] = {clean[at : at + kept.SIZE]: [] for at in starts}
    verdicts.update((bytes.fromhex(key), rows) for key, rows in dirty)
    return verdicts


def _stamp(setting: Setting, *others: str) -> bytes:
    """All that a verdict depends on beside the entry; nothing where that cannot be told."""
    code = _code()
    if not code:
        return b""
    held_to = [(f.name, getattr(setting, f.name)) for f in fields(Setting) if f.name != "memory"]
    asked = sorted(check for check in CHECKS if lasting(check, setting))
    python = (sys.version, sys.flags.optimize, unicodedata.unidata_version)
    return kept.digest(
        repr((code, python, asked, held_to, others)).encode("utf-8", "surrogatepass")
    )


@cache
def _code() -> bytes:
    """A digest of the program: every file of it, so that it holds for who works on it too.

    Nothing where it cannot be told what runs: no files, or one that was written since the start or
    just before, so that it may not be what was imported.
    """
    return _read_code(_STARTED - _RACY)


def _read_code(before: int) -> bytes:
    try:
        folders = [folder for package in _CODE for folder in _folders(package)]
        return kept.digest(b"\0".join(part for one in folders for part in _files(one, before)))
    except OSError:
        return b""


def _unchanged() -> bool:
    """Whether the program is still what it was: checks are imported when they are needed."""
    return _read_code(_STARTED - _RACY) == _code()


def _folders(package: str) -> Iterable[Path]:
    spec = find_spec(package)
    return map(Path, spec.submodule_search_locations or () if spec else ())


def _files(folder: Path, before: int) -> Iterator[bytes]:
    with os.scandir(folder) as found:
        for one in sorted(found, key=lambda one: one.name):
            if not one.is_dir():
                if one.stat().st_ctime_ns > before:
                    raise OSError("newer than the run")
                content = Path(one.path).read_bytes()
                yield b"%s %d" % (os.fsencode(one.name), len(content))
                yield content
            elif one.name != "__pycache__":
                yield b"%s/" % os.fsencode(one.name)
                yield from _files(Path(one.path), before)
