"""TMX: what we write is read again, and others' files are read for what they are."""

from __future__ import annotations

import io
import itertools
import shutil
import subprocess
import tracemalloc
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilingo.errors import BilingoError
from bilingo.formats import tmx
from bilingo.model import TU, TUV, Context

ROOT = Path(__file__).resolve().parents[2]
HEADER = '<header creationtool="x" srclang="en" segtype="sentence"/>'


def page(*units: str, header: str = HEADER, prolog: str = "") -> bytes:
    return f'{prolog}<tmx version="1.4">{header}<body>{"".join(units)}</body></tmx>'.encode()


def unit(en: str, zh: str, inside: str = "", attributes: str = "") -> str:
    return (
        f'<tu{attributes}>{inside}<tuv xml:lang="en"><seg>{en}</seg></tuv>'
        f'<tuv xml:lang="zh-HK"><seg>{zh}</seg></tuv></tu>'
    )


def only(raw: bytes) -> TU:
    (tu,) = tmx.read(raw)
    return tu


def pair(en: str = "Home", zh: str = "主頁", **fields: object) -> TU:
    return TU((TUV("en", en), TUV("zh-Hant-HK", zh)), **fields)  # type: ignore[arg-type]


# -- laws ------------------------------------------------------------------------------------------

characters = st.characters(
    codec="utf-8", exclude_categories=("Cs",), exclude_characters="\ufffe\uffff"
).filter(lambda c: c >= " " or c in "\t\n\r")
tag = st.sampled_from(
    ["<1>", "</1>", "<1/>", "<2>", "</2>", "<9999/>", "</1/>", "<0/>", "<", "&lt;"]
)
plain = st.text(characters, max_size=8)
text = st.lists(tag | plain | st.just("糖尿病 "), min_size=1, max_size=6).map("".join).filter(bool)
tu = st.builds(
    TU,
    tuvs=st.lists(
        st.sampled_from(["en", "zh-Hant-HK", "zh-Hant-TW", "zh-Hans-CN", "zh"]),
        min_size=2,
        max_size=4,
        unique=True,
    ).flatmap(lambda names: st.tuples(*(st.builds(TUV, st.just(n), text) for n in sorted(names)))),
    segtype=st.sampled_from(["block", "paragraph", "sentence", "phrase"]),
    context=st.builds(Context, plain, plain, plain, plain),
    origin=plain,
    status=st.sampled_from(["approved", "published", "aligned", "machine", "superseded"]),
    author=plain | st.just("MT!"),
    date=st.sampled_from(["", "20260131T235959Z"]),
    note=plain,
    props=st.dictionaries(plain, plain, max_size=3),
)


@given(st.lists(tu, max_size=4))
def test_what_is_written_is_read(units: list[TU]) -> None:
    raw = tmx.write(units)
    unique = {tmx.tuid(u) + repr(u): replace(u, tuid=tmx.tuid(u)) for u in units}
    read = [replace(u, line=0) for u in tmx.read(raw)]
    assert sorted(map(repr, map(_sorted, read))) == sorted(map(repr, map(_sorted, unique.values())))
    assert tmx.write(read) == raw
    assert tmx.write(reversed(units)) == raw
    assert raw.count(b"\n") == 6 + len(read)  # a unit is a line, whatever is in it
    assert [u.line for u in tmx.read(raw)] == list(range(5, 5 + len(read)))


def _sorted(u: TU) -> TU:
    return replace(u, props=dict(sorted(u.props.items())))


@given(text, st.text(max_size=20))
def test_no_text_breaks_the_reader(inside: str, junk: str) -> None:
    for raw in (junk.encode("utf-8", "surrogatepass"), page(unit(inside, junk))[:-9]):
        with pytest.raises(BilingoError) as caught:
            tuple(tmx.read(raw))
        assert all(part.isdecimal() for part in caught.value.where.split(":"))


@given(st.data())
def test_a_file_that_ends_early_is_refused(data: st.DataObject) -> None:
    raw = tmx.write([pair(), pair("Donate", "捐款")]).rstrip()
    cut = data.draw(st.integers(0, len(raw) - 1))
    with pytest.raises(BilingoError):
        tuple(tmx.read(raw[:cut]))


@pytest.mark.parametrize("size", [1, 7, 4096])
def test_chunks_do_not_matter(size: int) -> None:
    class Slow(io.BytesIO):
        def read(self, n: int | None = -1, /) -> bytes:
            return super().read(size)

    raw = page(unit("a &lt;1&gt; <ph/>b\n c", "甲<bpt i='1'/>乙<ept i='1'/>"))
    assert tuple(tmx.read(Slow(raw))) == tuple(tmx.read(raw))


# -- inline codes ----------------------------------------------------------------------------------

CODES = [
    ('a <bpt i="1">&lt;b&gt;</bpt>b<ept i="1">&lt;/b&gt;</ept>', "a <1>b</1>"),
    ('看<ph x="1">&lt;br/&gt;<sub>替代文字</sub></ph>主頁', "看<1/>主頁"),
    ("<hi>強<hi>調</hi></hi>", "<1>強<2>調</2></1>"),
    ('<it pos="begin">x</it>a<ut>b</ut>', "<1/>a<2/>"),
    ('<bpt i="1" x="2"/>a<ept i="1"/> <bpt i="2" x="2"/>b<ept i="2"/>', "<1>a</1> <2>b</2>"),
    ('<bpt i="1"/>never closed', "<1/>never closed"),
    ('<bpt i="1"/>甲<bpt i="1"/>乙<ept i="1"/>', "<1/>甲<2>乙</2>"),
    ('從不打開<ept i="1"/>', "從不打開<1/>"),
    ("looks like &lt;1&gt; a tag &lt;7/&gt;", "looks like <1/> a tag <2/>"),
    ("a&lt;<!-- -->1&gt;b", "a<1/>b"),
    ("<![CDATA[<b>粗體</b>]]>", "<b>粗體</b>"),
    ("  two  \t spaces\n　", "  two  \t spaces\n　"),
    ("a&#13;b\r\nc", "a\rb\nc"),
]


@pytest.mark.parametrize(("inside", "wanted"), CODES)
def test_inline_elements_become_tags(inside: str, wanted: str) -> None:
    assert only(page(unit(inside, "主頁"))).tuvs[0].text == wanted


def test_codes_of_two_texts_correspond() -> None:
    en = '<bpt i="1" x="1"/>black<ept i="1"/> <bpt i="2" x="2"/>cat<ept i="2"/><ph x="3"/>'
    zh = '<bpt i="2" x="2"/>貓<ept i="2"/><ph x="3"/><bpt i="1" x="1"/>黑<ept i="1"/>'
    read = only(page(unit(en, zh)))
    assert [tuv.text for tuv in read.tuvs] == [
        "<1>black</1> <2>cat</2><3/>",
        "<2>貓</2><3/><1>黑</1>",
    ]


def test_codes_as_we_write_them() -> None:
    raw = tmx.write([pair("a <2/><1>b</1> <3>", "乙<1>甲</1>")]).decode()
    assert '<seg>a <ph x="2"/><bpt i="1" x="1"/>b<ept i="1"/> <it pos="begin" x="3"/></seg>' in raw


# -- what stands beside the texts ------------------------------------------------------------------


def test_attributes_props_and_notes() -> None:
    inside = (
        '<note>一</note><note>two</note><prop type="Txt::FileName">f</prop><prop type="k">1</prop>'
        '<prop type="k">2</prop><prop type="x-context-pre">&lt;seg&gt;之前&lt;/seg&gt;</prop>'
        '<prop type="x-context-post">after</prop>'
    )
    raw = page(unit("a", "甲", inside, ' tuid="t" creationid="陳" changedate="20260101T000000Z"'))
    (read,) = tmx.read(raw, path="memory/other.tmx", penalty=10)
    assert read == pair(
        "a",
        "甲",
        tuid="t",
        author="陳",
        date="20260101T000000Z",
        note="一\ntwo",
        props={"Txt::FileName": "f", "k": "1\n2"},
        context=Context(prev="之前", next="after"),
        origin="x",
        path="memory/other.tmx",
        line=1,
        penalty=10,
    )


@pytest.mark.parametrize(
    ("attributes", "date"),
    [
        ('creationdate="20250101T000000Z" changedate="20260101T000000Z"', "20260101T000000Z"),
        ('creationdate="20250101T000000Z" changedate="00000000T000000Z"', "20250101T000000Z"),
        ('creationdate="2026-13-45"', ""),
        ('creationdate="20260230T000000Z"', ""),
        ('creationdate="２０２６0101T000000Z"', ""),
    ],
)
def test_dates(attributes: str, date: str) -> None:
    remarks: Counter[str] = Counter()
    (read,) = tmx.read(page(unit("a", "甲", attributes=f" {attributes}")), remarks=remarks)
    assert read.date == date
    assert remarks["bad dates, ignored"] == (date != "20260101T000000Z")


@pytest.mark.parametrize(
    ("author", "status"), [("ALIGN!", "aligned"), ("MT!", "machine"), ("YS", "approved")]
)
def test_status_of_others(author: str, status: str) -> None:
    assert only(page(unit("a", "甲", attributes=f' creationid="{author}"'))).status == status


@pytest.mark.parametrize(
    ("name", "locale"),
    [
        ("EN", "en"),
        ("zh_TW", "zh-Hant-TW"),
        ("CHT", "zh-Hant"),
        ("zh", "zh"),
        ("zh-CN", "zh-Hans-CN"),
    ],
)
@pytest.mark.parametrize("attribute", ["xml:lang", "lang"])
def test_languages(name: str, locale: str, attribute: str) -> None:
    raw = page(
        f'<tu><tuv lang="fr"><seg>a</seg></tuv><tuv {attribute}="{name}"><seg>甲</seg></tuv></tu>'
    )
    assert only(raw).tuvs[1] == TUV(locale, "甲")


FEW = "units with fewer than two texts"
REMARKS = [
    (unit("a", ""), {FEW: 1}),
    ('<tu><tuv xml:lang="en"><seg>a</seg></tuv></tu>', {FEW: 1}),
    ("<tu/>", {FEW: 1}),
    (unit("a", "甲").replace("zh-HK", "tlh"), {"texts in an unknown language: tlh": 1, FEW: 1}),
    (unit("a", "甲").replace("xml:lang", "l"), {"texts in an unknown language: (none)": 2, FEW: 1}),
    (unit("a", "<b>甲</b>"), {"units with an element that is not TMX, left out: b": 1}),
    (unit("<ph/>" * 10_000, "甲"), {"units with more than 9999 codes, left out": 1}),
]


@pytest.mark.parametrize(("inside", "wanted"), REMARKS)
def test_what_is_left_out_is_counted(inside: str, wanted: dict[str, int]) -> None:
    remarks: Counter[str] = Counter()
    assert tuple(tmx.read(page(inside, unit("b", "乙")), remarks=remarks)) == (
        replace(pair("b", "乙"), origin="x", line=1),
    )
    assert remarks == wanted


def test_a_header_without_srclang_is_remarked() -> None:
    remarks: Counter[str] = Counter()
    assert len(tuple(tmx.read(page(unit("a", "甲"), header="<header/>"), remarks=remarks))) == 1
    assert remarks == {"header without srclang": 1}


# -- refusals --------------------------------------------------------------------------------------

REFUSED: list[tuple[bytes, str]] = [
    (b"", "1:1: no TMX: no element found"),
    (b"<!DOCTYPE html><html><body>\xe7\x99\xbb\xe5\x85\xa5</body></html>", "its root is “html”"),
    (page() + page(), "junk after document element"),
    (
        page(unit("a", "甲"), prolog='<!DOCTYPE tmx [<!ENTITY x SYSTEM "file:///x">]>'),
        "entities are",
    ),
    (page(unit("a", "甲"), prolog='<!DOCTYPE tmx [<!ENTITY % x "y">]>'), "entities are refused"),
    (page(unit("a", "&x;"), prolog='<!DOCTYPE tmx SYSTEM "tmx14.dtd">'), "entity “x”"),
    (page(unit("a", "&x;")), "undefined entity"),
    (page(unit("a", "&#x1;")), "reference to invalid character number"),
    (page(unit("a", "\x02")), "not well-formed"),
    (page(unit("a", "甲")).replace("甲".encode(), b"\xa7\xed"), "not well-formed"),
    (page("<tu>" * 300), "deeper than 256"),
    (
        page(prolog='<?xml version="1.0" encoding="big5"?>'),
        "not written in big5 .convert it to UTF-8",
    ),
    (page(prolog='<?xml version="1.0" encoding="latin-1"?>'), "not written in latin-1"),
    (page(header='<header creationtool="bilingo" creationtoolversion="2"/>'), "a newer bilingo"),
    (page(unit("a", "甲", '<prop type="x-bilingo-status">?</prop>')), "unknown status “.”"),
    (page(unit("a", "甲" * 3_000_000)), "a unit of more than 8,388,608 bytes"),
]


@pytest.mark.parametrize(("raw", "reason"), REFUSED, ids=[reason for _, reason in REFUSED])
def test_refused(raw: bytes, reason: str) -> None:
    with pytest.raises(BilingoError, match=reason):
        tuple(tmx.read(raw))


@pytest.mark.parametrize(
    "raw",
    [
        page(unit("a", "甲"), prolog='<!DOCTYPE tmx SYSTEM "tmx14.dtd">'),
        b"\xef\xbb\xbf" + page(unit("a", "甲")),
        page(unit("a", "甲")).decode().encode("utf-16"),
        page(unit("a", "甲"), prolog='<?xml version="1.0" encoding="utf-16"?>')
        .decode()
        .encode("utf-16"),
    ],
    ids=["doctype", "bom", "utf-16", "utf-16 declared"],
)
def test_accepted(raw: bytes) -> None:
    assert [tuv.text for tuv in only(raw).tuvs] == ["a", "甲"]


@pytest.mark.parametrize(
    ("tu", "reason"),
    [
        (pair("Home\x01", "主頁"), "U.0001 cannot stand in XML"),
        (pair("Home", "主\ud800頁"), "U.D800 cannot stand in XML"),
        (pair("Home", "主頁\ufffe"), "U.FFFE"),
        (pair(author="\x1b[31m"), "U.001B"),
        (pair("Home", ""), "texts in two locales, none of them empty"),
        (TU((TUV("en", "Home"), TUV("en", "Home"))), "texts in two locales"),
        (TU(()), "texts in two locales"),
        (pair(date="2026-01-31"), "is no date"),
        (pair(props={"x-context-pre": "之前"}), "prop x-context-pre is bilingo's own"),
    ],
)
def test_units_that_cannot_be_written(tu: TU, reason: str) -> None:
    with pytest.raises(BilingoError, match=f"unit {tmx.tuid(tu)}.*{reason}"):
        tmx.write([pair(), tu])


def test_ours() -> None:
    raw = tmx.write([pair()])
    assert tmx.is_ours(raw)
    assert tmx.is_ours(b"\xef\xbb\xbf" + raw.replace(b"\n", b"\r\n"))
    assert not tmx.is_ours(page(unit("bilingo", "甲")))
    assert not tmx.is_ours(raw.replace(b'tool="bilingo"', b'tool="OmegaT"'))
    assert not tmx.is_ours(b"<tmx " * 100_000)


@pytest.mark.parametrize(
    "other",
    [
        pair("home"),
        pair(zh="首頁"),
        pair(context=Context(prev="之前")),
        pair(context=Context(path="p")),
    ],
)
def test_tuid(other: TU) -> None:
    assert tmx.tuid(other) != tmx.tuid(pair())
    assert tmx.tuid(replace(pair(), tuvs=pair().tuvs[::-1], status="machine")) == tmx.tuid(pair())
    assert len(tmx.tuid(other)) == 16


def test_memory_does_not_grow() -> None:
    one = unit("Home", "主頁").encode()
    start, end = page("-").split(b"-")

    class Endless(io.RawIOBase):
        chunks = itertools.chain([start], itertools.repeat(one * 400, 100), [end])

        def read(self, n: int = -1, /) -> bytes:
            return next(self.chunks, b"")

    tracemalloc.start()
    count = sum(1 for _ in tmx.read(Endless()))  # type: ignore[arg-type]
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 40_000
    assert peak < 3_000_000  # the file has more than that, the units ten times as much


# -- other programs --------------------------------------------------------------------------------


def git(*words: str, at: Path) -> subprocess.CompletedProcess[str]:
    who = ("-c", "user.name=t", "-c", "user.email=t@t", "-c", "init.defaultBranch=one")
    return subprocess.run(["git", *who, *words], cwd=at, capture_output=True, text=True)


@pytest.mark.clients
@pytest.mark.parametrize("before", [0, 3, 200])
def test_two_branches_merge(tmp_path: Path, before: int) -> None:
    """Both add units, both change the same one: plain git merges, and nothing is lost."""
    if not shutil.which("git"):
        pytest.skip("git is not installed")
    path = tmp_path / "main.tmx"
    base = [pair(f"Page {n}", f"第{n}頁") for n in range(before)]

    def commit(units: list[TU]) -> None:
        path.write_bytes(tmx.write(units))
        assert git("add", ".", at=tmp_path).returncode == 0
        assert git("commit", "-qm", "x", at=tmp_path).returncode == 0

    git("init", "-q", at=tmp_path)
    (tmp_path / ".gitattributes").write_text("*.tmx merge=union\n")
    commit(base)
    git("checkout", "-qb", "two", at=tmp_path)
    two = [pair(f"Two {n}", f"乙{n}") for n in range(30)]
    commit([replace(u, author="陳") if u in base[:1] else u for u in base] + two)
    git("checkout", "-q", "one", at=tmp_path)
    one = [pair(f"One {n}", f"甲{n}") for n in range(30)]
    commit([replace(u, author="李") if u in base[:1] else u for u in base] + one)
    assert git("merge", "-q", "-m", "x", "two", at=tmp_path).returncode == 0
    merged = list(tmx.read(path.read_bytes()))
    texts = {u.tuvs for u in merged}
    assert texts == {u.tuvs for u in (*base, *one, *two)}
    assert {u.author for u in merged} == ({"", "陳", "李"} if base else {""})


@pytest.fixture(scope="session")
def tmx_dtd() -> Path:
    """The DTD of TMX 1.4 as OmegaT ships it, kept in .cache."""
    cache = ROOT / ".cache"
    dtd = cache / "tmx14.dtd"
    if not shutil.which("xmllint"):
        pytest.skip("xmllint is not installed")
    if not dtd.exists():
        cache.mkdir(exist_ok=True)
        script = (
            "apt-get -qq download omegat && dpkg -x omegat_*.deb omegat && rm omegat_*.deb"
            " && unzip -qjo omegat/usr/share/omegat/OmegaT.jar schemas/tmx14.dtd; rm -rf omegat"
        )
        subprocess.run(["sh", "-c", script], cwd=cache, capture_output=True, timeout=120)
    if not dtd.exists():
        pytest.skip("no DTD: the Debian package omegat cannot be had")
    return dtd


@pytest.mark.clients
def test_what_is_written_is_valid(tmx_dtd: Path) -> None:
    units = [
        pair(
            f"a <1>{n}</1> <2/> <3>",
            f"甲 <2/>&<1>\n{n}</1> </9>",
            segtype=segtype,
            props={"k": "v"},
        )
        for n, segtype in enumerate(("block", "paragraph", "sentence", "phrase"))
    ]
    full = pair(
        context=Context("a.md", "heading", "之前", "after"),
        status="machine",
        author="陳",
        date="20260131T235959Z",
        note="備註",
    )
    for raw in (tmx.write([*units, full]), tmx.write([])):
        done = subprocess.run(
            ["xmllint", "--noout", "--nonet", "--dtdvalid", tmx_dtd, "-"],
            input=raw,
            capture_output=True,
        )
        assert done.returncode == 0, done.stderr.decode()
        assert done.stderr == b""


# -- real files ------------------------------------------------------------------------------------

UNITS = {
    "alignfactory.tmx": 2,
    "header-with-prop-and-note.tmx": 1,
    "lds-translator.tmx": 2,
    "neokapi-kapimart-seed.tmx": 200,
    "neokapi-simple.tmx": 2,
    "okapi-leveraging-step.tmx": 8,
    "okapi-paragraph-oku_alignment.tmx": 7,
    "okapi-sentencealigner.tmx": 1,
    "olifant-3.0.8-attributes.tmx": 9,
    "omegat-2.0.4.tmx": 25,
    "sdlxliff2tmx-confusion.tmx": 0,  # English only
    "tico19-health.en-zh.dev.tmx": 1432,
    "trados-edition8-utf16.tmx": 4,
    "lisa-compkit/ExportTest1A.tmx": 4,
    "lisa-compkit/ExportTest2A.tmx": 6,
    "lisa-compkit/ImportTest1A.tmx": 2,
    "lisa-compkit/ImportTest1B.tmx": 1,
    "lisa-compkit/ImportTest1C.tmx": 3,
    "lisa-compkit/ImportTest1D.tmx": 3,
    "lisa-compkit/ImportTest2A.tmx": 7,
}


@pytest.mark.corpus
@pytest.mark.parametrize(("name", "count"), UNITS.items())
def test_real_files(shared: Path, name: str, count: int) -> None:
    units = tuple(tmx.read((shared / "data" / "tmx" / name).read_bytes()))
    assert len(units) == count
    again = tuple(tmx.read(tmx.write(units)))
    assert {u.tuvs for u in again} == {tuple(sorted(u.tuvs, key=lambda t: t.locale)) for u in units}


MALFORMED: dict[str, int | None] = {
    "truncated": None,
    "xxe-file": None,
    "xxe-network": None,
    "entity-bomb": None,
    "control-char-reference": None,
    "raw-control-char": None,
    "encoding-lies": None,
    "deep-nesting": None,
    "zero-bytes": None,
    "html-login-page": None,
    "dtd-reference-ok": 1,
    "xinclude": 0,
    "utf16-no-bom": 1,
    "utf16-bom-ok": 2,
    "conflicting-duplicates": 3,
    "missing-srclang": 1,
    "language-code-zoo": 11,
    "bad-dates": 2,
    "missing-target": 0,
    "nested-inline": 1,
    "script-in-seg": 3,
    "whitespace-kept": 3,
    "huge-attribute": 1,
}


@pytest.mark.corpus
@pytest.mark.parametrize(("name", "count"), MALFORMED.items())
def test_malformed_files(shared: Path, name: str, count: int | None) -> None:
    """None: refused as a whole, at a place. As EXPECT.tsv has it."""
    raw = (shared / "data" / "malformed" / "tmx" / f"{name}.tmx").read_bytes()
    if count is None:
        with pytest.raises(BilingoError) as caught:
            tuple(tmx.read(raw))
        assert caught.value.where
    else:
        assert len(tuple(tmx.read(raw))) == count
