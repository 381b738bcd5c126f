"""Regular expressions that compile at their first use: a command that asks none pays for none."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any, AnyStr, Generic

_LONG = 2_000  # asked at each place, a longer text would be looked through as often as it is long
_METHODS = ("match", "fullmatch", "search", "findall", "finditer", "sub")


class Pattern(Generic[AnyStr]):
    """What `re.compile` gives, compiled when one of its methods is first asked for.

    `needs` are texts without all of which nothing matches: until one that has one of them comes,
    `match`, `fullmatch` and `search` answer None without the pattern. Once it is compiled its
    methods are those of the compiled pattern: nothing is paid for a call.
    """

    match: Callable[..., re.Match[AnyStr] | None]
    fullmatch: Callable[..., re.Match[AnyStr] | None]
    search: Callable[..., re.Match[AnyStr] | None]
    findall: Callable[..., list[Any]]
    finditer: Callable[..., Iterator[re.Match[AnyStr]]]
    sub: Callable[..., AnyStr]

    def __init__(
        self, pattern: AnyStr, flags: int | re.RegexFlag = 0, *, needs: Iterable[AnyStr] = ()
    ) -> None:
        self.pattern: AnyStr = pattern
        self.flags = flags
        self.needs: tuple[AnyStr, ...] = tuple(needs)

    def __getattr__(self, name: str) -> object:
        """Reached while the method is not there yet."""
        if name not in _METHODS:
            raise AttributeError(name)
        if self.needs and name in _METHODS[:3]:
            return self._guarded(name)
        return self._compiled(name)

    def _compiled(self, name: str) -> Callable[..., Any]:
        compiled = re.compile(self.pattern, self.flags)
        for method in _METHODS:
            setattr(self, method, getattr(compiled, method))
        asked: Callable[..., Any] = getattr(compiled, name)
        return asked

    def _guarded(self, name: str) -> Callable[..., Any]:
        def method(text: AnyStr, *where: int) -> re.Match[AnyStr] | None:
            if len(text) > _LONG or any(need in text for need in self.needs):
                found: re.Match[AnyStr] | None = self._compiled(name)(text, *where)
                return found
            return None

        setattr(self, name, method)
        return method
