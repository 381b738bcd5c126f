"""Text to measure on: the segments of any folder of PO, TMX, Markdown and text files.

    python benchmarks/corpus.py FOLDER en > en.txt

prints unique folded segments of one language, one a line, in a fixed order. `.txt` and `.txt.xz`
files are taken as lists of segments already.
"""

from __future__ import annotations

import lzma
import sys
from collections.abc import Iterator
from pathlib import Path

from bilingo import formats
from bilingo.errors import BilingoError
from bilingo.formats import po, tmx
from bilingo.model import Unit
from bilingo.text import locales, scripts, srx
from bilingo.text.fold import fold

LONGEST = 400  # code points


def segments(folder: Path, language: str) -> Iterator[str]:
    """Every segment of the folder's files in `language`, folded, some of them several times."""
    for path in sorted(folder.rglob("*")):
        try:
            if path.is_file():
                yield from filter(None, map(fold, _read(path, language)))
        except (BilingoError, OSError, UnicodeError) as error:
            print(f"{path}: left out: {error}", file=sys.stderr)


def unique(folder: Path, language: str) -> Iterator[str]:
    """The segments of at most `LONGEST` code points, each once, in the order they come in."""
    seen = set()
    for text in segments(folder, language):
        if len(text) <= LONGEST and text not in seen:
            seen.add(text)
            yield text


def _read(path: Path, language: str) -> Iterator[str]:
    name = path.name
    if name.endswith((".txt", ".txt.xz")):
        if name.split(".")[0] == language or not _names_a_language(name):
            with lzma.open(path) if name[-3:] == ".xz" else path.open("rb") as file:
                yield from (line.decode() for line in file)
    elif name.endswith(".tmx"):
        with path.open("rb") as file:
            for unit in tuple(tmx.read(file)):
                yield from (v.text for v in unit.tuvs if locales.language(v.locale) == language)
    elif name.endswith(".po"):
        for entry in po.read(path.read_bytes()).entries:
            for text in (entry.msgid, *entry.msgstr):
                if scripts.language_of(text) == language:
                    yield from _sentences(text, language)
    elif path.suffix in formats.SUFFIXES:
        for piece in formats.by_name("markdown").read(path.read_bytes()):
            if isinstance(piece, Unit) and scripts.language_of(piece.text) == language:
                yield from _sentences(piece.text, language)


def _names_a_language(name: str) -> bool:
    """Whether a list of segments says which language it is in: `en.txt.xz`."""
    return name.split(".")[0] in ("en", "zh")


def _sentences(text: str, language: str) -> Iterator[str]:
    return (segment.text for segment in srx.segments(text, language))


if __name__ == "__main__":
    for line in unique(Path(sys.argv[1]), sys.argv[2]):
        sys.stdout.write(line + "\n")
