"""Terms in running text: Chinese without word boundaries, English with its inflections."""

from __future__ import annotations

from collections.abc import Iterable

from bilingo.frozen import dataclass, field
from bilingo.text import scripts
from bilingo.text.lazy import Pattern

_WORD = Pattern(r"[^\W_]+(?:['’][^\W_]{1,3})?")
# Plurals of nouns that a charity's glossary has; a false one does no harm, for nobody writes it.
_PLURALS = {
    "child": "children",
    "person": "people",
    "foot": "feet",
    "tooth": "teeth",
    "criterion": "criteria",
    "bacterium": "bacteria",
}
_PLURAL_ENDINGS = {"man": "men", "sis": "ses", "ife": "ives", "lf": "lves", "eaf": "eaves"}
_DOUBLED = Pattern(r"[^aeiou][aeiou][bdgklmnprt]$")


@dataclass(frozen=True, slots=True)
class Terms:
    """Terms of one language, made to be found. Make one with `terms`."""

    han: dict[str, list[str]] = field(default_factory=dict)  # by first character, longest first
    words: dict[str, list[tuple[str, tuple[frozenset[str], ...]]]] = field(default_factory=dict)


def terms(wanted: Iterable[str]) -> Terms:
    """The terms, ready for `find`."""
    index = Terms()
    for term in sorted(set(filter(None, wanted)), key=lambda term: (-len(term), term)):
        if scripts.han_count(term):
            for first in {term[0], term[0].casefold(), term[0].upper()}:
                index.han.setdefault(first, []).append(term)
            continue
        parts = tuple(forms(word) for word in _words(term))
        for first in parts[0] if parts else ():
            index.words.setdefault(first, []).append((term, parts))
    return index


def find(text: str, index: Terms) -> list[tuple[int, int, str]]:
    """The terms in the text, as (start, end, term) in order; the longest wins, none overlap.

    A Chinese term is found inside a run of Han; an English one is whole words, in any case and
    inflection (`vaccines`, `vaccinated`, but `carrier` is not in `carry`); a term in capitals
    (`MOU`) only in capitals.

    >>> find("Carriers carry it.", terms(["carrier"]))
    [(0, 8, 'carrier')]
    """
    hits = _han_hits(text, index) if index.han else []
    if index.words:
        hits += _word_hits(text, index)
    kept: list[tuple[int, int, str]] = []
    for hit in sorted(hits, key=lambda hit: (hit[0], -hit[1], hit[2])):
        if not kept or hit[0] >= kept[-1][1]:
            kept.append(hit)
    return kept


def _han_hits(text: str, index: Terms) -> list[tuple[int, int, str]]:
    hits = []
    for character in set(text).intersection(index.han):
        start = text.find(character)
        while start >= 0:
            for term in index.han[character]:
                if text[start : start + len(term)].casefold() == term.casefold():
                    hits.append((start, start + len(term), term))
                    break
            start = text.find(character, start + 1)
    return hits


def _word_hits(text: str, index: Terms) -> list[tuple[int, int, str]]:
    found = list(_WORD.finditer(text))
    words = [_folded(match.group()) for match in found]
    hits = []
    for at, word in enumerate(words):
        for term, parts in index.words.get(word, ()):
            if all(w in forms for w, forms in zip(words[at:], parts, strict=False)) and (
                at + len(parts) <= len(words)
            ):
                start, end = found[at].start(), found[at + len(parts) - 1].end()
                if not term.isupper() or text[start:end].startswith(term):
                    hits.append((start, end, term))
                    break
    return hits


def forms(word: str) -> frozenset[str]:
    """A folded English word and its inflections, for recognition, not for writing.

    Of irregular ones some plurals (`children`, `women`, `diagnoses`); no verbs (`ran`, `gave`).
    """
    if not word.isascii() or not word.isalpha():
        return frozenset({word, f"{word}s", f"{word}'s"})
    stems = {word}
    endings = ["s", "es", "'s", "s'", "ed", "ing"]
    made = {word + ending for ending in endings}
    if word.endswith("y"):
        made |= {word[:-1] + "ies", word[:-1] + "ied"}
    if word.endswith("e"):
        made |= {word + "d", word[:-1] + "ing"}
    ends = (one for one in _PLURAL_ENDINGS if word.endswith(one))
    plurals = [_PLURALS.get(word, ""), *(word.removesuffix(e) + _PLURAL_ENDINGS[e] for e in ends)]
    made |= {plural + ending for plural in filter(None, plurals) for ending in ("", "'s")}
    if _DOUBLED.search(word):
        made |= {word + word[-1] + "ed", word + word[-1] + "ing"}
    return frozenset(stems | made)


def _words(text: str) -> list[str]:
    return [_folded(match.group()) for match in _WORD.finditer(text)]


def _folded(word: str) -> str:
    return word.casefold().replace("’", "'")
