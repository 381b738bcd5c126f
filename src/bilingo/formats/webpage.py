"""Web pages as a browser saved them (Wix, WordPress and the like): the article in the page.

Units and kinds are those of `html`, and so is everything written; more of them say why they are
skipped: the header of the page, forms and dialogs, elements that a class, an id or a hook names as
part of the page (`post-metadata`, `recent-posts`, `cookie-banner`), lines that are furniture, and
what stands outside of the article.

The article is the smallest element with three quarters of the text that is not in links; if that
stands in an `<article>` or `<main>`, it is the nearest of these. The heading that `<title>` repeats
is part of it wherever it stands. A page with little text is taken as a whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from bilingo.formats import furniture, hints, html, html_units
from bilingo.formats.html_elements import OpenElements
from bilingo.formats.html_units import Found, Page
from bilingo.formats.units import NO_WORDS, finish
from bilingo.frozen import replace
from bilingo.model import Unit
from bilingo.text import scripts, tags

render = html.render
write = html.write

_SHARE = 0.75  # of the text; a lower share would cut notes and captions off
_LITTLE = 200  # columns of text that do not make an article
_BODY = 60  # columns from which a text is a paragraph rather than a date or a name
_OUTSIDE = "outside of the article"
_HEADER = "page header"
_REASONS = {
    "cookie notice": "cookie cookies consent gdpr",
    "share buttons": "share sharing social socials sharedaddy addtoany addthis",
    "related posts": "related recent recommended popular latest prevnext",
    "comments": "comment comments respond disqus",
    "navigation": "nav navbar navigation menu breadcrumb breadcrumbs pagination toc skip sidebar",
    "language switch": "lang language languages wpml polylang",
    "byline": "meta metadata byline author authors",
    "date": "date published posted",
    "reading time": "read",
    "page footer": "footer copyright colophon",
    "newsletter": "newsletter subscribe subscription",
    "dialog": "popup modal dialog",
    "log in": "login signin signup",
    "advertisement": "advert advertisement ads",
}
_REASON_OF = {word: reason for reason, words in _REASONS.items() for word in words.split()}
# A name counts when all of its words do: `content-sidebar-wrap` holds the article.
_NEUTRAL = frozenset(
    """a area banner bar block box button buttons container count div entry group icon icons info
    item items jp link links list module notice on page panel post posts primary region row sd
    secondary section site switch switcher time title to top bottom widget widgets wrap
    wrapper""".split()
)
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+|[0-9]+")
_NAMING = ("class", "id", "data-hook", "data-testid")
_NEVER = ("html", "body", "main", "article")
_ELEMENTS = {"form": "form", "select": "form", "dialog": "dialog", "button": "button"}
_ROLES = {"form": "form", "dialog": "dialog", "alertdialog": "dialog", "banner": _HEADER}


def read(
    raw: bytes, *, encoding: str | None = None, keys: Sequence[str] = ()
) -> Iterator[str | Unit]:
    """The pieces of a saved page; `keys` mean nothing here. Raises what `html.read` raises."""
    text = html.decode(raw, encoding)
    page = html_units.read(text, reason)
    yield from finish(hints.apply(html.pieces(text, _judged(page)), page.hints))


def reason(name: str, values: Mapping[str, str], opened: OpenElements) -> str:
    """Why the text of an element is not part of the article; "" where it may be."""
    known = html.reason(name, values, opened)
    if known or name in _NEVER:
        return known
    if name == "header" and not opened.nearest("main", "article"):
        return _HEADER
    known = _ELEMENTS.get(name, "") or _ROLES.get(values.get("role", "").lower(), "")
    if known:
        return known
    named = (token for key in _NAMING for token in values.get(key, "").split())
    return next(filter(None, map(_named, named)), "")


def _named(token: str) -> str:
    words = [word.lower() for word in _WORD.findall(token[:80])]
    reasons = [_REASON_OF[word] for word in words if word in _REASON_OF]
    if all(word in _REASON_OF or word in _NEUTRAL for word in words):
        return reasons[0] if reasons else ""
    return ""


def _judged(page: Page) -> list[Found]:
    """What was found, in order, with the reasons that take the whole page to tell."""
    found = sorted(page.found, key=lambda one: one.start)
    title = _title(page, found)
    inside = _article(page, found)
    judged = []
    for one in found:
        skip = one.unit.skip
        outside = not inside[one.block] and not one.unit.kind.startswith("meta:")
        if one is title:
            skip = ""
        elif outside and skip in ("", NO_WORDS):
            skip = _OUTSIDE
        judged.append(_skipped(one, skip))
    start = next((i for i, one in enumerate(found) if one is title), -1)
    return _without_furniture(judged, start)


def _title(page: Page, found: Sequence[Found]) -> Found | None:
    """The first heading that `<title>` repeats, or the first `h1`; those of the page come last."""
    name = next((tags.plain(f.unit.text) for f in found if f.unit.kind == "meta:title"), "")
    for skip in ("", _HEADER):
        for one in found:
            heading = one.unit.kind == "heading" and one.unit.skip == skip
            if heading and tags.plain(one.unit.text) in name:
                return one
    offered = (one for one in found if not one.unit.skip and page.names[one.block] == "h1")
    return next(offered, None)


def _article(page: Page, found: Sequence[Found]) -> list[bool]:
    """For each element whether it is in the article."""
    amounts = [0] * len(page.parents)
    for one in found:
        if not one.unit.skip and not one.unit.kind.startswith("meta:"):
            amounts[one.block] += max(0, _width(one.unit.text) - one.linked)
    own = amounts[:]
    for number in range(len(amounts) - 1, 0, -1):
        amounts[page.parents[number]] += amounts[number]
    chosen = 0
    if amounts[0] >= _LITTLE:
        path = [0]
        # Elements are numbered in document order, so one pass follows the heaviest down.
        for number in range(1, len(amounts)):
            heavy = amounts[number] >= _SHARE * amounts[0] and own[number] < amounts[number]
            if heavy and page.parents[number] == path[-1]:
                path.append(number)
        landmarks = [n for n in path if page.names[n] in ("main", "article")]
        # A heading of a layout by tables stands in a row of its own.
        holders = [n for n in path if page.names[n] not in ("tbody", "tr")]
        chosen = (landmarks or holders)[-1]
    inside = [not chosen] * len(amounts)
    inside[chosen] = True
    for number in range(chosen + 1, len(amounts)):
        inside[number] = inside[page.parents[number]]
    return inside


def _without_furniture(found: list[Found], title: int) -> list[Found]:
    """Dates, bylines and buttons skipped; the former only between the title and the first text."""
    texts = [tags.plain(one.unit.text) for one in found]
    after = range(title + 1, len(found)) if title >= 0 else range(0)
    body = next((i for i in after if not found[i].unit.skip and _width(texts[i]) >= _BODY), title)
    details = any(furniture.is_detail(texts[i]) for i in range(title + 1, body))
    judged = []
    for index, one in enumerate(found):
        skip = one.unit.skip
        if not skip and one.unit.kind in ("paragraph", "item", "heading", "label", "cell"):
            near = title < index < body
            skip = furniture.reason(texts[index], near_top=near, beside_details=near and details)
            skip = "" if index == title else skip
        judged.append(_skipped(one, skip))
    return judged


def _skipped(found: Found, skip: str) -> Found:
    around = "" if skip == NO_WORDS else skip
    inner = tuple(
        replace(one, unit=replace(one.unit, skip=one.unit.skip or around))
        for one in found.unit.inner
    )
    return replace(found, unit=replace(found.unit, skip=skip, inner=inner))


def _width(text: str) -> int:
    """Columns: a Chinese character takes two."""
    plain = tags.plain(text)
    return len(plain) + scripts.han_count(plain)
