"""Glossaries as CSV (RFC 4180), for spreadsheets: `memory/glossary.csv`.

The header names a column for each locale, and `status` and `note`, in any spelling and order:

    en,zh-Hant-HK,zh-Hant-TW,status,note
    carrier,帶病毒者,帶原者,preferred,of a virus
    Jockey Club CPS,,,keep,

The first text of a row names the concept, the others are its wordings; a second wording is a second
row. Cells are text as it stands: nothing is evaluated, nothing is put before a `=`.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import get_args

from bilingo.errors import BilingoError
from bilingo.model import TUV, Term, TermStatus
from bilingo.text import locales

STATUSES: tuple[TermStatus, ...] = get_args(TermStatus)
_ALONE = ("keep", "forbidden")
_LONGEST = 1 << 31  # characters in a cell; csv refuses 131,073 by default


def read(raw: bytes) -> tuple[Term, ...]:
    """The terms of a CSV file in UTF-8, with or without a byte-order mark, in file order.

    Empty rows are passed over; an empty status is `preferred`. Raises BilingoError (`where` is the
    line) for another encoding, an unknown column, locale or status, a row with too many cells or
    without two texts (one where the status is `keep` or `forbidden`).
    """
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise BilingoError("not UTF-8", where=str(line), hint="save it as CSV UTF-8") from None
    before = csv.field_size_limit(_LONGEST)
    try:
        return _terms(text)
    finally:
        csv.field_size_limit(before)


def write(terms: Iterable[Term]) -> bytes:
    """The terms as CSV in UTF-8, one row each, columns by first appearance of a locale.

    `read` gives them back where each names its concept in the same locale.
    """
    rows = tuple(terms)
    columns = list(dict.fromkeys(tuv.locale for term in rows for tuv in term.texts))
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([*columns, "status", "note"])
    for term in rows:
        texts = {tuv.locale: tuv.text for tuv in term.texts}
        writer.writerow([*(texts.get(column, "") for column in columns), term.status, term.note])
    return out.getvalue().encode()


def added(raw: bytes | None, terms: Sequence[Term]) -> bytes:
    """A CSV file that `read` accepts with more terms behind its own, whose rows keep their bytes.

    Only where a new locale needs a column is the file written anew.
    """
    if not raw:
        return write(terms)
    text = raw.decode("utf-8-sig")
    header = next(csv.reader(io.StringIO(text, newline="")), [])
    columns = [_column(name, 1) for name in header]
    if not {"status", "note", *(tuv.locale for term in terms for tuv in term.texts)} <= {*columns}:
        return write((*read(raw), *terms))
    newline = "\r\n" if "\r\n" in text else "\n"
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator=newline)
    for term in terms:
        cells = {"status": term.status, "note": term.note}
        cells |= {tuv.locale: tuv.text for tuv in term.texts}
        writer.writerow([cells.get(column, "") for column in columns])
    between = b"" if raw.endswith(b"\n") else newline.encode()
    return raw + between + out.getvalue().encode()


def _terms(text: str) -> tuple[Term, ...]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    terms: list[Term] = []
    columns: Sequence[str] = ()
    line = 1
    try:
        for row in reader:
            if not columns:
                columns = [_column(name, line) for name in row]
            elif any(cell.strip() for cell in row):
                terms.append(_term(columns, row, line))
            line = reader.line_num + 1
    except csv.Error as error:
        raise BilingoError(f"no CSV: {error}", where=str(line)) from None
    return tuple(terms)


def _column(name: str, line: int) -> str:
    plain = name.strip().lower()
    if plain in ("status", "note"):
        return plain
    try:
        return locales.canonical(name)
    except BilingoError:
        raise BilingoError(
            f"unknown column {name.strip()!r}",
            where=str(line),
            hint="a header names locales, status and note: en,zh-Hant-HK,status,note",
        ) from None


def _term(columns: Sequence[str], row: Sequence[str], line: int) -> Term:
    if len(row) > len(columns):
        raise BilingoError(f"{len(row)} cells under {len(columns)} columns", where=str(line))
    cells = {name: cell.strip() for name, cell in zip(columns, row, strict=False)}
    status = cells.pop("status", "").lower() or "preferred"
    note = cells.pop("note", "")
    if status not in STATUSES:
        hint = f"known: {', '.join(STATUSES)}"
        raise BilingoError(f"unknown status {status!r}", where=str(line), hint=hint)
    texts = tuple(TUV(name, cell) for name, cell in cells.items() if cell)
    if len(texts) < (1 if status in _ALONE else 2):
        raise BilingoError("a term without a wording in another locale", where=str(line))
    return Term(texts, status, note)
