"""What `check` found in the entries of a catalog the last time, as far as it holds still.

A verdict is of one entry and of the checks that are `checks.lasting`. Its key are the bytes of the
entry in the file, comments, flags, references and all: the same bytes of the same charset are the
same entry. Everything else that a verdict depends on makes the stamp of the file it is kept in: the
setting without the memory, the checks, the program that looks, and what that stands on. So nothing
is asked for its date, and what is not known to be the same is looked at.
"""

from __future__ import annotations

import os
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields, replace
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from bilingo.checks import CHECKS, Found, Setting, lasting
from bilingo.model import Entry
from bilingo.pipelines.catalogs import Opened
from bilingo.project import Project
from bilingo.stores import verdicts
from bilingo.stores.verdicts import Row

WORTH = 500  # entries; fewer are checked in the time that it takes to ask
# the packages whose code makes a verdict; the rest is the standard library, which has a version
_CODE = ("bilingo", "markdown_it", "mdurl")


class Remembered:
    """The verdicts of a catalog's entries: those that hold, and those that are to be kept."""

    def __init__(self, root: Path, opened: Opened, stamp: bytes) -> None:
        catalog, raw = opened.catalog, opened.raw or b""
        self._root, self._name, self._stamp = root, opened.path, stamp
        self._keys = {
            id(entry): verdicts.digest(raw[start:end])
            for entry, (start, end) in zip(catalog.entries, catalog.spans, strict=True)
        }
        self._old = verdicts.read(verdicts.place(root, opened.path), stamp)

    def split(self, entries: Iterable[Entry]) -> tuple[list[tuple[str, Found]], list[Entry]]:
        """What is known to be found in `entries`, and those of which nothing is known."""
        known: list[tuple[str, Found]] = []
        left = []
        for entry in entries:
            rows = self._old.get(self._keys[id(entry)])
            if rows is None or rows and not all(_fits(row, entry) for row in rows):
                left.append(entry)
            elif rows:
                known += [(row[0], Found(entry, *row[1:])) for row in rows]
        return known, left

    def keep(
        self, entries: Sequence[Entry], left: Sequence[Entry], found: Iterable[tuple[str, Found]]
    ) -> None:
        """Keep the verdicts of `entries`: those of before, and what was `found` in those `left`."""
        if not left and len(entries) == len(self._old):
            return
        new: dict[int, list[Row]] = {id(entry): [] for entry in left}
        for code, f in found:
            new[id(f.entry)].append((code, f.sentence, f.form, f.start, f.end, f.fix))
        kept: dict[bytes, Sequence[Row]] = {}
        for entry in entries:
            key = self._keys[id(entry)]
            kept[key] = new[id(entry)] if id(entry) in new else self._old[key]
        verdicts.write(self._root, self._name, self._stamp, kept)


def of(project: Project, opened: Opened, setting: Setting) -> Remembered | None:
    """What is known of a catalog; None for one that is small or lies outside of the project."""
    inside = not Path(opened.path).is_absolute()
    stamp = _stamp(setting, opened.catalog.charset) if inside else b""
    if len(opened.catalog.entries) < WORTH or not stamp:
        return None
    return Remembered(project.root, opened, stamp)


def bare(setting: Setting) -> Setting:
    """What lasting checks are given: the setting without the memory."""
    return replace(setting, memory={})


def _fits(row: Row, entry: Entry) -> bool:
    code, _, form, *_ = row
    return code in CHECKS and 0 <= form < max(1, len(entry.msgstr))


def _stamp(setting: Setting, charset: str) -> bytes:
    """All that a verdict depends on beside the entry; nothing where that cannot be told."""
    code = _code()
    if not code:
        return b""
    held_to = [(f.name, getattr(setting, f.name)) for f in fields(Setting) if f.name != "memory"]
    asked = sorted(check for check in CHECKS if lasting(check, setting))
    python = (sys.version, sys.flags.optimize, unicodedata.unidata_version)
    return verdicts.digest(repr((code, python, charset, asked, held_to)).encode())


@cache
def _code() -> bytes:
    """A digest of the program: every file of it, so that it holds for who works on it too."""
    try:
        folders = [folder for package in _CODE for folder in _folders(package)]
        return verdicts.digest(b"\0".join(part for one in folders for part in _files(one)))
    except OSError:  # not installed as files
        return b""


def _folders(package: str) -> Iterable[Path]:
    spec = find_spec(package)
    return map(Path, spec.submodule_search_locations or () if spec else ())


def _files(folder: Path) -> Iterator[bytes]:
    with os.scandir(folder) as found:
        for one in sorted(found, key=lambda one: one.name):
            if not one.is_dir():
                content = Path(one.path).read_bytes()
                yield b"%s %d" % (os.fsencode(one.name), len(content))
                yield content
            elif one.name != "__pycache__":
                yield b"%s/" % os.fsencode(one.name)
                yield from _files(Path(one.path))
