"""A bilingual article: its two sides, and its pairs as units of the memory."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bilingo.errors import BilingoError
from bilingo.formats import bilingual
from bilingo.formats.bilingual import Pair
from bilingo.model import TU, TUV, Article, Context, Locale, SegType, Unit
from bilingo.pipelines.extract import extract, segmentation
from bilingo.pipelines.harvest import sentences
from bilingo.project import Project
from bilingo.text import locales, scripts, tags, values


@dataclass(frozen=True, slots=True)
class Sides:
    """One file as an English and a Chinese article; the pieces of either joined are the file.

    `left` are texts without a partner.
    """

    english: Article
    chinese: Article
    pairs: tuple[Pair, ...]
    left: tuple[Unit, ...]


def sides(project: Project, path: Path, *, format_name: str = "", encoding: str = "") -> Sides:
    """The two sides of the article at `path`.

    Raises BilingoError for a file that cannot be read or is not bilingual.
    """
    found = extract(project, path, format_name=format_name, encoding=encoding)
    shown, pieces = found.article.path, found.pieces
    both = bilingual.split(pieces)
    if both is None:
        raise BilingoError(
            "not an article in English and Chinese, text by text",
            where=shown,
            hint="four fifths of both languages must stand in pairs; see docs/articles.md",
        )
    locale = _chinese(project, both.pairs)
    english = next((one for one in _known(project) if locales.language(one) == "en"), "en")
    return Sides(
        Article(shown, english, bilingual.side(pieces, "en")),
        Article(shown, locale, bilingual.side(pieces, "zh")),
        both.pairs,
        both.left,
    )


def _known(project: Project) -> tuple[Locale, ...]:
    return project.settings.source, *project.settings.targets


def _chinese(project: Project, pairs: Sequence[Pair]) -> Locale:
    """The project's locale of the script that the Chinese side is written in, or the script."""
    script = scripts.script_of("".join(tags.plain(pair.chinese.text) for pair in pairs))
    ours = [one for one in _known(project) if locales.is_chinese(one)]
    if script in ("Hant", "Hans"):
        return next((one for one in ours if locales.script(one) == script), f"zh-{script}")
    return ours[0] if ours else "zh"


def units(project: Project, found: Sides) -> Iterator[TU]:
    """The pairs as paragraphs and, where both have equally many, as sentences; status `aligned`.

    Pairs whose values differ are left out.
    """
    rules = segmentation(project)
    path = found.english.path
    spoken = ["", *(tags.plain(pair.english.text) for pair in found.pairs), ""]
    for number, pair in enumerate(found.pairs):
        if pair.differ:
            continue
        text, translation = bilingual.codes_matched(pair)
        one, other = TUV(found.english.locale, text), TUV(found.chinese.locale, translation)
        context = Context(path, pair.english.kind, spoken[number], spoken[number + 2])
        yield _unit(one, other, "paragraph", context)
        for first, second, around in sentences(one, other, rules):
            if not values.compare(tags.plain(first), tags.plain(second)):
                sides = TUV(one.locale, first), TUV(other.locale, second)
                yield _unit(*sides, "sentence", around)


def _unit(one: TUV, other: TUV, segtype: SegType, context: Context) -> TU:
    tuvs = tuple(sorted((one, other), key=lambda tuv: tuv.locale))
    return TU(tuvs, segtype=segtype, context=context, origin=context.path, status="aligned")


def remarks(found: Sides) -> Iterator[str]:
    """What a person should look at: pairs that were left out, and texts without a partner."""
    path = found.english.path
    for pair in found.pairs:
        if pair.differ:
            line = min(pair.english.line, pair.chinese.line)
            yield f"{path}:{line}: left out, the values differ: {pair.differ}"
    if found.left:
        lines = ", ".join(str(unit.line) for unit in found.left[:10])
        more = " …" if len(found.left) > 10 else ""
        yield f"{path}: without a partner: {len(found.left)} texts, in lines {lines}{more}"
