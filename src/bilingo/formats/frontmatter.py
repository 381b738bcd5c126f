"""YAML front matter: the values of a few top-level keys, edited in place.

Not a YAML reader, on purpose: it finds scalar values and keeps every other byte. What could make a
small file large or run code in other programs (anchors, aliases, tags, deep nesting) is refused.
Scalar styles follow YAML 1.2, chapters 7 and 8.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bilingo.errors import BilingoError
from bilingo.formats.units import LINE_END, joint
from bilingo.model import Unit
from bilingo.text.lazy import Pattern

KEYS = ("title", "summary", "description")
LANGUAGE_KEYS = ("lang", "language", "locale")
KIND = "meta:"
MAX_CHARACTERS = 64 * 1024
MAX_DEPTH = 20

_LINES = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_KEY = Pattern(r"([\w.-]+|\"[^\"\r\n]*\"|'[^'\r\n]*')[ \t]*:(?=[ \t\r\n]|\Z)[ \t]*")
_DOUBLE = Pattern(r'"(?:[^"\\]|\\.)*"', re.DOTALL)
_SINGLE = Pattern(r"'(?:[^']|'')*'")
_BLOCK = Pattern(r"[|>][-+1-9]{0,2}[ \t]*(?:#[^\r\n]*)?(?=[\r\n]|\Z)")
_COMMENT = Pattern(r"[ \t]#.*")
_INDICATOR = Pattern(r"[&*!](?=\S)")
_NODE_START = Pattern(r"(?:[-?:][ \t]+)*")
# Plain scalars that YAML would read as something else, or not as one scalar.
_NOT_PLAIN = Pattern(
    r"[\s\-?:,\[\]{}#&*!|>'\"%@`]|.*(?::\s|:$|\s#|\s$)"
    r"|(?:true|false|yes|no|on|off|y|n|null|~|[-+.\d][-+.,:_\dxoea-fTZ ]*)$",
    re.IGNORECASE | re.DOTALL,
)
_ESCAPE = Pattern(r"\\(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)
_NAMED = {"n": "\n", "t": "\t", "r": "\r", "0": "", "a": "", "b": "", "e": "", "f": "", "v": ""}
_NAMED |= {"N": "\n", "_": "\u00a0", "L": "\n", "P": "\n"}
# Line breaks of YAML 1.1, which Jekyll reads, beside "\n"; and what no scalar holds as it is.
_BREAK = re.compile("[\n\x85\u2028\u2029]")
_ESCAPED = Pattern("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_LETTERS = {"\x85": "\\N", "\u2028": "\\L", "\u2029": "\\P"}


def end(text: str) -> int:
    """The offset after the front matter, 0 where there is none.

    It starts in the first line with `---` and ends at the next line `---` or `...`; without an end,
    or when its first entry is no `key:`, the lines are body text. TOML (`+++`) is front matter too.
    """
    lines = _LINES.finditer(text)
    fence = next(lines).group().rstrip()
    if fence not in ("---", "+++"):
        return 0
    first = ""
    for line in lines:
        content = line.group().rstrip()
        if content == fence or content == "..." and fence == "---":
            return line.end() if fence == "+++" or not first or _KEY.match(first) else 0
        if not first and content and not content.startswith("#"):
            first = content
        if line.end() == len(text):
            break
    return 0


def read(text: str, keys: Sequence[str] = ()) -> Iterator[str | Unit]:
    """The pieces of front matter `text`, its fences included; the values of `keys` are units.

    Without `keys` those of `KEYS`. A value of `LANGUAGE_KEYS` is a unit that is skipped. Raises
    BilingoError (`where` is the line) for anchors, aliases, tags, depth and size.
    """
    if text.startswith("+++"):
        yield text
        return
    if len(text) > MAX_CHARACTERS:
        raise BilingoError(f"front matter longer than {MAX_CHARACTERS} characters", where="1")
    wanted = tuple(keys) or KEYS
    position = 0
    for key, start, stop in _entries(text):
        name = key.strip("\"'")
        raw = text[start:stop]
        if not raw or name not in (*wanted, *LANGUAGE_KEYS) or raw[0] in "[{":
            continue
        value = _value(raw)
        if value:
            yield text[position:start]
            skip = "language of the article" if name in LANGUAGE_KEYS else ""
            kind = "lang" if skip else KIND + name
            yield Unit(id="", kind=kind, text=value, raw=raw, skip=skip)
            position = stop
    yield text[position:]


def render(unit: Unit, text: str) -> str:
    """The scalar for `text` in the style of the unit's own: quotes and block indicators stay."""
    raw = unit.raw
    if text == unit.text:
        return raw
    newline = LINE_END.search(raw)
    if raw[0] in "|>" and newline:
        body = raw[newline.end() :]
        indent = next(line for line in LINE_END.split(body) if line.strip())
        indent = indent[: len(indent) - len(indent.lstrip(" "))]
        between = newline.group() if raw[0] == "|" else newline.group() * 2
        lines = [indent + line.strip() if line.strip() else "" for line in _BREAK.split(text)]
        return raw[: newline.end()] + between.join(lines)
    flat = " ".join(_BREAK.split(text))
    if raw[0] != '"' and not _ESCAPED.search(flat):
        if raw[0] == "'":
            return "'" + flat.replace("'", "''") + "'"
        if not _NOT_PLAIN.match(flat):
            return flat
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{_ESCAPED.sub(_as_escape, escaped)}"'


def _entries(text: str) -> Iterator[tuple[str, int, int]]:
    """(key, start, end) of every top-level value; refuses what is refused on the way."""
    lines = list(_LINES.finditer(text))
    indents = [0]
    index = 1
    while index < len(lines):
        start, stop = lines[index].span()
        line = text[start:stop]
        content = line.strip()
        indent = len(line) - len(line.lstrip(" "))
        index += 1
        if not content or content[0] == "#" or content in ("---", "..."):
            continue
        _check_depth(indents, indent, index)
        key = _KEY.match(text, start) if indent == 0 else None
        value = key.end() if key else start + indent
        scalar, value_end = _scan(text, value, index)
        while index < len(lines) and lines[index].start() < value_end:
            index += 1
        if scalar < value_end and text[scalar] not in "\"'[{":
            index, value_end = _more_lines(lines, index, value_end, indent, _block(text, scalar))
        if key:
            yield key[1], value, value_end


def _check_depth(indents: list[int], indent: int, number: int) -> None:
    while indents[-1] > indent:
        indents.pop()
    if indents[-1] < indent:
        indents.append(indent)
    if len(indents) > MAX_DEPTH:
        raise _refused("nesting deeper than 20", number)


def _block(text: str, scalar: int) -> bool:
    return _BLOCK.match(text, scalar) is not None


def _scan(text: str, position: int, number: int) -> tuple[int, int]:
    """Start and end of a line's scalar (its first line), quoted text or brackets."""
    if text[position : position + 1] not in ("[", "{"):
        node = _NODE_START.match(text, position)
        position = node.end() if node else position
    inner = _KEY.match(text, position)
    if inner and text[position] not in "\"'":
        position = inner.end()
    first = text[position : position + 1]
    if _INDICATOR.match(text, position):
        raise _refused(f"an anchor, alias or tag ({first})", number)
    quoted = {'"': _DOUBLE, "'": _SINGLE}.get(first)
    if quoted:
        found = quoted.match(text, position)
        if found:
            return position, found.end()
    if first in ("[", "{"):
        return position, _scan_flow(text, position, number)
    line_end = LINE_END.search(text, position)
    stop = line_end.start() if line_end else len(text)
    if first == "#":
        return position, position
    comment = None if _block(text, position) else _COMMENT.search(text, position, stop)
    return position, position + len(text[position : comment.start() if comment else stop].rstrip())


def _scan_flow(text: str, position: int, number: int) -> int:
    depth = 0
    node = True  # a new node may start here
    while position < len(text):
        character = text[position]
        number += character == "\n"
        if character in "[{":
            depth += 1
            if depth > MAX_DEPTH:
                raise _refused("nesting deeper than 20", number)
        elif character in "]}":
            depth -= 1
            if not depth:
                return position + 1
        elif node and _INDICATOR.match(text, position):
            raise _refused(f"an anchor, alias or tag ({character})", number)
        quoted = {'"': _DOUBLE, "'": _SINGLE}.get(character) if node else None
        found = quoted.match(text, position) if quoted else None
        position = found.end() if found else position + 1
        node = character in "[{,:" or node and character in " \t\r\n"
    raise _refused("a bracket that is never closed", number)


def _more_lines(
    lines: list[re.Match[str]], index: int, value_end: int, indent: int, block: bool
) -> tuple[int, int]:
    """Take the deeper lines that belong to a plain or block scalar."""
    while index < len(lines):
        line = lines[index].group()
        content = line.strip()
        if content and len(line) - len(line.lstrip(" ")) <= indent:
            break
        if content and not block and (_KEY.match(content) or content[:2] in ("- ", "-", "? ")):
            break
        if content:
            value_end = lines[index].start() + len(line.rstrip())
        index += 1
    return index, value_end


def _value(raw: str) -> str:
    """The text of a scalar as it is written: folded lines joined, escapes undone."""
    if raw[0] == '"' and raw[-1] == '"' and len(raw) > 1:
        return _ESCAPE.sub(_unescaped, _folded(raw[1:-1]))
    if raw[0] == "'" and raw[-1] == "'" and len(raw) > 1:
        return _folded(raw[1:-1]).replace("''", "'")
    if _BLOCK.match(raw):
        body = LINE_END.split(raw)[1:]
        if raw[0] == "|":
            return "\n".join(line.strip() for line in body).strip("\n")
        return _folded("\n".join(body)).strip("\n")
    return _folded(raw)


def _folded(text: str) -> str:
    """One line break is a space (nothing between Chinese characters), an empty line a break."""
    out = ""
    for line in (line.strip(" \t") for line in LINE_END.split(text)):
        if not line:
            out += "\n" if out else ""
        elif out and not out.endswith("\n"):
            out += joint(out, line) + line
        else:
            out += line
    return out


def _as_escape(found: re.Match[str]) -> str:
    return _LETTERS.get(found[0]) or f"\\u{ord(found[0]):04x}"


def _unescaped(found: re.Match[str]) -> str:
    digits = found[1] or found[2] or found[3]
    if digits:
        number = int(digits, 16)
        return chr(number) if number < 0x110000 and not 0xD800 <= number < 0xE000 else found[0]
    return _NAMED.get(found[4], found[4])


def _refused(what: str, line: int) -> BilingoError:
    return BilingoError(f"front matter has {what}", where=str(line), hint="write the value out")
