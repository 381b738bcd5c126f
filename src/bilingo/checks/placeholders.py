"""Placeholders: what a program puts values into."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

from bilingo.checks import Found, Setting
from bilingo.checks.texts import texts_of
from bilingo.model import Entry

# In order of precedence. `%%` and addresses (with their %E8 escapes) are passed over. A bare `%d`
# after a digit is a percentage (`50%discount`), and `% d` would be one in `50 % discount`, so the
# blank flag of printf is not known. Letters may follow only the conversions people glue to units
# (`%dMB`, `%.1fs`). Every repeat is bounded, so no text takes more than a moment.
_PLACEHOLDER = re.compile(
    r"""
      (?P<literal> %% | https?://[!#-;=?-z~]{1,2000} )
    | (?P<template> \{\{ [^{}]{1,200} \}\} | \{% [^{}%]{1,200} %\} | \$t\( [^()]{1,200} \) )
    | (?P<brace> \$\{\s{0,3} | \{ ) (?P<field> \w{0,80} (?: \.\w{1,80} | \[\w{1,80}\] ){0,9} )
        (?: ![rsa] )? (?: :[^{}\s]{0,40} )? \s{0,3} \}
    | %\( (?P<name> [^()]{1,80} ) \)
        [-+#0]{0,4} [0-9]{0,3} (?: \.[0-9]{1,3} )? (?P<type> [diouxXeEfFgGcrsa] )
    | (?: %(?P<position> [1-9][0-9]? )\$ | (?<! [0-9%] )% )
        [-+#0']{0,4} [0-9]{0,3} (?: \.[0-9]{1,3} )? (?: hh?|ll?|[jztqL] )?
        (?P<conversion> [dsu] | (?<=[0-9])f | [ioxXeEfFgGcrap@] (?! [a-zA-Z] ) )
    """,
    re.VERBOSE,
)


_SIGN = re.compile(r"[%{$]")


def same_placeholders(entries: Sequence[Entry], _setting: Setting) -> Iterator[Found]:
    """Every placeholder of the source is in the translation, and no other.

    printf and Python (`%s`, `%(name)s`), braces (`{name}`, `${name}`), Jinja and i18next
    (`{{ name }}`, `$t(key)`). Order may change where placeholders have names or positions; format
    details (`%.1f`, `{x:>8}`) may differ. A percentage is no placeholder.

        Hello {name}  →  你好{name}    passes
        Hello {name}  →  你好{名字}    fails
        Hello %(name)s  →  你好 %(name)    fails
        %s of %d  →  %2$d之%1$s    passes
        %s of %d  →  %d之%s    fails
        {} of {}  →  {1}之{0}    passes
        Hello {{ name }}  →  {{name}}，你好    passes
        100% free, 50% off  →  100%免費，半價    passes
        Save 50%  →  節省50 %s    fails
        約{count}人  →  About {count} people    passes
        約{count}人  →  About {n} people    fails
        佔%d%%  →  %d%% of all    passes
    """
    texts = texts_of(entries)
    found_in = texts.sources.having("%{$") | texts.targets.having("%{$")
    for _, (first, *_rest) in groupby(texts.among(found_in), lambda form: id(form.entry)):
        entry = first.entry
        sources = [_placeholders(text) for text in (entry.msgid, entry.msgid_plural) if text]
        for form in entry.msgstr:
            found = _placeholders(form)
            if not any(_same(source, found) for source in sources):
                yield Found(entry, _difference(sources[-1], found))


def _placeholders(text: str) -> list[tuple[str, str]]:
    """What each placeholder stands for, and how it is written."""
    if not _SIGN.search(text):
        return []
    found = []
    arguments = fields = 0
    for match in _PLACEHOLDER.finditer(text):
        if match["literal"]:
            continue
        if match["template"]:
            meaning = "".join(match["template"].split())
        elif match["field"] is not None:
            field = match["field"] or str(fields)
            fields += not match["field"]
            meaning = f"{match['brace'].strip()}{field}}}"
        elif match["name"]:
            meaning = f"%({match['name']}){_type(match['type'])}"
        else:
            arguments += not match["position"]
            meaning = f"%{match['position'] or arguments}${_type(match['conversion'])}"
        found.append((meaning, match.group()))
    return found


def _type(conversion: str) -> str:
    return "d" if conversion in "iu" else conversion


def _same(source: list[tuple[str, str]], target: list[tuple[str, str]]) -> bool:
    return Counter(meaning for meaning, _ in source) == Counter(meaning for meaning, _ in target)


def _difference(source: list[tuple[str, str]], target: list[tuple[str, str]]) -> str:
    written = [" ".join(text for _, text in side) for side in (source, target)]
    if sorted(written[0].split()) == sorted(written[1].split()):
        return f"placeholders in another order need positions: {written[1]}"
    parts = []
    for label, here, there in (
        ("missing", source, target),
        ("not in the source", target, source),
    ):
        rest = Counter(meaning for meaning, _ in here)
        rest.subtract(meaning for meaning, _ in there)
        texts = [text for meaning, text in dict(here).items() if rest[meaning] > 0]
        if texts:
            parts.append(f"{label} {' '.join(texts)}")
    return f"placeholders differ: {'; '.join(parts)}"
