"""Punctuation: widths, ellipses, dashes, repeated marks, the mark at the end."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

from bilingo.checks import Found, Setting
from bilingo.checks.texts import Form, texts_of
from bilingo.model import Entry
from bilingo.text.prose import OPAQUE, prose, without
from bilingo.text.scripts import HAN_SET

_FULL = dict(zip(",.;:!?", "，。；：！？", strict=True))
# A stop before a letter or digit is that of a file name; `::` is markup.
_HALF_AFTER_HAN = re.compile(
    rf"(?<=[{HAN_SET}」』》）])(?:[,;!?]|:(?!:)|\.(?![.A-Za-z0-9]))(?: (?=\S))?"
)
# the same places, sought by the mark
_HALF = re.compile(rf"[,.;:!?](?<=[{HAN_SET}」』》）].)")
_HAN = re.compile(f"[{HAN_SET}]")
_BRACKETS = re.compile(rf"\(([^()\n]{{0,200}}[{HAN_SET}][^()\n]{{0,200}})\)")
_WIDE = re.compile(r"[０-９Ａ-Ｚａ-ｚ]+")
_NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_WIDE_MARK = re.compile(rf"(?<![{HAN_SET}，。、；：？！（）「」『』《》])[，。；：？！]+")
_ELLIPSIS = re.compile(rf"(?<=[{HAN_SET}」』》），])\.{{3,}}|。{{3,}}|(?<!…)…(?!…)")
_DASH = re.compile(rf"(?<=[{HAN_SET}」』》）])(?: ?--+ ?| ?(?<!—)—(?!—) ?)(?=[{HAN_SET}「『《（])")
_REPEATED = re.compile(r"([，、；：])\1+|(?<!。)。。(?!。)|([的於于或被們们])\2")
# what _REPEATED finds, to be looked for first
_DOUBLES = [2 * mark for mark in "，、；：。的於于或被們们"]
_TWICE = re.compile(
    r"\b(a|an|and|are|at|by|for|from|in|is|of|on|or|that|the|to|was|with)\s+\1\b", re.IGNORECASE
)
# where a doubled character is right: 目的+的, 的+的士, reduplication
_RIGHTLY = re.compile(r"的的確確|的的确确|[目標标端]的的|的的士|的的確|或或")


def half_width_marks(entries: Sequence[Entry], setting: Setting) -> Iterator[Found]:
    """Chinese punctuation is full-width: no `, . ; : ! ?` after a Chinese character.

    Numbers, times, file names and Latin phrases keep theirs. Of the colons of a program's messages
    see T017.

        The walk ended.  →  步行活動結束。    passes
        The walk ended.  →  步行活動結束.    fails
        Apples, pears and plums.  →  蘋果,梨和李子。    fails
        It costs HK$1,200.50.  →  收費1,200.50港元。    passes
        See example.org.  →  請瀏覽example.org。    passes
        Open <1>the file</1>.  →  打開<1>檔案</1>.    fails
        步行活動結束。  →  The walk ended.    passes
        步行活動結束。  →  步行活动结束.    fails (zh-Hans-CN)
    """
    if setting.chinese:

        def full(match: re.Match[str]) -> str:
            return _FULL[match.group()[0]]

        texts = texts_of(entries)
        for found in _each(texts.among(texts.targets.like(_HALF)), _HALF_AFTER_HAN, full):
            entry, number, source, match, _ = found
            if not (_programs(setting) and _fills_in(source, entry.msgstr[number], match)):
                yield _said(found, "half-width {text} after Chinese")


def colons_of_programs(entries: Sequence[Entry], setting: Setting) -> Iterator[Found]:
    """In the profiles `tech` and `ui`: a colon that ends a label, or before what is filled in.

    Catalogs of programs often keep the half-width colon there; others have ：. Everywhere else the
    colon is that of T001.

        Error: %s  →  錯誤：%s    passes (ui)
        Error: %s  →  錯誤: %s    fails (ui)
        Base path:  →  基底路徑:    fails (tech)
        Error: %s  →  錯誤: %s    passes
        錯誤：%s  →  Error: %s    passes
        錯誤：%s  →  错误: %s    fails (ui)
    """
    if setting.chinese and _programs(setting):
        texts = texts_of(entries)
        for found in _each(texts.among(texts.targets.having(":")), _HALF_AFTER_HAN, lambda _: "："):
            entry, number, source, match, _ = found
            if _fills_in(source, entry.msgstr[number], match):
                yield _said(found, "half-width {text} after Chinese")


def _programs(setting: Setting) -> bool:
    return setting.profile in ("tech", "ui")


def _fills_in(source: str, form: str, match: re.Match[str]) -> bool:
    """A colon at the end or before a placeholder, as the source has one."""
    after = match.string[match.end() :].lstrip()[:1]
    ends = source.rstrip().endswith((":", "：")) and form.rstrip().endswith(":")
    colons = match.group()[0] == ":" and (":" in source or "：" in source)
    return colons and (ends if not after else after == OPAQUE)


def half_width_brackets(entries: Sequence[Entry], setting: Setting) -> Iterator[Found]:
    """Brackets around Chinese text are full-width: （費用全免）.

    Around Latin text only they are a matter of taste.

        (Free of charge)  →  （費用全免）    passes
        (Free of charge)  →  (費用全免)    fails
        Hepatitis B (HBV)  →  乙型肝炎(HBV)    passes
        （費用全免）  →  (Free of charge)    passes
        （費用全免）  →  (费用全免)    fails (zh-Hans-CN)
    """
    if setting.chinese:
        texts = texts_of(entries)
        forms = texts.among(texts.targets.having("("))
        for found in _each(forms, _BRACKETS, lambda match: f"（{match[1]}）"):
            yield _said(found, "half-width brackets around Chinese")


def full_width_letters(entries: Sequence[Entry], setting: Setting) -> Iterator[Found]:
    """Letters and digits are half-width: HKSAR, 2024.

    HKSAR passport  →  HKSAR護照    passes
    HKSAR passport  →  ＨＫＳＡＲ護照    fails
    2024  →  ２０２４年    fails
    香港特區護照  →  HKSAR passport    passes
    2024年  →  ２０２４    fails
    """
    texts = texts_of(entries)
    for entry, number, source, form in texts.among(texts.targets.like(_WIDE)):
        found = [match for match in _WIDE.finditer(form) if match.group() not in source]
        if found:
            fix = _WIDE.sub(partial(_narrowed, source), form)
            span = found[0].span()
            yield Found(entry, f"full-width {found[0].group()}", number, *span, fix)


def full_width_marks(entries: Sequence[Entry], setting: Setting) -> Iterator[Found]:
    """English punctuation is half-width.

    洗手，戴口罩。  →  Wash your hands, wear a mask.    passes
    洗手，戴口罩。  →  Wash your hands，wear a mask.    fails
    你好嗎？  →  How are you？    fails
    《護肝手冊》  →  “Liver Care” (《護肝手冊》)    passes
    Wash your hands, wear a mask.  →  洗手，戴口罩。    passes
    """
    if not setting.chinese:

        def half(match: re.Match[str]) -> str:
            marks = match.group().replace("。", ".").translate(_NARROW)
            return marks + (" " if match.string[match.end() : match.end() + 1].isalnum() else "")

        texts = texts_of(entries)
        forms = texts.among(texts.targets.having("，。、；：？！"))
        for found in _each(forms, _WIDE_MARK, half):
            yield _said(found, "full-width {text} in English")


def ellipsis_marks(entries: Sequence[Entry], setting: Setting) -> Iterator[Found]:
    """A Chinese ellipsis is six dots: ……

    Profiles `tech` and `ui` let a label have one `…` or `...` where its source has (另存為…).

        He waited…  →  他等着……    passes
        He waited…  →  他等着…    fails
        He waited…  →  他等着...    fails
        He waited…  →  他等着。。。    fails
        Save as…  →  另存為…    passes (ui)
        他等着……  →  He waited…    passes
        他等着……  →  他等着...    fails (zh-Hans-CN)
    """
    if setting.chinese:
        labels = setting.profile in ("tech", "ui")
        texts = texts_of(entries)
        forms = texts.among(texts.targets.having(("...", "…", "。。。")))
        for found in _each(forms, _ELLIPSIS, lambda _: "……", needs_han=True):
            entry, number, source, match, fix = found
            if not (labels and ("…" in source or "..." in source)):
                yield _said((entry, number, source, match, fix), "{text} for ……")


def dash_marks(entries: Sequence[Entry], setting: Setting) -> Iterator[Found]:
    """A Chinese dash is two ems: ——

    Not `--`, nor a single —, between Chinese characters; the other profiles than `hk-press` let a
    dash stand that stands in the source.

        The result — a first — was out.  →  結果——首例——公布。    passes
        The result — a first — was out.  →  結果--首例--公布。    fails
        The result — a first — was out.  →  結果—首例—公布。    fails
        COVID-19  →  COVID-19    passes
        結果——首例——公布。  →  The result — a first — was out.    passes
        結果——首例——公布。  →  结果 -- 首例 -- 公布。    fails (zh-Hans-CN)
    """
    if setting.chinese:
        texts = texts_of(entries)
        for found in _each(texts.among(texts.targets.having(("--", "—"))), _DASH, lambda _: "——"):
            if setting.profile == "hk-press" or found[3].group().strip() not in found[2]:
                yield _said(found, "{text} for ——")


def repeated(entries: Sequence[Entry], setting: Setting) -> Iterator[Found]:
    """No mark and no small word stands twice by accident: ，， 的的 “the the”.

    the patients  →  病人的權益    passes
    the patients  →  病人的的權益    fails
    indeed  →  的的確確    passes
    to reach the goal  →  達到目的的方法    passes
    First, wash.  →  首先，，洗手。    fails
    病人的權益  →  the rights of patients    passes
    病人的權益  →  the rights of of patients    fails
    """
    texts = texts_of(entries)
    pattern = _REPEATED if setting.chinese else _TWICE
    found = texts.targets.having(_DOUBLES) if setting.chinese else texts.targets.like(_TWICE)
    found |= texts.targets.having("<")
    for entry, number, source, form in texts.among(found):
        read = prose(form)
        for match in pattern.finditer(without(_RIGHTLY, read.text)):
            if match.group() not in source:
                start, end = read.span(*match.span())
                yield Found(entry, f"repeated {match.group()}", number, start, end)
                break


def _narrowed(source: str, match: re.Match[str]) -> str:
    return match.group() if match.group() in source else match.group().translate(_NARROW)


_Hit = tuple[Entry, int, str, re.Match[str], str | None]


def _each(
    forms: Iterable[Form],
    pattern: re.Pattern[str],
    mend: Callable[[re.Match[str]], str],
    *,
    needs_han: bool = False,
) -> Iterator[_Hit]:
    """The first match in the prose of each form, and the form with every match mended."""
    for entry, number, source, form in forms:
        if source.startswith(">>> "):  # a session with a program
            continue
        read = prose(form)
        matches = list(pattern.finditer(read.text))
        if matches and not (needs_han and not _HAN.search(read.text)):
            changes = [(*match.span(), mend(match)) for match in matches]
            yield entry, number, source, matches[0], read.mended(changes)


def _said(found: _Hit, sentence: str) -> Found:
    entry, number, _, match, fix = found
    span = prose(entry.msgstr[number]).span(*match.span())
    return Found(entry, sentence.format(text=match.group().strip()), number, *span, fix)
