"""Word documents: which paragraphs are units, what stands in their text, and back again."""

from __future__ import annotations

import random
import shutil
import subprocess
from collections.abc import Callable, Mapping
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilingo.errors import BilingoError
from bilingo.formats import docx, markdown, plain, rebuild
from bilingo.model import Unit
from bilingo.text import tags
from bilingo.text.tags import TAG

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
NAMES = (
    f'xmlns:w="{W}" xmlns:r="urn:r" xmlns:v="urn:v" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
)
TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml."
TYPES = {"document": "document.main"}
ROOTS = {"header1": "hdr", "footer1": "ftr"}


RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Target="word/document.xml" Type="http://schemas.openxmlformats.org/'
    'officeDocument/2006/relationships/officeDocument"/></Relationships>'
)


def package(
    body: str,
    parts: Mapping[str, str] | None = None,
    names: str = NAMES,
    compression: int = ZIP_DEFLATED,
) -> bytes:
    """A document with this body, and other parts by name."""
    contents = {"document": f"<w:document {names}><w:body>{body}</w:body></w:document>"}
    for name, content in (parts or {}).items():
        root = ROOTS.get(name, name)
        contents[name] = f"<w:{root} {names}>{content}</w:{root}>"
    overrides = "".join(
        f'<Override PartName="/word/{name}.xml" '
        f'ContentType="{TYPE}{TYPES.get(name, name.rstrip("123"))}+xml"/>'
        for name in contents
    )
    types = "http://schemas.openxmlformats.org/package/2006/content-types"
    out = BytesIO()
    with ZipFile(out, "w", compression) as archive:
        archive.writestr("[Content_Types].xml", f'<Types xmlns="{types}">{overrides}</Types>')
        archive.writestr("_rels/.rels", RELATIONS)
        archive.writestr("word/media/image1.png", b"\x89PNG" * 9)
        for name, content in contents.items():
            declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n'
            archive.writestr(f"word/{name}.xml", (declaration + content).encode())
        archive.writestr("docProps/core.xml", "<x/>")
    return out.getvalue()


def repacked(raw: bytes, name: str, content: bytes) -> bytes:
    """The package with other content in the part of that name."""
    out = BytesIO()
    with ZipFile(BytesIO(raw)) as old, ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for info in old.infolist():
            archive.writestr(info, content if info.filename == name else old.read(info))
    return out.getvalue()


def r(text: str, properties: str = "") -> str:
    """A run as Bilingo writes it."""
    shown = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{shown}<w:t xml:space="preserve">{text}</w:t></w:r>'


def p(content: str, properties: str = "") -> str:
    """A paragraph."""
    return f"<w:p><w:pPr>{properties}</w:pPr>{content}</w:p>"


def style(name: str) -> str:
    return f'<w:pStyle w:val="{name}"/>'


def units(raw: bytes) -> list[Unit]:
    out = []
    for piece in docx.read(raw):
        if isinstance(piece, Unit):
            out += [piece, *(inner.unit for inner in piece.inner)]
    return out


def joined(raw: bytes) -> str:
    return "".join(p if isinstance(p, str) else p.raw for p in docx.read(raw))


def translated(raw: bytes, translate: Callable[[Unit], str | None]) -> bytes:
    return docx.write(rebuild.rebuild(docx, docx.read(raw), translate), raw)


def part(raw: bytes, name: str = "document") -> str:
    with ZipFile(BytesIO(raw)) as archive:
        return archive.read(f"word/{name}.xml").decode()


B, ITALIC, VANISH = "<w:b/>", "<w:i/>", "<w:vanish/>"
EN_HINT = '<w:lang w:val="en-GB"/><w:noProof/>'
ZH_HINT = '<w:rFonts w:hint="eastAsia"/><w:lang w:eastAsia="zh-HK"/>'
LINK = '<w:hyperlink r:id="rId4">'
START, END = '<w:bookmarkStart w:id="1" w:name="n"/>', '<w:bookmarkEnd w:id="1"/>'
TAB, REFERENCE = "<w:r><w:tab/></w:r>", '<w:r><w:footnoteReference w:id="2"/></w:r>'


def char(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def field(instruction: str, result: str) -> str:
    said = f"<w:r><w:instrText>{instruction}</w:instrText></w:r>"
    return char("begin") + said + char("separate") + result + char("end")


TO_HOME = field(' HYPERLINK "https://a.hk" ', r("主頁"))
TEXT_BOX = (
    '<w:r><w:pict><v:shape style="position:absolute"><v:textbox><w:txbxContent>'
    f"{p(r('Box 盒子'))}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
)


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (r("Home ") + r("page"), "Home page"),
        (r("診所", ZH_HINT) + r(" 2026 ", EN_HINT) + r("年", ZH_HINT), "診所 2026 年"),
        (r("Open ") + r("the", B) + r(" file"), "Open <1>the</1> file"),
        (r("請", B) + r("即", B + ITALIC) + r("致電我們"), "<1>請</1><2>即</2>致電我們"),
        (r("All bold 全粗", B), "All bold 全粗"),
        (r("Note:", B) + r(" a"), "<1>Note:</1> a"),
        ("<w:r><w:t> a </w:t></w:r><w:r><w:t>b</w:t></w:r>", "ab"),
        ("<w:r><w:t>A&amp;B &lt;1&gt; &#x4E3B;頁</w:t></w:r>", "A&B <1/> 主頁"),
        ("<w:r><w:t>a</w:t><w:tab/><w:t>甲</w:t></w:r>", "a<1/>甲"),
        ("<w:r><w:t>e</w:t><w:noBreakHyphen/><w:t>mail</w:t></w:r>", "e\u2011mail"),
        (
            r("a", B) + f"<w:r><w:rPr>{B}</w:rPr><w:br/></w:r>" + r("b", B) + r("c"),
            "<1>a<2/>b</1>c",
        ),
        (
            r("See ") + LINK + r("主頁", '<w:rStyle w:val="x"/>') + "</w:hyperlink>",
            "See <1>主頁</1>",
        ),
        (LINK + r("a") + r("b", B) + "</w:hyperlink>" + r("c"), "<1>a<2>b</2></1>c"),
        (r("按") + TO_HOME, "按<1>主頁</1>"),
        (r("第 ") + field(" PAGE ", r("3")) + r(" 頁"), "第 <1/> 頁"),
        (r("Page ") + field(f" IF {field(' PAGE ', r('3'))} ", r("x")), "Page <1/>"),
        (r("a") + field(" XE &quot;index&quot; ", "") + r("b"), "ab"),
        (
            r("a") + char("begin") + LINK + r("甲") + char("end") + "</w:hyperlink>",
            "a<1/><2>甲<3/></2>",
        ),
        (r("a") + char("begin") + char("separate") + r("甲"), "a<1/><2/>甲"),
        (r("on ") + f'<w:fldSimple w:instr=" DATE ">{r("5 May")}</w:fldSimple>', "on <1/>"),
        (r("Free") + REFERENCE + r("."), "Free<1/>."),
        (r("免費") + REFERENCE, "免費<1/>"),
        (START + r("診") + END + START + r("所"), "診所"),
        (TAB + r("　　　 段落 ") + TAB, "段落"),
        (r("a") + f"<w:ins w:id='1'>{r('乙')}</w:ins><w:del w:id='2'><w:r><w:delText>c", "a乙"),
        (f"<w:sdt><w:sdtPr/><w:sdtContent>{r('a')}</w:sdtContent></w:sdt>{r('b')}", "<1>a</1>b"),
        (f"<w:smartTag>{r('Hong')}</w:smartTag>{r(' Kong 香港')}", "Hong Kong 香港"),
        (r("a") + r("隱", VANISH) + r("b"), "ab"),
        (r("a") + r("b", '<w:vanish w:val="0"/>'), "a<1>b</1>"),
        (TEXT_BOX + r("Doggy"), "Doggy"),
    ],
)
def test_text(content: str, text: str) -> None:
    if "delText>c" in content:
        content += "</w:delText></w:r></w:del>"
    raw = package(p(content))
    assert units(raw)[0].text == text
    assert units(raw)[0].raw == content
    assert docx.write(joined(raw), raw) == raw


@pytest.mark.parametrize(
    ("content", "translation", "expected"),
    [
        (r("Home ") + r("page"), "主頁", r("主頁")),
        (r("a", B), "甲", r("甲", B)),
        (r("a", ZH_HINT), "A & <b> ]]>", r("A &amp; &lt;b&gt; ]]&gt;", ZH_HINT)),
        (r("a ") + r("b", B), "<1>乙</1>甲", r("乙", B) + r("甲")),
        (r("a ") + r("b", B), "甲", r("甲")),
        (
            r("<1>".replace("<", "&lt;")) + r("a"),
            "甲<1/>乙",
            r("甲&lt;1>乙".replace("1>", "1&gt;")),
        ),
        (r("a ") + TAB + r("b"), "乙<1/>", r("乙") + TAB),
        (
            LINK + r("a") + "</w:hyperlink>" + r("b"),
            "乙<1>甲</1>",
            r("乙") + LINK + r("甲") + "</w:hyperlink>",
        ),
        (
            LINK + r("a") + r("b", B) + "</w:hyperlink>",
            "<1><2>乙</2>甲</1>丙",
            LINK + r("乙", B) + r("甲") + "</w:hyperlink>" + r("丙"),
        ),
        (r("按") + TO_HOME, "<1>Home</1>", field(' HYPERLINK "https://a.hk" ', r("Home"))),
        (r("a") + START + r("b") + END + r("c"), "甲", START + r("甲") + END),
        (TAB + r(" a ") + REFERENCE, "<1/>甲", TAB + r(" ") + REFERENCE + r("甲")),
        (f"<w:ins w:id='1'>{r('a')}</w:ins><w:del>{r('b')}</w:del>", "甲", r("甲")),
        (r("a") + r("隱", VANISH), "甲", r("甲") + r("隱", VANISH)),
        (r("a"), "第一行\n第二行\nthree", r("第一行第二行 three")),
        (r("a"), "<7/>甲", r("&lt;7/&gt;甲")),
        (r("a") + LINK + r("b") + "</w:hyperlink>", "甲<1/>", r("甲") + LINK + "</w:hyperlink>"),
        (r("a"), "", ""),
    ],
)
def test_translated(content: str, translation: str, expected: str) -> None:
    raw = package(p(content))
    new = translated(raw, lambda unit: translation)
    assert part(new) == part(raw).replace(content, expected)


@pytest.mark.parametrize(
    ("translation", "message"),
    [
        ("<1>甲", "a tag is not closed"),
        ("甲</1>", "</1> does not close"),
        ("<1><2>甲</1></2>", "</1> does not close"),
        ("<1>a<1>b</1>", "not closed"),
        ("a\0b", "U+0000"),
        ("a\fb", "U+000C"),
        ("甲\ud800", "U+D800"),
        ("甲\uffff", "U+FFFF"),
    ],
)
def test_no_paragraph_holds(translation: str, message: str) -> None:
    [unit] = units(package(p(r("a") + r("b", B) + r("c", ITALIC))))
    with pytest.raises(BilingoError, match=r"^2:") as caught:
        docx.render(unit, translation)
    assert message in str(caught.value)


STYLES = (
    '<w:style w:styleId="1"><w:name w:val="heading 1"/></w:style>'
    '<w:style w:styleId="a3"><w:name w:val="Title"/></w:style>'
    '<w:style w:styleId="21"><w:name w:val="toc 2"/></w:style>'
    '<w:style w:styleId="章"><w:name w:val="我的標題"/><w:basedOn w:val="1"/></w:style>'
    '<w:style w:styleId="點"><w:name w:val="x"/><w:pPr><w:numPr/></w:pPr></w:style>'
    '<w:style w:styleId="o"><w:name w:val="y"/><w:pPr><w:outlineLvl w:val="2"/></w:pPr></w:style>'
    '<w:style w:styleId="loop"><w:name w:val="z"/><w:basedOn w:val="loop"/></w:style>'
)
NUMBERED = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="3"/></w:numPr>'
UNNUMBERED = '<w:numPr><w:numId w:val="0"/></w:numPr>'


@pytest.mark.parametrize(
    ("properties", "styles", "kind"),
    [
        ("", "", "paragraph"),
        (style("Heading2"), "", "heading"),
        (style("Title"), "", "title"),
        (style("ListParagraph"), "", "item"),
        (style("1"), STYLES, "heading"),
        (style("a3"), STYLES, "title"),
        (style("章"), STYLES, "heading"),
        (style("點"), STYLES, "item"),
        (style("點") + UNNUMBERED, STYLES, "paragraph"),
        (style("o"), STYLES, "heading"),
        (style("loop"), STYLES, "paragraph"),
        (style("Heading1"), STYLES, "heading"),
        (NUMBERED, "", "item"),
        ('<w:outlineLvl w:val="0"/>', "", "heading"),
        ('<w:outlineLvl w:val="9"/>', "", "paragraph"),
    ],
)
@pytest.mark.parametrize("text", ["Home", "主頁"])
def test_kind(properties: str, styles: str, kind: str, text: str) -> None:
    raw = package(p(r(text), properties), {"styles": styles} if styles else {})
    assert [(unit.kind, unit.text) for unit in units(raw)] == [(kind, text)]


def test_kinds_by_place() -> None:
    second = p(r("a"), NUMBERED) + p(r("b"), style("Heading1"))
    table = f"<w:tbl><w:tr><w:tc>{p(r('中心'))}</w:tc><w:tc>{second}</w:tc></w:tr></w:tbl>"
    body = f"{table}<w:sdt><w:sdtContent>{p(r('c'))}</w:sdtContent></w:sdt>"
    note = f'<w:footnote w:id="2">{p("<w:r><w:footnoteRef/></w:r>" + r(" 註腳"))}</w:footnote>'
    raw = package(body, {"header1": p(r("Top 頁首")), "footnotes": note})
    assert [(unit.kind, unit.text) for unit in units(raw)] == [
        ("cell", "中心"),
        ("cell", "a"),
        ("heading", "b"),
        ("paragraph", "c"),
        ("paragraph", "Top 頁首"),
        ("footnote", "註腳"),
    ]


@pytest.mark.parametrize(
    ("content", "properties", "skip"),
    [
        (r("隱藏 hidden", VANISH), "", "hidden text"),
        (r("1. 簡介") + TAB + field(" PAGEREF x ", r("1")), style("TOC1"), "table of contents"),
        (TEXT_BOX, "", "no words"),
        ((r("a") + TAB) * 10_000 + r("甲"), "", "has more than 9999 codes"),
    ],
)
def test_skipped(content: str, properties: str, skip: str) -> None:
    raw = package(p(content, properties) + p(r("a")))
    assert [unit.skip for unit in units(raw) if unit.skip] == [skip]


@pytest.mark.parametrize("content", ["", r("—"), TAB, START + END, f"<w:del>{r('刪')}</w:del>"])
def test_nothing_to_translate(content: str) -> None:
    assert units(package(p(content) + "<w:p/>")) == []


def test_tracked_changes_are_noted() -> None:
    insertion = f'<w:ins w:id="1">{r("新增")}</w:ins>'
    mark = "<w:rPr><w:ins/></w:rPr>"
    notes = [unit.note for unit in units(package(p(insertion) + p(r("a"), mark) + p(r("b"))))]
    assert notes == ["tracked changes: insertions are in this text, deletions are not", "", ""]


def test_text_boxes_are_translated_with_their_paragraph() -> None:
    inside = TEXT_BOX.replace("position:absolute", "x")
    raw = package(p(TEXT_BOX + r("a") + TEXT_BOX) + p(r("b") + inside + r("c")) + p(inside))
    new = translated(raw, lambda unit: None if unit.skip else f"譯{unit.text}")
    expected = part(raw).replace("Box 盒子", "譯Box 盒子").replace(r("a"), r("譯a"))
    assert part(new) == expected.replace(r("b"), r("譯b"))
    only_boxes = translated(raw, lambda unit: "甲" if unit.text == "Box 盒子" else None)
    assert part(only_boxes) == part(raw).replace("Box 盒子", "甲")


def test_text_boxes_do_not_multiply_codes() -> None:
    """Once each box at an edge of a paragraph doubled its codes: forty were terabytes."""
    seen = []

    def counting(unit: Unit, text: str) -> str:
        seen.append(len(unit.codes))
        return docx.render(unit, text)

    pieces = tuple(docx.read(package(p(12 * TEXT_BOX + r("Text") + r("粗", B)))))

    new = rebuild.rebuild(SimpleNamespace(render=counting), pieces, lambda unit: f"譯{unit.text}")

    assert len(seen) == 13
    assert max(seen) == max(len(p.codes) for p in pieces if isinstance(p, Unit))
    assert new.count("譯Box 盒子") == 12


def test_only_parts_that_changed_are_replaced() -> None:
    raw = package(p(r("Home")), {"header1": p(r("主頁")), "styles": STYLES})
    new = docx.write(joined(raw).replace("主頁", "Home page"), raw)
    with ZipFile(BytesIO(raw)) as old, ZipFile(BytesIO(new)) as archive:
        assert archive.testzip() is None
        assert [i.date_time for i in archive.infolist()] == [i.date_time for i in old.infolist()]
        differing = [n for n in old.namelist() if old.read(n) != archive.read(n)]
        assert archive.namelist() == old.namelist()
    assert differing == ["word/header1.xml"]
    assert [unit.text for unit in units(new)] == ["Home", "Home page"]


@pytest.mark.parametrize(
    ("text", "message"), [("a", "not well-formed"), ("a\fb", "2 parts of text for 1"), ("<a>", "")]
)
def test_refuses_to_write(text: str, message: str) -> None:
    with pytest.raises(BilingoError) as caught:
        docx.write(text, package(p(r("主頁"))))
    assert message in str(caught.value)


@pytest.mark.parametrize(
    "names", [NAMES.replace(W, STRICT), NAMES.replace("xmlns:r", f'xmlns="{W}" xmlns:r')]
)
def test_other_names_for_the_same_elements(names: str) -> None:
    body = p(r("Home ") + r("主頁", B))
    if "xmlns=" in names:
        body = body.replace("<w:", "<").replace("</w:", "</")
    raw = package(body, names=names)
    new = translated(raw, lambda unit: "<1>b</1>a")
    assert [unit.text for unit in units(new)] == ["<1>b</1>a"]


def test_utf16_stays_utf16() -> None:
    text = part(package(p(r("Home")))).replace("UTF-8", "UTF-16")
    raw = repacked(package(""), "word/document.xml", text.encode("utf-16"))
    new = docx.write(joined(raw).replace("Home", "主頁"), raw)
    with ZipFile(BytesIO(new)) as archive:
        assert archive.read("word/document.xml") == text.replace("Home", "主頁").encode("utf-16")


@pytest.mark.parametrize(
    ("document", "message"),
    [
        (b"<x>\n", "2:1: word/document.xml: not well-formed XML: no element found"),
        (b"<w:p/>", "unbound prefix"),
        (b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>', "word/document.xml: a DOCTYPE"),
        (b'<!DOCTYPE x SYSTEM "file:///etc/passwd"><x/>', "word/document.xml: a DOCTYPE"),
        (b'<?xml version="1.0" encoding="gb2312"?><x/>', "encoding “gb2312”"),
        (b"<x>" * 300, "more than 256 elements inside each other"),
        ("<x>許功蓋</x>".encode("big5"), "1:4: word/document.xml: not utf-8"),
        (f'<w:p xmlns:w="{W}">{char("begin") * 65}</w:p>'.encode(), "more than 64 fields"),
    ],
)
def test_refused(document: bytes, message: str) -> None:
    with pytest.raises(BilingoError) as caught:
        units(repacked(package(""), "word/document.xml", document))
    assert message in str(caught.value)


@pytest.mark.parametrize("types", ["<Types/>", "", "主頁", "<!DOCTYPE x><x/>"])
def test_refused_without_a_document(types: str) -> None:
    with pytest.raises(BilingoError):
        units(repacked(package(""), "[Content_Types].xml", types.encode()))


ENGLISH = """\
Staying well in the hot months

Hot weather is hard on the heart. People over sixty-five, people who live alone and people who take
water tablets feel it first, often before they notice anything themselves.

What you can do at home

Drink before you are thirsty: a small cup every hour is better than a litre at night. Tea and soup
count; beer does not.

Close the curtains on the sunny side from ten to four, and open windows on both sides after dark. A
fan helps up to 35 °C; above that it only moves hot air.

Ring a neighbour once a day. “I was fine,” Mrs Ho told us, “until the day I was not.”

When to call for help

Call 999 if someone is confused, has stopped sweating or cannot be woken. While you wait, move them
into the shade, loosen their clothes and cool the neck with wet towels.

Our nurses answer questions on 2345 6789, Monday to Friday, 9 a.m. to 5:30 p.m., or write to
nurse@example.org. The service is free (HK$0) & confidential."""
CHINESE = """\
炎夏保健須知

天氣炎熱，心臟負擔會加重。六十五歲以上的長者、獨居人士，以及正服用去水丸的病人，
往往最先受影響，而自己卻未必察覺。

在家可以怎樣做

未口渴便要喝水：每小時喝一小杯，勝過晚上一口氣喝一公升。茶和湯也算在內，啤酒則不算。

上午十時至下午四時，拉上向陽一面的窗簾；入夜後打開兩邊窗戶。
氣溫在攝氏 35 度或以下，風扇有幫助；再高的話，吹來的只是熱風。

每天致電一位鄰居。何太對我們說：「我一直都很好，直到那天支持不住。」

何時要求助

如有人神志不清、停止出汗或無法喚醒，請即致電 999。
等候期間，把他移到陰涼處，鬆開衣服，用濕毛巾冷敷頸部。

本會護士解答查詢：2345 6789（星期一至五，上午九時至下午五時三十分），
或電郵至 nurse@example.org。服務免費（港幣 0 元），內容保密。"""
ARTICLE = {
    "en": [" ".join(block.split("\n")) for block in ENGLISH.split("\n\n")],
    "zh-Hant-HK": ["".join(block.split("\n")) for block in CHINESE.split("\n\n")],
}


@pytest.mark.parametrize("locale", ARTICLE)
def test_an_article_reads_as_its_plain_text(locale: str) -> None:
    chance = random.Random(7)  # noqa: S311 - cuts text into runs
    body = ""
    for text in ARTICLE[locale]:
        cuts = sorted(chance.sample(range(1, len(text)), 3))
        ends = (0, *cuts, len(text))
        runs = [text[a:b] for a, b in pairwise(ends)]
        hints = [chance.choice(("", EN_HINT, ZH_HINT)) for _ in runs]
        body += p("".join(r(t.replace("&", "&amp;"), h) for t, h in zip(runs, hints, strict=True)))
    lines = "\n\n".join(ARTICLE[locale]).encode()
    expected = [piece.text for piece in plain.read(lines) if isinstance(piece, Unit)]
    assert [unit.text for unit in units(package(body))] == expected == ARTICLE[locale]


TEXTS = st.text("ab 中文，<1>&\u3000\t", min_size=1, max_size=5).map(
    lambda text: r(text.replace("&", "&amp;").replace("<", "&lt;"))
)
LOOKS = st.sampled_from(["", B, ITALIC, B + ITALIC, ZH_HINT, VANISH])
ATOMS = st.one_of(
    TEXTS,
    st.builds(
        lambda text, look: text.replace("<w:r>", f"<w:r><w:rPr>{look}</w:rPr>"), TEXTS, LOOKS
    ),
    st.sampled_from([TAB, REFERENCE, START, END, TEXT_BOX, TO_HOME, char("begin"), char("end")]),
)
CONTENTS = st.recursive(
    st.lists(ATOMS, max_size=5).map("".join),
    lambda inside: st.builds(
        lambda shell, content, more: shell[0] + content + shell[1] + more,
        st.sampled_from(
            [
                (LINK, "</w:hyperlink>"),
                ("<w:ins>", "</w:ins>"),
                ("<w:del>", "</w:del>"),
                ("<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>"),
                (char("begin") + "<w:r><w:instrText>HYPERLINK</w:instrText></w:r>", char("end")),
            ]
        ),
        inside,
        inside,
    ),
    max_leaves=6,
)


@given(st.lists(CONTENTS, max_size=3))
def test_its_own_units_give_the_same_bytes(contents: list[str]) -> None:
    raw = package("".join(map(p, contents)), {"footer1": p(r("Page 頁"))})
    assert joined(raw) == part(raw) + "\f" + part(raw, "footer1")
    assert docx.write(joined(raw), raw) == raw
    assert translated(raw, lambda unit: unit.text) == raw


@given(CONTENTS)
def test_a_translation_reads_back(content: str) -> None:
    raw = package(p(content))
    swap = str.maketrans("ab中文", "文中ba")

    def translate(unit: Unit) -> str | None:
        return None if unit.skip else unit.text.translate(swap)

    new = translated(raw, translate)
    before = [unit.text.translate(swap) for unit in units(raw) if not unit.skip]
    assert [unit.text for unit in units(new) if not unit.skip] == before


@pytest.mark.parametrize(
    "content",
    [
        r("a") * 8_000,
        (r("a") + r("甲", B)) * 2_000,
        START * 4_000 + r("主") + END * 4_000,
        (START + r("a")) * 2_000,
        TO_HOME * 2_000,
        char("begin") + char("end") * 3_000,
        TEXT_BOX * 500,
        TEXT_BOX.replace(p(r("Box 盒子")), p(r("Box 盒子")) * 1_000),
        r("&amp;" * 100_000),
        r("<!---->a" * 50_000),
        r(" \t" * 50_000),
        f'<w:r w:rsidR="{">" * 100_000}"><w:t>a</w:t></w:r>',
        r("&lt;1" * 50_000),
    ],
)
def test_long_traps_are_read_in_linear_time(content: str) -> None:
    # a quadratic reader would take minutes here, not fail an assertion
    raw = package(p(content), compression=ZIP_STORED)
    new = translated(raw, lambda unit: None if unit.skip else unit.text + "。")
    assert len(units(new)) == len(units(raw))


def mutated(raw: bytes, chance: random.Random) -> bytes:
    out = bytearray(raw)
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(out))
        match chance.randrange(4):
            case 0:
                out[at] = chance.randrange(256)
            case 1:
                del out[at : at + chance.randint(1, 40)]
            case 2:
                out[at:at] = out[chance.randrange(len(out)) :][: chance.randint(1, 40)]
            case _:
                out[at] ^= 1 << chance.randrange(8)
        if not out:
            break
    return bytes(out)


@pytest.mark.parametrize("seed", range(300))
def test_damaged_bytes_are_read_or_refused(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - damage
    body = p(r("Home ") + r("主頁", B) + TO_HOME + TEXT_BOX, style("Title")) + p(
        LINK + r("a") + "</w:hyperlink>"
    )
    raw = package(body, {"styles": STYLES, "footnotes": p(r("註腳"))})
    if seed % 2:
        raw = mutated(raw, chance)
    else:
        name = chance.choice(["word/document.xml", "word/styles.xml", "[Content_Types].xml"])
        with ZipFile(BytesIO(raw)) as archive:
            raw = repacked(raw, name, mutated(archive.read(name), chance))
    said = 0
    try:
        assert docx.write(joined(raw), raw) == raw
        new = translated(raw, lambda unit: TAG.sub(r"\g<0>甲", unit.text) + "&")
        assert len(units(new)) == len(units(raw))
    except BilingoError as error:
        said = len(str(error))
    assert said < 500


@pytest.mark.corpus
@pytest.mark.parametrize("folder", ["docx", "multi-format"])
def test_real_documents_come_out_as_they_were(shared: Path, folder: str) -> None:
    paths = sorted((shared / "data" / folder).glob("*.docx"))
    assert len(paths) > 3
    for path in paths:
        raw = path.read_bytes()
        assert translated(raw, lambda unit: unit.text) == raw
        new = translated(raw, lambda unit: None if unit.skip else f"譯{unit.text}")
        with ZipFile(BytesIO(new)) as archive, ZipFile(BytesIO(raw)) as old:
            assert archive.testzip() is None
            differing = [n for n in old.namelist() if archive.read(n) != old.read(n)]
        assert differing == ["word/document.xml"]


META = ("lang", "meta:title")


@pytest.mark.corpus
@pytest.mark.parametrize("locale", ["en", "zh-HK"])
@pytest.mark.parametrize("name", ["community-garden", "medicine-hot-weather"])
def test_same_texts_as_the_markdown(shared: Path, name: str, locale: str) -> None:
    path = shared / "data/multi-format" / f"{name}.{locale}.docx"
    found = [unit for unit in units(path.read_bytes()) if not unit.note and unit.kind != "cell"]
    pieces = markdown.read(path.with_suffix(".md").read_bytes())
    expected = [p for p in pieces if isinstance(p, Unit) and p.kind not in META]
    for ours, theirs in zip(found, expected, strict=True):
        # These .docx files have no links: a link in the .md is plain text in them.
        linked = any(code.opening in ("[", "<") for code in theirs.codes)
        assert ours.text == (tags.plain(theirs.text) if linked else theirs.text)
        assert ours.kind == theirs.kind


@pytest.mark.corpus
def test_hostile_documents(shared: Path) -> None:
    folder = shared / "data/malformed"
    lines = (folder / "EXPECT.tsv").read_text(encoding="utf-8").splitlines()
    expected = [line.split("\t") for line in lines if line.startswith("malformed/docx/")]
    assert len(expected) > 8
    for name, verdict in expected:
        raw = (folder.parent / name).read_bytes()
        if verdict.startswith("ACCEPT"):
            assert docx.write(joined(raw), raw) == raw
            continue
        with pytest.raises(BilingoError) as caught:
            units(raw)
        said = verdict.partition("say ")[2].strip('"')
        assert said in str(caught.value)


@pytest.mark.clients
def test_libreoffice_reads_a_translation(tmp_path: Path) -> None:
    soffice = shutil.which("soffice")
    if not soffice:
        pytest.skip("soffice is not installed")
    body = (
        p(r("Opening ") + r("hours", B), style("Heading1"))
        + p(
            r("See ") + LINK.replace("r:id", "w:anchor") + r("our page") + "</w:hyperlink>" + r(".")
        )
        + p(START + r("Mind ") + TAB + r("the gap") + END)
    )
    texts = {
        "Opening <1>hours</1>": "<1>開放</1>時間 & 地點",
        "See <1>our page</1>.": "請看<1>本會專頁</1>。",
        "Mind <1/>the gap": "小心<1/>空隙",
    }
    new = translated(
        package(body),
        lambda unit: texts[unit.text],
    )
    (tmp_path / "a.docx").write_bytes(new)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    convert = [soffice, profile, "--headless", "--convert-to", "txt:Text (encoded):UTF8"]
    subprocess.run(
        [*convert, "--outdir", str(tmp_path), str(tmp_path / "a.docx")],
        check=True,
        capture_output=True,
        timeout=120,
    )
    lines = (tmp_path / "a.txt").read_text(encoding="utf-8-sig").splitlines()
    assert lines == ["開放時間 & 地點", "請看本會專頁。", "小心\t空隙"]


# ---- comments for bilingo


def comment(number: int, *texts: str) -> str:
    return f'<w:comment w:id="{number}" w:author="A">{"".join(p(r(t)) for t in texts)}</w:comment>'


def begins(number: int) -> str:
    return f'<w:commentRangeStart w:id="{number}"/>'


def ends(number: int) -> str:
    return f'<w:commentRangeEnd w:id="{number}"/><w:r><w:commentReference w:id="{number}"/></w:r>'


def commented(body: str, *comments: str) -> bytes:
    return package(body, {"comments": "".join(comments)})


COMMENTED: dict[str, tuple[str, tuple[str, ...], list[tuple[str, str | None, str, str]]]] = {
    "context": (
        p(begins(1) + r("Home") + ends(1)) + p(r("主頁")),
        (comment(1, "bilingo:context menu"),),
        [("Home", "menu", "", ""), ("主頁", None, "", "")],
    ),
    "as people and keyboards write it": (
        p(begins(1) + r("主頁") + ends(1)) + p(begins(2) + r("Open") + ends(2)),
        (comment(1, "Bilingo： note 語氣", "要溫和"), comment(2, "bilingo: Context sign")),
        [("主頁", None, "語氣 要溫和", ""), ("Open", "sign", "", "")],
    ),
    "off over several paragraphs": (
        p(r("One")) + p(begins(1) + r("Two")) + p(r("二")) + p(r("Three") + ends(1)) + p(r("四")),
        (comment(1, "bilingo:off"),),
        [
            ("One", None, "", ""),
            *((text, None, "", "bilingo:off") for text in ("Two", "二", "Three")),
            ("四", None, "", ""),
        ],
    ),
    "a range between paragraphs": (
        begins(1) + p(r("One")) + p(r("二")) + '<w:commentRangeEnd w:id="1"/>' + p(r("Three")),
        (comment(1, "bilingo:off"),),
        [
            ("One", None, "", "bilingo:off"),
            ("二", None, "", "bilingo:off"),
            ("Three", None, "", ""),
        ],
    ),
    "no range": (
        p(r("One")) + p(r("二") + ends(1).partition("/>")[2]) + p(r("Three")),
        (comment(1, "bilingo:note 日期"),),
        [("One", None, "", ""), ("二", None, "日期", ""), ("Three", None, "", "")],
    ),
    "the first text of a range, and a part of a paragraph": (
        p(begins(1)) + p(r("Open ") + begins(2) + r("now") + ends(2)) + p(r("二") + ends(1)),
        (comment(1, "bilingo:context sign"), comment(2, "bilingo:note Short")),
        [("Open now", "sign", "Short", ""), ("二", None, "", "")],
    ),
    "two offs, one in the other": (
        p(begins(1) + begins(2) + r("One") + ends(2)) + p(r("二") + ends(1)) + p(r("Three")),
        (comment(1, "bilingo:off"), comment(2, "bilingo:off")),
        [
            ("One", None, "", "bilingo:off"),
            ("二", None, "", "bilingo:off"),
            ("Three", None, "", ""),
        ],
    ),
    "comments for people": (
        p(begins(1) + r("One") + ends(1)) + p(begins(2) + r("二") + ends(2)),
        (comment(1, "Ask Bilingo: context?"), comment(2, "看 bilingo:off")),
        [("One", None, "", ""), ("二", None, "", "")],
    ),
}


@pytest.mark.parametrize("case", COMMENTED)
def test_comments_for_bilingo(case: str) -> None:
    body, comments, expected = COMMENTED[case]
    raw = commented(body, *comments)
    assert [(u.text, u.msgctxt, u.note, u.skip) for u in units(raw)] == expected
    assert joined(raw) == joined(package(body))  # a comment is read, and changes no text
    assert docx.write(joined(raw), raw) == raw
    new = translated(raw, lambda unit: None if unit.skip else f"{unit.text}譯")
    assert part(new, "comments") == part(raw, "comments")
    assert [u.text for u in units(new)] == [t if skip else f"{t}譯" for t, _, _, skip in expected]
    assert part(new).count("comment") == part(raw).count("comment")


@pytest.mark.parametrize(
    ("text", "body", "what"),
    [
        ("bilingo:of", p(begins(1) + r("One") + ends(1)), "unknown comment bilingo:of"),
        ("bilingo:on", p(begins(1) + r("一") + ends(1)), "unknown comment bilingo:on"),
        ("bilingo:context", p(begins(1) + r("One") + ends(1)), "bilingo:context says nothing"),
        ("bilingo:note 甲", p(begins(1) + ends(1)) + p(r("One")), "bilingo:note is on no text"),
        ("bilingo:off", p(r("一")), "bilingo:off is on no text"),
    ],
)
def test_comments_that_would_do_nothing_are_refused(text: str, body: str, what: str) -> None:
    with pytest.raises(BilingoError) as refused:
        units(commented(body, comment(1, text)))
    assert what in refused.value.what
    assert refused.value.hint or "says nothing" in what
