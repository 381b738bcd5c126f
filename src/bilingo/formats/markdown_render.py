"""Markdown for a translation: as few escapes as it takes, proved by reading it back.

What a text needs depends on its neighbours and on the block around it, so the plainest spelling is
tried first and read again; the first that reads as the text that was asked for is the answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from markdown_it.common.utils import isMdAsciiPunct, isPunctChar, isWhiteSpace

from bilingo.errors import BilingoError
from bilingo.formats import frontmatter
from bilingo.formats.markdown_parser import parser
from bilingo.formats.markdown_places import Placed, trimmed
from bilingo.formats.markdown_text import parse
from bilingo.formats.units import LINE_END, joint
from bilingo.frozen import replace
from bilingo.model import Code, Unit
from bilingo.text import tags
from bilingo.text.tags import TAG, Mark

_LIKELY = re.compile(
    r"\\(?=[!-/:-@\[-`{-~])|[`*_\[~]|<(?=[A-Za-z/!?])|&(?=#?[A-Za-z0-9]{1,32};)|!(?=\Z|\[)"
    r"|\{(?=[{%#.:])"
)
_ALL = re.compile(r"[\\`*_\[\]<>&~!{}^|#]")
_NUMBER = re.compile(r"(\d{1,9})(?=[.)](?:\s|$))")
_START = re.compile(r"#{1,6}(?=\s|$)|[-+](?=\s|$)|[-=>*_~`:|+<\[{]")
_PREFIX = re.compile(r"(\r\n|\r|\n)[ \t>]*")  # of a continuation line
_HTML = {"*": "em", "_": "em", "**": "strong", "__": "strong", "~~": "del"}


class _AnyLabel(dict[str, object]):
    """Link definitions of an article that is not at hand: any label but a footnote's may be one."""

    def get(self, key: str, _default: object = None) -> dict[str, str] | None:
        return None if key.startswith("^") else {"href": "", "title": ""}


def render(unit: Unit, text: str) -> str:
    """The Markdown that puts tagged `text` in the unit's place; its own text gives `unit.raw`.

    Line breaks in `text` count as soft ones. Emphasis that full-width punctuation would break
    (CommonMark 0.31 §6.2, flanking) becomes `*` for `_`, or `<em>`, `<strong>`, `<del>`. Raises
    BilingoError (`where` is `line:column`) for what cannot be written in that block.
    """
    if text == unit.text:
        return unit.raw
    if unit.kind == "lang" or unit.kind.startswith(frontmatter.KIND):
        return frontmatter.render(unit, text)
    text = _flat(text)
    inner = unit.kind in ("alt", "link-title")
    written = _inner(unit, text) if inner else _block(unit, text)
    if written is None or not text:
        raise BilingoError(
            f"no Markdown {unit.kind} reads as “{text[:60]}”",
            where=f"{unit.line}:{unit.column}",
            hint="keep its tags in pairs and inside the text",
        )
    return written


def _flat(text: str) -> str:
    """`text` on one line: line breaks are soft ones."""
    out = ""
    for line in (line.strip(" \t") for line in LINE_END.split(text)):
        out += (joint(tags.plain(out), tags.plain(line)) if out and line else "") + line
    return out.strip()


def _inner(unit: Unit, text: str) -> str | None:
    """An alt text, or a title in the quotes it has."""
    text = tags.restore(text, unit.codes)
    title = unit.kind == "link-title"
    opening, closing = (unit.raw[0], unit.raw[-1]) if title else ("", "")
    for special in (None, _LIKELY, _ALL):
        escaped = special.sub(r"\\\g<0>", text) if special else text
        if title:
            escaped = escaped.replace(closing, f"\\{closing}").replace(
                f"\\\\{closing}", f"\\{closing}"
            )
        # The table it may stand in splits at any bar without a backslash.
        escaped = opening + re.sub(r"(?<!\\)\|", r"\|", escaped) + closing
        content = f"![x](y {escaped})" if title else f"![{escaped}](y)"
        parts, spots = parse(Placed(content, content, ((0, 0),)), {"references": _AnyLabel()})
        if len(parts) == 1 and [s.text for s in spots if s.kind == unit.kind] == [text]:
            return escaped
    return None


def _block(unit: Unit, text: str) -> str | None:
    parts = _parts(text, unit.codes)
    for variant in (_mended(parts), _all_html(parts)):
        wanted = tags.lift(_without_prefixes(variant))
        for start, special in ((0, None), (1, None), (0, _LIKELY), (1, _LIKELY), (1, _ALL)):
            written = _written(variant, bool(start), special, unit.kind == "cell")
            if _reads(_PREFIX.sub(r"\1", written), unit.kind) == _comparable(wanted, unit.kind):
                return written
    return None


def _parts(text: str, codes: Sequence[Code]) -> list[str | Mark]:
    """Tagged text as strings and marks; a tag without a code is text, as in `tags.restore`."""
    known = {code.number: code for code in codes}
    parts: list[str | Mark] = []
    position = 0
    for found in TAG.finditer(text):
        code = known.get(int(found["number"]))
        if code is None or found["close"] and found["alone"]:
            continue
        parts.append(text[position : found.start()])
        position = found.end()
        name = str(code.number)
        if found["alone"] or code.closing is None:
            if not found["close"]:
                parts.append(Mark("alone", code.opening + (code.closing or "")))
        elif found["close"]:
            parts.append(Mark("close", code.closing, name))
        else:
            parts.append(Mark("open", code.opening, name))
    parts.append(text[position:])
    return _tidy_around_breaks([part for part in parts if part])


def _tidy_around_breaks(parts: list[str | Mark]) -> list[str | Mark]:
    """A line has no white space at its ends: the parser would drop it."""
    out = list(parts)
    for index, part in enumerate(parts):
        if isinstance(part, Mark) and part.markup and LINE_END.search(part.markup):
            before = out[index - 1] if index else None
            after = out[index + 1] if index + 1 < len(out) else None
            if isinstance(before, str):
                out[index - 1] = before.rstrip()
            if isinstance(after, str):
                out[index + 1] = after.lstrip()
    return [part for part in out if part]


def _without_prefixes(parts: list[str | Mark]) -> list[str | Mark]:
    return [
        part if isinstance(part, str) else replace(part, markup=_PREFIX.sub(r"\1", part.markup))
        for part in parts
    ]


def _written(
    parts: list[str | Mark], start: bool, special: re.Pattern[str] | None, cell: bool
) -> str:
    out: list[str] = []
    line_start, address = True, False
    for part in parts:
        if isinstance(part, Mark):
            out.append(part.markup)
            line_start = bool(LINE_END.search(part.markup[-2:]) or _PREFIX.search(part.markup))
            address = part.form == "open" and part.markup == "<"
            continue
        head, rest = _start_escaped(part) if start and line_start and not address else ("", part)
        line_start = False
        if special and not address:
            rest = special.sub(r"\\\g<0>", rest)
        if cell:
            rest = re.sub(r"(?<!\\)\|", r"\|", rest)
        out.append(head + rest)
    return "".join(out)


def _start_escaped(text: str) -> tuple[str, str]:
    """What makes the start of a line plain text, and the rest of it."""
    number = _NUMBER.match(text)
    if number:
        return f"{number[1]}\\{text[number.end()]}", text[number.end() + 1 :]
    if _START.match(text):
        return f"\\{text[0]}", text[1:]
    return "", text


def _reads(markup: str, kind: str) -> object:
    """What the markup reads as in a block of its kind, or None where it is no such block."""
    around = {"heading": "# {}", "setext": "{}\n===", "cell": "| {} |\n| --- |"}.get(kind, "{}")
    env: dict[str, object] = {"references": _AnyLabel()}
    tokens = parser().parse(around.replace("{}", markup), env)
    opening = {"heading": "heading", "setext": "heading", "cell": "table"}.get(kind, "paragraph")
    if len(tokens) != (9 if kind == "cell" else 3) or tokens[0].type != f"{opening}_open":
        return None
    content = next(token.content for token in tokens if token.type == "inline")
    placed = Placed(content, content, ((0, 0),))
    if trimmed(placed, kind) != placed:
        return None
    return _comparable(tags.lift(parse(placed, env)[0]), kind)


def _comparable(lifted: tuple[str, tuple[Code, ...]], kind: str) -> object:
    text, codes = lifted
    pairs = [(code.opening.lstrip(" "), code.closing) for code in codes]
    if kind == "cell":
        pairs = [
            (a.replace("\\|", "|"), None if b is None else b.replace("\\|", "|")) for a, b in pairs
        ]
    return text, pairs


def _emphases(parts: list[str | Mark]) -> Iterator[tuple[int, int, str]]:
    """(index of the opening, of the closing, marker) of every emphasis."""
    opened: list[int] = []
    for index, part in enumerate(parts):
        if isinstance(part, str) or part.markup not in _HTML:
            continue
        if part.form == "open":
            opened.append(index)
        elif part.form == "close" and opened:
            yield opened.pop(), index, part.markup


def _with_markers(
    parts: list[str | Mark], first: int, last: int, opening: str, closing: str
) -> None:
    name = f"{opening} {first}"
    parts[first], parts[last] = Mark("open", opening, name), Mark("close", closing, name)


def _all_html(parts: list[str | Mark]) -> list[str | Mark]:
    out = list(parts)
    for first, last, marker in _emphases(parts):
        _with_markers(out, first, last, f"<{_HTML[marker]}>", f"</{_HTML[marker]}>")
    return out


def _mended(parts: list[str | Mark]) -> list[str | Mark]:
    """Emphasis whose marks would be literal here, as the next form that is not."""
    out = list(parts)
    for first, last, marker in _emphases(parts):
        beside = [_character(parts, i) for i in (first - 1, first + 1, last - 1, last + 1)]
        for form in dict.fromkeys((marker, marker.replace("_", "*"))):
            if _opens(form, beside[0][-1], beside[1][0]) and _closes(
                form, beside[2][-1], beside[3][0]
            ):
                _with_markers(out, first, last, form, form)
                break
        else:
            _with_markers(out, first, last, f"<{_HTML[marker]}>", f"</{_HTML[marker]}>")
    return out


def _character(parts: list[str | Mark], index: int) -> str:
    if not 0 <= index < len(parts):
        return " "
    part = parts[index]
    return part if isinstance(part, str) else part.markup or " "


def _opens(marker: str, before: str, after: str) -> bool:
    left, right = _flanking(before, after)
    return left and (marker[0] != "_" or not right or _punctuation(before))


def _closes(marker: str, before: str, after: str) -> bool:
    left, right = _flanking(before, after)
    return right and (marker[0] != "_" or not left or _punctuation(after))


def _flanking(before: str, after: str) -> tuple[bool, bool]:
    """Whether a delimiter run is left- and right-flanking: CommonMark 0.31 §6.2."""
    space = isWhiteSpace(ord(before)), isWhiteSpace(ord(after))
    mark = _punctuation(before), _punctuation(after)
    left = not space[1] and (not mark[1] or space[0] or mark[0])
    right = not space[0] and (not mark[0] or space[1] or mark[1])
    return left, right


def _punctuation(character: str) -> bool:
    return isMdAsciiPunct(ord(character)) or isPunctChar(character)
