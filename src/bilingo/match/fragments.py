"""Known phrases inside a text: which of them to show."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bilingo.frozen import NamedTuple
from bilingo.model import Locale
from bilingo.text import locales, scripts, tags
from bilingo.text.fold import fold
from bilingo.text.lazy import Pattern

LONGEST = {"zh": 24, "en": 10}  # characters of a Chinese phrase, words of any other
HAN = 3  # the least Chinese characters of a phrase; two are a word, and the glossary has those
WORDS = 2  # the least words
_STOP = " .,:;!?。，：；！？、…"
_WORD = Pattern(r"\w+(?:['’-]\w+)*")
_HAN = Pattern(r"[a-z0-9]+|\w")  # a word of Latin letters, or one character


class Phrase(NamedTuple):
    """A phrase as the query has it, and the folded texts of the memory that say it."""

    text: str
    keys: tuple[str, ...]


def core(folded: str) -> str:
    """A folded text without the marks around it: a heading is found inside a sentence."""
    return folded.strip(_STOP)


def is_phrase(folded: str) -> bool:
    """Whether a text is long enough to be worth showing alone."""
    if folded.isascii():
        return len(_WORD.findall(folded)) >= WORDS
    return scripts.han_count(folded) >= HAN or len(_WORD.findall(folded)) > WORDS


def windows(folded: str, source: Locale) -> Iterator[str]:
    """Whatever inside a folded query may be a text of the memory, with and without a full stop.

    For a memory that answers what it has, and is too large to be walked through.
    """
    chinese = locales.is_chinese(source)
    pattern, least, most = (_HAN, HAN, LONGEST["zh"]) if chinese else (_WORD, WORDS, LONGEST["en"])
    places = [found.span() for found in pattern.finditer(folded)]
    stop = "。" if chinese else "."
    for first in range(len(places)):
        for last in range(first + least - 1, min(first + most, len(places))):
            window = folded[places[first][0] : places[last][1]]
            yield window
            yield window + stop


def longest(query: str, source: Locale, known: Iterable[str]) -> tuple[Phrase, ...]:
    """The longest phrases first come, none overlapping, in the order of the query.

    `known` are folded texts of the memory. English ones are whole words; the query itself is none.
    """
    whole = fold(query)
    by_core: dict[str, list[str]] = {}
    for text in known:
        if core(text) and core(text) != core(whole) and is_phrase(core(text)):
            by_core.setdefault(core(text), []).append(text)
    taken: list[tuple[int, int, str]] = []
    for phrase in sorted(by_core, key=lambda text: (-len(text), text)):
        start = _place(whole, phrase, locales.is_chinese(source))
        end = start + len(phrase)
        if start >= 0 and not any(start < last and first < end for first, last, _ in taken):
            taken.append((start, end, phrase))
    return tuple(
        Phrase(_as_written(query, phrase), tuple(sorted(by_core[phrase])))
        for _, _, phrase in sorted(taken)
    )


def _place(whole: str, phrase: str, chinese: bool) -> int:
    """Where the phrase stands in the query, -1 where it only is a part of words."""
    start = whole.find(phrase)
    while start >= 0 and not chinese and not _at_words(whole, start, start + len(phrase)):
        start = whole.find(phrase, start + 1)
    return start


def _at_words(text: str, start: int, end: int) -> bool:
    return not (start and text[start - 1].isalnum() and text[start].isalnum()) and not (
        end < len(text) and text[end - 1].isalnum() and text[end].isalnum()
    )


def _as_written(query: str, phrase: str) -> str:
    """The phrase with the capitals of the query, where folding moved nothing."""
    plain = " ".join(tags.plain(query).split())
    start = plain.lower().find(phrase)
    return plain[start : start + len(phrase)] if start >= 0 else phrase
