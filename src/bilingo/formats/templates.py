"""The strings of a website's templates and code: what `gettext` and its kin are called with.

Babel and Jinja2 find them (the extra `bilingo[templates]`, imported when a template is read). A
string is a unit whose text is the msgid as the program looks it up, so nothing in it is lifted into
codes. Kind `string`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import PurePath
from tokenize import TokenError
from typing import Any

from bilingo.errors import BilingoError
from bilingo.frozen import replace
from bilingo.model import Context, Unit

COMMENTS = ("Translators:", "NOTE:", "L10N:")  # how a comment for translators begins
# Beside those of gettext: what Django and Flask-Babel call them where they wait for the locale.
_LAZY = {
    **dict.fromkeys(("gettext_lazy", "lazy_gettext"), None),
    **dict.fromkeys(("ngettext_lazy", "lazy_ngettext"), (1, 2)),
    **dict.fromkeys(("pgettext_lazy", "lazy_pgettext"), ((1, "c"), 2)),
    **dict.fromkeys(("npgettext_lazy", "lazy_npgettext"), ((1, "c"), 2, 3)),
}
_PYTHON = (".py", ".pyw")
_JAVASCRIPT = (".js", ".cjs", ".mjs", ".jsx", ".ts", ".tsx")
# A template that Jinja cannot parse is refused, not passed over.
_JINJA_OPTIONS = {"silent": "false", "encoding": "utf-8"}
_JAVASCRIPT_OPTIONS = {"parse_template_string": "true", "encoding": "utf-8"}


def read(raw: bytes, path: str) -> tuple[Unit, ...]:
    """The strings of a file in its order: Python and JavaScript by suffix, all else is Jinja2.

    A unit has the string's context, plural and format flag, and as its note the comment before it
    that begins with one of `COMMENTS`. Raises BilingoError (`where` is the line) for what is not
    UTF-8 or cannot be parsed, and without the libraries.
    """
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise BilingoError("not utf-8 text", where=str(line), hint="save it as UTF-8") from None
    units = list(_strings(raw, path))
    texts = ["", *(unit.text for unit in units), ""]
    return tuple(
        replace(unit, context=Context(path, unit.kind, texts[number], texts[number + 2]))
        for number, unit in enumerate(units)
    )


def _strings(raw: bytes, path: str) -> Iterator[Unit]:
    try:
        from babel.messages.catalog import Message
        from babel.messages.extract import DEFAULT_KEYWORDS, extract
        from jinja2.exceptions import TemplateError
        from jinja2.ext import babel_extract
    except ImportError as error:
        raise BilingoError(
            f"the strings of templates need {error.name}",
            hint="pip install 'bilingo[templates]', or leave the setting templates out",
        ) from None
    method, options = _method(PurePath(path).suffix.lower(), babel_extract)
    words = {**DEFAULT_KEYWORDS, **_LAZY}
    try:
        found = list(extract(method, BytesIO(raw), words, COMMENTS, options, True))
    except (SyntaxError, ValueError, RecursionError, TokenError, TemplateError) as error:
        raise _unreadable(error) from None
    for line, said, comments, context in found:
        text, plural = said if isinstance(said, tuple) else (said, None)
        if not text:
            continue
        # To Babel a format is Python's, whatever the file.
        flags = () if method == "javascript" else Message((text, plural or text)).flags
        yield Unit(
            "",
            "string",
            text,
            "",
            line=line,
            msgctxt=context,
            note=" ".join(" ".join(comments).split()),
            plural=plural,
            flags=tuple(sorted(flags)),
        )


def _unreadable(error: Exception) -> BilingoError:
    line = getattr(error, "lineno", None) or 1
    what = " ".join(str(getattr(error, "msg", None) or error).split())
    return BilingoError(f"cannot be parsed: {what[:200]}", where=str(line))


def _method(suffix: str, jinja: Callable[..., Any]) -> tuple[Any, dict[str, str]]:
    if suffix in _PYTHON:
        return "python", {}
    if suffix in _JAVASCRIPT:
        return "javascript", _JAVASCRIPT_OPTIONS
    return jinja, _JINJA_OPTIONS
