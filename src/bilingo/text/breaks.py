"""Line feeds at the two ends of a text, which a translation has where its source has them.

`msgfmt -c` refuses a catalog in which one of the two begins, or ends, with a line feed and the
other does not (GNU gettext manual, “Invoking the msgfmt Program”, `--check-format`).
"""

from __future__ import annotations


def differ(source: str, target: str) -> str:
    """Where the two differ: "start", "end" or "". A text that is not there differs nowhere."""
    if not source or not target:
        return ""
    if source.startswith("\n") != target.startswith("\n"):
        return "start"
    return "end" if source.endswith("\n") != target.endswith("\n") else ""


def as_in(source: str, target: str) -> str:
    r"""`target` with the line feeds that `source` has at an end, where the two differ there.

    >>> as_in("Free of charge\n", "費用全免")
    '費用全免\n'
    >>> as_in("Free of charge", "\n費用全免\n\n")
    '費用全免'
    """
    if not source or not target.strip("\n"):
        return target
    if source.startswith("\n") != target.startswith("\n"):
        target = source[: len(source) - len(source.lstrip("\n"))] + target.lstrip("\n")
    if source.endswith("\n") != target.endswith("\n"):
        target = target.rstrip("\n") + source[len(source.rstrip("\n")) :]
    return target
