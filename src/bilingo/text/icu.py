"""The regular expressions of SRX files, which are ICU's, as patterns of the standard library.

Rule files come from outside, and the text they meet too, so a pattern is bounded while it is
translated: a choice or a repeat inside a repeat is refused (that is what takes exponential time in
a backtracking matcher), and a repeat reaches at most `REACH` characters (which makes time linear in
the length of the text where it would be quadratic).
"""

from __future__ import annotations

import re
import sys
import unicodedata
from functools import cache
from itertools import groupby
from typing import NoReturn

from bilingo.errors import BilingoError
from bilingo.text.scripts import HAN

REACH = 200  # characters: longer than any quotation the default rules look across
LONGEST = 10_000  # characters of a pattern

# The usual blocks: Latin, punctuation, symbols, CJK punctuation, full-width forms, emoji. And the
# ideographs, which are all letters: nobody has to ask for each.
_EVERYDAY = ((0x0, 0x24F), (0x2000, 0x2BFF), (0x3000, 0x303F), (0xFF00, 0xFFFF), (0x1F300, 0x1FAFF))
_IDEOGRAPHS = ((0x3400, 0x4DBF), (0x4E00, 0x9FFF))
# What in usual text `\w` matches and is no Han: named instead of Han, it is compiled in a third of
# the time, for that grows with the characters a set names.
_NO_HAN = "\0-\u024f\u2000-\u2bff\u3006\u3031-\u3035\u303c\uff00-\uffff"
_CATEGORIES = "Lu Ll Lt Lm Lo Mn Mc Me Nd Nl No Pc Pd Ps Pe Pi Pf Po Sm Sc Sk So Zs Zl Zp".split()
_CATEGORIES += "Cc Cf Cs Co Cn".split()

_QUANTIFIER = re.compile(r"(?:[*+?]|\{(?P<low>\d+)(?P<range>,(?P<high>\d*))?\})(?P<mode>[?+]?)")
_PROPERTY = re.compile(r"\\([pP])(?:\{(\^?)(?:(?:sc|script|gc)=|Is)?(\w+)\}|([A-Z]))")
_HEX = re.compile(r"\\x\{([0-9A-Fa-f]{1,6})\}|\\x([0-9A-Fa-f]{2})|\\u([0-9A-Fa-f]{4})")
_FLAGS = re.compile(r"\(\?([ims]+)\)")
_GROUP = re.compile(r"\((?:\?(?:[:=!>]|<[=!]|<\w+>|[imsx]+:))?")
_ESCAPES = {
    **{letter: "\\" + letter for letter in "wWdDsSbBAfnrtv"},
    "z": r"\Z",
    "Z": r"(?=\n?\Z)",
    "h": r"[ \t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]",
    "e": r"\x1b",
    "a": r"\x07",
}
_CLASS_ESCAPES = frozenset("wWdDsSfnrt")


class _Group:
    """An open group: the widths of its longest branch and of the one being read, in characters."""

    __slots__ = ("flags", "longest", "varies", "width")

    def __init__(
        self,
        *,
        varies: bool = False,
        longest: int = 0,
        width: int = 0,
        flags: tuple[str, ...] = (),
    ) -> None:
        self.varies = varies  # holds a choice or a repeat
        self.longest, self.width = longest, width
        self.flags = flags  # groups that were opened to hold flags

    @property
    def closing(self) -> str:
        return ")" * len(self.flags)

    @property
    def most(self) -> int:
        return max(self.longest, self.width)


def translate(pattern: str, *, everyday: bool = False) -> tuple[str, int]:
    """An ICU pattern as one for `re`, and the most characters it can match.

    An `everyday` pattern is for texts of `is_everyday` alone: there it matches the same, and it is
    compiled ten times as fast, for `\\p{Lu}` has 1,800 members in Unicode and 140 of every day.

    Knows `\\p{…}` for general categories and Han, `\\x{…}`, `\\h`, named groups and the flags
    i, m and s anywhere. Raises BilingoError for what `re` cannot express, for back references, and
    for a choice or repeat inside a repeat.
    """
    if len(pattern) > LONGEST:
        _refuse(f"the pattern is longer than {LONGEST} characters")
    position = 0
    out: list[str] = []
    groups = [_Group()]
    item = _Group()  # what a quantifier would follow
    while position < len(pattern):
        here = pattern[position]
        if quantifier := _QUANTIFIER.match(pattern, position):
            text, most, fixed = _bounded(quantifier)
            if item.varies and most > 1:
                _refuse("a repeat or a choice inside a repeat may take for ever")
            groups[-1].varies |= not fixed
            groups[-1].width += item.most * max(0, most - 1)
            position = quantifier.end()
        elif flags := _FLAGS.match(pattern, position):
            # They hold to the end of the group, over its other branches; `re` wants a group of it.
            text, position = f"(?{flags[1]}:", flags.end()
            groups[-1].flags += (text,)
        elif here == "(":
            text, position = _opening(pattern, position)
            groups.append(_Group())
        elif here == ")" and len(groups) > 1:
            item = groups.pop()
            text, position = here + item.closing, position + 1
            groups[-1].varies |= item.varies
            groups[-1].width += item.most
        elif here == "|":
            flagged = groups[-1].flags
            text, position = f"{groups[-1].closing}|{''.join(flagged)}", position + 1
            groups[-1] = _Group(varies=True, longest=groups[-1].most, flags=flagged)
        else:
            text, position = _item(pattern, position, everyday)
            item = _Group(width=1)
            groups[-1].width += 1
        out.append(text)
    return "".join(out) + groups[0].closing, groups[0].most


def _item(pattern: str, position: int, everyday: bool) -> tuple[str, int]:
    here = pattern[position]
    if here == "\\":
        return _escape(pattern, position, everyday, inside=False)
    if here == "[":
        return _set(pattern, position, everyday)
    return here, position + 1


def _bounded(found: re.Match[str]) -> tuple[str, int, bool]:
    """The quantifier within reach, the most it repeats, and whether it repeats a fixed number."""
    sign = found.group()[0]
    if sign != "{":
        low, high = {"*": (0, REACH), "+": (1, REACH), "?": (0, 1)}[sign]
    else:
        low = min(int(found["low"]), sys.maxunicode)
        high = low if not found["range"] else max(low, min(int(found["high"] or REACH), REACH))
    text = "?" if sign == "?" else f"{{{low},{high}}}"
    return text + found["mode"], high, low == high


def _opening(pattern: str, position: int) -> tuple[str, int]:
    found = _GROUP.match(pattern, position)
    if not found:
        _refuse("an empty pattern")
    if pattern.startswith("(?", position) and found.group() == "(":
        _refuse(f"unknown group {pattern[position : position + 4]!r}")
    text = found.group()
    named = text.startswith("(?<") and text.endswith(">")
    return "(?:" if text == "(" or named else text, found.end()


def _escape(pattern: str, position: int, everyday: bool, *, inside: bool) -> tuple[str, int]:
    """One escape; `inside` a set only what may be a member of it."""
    if found := _PROPERTY.match(pattern, position):
        negated = (found[1] == "P") != bool(found[2])
        if found[3] == "Han" and everyday and not inside:
            return rf"[{'' if negated else '^'}\W{_NO_HAN}]", found.end()
        ranges = property_ranges(found[3] or found[4], negated and inside, everyday)
        return ranges if inside else f"[{'^' * negated}{ranges}]", found.end()
    if found := _HEX.match(pattern, position):
        code = int(found[1] or found[2] or found[3], 16)
        if code > sys.maxunicode:
            _refuse(f"no such character: {found.group()}")
        return re.escape(chr(code)), found.end()
    letter = pattern[position + 1 : position + 2]
    if not letter:
        _refuse("the pattern ends in a lone backslash")
    if letter.isascii() and letter.isalnum():
        known = _CLASS_ESCAPES if inside else _ESCAPES
        if letter not in known:
            _refuse(f"unknown escape \\{letter}")
        return "\\" + letter if inside else _ESCAPES[letter], position + 2
    return re.escape(letter), position + 2


def _set(pattern: str, position: int, everyday: bool) -> tuple[str, int]:
    """A set `[…]`; unions and differences of sets are refused."""
    out = ["["]
    position += 1
    if pattern.startswith("^", position):
        out.append("^")
        position += 1
    first = True
    while position < len(pattern):
        here = pattern[position]
        if here == "]" and not first:
            return "".join([*out, "]"]), position + 1
        if here == "[" or pattern.startswith(("&&", "--"), position):
            _refuse("a set inside a set")
        if here == "\\":
            text, position = _escape(pattern, position, everyday, inside=True)
        else:
            text, position = ("-" if here == "-" else re.escape(here)), position + 1
        out.append(text)
        first = False
    return _refuse("a set that never ends")


@cache
def property_ranges(name: str, negated: bool = False, everyday: bool = False) -> str:
    """The characters of a Unicode property as the inside of a set: `Lu`, `L`, `Han`.

    General categories are those of `unicodedata`. Raises BilingoError for another property.
    """
    if name == "Han":
        ranges = [pair for pair in HAN if not everyday or _is_usual(chr(pair[0]))]
    elif not any(category.startswith(name) for category in _CATEGORIES):
        _refuse(f"unknown property \\p{{{name}}}", "known: general categories such as Lu, and Han")
    else:
        known = _categories(everyday)
        ranges = sorted(
            r for key, found in known.items() if key[: len(name)] == name for r in found
        )
    if negated:
        edges = [-1, *(edge for pair in ranges for edge in pair), sys.maxunicode + 1]
        pairs = zip(edges[::2], edges[1::2], strict=True)
        ranges = [(low + 1, high - 1) for low, high in pairs if low + 1 < high]
    return "".join(
        _member(low) if low == high else f"{_member(low)}-{_member(high)}" for low, high in ranges
    )


def is_everyday(text: str) -> bool:
    """Whether a text is written with nothing but the usual characters of English and Chinese."""
    return text.isascii() or all(map(_is_usual, set(text)))


@cache
def _is_usual(character: str) -> bool:
    return any(low <= ord(character) <= high for low, high in [*_IDEOGRAPHS, *_EVERYDAY])


@cache
def _categories(everyday: bool) -> dict[str, list[tuple[int, int]]]:
    """General category to its ranges of code points; `everyday` ones of the usual blocks only."""
    out: dict[str, list[tuple[int, int]]] = {}
    # Beyond plane 3 there are tags and selectors, and then nothing that has a property.
    blocks = _EVERYDAY if everyday else ((0, 0x33FFF), (0xE0000, 0xE01FF))
    for start, stop in blocks:
        position = start
        for key, run in groupby(map(unicodedata.category, map(chr, range(start, stop + 1)))):
            length = len(tuple(run))
            out.setdefault(key, []).append((position, position + length - 1))
            position += length
    if everyday:
        out["Lo"] += _IDEOGRAPHS
    return out


def _member(code: int) -> str:
    return re.escape(chr(code))


def _refuse(what: str, hint: str = "") -> NoReturn:
    raise BilingoError(what, hint=hint)
