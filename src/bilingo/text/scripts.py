"""Han and Latin, Traditional and Simplified, by sets of characters.

The two sets come from the dictionaries of OpenCC (Apache-2.0, see NOTICE), made by
`tools/build_scripts.py`:

- `simplified.txt`: the single characters STCharacters converts and never to themselves, without
  every character TSCharacters converts (乾 may be either) and every character on either side of
  HKVariants and TWVariants (着 and 裏 are written in Hong Kong).
- `traditional.txt`: the single characters TSCharacters converts and never to themselves, without
  every character STCharacters converts (乾 瞭 藉 are written in Simplified text too).

Characters of both scripts (后 里 面 只 干) are in neither: telling them takes words.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal

from bilingo.text import tags
from bilingo.text.lazy import Pattern

Language = Literal["zh", "en", ""]
Script = Literal["Hant", "Hans", "mixed", ""]

# Unicode 15.1, Scripts.txt, Script=Han; the small gaps inside blocks are closed.
HAN: tuple[tuple[int, int], ...] = (
    (0x2E80, 0x2E99),
    (0x2E9B, 0x2EF3),
    (0x2F00, 0x2FD5),
    (0x3005, 0x3005),  # 々
    (0x3007, 0x3007),  # 〇
    (0x3021, 0x3029),
    (0x3038, 0x303B),
    (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF),
    (0xF900, 0xFA6D),
    (0xFA70, 0xFAD9),
    (0x16FE2, 0x16FE3),
    (0x16FF0, 0x16FF1),
    (0x20000, 0x2A6DF),
    (0x2A700, 0x2EBE0),
    (0x2EBF0, 0x2EE5D),
    (0x2F800, 0x2FA1D),
    (0x30000, 0x323AF),
)
HAN_SET = "".join(f"\\U{low:08x}-\\U{high:08x}" for low, high in HAN)
# Addresses, @names and file names are of no language.
_ADDRESS = Pattern(r"(?:https?://|www\.)[!-~]+|[\w+-]{0,64}[@./_][0-9A-Za-z][\w@./-]*", re.ASCII)
_IN_ADDRESS = frozenset("@./_")
_LATIN_WORD = Pattern(r"(?:[A-Za-z]++|[\u00c0-\u024f]++)+")  # one set takes longer to compile
_ALONE = Pattern(r"(?<!\S)[A-Za-z]++(?!\S)")  # a word that is part of no address
_NOT_LATIN = "\u2e80"  # the first Chinese character; kana come later
# What a sentence quotes or brackets it need not be written in.
_ASIDE = Pattern(
    r"“[^“”]{1,300}”|「[^「」]{1,300}」|《[^《》]{1,300}》|（[^（）]{1,300}）|\([^()]{1,300}\)"
    r'|"[^"\n]{1,300}"'
)
_OPENING = frozenset('“「《（("')
_FULL_WIDTH = frozenset("，。、；：？！「」『』《》（）")
_KANA_SET = "\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\uff66-\uff9f"
_KANA = frozenset(
    chr(code)
    for first, last in zip(_KANA_SET[::3], _KANA_SET[2::3], strict=True)
    for code in range(ord(first), ord(last) + 1)
)
# What holds a sentence together, whatever names and terms of the other language stand in it.
_ENGLISH = frozenset(
    """a an the of to in on at by for from with without about into and or but if as than that this
    these those is are was were be been has have had do does did can could will would may might
    should must not no it its he she they we you i his her their our your my who what which when
    where why how there here""".split()
)
_CHINESE = frozenset(
    "的了是在不和與与及或就都也而由於于為为把被將将會会能可以有沒没說说這这那我你他她們们"
)
_BINDING = _FULL_WIDTH | _CHINESE
_HAN_STARTS = [chr(low) for low, _ in HAN]


# Compiled when it is needed: the blocks of all planes take longer than most look-ups.
@cache
def _stretch() -> re.Pattern[str]:
    return re.compile(f"[{HAN_SET}{_KANA_SET}]+")


@lru_cache(maxsize=1 << 16)
def is_han(ch: str) -> bool:
    """Whether a character is a Chinese character (々 and 〇 are, kana and punctuation are not)."""
    block = bisect_right(_HAN_STARTS, ch) - 1
    return block >= 0 and ord(ch) <= HAN[block][1]


def han_count(text: str) -> int:
    """How many Chinese characters there are."""
    return 0 if text.isascii() else sum(map(is_han, text))


def latin_words(text: str) -> list[str]:
    """The words of Latin letters; a single letter is none."""
    return [word for word in _LATIN_WORD.findall(text) if len(word) > 1]


def language_of(text: str) -> Language:
    """Which of the two languages tagged text is written in; "" for digits, marks, URLs, Japanese.

    Quotations and brackets are left out unless they are all there is.
    Without Chinese characters any word makes it `en`. With some, what holds the sentence together
    decides: a Chinese character counts 1, a grammatical one 2 more, a full-width mark 2; a word in
    lower case counts 2, a grammatical one 4 more; capitalised words are names in either language.
    A tie is Chinese.

    >>> language_of("20 families of 地中海貧血"), language_of("Dr. Chan 說…")
    ('en', 'zh')
    """
    text = tags.plain(text)
    return _at_a_look(text) or _weighed(text)


def _at_a_look(text: str) -> Language:
    """The language of plain text where nothing speaks for the other; "" where it has to be weighed.

    That is English with a word that is part of no address and no character of Chinese or Japanese,
    and Chinese without a letter that has a case.
    """
    if _ALONE.search(text) and max(text) < _NOT_LATIN:
        return "en"
    cased = text.lower() != text.upper()
    if cased or not _OPENING.isdisjoint(text) or not _KANA.isdisjoint(text):
        return ""
    return "zh" if any(map(is_han, text)) else ""


def _weighed(text: str) -> Language:
    if not _IN_ADDRESS.isdisjoint(text):
        text = _ADDRESS.sub(" ", text)
    if text.isascii():
        return "en" if _LATIN_WORD.search(text) else ""
    outside = text if _OPENING.isdisjoint(text) else _ASIDE.sub(" ", text)
    if any(map(is_han, outside)) or _LATIN_WORD.search(outside):
        text = outside
    han = han_count(text)
    words = _LATIN_WORD.findall(text)
    if not han:
        return "en" if words and _KANA.isdisjoint(text) else ""
    if not _KANA.isdisjoint(text) and sum(map(_KANA.__contains__, text)) * 3 > han:
        return ""
    chinese = han + 2 * sum(map(_BINDING.__contains__, text))
    grammar = sum(word.lower() in _ENGLISH for word in words)
    english = 2 * sum(word.islower() for word in words) + 4 * grammar
    return "en" if english > chinese else "zh"


def script_of(text: str) -> Script:
    """Which script Chinese text is in, by the characters that only one of them has.

    "mixed" when more than one in twenty of those is of the other script (fewer are slips), "" when
    there are none: short text often tells nothing, so ask for whole documents.
    """
    return script_by(len(simplified_only(text)), len(traditional_only(text)))


def script_by(hans: int, hant: int) -> Script:
    """`script_of` for so many characters of either script."""
    if min(hans, hant) * 20 > hans + hant:
        return "mixed"
    if hans == hant:
        return ""
    return "Hans" if hans > hant else "Hant"


def simplified() -> frozenset[str]:
    """The characters that no Traditional text has."""
    return _members("simplified.txt")


def traditional() -> frozenset[str]:
    """The characters that no Simplified text has."""
    return _members("traditional.txt")


def simplified_only(text: str) -> list[tuple[int, str]]:
    """Characters that no Traditional text has, with their offsets; Japanese words are left out."""
    return _hits(text, "simplified.txt")


def traditional_only(text: str) -> list[tuple[int, str]]:
    """Characters that no Simplified text has, with their offsets; Japanese words are left out."""
    return _hits(text, "traditional.txt")


def _hits(text: str, name: str) -> list[tuple[int, str]]:
    """A stretch of Han and kana that holds kana is Japanese, whose forms are of neither script."""
    members = _members(name)
    if members.isdisjoint(text):
        return []
    hits = [(offset, character) for offset, character in enumerate(text) if character in members]
    if _KANA.isdisjoint(text):
        return hits
    japanese = [s.span() for s in _stretch().finditer(text) if not _KANA.isdisjoint(s.group())]
    starts = [start for start, _ in japanese]

    def outside(offset: int) -> bool:
        nearest = bisect_right(starts, offset) - 1
        return nearest < 0 or offset >= japanese[nearest][1]

    return [hit for hit in hits if outside(hit[0])]


@cache
def _members(name: str) -> frozenset[str]:
    text = Path(__file__).with_name(name).read_text(encoding="utf-8")
    return frozenset("".join(text.split()))
