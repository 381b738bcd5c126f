"""SubRip subtitles: each caption is a unit; numbers and times stay as they are.

Kind `caption`. The lines of a caption are one text, tags (`<i>`) are codes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bilingo.errors import BilingoError
from bilingo.formats import encoding as encodings
from bilingo.formats.units import LINE_END, finish, has_words, joint
from bilingo.model import Unit
from bilingo.text import tags
from bilingo.text.tags import Mark

TIME = r"\d{1,2}:\d\d:\d\d,\d{3}"
CAPTION = re.compile(
    rf"^{TIME} --> {TIME}[^\r\n]*(?:\r\n|\r|\n)(?P<text>(?:[^\r\n]++(?:\r\n|\r|\n)?+)*+)",
    re.MULTILINE,
)
TAG = re.compile(r"<(?P<close>/?)(?P<name>[biu]|font)(?: [^<>]{0,200})?>")


def read(
    raw: bytes, *, encoding: str | None = None, keys: Sequence[str] = ()
) -> Iterator[str | Unit]:
    """The pieces of a file of subtitles; `keys` mean nothing here.

    Raises BilingoError (`where` is `line:column`) for bytes that are not text in that encoding.
    """
    yield from finish(_pieces(encodings.decode(raw, encoding)))


def render(unit: Unit, text: str) -> str:
    """The caption on one line; its own text gives `unit.raw`, on the lines it had.

    Raises BilingoError (`where` is `line:column`) for an empty line, which would end the caption.
    """
    if text == unit.text:
        return unit.raw
    lines = [line.strip() for line in LINE_END.split(text)]
    if not all(lines):
        raise BilingoError("an empty line in a caption", where=f"{unit.line}:{unit.column}")
    return tags.restore("\n".join(lines), unit.codes)


def write(text: str, raw: bytes, *, encoding: str | None = None) -> bytes:
    """`text` as bytes, with the encoding and byte-order mark of `raw`."""
    return encodings.encode(text, raw, encoding)


def _pieces(text: str) -> Iterator[str | Unit]:
    position = 0
    for found in CAPTION.finditer(text):
        start = found.start("text")
        caption = found["text"].rstrip("\r\n")
        if not has_words(caption):
            continue
        lifted, codes = tags.lift(_parts(caption))
        yield text[position:start]
        yield Unit("", "caption", lifted, caption, codes)
        position = start + len(caption)
    yield text[position:]


def _parts(caption: str) -> Iterator[str | Mark]:
    lines = [line.strip() for line in LINE_END.split(caption)]
    whole = lines[0]
    for line in lines[1:]:
        whole += joint(TAG.sub("", whole), TAG.sub("", line)) + line
    position = 0
    for tag in TAG.finditer(whole):
        yield whole[position : tag.start()]
        yield Mark("close" if tag["close"] else "open", tag.group(), tag["name"])
        position = tag.end()
    yield whole[position:]
