"""Find the values in a text: one pass from left to right, the first reading that fits."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bilingo.text.values import (
    aside,
    dates,
    labels,
    numerals,
    plain,
    quantities,
    rates,
    ratios,
    units,
)
from bilingo.text.values.lazy import Pattern
from bilingo.text.values.value import Found, Value

_WORDS = "|".join(sorted(numerals.WORDS))
# a week, per day, a hundred, a third: other articles start nothing
_ARTICLED = (
    "(?:an?|per|each|every)[ -](?:second|minute|hour|day|week|month|year|hundred|thousand|million"
    "|billion|trillion|dozen|half|halves|third|quarter|fifth|sixth|eighth|tenth)"
)
# where a value may start
_START = Pattern(
    rf"(?<![A-Za-z0-9])(?=[A-Za-z])(?:{labels.START}"
    rf"|(?ai:{_ARTICLED})|(?ai:thrice|minus|half|noon|midnight|{_WORDS})(?a:\b)|{dates.START})"
    rf"|{units.PREFIXES}|[(+]?[0-9]|[½¼¾⅓⅔]"
    rf"|(?<![0-9A-Za-z)\]\-年月日號号時时分元歲岁天座期{numerals.HAN}])-(?=[0-9])"
    rf"|[{numerals.HAN}半]|{labels.START_HAN}|{dates.START_HAN}|{rates.START_HAN}"
)
# Most of a text is passed over: words that can start no value by their set, the rest by a look at
# one character. `_COLD` holds words that were looked at and start none; it is a memo, no state.
_FIRST = "".join(sorted({name[0] for name in units.STARTS if not ("A" <= name[0] <= "z")}))
_LOOK = Pattern(rf"[-+(0-9½¼¾⅓⅔半冠{numerals.HAN}{dates.FIRST_HAN}{rates.FIRST_HAN}{_FIRST}]")
_WORD = Pattern(r"[A-Za-z]+(?:[0-9$]|-[A-Za-z-]{0,90}[0-9])?")
_ARTICLES = frozenset("a an per each every An Per Each Every A AN PER EACH EVERY".split())
_AFTER_ARTICLE = Pattern(rf"(?<![A-Za-z0-9])(?ai:{_ARTICLED})")
_STARTING = frozenset("thrice minus half noon midnight novel coronavirus".split()) | numerals.WORDS
_CURRENCY_ENDS = frozenset(
    name.split()[0][-2:] for name in units.STARTS if "A" <= name[0] <= "z" and name[-1] != "$"
)
_COLD: set[str] = set()
_MOST_COLD = 1 << 16
# 幾 and 數 before a numeral make it no exact number; 人數五百 does not
_INDEFINITE = Pattern("(?:[幾几]|(?<![人總总次個个倍])[數数])$")
_RUN = Pattern(rf"[0-9]+|[{numerals.HAN}]+|[A-Za-z]+|.", re.DOTALL)
_DATING = frozenset(" 年月日號号時时點点世分半至到或及和、冠新,-–—~&")
_READERS = (rates.read, labels.code, labels.phone, dates.read, ratios.read, quantities.read)


def find(text: str) -> tuple[Value, ...]:
    """The values in `text`, in order; offsets are code points of `text`.

    Placeholders, tags, addresses and literal code are set aside. A range is two values, and so is
    an estimate (五六千), whose two share one place.
    """
    return tuple(_scan(aside.fold(text)))


def _scan(text: str) -> Iterator[Value]:
    words = _places(text)
    position = 0
    while True:
        found = _LOOK.search(text, position)
        start = found.start() if found else len(text)
        while words and words[-1] < position:
            words.pop()
        if words and words[-1] < start:
            start = words.pop()
        elif found is None:
            return
        elif "0" <= found[0] <= "9":
            if value := plain.read(text, start):
                yield value
                position = value.end
                continue
        elif not _START.match(text, start):
            position = start + 1
            continue
        values, end = _read(text, start)
        yield from values
        position = max(end, start + 1)


def _places(text: str) -> list[int]:
    """Where a value starts with a letter, the last first."""
    words = _WORD.findall(text)
    if not words or _COLD.issuperset(words):
        return []
    places: set[int] = set()
    for word in _hot(set(words)):
        at = text.find(word)
        while at >= 0:
            places.update(range(at, at + len(word)))
            at = text.find(word, at + len(word))
    if not _ARTICLES.isdisjoint(words):
        places.update(found.start() for found in _AFTER_ARTICLE.finditer(text))
    return [at for at in sorted(places, reverse=True) if _START.match(text, at)]


def _hot(words: set[str]) -> set[str]:
    """The words in which a value may start: number words, months, currencies, codes."""
    hot: set[str] = set()
    for word in words - _COLD:
        if (
            not word.isalpha()
            or word.lower() in _STARTING
            or word in dates.NAMES
            or word[-2:] in _CURRENCY_ENDS
        ):
            hot.update(part.rstrip("$0123456789") for part in word.split("-"))
        elif len(_COLD) < _MOST_COLD and word not in _ARTICLES:
            _COLD.add(word)
    return hot - {""}


def _read(text: str, start: int) -> Found:
    run = _RUN.match(text, start)
    end = run.end() if run else start + 1
    if not _INDEFINITE.search(text[max(0, start - 2) : start]):
        # 八小時, 12歲: no date, time, fraction, code or telephone number goes on like that
        after = text[end : end + 1]
        alone = (
            after not in _DATING
            and text[start] != "一"
            and (
                text[start] in numerals.HAN
                or "一" <= after <= "鿿"
                and end - start < 7
                and "0" <= text[start] <= "9"
            )
        )
        for reader in _READERS[-1:] if alone else _READERS:
            if found := reader(text, start):
                return found
    # past what could not be read, so that no run is tried again from its middle
    return [], end
