"""What travels through the house: frozen values, no behaviour that needs a file or another room.

Text everywhere in the model is *tagged text*: plain characters, with inline codes as `<1>…</1>` or
`<2/>`. Lengths and offsets are Unicode code points. Lines and columns count from 1. Locales are
canonical BCP 47 tags (`en`, `zh-Hant-HK`), see `bilingo.text.locales`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

from bilingo.frozen import NamedTuple, dataclass, field

Locale = str
SegType = Literal["block", "paragraph", "sentence", "phrase"]
Status = Literal["approved", "published", "aligned", "machine", "superseded"]
MatchKind = Literal["context", "exact", "fuzzy"]
Level = Literal["error", "warning", "info"]
TermStatus = Literal["preferred", "admitted", "forbidden", "introduced", "keep"]

LEVELS: tuple[Level, ...] = ("error", "warning", "info")


@dataclass(frozen=True, slots=True)
class Code:
    """An inline code: `<number>…</number>`, or `<number/>` when `closing` is None.

    Tags count from 1. Number 0 is what a format keeps around all of the text, without a tag.
    """

    number: int
    opening: str
    closing: str | None = None


@dataclass(frozen=True, slots=True)
class Context:
    """Where a text stands. Equal contexts turn an exact match into a context match.

    `prev` and `next` are the plain texts of the neighbours of the same kind (unit or segment).
    """

    path: str = ""
    kind: str = ""
    prev: str = ""
    next: str = ""


@dataclass(frozen=True, slots=True)
class Inner:
    """A unit inside the markup of another: the alt text of an image, the title of a link.

    `unit.raw` stands in the outer unit twice: at `raw_start` of its `raw`, and at `start` of
    `opening + closing` of its code number `code`. So either is edited without reading it again.
    """

    unit: Unit
    code: int
    start: int
    raw_start: int


@dataclass(frozen=True, slots=True)
class Unit:
    """A block of translatable text as a reader found it; one catalog entry.

    `raw` is the slice of the source that the unit replaces; `text` is the same as tagged text.
    `skip` is empty, or says why the unit is not offered for translation. `msgctxt` and `note` come
    from hints in the article. `id` is stable while the text is, wherever the unit moves. Strings
    of templates may have a `plural`, and `flags` that say how a program reads them.
    """

    id: str
    kind: str
    text: str
    raw: str
    codes: tuple[Code, ...] = ()
    line: int = 1
    column: int = 1
    context: Context = Context()
    skip: str = ""
    msgctxt: str | None = None
    note: str = ""
    inner: tuple[Inner, ...] = ()
    plural: str | None = None
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Segment:
    """A sentence inside a unit, with its trailing white space.

    `"".join` of a unit's segment texts is the unit's text; `start` is the offset into it.
    """

    text: str
    start: int
    context: Context = Context()


@dataclass(frozen=True, slots=True)
class Article:
    """A document in one locale: pieces that joined (`raw` of each unit) give the text again."""

    path: str
    locale: Locale
    pieces: tuple[str | Unit, ...]

    @property
    def units(self) -> tuple[Unit, ...]:
        """The units offered for translation, in document order; inner ones follow their outer."""
        return tuple(unit for unit in self.all_units if not unit.skip)

    @property
    def skipped(self) -> tuple[Unit, ...]:
        """The units not offered for translation; each says why."""
        return tuple(unit for unit in self.all_units if unit.skip)

    @property
    def all_units(self) -> Iterator[Unit]:
        """Every unit in document order, offered for translation or not."""
        for piece in self.pieces:
            if isinstance(piece, Unit):
                yield piece
                yield from (inner.unit for inner in piece.inner)


@dataclass(frozen=True, slots=True)
class TUV:
    """A translation unit variant: one text in one locale."""

    locale: Locale
    text: str


@dataclass(frozen=True, slots=True)
class TU:
    """A translation unit: the same thing said in several locales. It has no direction.

    `origin` names where it comes from (an article, a memory file's tool), `path` and `line` the
    memory file it was read from; `date` is `YYYYMMDDThhmmssZ` or empty; `penalty` the points its
    folder takes off (`memory/penalty-10/`).
    """

    tuvs: tuple[TUV, ...]
    tuid: str = ""
    segtype: SegType = "sentence"
    context: Context = Context()
    origin: str = ""
    status: Status = "approved"
    author: str = ""
    date: str = ""
    note: str = ""
    props: Mapping[str, str] = field(default_factory=dict)
    path: str = ""
    line: int = 0
    penalty: int = 0


@dataclass(frozen=True, slots=True)
class Term:
    """A glossary row: a concept named by its first text, and wordings of it in other locales.

    `status` speaks of the wordings. `introduced` is preferred, and followed by the name in brackets
    where an article has it first: 乙型肝炎（hepatitis B）. `keep` is a name that stays as it is in
    every locale; it and `forbidden` may have one text alone.
    """

    texts: tuple[TUV, ...]
    status: TermStatus = "preferred"
    note: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """What the memory proposes for a query: a TU, and how far its `source` is from the query.

    `distance` and `length` are those of `Match`; nothing has been weighed yet.
    """

    tu: TU
    source: TUV
    distance: int
    length: int


@dataclass(frozen=True, slots=True)
class Penalty:
    """Points taken off a similarity, and why."""

    points: int
    reason: str


class Replaced(NamedTuple):
    """A value of a translation that was rewritten: `text[start:end]` of the new text is `new`."""

    start: int
    end: int
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Adaptation:
    """A match's target with the values of the query; all but the pieces is as it was."""

    text: str
    pieces: tuple[Replaced, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """A candidate that was weighed; the score shows its arithmetic.

    `similarity` is floor(100 · (length − distance) / length): `distance` the Levenshtein distance
    of the folded plain texts in code points, `length` the longer of the two. `bonus` is 1 for each
    side of the context that agrees with an exact match. `insertable` is False for text that is
    shown as a reference only, such as Simplified text in a Traditional page. `adapted` is the
    target with the query's values, where it is certain that nothing else differs. `converted` is a
    reference in the script that is wanted, a machine's draft, to be read and never inserted.
    """

    tu: TU
    source: TUV
    target: TUV
    kind: MatchKind
    distance: int
    length: int
    similarity: int
    bonus: int = 0
    penalties: tuple[Penalty, ...] = ()
    insertable: bool = True
    adapted: Adaptation | None = None
    converted: str = ""

    @property
    def text(self) -> str:
        """The translation, with the query's values where they were carried over."""
        return self.adapted.text if self.adapted else self.target.text

    @property
    def score(self) -> int:
        """similarity + bonus − the penalties, never below 0."""
        return max(0, self.similarity + self.bonus - sum(p.points for p in self.penalties))


@dataclass(frozen=True, slots=True)
class Entry:
    """A catalog entry and its place.

    `msgstr` holds one string, or one for each plural form. `flags` are in file order. `comments`
    are the translator's (`#`), `extracted` the program's (`#.`). `previous` is the previous msgid
    (`#|`), with `previous_ctxt` and `previous_plural`. `apart` are those of the flags that stand
    in a `#=` line.
    """

    msgid: str
    msgstr: tuple[str, ...] = ("",)
    msgctxt: str | None = None
    msgid_plural: str | None = None
    flags: tuple[str, ...] = ()
    comments: tuple[str, ...] = ()
    extracted: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    previous: str | None = None
    previous_ctxt: str | None = None
    previous_plural: str | None = None
    apart: tuple[str, ...] = ()
    obsolete: bool = False
    path: str = ""
    line: int = 0

    @property
    def key(self) -> tuple[str | None, str]:
        """What gettext looks an entry up by: (msgctxt, msgid)."""
        return self.msgctxt, self.msgid

    @property
    def is_header(self) -> bool:
        """The entry with the empty msgid and no context."""
        return not self.msgid and self.msgctxt is None

    @property
    def fuzzy(self) -> bool:
        """Waits for review: not published."""
        return "fuzzy" in self.flags

    @property
    def translated(self) -> bool:
        """Every form has text and nobody asked for review."""
        return all(self.msgstr) and not self.fuzzy


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing a check found, and where.

    `path`, `line` and `column` are its place in the catalog: of the character at `start` of
    `msgstr[form]` where it is about one, else of the msgid. `start` and `end` are offsets into that
    form; equal ones mean the whole. `article`, `article_line` and `article_column` are where the
    source stands, "" and 0 where that is not known. `fix` is the mended msgstr where the mend is
    certain.
    """

    code: str
    level: Level
    message: str
    path: str
    line: int
    column: int = 1
    msgid: str = ""
    msgctxt: str | None = None
    excerpt: str = ""
    fix: str | None = None
    form: int = 0
    start: int = 0
    end: int = 0
    article: str = ""
    article_line: int = 0
    article_column: int = 0


@dataclass(frozen=True, slots=True)
class Report:
    """What was found, and over how much was looked."""

    findings: tuple[Finding, ...]
    counts: Mapping[str, int]

    @property
    def failed(self) -> bool:
        """An error was found."""
        return any(f.level == "error" for f in self.findings)
