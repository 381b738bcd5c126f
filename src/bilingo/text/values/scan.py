"""Find the values in a text: one pass from left to right, the first reading that fits."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from bilingo.text import aside
from bilingo.text.lazy import Pattern
from bilingo.text.values import (
    dates,
    labels,
    numerals,
    plain,
    quantities,
    rates,
    ratios,
    units,
)
from bilingo.text.values.value import Found, Value

_STARTING = numerals.WORDS | {"thrice", "minus", "half", "quarter", "noon", "midnight"}
Readers = tuple[Callable[[str, int], Found | None], ...]
# a week, per day, a hundred, a third: other articles start nothing
_COUNTED = tuple(
    """second minute hour day week month year hundred thousand million billion trillion dozen half
halves third quarter fifth sixth eighth tenth""".split()
)
_ARTICLED = f"(?:an?|per|each|every)[ -](?:{'|'.join(_COUNTED)})"
# Where a value may start: at a letter, at another character of ASCII, at one that is none. Letters
# are looked at word by word, for all in one pattern takes longer to compile than a look-up.
_RUN_OF_LETTERS = Pattern("(?<![A-Za-z0-9])[A-Za-z][A-Za-z0-9_]*")
_LABEL = Pattern(labels.START)
_LABEL_FIRST = frozenset("nNcC")  # novel, coronavirus; all other labels have a digit
_ROMAN = Pattern(labels.START_ROMAN, needs="IVX")
_LATIN = tuple(name for name in units.STARTS if "A" <= name[0] <= "z")
_LATIN_FIRST = frozenset(name[0] for name in _LATIN)
_MONEY = frozenset("$£€¥")
_START_MARK = Pattern(
    rf"[(+]?[0-9]|{dates.START_MARK}"
    rf"|(?<![0-9A-Za-z)\]\-年月日號号時时分元歲岁天座期{numerals.HAN}])-(?=[0-9])"
)
_START_HAN = Pattern(f"{labels.START_HAN}|{dates.START_HAN}|{rates.START_HAN}|{ratios.START_HAN}")
_SURE = frozenset(f"½¼¾⅓⅔{numerals.HAN}半") | _MONEY  # with no look at what stands around
# Most of a text is passed over: words that can start no value by their set, the rest by a look at
# one character. `_COLD` holds words that were looked at and start none; it is a memo, no state.
_NAMED: dict[str, set[str]] = {}
for _name in units.STARTS:
    if not "A" <= _name[0] <= "z":
        _NAMED.setdefault(_name[0], set()).add(_name[1:2])
# a first character, and what must come behind it; `_starts` has the last word
_BEHIND = [
    (f"[0-9½¼¾⅓⅔半{numerals.HAN}]", ""),
    ("[-+]", "[0-9]"),
    ("[(]", "[0-9一二三四五六日]"),
    ("[星禮礼]", "[期拜]"),
    ("[週周]", "[一二三四五六日]"),
    ("[正午子]", "[夜午]"),
    ("[凌清早上今明朝中正下午傍晚當当夜深黃黄子晨]", dates.HALF_DAY),
    ("冠", "[狀状]"),
    (f"[{rates.FIRST_HAN}]", ""),
    *(
        (re.escape(first), "" if "" in rest else f"[{''.join(sorted(rest))}]")
        for first, rest in sorted(_NAMED.items())
    ),
]
_LOOK = Pattern(
    rf"[-+(0-9½¼¾⅓⅔半冠{numerals.HAN}{dates.FIRST_HAN}{rates.FIRST_HAN}{''.join(sorted(_NAMED))}]"
    rf"(?:{'|'.join(f'(?<={first})(?={behind})' for first, behind in _BEHIND)})"
)
# the same for a text of ASCII, and for one of figures and numerals without the other characters
_LOOK_ASCII = Pattern(r"[-+(0-9$](?:(?<=[0-9$])|(?<=[-+(])(?=[0-9]))")
_LOOK_PLAIN = Pattern(
    rf"[-+(0-9$½¼¾⅓⅔半{numerals.HAN}]"
    rf"(?:(?<=[0-9$½¼¾⅓⅔半{numerals.HAN}])|(?<=[-+])(?=[0-9])|(?<=\()(?=[0-9一二三四五六日]))"
)
_FIRST_HAN = frozenset(f"冠{dates.FIRST_HAN}{rates.FIRST_HAN}")
_UNPLAIN = _FIRST_HAN | _NAMED.keys() - {"$"}
_WORD = Pattern(r"[A-Za-z]+(?:[0-9$]|-[A-Za-z-]{0,90}[0-9])?")
_ARTICLES = frozenset("a an per each every An Per Each Every A AN PER EACH EVERY".split())
_AFTER_ARTICLE = Pattern(rf"(?<![A-Za-z0-9])(?ai:{_ARTICLED})")
_DIGITS = frozenset("0123456789")
_HOT = _STARTING | {"novel", "coronavirus"}
_CURRENCY_WORDS = tuple({name.split()[0] for name in _LATIN if name[-1] != "$"})
_COLD: set[str] = set()
_MOST_COLD = 1 << 16
# 幾 and 數 before a numeral make it no exact number; 人數五百 does not
_INDEFINITE = Pattern("(?:[幾几]|(?<![人總总次個个倍])[數数])$", needs="幾几數数")
_RUN = Pattern(rf"[0-9]+|[{numerals.HAN}]+|[A-Za-z]+|.", re.DOTALL)
_DATING = frozenset(" 年月日號号時时點点世分半至到或及和、冠新,-–—~&")
_READERS = (
    rates.read,
    labels.code,
    labels.phone,
    labels.roman,
    dates.read,
    labels.version,
    ratios.read,
    quantities.read,
)
_OF_WORDS = (rates.read, ratios.read, quantities.read)
_OF_HAN = (rates.read, dates.read, ratios.read, quantities.read)
# one of these stands so near behind the Han numeral that a date or a time begins with
_DATES_HAN = frozenset("世年月時时點点")
_NEAR = 16


def find(text: str) -> tuple[Value, ...]:
    """The values in `text`, in order; offsets are code points of `text`.

    Placeholders, tags, addresses and literal code are set aside. A range is two values, and so is
    an estimate (五六千), whose two share one place.
    """
    return tuple(_scan(aside.fold(text)))


def _scan(text: str) -> Iterator[Value]:
    words = places(text)
    look = _LOOK_ASCII if text.isascii() else _LOOK_PLAIN if _UNPLAIN.isdisjoint(text) else _LOOK
    found = look.search(text)
    position = 0
    while True:
        while words and words[-1] < position:
            words.pop()
        if found and found.start() < position:  # only then: a text of number words has none
            found = look.search(text, position)
        if words and (not found or words[-1] < found.start()):
            start = words.pop()
        elif found:
            start = found.start()
        else:
            return
        values, position = read(text, start)
        yield from values


def read(text: str, start: int) -> Found:
    """The values that start at `start`, if any, and where to look on, which is behind it."""
    if "0" <= text[start] <= "9":
        if value := plain.read(text, start):
            return [value], value.end
    elif not _starts(text, start):
        return [], start + 1
    values, end = _read(text, start)
    return values, max(end, start + 1)


def _starts(text: str, start: int) -> bool:
    here = text[start]
    if here in _SURE:
        return True
    if here.isalpha() and here.isascii():
        return _starts_word(text, start)
    if here.isascii():
        return _START_MARK.match(text, start) is not None
    if here in _NAMED and units.starting(here).match(text, start):
        return True
    return here in _FIRST_HAN and _START_HAN.match(text, start) is not None


def _starts_word(text: str, start: int) -> bool:
    """Whether a value may start at `start`, which is a letter of ASCII."""
    here = text[start]
    if found := _RUN_OF_LETTERS.match(text, start):
        run = found[0]
        if run.lower() in _STARTING or run in dates.NAMES:
            return True
        labelled = here in _LABEL_FIRST or not _DIGITS.isdisjoint(text)
        if labelled and _LABEL.match(text, start):
            return True
        if here in "aApPeE" and _AFTER_ARTICLE.match(text, start) or _ROMAN.match(text, start):
            return True
    return here in _LATIN_FIRST and units.starting(here).match(text, start) is not None


def places(text: str) -> list[int]:
    """Where a value starts with a letter, the last first."""
    words = _WORD.findall(text)
    if not words or _COLD.issuperset(words):
        return []
    warm = set(words) - _COLD
    places: set[int] = set()
    for word in _hot(warm):
        at = text.find(word)
        while at >= 0:
            places.update(range(at, at + len(word)))
            at = text.find(word, at + len(word))
    if not _ARTICLES.isdisjoint(warm) and any(w.lower().startswith(_COUNTED) for w in warm):
        places.update(found.start() for found in _AFTER_ARTICLE.finditer(text))
    return [at for at in sorted(places, reverse=True) if _starts_word(text, at)]


def _hot(words: set[str]) -> set[str]:
    """Those of `words` in which a value may start: number words, months, currencies, codes."""
    hot: set[str] = set()
    for word in words:
        if (
            not word.isalpha()
            or word.lower() in _HOT
            or word in dates.NAMES
            or word in labels.ROMAN
            or word.endswith(_CURRENCY_WORDS)
        ):
            hot.update(part.rstrip("$0123456789") for part in word.split("-"))
        elif (
            len(_COLD) < _MOST_COLD
            and word not in _ARTICLES
            and not word.lower().startswith(_COUNTED)
        ):
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
        for reader in _READERS[-1:] if alone else _readers(text, start, end):
            if found := reader(text, start):
                return found
    # past what could not be read, so that no run is tried again from its middle
    return [], end


def _readers(text: str, start: int, end: int) -> Readers:
    """Those that can read anything at `start`; `end` is where its digits or letters end."""
    first = text[start]
    if first in _MONEY:
        return _READERS[-1:]
    if first in numerals.HAN:
        dated = not _DATES_HAN.isdisjoint(text[start : start + _NEAR])
        return _OF_HAN if dated else _OF_WORDS
    if first.isalpha() and text[start:end].lower() in numerals.WORDS:
        after = text[end : end + 1]
        return _READERS if after == "-" or after.isdigit() else _OF_WORDS
    return _READERS
