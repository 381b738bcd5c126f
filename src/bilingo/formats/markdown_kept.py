"""Stretches of Markdown text that stay as they are: `translate="no"`, and off to on."""

from __future__ import annotations

from collections.abc import Iterator

from bilingo.formats import hints
from bilingo.formats.html_tokens import attributes, tokens
from bilingo.text.tags import Mark

HTML_NAME = "html "  # before the name of a mark that is an HTML tag


def stretches(parts: list[str | Mark]) -> Iterator[tuple[int, int]]:
    """First and last part of each stretch that stays as it is: `translate="no"`, off to on."""
    opened: dict[str, list[int]] = {}
    ends: dict[int, int] = {}
    off: int | None = None
    for index, part in enumerate(parts):
        if isinstance(part, str):
            continue
        if part.form == "alone" and "bilingo:o" in part.markup:
            hint = hints.alone(part.markup)
            if hint and hint.name == "off" and off is None:
                off = index
            elif hint and hint.name == "on" and off is not None:
                ends[off], off = index, None
        elif part.form == "open" and part.name.startswith(HTML_NAME):
            opened.setdefault(part.name, []).append(index)
        elif part.form == "close" and opened.get(part.name):
            first = opened[part.name].pop()
            if _not_translated(parts[first]):
                ends[first] = index
    last = -1
    for first in sorted(ends):
        if first > last and _balanced(parts[first + 1 : ends[first]]):
            last = ends[first]
            yield first, last


def _not_translated(part: str | Mark) -> bool:
    markup = part.markup if isinstance(part, Mark) else part
    if "translate" not in markup.lower():
        return False
    values = {a.name: a.value for token in tokens(markup) for a in attributes(markup, token)}
    named = "notranslate" in values.get("class", "").split()
    return named or values.get("translate", "").lower() == "no"


def _balanced(parts: list[str | Mark]) -> bool:
    opened: list[str] = []
    for part in parts:
        if isinstance(part, str) or part.form == "alone":
            continue
        if part.form == "open":
            opened.append(part.name)
        elif not opened or opened.pop() != part.name:
            return False
    return not opened
