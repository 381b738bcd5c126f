"""Inline codes: the numbered tags that stand for links, emphasis and other markup."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from bilingo.checks import Found, Setting
from bilingo.model import Entry
from bilingo.text import tags

# A tag as an input method for Chinese, or a careless hand, leaves it. Every repeat is bounded, so
# no text takes more than a moment.
_LOOKALIKE = re.compile(
    r"[<＜〈《]\s{0,2}(?P<close>[/／]?)\s{0,2}(?P<number>[0-9０-９]{1,4})"
    r"\s{0,2}(?P<alone>[/／]?)\s{0,2}[>＞〉》]"
)


def same_codes(entries: Sequence[Entry], _setting: Setting) -> Iterator[Found]:
    """Every inline code of the source is in the translation, well nested; order may change.

    A lost code is a lost link; a crossed pair is markup that closes in the wrong place.

        Open <1>the file</1>.  →  打開<1>檔案</1>。    passes
        Open <1>the file</1>.  →  打開檔案。    fails
        <1>Ann</1> and <2>Bob</2>  →  <2>阿寶</2>和<1>阿安</1>    passes
        <1>Ann</1> and <2>Bob</2>  →  <1>阿安<2>和</1>阿寶</2>    fails
        打開<1/>檔案。  →  Open the <1/> file.    passes
        打開<1/>檔案。  →  Open the <1/><1/> file.    fails
        打開<1>檔案</1>。  →  Open </1>the file<1>.    fails
    """
    for entry, sources, target in _translations(entries):
        if _same_tags(sources[0], target) and sources[0] is sources[1]:
            continue
        # lookalikes count as what they were: `damaged_codes` reports them, once is enough
        mended = _mended(sources, target)
        found = Counter(tags.skeleton(mended))
        wanted = [Counter(tags.skeleton(source)) for source in sources]
        if found not in wanted:
            yield Found(entry, _difference(wanted[-1], found))
        elif not _well_nested(mended) and all(map(_well_nested, sources)):
            yield Found(entry, "inline codes cross or close before they open")


def damaged_codes(entries: Sequence[Entry], _setting: Setting) -> Iterator[Found]:
    """No inline code was damaged by full-width brackets, digits or spaces.

    Such text is printed as it stands and its markup is lost.

        Open <1>the file</1>.  →  打開<1>檔案</1>。    passes
        Open <1>the file</1>.  →  打開＜1＞檔案＜/1＞。    fails
        Open <1>the file</1>.  →  打開<１>檔案</1>。    fails
        Open <1/> now.  →  立即打開< 1 />。    fails
        Read Nineteen Eighty-Four.  →  請讀《1984》。    passes
        打開<1/>檔案。  →  Open the <1/> file.    passes
        打開<1/>檔案。  →  Open the ＜1／＞ file.    fails
    """
    for entry, sources, target in _translations(entries):
        if sources[0] is sources[1] and _same_tags(sources[0], target):
            continue
        for text in dict.fromkeys(text for text, _ in _lookalikes(sources, target)):
            yield Found(entry, f"damaged inline code {text}")


def _translations(entries: Sequence[Entry]) -> Iterator[tuple[Entry, tuple[str, ...], str]]:
    """Each published form with the sources it may follow: a plural form either of the two.

    Without `<` on either side there is no code to lose.
    """
    for entry in entries:
        if entry.translated:
            sources = (entry.msgid, entry.msgid_plural or entry.msgid)
            for form in entry.msgstr:
                if "<" in form or "<" in sources[0] or "<" in sources[1]:
                    yield entry, sources, form


def _same_tags(source: str, target: str) -> bool:
    """Whether the tags are the same in the same order, and nothing else can be taken for one."""
    found = tags.skeleton(target)
    return found == tags.skeleton(source) and not (
        target.count("<") != len(found) or any(mark in target for mark in "＜〈《")
    )


def _lookalikes(sources: Sequence[str], target: str) -> Iterator[tuple[str, str]]:
    """What looks like a tag of the source and is not there, and the tag it was."""
    source = " ".join(sources)
    wanted = set(tags.skeleton(source))
    literal = {match.group() for match in _LOOKALIKE.finditer(source)}
    for match in _LOOKALIKE.finditer(target):
        tag = f"<{match['close'] and '/'}{int(match['number'])}{match['alone'] and '/'}>"
        if tag in wanted and match.group() not in literal and match.group() != tag:
            yield match.group(), tag


def _mended(sources: Sequence[str], target: str) -> str:
    tag_of = dict(_lookalikes(sources, target))
    return _LOOKALIKE.sub(lambda match: tag_of.get(match.group(), match.group()), target)


def _difference(wanted: Counter[str], found: Counter[str]) -> str:
    missing, unexpected = list((wanted - found).elements()), list((found - wanted).elements())
    parts = []
    if missing:
        parts.append(f"missing {' '.join(missing)}")
    if unexpected:
        parts.append(f"not in the source {' '.join(unexpected)}")
    return f"inline codes differ: {'; '.join(parts)}"


def _well_nested(text: str) -> bool:
    open_numbers: list[str] = []
    for tag in tags.TAG.finditer(text):
        if tag["alone"]:
            continue
        if not tag["close"]:
            open_numbers.append(tag["number"])
        elif not open_numbers or open_numbers.pop() != tag["number"]:
            return False
    return not open_numbers
