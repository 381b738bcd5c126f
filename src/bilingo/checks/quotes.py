"""Quotation marks and other pairs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bilingo.checks import Found, Setting
from bilingo.checks.texts import texts_of
from bilingo.model import Entry
from bilingo.text.prose import prose
from bilingo.text.scripts import HAN_SET

_PAIRS = dict(zip("「『《〈（【“", "」』》〉）】”", strict=True))
_CLOSING = frozenset(_PAIRS.values())
_MARKS = re.compile(f"[{''.join(_PAIRS)}{''.join(_CLOSING)}()]")
_ROUND = str.maketrans("()", "（）")
_HAN = re.compile(f"[{HAN_SET}]")
_CURLY = re.compile(r"“([^“”]{1,2000})”")
_CORNER = re.compile(r"「([^「」]{1,2000})」")
_STRAIGHT = re.compile(r'"([^"]{1,2000})"')
_INNER = str.maketrans("‘’", "『』")
_INNER_HANS = str.maketrans("『』", "‘’")


def quotation_marks(entries: Sequence[Entry], setting: Setting) -> Iterator[Found]:
    """Chinese is quoted as its house does: 「」 in Traditional text, “” in Simplified.

    Straight quotes are neither; the profiles other than `hk-press` let them stand where the source
    has them. A Latin sentence keeps the marks it came with.

        “We made it,” he said.  →  「我們做到了。」他說。    passes
        “We made it,” he said.  →  “我們做到了。”他說。    fails
        “We made it,” he said.  →  “我们做到了。”他说。    passes (zh-Hans-CN)
        “We made it,” he said.  →  「我们做到了。」他说。    fails (zh-Hans-CN)
        "Quote"  →  "引文"    fails
        "Quote"  →  "引文"    passes (tech)
        He said “Yes.”  →  他說：“Yes.”    passes
        「我們做到了。」  →  “We made it.”    passes
        「我們做到了。」  →  「我们做到了。」    fails (zh-Hans-CN)
    """
    if not setting.chinese:
        return
    wrong = _CORNER if setting.hans else _CURLY
    left, right = "“”" if setting.hans else "「」"
    inner = _INNER_HANS if setting.hans else _INNER
    texts = texts_of(entries)
    for entry, number, source, form in texts.among(texts.targets.having('"“「')):
        read = prose(form)
        straight = setting.profile == "hk-press" or '"' not in source
        found = [
            match
            for pattern in (wrong, _STRAIGHT)
            if pattern is wrong or straight
            for match in pattern.finditer(read.text)
            if _HAN.search(match[1])
        ]
        if found:
            changes = sorted(
                (at, at + 1, mark)
                for match in found
                for at, mark in ((match.start(), left), (match.end() - 1, right))
            )
            nested = any(mark in read.text for mark in (left, right)) or bool(
                re.search("[『』‘’]", read.text)
            )
            start, end = read.span(*found[0].span())
            sentence = f"{found[0].group()[0]} for {left}{right}"
            # marks of another level would have to change too
            fix = None if nested else read.mended(changes)
            if nested and not any(m in read.text for m in (left, right)):
                fix = _whole(read.mended(changes), inner)
            yield Found(entry, sentence, number, start, end, fix)


def _whole(text: str | None, inner: dict[int, int]) -> str | None:
    """Inner marks changed too, unless one may be an apostrophe."""
    if text is None or text.count("‘") != text.count("’"):
        return None
    return text.translate(inner)


def balanced_pairs(entries: Sequence[Entry], setting: Setting) -> Iterator[Found]:
    """Every quotation mark and bracket is opened, closed and not crossed.

    A source that leaves one open (a quotation over two paragraphs) excuses its translation.

        “We made it,” he said.  →  「我們做到了。」他說。    passes
        “We made it,” he said.  →  「我們做到了。他說。    fails
        “We made it,” he said.  →  」我們做到了。「他說。    fails
        the book ‘Liver Care’  →  《護肝手冊    fails
        (free)  →  （免費)    passes
        「我們做到了。」他說。  →  “We made it,” he said.    passes
        「我們做到了。」他說。  →  “We made it, he said.    fails
    """
    texts = texts_of(entries)
    for entry, number, source, form in texts.among(
        texts.targets.having((*_PAIRS, *_CLOSING, "(", ")"))
    ):
        at = _unbalanced(prose(form).text)
        if at is not None and _unbalanced(prose(source).text) is None:
            read = prose(form)
            start, end = read.span(at, at + 1)
            yield Found(entry, f"{read.text[at]} without its partner", number, start, end)


def nested_quotes(entries: Sequence[Entry], setting: Setting) -> Iterator[Found]:
    """A quotation inside a quotation has the inner marks: 「…『…』…」.

    In Simplified text “…‘…’…”.

        “She said ‘no’.”  →  「她說『不』。」    passes
        “She said ‘no’.”  →  「她說「不」。」    fails
        “She said ‘no’.”  →  “她说‘不’。”    passes (zh-Hans-CN)
        “She said ‘no’.”  →  “她说“不”。”    fails (zh-Hans-CN)
        「她說『不』。」  →  “She said ‘no’.”    passes
        「她說『不』。」  →  “她说“不”。”    fails (zh-Hans-CN)
    """
    if not setting.chinese:
        return
    texts = texts_of(entries)
    for entry, number, _, form in texts.among(texts.targets.having("「“")):
        for left, right, inner in (("「", "」", "『』"), ("“", "”", "‘’")):
            if form.count(left) < 2:
                continue
            read = prose(form)
            changes, at = _inner(read.text, left, right, inner)
            if changes:
                start, end = read.span(at, at + 1)
                fix = read.mended(changes)
                yield Found(entry, f"{left} inside {left}: use {inner}", number, start, end, fix)


def _unbalanced(text: str) -> int | None:
    """Offset of the first mark without a partner; ASCII brackets count as full-width ones."""
    open_marks: list[tuple[str, int]] = []
    for found in _MARKS.finditer(text):
        mark = found.group().translate(_ROUND)
        if mark in _PAIRS:
            open_marks.append((_PAIRS[mark], found.start()))
        elif not open_marks or open_marks.pop()[0] != mark:
            return found.start()
    return open_marks[0][1] if open_marks else None


def _inner(text: str, left: str, right: str, inner: str) -> tuple[list[tuple[int, int, str]], int]:
    """The marks at even depth changed to inner ones, and where the first is; none if unbalanced."""
    changes: list[tuple[int, int, str]] = []
    depth = 0
    for found in re.finditer(f"[{left}{right}]", text):
        opening = found.group() == left
        depth += opening
        if depth % 2 == 0:
            changes.append((*found.span(), inner[0] if opening else inner[1]))
        depth -= not opening
        if depth < 0:
            return [], 0
    return ([], 0) if depth or not changes else (changes, changes[0][0])
