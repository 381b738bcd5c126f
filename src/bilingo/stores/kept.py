"""What was found out about a catalog, kept until the next run: files in the project's cache folder.

    bilingo kept "locales/zh_HK/LC_MESSAGES/articles.po"      the catalog, in JSON
    BLAKE2b of all but itself, 16 bytes | the stamp, 16 bytes | a document in JSON

The stamp stands for all that the document depends on, the program that wrote it too, so the file
needs no version. One that is not what was written to the last byte, or has another stamp, is none.
"""

from __future__ import annotations

import contextlib
import json
import os
from hashlib import blake2b
from pathlib import Path
from typing import Any

from bilingo.errors import BilingoError
from bilingo.stores import cache, files

SIZE = 16  # of a digest, in bytes
SUFFIXES = (".verdicts", ".report")
_LARGEST = 256_000_000  # bytes
_TITLE = b"bilingo kept "


def digest(content: bytes) -> bytes:
    """Stands for this content: nobody finds two with the same."""
    return blake2b(content, digest_size=SIZE).digest()


def place(root: Path, catalog: str, suffix: str) -> Path:
    """The file of one of the `SUFFIXES` for a catalog, which is named from the project's root."""
    name = blake2b(os.fsencode(catalog), digest_size=8).hexdigest()
    return cache.folder(root) / f"{name}{suffix}"


def read(path: Path, stamp: bytes) -> Any:
    """The document that `write` put there under this stamp, else None."""
    try:
        content = files.read_if_any(path, limit=_LARGEST) or b""
    except BilingoError:  # no file, or one that may not be read
        return None
    begin = content.find(b"\n") + 1
    checksum, body = content[begin : begin + SIZE], content[begin + SIZE :]
    if not content.startswith(_TITLE) or checksum != digest(content[:begin] + body):
        return None
    return json.loads(body[SIZE:].decode()) if body[:SIZE] == stamp else None


def write(root: Path, catalog: str, suffix: str, stamp: bytes, document: object) -> None:
    """Keep a document of a catalog in the place of the one before.

    What cannot be kept is not: that costs the next run time and nothing else. What was kept of
    catalogs that are no more goes.
    """
    target = place(root, catalog, suffix)
    body = stamp + json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()
    title = _TITLE + json.dumps(catalog).encode() + b"\n"
    with contextlib.suppress(OSError):
        cache.make_folder(target.parent)
        cache.put(target, title + digest(title + body) + body)
        _tidy(root, target)


def _tidy(root: Path, ours: Path) -> None:
    now = ours.stat().st_mtime_ns
    for path in ours.parent.iterdir():
        known = path.suffix in SUFFIXES and path != ours and path.is_file()
        if known and not _wanted(root, path) or cache.is_left(path, now):
            path.unlink(missing_ok=True)


def _wanted(root: Path, path: Path) -> bool:
    with path.open("rb") as file:
        title = file.readline(10_000)
    try:
        catalog: str = json.loads(title.removeprefix(_TITLE))
        return (root / catalog).exists()
    except (ValueError, TypeError):
        return False
