"""What must arrive letter by letter: web addresses, e-mail addresses, escaped text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from bilingo.checks import Found, Setting
from bilingo.checks.texts import texts_of
from bilingo.model import Entry

# ASCII only, so a URL ends before full-width marks, and before the marks of its sentence.
_URL = re.compile(r"(?:https?|ftp)://[!#-&(-;=?-Z_a-z~]{1,2000}(?<![.,;:!?*)])|mailto:[!-~]{1,200}")
_SCHEMES = ("://", "mailto:")
_LANGUAGE = re.compile(
    r"(?<=[/.=_-])(?:tc|sc|chi|eng|cn|hk|tw|(?:zh|en)(?:[-_][a-z]{2,4}){0,2})(?=[/.&#?]|$)",
    re.IGNORECASE,
)
_ENGLISH_PATH = re.compile(r"/en(?:[-_][a-z]{2})?(?:/|$)", re.IGNORECASE)
_CHINESE_PATH = re.compile(r"/(?:zh|tc|sc|chi|cn)(?:[-_][a-z]{2,4}){0,2}(?:/|$)", re.IGNORECASE)
_EMAIL = re.compile(
    r"(?<![\w.+-])[\w.+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8}", re.ASCII
)
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,30});", re.I | re.A)
_DAMAGED = re.compile(
    r"[&＆]\s?(?P<name>#[0-9]{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,30})\s?[;；]", re.I | re.A
)
_TWICE = re.compile(r"&amp;(?:#[0-9]{1,7}|[a-z]{2,8});")
_ESCAPE = re.compile(r"\\[nrt](?![A-Za-z])")


def same_urls(entries: Sequence[Entry], _setting: Setting) -> Iterator[Found]:
    """Every web address of the source is in the translation, and no other.

    The language in an address may change: /en/, /zh-hk/, /tc/.

        Visit https://example.org/  →  請瀏覽https://example.org/。    passes
        Visit https://example.org/a_b  →  請瀏覽https://example.org/ab    fails
        Visit https://example.org/en/a  →  請瀏覽https://example.org/zh-hk/a    passes
        Visit us.  →  請瀏覽https://example.com/    fails
        請瀏覽https://example.org/。  →  Visit https://example.org/.    passes
        請瀏覽https://example.org/。  →  Visit our site.    fails
    """
    texts = texts_of(entries)
    for entry, number, source, form in texts.among(
        texts.sources.having(_SCHEMES) | texts.targets.having(_SCHEMES)
    ):
        wanted, found = _urls(source), _urls(form)
        if wanted.keys() != found.keys():
            yield Found(entry, f"addresses differ: {_differing(wanted, found)}", number)


def url_language(entries: Sequence[Entry], setting: Setting) -> Iterator[Found]:
    """An address in a translation does not lead to the page in the source's language.

    An address of others may have no such page: then answer it, or leave it.

        Visit https://example.org/en/  →  請瀏覽https://example.org/tc/。    passes
        Visit https://example.org/en/  →  請瀏覽https://example.org/en/。    fails
        Visit https://example.org/entry/  →  請瀏覽https://example.org/entry/。    passes
        請瀏覽https://example.org/tc/。  →  Visit https://example.org/en/.    passes
        請瀏覽https://example.org/tc/。  →  Visit https://example.org/tc/.    fails
    """
    pattern = _ENGLISH_PATH if setting.chinese else _CHINESE_PATH
    texts = texts_of(entries)
    for entry, number, source, form in texts.among(texts.targets.having(("://",))):
        for match in _URL.finditer(form):
            if pattern.search(match.group()) and match.group() in source:
                yield Found(
                    entry, f"address of the other language: {match.group()}", number, *match.span()
                )
                break


def same_emails(entries: Sequence[Entry], _setting: Setting) -> Iterator[Found]:
    """Every e-mail address of the source is in the translation, letter by letter.

    Write to info@example.org  →  請電郵至info@example.org    passes
    Write to info@example.org  →  請電郵至info＠example.org    fails
    Write to info@example.org  →  請電郵至info@exmaple.org    fails
    請電郵至info@example.org  →  Write to info@example.org    passes
    請電郵至info@example.org  →  Write to us    fails
    """
    texts = texts_of(entries)
    for entry, number, source, form in texts.among(
        texts.sources.having("@") | texts.targets.having("@")
    ):
        wanted, found = _by_folded(_EMAIL, source), _by_folded(_EMAIL, form)
        if wanted.keys() != found.keys():
            yield Found(entry, f"e-mail addresses differ: {_differing(wanted, found)}", number)


def same_escapes(entries: Sequence[Entry], _setting: Setting) -> Iterator[Found]:
    r"""No escaped character is damaged, escaped twice, or new: `&amp;`, `\n`.

    A &amp; B  →  甲 &amp; 乙    passes
    A &amp; B  →  甲及乙    passes
    A &amp; B  →  甲＆amp; 乙    fails
    A &amp; B  →  甲 &amp;amp; 乙    fails
    One line  →  一行\n    fails
    甲 &amp; 乙  →  A &amp; B    passes
    甲 &amp; 乙  →  A & amp; B    fails
    """
    texts = texts_of(entries)
    for entry, number, source, form in texts.among(texts.targets.having("&＆\\")):
        known = {match.group() for match in _ENTITY.finditer(source)}
        for match in _DAMAGED.finditer(form):
            if match.group() not in source and f"&{match['name']};" in known - {match.group()}:
                fix = form[: match.start()] + f"&{match['name']};" + form[match.end() :]
                sentence = f"damaged {match.group()}"
                yield Found(entry, sentence, number, *match.span(), fix)
                break
        else:
            added = [
                match
                for pattern in (_TWICE, _ESCAPE)
                for match in pattern.finditer(form)
                if not pattern.search(source)
            ]
            if added:
                sentence = f"escaped text not in the source: {added[0].group()}"
                yield Found(entry, sentence, number, *added[0].span())


def _urls(text: str) -> dict[str, str]:
    """Addresses as compared (language and last slash left out) and as written."""
    return {
        _LANGUAGE.sub("*", match.group()).rstrip("/"): match.group()
        for match in _URL.finditer(text)
    }


def _by_folded(pattern: re.Pattern[str], text: str) -> dict[str, str]:
    found = (match.group().rstrip(".") for match in pattern.finditer(text))
    return {address.lower(): address for address in found}


def _differing(wanted: dict[str, str], found: dict[str, str]) -> str:
    parts = [
        f"{label} {_listed(here[key] for key in here if key not in there)}"
        for label, here, there in (
            ("missing", wanted, found),
            ("not in the source", found, wanted),
        )
        if here.keys() - there.keys()
    ]
    return "; ".join(parts)


def _listed(texts: Iterable[str]) -> str:
    return " ".join(texts)
