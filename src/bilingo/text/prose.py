"""What a reader reads: text without its markup, every character knowing where it stood.

Rules about punctuation and spaces must see `打開<1>檔案</1>.` as `打開檔案.` and must not look into
an address, a code span or a placeholder.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache

from bilingo.frozen import dataclass

OPAQUE = "\ufffc"  # OBJECT REPLACEMENT CHARACTER: something stands here that is no text

# One look for the characters without which there is nothing to take out.
_ANY = re.compile(r"[<`{%&@\\|$]|://|www\.")
# Tags and HTML elements leave no trace; of everything else each character becomes OPAQUE. An
# address ends before full-width marks by itself, and before the half-width marks of its sentence.
# Every repeat is bounded, so no text takes more than a moment.
# Each stands behind the marks one of which a text must have for it: only those are looked for.
_MARKUP = (
    ("<", r"""(?P<gone> </?[1-9][0-9]{0,3}/?>
        | </?[A-Za-z][A-Za-z0-9-]{0,20}(?:\s[^<>]{0,500})?/?> )"""),
    ("`", r"""(?: (?<![0-9A-Za-z]) :[A-Za-z][\w.+-]{0,30}(?::[\w.+-]{1,30})?: )?   # reST role
        (?P<ticks> `{1,3} ) [^`]{1,500} (?P=ticks) (?: __? )?"""),
    (":", r"(?<!\w) :[a-z][a-z-]{1,30}: (?!\w)"),  # a directive or option of reST
    (":// www.", r"(?: https?://|www\. ) [!#-;=?-_a-z~]{1,2000} (?<! [.,;:!?'()\[\]*] )"),
    ("@", r"(?<! [\w.+-] ) [\w.+-]{1,64} @ [A-Za-z0-9-]{1,63} (?: \.[A-Za-z0-9-]{1,63} ){1,8}"),
    ("{ $", r"""\{\{ [^{}]{1,200} \}\} | \{% [^{}%]{1,200} %\} | \$?\{ [^{}]{0,120} \}
        | \$t\( [^()]{1,200} \)"""),
    ("%", r"""%\( [^()]{1,80} \) [-+#0-9.]{0,6} [A-Za-z]
        | %(?: [1-9][0-9]?\$ )? [-+#0-9.]{0,6} (?: hh?|ll?|[jztqL] )? [diouxXeEfFgGcrsap@]"""),
    ("&", r"& (?: \#[0-9]{1,7} | \#x[0-9A-Fa-f]{1,6} | [A-Za-z][A-Za-z0-9]{1,30} ) ;"),
    ("\\", r"\\[!-~]"),
    ("|", r"\|[\w.-]{1,40}\|"),
)  # fmt: skip
_MARKS = [marks.split() for marks, _ in _MARKUP]


@cache
def _markup(*kinds: int) -> re.Pattern[str]:
    return re.compile("\n|".join(_MARKUP[kind][1] for kind in kinds), re.VERBOSE | re.ASCII)


# What running text does not have: `a_b`, `f(x)`, `x[1]`, `a == b`, a prompt.
_CODE = re.compile(
    r"^\s{0,20}(?:>>>|\$|\.\.\.) |[=_{}\\|#]|\w\(\S|\w\[|<\w|^(?:class|def) \w{1,40}.{0,80}:$",
    re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Prose:
    """The `text` a reader reads, and the `offsets` of its characters in the `original`.

    `offsets` has one more, the length of the original, and is empty when nothing was left out.
    """

    text: str
    original: str
    offsets: tuple[int, ...] = ()

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The same stretch of the original; markup at its edges is left outside."""
        if not self.offsets or start >= end:
            return (self.offsets[start],) * 2 if self.offsets else (start, end)
        return self.offsets[start], self.offsets[end - 1] + 1

    def mended(self, changes: Iterable[tuple[int, int, str]]) -> str | None:
        """The original with stretches of the text replaced: (start, end, replacement) in order.

        None where a stretch has markup inside, so that nobody's tag is lost.
        """
        out: list[str] = []
        position = 0
        for start, end, replacement in changes:
            first, last = self.span(start, end)
            if last - first != end - start or first < position:
                return None
            out += (self.original[position:first], replacement)
            position = last
        return "".join((*out, self.original[position:]))


@lru_cache(maxsize=1 << 17)  # a catalog of 50,000 entries is asked by a dozen checks
def prose(text: str) -> Prose:
    """`text` without tags and HTML elements; addresses, code, placeholders, entities are OPAQUE.

    >>> prose("打開<1>檔案</1>.").text
    '打開檔案.'
    """
    if not _ANY.search(text):
        return Prose(text, text)
    parts: list[str] = []
    offsets: list[int] = []
    position = 0
    kinds = [n for n, marks in enumerate(_MARKS) if any(mark in text for mark in marks)]
    for found in _markup(*kinds).finditer(text):
        start, end = found.span()
        parts.append(text[position:start])
        offsets.extend(range(position, start))
        if found.lastgroup != "gone":
            parts.append(OPAQUE * (end - start))
            offsets.extend(range(start, end))
        position = end
    if not position:
        return Prose(text, text)
    parts.append(text[position:])
    offsets.extend(range(position, len(text) + 1))
    return Prose("".join(parts), text, tuple(offsets))


def without(pattern: re.Pattern[str], text: str) -> str:
    """The text with what the pattern finds made OPAQUE; offsets stay."""
    return pattern.sub(lambda match: OPAQUE * len(match.group()), text)


def looks_like_code(text: str) -> bool:
    """Whether text is rather a line of a program than of a language."""
    return _CODE.search(prose(text).text) is not None
