"""Catalogs in the forms website programs read: Hugo, i18next, Jed and flat JSON.

What is written is what gettext would publish: translated entries that are not fuzzy. For all
others the program shows the source text. Texts are passed on as they are: inline tags stay, and
placeholders must be those of the program (`{{ .Count }}` for Hugo, `{{count}}` for i18next).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal, TypeVar, get_args

from bilingo.errors import BilingoError
from bilingo.model import Entry, Locale
from bilingo.text import locales

Form = Literal["hugo", "i18next", "jed", "flat"]
FORMS: tuple[Form, ...] = get_args(Form)

# gettext's separator in a .mo file, GNU gettext manual, “The Format of GNU MO Files”
EOT = "\u0004"
_RESERVED = "translation"
# The CLDR names of the plural forms, in gettext's order.
_ONE_FORM, _TWO_FORMS = ("other",), ("one", "other")

V = TypeVar("V")
Pair = tuple[Entry, str, V]


def write(
    entries: Sequence[Entry], locale: Locale, form: Form | str, *, fuzzy: bool = False
) -> bytes:
    """The catalog as the file that `form` names, UTF-8, in the order of the catalog.

    `hugo`: TOML, a table `["msgid"]` with `other`, and `one` where the locale has it; the file is
    `i18n/<locale in lower case>.toml`. Contexts are `msgctxt`, U+0004, `msgid`: in a template
    `{{ T "menu\\u0004Open" }}`. `translation` is in `["translation_"]`, with its `id`.
    `i18next`: JSON v4, `msgid_msgctxt` and `…_one`, `…_other`; i18next must be told
    `keySeparator: false, nsSeparator: false`.
    `jed`: the `messages` of Jed 1.x `locale_data`.
    `flat`: msgid to msgstr; a plural entry has its msgid and its msgid_plural.

    `fuzzy` adds what waits for review. The header, obsolete and untranslated entries are never
    written. Raises BilingoError for an unknown form, for an entry whose number of plural forms is
    not the locale's, and for two entries that would share a key.
    """
    chosen = [entry for entry in entries if _published(entry, fuzzy)]
    if form == "hugo":
        return _toml(_unique(_pairs_hugo(chosen, locale)))
    if form == "i18next":
        return _json(_unique(_pairs_i18next(chosen, locale)))
    if form == "jed":
        head = {"domain": "messages", "lang": locale, "plural_forms": _plural_forms(locale)}
        return _json({"": head, **_unique(_pairs_jed(chosen, locale))})
    if form == "flat":
        return _json(_unique(_pairs_flat(chosen, locale)))
    raise BilingoError(f"unknown website form “{form}”", hint=f"known: {', '.join(FORMS)}")


def _published(entry: Entry, fuzzy: bool) -> bool:
    if entry.is_header or entry.obsolete or not all(entry.msgstr):
        return False
    return fuzzy or not entry.fuzzy


def _pairs_hugo(entries: Iterable[Entry], locale: Locale) -> Iterator[Pair[dict[str, str]]]:
    """Every message is a table, so one that is called `other` or `id` is no reserved word."""
    for entry in entries:
        forms = _forms(entry, locale) if _plural(entry) else _ONE_FORM
        yield entry, _key(entry), dict(zip(forms, entry.msgstr, strict=True))


def _pairs_i18next(entries: Iterable[Entry], locale: Locale) -> Iterator[Pair[str]]:
    for entry in entries:
        key = entry.msgid if entry.msgctxt is None else f"{entry.msgid}_{entry.msgctxt}"
        if not _plural(entry):
            yield entry, key, entry.msgstr[0]
            continue
        for form, text in zip(_forms(entry, locale), entry.msgstr, strict=True):
            yield entry, f"{key}_{form}", text


def _pairs_jed(entries: Iterable[Entry], locale: Locale) -> Iterator[Pair[list[str]]]:
    for entry in entries:
        if _plural(entry):
            _forms(entry, locale)
        yield entry, _key(entry), list(entry.msgstr)


def _pairs_flat(entries: Iterable[Entry], locale: Locale) -> Iterator[Pair[str]]:
    for entry in entries:
        yield entry, _key(entry), entry.msgstr[0]
        if entry.msgid_plural is not None:
            _forms(entry, locale)
            yield entry, _key(entry, entry.msgid_plural), entry.msgstr[-1]


def _plural(entry: Entry) -> bool:
    return entry.msgid_plural is not None


def _key(entry: Entry, text: str | None = None) -> str:
    text = entry.msgid if text is None else text
    return text if entry.msgctxt is None else entry.msgctxt + EOT + text


def _forms(entry: Entry, locale: Locale) -> tuple[str, ...]:
    """The CLDR names of the entry's plural forms; Chinese has one, all others here have two."""
    forms = _ONE_FORM if locales.is_chinese(locale) else _TWO_FORMS
    if len(entry.msgstr) != len(forms):
        raise BilingoError(
            f"plural forms: {len(entry.msgstr)}, but {locale} has {len(forms)}",
            where=_where(entry),
            hint="write one msgstr[n] for each form",
        )
    return forms


def _plural_forms(locale: Locale) -> str:
    if locales.is_chinese(locale):
        return "nplurals=1; plural=0;"
    return "nplurals=2; plural=(n != 1);"


def _unique(pairs: Iterable[Pair[V]]) -> dict[str, V]:
    """The pairs as a mapping; the same key may come back with the same value only."""
    found: dict[str, V] = {}
    first: dict[str, Entry] = {}
    for entry, key, value in pairs:
        if key in found and found[key] != value:
            raise BilingoError(
                f"two translations for the key {key!r}",
                where=_where(entry),
                hint=f"the other is at {_where(first[key])}; give one of them another msgctxt",
            )
        found[key] = value
        first.setdefault(key, entry)
    return found


def _where(entry: Entry) -> str:
    return f"{entry.path}:{entry.line}"


def _json(value: Mapping[str, object]) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()


def _toml(messages: Mapping[str, Mapping[str, str]]) -> bytes:
    """The tables; `translation` is one that go-i18n 2.5, and Hugo with it, refuses by that name.

    An `id` in a table of another name says the same (go-i18n, `addChildMessages`).
    """
    if _RESERVED in messages:
        name = _RESERVED
        while name in messages:
            name += "_"
        pairs = messages.items()
        messages = dict((name, {"id": k, **v}) if k == _RESERVED else (k, v) for k, v in pairs)
    tables = (
        f"[{_string(key)}]\n"
        + "".join(f"{form} = {_string(text)}\n" for form, text in forms.items())
        for key, forms in messages.items()
    )
    return "\n".join(tables).encode()


def _string(text: str) -> str:
    """A TOML basic string: JSON's, and DEL escaped (TOML 1.0, “String”)."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007F")
