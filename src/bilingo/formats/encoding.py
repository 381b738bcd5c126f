"""Bytes to text and back: strict, never guessed, and nothing is replaced.

UTF-8 is the encoding of an article; a byte-order mark says UTF-16. Anything else must be asked for
by name, because Big5 and GB18030 text often decodes as the other without an error. What is asked
for must not contradict the bytes: UTF-8 text decodes as GB18030 too, to characters nobody wrote.
"""

from __future__ import annotations

import codecs
import re

from bilingo.errors import BilingoError

# Names as a person types them, to Python codecs. Not every codec of Python is a text encoding.
ENCODINGS = {
    "utf-8": "utf-8",
    "utf8": "utf-8",
    "utf-16": "utf-16",
    "utf-16-le": "utf-16-le",
    "utf-16-be": "utf-16-be",
    "big5": "big5",
    "big5hkscs": "big5hkscs",
    "big5-hkscs": "big5hkscs",
    "cp950": "cp950",
    "gb18030": "gb18030",
    "gbk": "gbk",
    "gb2312": "gb2312",
    "latin-1": "latin-1",
    "iso-8859-1": "latin-1",
    "windows-1252": "cp1252",
    "cp1252": "cp1252",
}
_MARKS = {
    "utf-8": codecs.BOM_UTF8,
    "utf-16-le": codecs.BOM_UTF16_LE,
    "utf-16-be": codecs.BOM_UTF16_BE,
}
_LINE_END = re.compile(r"\r\n|\r|\n")
_CONFLICT = re.compile(r"^(<{7}(?: .*)?|\|{7}(?: .*)?|={7}|>{7}(?: .*)?)$")


def decode(raw: bytes, encoding: str | None = None) -> str:
    """The text of `raw` without its byte-order mark; line ends stay as they are.

    Raises BilingoError (`where` is `line:column`) for bytes that are not text in that encoding, for
    NUL, and for git conflict markers; and for an encoding that is not in `ENCODINGS`, or another
    than a byte-order mark or text that can only be UTF-8 says.
    """
    codec, mark = _codec(raw, encoding)
    if encoding and not mark:
        _refuse_others(raw, codec)
    body = raw[len(mark) :]
    try:
        text = body.decode(codec)
    except UnicodeDecodeError as error:
        before = body[: error.start].decode(codec, "ignore")
        hint = "save it as UTF-8, or try --encoding big5hkscs or gb18030"
        raise BilingoError(f"not {codec} text", where=_where(before), hint=hint) from None
    if "\0" in text:
        hint = "UTF-16 without a byte-order mark? save it as UTF-8"
        raise BilingoError("NUL character", where=_where(text[: text.index("\0")]), hint=hint)
    _refuse_conflicts(text)
    return text


def encode(text: str, raw: bytes, encoding: str | None = None) -> bytes:
    """`text` as bytes, in the encoding and with the byte-order mark of the original `raw`.

    Raises BilingoError (`where` is `line:column`) for a character the encoding does not have.
    """
    codec, mark = _codec(raw, encoding)
    # Big5 and its kin have several byte pairs for one character: unchanged text keeps its own.
    if codec not in _MARKS and raw.decode(codec) == text:
        return raw
    try:
        return mark + text.encode(codec)
    except UnicodeEncodeError as error:
        character = text[error.start]
        raise BilingoError(
            f"{codec} has no {character!r} (U+{ord(character):04X})",
            where=_where(text[: error.start]),
            hint="save the article as UTF-8",
        ) from None


def _codec(raw: bytes, encoding: str | None) -> tuple[str, bytes]:
    """The codec of `raw` and the byte-order mark it starts with."""
    if encoding is None:
        for codec, mark in _MARKS.items():
            if raw.startswith(mark):
                return codec, mark
        return "utf-8", b""
    name = encoding.strip().lower().replace("_", "-")
    if name not in ENCODINGS:
        known = ", ".join(sorted(ENCODINGS))
        raise BilingoError(f"unknown encoding “{encoding}”", hint=f"known: {known}")
    codec = ENCODINGS[name]
    if codec == "utf-16":
        for codec in ("utf-16-le", "utf-16-be"):
            if raw.startswith(_MARKS[codec]):
                return codec, _MARKS[codec]
        hint = "name it utf-16-le or utf-16-be"
        raise BilingoError("UTF-16 without a byte-order mark", where="1:1", hint=hint)
    mark = _MARKS.get(codec, b"")
    return codec, mark if mark and raw.startswith(mark) else b""


def _refuse_others(raw: bytes, codec: str) -> None:
    """Refuse to read as `codec` what says that it is in another encoding."""
    said = next((name for name, mark in _MARKS.items() if raw.startswith(mark)), "")
    if not said and codec not in _MARKS and not raw.isascii():
        try:
            raw.decode("utf-8")
            said = "utf-8"
        except UnicodeDecodeError:
            return
    if said:
        raise BilingoError(f"not {codec} text: it is {said}", where="1:1", hint="leave it out")


def _where(before: str) -> str:
    lines = _LINE_END.split(before)
    return f"{len(lines)}:{len(lines[-1]) + 1}"


def _refuse_conflicts(text: str) -> None:
    """Refuse what git leaves at line starts; a lone `=======` is a heading's underline."""
    if "<<<<<<<" not in text and ">>>>>>>" not in text and "|||||||" not in text:
        return
    found: list[int] = []
    divided = False
    for number, line in enumerate(_LINE_END.split(text), 1):
        if not _CONFLICT.match(line):
            continue
        if line[0] == "=":
            divided = True
        elif line[0] != ">" or divided:  # seven deep quotes are Markdown, unless a divider is above
            found.append(number)
    if found:
        lines = ", ".join(map(str, found))
        raise BilingoError(
            f"git conflict markers in lines {lines}", where=str(found[0]), hint="resolve the merge"
        )
