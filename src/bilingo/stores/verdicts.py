"""What was found in each entry of a catalog, kept until the next run: a file for each catalog.

    bilingo verdicts 1 "locales/zh_HK/LC_MESSAGES/articles.po"    the catalog, in JSON
    BLAKE2b of the stamp and of all behind it, 16 bytes | the stamp, 16 bytes
    {"clean": "…", "found": [["…", [[…], …]], …]}                      JSON; keys are hexadecimal

The stamp stands for all that a verdict depends on beside the entry, and a key for the entry; to the
store both are bytes. A file that is not exactly what was written, or has another stamp, is no file.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import Any

from bilingo.errors import BilingoError
from bilingo.stores import cache, files

SIZE = 16  # of keys, stamps and the checksum, in bytes
SUFFIX = ".verdicts"
_LARGEST = 256_000_000  # bytes
_TITLE = b"bilingo verdicts 1 "

# the code of a check, its sentence, form, start, end and fix
Row = tuple[str, str, int, int, int, str | None]
Verdicts = Mapping[bytes, Sequence[Row]]


def digest(content: bytes) -> bytes:
    """A key or a stamp of this content."""
    return blake2b(content, digest_size=SIZE).digest()


def place(root: Path, catalog: str) -> Path:
    """The file for a catalog, which is named from the project's root."""
    return cache.folder(root) / (blake2b(os.fsencode(catalog), digest_size=8).hexdigest() + SUFFIX)


def read(path: Path, stamp: bytes) -> dict[bytes, list[Row]]:
    """The verdicts by key that `write` put there under the same stamp; else none."""
    try:
        content = files.read_if_any(path, limit=_LARGEST) or b""
    except BilingoError:  # no file, or one that may not be read
        return {}
    begin = content.find(b"\n") + 1
    checksum, body = content[begin : begin + SIZE], content[begin + SIZE :]
    if not content.startswith(_TITLE) or not body.startswith(stamp) or checksum != digest(body):
        return {}
    try:
        return dict(_verdicts(json.loads(body[SIZE:].decode())))
    except (
        TypeError,
        ValueError,
        KeyError,
        RecursionError,
    ):  # somebody else's, who knew how to make a checksum
        return {}


def _verdicts(document: Any) -> Iterator[tuple[bytes, list[Row]]]:
    clean = bytes.fromhex(document["clean"])
    for start in range(0, len(clean), SIZE):
        yield clean[start : start + SIZE], []
    for key, rows in document["found"]:
        yield bytes.fromhex(key), [_row(*row) for row in rows]


def _row(code: str, sentence: str, form: int, start: int, end: int, fix: str | None) -> Row:
    numbers = type(form) is type(start) is type(end) is int
    if not numbers or not isinstance(sentence, str) or not isinstance(fix, str | None):
        raise TypeError
    return code, sentence, form, start, end, fix


def write(root: Path, catalog: str, stamp: bytes, verdicts: Verdicts) -> None:
    """Keep the verdicts of a catalog where `place` says, those of before are gone.

    What cannot be kept is not: it costs the next run time and nothing else. Those of catalogs that
    are no more go.
    """
    target = place(root, catalog)
    clean = b"".join(key for key, rows in verdicts.items() if not rows).hex()
    found = [(key.hex(), rows) for key, rows in verdicts.items() if rows]
    document = {"clean": clean, "found": found}
    body = stamp + json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()
    title = _TITLE + json.dumps(catalog).encode() + b"\n"
    with contextlib.suppress(OSError):
        cache.make_folder(target.parent)
        cache.put(target, title + digest(body) + body)
        _tidy(root, target)


def _tidy(root: Path, ours: Path) -> None:
    now = ours.stat().st_mtime_ns
    for path in ours.parent.iterdir():
        gone = path.suffix == SUFFIX and path != ours and not _wanted(root, path)
        if gone or cache.is_left(path, now):
            path.unlink(missing_ok=True)


def _wanted(root: Path, path: Path) -> bool:
    with path.open("rb") as file:
        title = file.readline(10_000)
    try:
        catalog: str = json.loads(title.removeprefix(_TITLE))
        return (root / catalog).exists()
    except (ValueError, TypeError):
        return False
