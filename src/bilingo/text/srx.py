"""Sentences: the rules of an SRX 2.0 file, applied to tagged text.

SRX (Segmentation Rules eXchange, GALA/LISA, 2008) is the format OmegaT, Okapi, memoQ and Trados
read. A rule says what stands before and after a place and whether a segment ends there; of all
rules that fit a place the first decides. With `cascade="yes"` the rules of every language map that
fits the locale apply, in the order of the maps; else those of the first. `header` options about
white space and formats are not used: white space after a segment always stays with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache, lru_cache
from itertools import count, pairwise
from pathlib import Path

from bilingo.errors import BilingoError
from bilingo.frozen import dataclass
from bilingo.model import Locale, Segment
from bilingo.text import locales, tags
from bilingo.text.lazy import Pattern

MOST_RULES = 20_000

STOPS = frozenset("\n\r\u2028\u2029.!?…。｡！？")
"""One of these stands in whatever our own rules break after; without one there is one sentence."""

_SPACE = Pattern(r"\s*")
# The first texts of a run are looked at before a rule is compiled for them; of many, some ask each.
_ASKED = count()
_FEW = 50
_SHORT = 2_000  # characters: in a longer one every rule may find its place
_OBJECT = "\ufffc"  # what a tag that is a word of its own looks like to the rules


@dataclass(frozen=True, slots=True)
class Rule:
    """Whether a segment ends between what matches `before` and `after`, which are ICU's patterns.

    They are compiled when a text first asks, for most texts ask few: a text without a full stop in
    its middle asks no abbreviation.
    """

    breaks: bool
    before: str
    after: str


Rules = tuple[Rule, ...]


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
    if rules is None and not _may_end_inside(text.rstrip()):
        return (Segment(text, 0),) if text else ()
    chosen = _chosen(rules or default(), locale)
    cuts = _tagged_boundaries(text, chosen) if "<" in text else _boundaries(text, chosen)
    edges = [0, *cuts, len(text)]
    return tuple(Segment(text[start:end], start) for start, end in pairwise(edges) if start < end)


def _may_end_inside(text: str) -> bool:
    """Whether our own rules have to be asked: not for a full stop inside a name, as in hello.py."""
    stops = STOPS.intersection(text[:-1])
    if stops != {"."}:
        return bool(stops)
    return any(not (part[0].isalnum() or part[0] in "/_-") for part in text.split(".")[1:] if part)


@cache
def default() -> Srx:
    """bilingo's own rules, from `default.srx`: English and Chinese."""
    return _read(Path(__file__).with_name("default.srx").read_bytes())


def _boundaries(text: str, rules: Rules) -> list[int]:
    """Offsets where a segment ends and another begins, after the white space between them."""
    from bilingo.text import edges, icu  # here and below: a text of one sentence needs no rules

    everyday = icu.is_everyday(text)
    look = edges.Look(text) if next(_ASKED) < _FEW and len(text) < _SHORT else None
    first: dict[int, int] = {}  # place → the first break rule that fits there
    for index, rule in enumerate(rules):
        if rule.breaks and (look is None or look.fits(rule.before, rule.after)):
            for found in _break(rule.before, rule.after, everyday).finditer(text):
                first.setdefault(found.end(), index)
    cuts: list[int] = []
    reached = 0
    for place in sorted(first):
        # A place up to `reached` is inside white space that already ends a segment.
        if place <= reached:
            continue
        end = _past_space(text, place)
        if end == len(text):
            break
        earlier = rules[: first[place]]
        if look:
            earlier = tuple(
                rule
                for rule in earlier
                if not rule.breaks and look.fits(rule.before, rule.after, place)
            )
        if not _kept(text, place, earlier, everyday):
            reached = end
            cuts.append(end)
    return cuts


def _past_space(text: str, place: int) -> int:
    found = _SPACE.match(text, place)
    return found.end() if found else place


def _kept(text: str, place: int, rules: Rules, everyday: bool) -> bool:
    """Whether an earlier rule says that no segment ends at `place`."""
    for rule in rules:
        if not rule.breaks and _after(rule.after, everyday).match(text, place):
            before, reach = _before(rule.before, everyday)
            if before.search(text, max(0, place - reach), place):
                return True
    return False


@cache
def _break(before: str, after: str, everyday: bool) -> re.Pattern[str]:
    """Matches up to a place between the two."""
    from bilingo.text import icu

    mine, yours = (icu.translate(pattern, everyday=everyday)[0] for pattern in (before, after))
    return re.compile(f"(?:{mine})(?={yours})")


@cache
def _before(pattern: str, everyday: bool) -> tuple[re.Pattern[str], int]:
    """Matches at the end of a text, and how many characters of it that needs at most."""
    from bilingo.text import icu

    translated, reach = icu.translate(pattern, everyday=everyday)
    return re.compile(rf"(?:{translated})\Z"), reach


@cache
def _after(pattern: str, everyday: bool) -> re.Pattern[str]:
    """Matches at the beginning of a text."""
    from bilingo.text import icu

    return re.compile(icu.translate(pattern, everyday=everyday)[0])


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
    return _read(xml, strict=True)


def _read(xml: bytes, *, strict: bool = False) -> Srx:
    """As `parse`; `strict` looks at every pattern, which our own rules need not, see their test."""
    from xml.parsers import expat

    reader = _Reader(strict)
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

    def __init__(self, strict: bool) -> None:
        from xml.parsers import expat

        self.strict = strict
        self.rules: dict[str, list[Rule]] = {}
        self.maps: list[tuple[int, re.Pattern[str], str]] = []
        self.cascade = False
        self._group: list[Rule] = []
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
                pattern = self._language(attributes.get("languagepattern", ""))
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

    def _language(self, pattern: str) -> re.Pattern[str]:
        from bilingo.text import icu

        with self._faults():
            return re.compile(f"(?i:{icu.translate(pattern)[0]})")

    def _rule(self) -> Rule:
        rule = Rule(self._breaks, self._patterns["beforebreak"], self._patterns["afterbreak"])
        if self.strict:
            with self._faults():
                if rule.breaks:
                    _break(rule.before, rule.after, False)
                else:
                    _before(rule.before, False), _after(rule.after, False)
        return rule

    @contextmanager
    def _faults(self) -> Iterator[None]:
        """A pattern that cannot be used, named with its line."""
        try:
            yield
        except BilingoError as error:
            raise BilingoError(error.what, where=self._line(), hint=error.hint) from None
        except (re.error, OverflowError, RecursionError) as error:
            raise BilingoError(f"not a pattern: {error}", where=self._line()) from None
