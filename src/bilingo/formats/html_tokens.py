"""HTML cut into tokens whose spans are exact: joined, their slices are the text again.

The rules are those of the tokenizer of the HTML standard (§13.2.5), without its repairs. Time is
linear on every input: whatever never closes runs to the end of the text, as in a browser, so no
part of the text is looked at again.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.entities import html5
from typing import Literal

SPACE = "\t\n\f\r "
_S = f"[{SPACE}]"
# One attribute: after its name a value, or no equals sign. Possessive throughout, so that what does
# not match fails at once; it fails at the end of the text only, or in a quote that never closes.
_ATTRIBUTE = (
    rf"(?P<name>[^{SPACE}/>][^{SPACE}/>=]*+)"
    rf"(?:{_S}*+={_S}*+(?P<value>\"[^\"]*+\"|'[^']*+'|[^{SPACE}>\"'][^{SPACE}>]*+|(?=>))"
    rf"|(?!{_S}*+=))"
)
_ONE = re.compile(rf"[{SPACE}/]*+{_ATTRIBUTE}")
_UNNAMED = _ATTRIBUTE.replace("?P<name>", "?:").replace("?P<value>", "?:")
_TAG = re.compile(
    rf"<(?P<close>/?)(?P<name>[A-Za-z][^{SPACE}/>]*+)(?:[{SPACE}/]*+{_UNNAMED})*+[{SPACE}/]*+>"
)
_MARKUP = re.compile(r"<(?=[A-Za-z!?]|/.)", re.DOTALL)
_NO_COMMENT = re.compile("-?>")  # right after `<!--`
_COMMENT_END = re.compile(r"--!?>")
_REFERENCE = re.compile(
    r"&(?:#(?:[0-9]+|[xX][0-9a-fA-F]+);?|(?P<name>[A-Za-z][A-Za-z0-9]*+(?:;|(?![=;]))))"
)

# Elements whose content is text: raw, or (title, textarea) with character references.
_RAW = "script style xmp iframe noembed noframes title textarea".split()
_RAW_END = {name: re.compile(rf"</{name}(?=[{SPACE}/>])", re.IGNORECASE) for name in _RAW}
_SCRIPT = re.compile(rf"<!--(?!-?>)|-->|<(?P<close>/?)script(?=[{SPACE}/>])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Token:
    """A part of the text: `start` and `end` are offsets, `name` is a tag's in lower case.

    `other` is what no reader sees: comments, doctypes, processing instructions, CDATA sections, and
    a tag that never ends.
    """

    form: Literal["text", "open", "close", "other"]
    start: int
    end: int
    name: str = ""


@dataclass(frozen=True, slots=True)
class Attribute:
    """An attribute of a start tag; `start` and `end` are the span of its value with its quotes."""

    name: str
    start: int
    end: int
    value: str


def tokens(text: str) -> Iterator[Token]:
    """The tokens of `text` in order, without gaps."""
    position = start = 0  # of the text since the last markup
    while found := _MARKUP.search(text, position):
        at = found.start()
        if at > start:
            yield Token("text", start, at)
        token = _tag(text, at) or Token("other", at, _opaque_end(text, at))
        yield token
        position = start = token.end
        if token.form == "open" and token.name in (*_RAW, "plaintext"):
            position = _raw_end(text, token)
            if position > start:
                yield Token("text", start, position)
            start = position
    if start < len(text):
        yield Token("text", start, len(text))


def _tag(text: str, at: int) -> Token | None:
    found = _TAG.match(text, at)
    if found:
        form: Literal["open", "close"] = "close" if found["close"] else "open"
        return Token(form, at, found.end(), found["name"].lower())
    return None


def _opaque_end(text: str, at: int) -> int:
    """Where the markup at `at` that is no tag ends; the end of the text where nothing closes it."""
    if text.startswith("<!--", at):
        if short := _NO_COMMENT.match(text, at + 4):
            return short.end()
        closing = _COMMENT_END.search(text, at + 4)
        return closing.end() if closing else len(text)
    if text[at + 1].isascii() and text[at + 1].isalpha():
        return len(text)
    if text[at + 1] == "/" and text[at + 2].isascii() and text[at + 2].isalpha():
        return len(text)
    # The standard ends a CDATA section at `>` outside of SVG; who writes one means all of it.
    closer = "]]>" if text.startswith("<![CDATA[", at) else ">"
    end = text.find(closer, at)
    return end + len(closer) if end >= 0 else len(text)


def _raw_end(text: str, token: Token) -> int:
    """Where the content of a raw text element ends: before its end tag."""
    if token.name == "plaintext":
        return len(text)
    if token.name == "script":
        return _script_end(text, token.end)
    closing = _RAW_END[token.name].search(text, token.end)
    return closing.start() if closing else len(text)


def _script_end(text: str, start: int) -> int:
    """Before the `</script>` that counts: not one of a script inside `<!--` (§13.2.5.15-31)."""
    escaped = double = False
    for found in _SCRIPT.finditer(text, start):
        if found.group() == "<!--":
            escaped = True
        elif found.group().startswith("-"):
            escaped = double = False
        elif not found["close"]:
            double = escaped
        elif not double:
            return found.start()
        else:
            double = False
    return len(text)


def attributes(text: str, token: Token) -> Iterator[Attribute]:
    """The attributes of a start tag with their values decoded; of equal names the first counts."""
    seen: set[str] = set()
    position, end = token.start + 1 + len(token.name), token.end - 1
    while found := _ONE.match(text, position, end + 1):
        position = found.end()
        name = found["name"].lower()
        if name not in seen and name != ">":
            seen.add(name)
            start, stop = found.span("value") if found["value"] is not None else (position,) * 2
            yield Attribute(name, start, stop, _value(text[start:stop]))


def _value(raw: str) -> str:
    if raw[:1] in ("'", '"'):
        raw = raw[1:-1]
    if "&" not in raw:
        return raw
    # In an attribute `&copy=` is text: addresses are full of such (§13.2.5.73).
    return _REFERENCE.sub(_character, raw)


def _character(reference: re.Match[str]) -> str:
    whole = reference.group()
    name = reference["name"]
    return html.unescape(whole) if name is None else html5.get(name, whole)
