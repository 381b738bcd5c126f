"""A lock file that names its holder; what excludes others is the kernel's flock on it."""

from __future__ import annotations

import fcntl
import os
import time
from pathlib import Path

from bilingo.errors import BilingoError

_STEP = 0.005  # seconds between two looks at a lock
_LOCK = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_NONBLOCK


def take(lock: Path, patience: float) -> int:
    """The lock's descriptor, once it is ours. Raises OSError, or BilingoError with the holder."""
    holder = "another process"
    for _ in range(int(patience / _STEP) + 1):
        descriptor = os.open(lock, _LOCK, 0o666)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if _is_still(lock, descriptor):
                _sign(lock, descriptor)
                return descriptor
        except BlockingIOError:
            holder = _holder(descriptor)
        except OSError:
            os.close(descriptor)
            raise
        os.close(descriptor)
        time.sleep(_STEP)
    raise BilingoError(
        f"in use by {holder}", where=str(lock), hint="wait until it is done, then run again"
    )


def _sign(lock: Path, descriptor: int) -> None:
    """Say in the lock who holds it; that is for people, the flock does the work."""
    try:
        os.ftruncate(descriptor, 0)
        os.write(descriptor, f"process {os.getpid()} on {os.uname().nodename}\n".encode())
    except OSError:
        lock.unlink(missing_ok=True)
        raise


def _is_still(lock: Path, descriptor: int) -> bool:
    """Whether the name still means the locked file, which its last holder may have removed."""
    try:
        return os.path.samestat(lock.lstat(), os.fstat(descriptor))
    except FileNotFoundError:
        return False


def _holder(descriptor: int) -> str:
    from datetime import UTC, datetime  # here, because a lock is seldom waited for

    since = datetime.fromtimestamp(os.fstat(descriptor).st_mtime, UTC)
    owner = os.pread(descriptor, 200, 0).decode(errors="replace").strip() or "another process"
    return f"{owner} since {since:%Y-%m-%d %H:%M:%S} UTC"
