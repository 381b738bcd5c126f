"""English words by their stems, for searching: what one finds, not what a dictionary says.

A plain and documented rule beats a clever one that nobody can foresee: first one ending that makes
a word out of a verb is taken off (`vaccinate`, `vaccinated`, `vaccination` → vaccin), where five
letters are left; else one inflection (`tests`, `testing`, `tested` → test; `planned` → plan), where
three are left; then what other forms of a word lack: a silent e (`vaccine` → vaccin), a y
(`family`, `families` → famil), the r of a long -ster or -str (`register`, `registration` → regist).
So a stem of three letters or more begins every word that has it, and can be looked for as text.
Letters with apostrophes between them are one word.
"""

from __future__ import annotations

import re
from functools import lru_cache

_LETTER = r"A-Za-z\u00c0-\u024f"
WORD = re.compile(f"[{_LETTER}]+(?:['’][{_LETTER}]+)*")
LATIN = re.compile(f"{WORD.pattern}|[0-9%$]+")  # and figures
IN_A_ROW = re.compile(f"{LATIN.pattern}|[^\\W\\x00-\\x7f{_LETTER}]+")  # and words in other letters
_DERIVED = "ations ation ating ators ator ated ates ate ions ion ive ives".split()
_INFLECTED = ("ies", "ied", "ing", "ed", "es", "s")
_LEAST_DERIVED, _LEAST = 5, 3
_DOUBLED = "bdgmnprt"


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """What is left of a word without its ending, in lower case.

    >>> [stem(word) for word in ("vaccinate", "Vaccinations", "vaccines", "donation", "donated")]
    ['vaccin', 'vaccin', 'vaccin', 'donat', 'donat']
    """
    word = re.sub(r"['’]s?$", "", word.lower())
    for ending in _DERIVED:
        if word.endswith(ending) and len(word) - len(ending) >= _LEAST_DERIVED:
            return _beginning(word[: -len(ending)])
    return _beginning(_silent(_uninflected(word)))


def root(stem: str) -> str:
    """What every word of this stem begins with: `study`, `studies` → stud."""
    return stem[:-1] if stem.endswith("y") and len(stem) > 1 else stem


def beginning(stem: str) -> re.Pattern[str]:
    """Finds the words that may have this stem, in lower case; far sooner than `WORD` finds all."""
    before = f"(?<![{_LETTER}])(?<![{_LETTER}]['’])"
    return re.compile(f"{before}{re.escape(root(stem))}[{_LETTER}]*(?:['’][{_LETTER}]+)*")


def _uninflected(word: str) -> str:
    for ending in _INFLECTED:
        left = word[: -len(ending)]
        if ending in ("ies", "ied"):
            left += "y"
        if not word.endswith(ending) or len(left) < _LEAST or word.endswith("ss"):
            continue
        verb = ending in ("ing", "ed")
        if verb and not re.search("[aeiouy]", left):
            continue  # a bring is no br
        if verb and left[-1] == left[-2] and left[-1] in _DOUBLED and len(left) > _LEAST:
            return left[:-1]
        if ending == "es" and not re.search("(?:[sxz]|[cs]h)$", left):
            return word[:-1]
        return left
    return word


def _silent(word: str) -> str:
    return word[:-1] if word.endswith("e") and len(word) > _LEAST else word


def _beginning(word: str) -> str:
    """Without what a noun, a plural or a past form changes at the end."""
    word = re.sub("(?<=...st)e?r$", "", word)
    return re.sub("(?<=..[^aeiou])y$", "", word)
