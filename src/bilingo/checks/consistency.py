"""Entries beside each other, and beside the memory; what was left in the other language."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bilingo.checks import Found, Setting
from bilingo.checks.texts import bare, texts_of
from bilingo.model import Entry
from bilingo.text import scripts, tags, terms
from bilingo.text.fold import fold
from bilingo.text.prose import OPAQUE, looks_like_code, prose, without

_PARTICLES = frozenset("von van der den de del della di da la le du bin ibn al".split())
_LETTERS = re.compile(r"[a-z]+")
_WORD = re.compile(r"[a-z]{2,}")
_HAN = re.compile(f"[{scripts.HAN_SET}]")
_ASIDE = re.compile(
    r"^[ -~]{1,200}? ?(?:--|—|–|/)|"
    r"（[^（）]{1,300}）|\([^()]{1,300}\)|「[^「」]{1,300}」|“[^“”]{1,300}”|《[^《》]{1,300}》"
    r'|"[^"\n]{1,300}"|\'[^\'\n]{1,300}\'|‘[^‘’\n]{1,300}’|\*[^*\n]{1,300}\*|\[[^\[\]]{1,300}\]'
)
_SMALL = r"(?<![\w.@/+-])[a-z]{2,30}"
_THREE = re.compile(rf"{_SMALL}(?: [a-z]{{1,30}}){{2,30}}(?![\w@/+-])", re.ASCII)
_TWO = re.compile(rf"{_SMALL} [a-z]{{2,30}}(?![\w@/+-]| [a-z])", re.ASCII)
# the places of both, sought by the first letter
_WORDS = re.compile(r"[a-z](?<![\w.@/+-].)[a-z]{1,29} [a-z]", re.ASCII)
_CHINESE = re.compile(f"[{scripts.HAN_SET}]+")
_LONG_TARGET = 8  # characters from which equal targets of different sources are a slip


def one_target(entries: Sequence[Entry], _setting: Setting) -> Iterator[Found]:
    """One source has one translation; another context (msgctxt) may have another.

    Sign up | Sign up  →  登記 | 登記    passes
    Sign up | Sign up  →  登記 | 報名    fails
    Sign up | sign up.  →  登記 | 報名。    fails
    登記 | 登記  →  Sign up | Sign up    passes
    登記 | 登記  →  Sign up | Register    fails
    """
    texts = texts_of(entries)
    seen: dict[tuple[str | None, str], str] = {}
    for (entry, number, _, form), source in zip(texts.forms, texts.sources.bare, strict=True):
        if entry.msgid_plural is not None:
            continue
        first = seen.setdefault((entry.msgctxt, source), form)
        if first is not form and bare(first) != bare(form):
            yield Found(entry, f"the same source is translated “{first}” elsewhere", number)


def one_source(entries: Sequence[Entry], _setting: Setting) -> Iterator[Found]:
    """One translation stands for one source, or it was copied to the wrong place.

    Sources that differ in case, punctuation or inflection only are one. Of short texts only those
    are looked at whose sources share words and differ in others (Donate now, Volunteer now).

        Donate now | Volunteer now  →  立即捐款 | 立即做義工    passes
        Donate now | Volunteer now  →  立即捐款 | 立即捐款    fails
        Last update: | Last updated:  →  最後更新： | 最後更新：    passes
        Settings | Preferences  →  設定 | 設定    passes
        立即捐款 | 立即做義工  →  Donate now | Volunteer now    passes
        立即捐款一百元 | 立即捐款一千元  →  Donate a hundred | Donate a hundred    fails
    """
    texts = texts_of(entries)
    first: dict[str, str] = {}
    for (entry, number, source, form), text in zip(texts.forms, texts.targets.bare, strict=True):
        if entry.msgid_plural is not None:
            continue
        earlier = first.setdefault(text, source)
        if earlier is not source and bare(earlier) != bare(source) and _slip(earlier, source, form):
            yield Found(entry, f"the translation of “{earlier}” too", number)


def as_in_memory(entries: Sequence[Entry], setting: Setting) -> Iterator[Found]:
    """A translation is one the memory has approved for the same source, where it has any.

    The memory of these examples holds Liver disease = 肝病.

        Liver disease  →  肝病    passes
        Liver disease  →  肝臟疾病    fails
        Heart disease  →  心臟病    passes
        肝臟疾病  →  Liver disease    passes
    """
    if not setting.memory:
        return
    for entry, number, source, form in texts_of(entries).forms:
        approved = setting.memory.get(source, ())
        if approved and fold(form) not in map(fold, approved):
            yield Found(entry, f"the memory has “{approved[0]}”", number)


def unchanged(entries: Sequence[Entry], _setting: Setting) -> Iterator[Found]:
    """A translation is not its source again.

    Names and codes (no word in small letters beside the first, but for von, de …) may be.

        Our nurses visit.  →  我們的護士到訪。    passes
        Our nurses visit.  →  Our nurses visit.    fails
        HBV DNA  →  HBV DNA    passes
        Ludwig van Beethoven  →  Ludwig van Beethoven    passes
        Jockey Club CPS  →  Jockey Club CPS    passes
        我們的護士到訪。  →  Our nurses visit.    passes
        我們的護士到訪。  →  我們的護士到訪。    fails
    """
    for entry, number, source, form in texts_of(entries).forms:
        if source.strip() != form.strip() or looks_like_code(source):
            continue
        text = prose(form).text.replace(OPAQUE, " ")
        words = re.findall(r"[^\W\d_]+(?:['’-][^\W\d_]+)*", text)
        small = [word for word in words if _WORD.fullmatch(word) and word not in _PARTICLES]
        if scripts.han_count(text) > 1 or len(words) > 1 and small:
            yield Found(entry, "the same as its source", number)


def residue(entries: Sequence[Entry], setting: Setting) -> Iterator[Found]:
    """Nothing of the source's language was left in the translation.

    In Chinese: three English words in small letters. In English: Chinese characters. Quotations,
    brackets and titles are passed over, and so are names and `source -- translation`.

        The nurses visit the elderly home.  →  護士探訪安老院。    passes
        The nurses visit the elderly home.  →  護士visit the elderly home。    fails
        Watch on YouTube  →  在YouTube收看    passes
        Dr. Wang joined the walk.  →  王醫生（Dr. Wang joined the walk）出席。    passes
        我們探訪安老院。  →  We visited the elderly home.    passes
        我們探訪安老院。  →  We visited the 安老院.    fails
    """
    yield from _left(entries, _THREE if setting.chinese else _CHINESE)


def two_words_left(entries: Sequence[Entry], setting: Setting) -> Iterator[Found]:
    """No two English words in small letters stand in Chinese as the source has them.

    They may be a term of art that is kept.

        We visited the elderly home.  →  我們探訪安老院。    passes
        We visited the elderly home.  →  我們探訪 elderly home。    fails
        We visited the elderly home.  →  我們探訪安老院（elderly home）。    passes
        Care for liver  →  關愛肝臟 Care for liver    fails
        我們探訪安老院。  →  We visited the elderly home.    passes
    """
    if setting.chinese:
        yield from _left(entries, _TWO)


def length(entries: Sequence[Entry], setting: Setting) -> Iterator[Found]:
    """A translation is neither much too short nor much too long for its source.

    Chinese has 0.14 to 1.0 characters for each English one where the English has 10 to 29, 0.17 to
    0.80 up to 79, 0.19 to 0.65 beyond: one to two in a hundred good ones lie outside (measured on
    GNOME and LibreOffice catalogs). Addresses, tags and words both sides have are left out.

        Twelve companies joined the charity walk.  →  十二間公司參加了慈善步行。    passes
        More than five hundred volunteers joined the charity walk.  →  義工參加。    fails
        MOU  →  諒解備忘錄    passes
        十二間公司參加了慈善步行。  →  Twelve companies joined the charity walk.    passes
        五百多名義工參加了星期日早上舉行的慈善步行活動，為本會籌得善款。  →  They came.    fails
    """
    for entry, number, source, form in texts_of(entries).forms:
        english, chinese = (source, form) if setting.chinese else (form, source)
        if _surely_within(english, chinese) or not _HAN.search(chinese):
            continue
        ratio, low, high = _ratio(english, chinese)
        if not low <= ratio <= high:
            much = "short" if (ratio < low) == setting.chinese else "long"
            said = f"{ratio:.2f} Chinese characters for each English one, usual are {low} to {high}"
            yield Found(entry, f"too {much}: {said}", number)


def _slip(one: str, other: str, target: str) -> bool:
    ours, theirs = (_stems(text) for text in (one, other))
    differ = _differ(ours, theirs)
    if not differ:
        return False
    return len(bare(target)) >= _LONG_TARGET or bool(ours & theirs)


def _differ(ours: frozenset[str], theirs: frozenset[str]) -> bool:
    """Whether each side has a word of which the other has no form."""

    def alone(here: frozenset[str], there: frozenset[str]) -> bool:
        return any(not any(a in terms.forms(b) or b in terms.forms(a) for b in there) for a in here)

    return alone(ours - theirs, theirs - ours) and alone(theirs - ours, ours - theirs)


def _stems(text: str) -> frozenset[str]:
    """The words of a text; of Chinese, its characters."""
    folded = bare(text)
    return frozenset(_LETTERS.findall(folded) or _HAN.findall(folded))


def _left(entries: Sequence[Entry], pattern: re.Pattern[str]) -> Iterator[Found]:
    """The first match in each mixed form that is in no quotation and no bracket."""
    texts = texts_of(entries)
    for entry, number, source, form in texts.among(
        texts.targets.like(pattern if pattern is _CHINESE else _WORDS)
    ):
        if form.isascii():
            continue
        read = prose(form)
        if not _HAN.search(form) or not pattern.search(read.text) or looks_like_code(source):
            continue
        for match in pattern.finditer(without(_ASIDE, read.text)):
            if pattern is not _TWO or match.group() in source:
                span = read.span(*match.span())
                yield Found(entry, f"left untranslated: {match.group()}", number, *span)
                break


_LATIN = re.compile("[A-Za-z0-9]+")
_MARKUP = re.compile(r"[`{%&@\\|$]|://|www\.|<[A-Za-z]|</[A-Za-z]")
_BANDS = ((30, 0.14, 1.0), (80, 0.17, 0.80), (10**9, 0.19, 0.65))


def _surely_within(english: str, chinese: str) -> bool:
    """Whether the length lies inside its band however much is left out of it: most do."""
    if _MARKUP.search(english) or _MARKUP.search(chinese):
        return False
    here, there = (tags.plain(text).strip() for text in (english, chinese))
    words = _LATIN.findall(there)
    least = len(here) - sum(len(word) * here.count(word) for word in set(words))
    if least < 10:
        return False
    bands = [(low, high) for upper, low, high in _BANDS if least < upper][: 1 + (len(here) >= 30)]
    low, high = max(low for low, _ in bands), min(high for _, high in bands)
    shortest = len(there) - sum(map(len, words))
    return low <= shortest / len(here) and len(there) / least <= high


def _ratio(english: str, chinese: str) -> tuple[float, float, float]:
    """Chinese characters for each English one, and the band it should lie in."""
    here, there = (prose(text).text.replace(OPAQUE, "").strip() for text in (english, chinese))
    words = _LATIN.findall(there)
    others = _LATIN.findall(here) if words else []
    shared = set(words).intersection(others)
    size = len(here) - sum(len(word) for word in others if word in shared)
    length = len(there) - sum(len(word) for word in words if word in shared)
    # an English translation that is far too short must not fall below the smallest band
    if size < 10 and length < 10:
        return 1.0, 0.0, 9.0
    low, high = next((low, high) for upper, low, high in _BANDS if size < upper)
    return length / max(1, size), low, high
