"""White space: between Chinese characters, around full-width marks, beside Latin, at the edges."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from bilingo.checks import Found, Setting
from bilingo.checks.texts import texts_of
from bilingo.model import Entry
from bilingo.text import breaks
from bilingo.text.prose import Prose, prose
from bilingo.text.scripts import HAN_SET

_BETWEEN = re.compile(rf"(?<=[{HAN_SET}])[ \u00a0]+(?=[{HAN_SET}])")
# the same places, sought by the space
_SPACE_BEFORE_HAN = re.compile(rf"[ \u00a0](?=[{HAN_SET}])")
_SENTENCE = re.compile("[。！？；]")
# A surname and a given name to the end of a phrase: `冠軍 陳小明` stands in tables and lists.
_NAME = re.compile(
    r"(?:[陳李黃張王梁林劉吳何周楊葉鄭徐朱蔡馬胡許鄧曾郭馮謝羅潘鍾余盧蘇彭江袁方伍韓文麥譚葛莫關呂龍姚"
    r"趙孫高蕭杜鄒沈唐石程丁丘鄺岑阮黎簡崔溫廖湯戴魏尹任白夏施洪歐霍倪翁殷范俞顧金史凌鮑薛萬古區姜陸"
    r"陈刘吴张黄杨叶郑许邓罗钟卢苏谭关吕龙赵孙肖]|歐陽|司徒|上官|諸葛|歐阳)"
    rf"[{HAN_SET}]{{1,2}}(?![{HAN_SET}])"
)
_MARKS = "，。；：？！、」』》）「『《（"
# Beside markup a space may be needed (reStructuredText), and before a stroke it is a divider.
_BESIDE_MARK = re.compile(
    rf"(?<=[{_MARKS}])[ \u00a0]+(?=[{HAN_SET}{_MARKS}A-Za-z0-9])"
    rf"|(?<=[{HAN_SET}A-Za-z0-9])[ \u00a0]+(?=[{_MARKS}])"
)
_SPACE_BY_MARK = re.compile(rf"[ \u00a0](?:(?=[{_MARKS}])|(?<=[{_MARKS}].))")
_BEFORE_MARK = re.compile(rf"(?<=[{HAN_SET}A-Za-z0-9])[ \u00a0]+(?=[{_MARKS}])")
_SPACED = re.compile(
    rf"(?<=[{HAN_SET}])[ \u00a0](?=[A-Za-z0-9])|(?<=[A-Za-z0-9])[ \u00a0](?=[{HAN_SET}])"
)
_CLOSE = re.compile(rf"(?<=[{HAN_SET}])(?=[A-Za-z0-9])|(?<=[A-Za-z0-9])(?=[{HAN_SET}])")
_APART = re.compile(rf"[ \u00a0](?:(?=[{HAN_SET}])|(?<=[{HAN_SET}].))")
_TOGETHER = re.compile(rf"[A-Za-z0-9](?:(?=[{HAN_SET}])|(?<=[{HAN_SET}].))")
_MAJORITY = 0.9  # of all places in a catalog, before `auto` calls the rest wrong
# Zero-width and directional characters; not U+200C and U+200D, which emoji and other scripts need.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u200b\u200e\u200f\u2028-\u202e\u2060-\u2064"
    "\u2066-\u2069\ufeff\ufff9-\ufffd\ue000-\uf8ff]"
)
_UNSEEN = re.compile(f"[{_INVISIBLE.pattern[1:-1]}\u2e9f\u2ef3\u2f00-\u2fd5\uf900-\ufaff]")
_RADICAL = re.compile("[\u2e9f\u2ef3\u2f00-\u2fd5\uf900-\ufaff]")


def between_chinese(entries: Sequence[Entry], setting: Setting) -> Iterator[Found]:
    """No space stands between two Chinese characters.

    An ideographic space may, and so may a space before a person's name where the text is no
    sentence, as in a table.

        Free test  →  免費檢測    passes
        Free test  →  免費 檢測    fails
        Chan Tai Man, Wong Siu Ming  →  陳大文　黃小明    passes
        Group A: Chan Siu Ming  →  A組：冠軍 陳小明    passes
        免費檢測  →  Free test    passes
        免費檢測  →  免费 检测    fails (zh-Hans-CN)
    """
    if not setting.chinese:
        return
    texts = texts_of(entries)
    for entry, number, source, form in texts.among(texts.targets.like(_SPACE_BEFORE_HAN)):
        if _BETWEEN.search(source):
            continue
        read = prose(form)
        sentence = _SENTENCE.search(read.text) is not None
        found = [
            match
            for match in _BETWEEN.finditer(read.text)
            if sentence or not _NAME.match(read.text, match.end())
        ]
        if found:
            start, end = read.span(*found[0].span())
            # outside a sentence it may divide two things
            fix = _without(read, found) if sentence else None
            yield Found(entry, "space between Chinese characters", number, start, end, fix)


def beside_marks(entries: Sequence[Entry], setting: Setting) -> Iterator[Found]:
    """No space stands beside a full-width mark, which brings its own.

    The profiles other than `hk-press` let one stand after the mark.

        He left. She stayed.  →  他走了。她留下。    passes
        He left. She stayed.  →  他走了。 她留下。    fails
        He left. She stayed.  →  他走了。 她留下。    passes (tech)
        Hepatitis B (HBV)  →  乙型肝炎 （HBV）    fails
        他走了。她留下。  →  He left. She stayed.    passes
        他走了。她留下。  →  他走了 。她留下。    fails (zh-Hans-CN)
    """
    if not setting.chinese:
        return
    pattern = _BESIDE_MARK if setting.profile == "hk-press" else _BEFORE_MARK
    texts = texts_of(entries)
    for entry, number, _, form in texts.among(texts.targets.like(_SPACE_BY_MARK)):
        read = prose(form)
        found = list(pattern.finditer(read.text))
        if found:
            start, end = read.span(*found[0].span())
            fix = _without(read, found)
            yield Found(entry, "space beside a full-width mark", number, start, end, fix)


def chinese_and_latin(entries: Sequence[Entry], setting: Setting) -> Iterator[Found]:
    """Chinese and Latin stand together as the house has it: 500人 (`hk-press`), 500 人 (`tech`).

    `ui` is as `tech`; `hans` has no rule; `auto` finds the few where nine in ten of a catalog are
    of the other kind.

        500 people joined.  →  500人參加。    passes
        500 people joined.  →  500 人參加。    fails
        500 people joined.  →  500 人參加。    passes (tech)
        500 people joined.  →  500人參加。    fails (tech)
        500 people joined.  →  500人参加。    passes (hans)
        Dr. Wang Shunqing  →  Dr. Wang Shunqing醫生    passes
        500人參加。  →  500 people joined.    passes
        500人參加。  →  500 人参加。    fails (zh-Hans-CN)
    """
    if not setting.chinese or setting.profile == "hans":
        return
    texts = texts_of(entries)
    spaced = setting.profile in ("tech", "ui")
    found_in = texts.targets.like(_APART if not spaced else _TOGETHER)
    if setting.profile == "auto":
        found_in = set(range(len(texts.forms)))
    forms = [(f.entry, f.number, prose(f.text)) for f in texts.among(found_in)]
    if setting.profile == "auto":
        with_space = sum(len(_SPACED.findall(read.text)) for _, _, read in forms)
        without = sum(len(_CLOSE.findall(read.text)) for _, _, read in forms)
        if max(with_space, without) < _MAJORITY * (with_space + without):
            return
        spaced = with_space > without
    pattern, sentence = (
        (_CLOSE, "no space between Chinese and Latin")
        if spaced
        else (_SPACED, "space between Chinese and Latin")
    )
    for entry, number, read in forms:
        found = list(pattern.finditer(read.text))
        if found:
            fix = read.mended((*match.span(), " " if spaced else "") for match in found)
            yield Found(entry, sentence, number, *read.span(*found[0].span()), fix)


def outer_breaks(entries: Sequence[Entry], _setting: Setting) -> Iterator[Found]:
    """A translation begins, and ends, with a line break where its source does.

    `msgfmt -c` refuses a catalog with such a pair, for programs put lines together. How many
    breaks there are, and blanks, are a matter of T015.

        Hello⏎  →  你好⏎    passes
        Hello⏎  →  你好    fails
        Hello  →  ⏎你好    fails
        ⏎Hello  →  ⏎⏎你好    passes
        你好⏎  →  Hello⏎    passes
        你好  →  Hello⏎    fails
    """
    texts = texts_of(entries)
    broken = texts.sources.having("\n") | texts.targets.having("\n")
    for entry, number, _, form in texts.among(broken):
        if where := breaks.differ(entry.msgid, form):
            fix = breaks.as_in(entry.msgid, form)
            sentence = f"a line break at the {where}, in one of source and translation only"
            yield Found(entry, sentence, number, fix=fix)


def edges(entries: Sequence[Entry], setting: Setting) -> Iterator[Found]:
    """A translation begins and ends with the white space of its source.

    A space after a sentence is dropped in Chinese, which joins sentences without one. A line break
    that is missing or added is a matter of U005.

        Hello  →  你好    passes
        Hello  →  你好␠    fails
        Hello  →  ␠你好    fails
        Hello.␠  →  你好。    passes
        你好  →  Hello    passes
        你好  →  Hello␠    fails
    """
    for entry, number, source, form in texts_of(entries).forms:
        inside = form.strip()
        if len(inside) == len(form) and len(source.strip()) == len(source):
            continue
        if breaks.differ(entry.msgid, form):
            continue
        head, tail = _edge(form, inside)
        wanted_head, wanted_tail = _edge(source, source.strip())
        if (head, tail) == (wanted_head, wanted_tail) or not inside:
            continue
        # Chinese may do without the blanks of its source, but not without its line breaks
        may_drop = setting.chinese and "\n" not in wanted_head + wanted_tail
        if may_drop and head in ("", wanted_head) and tail in ("", wanted_tail):
            continue
        fix = wanted_head + inside + wanted_tail
        where = "start" if head != wanted_head else "end"
        yield Found(entry, f"white space at the {where} differs from the source", number, fix=fix)


def invisible(entries: Sequence[Entry], setting: Setting) -> Iterator[Found]:
    """No character is invisible, broken or a look-alike of the one it should be.

    Zero-width and directional characters, private-use ones (old Big5 additions), and the radicals
    and compatibility characters PDF files give for Chinese ones cannot be searched for.

        Hello  →  你好    passes
        Hello  →  你␣好    fails
        Our members  →  ⼈⽂    fails
        你好  →  Hello    passes
        你好  →  Hel␣lo    fails
    """
    texts = texts_of(entries)
    for entry, number, source, form in texts.among(texts.targets.like(_UNSEEN)):
        found = [
            match
            for pattern in (_INVISIBLE, _RADICAL)
            for match in pattern.finditer(form)
            if match.group() not in source
        ]
        if found:
            gone = {ord(m.group()): _visible(m.group()) for m in found}
            said = " ".join(f"U+{code:04X}" for code in gone)
            certain = not any(0xE000 <= code <= 0xF8FF or code == 0xFFFD for code in gone)
            fix = form.translate(gone) if certain else None
            yield Found(
                entry, f"invisible or broken characters: {said}", number, *found[0].span(), fix
            )


def _visible(character: str) -> str:
    return unicodedata.normalize("NFKC", character) if _RADICAL.match(character) else ""


def _edge(text: str, inside: str) -> tuple[str, str]:
    if not inside:
        return text, ""
    start = text.index(inside)
    return text[:start], text[start + len(inside) :]


def _without(read: Prose, found: Sequence[re.Match[str]]) -> str | None:
    return read.mended((*match.span(), "") for match in found)
