"""`build`: catalogs → translated articles and .mo files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath

from bilingo import checks
from bilingo.errors import BilingoError
from bilingo.formats import mo, rebuild, website
from bilingo.formats.units import LEFT_OUT
from bilingo.model import Article, Entry, Locale, Unit
from bilingo.pipelines import published
from bilingo.pipelines.catalogs import held_to, open_catalog
from bilingo.pipelines.extract import Extract, extract
from bilingo.project import Project, without_locale
from bilingo.stores import files
from bilingo.stores.files import Change
from bilingo.text import locales

Key = tuple[str | None, str]
_MO = ("gettext", "django", "flask")
_READERS: dict[str, locales.Consumer] = {
    "gettext": "gettext",
    "django": "django",
    "flask": "flask",
    "hugo": "hugo",
    "i18next": "i18next",
    "jed": "i18next",
}


@dataclass(frozen=True, slots=True)
class Page:
    """One article in one locale: where it went, or why it did not."""

    article: str
    locale: Locale
    output: str
    problems: tuple[str, ...]
    written: bool


@dataclass(frozen=True, slots=True)
class Built:
    """What `build` has to write, the verdict on each page, and the compiled catalogs.

    `removed` are pages of an earlier build that go; `left` should go, and were changed since.
    """

    changes: tuple[Change, ...]
    pages: tuple[Page, ...]
    catalogs: tuple[str, ...]
    removed: tuple[str, ...] = ()
    left: tuple[str, ...] = ()


def build(
    project: Project,
    paths: Iterable[Path],
    *,
    targets: Sequence[Locale] = (),
    partial: bool = False,
    allow_partial: bool = False,
    use_fuzzy: bool = False,
    encoding: str = "",
) -> Built:
    """The translated articles and the compiled catalogs; the caller writes the changes.

    An article with an untranslated or fuzzy unit is refused unless `allow_partial`, which leaves
    the original text there. A unit with an error (a lost code, a broken placeholder) refuses the
    article always; the others are built. `use_fuzzy` publishes what waits for review in the
    website files; never in an article.

    A page that is refused, or whose article is gone (unless `partial` says that `paths` are not all
    articles), is removed if an earlier build wrote it; so is a website file that nobody asks for
    any more. See `published`.
    """
    extracts = [extract(project, path, encoding=encoding) for path in paths]
    changes: list[Change] = []
    pages: list[Page] = []
    compiled: list[str] = []
    refused: set[str] = set()
    for target in targets or project.settings.targets:
        path = project.catalog(target)
        opened = open_catalog(project, path) if path.exists() else None
        entries, every = (opened.live, opened.catalog.entries) if opened else ((), ())
        wrong = _errors(entries, held_to(project, target))
        known = {e.key: e for e in entries}
        for found in extracts:
            if found.article.locale == target:
                continue
            change, page = _page(project, found, target, known, wrong, allow_partial)
            pages.append(page)
            if change:
                changes.append(change)
            else:
                refused.add(_inside(project, _page_path(project, found.article, target)))
        for form in project.settings.emit if entries else ():
            output = project.build / _emitted(form, target, project.settings.domain)
            if project.shown(output) in compiled:
                continue  # gettext and django read the same file
            try:
                content = _compiled(every, target, form, fuzzy=use_fuzzy)
            except BilingoError as error:
                raise BilingoError(error.what, where=project.shown(path), hint=error.hint) from None
            changes.append(_change(output, content))
            compiled.append(project.shown(output))
    built = {
        _inside(project, change.path): change.content
        for change in changes
        if change.content is not None
    }
    whole = not partial and not targets
    withdrawn = published.withdraw(project, built, refused - built.keys(), whole=whole)
    changes += withdrawn.changes
    return Built(tuple(changes), tuple(pages), tuple(compiled), withdrawn.removed, withdrawn.left)


def _inside(project: Project, path: Path) -> str:
    return path.relative_to(project.build).as_posix()


def _errors(entries: Sequence[Entry], setting: checks.Setting) -> Mapping[Key, str]:
    """The first error of each entry, except that it is untranslated or waits for review."""
    found: dict[Key, str] = {}
    for finding in checks.run(entries, setting=setting):
        if finding.level == "error" and not finding.code.startswith("S"):
            found.setdefault((finding.msgctxt, finding.msgid), f"{finding.code} {finding.message}")
    return found


def _page(
    project: Project,
    found: Extract,
    target: Locale,
    known: Mapping[Key, Entry],
    wrong: Mapping[Key, str],
    allow_partial: bool,
) -> tuple[Change | None, Page]:
    article = found.article
    gaps: list[str] = []
    errors: list[str] = []

    def translate(unit: Unit) -> str | None:
        if unit.kind == "lang":
            return locales.alias(target, "html")
        where = f"{article.path}:{unit.line}"
        if unit.skip in LEFT_OUT:
            gaps.append(f"{where}: a text that {unit.skip}")
        if unit.skip:
            return None
        key = (unit.msgctxt, unit.text)
        entry = known.get(key)
        if key in wrong:
            errors.append(f"{where}: {wrong[key]}")
        elif entry is None or not entry.translated:
            state = "waits for review" if entry and entry.fuzzy else "untranslated"
            gaps.append(f"{where}: {state}")
        else:
            return entry.msgstr[0]
        return None

    output = _page_path(project, article, target)
    try:
        text = rebuild.rebuild(found.format, article.pieces, translate)
        content = found.format.write(text, found.raw, encoding=found.encoding or None)
    except BilingoError as error:
        errors.append(f"{article.path}:{error.where}: {error.what}")
        content = b""
    written = not errors and (not gaps or allow_partial)
    page = Page(article.path, target, project.shown(output), (*errors, *gaps), written)
    return (_change(output, content) if written else None), page


def _page_path(project: Project, article: Article, target: Locale) -> Path:
    """`build/zh-HK/visit.md` for `articles/visit.en.md`."""
    inside = PurePath(article.path)
    if inside.is_relative_to(project.settings.articles):
        inside = inside.relative_to(project.settings.articles)
    else:
        inside = PurePath(inside.name)
    return project.build / locales.alias(target, "tmx") / without_locale(inside)


def _emitted(form: str, target: Locale, domain: str) -> str:
    """Where the program that reads `form` looks for this locale, below its own folder."""
    name = locales.alias(target, _READERS.get(form, "html"))
    if form in _MO:
        return f"locale/{name}/LC_MESSAGES/{domain}.mo"
    if form == "hugo":
        return f"i18n/{name}.toml"
    return f"{form}/{name}/{domain}.json"


def _compiled(entries: Sequence[Entry], target: Locale, form: str, *, fuzzy: bool) -> bytes:
    if form in _MO:
        return mo.write(entries, fuzzy=fuzzy)
    return website.write(entries, target, form, fuzzy=fuzzy)


def _change(path: Path, content: bytes) -> Change:
    return Change(path, content, files.read_if_any(path))
