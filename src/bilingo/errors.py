"""The one exception for what is expected to go wrong."""

from __future__ import annotations


class BilingoError(Exception):
    """An expected failure: one line that says what, where, and the way out.

    `where` is `path`, `path:line` or `path:line:column`; `hint` is what to try next.
    The command line prints it and exits 2; nothing has been written when it is raised.
    """

    def __init__(self, what: str, *, where: str = "", hint: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.where = where
        self.hint = hint

    def at(self, path: str) -> BilingoError:
        """The same failure in the file at `path`: `line:column` becomes `path:line:column`."""
        where = f"{path}:{self.where}" if self.where else path
        return BilingoError(self.what, where=where, hint=self.hint)

    def __str__(self) -> str:
        line = f"{self.where}: {self.what}" if self.where else self.what
        return f"{line} ({self.hint})" if self.hint else line
