"""Traditional and Simplified characters."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from importlib.resources import files

from bilingo.checks import Found, Setting
from bilingo.checks.texts import texts_of
from bilingo.model import Entry
from bilingo.text import locales, scripts
from bilingo.text.prose import prose


def simplified_characters(entries: Sequence[Entry], setting: Setting) -> Iterator[Found]:
    """No character that only Simplified text has stands in a Traditional translation.

    The set is generated, see `bilingo.text.scripts`; Hong Kong forms (着 裏 衞) are not in it, and
    Japanese is passed over. A button or title quoted in Simplified characters on purpose is
    answered in the catalog. An error is only what no Traditional text has, 92 % of the slips when
    one character of a sentence is converted; those whose Simplified form is also a Traditional
    character (后 里 面 只) can be right, so they are notes of R003, and both together find 98 %.

        Eat less salt.  →  吃少鹽。    passes
        Eat less salt.  →  吃少盐。    fails
        He spoke.  →  他說着話。    passes
        Eat less salt.  →  吃少盐。    passes (zh-Hans-CN)
        Tokyo Station  →  東京の駅    passes
        吃少鹽。  →  Eat less salt.    passes
        健康饮食  →  健康飲食    passes
    """
    if locales.script(setting.target) == "Hant":
        yield from _leaks(entries, scripts.simplified(), scripts.simplified_only, "Simplified")


def traditional_characters(entries: Sequence[Entry], setting: Setting) -> Iterator[Found]:
    """No character that only Traditional text has stands in a Simplified translation.

    乾 瞭 藉 are written in both.

        The foundation  →  基金会    passes (zh-Hans-CN)
        The foundation  →  基金會    fails (zh-Hans-CN)
        Emperor Qianlong  →  乾隆皇帝    passes (zh-Hans-CN)
        The foundation  →  基金會    passes
        基金會  →  基金会    passes (zh-Hans-CN)
        基金會  →  基金會    fails (zh-Hans-CN)
    """
    if locales.script(setting.target) == "Hans":
        yield from _leaks(entries, scripts.traditional(), scripts.traditional_only, "Traditional")


def simplified_words(entries: Sequence[Entry], setting: Setting) -> Iterator[Found]:
    """No character of both scripts is used as only Simplified text uses it: 以后 for 以後.

    By a list of words, `checks/ambiguous.txt`; what is not in the list is not found. In 113,000
    characters of Traditional text it flags one, which is a slip. It is a note and no error, for a
    list of words may be wrong about a name where R001 cannot be; it finds another 6 % of slips.

        See you afterwards.  →  以後再見。    passes
        See you afterwards.  →  以后再見。    fails
        Queen’s Road  →  皇后大道    passes
        two hundred metres apart  →  相距兩百公里外    passes
        Bread is included.  →  價錢方面包括麵包。    passes
        位於九龍  →  In Kowloon    passes
        位於九龍  →  位于九龍    fails
    """
    if locales.script(setting.target) != "Hant":
        return
    texts = texts_of(entries)
    present = texts.targets.characters.intersection(_ambiguous()[0])
    words = [word for one in present for word, _, _ in _ambiguous()[0][one]]
    known = texts.targets.characters.issuperset
    found_in = texts.targets.like(re.compile("|".join(filter(known, words)) or "(?!)"))
    for entry, number, _, form in texts.among(found_in):
        found = sorted(_words(prose(form).text))
        if found:
            starts = prose(form).span(found[0][0], found[0][0] + len(found[0][1]))
            said = ", ".join(dict.fromkeys(f"{wrong} → {right}" for _, wrong, right in found))
            yield Found(entry, f"Simplified spelling: {said}", number, *starts)


def _leaks(
    entries: Sequence[Entry],
    characters: frozenset[str],
    find: Callable[[str], list[tuple[int, str]]],
    name: str,
) -> Iterator[Found]:
    texts = texts_of(entries)
    present = texts.targets.characters & characters
    for entry, number, _, form in texts.among(texts.targets.having(present)):
        read = prose(form)
        found = find(read.text)
        if found:
            said = " ".join(dict.fromkeys(character for _, character in found))
            first = found[0][0]
            yield Found(entry, f"{name} characters: {said}", number, *read.span(first, first + 1))


def _words(text: str) -> Iterator[tuple[int, str, str]]:
    """Each word of the list that stands in the text: its offset, itself, its right spelling."""
    words, exceptions = _ambiguous()
    for index, character in enumerate(text):
        for word, at, right in words.get(character, ()):
            start = index - at
            if start < 0 or not text.startswith(word, start):
                continue
            if not any(
                text.startswith(longer, index - place)
                for longer, place in exceptions[character]
                if index >= place
            ):
                yield start, word, right


@cache
def _ambiguous() -> tuple[dict[str, list[tuple[str, int, str]]], dict[str, list[tuple[str, int]]]]:
    """By character: words with the place of it and the right spelling; words in which it is right.

    Longest words first.
    """
    words: dict[str, list[tuple[str, int, str]]] = {}
    exceptions: dict[str, list[tuple[str, int]]] = {}
    text = files("bilingo.checks").joinpath("ambiguous.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        if line.startswith("#"):
            continue
        wrong, _, right = line.partition("!")
        character, instead, *listed = wrong.split()
        entries = words.setdefault(character, [])
        entries += ((w, w.index(character), w.replace(character, instead)) for w in listed)
        rest = exceptions.setdefault(character, [])
        rest += ((w, w.index(character)) for w in right.split() if character in w)
    return words, exceptions
