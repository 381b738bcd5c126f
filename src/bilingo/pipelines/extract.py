"""`extract`: an article becomes units and segments."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from bilingo import formats
from bilingo.errors import BilingoError
from bilingo.formats import ArticleFormat, templates
from bilingo.model import Article, Context, Locale, Segment, Unit
from bilingo.project import Project
from bilingo.stores import files
from bilingo.text import locales, scripts, srx


@dataclass(frozen=True, slots=True)
class Extract:
    """An article, how it was read, and the rules to segment it (None: ours).

    `pieces` are the format's, before texts in another language than the article's are skipped.
    """

    article: Article
    format: ArticleFormat
    raw: bytes
    rules: srx.Srx | None
    encoding: str = ""
    pieces: tuple[str | Unit, ...] = ()

    def segments(self, unit: Unit) -> tuple[Segment, ...]:
        """The sentences of a unit; on demand, for most commands never ask."""
        return srx.segments(unit.text, self.article.locale, self.rules)


def extract(
    project: Project, path: Path, *, format_name: str = "", locale: Locale = "", encoding: str = ""
) -> Extract:
    """The article at `path`.

    `format_name`, `locale` and `encoding` overrule what the file's name, its bytes and the settings
    say. Raises BilingoError (`path:line: …`) for a file that cannot be read.
    """
    shown = project.shown(path)
    reader = formats.by_name(format_name) if format_name else formats.by_path(shown)
    locale = locale or project.article_locale(path)
    encoding = encoding or project.encoding(shown)
    return extract_bytes(project, files.read(path), shown, reader, locale, encoding)


def extract_bytes(
    project: Project,
    raw: bytes,
    path: str,
    reader: ArticleFormat,
    locale: Locale,
    encoding: str = "",
) -> Extract:
    """As `extract`, for bytes that came from somewhere else; `path` only names them."""
    try:
        read = tuple(reader.read(raw, encoding=encoding or None, keys=project.settings.keys))
    except BilingoError as error:
        raise error.at(path) from None
    pieces = tuple(p if isinstance(p, str) else _placed(p, path, locale) for p in read)
    article = Article(path, locale, pieces)
    return Extract(article, reader, raw, segmentation(project), encoding, read)


def strings(project: Project, path: Path) -> Article:
    """The strings of a template, as the units of an article in the language of the project.

    Raises BilingoError (`path:line: …`) for a file that cannot be read.
    """
    shown = project.shown(path)
    try:
        return Article(shown, project.settings.source, templates.read(files.read(path), shown))
    except BilingoError as error:
        raise error.at(shown) from None


def _placed(unit: Unit, path: str, locale: Locale) -> Unit:
    """The unit with its path in its context; skipped when it is in another language."""
    written_in = scripts.language_of(unit.text)
    other = bool(written_in) and written_in != ("zh" if locales.is_chinese(locale) else "en")
    skip = unit.skip or (f"already {_NAMES[written_in]}" if other else "")
    inner = unit.inner
    if inner:
        inner = tuple(replace(one, unit=_placed(one.unit, path, locale)) for one in inner)
    context = unit.context
    return Unit(  # `replace` takes three times as long, for every unit of every article
        unit.id,
        unit.kind,
        unit.text,
        unit.raw,
        unit.codes,
        unit.line,
        unit.column,
        Context(path, context.kind, context.prev, context.next),
        skip,
        unit.msgctxt,
        unit.note,
        inner,
        unit.plural,
        unit.flags,
    )


_NAMES = {"zh": "Chinese", "en": "English"}


def segmentation(project: Project) -> srx.Srx | None:
    """The project's own segmentation rules, or None for ours."""
    if not project.settings.srx:
        return None
    path = project.root / project.settings.srx
    try:
        return srx.parse(files.read(path))
    except BilingoError as error:
        raise error.at(project.shown(path)) from None
