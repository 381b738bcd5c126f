"""HTML: which texts are units, what is written back, and that every other byte stays."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bilingo.errors import BilingoError
from bilingo.formats import html, markdown, rebuild
from bilingo.formats.html_tokens import tokens
from bilingo.model import Article, Unit
from bilingo.text import tags

TAGS = """a b i em span p div li ul ol td tr table h1 h2 br img button label select option pre code
svg title script style dl dt dd body html section noscript template""".split()
ATTRIBUTES = ["", " hidden", " lang=zh", " lang='en'", ' title="甲 &amp; b"', " alt=圖", " class=x"]
SOUP = st.lists(
    st.one_of(
        st.sampled_from(
            ["文", "word", " ", "\n", "\u200b", "\u00a0", "&nbsp;", "&lt;1&gt;", "<1>"]
        ),
        st.sampled_from(
            ["&amp;", "&", "<", "<!-- 註 -->", "</1>", "</x", "<!--", "<br><br>", "。"]
        ),
        st.builds("<{}{}>".format, st.sampled_from(TAGS), st.sampled_from(ATTRIBUTES)),
        st.builds("</{}>".format, st.sampled_from(TAGS)),
    ),
    max_size=25,
).map("".join)


def article(text: str | bytes) -> Article:
    raw = text.encode() if isinstance(text, str) else text
    return Article("", "", tuple(html.read(raw)))


def texts(text: str | bytes) -> list[tuple[str, str]]:
    return [(unit.kind, unit.text) for unit in article(text).units]


def skipped(text: str) -> list[tuple[str, str]]:
    return [(unit.text, unit.skip) for unit in article(text).skipped]


def joined(pieces: tuple[str | Unit, ...]) -> str:
    return rebuild.rebuild(html, pieces, lambda unit: unit.text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # blocks
        ("<p>One<p>二", [("paragraph", "One"), ("paragraph", "二")]),
        ("<h2>標題</h2>text", [("heading", "標題"), ("paragraph", "text")]),
        ("<ul><li>甲<li>b</ul>c", [("item", "甲"), ("item", "b"), ("paragraph", "c")]),
        ("<li><p>甲</p><p>b</p>", [("item", "甲"), ("paragraph", "b")]),
        ("<li>甲<ul><li>b</ul>c", [("item", "甲"), ("item", "b"), ("paragraph", "c")]),
        ("<table><tr><td>甲<td>b<tr><th>c", [("cell", "甲"), ("cell", "b"), ("cell", "c")]),
        ("<dl><dt>甲<dd>b</dl>", [("term", "甲"), ("definition", "b")]),
        ("<figure><figcaption>圖</figcaption></figure>", [("caption", "圖")]),
        ("<button>送出</button><label>Name</label>", [("label", "送出"), ("label", "Name")]),
        ("甲<br><br>b<br>\n<br/>c", [("paragraph", x) for x in "甲bc"]),
        ("<title>甲 &ndash; B</title>", [("meta:title", "甲 – B")]),
        ("<a href=x><div>甲</div></a>", [("paragraph", "甲")]),
        # inline
        ("<p>See <a href=x>此</a>.", [("paragraph", "See <1>此</1>.")]),
        ("<p><b>全</b>", [("paragraph", "<1>全</1>")]),
        ("<p><span><span>全 all</span></span>", [("paragraph", "全 all")]),
        ("<p>a <a><u>甲</u></a> <u><i>b</i></u>", [("paragraph", "a <1>甲</1> <2>b</2>")]),
        ("<p>a <b><i>甲</i></b>", [("paragraph", "a <1><2>甲</2></1>")]),
        ("<p>a <b>b <i>甲</b></i> c", [("paragraph", "a <1>b <2/>甲</1><3/> c")]),
        ("<p>甲<b>b<p>c</b>", [("paragraph", "甲<1/>b"), ("paragraph", "c")]),
        ("<p>甲<br>\n  b<br>", [("paragraph", "甲<1/>b")]),
        ("<p><i class=icon></i> 甲 <!-- c --><svg><text>x</text></svg>", [("paragraph", "甲")]),
        ("<p>Run <code>a b</code> 吧", [("paragraph", "Run <1/> 吧")]),
        ("<p>甲<span translate=no>X <b>y</b></span>乙", [("paragraph", "甲<1/>乙")]),
        ("<p>甲<code>x</code><code>y</code>乙", [("paragraph", "甲<1/><2/>乙")]),
        # white space and references
        ("<p> a\n  b </p>", [("paragraph", "a b")]),
        ("<p>香港\n  基因</p>", [("paragraph", "香港基因")]),
        ("<p>a <b> 甲 </b> c", [("paragraph", "a <1>甲 </1>c")]),
        ("<p>\u3000\u200b甲&nbsp;乙&#8203;&nbsp;", [("paragraph", "甲\u00a0乙")]),
        ("<p>&lt;1&gt; &amp;lt; &#x4e3b;", [("paragraph", "<1/> &lt; 主")]),
        ("<p>&#0;&#xD800;主", [("paragraph", "\ufffd\ufffd主")]),
        # attributes
        ('<p>甲<img alt="Logo">', [("paragraph", "甲<1/>"), ("alt", "Logo")]),
        ("<p>甲<a title='T'>b</a>", [("paragraph", "甲<1>b</1>"), ("link-title", "T")]),
        (
            "<div title=甲><input placeholder='Name'>",
            [("link-title", "甲"), ("placeholder", "Name")],
        ),
        ("<a aria-label=關閉></a>", [("aria-label", "關閉")]),
        ("<input type=submit value=Send><input value=x>", [("value", "Send")]),
        ('<meta name=description content="說明">', [("meta:description", "說明")]),
        ("<meta property=og:title content=T>", [("meta:og:title", "T")]),
        ("<meta name=viewport content=width>", []),
        ("<p title='---'>甲", [("paragraph", "甲")]),
        # what is no text
        ("<script>主</script><style>x</style><!-- 主 --><?x?><!DOCTYPE html>", []),
        ("<pre>code 主</pre><textarea>x</textarea><template>主</template>", []),
        ("<div translate=no>主<p translate=yes>頁</p></div>", [("paragraph", "頁")]),
        ("<div class='x notranslate'><p title=x>主</div>頁", [("paragraph", "頁")]),
        ("<p>12 – <b> </b></p>", [("paragraph", "12 –")]),
        ("<p>—</p>", []),
    ],
)
def test_units(text: str, expected: list[tuple[str, str]]) -> None:
    found = article(text)
    assert [(unit.kind, unit.text) for unit in found.units] == expected
    assert joined(found.pieces) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<p hidden>甲</p><p hidden=until-found>乙", [("甲", "hidden")]),
        ("<div style='color:red; DISPLAY : none'><p>甲", [("甲", "hidden")]),
        ("<noscript>請開啟</noscript>", [("請開啟", "for readers without scripts")]),
        ("<nav><a>Home</a></nav>", [("<1>Home</1>", "navigation")]),
        ("<div role=navigation>主頁</div>", [("主頁", "navigation")]),
        ("<footer>©甲</footer>", [("©甲", "page footer")]),
        ("<article><footer>甲</footer><aside>乙</aside></article>", []),
        (
            "<html lang=en><p lang=zh-HK>甲<p lang=en-GB>b<p>c",
            [("en", "language of the page"), ("甲", "in another language: zh-HK")],
        ),
        (
            "<html lang=zh-HK><p lang=zh-CN>简<p lang=zh-TW>繁<p>a <i lang=en>b</i>",
            [("zh-HK", "language of the page"), ("简", "in another language: zh-CN")],
        ),
        ("<p lang=zh>甲", []),
        ("<p><img alt=''>", []),
        ("<p><img alt='甲'>", [("<1/>", "no words")]),
    ],
)
def test_skipped(text: str, expected: list[tuple[str, str]]) -> None:
    assert skipped(text) == expected


@pytest.mark.parametrize(
    ("source", "translation", "expected"),
    [
        ("<p>A &amp; B</p>", "甲 & 乙 <b>", "<p>甲 &amp; 乙 &lt;b></p>"),
        (
            "<p> See <a href=x>it</a>. </p>",
            "請看<1>這裏</1>。",
            "<p> 請看<a href=x>這裏</a>。 </p>",
        ),
        ("<p>主<br>頁</p>", "Home<1/>page", "<p>Home<br>page</p>"),
        ("<p>Two words</p>", "兩\n個\u00a0字 \n a", "<p>兩個&nbsp;字 a</p>"),
        ("<p>&lt;/1&gt; 甲</p>", "a <1/>", "<p>a &lt;/1></p>"),
        ("<p><span>Wix</span></p>", "甲", "<p><span>甲</span></p>"),
        ('<i title="x">', '說"好" & more', '<i title="說&quot;好&quot; &amp; more">'),
        ("<i title='x'>", "it's 好", "<i title='it&#39;s 好'>"),
        ("<i title=x>", "好", "<i title=好>"),
        ("<i title=x>", "很 好", '<i title="很 好">'),
        ("<html lang=en>", "zh-Hant-HK", "<html lang=zh-Hant-HK>"),
    ],
)
def test_written(source: str, translation: str, expected: str) -> None:
    pieces = article(source).pieces
    assert rebuild.rebuild(html, pieces, lambda _: translation) == expected


def test_attribute_inside_a_code() -> None:
    pieces = article("<p>甲<img src=x alt='Logo'> <a title=T><u title='U'>b</u></a></p>").pieces
    new = {"甲<1/> <2>b</2>": "<2>乙</2>x<1/>", "Logo": "商標", "T": "題 目", "U": "底"}
    assert rebuild.rebuild(html, pieces, lambda unit: new[unit.text]) == (
        "<p><a title=\"題 目\"><u title='底'>乙</u></a>x<img src=x alt='商標'></p>"
    )


@pytest.mark.parametrize("text", ["<1>甲", "甲</1>", "<1><2>甲</1></2>", "</1>甲<1>"])
def test_tags_that_would_break_the_page(text: str) -> None:
    (unit,) = article("\n<p>a <b>b <i>c</i></b></p>").units
    with pytest.raises(BilingoError, match="2:4: no HTML paragraph reads as"):
        html.render(unit, text)


@pytest.mark.parametrize(
    ("head", "codec"),
    [
        ('<meta charset="big5">', "big5hkscs"),
        ("<META http-equiv=Content-Type content='text/html; charset=Big5-HKSCS'>", "big5hkscs"),
        ("<!-- <meta charset=utf-8> --><meta charset=GB2312>", "gb18030"),
        ('<?xml version="1.0" encoding="big5"?>', "big5hkscs"),
        ("<meta charset=x-unknown>", "utf-8"),
        ("<meta charset=utf-16>", "utf-8"),
        ("\ufeff<meta charset=big5>", "utf-8"),
        ("\ufeff<meta charset=big5>", "utf-16-le"),
    ],
)
def test_declared_encoding(head: str, codec: str) -> None:
    raw = f"{head}<p>主頁捐款</p>".encode(codec)
    found = article(raw)
    assert [unit.text for unit in found.units] == ["主頁捐款"]
    assert html.write(joined(found.pieces), raw) == raw


def test_characters_an_encoding_lacks_become_references() -> None:
    raw = "<meta charset=iso-8859-1><p>Caf\u00e9</p>".encode("latin-1")
    new = rebuild.rebuild(html, article(raw).pieces, lambda _: "\u00e9 主")
    assert html.write(new, raw) == b"<meta charset=iso-8859-1><p>\xe9 &#20027;</p>"
    assert texts(html.write(new, raw)) == [("paragraph", "\u00e9 主")]


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        ("<meta charset=big5><p>主頁".encode(), "declared as big5, but the bytes are UTF-8"),
        ("<p>主頁".encode("big5"), "1:4: not utf-8 text"),
        ("<meta charset=utf-8>\n<p>主頁".encode("big5"), "2:4: not utf-8 text"),
        (b"<meta charset=big5><p>\xff", "1:23: not big5hkscs text"),
        (b"<p>a\0b", "1:5: NUL character"),
    ],
)
def test_refused(raw: bytes, said: str) -> None:
    with pytest.raises(BilingoError) as caught:
        article(raw)
    assert said in str(caught.value)
    assert caught.value.hint


# What is repeated; some took a parser that is in use minutes, or made it raise. `·` is a space.
TRAPS = """<!-- <![ <a· < </ <a·href=" <div> & &a <script> <!--<script> <title>
<b> <b></i> </b><i> <li> <table><td> <p><button> <p><span><div> &nbsp; x&nbsp; &lt;1&gt;
<br> <svg> <code> <option>
<div·lang=zh> 香\n <img·alt=x> <!-- --> <a·x= <? x·· <h1> <u>""".split()


@pytest.mark.parametrize("trap", TRAPS)
def test_traps(trap: str) -> None:
    text = trap.replace("·", " ").replace("\\n", "\n") * (100_000 // len(trap))
    assert joined(article(text).pieces) == text


@given(SOUP)
def test_own_texts_give_the_same_bytes(text: str) -> None:
    found = article(text)
    assert joined(found.pieces) == text
    assert "".join(p if isinstance(p, str) else p.raw for p in found.pieces) == text
    for outer in found.pieces:
        for inner in outer.inner if isinstance(outer, Unit) else ():
            code = outer.codes[inner.code - 1]
            for whole, at in ((outer.raw, inner.raw_start), (code.opening, inner.start)):
                assert whole.startswith(inner.unit.raw, at)


@given(SOUP)
def test_a_translation_reads_as_it_was_given(text: str) -> None:
    def translated(unit: Unit) -> str:
        return f"{unit.text} & <p>譯" if unit.kind != "lang" else "fr"

    found = article(text)
    again = article(rebuild.rebuild(html, found.pieces, translated))
    # A unit may change its place in the order, since a code may: inner units follow codes.
    assert sorted(u.text for u in again.all_units) == sorted(map(translated, found.all_units))


@given(SOUP)
def test_translation_keeps_the_tokens(text: str) -> None:
    def translated(unit: Unit) -> str:
        codes = "".join(found.group() for found in tags.TAG.finditer(unit.text))
        return f"「譯文」&amp; <i>{codes}"

    def markup(page: str) -> list[tuple[str, str]]:
        return [(one.form, one.name) for one in tokens(page) if one.form != "text"]

    assert markup(rebuild.rebuild(html, article(text).pieces, translated)) == markup(text)


@settings(max_examples=500)
@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(raw: bytes) -> None:
    try:
        pieces = tuple(html.read(raw))
    except BilingoError:
        return
    assert html.write(joined(pieces), raw) == raw


@pytest.mark.parametrize(
    ("in_markdown", "in_html"),
    [
        ("See [our guide](/a) now.", '<p>See <a href="/a">our guide</a> now.</p>'),
        ("**免費**檢測", "<p><strong>免費</strong>檢測</p>"),
        ("- 甲 [*b*](x)", "<ul><li>甲 <a href=x><em>b</em></a></li></ul>"),
        ("a `b` ![圖](x)", "<p>a <code>b</code> <img src=x alt=圖></p>"),
        ("一行\n兩行", "<p>一行\n兩行</p>"),
        ("A &amp; B  \nC", "<p>A &amp; B<br>\nC</p>"),
        ("# 標題", "<h1>標題</h1>"),
        ("![圖](x 'T')", "<p><img src=x alt=圖 title='T'></p>"),
    ],
)
def test_same_units_as_markdown(in_markdown: str, in_html: str) -> None:
    found = Article("", "", tuple(markdown.read(in_markdown.encode())))
    wanted = [(unit.kind, unit.text, unit.skip) for unit in found.all_units]
    assert [(u.kind, u.text, u.skip) for u in article(in_html).all_units] == wanted


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<div>\n<p>Raw <b>甲</b> &amp; b</p>\n</div>\n", ["html:paragraph Raw <1>甲</1> & b"]),
        (
            "- a\n\n  <p>甲\n  <img alt='圖'></p>\n",
            ["item a", "html:paragraph 甲 <1/>", "html:alt 圖"],
        ),
        ("<aside>內容</aside>\n", ["html:paragraph 內容"]),
        ("<div hidden>甲</div>\n", []),
        ("<script>\n主\n</script>\n\n<!-- 甲 -->\n", []),
        ("<Card title='x'>\n主\n</Card>\n", []),
        ("<div a={b > 0}>\n主\n</div>\n", []),
        ("<div>\n```js\ncode\n```\n</div>\n", []),
        ("> <div>\n> 甲</div>\n", []),
    ],
)
def test_raw_html_in_markdown(source: str, expected: list[str]) -> None:
    found = Article("", "", tuple(markdown.read(source.encode())))
    assert [f"{unit.kind} {unit.text}" for unit in found.units] == expected
    assert rebuild.rebuild(markdown, found.pieces, lambda unit: unit.text) == source
    new = rebuild.rebuild(markdown, found.pieces, lambda unit: f"譯 *&* {unit.text}")
    again = Article("", "", tuple(markdown.read(new.encode())))
    html_units = [unit.text for unit in found.units if unit.kind.startswith("html:")]
    assert [u.text for u in again.units if u.kind.startswith("html:")] == [
        f"譯 *&* {text}" for text in html_units
    ]


def _pages(shared: Path) -> list[Path]:
    data = shared / "data"
    return [
        *sorted((data / "articles").rglob("*.html")),
        *sorted((data / "multi-format").glob("*.html")),
        *sorted((data / "malformed" / "html").glob("*.html")),
        shared / "cases" / "docs" / "page.html",
    ]


@pytest.mark.corpus
def test_real_pages(shared: Path) -> None:
    def translated(unit: Unit) -> str:
        codes = "".join(found.group() for found in tags.TAG.finditer(unit.text))
        return f"譯文“&”<b>{codes}"

    refused = []
    for path in _pages(shared):
        raw = path.read_bytes()
        try:
            pieces = tuple(html.read(raw))
        except BilingoError:
            refused.append(path.name)
            continue
        text = html.decode(raw)
        assert html.write(joined(pieces), raw) == raw, path
        new = html.write(rebuild.rebuild(html, pieces, translated), raw)
        names = [(one.form, one.name) for one in tokens(text) if one.form != "text"]
        again = [(one.form, one.name) for one in tokens(html.decode(new)) if one.form != "text"]
        assert again == names, path
    assert refused == ["meta-lies.html"]


@pytest.mark.corpus
@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("unclosed-everything", ["主頁<1/>捐款", "義工<1/>Home"]),
        ("really-big5", ["Home", "主頁捐款"]),
        ("script-style-hidden", ["Home", "捐款"]),
        ("entities", ["Home", "<b> &amp; \u00a0主頁\ufffd\ufffd\ufffd¬anentity; \u200b\u200d"]),
        ("inline-markup", ["Home", "主頁<1><2>捐款</2></1>，<3/>義工<4/>。", "Home"]),
        ("xhtml-doctype-entity", ["&x;主頁"]),
        ("deep-div", ["Home", "主頁"]),
        ("comment-storm", ["Home", "主頁"]),
        ("declaration-storm", ["Home", "主頁"]),
        ("data-uri", ["Home", "主頁"]),
        ("nested-tables-forms", ["Home", "主頁", "義工"]),
    ],
)
def test_malformed(shared: Path, name: str, expected: list[str]) -> None:
    raw = (shared / "data" / "malformed" / "html" / f"{name}.html").read_bytes()
    assert [unit.text for unit in article(raw).units] == expected
