"""HTML articles: pages and fragments, as their author keeps them.

Kinds of units: `heading`, `paragraph`, `item` (the first text of a list item), `cell`, `term`,
`definition`, `caption`, `label` (buttons, options, form labels), `meta:title`; from attributes
`alt`, `link-title` (any `title`), `placeholder`, `aria-label`, `value` (of buttons),
`meta:description`, `meta:og:title`, `meta:og:description` and `lang`. Inline tags are codes.

Not units: comments, scripts, styles, `pre`, `textarea`, `template`, SVG, and what is marked with
`translate="no"` or class `notranslate`; inside a text such an element, or `code`, is one code. Two
line breaks (`<br><br>`) part paragraphs. Units with a reason to skip them: `hidden` and
`display: none` (but not `hidden="until-found"`), `noscript`, navigation, the footer and asides of
the page (those of `main` and `article` are content), and a `lang` other than that of the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from bilingo.errors import BilingoError
from bilingo.formats import encoding as encodings
from bilingo.formats import hints, html_units
from bilingo.formats.html_elements import OpenElements
from bilingo.formats.html_tokens import attributes, tokens
from bilingo.formats.html_units import Found
from bilingo.formats.units import LINE_END, finish, joint
from bilingo.model import Unit
from bilingo.text import tags
from bilingo.text.tags import TAG

_NOT_SHOWN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_ROLES = {
    "navigation": "navigation",
    "contentinfo": "footer",
    "complementary": "aside",
    "search": "search",
}
_PLAIN_VALUE = re.compile("[^\\s\"'=<>`]+")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([^\s\"';]+)", re.IGNORECASE)
_DECLARATION = re.compile(r"<\?xml\s[^<>]*?encoding\s*=\s*[\"']([\w.:-]+)[\"']")
_PRESCAN = 1024  # bytes in which a page must say its encoding (§13.2.3.2)
_LABELS = {  # what the Encoding Standard reads under these names, where it is not the name's own
    "big5": "big5hkscs",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "iso-8859-1": "windows-1252",
    "latin-1": "windows-1252",
    "latin1": "windows-1252",
    "us-ascii": "windows-1252",
}


def read(
    raw: bytes, *, encoding: str | None = None, keys: Sequence[str] = ()
) -> Iterator[str | Unit]:
    """The pieces of a page; `keys` mean nothing here.

    The encoding is that of the byte-order mark, of `<meta charset>`, or UTF-8. Raises BilingoError
    (`where` is `line:column`) for bytes that are not text in it, and for a page that declares Big5
    or the like and is UTF-8.
    """
    text = decode(raw, encoding)
    page = html_units.read(text, reason)
    yield from finish(hints.apply(pieces(text, page.found), page.hints))


def decode(raw: bytes, encoding: str | None = None) -> str:
    """The text of a page, as `read` reads it; raises what that raises."""
    return encodings.decode(raw, encoding or _declared(raw))


def pieces(text: str, found: Sequence[Found]) -> Iterator[str | Unit]:
    """The text cut at its units."""
    position = 0
    for one in sorted(found, key=lambda one: one.start):
        yield text[position : one.start]
        yield one.unit
        position = one.start + len(one.unit.raw)
    yield text[position:]


def render(unit: Unit, text: str) -> str:
    """The HTML that puts tagged `text` in the unit's place; its own text gives `unit.raw`.

    Line breaks in `text` count as soft ones. Raises BilingoError (`where` is `line:column`) for
    tags that are not in pairs: the page after them would change.
    """
    if text == unit.text:
        return unit.raw
    text = _flat(text)
    if unit.kind in html_units.ATTRIBUTE_KINDS:
        return _attribute(tags.restore(text, unit.codes), unit.raw)
    if not _nests(text, unit):
        raise BilingoError(
            f"no HTML {unit.kind} reads as “{text[:60]}”",
            where=f"{unit.line}:{unit.column}",
            hint="keep its tags in pairs and inside the text",
        )
    # Text that looks like a tag is a code too, and `</1>` would be read as a comment.
    known = [code for code in unit.codes if not TAG.fullmatch(code.opening)]
    literal = {code.number: code.opening for code in unit.codes if TAG.fullmatch(code.opening)}
    text = TAG.sub(lambda tag: literal.get(int(tag["number"]), tag.group()), text)
    return tags.restore(text, known, _escaped)


def write(text: str, raw: bytes, *, encoding: str | None = None) -> bytes:
    """`text` as bytes, in the encoding and with the byte-order mark of `raw`.

    A character that encoding does not have becomes a character reference.
    """
    encoding = encoding or _declared(raw)
    codec = encodings.ENCODINGS.get((encoding or "utf-8").lower(), "utf-8")
    held = text.encode(codec, "xmlcharrefreplace").decode(codec)
    return encodings.encode(held, raw, encoding)


def hidden(name: str, values: Mapping[str, str], _opened: OpenElements) -> str:
    """Why readers do not see an element, whatever page it stands in; "" where they do."""
    if values.get("hidden", "until-found").lower() != "until-found":
        return "hidden"
    if _NOT_SHOWN.search(values.get("style", "")):
        return "hidden"
    return "for readers without scripts" if name == "noscript" else ""


def reason(name: str, values: Mapping[str, str], opened: OpenElements) -> str:
    """Why the text of an element is not offered for translation; "" where it is."""
    landmark = "navigation" if name == "nav" else _ROLES.get(values.get("role", "").lower(), name)
    if landmark in ("footer", "aside") and not opened.nearest("main", "article"):
        landmark = f"page {landmark}"
    around = landmark in ("navigation", "search", "page footer", "page aside")
    return hidden(name, values, opened) or (landmark if around else "")


def _declared(raw: bytes) -> str | None:
    """The encoding that a page declares, as `encodings` names it; None for UTF-8 or no word."""
    if raw.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        return None
    head = raw[:_PRESCAN].decode("latin-1")
    declaration = _DECLARATION.match(head)
    label = declaration[1] if declaration else _meta_charset(head)
    label = label.lower().replace("_", "-")
    name = _LABELS.get(label, label)
    if name not in encodings.ENCODINGS or name.startswith(("utf", "ascii")):
        return None
    if raw.isascii() or not _is_utf8(raw):
        return name
    raise BilingoError(
        f"declared as {label}, but the bytes are UTF-8",
        where="1",
        hint="correct its <meta charset>, or name one with --encoding",
    )


def _meta_charset(head: str) -> str:
    for token in tokens(head):
        if token.form == "open" and token.name == "meta":
            values = {one.name: one.value for one in attributes(head, token)}
            if "charset" in values:
                return values["charset"].strip()
            if values.get("http-equiv", "").lower() == "content-type":
                found = _CHARSET.search(values.get("content", ""))
                if found:
                    return found[1]
    return ""


def _is_utf8(raw: bytes) -> bool:
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _flat(text: str) -> str:
    """`text` on one line, its white space as HTML shows it."""
    out = ""
    for line in (" ".join(re.split("[\t\f ]+", line)).strip(" ") for line in LINE_END.split(text)):
        out += (joint(tags.plain(out), tags.plain(line)) if out and line else "") + line
    return out


def _attribute(text: str, raw: str) -> str:
    """A value in the quotes it has; in quotes where it had none and needs them."""
    text = text.replace("&", "&amp;").replace("\u00a0", "&nbsp;")
    quote = raw[0] if raw[0] in "\"'" else ""
    if not quote and not _PLAIN_VALUE.fullmatch(text):
        quote = '"'
    reference = "&#39;" if quote == "'" else "&quot;"
    return quote + (text.replace(quote, reference) if quote else text) + quote


def _escaped(text: str) -> str:
    """Text as the standard writes it (§13.3), but for `>`, which needs no reference."""
    return text.replace("&", "&amp;").replace("\u00a0", "&nbsp;").replace("<", "&lt;")


def _nests(text: str, unit: Unit) -> bool:
    """Whether the tags of paired codes open and close in order."""
    paired = {code.number for code in unit.codes if code.closing is not None}
    opened: list[str] = []
    for found in TAG.finditer(text):
        if int(found["number"]) not in paired or found["alone"]:
            continue
        if not found["close"]:
            opened.append(found["number"])
        elif not opened or opened.pop() != found["number"]:
            return False
    return not opened
