"""Articles with both languages in one file: which text is the translation of which.

Three layouts are one here, a sequence of runs in turn: paragraph and translation one after the
other, two columns of a table (cells come row by row), and an English half and a Chinese half. A
pair of runs is paired text by text where both have equally many, else section by section, between
headings; what is left over is reported and never guessed.

Conservative: an article in one language may quote the other at any length. It counts as bilingual
only if four fifths of the text *of both languages* stand in pairs whose lengths and values can be
those of a translation, and if no other way to pair it is as good.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from bilingo.formats.html_units import OTHER_LANGUAGE
from bilingo.model import Code, Unit
from bilingo.text import scripts, tags, values
from bilingo.text.scripts import Language

_COVERED = 0.8  # of the text of each language
_LEAST_HAN, _LEAST_LETTERS = 15, 40  # in pairs; less may be a signature or a motto
_HEADINGS = ("heading", "setext", "title")
# Chinese characters for an English one, by the length of the English: what 99 in 100 translations
# of web pages and help texts have, a little wider for the press.
_RATIOS = ((10, 0.1, 2.0), (30, 0.12, 1.3), (80, 0.15, 0.95), (10**9, 0.15, 0.75))
# Share of the rarer language, in words, from which a text is in both.
_BOTH = 0.25
_HAN_A_WORD = 1.6
_SHARED = 0.5  # of the Latin words in a Chinese text stand in its original


@dataclass(frozen=True, slots=True)
class Pair:
    """Two texts that say the same; `differ` names values that only one of them has."""

    english: Unit
    chinese: Unit
    differ: str = ""


@dataclass(frozen=True, slots=True)
class Bilingual:
    """What was found in a bilingual article, in its order.

    `left` are the texts of either language that have no partner, and those in both languages.
    """

    pairs: tuple[Pair, ...]
    left: tuple[Unit, ...]


@dataclass(frozen=True, slots=True)
class _Text:
    unit: Unit
    language: Language
    plain: str
    both: bool  # languages are in it
    words: frozenset[str]


def split(pieces: Iterable[str | Unit]) -> Bilingual | None:
    """The pairs of a bilingual article; None for an article in one language.

    Front matter and the texts inside markup (alt texts, titles) are not looked at.
    """
    texts = [text for text in map(_text, pieces) if text]
    ways = []
    # A text in both languages belongs to neither side, or to that of the language it is mostly in.
    for spoken in ([text for text in texts if not text.both], texts):
        runs = [list(run) for _, run in groupby(spoken, lambda text: text.language)]
        ways += [way for way in (_paired(runs), _paired(runs[1:])) if _convinces(way, spoken)]
    if not ways:
        return None
    best = max(ways, key=_agreement)
    if any(_agreement(way) > _agreement(best) - 1 and _conflict(way, best) for way in ways):
        return None  # as well this way as that: nothing says which
    pairs = tuple(Pair(one.unit, other.unit, _differ(one, other)) for one, other in best)
    paired = {id(unit) for pair in pairs for unit in (pair.english, pair.chinese)}
    return Bilingual(pairs, tuple(t.unit for t in texts if id(t.unit) not in paired))


def _conflict(way: Sequence[tuple[_Text, _Text]], other: Sequence[tuple[_Text, _Text]]) -> bool:
    """Whether an English text has another partner in one than in the other."""
    partner = {id(english.unit): id(chinese.unit) for english, chinese in other}
    return any(partner.get(id(e.unit), id(c.unit)) != id(c.unit) for e, c in way)


def side(pieces: Iterable[str | Unit], language: Language) -> tuple[str | Unit, ...]:
    """The same pieces, where only the texts of one language are offered for translation."""
    return tuple(p if isinstance(p, str) else _on_side(p, language) for p in pieces)


def _on_side(unit: Unit, language: Language) -> Unit:
    inner = tuple(replace(one, unit=_on_side(one.unit, language)) for one in unit.inner)
    text = _text(unit)
    if text is None or text.both:
        return replace(unit, inner=inner)
    other = "" if text.language == language else f"the {_NAMES[text.language]} side"
    return replace(unit, skip=other, inner=inner)


_NAMES = {"en": "English", "zh": "Chinese"}


def codes_matched(pair: Pair) -> tuple[str, str]:
    """The two texts with tags numbered alike; without tags where the codes are not the same.

    Codes are the same if their markup is, or else if it is of one sort, as two addresses are.
    """
    english, chinese = pair.english, pair.chinese
    number_of: dict[int, int] = {}
    left = list(english.codes)
    for alike in (_markup, _sort):
        for code in chinese.codes:
            if code.number in number_of:
                continue
            same = next((one for one in left if alike(one) == alike(code)), None)
            if same:
                left.remove(same)
                number_of[code.number] = same.number
    if left or len(number_of) < len(chinese.codes):
        return tags.plain(english.text), tags.plain(chinese.text)
    renumbered = tags.TAG.sub(
        lambda tag: f"<{tag['close']}{number_of.get(int(tag['number']), 0)}{tag['alone']}>",
        chinese.text,
    )
    return english.text, renumbered


def _markup(code: Code) -> object:
    return code.opening, code.closing


def _sort(code: Code) -> object:
    """Links, images and tags by what they are, without their addresses."""
    return code.opening.lstrip()[:2], code.closing is None


def _text(piece: str | Unit) -> _Text | None:
    """A text with its language; None for one that is in neither, or is no text of the article."""
    if isinstance(piece, str) or piece.kind.startswith("meta:") or piece.kind == "lang":
        return None
    marked = piece.skip.startswith(OTHER_LANGUAGE)
    if piece.skip and not marked:
        return None
    plain = tags.plain(piece.text)
    words, characters = len(scripts.latin_words(plain)), scripts.han_count(plain) / _HAN_A_WORD
    both = min(words, characters) >= _BOTH * (words + characters) > 0
    language = scripts.language_of(piece.text)
    latin = frozenset(scripts.latin_words(plain.casefold()))
    return _Text(piece, language, plain, both, latin) if language else None


def _paired(runs: Sequence[Sequence[_Text]]) -> list[tuple[_Text, _Text]]:
    """(English, Chinese) of each first and second run that can be paired, in order."""
    out = []
    for first, second in zip(runs[::2], runs[1::2], strict=False):
        out += [
            (one, other) if one.language == "en" else (other, one)
            for one, other in _beside(first, second)
            if ("cell" in (one.unit.kind, other.unit.kind)) <= (one.unit.kind == other.unit.kind)
        ]
    return out


def _beside(first: Sequence[_Text], second: Sequence[_Text]) -> Iterator[tuple[_Text, _Text]]:
    if len(first) == len(second):
        yield from zip(first, second, strict=True)
        return
    ours, theirs = list(_sections(first)), list(_sections(second))
    if len(ours) == len(theirs):
        for mine, yours in zip(ours, theirs, strict=True):
            if len(mine) == len(yours):
                yield from zip(mine, yours, strict=True)


def _sections(run: Sequence[_Text]) -> Iterator[list[_Text]]:
    section: list[_Text] = []
    for text in run:
        if text.unit.kind in _HEADINGS and section:
            yield section
            section = []
        section.append(text)
    yield section


def _convinces(pairs: Sequence[tuple[_Text, _Text]], texts: Sequence[_Text]) -> bool:
    """Whether these pairs make the article bilingual."""
    likely = [pair for pair in pairs if _can_be(*pair)]
    if len(likely) < 2:
        return False
    for place, language, least in ((0, "en", _LEAST_LETTERS), (1, "zh", _LEAST_HAN)):
        inside = sum(len(pair[place].plain) for pair in likely)
        known = [len(text.plain) for text in texts if text.language == language]
        if inside < max(least, _COVERED * sum(known)) or len(likely) < len(known) / 2:
            return False
    return _agreement(pairs) > len(pairs) / 4


def _can_be(english: _Text, chinese: _Text) -> bool:
    """Whether one may be the translation of the other by its length and its values."""
    length = len(english.plain)
    low, high = next((low, high) for below, low, high in _RATIOS if length < below)
    return low * length <= len(chinese.plain) <= max(4, high * length)


def _agreement(pairs: Sequence[tuple[_Text, _Text]]) -> float:
    """How many pairs agree; values and names that both have count for it, others against it."""
    score = 0.0
    for english, chinese in pairs:
        if not _can_be(english, chinese):
            score -= 1
        elif _differ(english, chinese):
            score -= 2
        else:
            score += 2 if values.find(english.plain) else 1
        if chinese.words:
            shared = len(chinese.words & english.words) / len(chinese.words)
            score += 1 if shared > _SHARED else -1
    return score


def _differ(english: _Text, chinese: _Text) -> str:
    named = []
    for one in values.compare(english.plain, chinese.plain):
        sides = (one.source, english.plain), (one.target, chinese.plain)
        named.append(" / ".join(text[v.start : v.end] for v, text in sides if v))
    return "; ".join(named)
