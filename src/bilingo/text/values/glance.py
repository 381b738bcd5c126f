"""What a text can have of values at all, told at a glance: most texts need not be read.

Figures must occur on both sides; number words and Han numerals need not, and differ only from
others of their kind. So where one text has nothing and the other nothing but words, there is
nothing to compare. A law of the tests holds that against the reading.
"""

from __future__ import annotations

from bilingo.text import aside
from bilingo.text.lazy import Pattern
from bilingo.text.valueless import ARTICLED, ARTICLES, HAN, NAMES, ROMAN, WORDS

NOTHING, WORDY, ANYTHING = range(3)

# a figure that is surely none of a tag or an address is reason enough to read; so may others be
_SURE = Pattern("(?: |[^\\W\0-\u024f])[0-9]")
_LATIN = Pattern("[A-Za-z]+")
_FIGURE = Pattern("[0-9０-９½¼¾⅓⅔]")
# Full-width letters may be words; of the rest a value in Chinese has one.
_LIVELY = Pattern(f"[0-9０-９½¼¾⅓⅔Ａ-Ｚａ-ｚ半{HAN}週周星禮礼正午子（(]")
_NUMERAL = Pattern(f"[半{HAN}]|[正午子][午夜]|[（(]日[）)]")
_DATED = Pattern(rf"[{HAN}]\W?[年月]|[週周][一二三四五六日天]|星期|禮拜|礼拜")
_WIDE = Pattern("[Ａ-Ｚａ-ｚ]")
_WARM = WORDS | ARTICLED | {name.lower() for name in NAMES | ROMAN}
# Words that were looked at and are none of a value; a memo, no state.
_COLD: set[str] = set()
_MOST_COLD = 1 << 16


def unread(one: str, other: str) -> bool:
    """Whether two texts surely have no values that differ, so that nobody need read them."""
    here = glance(one)
    return here != ANYTHING and here + glance(other) <= WORDY


def glance(text: str) -> int:
    """NOTHING where `find` finds no value, WORDY where none that must occur on the other side.

    Else ANYTHING, which says nothing.
    """
    if _SURE.search(text):
        return ANYTHING
    chinese = not text.isascii()
    lively = (_LIVELY if chinese else _FIGURE).search(text)
    if "%" in text or lively and (_FIGURE.search(text) or _WIDE.search(text)):
        text = aside.fold(text)  # digits of tags and addresses are no figures
        if _FIGURE.search(text):
            return ANYTHING
    words = _LATIN.findall(text)
    found = NOTHING if _COLD.issuperset(words) else _words(words)
    if not chinese or not lively or found == ANYTHING:
        return found
    if _DATED.search(text):
        return ANYTHING
    return WORDY if _NUMERAL.search(text) else found


def _words(words: list[str]) -> int:
    warm = set(words) - _COLD
    lower = {word.lower() for word in warm}
    if not NAMES.isdisjoint(warm):
        return ANYTHING
    if len(_COLD) < _MOST_COLD:
        _COLD.update(word for word in warm if word.lower() not in _WARM)
    if not (WORDS.isdisjoint(lower) and ROMAN.isdisjoint(warm)):
        return WORDY
    articled = not ARTICLED.isdisjoint(lower) and any(word.lower() in ARTICLES for word in words)
    return WORDY if articled else NOTHING
