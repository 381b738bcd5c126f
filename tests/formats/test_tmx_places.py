"""Texts and single units by their places are what the whole reader reads, and so are its errors."""

from __future__ import annotations

import io
import random
from collections import Counter
from collections.abc import Callable

import pytest

from bilingo.errors import BilingoError
from bilingo.formats import tmx, tmx_places
from bilingo.model import TU, TUV, Context, Status

TEXTS = ("Open & <1>shut</1>", 'a > b "c"', "line\nbreak\tand\rmore", "肝炎 𠮷", "é", " x ")
STATUS: tuple[Status, ...] = ("approved", "published", "aligned", "machine", "superseded")


def ours(rng: random.Random) -> bytes:
    return tmx.write(
        TU(
            (TUV("en", f"{rng.choice(TEXTS)}{n}"), TUV("zh-Hant-HK", f"打開{rng.choice(TEXTS)}")),
            segtype=rng.choice(("sentence", "paragraph")),
            date=rng.choice(("", "20260131T235959Z")),
            author=rng.choice(("", "Chan & Co", "陳")),
            status=rng.choice(STATUS),
            note=rng.choice(("", "a < b")),
            origin=rng.choice(("", "articles/a.md")),
            context=Context(next=rng.choice(("", 'the "next"'))),
            props=rng.choice(({}, {"x-a": "1\n2"})),
        )
        for n in range(rng.randint(0, 8))
    )


def read_whole(raw: bytes) -> list[tuple[int, list[tuple[str, str]]]]:
    units = tuple(tmx.read(raw))
    return [(unit.line, [(tuv.locale, tuv.text) for tuv in unit.tuvs]) for unit in units]


def read_places(raw: bytes) -> list[tuple[int, list[tuple[str, str]]]]:
    found = list(tmx_places.texts(io.BytesIO(raw)))
    units = tuple(tmx.read(raw))
    slices = tmx_places.Slices(raw[: found[0].start] if found else b"")
    for place, unit in zip(found, units, strict=True):
        content = raw[place.start : place.start + place.size]
        assert slices.unit(content, place.line) == unit
    return [(line, list(texts)) for _, _, line, texts in found]


def outcome(read: Callable[[bytes], object], raw: bytes) -> object:
    try:
        return read(raw)
    except BilingoError as error:
        return str(error)


REPLACED = (
    b"", b"<", b">", b"&", b'"', b"\n", b"\r", b"\t", b"\x00", b"\xff", b"\xef\xbf\xbe", b"<!--",
    b"-->", b"<![CDATA[", b"<?x", b"</tu>", b"<tu>", b"<ph/>", b"&lt;2/&gt;", b"&#65;", b"&nope;",
    b"]]>", b"xx", b' xml:lang="qqqqqqqqq"', b"</body></tmx>", b"\n<x/>\n", b"\xed\xa0\x80", b"zh",
)  # fmt: skip


@pytest.mark.parametrize("seed", range(20))
def test_as_the_whole_reader(seed: int) -> None:
    rng = random.Random(seed)  # noqa: S311
    outcomes: Counter[str] = Counter()
    for _ in range(100):
        raw = ours(rng)
        for _ in range(rng.choice((0, 1, 1, 2, 3))):
            at = rng.randrange(len(raw) + 1)
            raw = raw[:at] + rng.choice(REPLACED) + raw[at + rng.choice((0, 0, 1, 5)) :]
        expected = outcome(read_whole, raw)
        assert outcome(read_places, raw) == expected
        outcomes[type(expected).__name__] += 1
    assert set(outcomes) == {"list", "str"}


@pytest.mark.parametrize("size", [0, 1, 5, 200])
def test_blocks_end_anywhere(size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    raw = ours(random.Random(3)) if size else tmx.write(())  # noqa: S311
    monkeypatch.setattr(tmx_places, "_BLOCK", size or 7)
    assert read_places(raw) == read_whole(raw)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16le", "utf-16be"])
def test_units_of_other_tools(encoding: str) -> None:
    raw = (
        f'<?xml version="1.0" encoding="{encoding.replace("-sig", "")}"?>\r\n<tmx version="1.4">'
        '<header creationtool="x" srclang="en" segtype="block"/><body><tu\n tuid="1">'
        '<tuv lang="en"><seg>Open <bpt i="1" x="4"/>it<ept i="1"/></seg></tuv>'
        '<tuv lang="zh">\n<seg>打開 𠮷</seg></tuv></tu ><!-- -->'
        '<tu><tuv lang="en"><seg>a</seg></tuv><tuv lang="zh"><seg>一</seg></tuv></tu></body></tmx>'
    ).encode(encoding)
    assert read_places(raw) == read_whole(raw)
    assert len(read_whole(raw)) == 2


def test_bytes_of_something_else() -> None:
    slices = tmx_places.Slices(tmx.write(()).partition(b"</body>")[0], path="a.tmx")
    with pytest.raises(BilingoError, match=r"a\.tmx:7: no unit stands here"):
        slices.unit(b"abc", 7)
