"""Regular expressions that compile at their first use: a command that asks none pays for none."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

_METHODS = ("match", "fullmatch", "search", "findall", "finditer", "sub")


class Pattern:
    """What `re.compile` gives, compiled when one of its methods is first asked for.

    From then on the methods are those of the compiled pattern: nothing is paid for a call.
    """

    match: Callable[..., re.Match[str] | None]
    fullmatch: Callable[..., re.Match[str] | None]
    search: Callable[..., re.Match[str] | None]
    findall: Callable[..., list[str]]
    finditer: Callable[..., Iterator[re.Match[str]]]
    sub: Callable[..., str]

    def __init__(self, pattern: str, flags: int | re.RegexFlag = 0) -> None:
        self.pattern = pattern
        self._flags = flags

    def __getattr__(self, name: str) -> object:
        """Reached while the method is not there yet."""
        if name not in _METHODS:
            raise AttributeError(name)
        compiled = re.compile(self.pattern, self._flags)
        for method in _METHODS:
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)
