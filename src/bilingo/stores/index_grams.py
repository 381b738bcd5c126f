"""What is indexed of a text: its rarer characters, and the pairs around its common ones.

A gram is a character that makes up less than 2 % of the text, or a pair of neighbours one of which
is common. Where most characters are rare (Chinese), common means 2 % as well, so that each place
has about one gram; else (English) it means 0.4 %. Nothing asks for the language.
"""

from __future__ import annotations

import struct
from collections import Counter
from collections.abc import Sequence
from operator import add

from bilingo.frozen import dataclass

SAMPLE = 20_000  # texts whose grams are counted
RANKED = 4_000  # how many of the most frequent grams may get rows of their own
_FREQUENT = 50  # 1/50: a character as frequent as this is no gram by itself
_COMMON = 250  # 1/250, in narrow alphabets
_MULTIPLIER = 0x9E3779B97F4A7C15  # 2⁶⁴ / golden ratio: Knuth, TAOCP 3, 6.4, multiplicative hashing


@dataclass(frozen=True, slots=True)
class Alphabet:
    """Which grams there are; `rank` numbers the most frequent ones by their keys.

    `wide` says that most characters are rare, as in Chinese.
    """

    wide: bool
    frequent: frozenset[str]
    common: frozenset[str]
    rank: dict[int, int]

    def has_single(self, character: str) -> bool:
        """Whether this character is a gram."""
        return character not in self.frequent

    def has_pair(self, first: str, second: str) -> bool:
        """Whether these neighbours are a gram."""
        return first in self.common or second in self.common

    def pack(self) -> bytes:
        """As bytes; `unpack` reads them."""
        frequent, common = (sorted(map(ord, part)) for part in (self.frequent, self.common))
        keys = sorted(self.rank, key=self.rank.__getitem__)
        numbers = (self.wide, len(frequent), len(common), *frequent, *common, *keys)
        return struct.pack(f"<{len(numbers)}Q", *numbers)


def unpack(content: bytes) -> Alphabet:
    """The alphabet that `Alphabet.pack` packed."""
    wide, frequent, common, *numbers = struct.unpack(f"<{len(content) // 8}Q", content)
    keys = numbers[frequent + common :]
    return Alphabet(
        bool(wide),
        frozenset(map(chr, numbers[:frequent])),
        frozenset(map(chr, numbers[frequent : frequent + common])),
        {key: place for place, key in enumerate(keys)},
    )


def key(gram: str) -> int:
    """A number below 2⁴² for a gram; no other has it."""
    return ord(gram) if len(gram) == 1 else (ord(gram[0]) + 1 << 21) | ord(gram[1])


def spread(gram_key: int) -> int:
    """32 bits that look random, for a key."""
    return (gram_key * _MULTIPLIER & 0xFFFF_FFFF_FFFF_FFFF) >> 32


def alphabet(texts: Sequence[str]) -> Alphabet:
    """The alphabet of these texts, counted in every so-manieth of them."""
    sample = texts[:: max(1, len(texts) // SAMPLE)]
    singles: Counter[str] = Counter()
    pairs: Counter[str] = Counter()
    for text in sample:
        singles.update(text)
        pairs.update(map(add, text, text[1:]))
    total = singles.total()
    frequent = _above(singles, total, _FREQUENT)
    wide = 2 * sum(singles[character] for character in frequent) < total
    common = frequent if wide else _above(singles, total, _COMMON)
    grams = [(-count, gram) for gram, count in singles.items() if gram not in frequent]
    grams += [
        (-count, gram) for gram, count in pairs.items() if gram[0] in common or gram[1] in common
    ]
    grams.sort()
    rank = {key(gram): place for place, (_, gram) in enumerate(grams[:RANKED])}
    return Alphabet(wide, frequent, common, rank)


def _above(counts: Counter[str], total: int, part: int) -> frozenset[str]:
    return frozenset(character for character, count in counts.items() if count * part >= total)
