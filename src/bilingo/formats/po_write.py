"""The canonical text of an entry: what `msgcat` (GNU gettext 0.21) prints for it.

Differences from msgcat, because nothing may be lost: unknown flags stay (behind the known ones),
`fuzzy` stays as long as any form has text, and `#=` lines stay apart from `#,` lines (manual, “PO
File Format Evolution”). `wrap` is in `po_wrap`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from bilingo.model import Entry

_FORMATS = """c objc c++ python python-brace java java-printf csharp javascript scheme lisp elisp
librep rust ruby sh awk lua object-pascal modula2 d ocaml smalltalk qt qt-plural kde kde-kuit boost
tcl perl perl-brace php gcc-internal gfc-internal ycp""".split()
_RANK = {
    "fuzzy": 0,
    **{
        f"{claim}{name}-format": rank
        for rank, name in enumerate(_FORMATS, 1)
        for claim in ("", "no-", "possible-", "impossible-")
    },
    "wrap": 101,
    "no-wrap": 101,
}
_ESCAPES = str.maketrans(
    {
        "\\": r"\\",
        '"': r"\"",
        "\a": r"\a",
        "\b": r"\b",
        "\f": r"\f",
        "\n": r"\n",
        "\r": r"\r",
        "\t": r"\t",
        "\v": r"\v",
    }
)
_PORTION = re.compile(r"[^\n]*\n|[^\n]+")
WIDTH = 79  # columns, as msgcat; a line of references counts bytes of UTF-8


def render(entry: Entry, *, wrap: bool = False) -> str:
    r"""The entry in canonical form, each line ending in \n.

    Raises ValueError for an entry with several strings and no plural, or none at all.
    """
    return "".join(f"{line}\n" for line in _lines(entry, wrap))


def escaped(text: str) -> str:
    """Text as it stands between quotes."""
    return text.translate(_ESCAPES)


def _lines(entry: Entry, wrap: bool) -> Iterator[str]:
    for comment in _split(entry.comments):
        yield f"# {comment}" if comment else "#"
    for comment in _split(entry.extracted):
        yield f"#. {comment}" if comment else "#."
    yield from _references(entry.references)
    flags = _flags(entry)
    for mark, apart in (("#,", False), ("#=", True)):
        if line := ", ".join(flag for flag in flags if (flag in entry.apart) is apart):
            yield f"{mark} {line}"
    mark = "#~| " if entry.obsolete else "#| "
    yield from _field(mark, "msgctxt", entry.previous_ctxt, wrap)
    yield from _field(mark, "msgid", entry.previous, wrap)
    yield from _field(mark, "msgid_plural", entry.previous_plural, wrap)
    mark = "#~ " if entry.obsolete else ""
    yield from _field(mark, "msgctxt", entry.msgctxt, wrap)
    yield from _field(mark, "msgid", entry.msgid, wrap)
    yield from _field(mark, "msgid_plural", entry.msgid_plural, wrap)
    if entry.msgid_plural is None:
        (text,) = entry.msgstr
        yield from _field(mark, "msgstr", text, wrap)
    elif not entry.msgstr:
        raise ValueError("a plural entry without forms")
    else:
        for form, text in enumerate(entry.msgstr):
            yield from _field(mark, f"msgstr[{form}]", text, wrap)


def _split(comments: Iterable[str]) -> Iterator[str]:
    """One line each: a line end inside a comment would leave the comment."""
    for comment in comments:
        yield from re.split(r"\r\n|[\r\n]", comment)


def _references(references: Iterable[str]) -> Iterator[str]:
    line = "#:"
    for reference in references:
        item = _isolated(reference)
        if len(line) > 2 and len(f"{line} {item}".encode()) > WIDTH:
            yield line
            line = "#:"
        line += f" {item}"
    if len(line) > 2:
        yield line


def _isolated(reference: str) -> str:
    """A file name with spaces stands between U+2068 and U+2069."""
    if not re.search(r"\s", reference):
        return reference
    name, number = re.fullmatch(r"(.*?)((?::[0-9]+)?)", reference, re.DOTALL).groups()  # type: ignore[union-attr]
    return f"\u2068{' '.join(name.split())}\u2069{number}"


def _flags(entry: Entry) -> list[str]:
    """Known flags in msgcat's order, then the others as they stand."""
    flags = [flag for flag in entry.flags if flag != "fuzzy" or any(entry.msgstr)]
    return sorted(
        flags, key=lambda flag: 100 if flag.startswith("range:") else _RANK.get(flag, 102)
    )


def _field(mark: str, name: str, text: str | None, wrap: bool) -> Iterator[str]:
    if text is None:
        return
    lines = [escaped(portion) for portion in _PORTION.findall(text)]
    if wrap:
        from bilingo.formats import po_wrap

        lines = po_wrap.fold(lines, room=WIDTH - len(mark) - 2, first=len(name) + 1)
    elif len(lines) != 1:
        lines = ["", *lines]
    yield f'{mark}{name} "{lines[0]}"'
    yield from (f'{mark}"{line}"' for line in lines[1:])
