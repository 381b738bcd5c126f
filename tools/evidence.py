"""What the readers of articles keep and find, counted over a folder of real articles.

    python tools/evidence.py [FOLDER]      # ../shared/data when not told; about half a minute

Prints Markdown: identity, structure after a pseudo-translation, blocks that were not located, pairs
with equal unit counts, and the texts of one article in four formats. `tests/test_evidence.py`
asserts the figures.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from itertools import combinations
from pathlib import Path
from zipfile import ZipFile

from bilingo.errors import BilingoError
from bilingo.formats import ArticleFormat, by_name, by_path, frontmatter, html
from bilingo.formats.html_tokens import tokens
from bilingo.formats.markdown_parser import parser
from bilingo.formats.rebuild import rebuild
from bilingo.model import Article, Unit
from bilingo.text import tags
from bilingo.text.tags import TAG

FOLDERS = ("articles", "multi-format", "docx", "encoded")
ENCODINGS = ("big5hkscs", "gb18030")
MULTI = ("md", "txt", "html", "docx")
# What makes up the body of a Word document; runs are how it happens to be written.
_BODY = re.compile(
    r"<(w:(?:p|tbl|tr|tc|sectPr|hyperlink|drawing|pict|footnoteReference|br|tab|fldSimple))[ />]"
)


@dataclass(frozen=True)
class File:
    """A file as it was read; no `pieces` where it was refused, and why in `refused`."""

    path: Path
    raw: bytes
    format: ArticleFormat
    encoding: str | None
    pieces: tuple[str | Unit, ...] = ()
    refused: str = ""

    @property
    def article(self) -> Article:
        return Article(self.path.name, "", self.pieces)

    def rebuilt(self, new: dict[str, str] | None = None) -> bytes:
        """The file with each unit's own text, or that of `new` by the unit's id."""
        known = new or {}
        text = rebuild(self.format, self.pieces, lambda unit: known.get(unit.id, unit.text))
        return self.format.write(text, self.raw, encoding=self.encoding)


def read(path: Path, name: str = "") -> File:
    """One file; its encoding is in its name where it is not in its bytes."""
    one = by_name(name) if name else by_path(path.name)
    encoding = next((e for e in ENCODINGS if f".{e}." in path.name), None)
    raw = path.read_bytes()
    try:
        return File(path, raw, one, encoding, tuple(one.read(raw, encoding=encoding)))
    except BilingoError as error:
        return File(path, raw, one, encoding, refused=str(error))


def files(folder: Path) -> Iterator[File]:
    """Every article of the folders, in order."""
    for name in FOLDERS:
        for path in sorted((folder / name).rglob("*.*")):
            if path.suffix != ".tsv":
                yield read(path)


def pseudo(text: str) -> str:
    """Chinese in the place of all text, the tags where they were; addresses stay."""
    out, position = "", 0
    for tag in [*TAG.finditer(text), None]:
        run = text[position : tag.start() if tag else len(text)]
        words = any(map(str.isalnum, run)) and "://" not in run and "@" not in run
        out += ("「譯文」" if words else run) + (tag.group() if tag else "")
        position = tag.end() if tag else position
    return out + "（一）"


def structure(one: File, raw: bytes) -> list[str]:
    """The types of a file's tokens: what a translation may not change."""
    name = one.path.suffix
    if name == ".docx":
        with ZipFile(BytesIO(raw)) as archive:
            return _BODY.findall(archive.read("word/document.xml").decode())
    if name in (".html", ".htm"):
        text = html.decode(raw)
        return [f"{t.form} {t.name}" for t in tokens(text) if t.form != "text"]
    if name == ".txt":
        again = one.format.read(raw, encoding=one.encoding)
        return ["unit" for piece in again if isinstance(piece, Unit)]
    text = raw.decode("utf-8-sig")
    return [t.type + t.markup for t in parser().parse(text[frontmatter.end(text) :], {})]


@dataclass
class Counted:
    """The figures of one folder."""

    files: int = 0
    refused: list[str] = field(default_factory=list)
    identical: int = 0
    units: int = 0
    skipped: int = 0
    not_located: int = 0
    same_structure: int = 0
    findings: list[str] = field(default_factory=list)


def count(found: Sequence[File], folder: Path) -> dict[str, Counted]:
    """Identity, structure and units of each folder."""
    out = {name: Counted() for name in FOLDERS}
    for one in found:
        row = out[one.path.relative_to(folder).parts[0]]
        row.files += 1
        if one.refused:
            row.refused.append(f"{one.path.name}: {one.refused}")
            continue
        row.units += len(one.article.units)
        row.skipped += len(one.article.skipped)
        row.not_located += sum("located" in unit.skip for unit in one.article.skipped)
        row.identical += one.rebuilt() == one.raw
        new = {u.id: pseudo(u.text) for u in one.article.units}
        try:
            same = structure(one, one.rebuilt(new)) == structure(one, one.raw)
        except BilingoError as error:
            row.findings.append(f"{one.path.name}:{error}")
            continue
        row.same_structure += same
        if not same:
            row.findings.append(f"{one.path.name}: another structure")
    return out


@dataclass
class Pairs:
    """Pairs of one group and two locales: how many have the same structure, the same counts."""

    all: int = 0
    equal: int = 0
    structure: int = 0
    structure_equal: int = 0


def pairs(found: Sequence[File], folder: Path) -> dict[tuple[str, str], Pairs]:
    """Articles of one name in two locales: do they give as many units?"""
    sides: dict[tuple[str, str], dict[str, File]] = {}
    for one in found:
        stem, _, locale = one.path.stem.rpartition(".")
        group = one.path.relative_to(folder).parts
        if group[0] in ("articles", "multi-format") and not one.refused:
            name = group[1] if group[0] == "articles" else group[0]
            sides.setdefault((name, stem + one.path.suffix), {})[locale] = one
    out: dict[tuple[str, str], Pairs] = {}
    for (name, _), by_locale in sorted(sides.items()):
        for a, b in combinations(sorted(by_locale), 2):
            row = out.setdefault((name, f"{a} – {b}"), Pairs())
            one, other = by_locale[a], by_locale[b]
            equal = len(one.article.units) == len(other.article.units)
            alike = structure(one, one.raw) == structure(other, other.raw)
            row.all += 1
            row.equal += equal
            row.structure += alike
            row.structure_equal += alike and equal
    return out


def texts(folder: Path) -> dict[str, dict[str, Counter[str]]]:
    """The plain unit texts of every multi-format article, by suffix."""
    out: dict[str, dict[str, Counter[str]]] = {}
    for path in sorted((folder / "multi-format").glob("*.md")):
        out[path.stem] = {
            suffix: Counter(
                tags.plain(unit.text)
                for unit in read(
                    path.with_suffix(f".{suffix}"), "webpage" if suffix == "html" else ""
                ).article.units
                if not unit.kind.startswith("meta:")
            )
            for suffix in MULTI
        }
    return out


def report(folder: Path) -> str:
    """All figures as Markdown."""
    found = list(files(folder))
    lines = [
        "| folder | files | refused | identical | units | skipped | not located | same structure |",
        "|---|--:|--:|--:|--:|--:|--:|--:|",
    ]
    counted = count(found, folder)
    for name, row in counted.items():
        lines.append(
            f"| {name} | {row.files} | {len(row.refused)} | {row.identical} | {row.units}"
            f" | {row.skipped} | {row.not_located} | {row.same_structure} |"
        )
    for row in counted.values():
        lines += [f"- {what}" for what in (*row.refused, *row.findings)]
    lines += [
        "",
        "| group | locales | pairs | equal unit counts | same structure | of these equal counts |",
        "|---|---|--:|--:|--:|--:|",
    ]
    lines += [
        f"| {group} | {two} | {p.all} | {p.equal} ({100 * p.equal // p.all} %) | {p.structure}"
        f" | {p.structure_equal} |"
        for (group, two), p in pairs(found, folder).items()
    ]
    lines += ["", "| article | texts of md | only in or not in another format |", "|---|--:|---|"]
    for name, by_suffix in texts(folder).items():
        base = by_suffix["md"]
        apart = [
            f"{suffix}: {sign} “{text[:40]}”"
            for suffix in MULTI[1:]
            for sign, some in (("+", by_suffix[suffix] - base), ("−", base - by_suffix[suffix]))
            for text in some
        ]
        lines.append(f"| {name} | {base.total()} | {'; '.join(apart) or 'none'} |")
    return "\n".join(lines)


if __name__ == "__main__":
    root = Path(__file__).resolve().parents[1]
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else root.parent / "shared" / "data"
    sys.stdout.write(report(folder) + "\n")
