"""The glossary: wanted, forbidden and kept words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bilingo.checks import Found, Setting
from bilingo.checks.texts import texts_of
from bilingo.model import Entry
from bilingo.text import glossary, terms
from bilingo.text.prose import prose

_LINE = re.compile(r":[0-9]+$")  # of a reference, where the catalog has line numbers
_LETTER = re.compile("[a-z]")


def wanted_terms(entries: Sequence[Entry], setting: Setting) -> Iterator[Found]:
    """Where the source has a term of the glossary, the translation has one of its wordings.

    The longest term counts, English ones in every inflection; the wording of the nearest region is
    wanted.

        en,zh-Hant-HK,status
        carrier,帶菌者,preferred
        carrier,帶病毒者,admitted
        chairman,主席,preferred
        Acting Chairman,署理主席,preferred
        child,兒童,preferred
        woman,婦女,preferred
        quality,質素,preferred

        The carriers were tested.  →  帶病毒者接受檢測。    passes
        The carriers were tested.  →  承運人接受檢測。    fails
        Carry a bag.  →  請帶備袋子。    passes
        Acting Chairman  →  主席    fails
        署理主席  →  Acting Chairman    passes
        署理主席  →  Chairman    fails
        兒童的質素  →  A quality of children    passes
        兒童的質素  →  Equality of children    fails
        The quality of women’s care  →  婦女護理的質素    passes
        The quality of women’s care  →  女性護理的質素    fails
    """
    concepts = glossary.wordings(setting.terms, setting.source, setting.target)
    index = terms.terms(name for name, wordings in concepts.items() if wordings.allowed)
    if not concepts:
        return
    for entry, number, source, form in texts_of(entries).forms:
        named = dict.fromkeys(name for _, _, name in terms.find(prose(source).text, index))
        missing = [n for n in named if not _has(prose(form).text, concepts[n].allowed)]
        if missing:
            said = ", ".join(f"“{n}” is {' or '.join(concepts[n].allowed)}" for n in missing)
            yield Found(entry, f"{said} in the glossary", number)


def forbidden_terms(entries: Sequence[Entry], setting: Setting) -> Iterator[Found]:
    """No translation has a wording the glossary forbids: for a term of its source, or at all.

    en,zh-Hant-HK,status
    carrier,承運人,forbidden
    ,弱智,forbidden
    handicapped,,forbidden

        The carriers were tested.  →  帶菌者接受檢測。    passes
        The carriers were tested.  →  承運人接受檢測。    fails
        The shipper paid.  →  承運人已付款。    passes
        Special school  →  弱智學校    fails
        特殊學校  →  Special school    passes
        特殊學校  →  School for the handicapped    fails
    """
    concepts = glossary.wordings(setting.terms, setting.source, setting.target)
    index = terms.terms(name for name, wordings in concepts.items() if wordings.forbidden)
    always = glossary.forbidden_alone(setting.terms, setting.target)
    everywhere = terms.terms(always)
    if not concepts and not always:
        return
    for entry, number, source, form in texts_of(entries).forms:
        named = [name for _, _, name in terms.find(prose(source).text, index)]
        forbidden = [text for name in named for text in concepts[name].forbidden]
        allowed = [text for name in named for text in concepts[name].allowed]
        read = prose(form)
        hits = terms.find(read.text, everywhere)
        if forbidden:
            hits += terms.find(read.text, terms.terms([*forbidden, *allowed]))
        for start, end, text in hits:
            if text in always or text in forbidden:
                span = read.span(start, end)
                yield Found(entry, f"{text} is forbidden in the glossary", number, *span)
                break


def kept_names(entries: Sequence[Entry], setting: Setting) -> Iterator[Found]:
    """A name the glossary keeps stands in the translation as it stands in the source.

    en,zh-Hant-HK,status
    Jockey Club CPS,,keep

        Jockey Club CPS opens.  →  Jockey Club CPS啟用。    passes
        Jockey Club CPS opens.  →  賽馬會CPS啟用。    fails
        Our club opens.  →  本會啟用。    passes
        Jockey Club CPS啟用。  →  Jockey Club CPS opens.    passes
        Jockey Club CPS啟用。  →  The club opens.    fails
    """
    names = [term.texts[0].text for term in setting.terms if term.status == "keep" and term.texts]
    for entry, number, source, form in texts_of(entries).forms:
        lost = [name for name in names if name in source and name not in form]
        if lost:
            yield Found(entry, f"{lost[0]} stays as it is in the glossary", number)


def first_mention(entries: Sequence[Entry], setting: Setting) -> Iterator[Found]:
    """Where an article has an `introduced` term first, its name follows: 乙型肝炎（hepatitis B）.

    en,zh-Hant-HK,status
    hepatitis B,乙型肝炎,introduced

        About hepatitis B  →  認識乙型肝炎（hepatitis B）    passes
        About hepatitis B  →  認識乙型肝炎    fails
        Hepatitis B | hepatitis B test  →  乙型肝炎（Hepatitis B） | 乙型肝炎測試    passes
        Hepatitis C  →  丙型肝炎    passes
        認識乙型肝炎  →  About hepatitis B    passes
    """
    concepts = {
        name: w
        for name, w in glossary.wordings(setting.terms, setting.source, setting.target).items()
        if w.introduced
    }
    if not setting.chinese or not concepts:
        return
    index = terms.terms(concepts)
    seen: set[tuple[str, str]] = set()
    for entry, number, source, form in texts_of(entries).forms:
        articles = {_LINE.sub("", reference) for reference in entry.references or ("",)}
        for _, _, name in terms.find(prose(source).text, index):
            first = {(article, name) for article in articles} - seen
            if not first:
                continue
            seen |= first
            text = prose(form).text.casefold()
            if not any(f"{bracket}{name.casefold()}" in text for bracket in "（("):
                wording = concepts[name].allowed[0]
                yield Found(entry, f"first mention: {wording}（{name}）", number)
                break


def _has(text: str, wordings: Sequence[str]) -> bool:
    """Whether a wording stands in the text; an English one begins a word: no quality in equality.

    So `volunteering` and `volunteerism` are `volunteer`; the inflections are those of `terms`.
    """
    folded = text.casefold()
    for wording in map(str.casefold, wordings):
        at = folded.find(wording)
        while at >= 0:
            if not (at and wording[0].isascii() and _LETTER.match(folded, at - 1)):
                return True
            at = folded.find(wording, at + 1)
    return bool(terms.find(text, terms.terms(wordings)))
