"""Markup that stands in the text itself: HTML elements and Markdown, in catalogs made elsewhere."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache

from markdown_it import MarkdownIt

from bilingo.checks import Found, Setting
from bilingo.checks.texts import texts_of
from bilingo.model import Entry

# HTML Living Standard, “Text-level semantics”, “Embedded content”, and the blocks a text may hold.
# Other names in angle brackets are placeholders of a manual.
_NAMES = (
    "a abbr b bdi bdo blockquote br button cite code dd del details dfn div dl dt em embed form h1 "
    "h2 h3 h4 h5 h6 hr i iframe img input ins kbd label li mark object ol p picture pre q rp rt "
    "ruby s samp script small source span strong style sub summary sup svg table tbody td template "
    "tfoot th thead time tr tt u ul var video wbr"
).replace(" ", "|")
_ELEMENT = re.compile(rf"<(/?)({_NAMES})(?:\s[^<>]{{0,1000}})?/?>", re.IGNORECASE | re.ASCII)
_VOID = frozenset("br embed hr img input source wbr".split())
# What only reStructuredText has, which is not Markdown: `title`_ and :role:`text`.
_REST = re.compile(r"`__?(?!\w)|:[a-z+-]{1,30}:`|``")
_MARKDOWN = re.compile(r"\*\*|\]\(|`|(?<![\w*])\*\w")
_LONGEST = 5000  # characters; a CommonMark parser is not linear on hostile text
_LINKS = ("image", "link")
_KINDS = {
    "strong_open": "bold",
    "em_open": "emphasis",
    "link_open": "link",
    "image": "image",
    "code_inline": "code",
}


def same_elements(entries: Sequence[Entry], _setting: Setting) -> Iterator[Found]:
    """Every HTML element of the source is in the translation, well nested; order may change.

    Call <b>now</b>.  →  請<b>立即</b>致電。    passes
    Call <b>now</b>.  →  請立即致電。    fails
    <i>A</i> and <b>B</b>  →  <b>乙</b>及<i>甲</i>    passes
    <i>A</i> and <b>B</b>  →  <b>乙及<i>甲</b></i>    fails
    Thank you.  →  多謝<script>alert(1)</script>。    fails
    請<b>立即</b>致電。  →  Call <b>now</b>.    passes
    請<b>立即</b>致電。  →  Call <b>now.    fails
    """
    texts = texts_of(entries)
    for entry, number, source, form in texts.among(
        texts.sources.having("<") | texts.targets.having("<")
    ):
        wanted, found = _elements(source), _elements(form)
        if Counter(wanted) != Counter(found):
            parts = [
                f"{label} {' '.join(f'<{name}>' for name in rest.elements())}"
                for label, rest in (
                    ("missing", Counter(wanted) - Counter(found)),
                    ("not in the source", Counter(found) - Counter(wanted)),
                )
                if rest
            ]
            yield Found(entry, f"HTML elements differ: {'; '.join(parts)}", number)
        elif not _nested(found) and _nested(wanted):
            yield Found(entry, "HTML elements cross", number)


def same_rendering(entries: Sequence[Entry], _setting: Setting) -> Iterator[Found]:
    """Markdown in the text renders to the same bold, links, images and code as in the source.

    A translation may have bold, emphasis and code more often, but not a link or an image.
    A mark beside Chinese punctuation is often no mark (CommonMark issue 650): put it inside the
    quotation marks. Both texts are rendered by a CommonMark parser and what comes out is counted;
    texts over 5,000 characters are left out.

        **Free** test  →  **免費**檢測    passes
        **Free** test  →  **免費 **檢測    fails
        **Free** “test”  →  **「免費」**檢測    fails
        See [our guide](/en/guide).  →  請參閱[指南](/zh/guide)。    passes
        See [our guide](/en/guide).  →  請參閱［指南］（/en/guide）。    fails
        Use `make test`.  →  請用「make test」。    fails
        **免費**檢測  →  **Free** test    passes
        **免費**檢測  →  **Free ** test    fails
    """
    texts = texts_of(entries)
    for entry, number, source, form in texts.among(texts.sources.having(("*", "](", "`"))):
        if not _MARKDOWN.search(source) or max(len(source), len(form)) > _LONGEST:
            continue
        if _REST.search(source):
            continue
        wanted, found = _rendered(source), _rendered(form)
        parts = [
            f"{found[kind]} {kind} for {wanted[kind]}"
            for kind in sorted(wanted | found)
            if wanted[kind] > found[kind] or wanted[kind] < found[kind] and kind in _LINKS
        ]
        if parts:
            yield Found(entry, f"renders differently: {', '.join(parts)}", number)


def _elements(text: str) -> list[str]:
    return [f"{match[1]}{match[2].lower()}" for match in _ELEMENT.finditer(text)]


def _nested(names: Sequence[str]) -> bool:
    open_names: list[str] = []
    for name in names:
        if name in _VOID:
            continue
        if not name.startswith("/"):
            open_names.append(name)
        elif not open_names or open_names.pop() != name[1:]:
            return False
    return not open_names


def _rendered(text: str) -> Counter[str]:
    tokens = _parser().parseInline(text)[0].children or ()
    return Counter(_KINDS[token.type] for token in tokens if token.type in _KINDS)


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark")
