"""Sentences: the rules of an SRX 2.0 file, applied to tagged text.

SRX (Segmentation Rules eXchange, GALA/LISA, 2008) is the format OmegaT, Okapi, memoQ and Trados
read. A rule says what stands before and after a place and whether a segment ends there; of all
rules that fit a place the first decides. With `cascade="yes"` the rules of every language map that
fits the locale apply, in the order of the maps; else those of the first. `header` options about
white space and formats are not used: white space after a segment always stays with it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import pairwise
from xml.parsers import expat

from bilingo.errors import BilingoError
from bilingo.model import Locale, Segment
from bilingo.text import icu, locales, tags

MOST_RULES = 20_000

_SPACE = re.compile(r"\s*")
_OBJECT = "\ufffc"  # what a tag that is a word of its own looks like to the rules


@dataclass(frozen=True, slots=True)
class Break:
    """A segment may end where `pattern` ends; it looks ahead to what follows."""

    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Keep:
    """No segment ends between `before`, which needs at most `reach` characters, and `after`."""

    before: re.Pattern[str]
    reach: int
    after: re.Pattern[str]


Rules = tuple[Break | Keep, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Srx:
    """A rule file: rules by name, and the maps (language pattern, name) that choose among them."""

    rules: dict[str, Rules]
    maps: tuple[tuple[re.Pattern[str], str], ...]
    cascade: bool


def split(text: str, locale: Locale, rules: Srx | None = None) -> tuple[str, ...]:
    """The sentences of tagged text. Joined they are the text; white space stays on the left.

    Without `rules` those of bilingo. At a boundary closing tags stay on the left, opening tags go
    to the right. An empty text has no sentences.

    >>> split("He came. She left.", "en")
    ('He came. ', 'She left.')
    """
    return tuple(segment.text for segment in segments(text, locale, rules))


def segments(text: str, locale: Locale, rules: Srx | None = None) -> tuple[Segment, ...]:
    """The sentences of tagged text with their offsets into it, without context; see `split`."""
    chosen = _chosen(rules or default(), locale)
    cuts = _tagged_boundaries(text, chosen) if "<" in text else _boundaries(text, chosen)
    edges = [0, *cuts, len(text)]
    return tuple(Segment(text[start:end], start) for start, end in pairwise(edges) if start < end)


@cache
def default() -> Srx:
    """bilingo's own rules, from `default.srx`: English and Chinese."""
    return parse(files("bilingo.text").joinpath("default.srx").read_bytes())


def _boundaries(text: str, rules: Rules) -> list[int]:
    """Offsets where a segment ends and another begins, after the white space between them."""
    first: dict[int, int] = {}  # place → the first break rule that fits there
    for index, rule in enumerate(rules):
        if isinstance(rule, Break):
            for found in rule.pattern.finditer(text):
                first.setdefault(found.end(), index)
    cuts: list[int] = []
    reached = 0
    for place in sorted(first):
        # A place up to `reached` is inside white space that already ends a segment.
        if place > reached and not _kept(text, place, rules[: first[place]]):
            reached = _past_space(text, place)
            cuts.append(reached)
    return [cut for cut in cuts if cut < len(text)]


def _past_space(text: str, place: int) -> int:
    found = _SPACE.match(text, place)
    return found.end() if found else place


def _kept(text: str, place: int, rules: Rules) -> bool:
    """Whether an earlier rule says that no segment ends at `place`."""
    return any(
        rule.after.match(text, place)
        and rule.before.search(text, max(0, place - rule.reach), place)
        for rule in rules
        if isinstance(rule, Keep)
    )


def _tagged_boundaries(text: str, rules: Rules) -> list[int]:
    """The boundaries of the text without its tags, put back among the tags.

    A standalone tag after white space is a word to the rules, one that touches what precedes it (a
    footnote mark after a full stop) belongs to that and is not seen.
    """
    plain: list[str] = []
    after = [0]  # offset into the plain text → offset into the tagged text
    position = 0
    opened = False  # an opening tag stands between the last character and here
    for found in tags.TAG.finditer(text):
        if found.start() > position:
            plain.append(text[position : found.start()])
            after.extend(range(position + 1, found.start() + 1))
            opened = False
        position = found.end()
        if found["alone"] and (not plain or plain[-1][-1].isspace()):
            plain.append(_OBJECT)
            after.append(position)
            opened = False
        elif not found["close"] and not found["alone"]:
            opened = True
        elif not opened:
            after[-1] = position
    plain.append(text[position:])
    after.extend(range(position + 1, len(text) + 1))
    return [after[cut] for cut in _boundaries("".join(plain), rules)]


@lru_cache(maxsize=64)
def _chosen(rules: Srx, locale: Locale) -> Rules:
    """The rules for a locale, in the order they decide; maps see `zh-Hant-HK` and `zh-HK`."""
    spellings = (locale, locales.alias(locale, "tmx"))
    fitting = [
        rules.rules[name]
        for pattern, name in rules.maps
        if any(pattern.fullmatch(spelling) for spelling in spellings)
    ]
    return tuple(rule for group in fitting[: None if rules.cascade else 1] for rule in group)


def parse(xml: bytes) -> Srx:
    """The rules of an SRX file.

    Raises BilingoError (`where` is the line) for what is no SRX file, for a document type
    declaration, for more than `MOST_RULES` rules, and for patterns that `icu.translate` refuses.
    """
    reader = _Reader()
    try:
        reader.parser.Parse(xml, True)
    except expat.ExpatError as error:
        what = f"not well-formed XML: {expat.ErrorString(error.code)}"
        raise BilingoError(what, where=str(error.lineno)) from None
    if not reader.maps:
        raise BilingoError("no SRX file: it has no language map", hint="expected <srx version=…>")
    for line, _, name in reader.maps:
        if name not in reader.rules:
            known = ", ".join(sorted(reader.rules))
            raise BilingoError(f"no rules named “{name}”", where=str(line), hint=f"known: {known}")
    return Srx(
        rules={name: tuple(rules) for name, rules in reader.rules.items()},
        maps=tuple((pattern, name) for _, pattern, name in reader.maps),
        cascade=reader.cascade,
    )


class _Reader:
    """The handlers of one pass over an SRX file; elements that are not SRX's are passed over."""

    def __init__(self) -> None:
        self.rules: dict[str, list[Break | Keep]] = {}
        self.maps: list[tuple[int, re.Pattern[str], str]] = []
        self.cascade = False
        self._group: list[Break | Keep] = []
        self._breaks = True
        self._patterns = {"beforebreak": "", "afterbreak": ""}
        self._inside = ""
        self._count = 0
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.parser.StartElementHandler = self._start
        self.parser.CharacterDataHandler = self._text
        self.parser.EndElementHandler = self._end

    def _doctype(self, *_: object) -> None:
        raise BilingoError("a document type declaration is not read", where=self._line())

    def _line(self) -> str:
        return str(self.parser.CurrentLineNumber)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        match name.rpartition(" ")[2]:
            case "header":
                self.cascade = attributes.get("cascade") == "yes"
            case "languagerule":
                name = attributes.get("languagerulename", "")
                self._group = self.rules.setdefault(name, [])
            case "languagemap":
                text, _ = self._translate(attributes.get("languagepattern", ""))
                pattern = self._compile(f"(?i:{text})")
                name = attributes.get("languagerulename", "")
                self.maps.append((self.parser.CurrentLineNumber, pattern, name))
            case "rule":
                self._breaks = attributes.get("break", "yes") != "no"
                self._patterns = {"beforebreak": "", "afterbreak": ""}
            case "beforebreak" | "afterbreak" as inside:
                self._inside = inside

    def _text(self, text: str) -> None:
        if self._inside:
            self._patterns[self._inside] += text

    def _end(self, name: str) -> None:
        match name.rpartition(" ")[2]:
            case "beforebreak" | "afterbreak":
                self._inside = ""
            case "rule":
                self._count += 1
                if self._count > MOST_RULES:
                    raise BilingoError(f"more than {MOST_RULES} rules", where=self._line())
                self._group.append(self._rule())

    def _rule(self) -> Break | Keep:
        before, reach = self._translate(self._patterns["beforebreak"])
        after, _ = self._translate(self._patterns["afterbreak"])
        if self._breaks:
            return Break(self._compile(f"(?:{before})(?={after})"))
        return Keep(self._compile(rf"(?:{before})\Z"), reach, self._compile(after))

    def _translate(self, pattern: str) -> tuple[str, int]:
        try:
            return icu.translate(pattern)
        except BilingoError as error:
            raise BilingoError(error.what, where=self._line(), hint=error.hint) from None

    def _compile(self, pattern: str) -> re.Pattern[str]:
        try:
            return re.compile(pattern)
        except (re.error, OverflowError, RecursionError) as error:
            raise BilingoError(f"not a pattern: {error}", where=self._line()) from None
