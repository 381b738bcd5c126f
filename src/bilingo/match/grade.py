"""What kind of change made one source text from another: cosmetic, or one that needs a person."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from typing import Literal

from bilingo.text import tags

Grade = Literal["spaces", "quotes", "case", "punctuation", "markup", "link", "text"]
Codes = Mapping[int, Collection[str]]
"""What the tags of a text stand for: for each number the markup in each of its places,
`opening … closing` for a pair."""

_QUOTES = str.maketrans({"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "「": '"', "」": '"'})
_FINAL = re.compile(r"[\s.。．!！?？:：;；,，…]+(?=[\"'”’」』）)\s]*$)")
_LINK = re.compile(r"\[ … \](?:[(\[].*)?|<a\s(?![^>]*\b(?:style|hidden)\b)[^>]*> … </a>", re.I)
_EMPHASIS = re.compile(r"([*_]{1,3}) … \1|<(b|strong|i|em)> … </\2>", re.I)


def grade(old: str, new: str, was: Codes | None = None, now: Codes | None = None) -> Grade:
    """The least kind of change that explains how tagged text `old` became `new`.

    `spaces`: white space only; `quotes`: typographic against straight quotes too; `case`: letters'
    case too; `punctuation`: the marks at the end too, but never a question made of a statement;
    `markup`: the same words with other links or emphasis; `link`: the same text, and a link that
    leads elsewhere. Everything else is `text`, other markup included: a raised, lowered or struck
    out figure is another figure. `was` and `now` are the codes of either text; markup that is not
    known is no emphasis.
    """
    was, now = was or {}, now or {}
    one, other = _spaced(old), _spaced(new)
    if one == other:
        return "link" if any(_relinked(was, now)) else "spaces"
    if _spaced(tags.plain(old)) == _spaced(tags.plain(new)):
        known = _known(old, was) and _known(new, now)
        same = known and _without_emphasis(one, was) == _without_emphasis(other, now)
        return "markup" if same else "text"
    if tags.skeleton(old) != tags.skeleton(new):
        return "text"
    one, other = one.translate(_QUOTES), other.translate(_QUOTES)
    if one == other:
        return "quotes"
    one, other = one.lower(), other.lower()
    if one == other:
        return "case"
    if _asks(one) == _asks(other) and _FINAL.sub("", one) == _FINAL.sub("", other):
        return "punctuation"
    return "text"


def _relinked(was: Codes, now: Codes) -> Iterator[bool]:
    for number in was.keys() & now.keys():
        gone, come = set(was[number]) - set(now[number]), set(now[number]) - set(was[number])
        yield bool(gone and come) and all(map(_LINK.fullmatch, gone | come))


def _known(text: str, codes: Codes) -> bool:
    return all(codes.get(int(tag["number"])) for tag in tags.TAG.finditer(text))


def _without_emphasis(text: str, codes: Codes) -> str:
    """The text with what its tags stand for, links and emphasis left out."""

    def shown(tag: re.Match[str]) -> str:
        markups = codes[int(tag["number"])]
        if all(_LINK.fullmatch(m) or _EMPHASIS.fullmatch(m) for m in markups):
            return ""
        return f"<{tag['close']}{' | '.join(sorted(markups))}{tag['alone']}>"

    return _spaced(tags.TAG.sub(shown, text))


def _spaced(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def _asks(text: str) -> int:
    """How many questions a text asks, as its marks say."""
    return text.count("?") + text.count("？")
