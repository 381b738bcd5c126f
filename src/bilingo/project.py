"""Where things lie and what is switched on: settings are read here, once, and opened by name.

Settings stand in `bilingo.toml`, or under `[tool.bilingo]` in `pyproject.toml`, of the nearest
folder upwards that has one. Without either the defaults below hold for the folder itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path, PurePath
from typing import Any

from bilingo.errors import BilingoError
from bilingo.frozen import dataclass, field
from bilingo.model import Locale
from bilingo.text import locales

SETTINGS_FILE = "bilingo.toml"
FORMS = ("gettext", "django", "flask")  # what `emit` knows beside the members of `formats.website`
GRADES = ("spaces", "quotes", "case", "punctuation", "markup", "link")
REACTIONS = ("keep", "note", "fuzzy")


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings and their defaults; `docs/settings.md` describes each.

    Folders are relative to the project's root. `threshold` is a similarity in percent, 60 to 100.
    """

    source: Locale = "en"
    targets: tuple[Locale, ...] = ("zh-Hant-HK",)
    articles: str = "articles"
    memory: str = "memory"
    locales: str = "locales"
    build: str = "build"
    domain: str = "articles"
    keys: tuple[str, ...] = ("title", "summary", "description")
    threshold: int = 75
    srx: str = ""
    profile: str = "hk-press"
    names: str = "gettext"
    emit: tuple[str, ...] = ("gettext",)
    on_spaces: str = "keep"
    on_quotes: str = "keep"
    on_case: str = "fuzzy"
    on_punctuation: str = "note"
    on_markup: str = "fuzzy"
    on_link: str = "keep"
    encodings: Mapping[str, str] = field(default_factory=dict)
    templates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Project:
    """A folder with its settings. Places are absolute paths; `shown` makes them short again."""

    root: Path
    settings: Settings = field(default_factory=Settings)

    @property
    def articles(self) -> Path:
        """The folder of source articles."""
        return self.root / self.settings.articles

    @property
    def memory(self) -> Path:
        """The folder of TMX files."""
        return self.root / self.settings.memory

    @property
    def build(self) -> Path:
        """The folder `build` writes to."""
        return self.root / self.settings.build

    def shown(self, path: Path) -> str:
        """`path` as people read it: relative to the root where it lies inside, with `/`."""
        try:
            return path.resolve().relative_to(self.root).as_posix()
        except ValueError:
            return str(path)

    def target(self, name: str) -> Locale:
        """The target that `name` is, in any spelling. Raises BilingoError with those there are."""
        locale = locales.canonical(name)
        if locale not in self.settings.targets:
            raise _no_locale(locale, self.settings.targets)
        return locale

    def spoken(self, name: str) -> Locale:
        """A locale in a language of this project, of whatever region.

        Raises BilingoError with the locales there are.
        """
        locale = locales.canonical(name)
        known = dict.fromkeys((self.settings.source, *self.settings.targets))
        if locales.language(locale) not in map(locales.language, known):
            raise _no_locale(locale, known)
        return locale

    def catalog(self, locale: Locale) -> Path:
        """The catalog of one target locale: `locales/zh_HK/LC_MESSAGES/articles.po`."""
        name = locales.alias(locale, _consumer(self.settings.names))
        folder = self.root / self.settings.locales / name / "LC_MESSAGES"
        return folder / f"{self.settings.domain}.po"

    def catalog_locale(self, path: Path) -> Locale:
        """The locale a catalog's place says: the folder above `LC_MESSAGES`, else the file's stem.

        Raises BilingoError when neither names a locale.
        """
        above = path.resolve().parent
        name = above.parent.name if above.name == "LC_MESSAGES" else path.stem.rpartition(".")[2]
        try:
            return locales.canonical(name)
        except BilingoError as error:
            raise BilingoError(
                f"cannot tell the locale of this catalog: {error.what}",
                where=self.shown(path),
                hint=f"expected {self.settings.locales}/LOCALE/LC_MESSAGES/NAME.po,"
                " or Language: in its header",
            ) from None

    def article_paths(self) -> tuple[Path, ...]:
        """Every article of the project, sorted by path.

        Raises BilingoError without the folder, unless the project has templates.
        """
        from bilingo import formats  # here, because a look-up in the memory needs none

        if not self.articles.is_dir():
            if self.settings.templates:
                return ()
            raise BilingoError(
                "the folder of articles does not exist",
                where=self.shown(self.articles),
                hint="bilingo init makes one; or name another with the setting articles",
            )
        found = list(_files(self.articles))
        known = frozenset(formats.SUFFIXES)
        if any(p.suffix.lower() not in known for p in found):
            known = formats.suffixes()  # asks what is installed, which takes a while
        ours = (p for p in found if p.suffix.lower() in known)
        return tuple(sorted(p for p in ours if not self.is_template(self.shown(p))))

    def strays(self) -> tuple[Path, ...]:
        """Links that are not followed though they look like articles: out of the folder, broken,
        or to a folder of articles."""
        links = (
            [p for p in _walk(self.articles) if p.is_symlink()] if self.articles.is_dir() else []
        )
        if not links:
            return ()
        from bilingo import formats

        known, root = formats.suffixes(), self.articles.resolve()
        return tuple(
            path
            for path in links
            if path.is_dir()
            or path.suffix.lower() in known
            and not (path.is_file() and path.resolve().is_relative_to(root))
        )

    def is_template(self, path: str) -> bool:
        """Whether a path relative to the root is of a file whose strings are translated."""
        return any(_pattern(glob).fullmatch(path) for glob in self.settings.templates)

    def template_paths(self) -> tuple[Path, ...]:
        """Every file that matches the setting `templates`, sorted by path."""
        folders = {_folder(glob) for glob in self.settings.templates}
        found = {
            path
            for folder in folders
            if (self.root / folder).is_dir()
            for path in _files(self.root / folder)
            if self.is_template(path.relative_to(self.root).as_posix())
        }
        return tuple(sorted(found))

    def memory_paths(self) -> tuple[Path, ...]:
        """Every TMX file of the memory, sorted by path; none without the folder."""
        if not self.memory.is_dir():
            return ()
        return tuple(sorted(p for p in _files(self.memory) if p.suffix.lower() == ".tmx"))

    def penalty(self, path: Path) -> int:
        """The points that a memory file's folders take off; none for a file from elsewhere."""
        inside = path.resolve().is_relative_to(self.memory.resolve())
        return self.folder_penalty(path) if inside else 0

    def folder_penalty(self, path: Path) -> int:
        """The points that folders named `penalty-N` between the memory and `path` take off."""
        inside = PurePath(path.relative_to(self.memory)).parts[:-1]
        return sum(
            int(part[8:]) for part in inside if part[:8] == "penalty-" and part[8:].isdigit()
        )

    def encoding(self, path: str) -> str:
        """What the setting `encodings` says of a path relative to the root; "" for nothing."""
        known = self.settings.encodings.items()
        return next((name for glob, name in known if _pattern(glob).fullmatch(path)), "")

    def article_locale(self, path: Path) -> Locale:
        """The locale in the file name (`visit.zh-HK.md`), else the setting `source`."""
        name = named_locale(path)
        return name or self.settings.source


def _no_locale(locale: Locale, known: Iterable[Locale]) -> BilingoError:
    return BilingoError(f"no {locale} in this project", hint=f"it has {', '.join(known)}")


@cache
def _pattern(glob: str) -> re.Pattern[str]:
    """A path with `*` (inside a name), `?` and `**/` (any folders) as a regular expression."""
    special = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}
    parts = re.split(r"(\*\*/|\*\*|\*|\?)", glob)
    return re.compile("".join(special.get(part, re.escape(part)) for part in parts))


def _folder(glob: str) -> str:
    """The folder that holds all that matches: what stands before the first wildcard."""
    return re.split(r"[*?]", glob)[0].rpartition("/")[0]


def named_locale(path: PurePath) -> Locale | None:
    """The locale a file name carries before its suffix: `zh-Hant-HK` for `visit.zh-HK.md`."""
    middle = PurePath(path.stem).suffix.lstrip(".")
    if not middle:
        return None
    try:
        return locales.canonical(middle)
    except BilingoError:
        return None


def without_locale(path: PurePath) -> PurePath:
    """The file name without the locale it carries: `visit.md` for `visit.zh-HK.md`."""
    if named_locale(path) is None:
        return path
    return path.with_name(PurePath(path.stem).stem + path.suffix)


def open_project(start: Path) -> Project:
    """The project around the folder `start`. Raises BilingoError for settings without sense."""
    if not start.is_dir():
        raise BilingoError("no such folder", where=str(start))
    start = start.resolve()
    for folder in (start, *start.parents):
        found = _settings_in(folder)
        if found is not None:
            path, table = found
            return Project(folder, _settings(table, path))
    return Project(start)


def _settings_in(folder: Path) -> tuple[str, dict[str, Any]] | None:
    for name in (SETTINGS_FILE, "pyproject.toml"):
        path = folder / name
        if not path.is_file():
            continue
        try:
            text = path.read_text(encoding="utf-8")
            document = plain_table(text)
            if document is None:
                import tomllib  # here, because most settings need none

                document = tomllib.loads(text)
        except (ValueError, OSError) as error:  # no UTF-8, no TOML
            raise BilingoError(f"cannot be read: {error}", where=str(path)) from None
        if name == SETTINGS_FILE:
            return str(path), document
        table = document.get("tool", {}).get("bilingo")
        if table is not None:
            return str(path), table
    return None


def plain_table(text: str) -> dict[str, Any] | None:
    """TOML that is lines of `name = value`, as tomllib reads it; None for anything else.

    A value is a text without escapes, a number, or a list of such texts on one line. The import of
    tomllib takes as long as a look-up in an index.
    """
    table: dict[str, Any] = {}
    for line in text.split("\n"):
        line = line.strip(" \t")
        if line[:1] == "#" and line.isprintable() or not line:
            continue
        name, _, written = (part.strip(" \t") for part in line.partition("="))
        value: Any = _plain_value(written)
        if written[:1] == "[" and written[-1:] == "]":
            items = [_plain_value(item.strip(" \t")) for item in written[1:-1].split(",")]
            value = items if all(isinstance(item, str) for item in items) else None
        if value is None or name in table or not (name.isascii() and name.isidentifier()):
            return None
        table[name] = value
    return table


def _plain_value(written: str) -> str | int | None:
    inside = written[1:-1]
    if len(written) > 1 and written[0] == written[-1] == '"':
        plain = inside.isprintable() and '"' not in inside and "\\" not in inside
        return inside if plain else None
    digits = written.isascii() and written.isdecimal() and written[0] != "0"
    return int(written) if digits and len(written) < 10 else None


def _settings(table: dict[str, Any], where: str) -> Settings:
    """Checked settings: unknown names, wrong types and unknown locales are refused by name."""
    defaults = Settings()
    known = {name: getattr(defaults, name) for name in Settings.__match_args__}
    values: dict[str, Any] = {}
    for name, value in table.items():
        if name not in known:
            import difflib

            near = difflib.get_close_matches(name, known, n=1)
            hint = f"did you mean {near[0]}?" if near else f"known: {', '.join(sorted(known))}"
            raise BilingoError(f"unknown setting {name!r}", where=where, hint=hint)
        values[name] = _typed(name, value, known[name], where)
    settings = Settings(**values)
    try:
        source = locales.canonical(settings.source)
        targets = tuple(map(locales.canonical, settings.targets))
    except BilingoError as error:
        raise BilingoError(error.what, where=where, hint=error.hint) from None
    if not 60 <= settings.threshold <= 100:
        raise BilingoError("threshold is a percentage from 60 to 100", where=where)
    _consumer(settings.names, where)
    if "profile" in table:
        from bilingo import checks

        _known("profile", [settings.profile], checks.PROFILES, where)
    if "emit" in table:
        from bilingo.formats import website

        _known("emit", settings.emit, (*FORMS, *website.FORMS), where)
    if "encodings" in table:
        from bilingo.formats import encoding

        _known("encodings", settings.encodings.values(), sorted(encoding.ENCODINGS), where)
    for name in GRADES:
        _known(f"on_{name}", [getattr(settings, f"on_{name}")], REACTIONS, where)
    values.update(source=source, targets=targets)
    return Settings(**values)


def _typed(name: str, value: Any, default: Any, where: str) -> Any:
    if isinstance(default, tuple):
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            return tuple(value)
        raise BilingoError(f"setting {name} is a list of texts", where=where)
    if isinstance(default, dict):
        if isinstance(value, dict) and all(isinstance(item, str) for item in value.values()):
            return value
        raise BilingoError(f"setting {name} is a table of texts", where=where)
    if type(value) is not type(default):
        kind = "a number" if isinstance(default, int) else "a text"
        raise BilingoError(f"setting {name} is {kind}", where=where)
    if isinstance(value, str) and not value.isprintable():
        raise BilingoError(f"setting {name} has a control character: {value!a}", where=where)
    return value


def _known(setting: str, values: Iterable[str], known: Sequence[str], where: str) -> None:
    for value in values:
        if value not in known:
            what, hint = f"unknown value {value!r} of {setting}", f"known: {', '.join(known)}"
            raise BilingoError(what, where=where, hint=hint)


def _consumer(name: str, where: str = "") -> locales.Consumer:
    for consumer in locales.CONSUMERS:
        if consumer == name:
            return consumer
    known = ", ".join(locales.CONSUMERS)
    raise BilingoError(f"unknown names {name!r}", where=where, hint=f"known: {known}")


def _files(folder: Path) -> Iterator[Path]:
    """The regular files below `folder`, without hidden ones and without following links outside."""
    root = folder.resolve()
    for path in _walk(folder):
        if path.is_file() and path.resolve().is_relative_to(root):
            yield path


def _walk(folder: Path) -> Iterator[Path]:
    entries: Iterable[Path] = sorted(folder.iterdir())
    for path in entries:
        if path.name.startswith("."):
            continue
        if not path.name.isprintable():  # the surrogates of a name that is no UTF-8 included
            raise BilingoError("a file name that no catalog can hold", where=ascii(str(path)))
        if path.is_dir() and not path.is_symlink():
            yield from _walk(path)
        else:
            yield path
