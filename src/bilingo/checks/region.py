"""Words of another region: Traditional text that is Taiwan's or the Mainland's, not Hong Kong's."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from bilingo.checks import Found, Setting
from bilingo.checks.texts import texts_of
from bilingo.model import Entry, Locale
from bilingo.text import terms
from bilingo.text.prose import prose, without

_TITLE = re.compile(r"《[^《》]{1,200}》")


@dataclass(frozen=True, slots=True)
class _Word:
    prefer: str
    when: terms.Terms | None
    exceptions: tuple[str, ...]


def regional_words(entries: Sequence[Entry], setting: Setting) -> Iterator[Found]:
    """Words are those of the target's region: 軟件 in Hong Kong, 軟體 in Taiwan.

    By the list `checks/region.csv`; some rows want a word in the source (質量 is wrong for
    “quality”, right for mass). Titles in 《》 are passed over. A charity's own norm stands in its
    glossary, as forbidden words.

        software  →  軟件    passes
        software  →  軟體    fails
        software  →  軟體    passes (zh-Hant-TW)
        software  →  軟件    fails (zh-Hant-TW)
        service quality  →  服務質量    fails
        mass  →  質量    passes
        the book  →  《網路人生》    passes
        軟件  →  software    passes
        软件  →  軟體    fails
    """
    words, index, pattern = _words(setting.target)
    if not words:
        return
    texts = texts_of(entries)
    for entry, number, source, form in texts.among(texts.targets.like(pattern)):
        read = prose(form)
        text = without(_TITLE, read.text)
        for start, end, avoid in terms.find(text, index):
            if not _meant(words[avoid], source, text, start):
                continue
            prefer = " or ".join(dict.fromkeys(w.prefer for w in words[avoid] if _asked(w, source)))
            said = f"{avoid}: {prefer} in {setting.target}"
            yield Found(entry, said, number, *read.span(start, end))
            break


def _meant(words: Sequence[_Word], source: str, text: str, start: int) -> bool:
    return any(_asked(word, source) and not _excused(word, text, start) for word in words)


def _asked(word: _Word, source: str) -> bool:
    return word.when is None or bool(terms.find(source, word.when))


def _excused(word: _Word, text: str, start: int) -> bool:
    """Whether the word is only a part of one that is right."""
    return any(
        at <= start < at + len(longer)
        for longer in word.exceptions
        for at in (text.find(longer, max(0, start - len(longer)), start + len(longer)),)
        if at >= 0
    )


@cache
def _words(locale: Locale) -> tuple[dict[str, list[_Word]], terms.Terms, re.Pattern[str]]:
    words: dict[str, list[_Word]] = {}
    text = files("bilingo.checks").joinpath("region.csv").read_text(encoding="utf-8")
    for row in csv.DictReader(text.splitlines()):
        if row["locale"] == locale:
            when = terms.terms([row["when"]]) if row["when"] else None
            words.setdefault(row["avoid"], []).append(
                _Word(row["prefer"], when, tuple(row["except"].split()))
            )
    return words, terms.terms(words), re.compile("|".join(map(re.escape, words)) or "(?!)")
