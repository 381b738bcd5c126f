"""Whether a text can have a value at all, told without the grammar of values.

`text/values` reads a text with forty patterns and exact fractions, which take longer to get ready
than all else that a look-up in the memory does. Most texts have no value, and of most of those one
look at their characters and words is enough to know.
"""

from __future__ import annotations

import re

from bilingo.text import aside

HAN = "零〇○一二三四五六七八九十百千萬万億亿兆廿卅兩两倆俩"
"""The Han numerals: a value in Chinese has one of these, a digit or one of few words."""
WORDS = frozenset(
    """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
    sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety first
    second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth
    fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth thirtieth fortieth
    fiftieth sixtieth seventieth eightieth ninetieth once twice thrice dozen hundred thousand
    million billion trillion half noon midnight""".split()
)
"""English words that may be a value by themselves, in any case."""
NAMES = frozenset(
    """January February March April May June July August September October November December
    Monday Tuesday Wednesday Thursday Friday Saturday Sunday Mondays Tuesdays Wednesdays Thursdays
    Fridays Saturdays Sundays Mon Tue Tues Wed Thu Thur Thurs Fri Sat Sun""".split()
)
"""And names that may be one as they are written; a month cut short needs a figure beside it."""
ROMAN = frozenset("II III IV V VI VII VIII IX X XI XII".split())
"""Roman numerals, which are values behind a word such as stage."""
_CHARACTERS = frozenset(f"0123456789½¼¾⅓⅔半{HAN}")
_HAN_WORDS = tuple(
    """星期日 星期天 禮拜日 禮拜天 礼拜日 礼拜天 週日 週天 周日 周天 正午 午夜 子夜 (日)""".split()
)
ARTICLES = frozenset("a an per each every".split())
ARTICLED = frozenset(
    """second minute hour day week month year halves thirds quarter quarters fifths sixths eighths
    tenths""".split()
)  # with an article: per day, a quarter
_LATIN = re.compile("[A-Za-z]+")
_STOPS = frozenset(",。;:?!")  # in half width


def valueless(text: str) -> bool:
    """Whether `text` surely has no value: where it is True, `values.find(text)` is empty.

    False says nothing: “may” and 一般 look like values, and what is right is `find`'s to say. It
    needs none of its patterns and imports nothing of `text/values`. Of two texts one of which is
    valueless `values.compare` finds no contradiction, only what is missing or added.
    """
    folded = aside.half_width(text)
    if not _may_have(folded) and "%" not in folded:  # what is set aside hides values, makes none
        return True
    bare = aside.fold(folded)  # but %(name)s: behind its s a word may begin
    return bare is not folded and not _may_have(bare)


def alike(one: str, other: str) -> bool:
    """Whether two texts surely state the same values in the same order.

    False says nothing. Where it is True, `values.compare` finds no difference. The texts are cut
    behind stops that a Han character follows which is no numeral; no value reaches over such a
    place, nor does what stands on one side of it say how the other is read. So it is enough that
    the pieces in which the texts differ have no value.
    """
    ours, theirs = _pieces(aside.fold(one)), _pieces(aside.fold(other))
    while ours and theirs and ours[0] == theirs[0]:
        del ours[0], theirs[0]
    while ours and theirs and ours[-1] == theirs[-1]:
        del ours[-1], theirs[-1]
    return not any(map(_may_have, ours + theirs))


def _pieces(folded: str) -> list[str]:
    pieces, start = [], 0
    for end, character in enumerate(folded[1:], 1):
        if folded[end - 1] in _STOPS and "一" <= character <= "鿿" and character not in _CHARACTERS:
            pieces.append(folded[start:end])
            start = end
    return [*pieces, folded[start:]]


def _may_have(text: str) -> bool:
    if not _CHARACTERS.isdisjoint(text):
        return True
    if not text.isascii() and any(word in text for word in _HAN_WORDS):
        return True
    words = set(_LATIN.findall(text))
    if not (NAMES.isdisjoint(words) and ROMAN.isdisjoint(words)):
        return True
    lower = {word.lower() for word in words}
    if not WORDS.isdisjoint(lower):
        return True
    return not (ARTICLES.isdisjoint(lower) or ARTICLED.isdisjoint(lower))
