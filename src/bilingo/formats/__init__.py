"""Reading and printing of bytes: no paths, no segmentation, no translation, no network.

An *article format* is a module with three functions and a line in `ARTICLES`; other packages add
theirs through the entry point group `bilingo.formats`. Readers take positions from a parser and
slice the source themselves: what is not a unit keeps its bytes.

The other members are not article formats: `po` (catalogs), `mo`, `tmx` (memories).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import PurePath
from typing import Protocol, cast

from bilingo import plugins
from bilingo.errors import BilingoError
from bilingo.model import Unit

ARTICLES = {
    "docx": "bilingo.formats.docx",
    "html": "bilingo.formats.html",
    "markdown": "bilingo.formats.markdown",
    "plain": "bilingo.formats.plain",
    "webpage": "bilingo.formats.webpage",
}
SUFFIXES = {
    ".docx": "docx",
    ".htm": "html",
    ".html": "html",
    ".markdown": "markdown",
    ".md": "markdown",
    ".mdx": "markdown",
    ".txt": "plain",
    ".xhtml": "html",
}


class ArticleFormat(Protocol):
    """What an article format is. Joining the pieces (`raw` of a unit) gives the text again."""

    def read(
        self, raw: bytes, *, encoding: str | None = None, keys: Sequence[str] = ()
    ) -> Iterable[str | Unit]:
        """The pieces of a file; `keys` are the front matter keys that are units.

        Raises BilingoError (`where` is `line` or `line:column`) for bytes that are no such file.
        """
        ...

    def render(self, unit: Unit, text: str) -> str:
        """The markup that puts tagged `text` in the unit's place; escapes what would be markup."""
        ...

    def write(self, text: str, raw: bytes, *, encoding: str | None = None) -> bytes:
        """The file around a new text, in the encoding and package of the original `raw`."""
        ...


def by_name(name: str) -> ArticleFormat:
    """The article format `name`. Raises BilingoError that lists the known ones."""
    return cast(ArticleFormat, plugins.load("formats", name, ARTICLES))


def suffixes() -> frozenset[str]:
    """The suffixes of all articles, those that other packages' formats are named after included."""
    others = plugins.names("formats", ()) - ARTICLES.keys()
    return frozenset((*SUFFIXES, *(f".{name}" for name in others)))


def by_path(path: str) -> ArticleFormat:
    """The article format for a file name. Raises BilingoError for an unknown suffix."""
    suffix = PurePath(path).suffix.lower()
    name = SUFFIXES.get(suffix, suffix.lstrip("."))
    if name not in ARTICLES and name not in plugins.names("formats", ARTICLES):
        known = " ".join(sorted(SUFFIXES))
        raise BilingoError(
            f"unknown article format {suffix or 'without a suffix'}",
            where=path,
            hint=f"known: {known}; or name one with --from",
        )
    return by_name(name)
