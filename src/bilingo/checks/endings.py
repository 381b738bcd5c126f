"""The mark at the end of a translation."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bilingo.checks import Found, Setting
from bilingo.checks.texts import texts_of
from bilingo.model import Entry
from bilingo.text.prose import looks_like_code, prose

_CLOSERS = "」』”’\"'）)》〉】］]*_}> \t\n\u00a0\u3000"
_CLASS = {
    **dict.fromkeys(".。．", "stop"),
    **dict.fromkeys("?？", "question mark"),
    **dict.fromkeys("!！", "exclamation mark"),
    **dict.fromkeys(":：", "colon"),
    **dict.fromkeys(";；", "semicolon"),
    **dict.fromkeys(",，、", "comma"),
    **dict.fromkeys("…⋯", "ellipsis"),
}
_NOTHING = "no mark"
# What a translator may choose: an exclamation is softened, a colon becomes a stop and so on.
_FREE = [
    {"stop", "exclamation mark"},
    {"colon", "stop"},
    {"ellipsis", "stop"},
    {"semicolon", "stop"},
    {"comma", _NOTHING},
    {"comma", "stop"},
    {"comma", "colon"},
    {"comma", "semicolon"},
]
# The ends of most texts, for which nothing more need be asked.
_AGREE = frozenset({(".", "。"), ("。", "."), ("?", "？"), ("？", "?"), (".", "."), ("。", "。")})
# A stop that is, or may be, that of an abbreviation.
_ABBREVIATION = re.compile(
    r"(?:\b(?:Ltd|Inc|Co|Corp|Bros|etc|al|[ap]\.\s?m|St|Rd|Ave|No|Dr|Mr|Mrs|Ms|Prof|Jr|Sr|vs"
    r"|approx|Tel|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Ph\.D|[a-z]\.[a-z])|\b[A-Z])\.$"
)
_STOP_INSIDE = re.compile(r"[。！？]|[.!?]\s")
_QUOTES = frozenset('」』”’"')
_MARK_IN_QUOTES = re.compile(f'[{re.escape("".join(_CLASS))}][」』”’"]')
_SHORTEST = 5  # characters; Weblate too passes over sources of 4 (docs, “Check: trailing stop”)


def final_mark(entries: Sequence[Entry], setting: Setting) -> Iterator[Found]:
    """A translation ends as its source does: with a stop, a question mark, a colon or nothing.

    Closing brackets and quotation marks are looked through; `!` may soften to 。, a colon may
    become a stop, and the stop of an abbreviation is none. Of a program's messages see T018.

        The walk ended.  →  步行活動結束。    passes
        The walk ended.  →  步行活動結束    fails
        Is it free?  →  是否免費？    passes
        Is it free?  →  費用全免。    fails
        Register now!  →  立即登記。    passes
        He said “Go.”  →  他說：「走吧。」    passes
        “Is it free?” she asked.  →  她問：「是否免費？」    passes
        Supported by ABC Ltd.  →  ABC有限公司贊助    passes
        Charity Walk 2024  →  慈善步行2024。    fails
        步行活動結束。  →  The walk ended.    passes
        步行活動結束。  →  The walk ended    fails
    """
    for entry, number, source, form in texts_of(entries).forms:
        if (source[-1:], form[-1:]) in _AGREE:
            continue
        if len(source.strip()) < (_SHORTEST if source.isascii() else 2):
            continue
        wanted, found = _ending(prose(source).text), _ending(prose(form).text)
        if wanted == found or {wanted, found} in _FREE:
            continue
        if looks_like_code(source):
            continue
        if _message(setting, source, form, {wanted, found}):
            continue
        if {wanted, found} == {"stop", _NOTHING}:
            if _abbreviated(source if wanted == "stop" else form):
                continue
        elif _spoken(source, wanted, form) or _spoken(form, found, source):
            continue
        yield Found(entry, f"ends with {_a(found)}, the source with {_a(wanted)}", number)


def stops_of_messages(entries: Sequence[Entry], setting: Setting) -> Iterator[Found]:
    """In the profiles `tech` and `ui`: a message of one sentence ends with a stop as its source.

    Many catalogs of programs leave it out, or add it. Texts of more sentences are those of T008.

        %s is not a directory.  →  %s 不是資料夾。    passes (ui)
        %s is not a directory.  →  %s 不是資料夾    fails (ui)
        It failed. Try again.  →  失敗。請再試    passes (tech)
        The walk ended.  →  步行活動結束    passes
        %s 不是資料夾。  →  %s is not a directory.    passes
        %s 不是資料夾。  →  %s 不是文件夹    fails (tech)
    """
    for entry, number, source, form in texts_of(entries).forms:
        if (source[-1:], form[-1:]) in _AGREE or len(source.strip()) < _SHORTEST:
            continue
        wanted, found = _ending(prose(source).text), _ending(prose(form).text)
        if _message(setting, source, form, {wanted, found}) and not _abbreviated(source):
            yield Found(entry, f"ends with {_a(found)}, the source with {_a(wanted)}", number)


def _message(setting: Setting, source: str, form: str, ends: set[str]) -> bool:
    """Whether a stop at the end of one sentence, on one side only, is all that differs."""
    inside = (prose(text).text.rstrip(_CLOSERS + ".。") for text in (source, form))
    return (
        setting.profile in ("tech", "ui")
        and ends == {"stop", _NOTHING}
        and not any(_STOP_INSIDE.search(text) for text in inside)
    )


def _ending(text: str) -> str:
    inside = text.rstrip(_CLOSERS)
    if inside.endswith("..."):
        return "ellipsis"
    return _CLASS.get(inside[-1:], _NOTHING)


def _spoken(text: str, mark: str, other: str) -> bool:
    """Whether `text` ends with words that are quoted inside `other`: who says so may come last."""
    closers = text[len(text.rstrip(_CLOSERS)) :]
    return not _QUOTES.isdisjoint(closers) and any(
        _CLASS.get(found[0]) == mark for found in _MARK_IN_QUOTES.findall(other)
    )


def _abbreviated(text: str) -> bool:
    return _ABBREVIATION.search(text.rstrip(_CLOSERS)[-40:]) is not None


def _a(mark: str) -> str:
    article = "an" if mark[0] == "e" else "a"
    return mark if mark == _NOTHING else f"{article} {mark}"
