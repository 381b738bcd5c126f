"""Where what is derived from other files is kept: it may be deleted at any time.

Without it a run takes longer and says the same. So nothing here is locked or made safe on disk: a
file is whole because it was renamed into its place, and who reads it makes sure that it is.
"""

from __future__ import annotations

import os
from pathlib import Path

TEMP = ".bilingo-tmp"
_DAY = 86_400_000_000_000  # ns


def folder(root: Path) -> Path:
    """The folder of a project's cache: in the project, or in the user's if it is read-only.

    That is $XDG_CACHE_HOME, or ~/.cache (XDG Base Directory Specification 0.8).
    """
    here = root / ".bilingo"
    if os.access(here if here.is_dir() else root, os.W_OK | os.X_OK):
        return here
    home = os.environ.get("XDG_CACHE_HOME", "")
    try:
        cache = Path(home) if Path(home).is_absolute() else Path("~/.cache").expanduser()
    except RuntimeError:  # nobody's home, as in containers: who writes there is refused
        return here
    from hashlib import blake2b

    name = blake2b(os.fsencode(root.resolve()), digest_size=8).hexdigest()
    return cache / "bilingo" / name


def make_folder(place: Path) -> None:
    """The folder, which keeps itself out of git. Raises OSError."""
    place.mkdir(parents=True, exist_ok=True)
    ignore = place / ".gitignore"
    if not ignore.exists():
        put(ignore, b"*\n")


def put(path: Path, content: bytes) -> None:
    """A small file, aside and renamed. Raises OSError."""
    temp = path.with_name(f".{path.name}.{os.urandom(4).hex()}{TEMP}")
    try:
        with temp.open("xb") as file:
            file.write(content)
        temp.replace(path)
    finally:
        temp.unlink(missing_ok=True)


def is_left(path: Path, now: int) -> bool:
    """Whether an interrupted writer left it, a day or more before `now` (ns). Raises OSError."""
    return path.name.endswith(TEMP) and path.stat().st_mtime_ns < now - _DAY
