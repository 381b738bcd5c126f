"""An article again from its pieces, some of its units translated."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from bilingo.formats import ArticleFormat
from bilingo.frozen import replace
from bilingo.model import Unit


def rebuild(
    article_format: ArticleFormat,
    pieces: Iterable[str | Unit],
    translate: Callable[[Unit], str | None],
) -> str:
    """The text with each unit's translation in its place; None leaves the unit as it is.

    Inner units (alt texts, titles) are put into the codes of their outer unit first. Raises
    BilingoError (`where` is `line:column`) for a translation the format cannot hold.
    """
    return "".join(
        piece if isinstance(piece, str) else _rendered(article_format, piece, translate)
        for piece in pieces
    )


def _rendered(
    article_format: ArticleFormat, unit: Unit, translate: Callable[[Unit], str | None]
) -> str:
    # From the back, so that the offsets of those before stay true.
    for inner in sorted(unit.inner, key=lambda i: i.raw_start, reverse=True):
        text = translate(inner.unit)
        if text is not None:
            new = article_format.render(inner.unit, text)
            unit = _with_inner(unit, inner.code, inner.start, inner.raw_start, inner.unit.raw, new)
    text = translate(unit)
    return unit.raw if text is None else article_format.render(unit, text)


def _with_inner(unit: Unit, number: int, start: int, raw_start: int, old: str, new: str) -> Unit:
    place = number - unit.codes[0].number  # codes are numbered in order, without gaps
    code = unit.codes[place]
    at = start - len(code.opening)
    if at < 0:
        opening = code.opening[:start] + new + code.opening[start + len(old) :]
        code = replace(code, opening=opening)
    else:
        closing = code.closing or ""
        code = replace(code, closing=closing[:at] + new + closing[at + len(old) :])
    codes = (*unit.codes[:place], code, *unit.codes[place + 1 :])
    raw = unit.raw[:raw_start] + new + unit.raw[raw_start + len(old) :]
    return replace(unit, raw=raw, codes=codes)
