"""What an author says to bilingo in comments, in every format that has them."""

from __future__ import annotations

import pytest

from bilingo.errors import BilingoError
from bilingo.formats import by_name
from bilingo.formats.rebuild import rebuild
from bilingo.model import Article, Unit


def pieces(name: str, text: str) -> tuple[str | Unit, ...]:
    found = tuple(by_name(name).read(text.encode()))
    assert "".join(p if isinstance(p, str) else p.raw for p in found) == text
    return found


def units(name: str, text: str) -> list[Unit]:
    return list(Article("", "en", pieces(name, text)).all_units)


OFF = [
    ("markdown", "A\n\n<!-- bilingo:off -->\n\nB ![b](x)\n\n- 乙\n\n<!-- bilingo:on -->\n\n甲\n"),
    ("markdown", "A\n\n{/* bilingo:off */}\n\nB\n\n| 乙 |\n|---|\n\n{/* bilingo:on */}\n\n甲\n"),
    ("markdown", "> A\n>\n> <!--bilingo:off-->\n>\n> B\n>\n> <!--bilingo:on-->\n\n甲\n"),
    ("markdown", "---\ntitle: A\n# bilingo:off\nsummary: B\n# bilingo:on\n---\n\n甲\n"),
    ("markdown", "<p>A</p>\n<!-- bilingo:off -->\n<p>B</p>\n<!-- bilingo:on -->\n<p>甲</p>\n"),
    ("html", "<p>A<!-- bilingo:off --><p>B<img alt='乙'></p><!-- bilingo:on --><p>甲"),
    ("webpage", "<p>A<!-- bilingo:off --><p title='乙'>B</p><!-- bilingo:on --><p>甲"),
    ("plain", "A\n<!-- bilingo:off -->\nB\n\n  乙\n<!-- bilingo:on -->\n甲\n"),
]


@pytest.mark.parametrize(("name", "text"), OFF)
def test_off_and_on(name: str, text: str) -> None:
    found = units(name, text)

    assert [u.text for u in found if not u.skip] == ["A", "甲"]
    assert {u.skip for u in found if u.text in ("B", "乙", "b")} == {"bilingo:off"}
    article_format = by_name(name)
    assert rebuild(article_format, pieces(name, text), lambda u: None) == text


KEPT = [
    (
        "markdown",
        "Take <!-- bilingo:off -->**Panadol** [α](x)<!-- bilingo:on --> now",
        "Take <1/> now",
    ),
    ("markdown", "服用{/* bilingo:off */}*Panadol*{/* bilingo:on */}兩粒", "服用<1/>兩粒"),
    ("markdown", 'Ask <span translate="no">Dr. *Ho* ![a](b)</span> ![c](d)', "Ask <1/> <2/>"),
    ("markdown", "向<b class='x notranslate'>Dr. Ho</b>查詢", "向<1/>查詢"),
    ("markdown", '**a <i translate="no">b** c</i>', "<1>a <2/>b</1> c<3/>"),  # they cross
    ("markdown", 'a <i translate="no">b', "a <1/>b"),
    ("markdown", "`<!-- bilingo:off -->` a `<!-- bilingo:on -->`", "<1/> a <2/>"),
    ("html", "Take <!-- bilingo:off --><b>Panadol</b> x<!-- bilingo:on --> now", "Take <1/> now"),
    ("html", "服用<!-- bilingo:off -->Panadol<!-- bilingo:on -->兩粒", "服用<1/>兩粒"),
    ("html", "向<b translate=no>Dr. Ho</b>查詢", "向<1/>查詢"),
]


@pytest.mark.parametrize(("name", "text", "expected"), KEPT)
def test_words_that_stay_as_they_are(name: str, text: str, expected: str) -> None:
    found = [u for u in units(name, text) if not u.skip]

    assert found[0].text == expected
    assert [u.text for u in found[1:]] == (["c"] if "![c]" in text else [])
    new = expected.replace("Take", "請服").replace("Ask", "請問")
    written = rebuild(by_name(name), pieces(name, text), lambda u: new if u is found[0] else None)
    assert units(name, written)[0].text in (new, expected)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("markdown", "<!-- bilingo:context 選單 -->\n<!-- bilingo:note a\nb -->\n\n甲\n\n甲\n"),
        ("markdown", "{/* bilingo:context 選單 */}\n\n{/* bilingo:note\n a b\n*/}\n\n甲\n\n甲\n"),
        ("markdown", "# 甲<!-- bilingo:context 選單 --><!-- bilingo:note a b -->\n\n甲\n"),
        ("markdown", "---\n# bilingo:context 選單\n# bilingo:note a b\ntitle: 甲\n---\n\n甲\n"),
        ("html", "<!-- bilingo:context 選單 --><p><!-- bilingo:note a  b -->甲</p><p>甲</p>"),
        ("plain", "<!-- bilingo:context 選單 -->\n<!-- bilingo:note a b -->\n甲\n\n甲\n"),
    ],
)
def test_context_and_note_are_for_the_next_text(name: str, text: str) -> None:
    first, second = units(name, text)

    assert first.text.startswith("甲")
    assert (first.msgctxt, first.note) == ("選單", "a b")
    assert (second.text, second.msgctxt, second.note) == ("甲", None, "")


def test_the_text_inside_an_image_is_next_too() -> None:
    found = units("markdown", "<!-- bilingo:note the opening -->\n\n![舞獅](a.jpg)\n\nText\n")

    assert [(u.text, u.note) for u in found] == [
        ("<1/>", ""),
        ("舞獅", "the opening"),
        ("Text", ""),
    ]


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("markdown", "甲\n\n<!-- bilingo:off -->\n\n乙\n", "3: bilingo:off is never closed"),
        ("markdown", "甲\r\n\r\n<!-- bilingo:on -->", "3: bilingo:on without a bilingo:off"),
        ("markdown", "<!-- bilingo:of -->\n\n甲", "1: unknown comment bilingo:of (known: context"),
        ("markdown", "甲\n\n<!-- bilingo:note x -->\n", "3: bilingo:note with no text after it"),
        ("markdown", "<!-- bilingo:note -->\n\n甲", "1: bilingo:note says nothing"),
        ("markdown", "甲\n\nA <!-- bilingo:off --> b\n", "3: bilingo:off inside a text (off and"),
        (
            "html",
            "<!-- bilingo:off -->\n<p>甲<!-- bilingo:off --><p>乙",
            "2: bilingo:off, and it is off since line 1",
        ),
        (
            "html",
            "<p>甲 <!-- bilingo:off --><b>x<!-- bilingo:on -->y</b> z",
            "1: bilingo:off inside a text",
        ),
        ("html", "<p>a<p>b\n<!-- bilingo:skip -->", "2: unknown comment bilingo:skip"),
        ("plain", "甲\n\n<!-- bilingo:off -->\n", "3: bilingo:off is never closed"),
    ],
)
def test_refused(name: str, text: str, message: str) -> None:
    with pytest.raises(BilingoError) as caught:
        units(name, text)

    assert str(caught.value).startswith(message)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("markdown", "甲\n\n```\n<!-- bilingo:off -->\n```\n"),
        ("markdown", "甲\n\n    <!-- bilingo:off -->\n"),
        ("html", "<p>甲<script>'<!-- bilingo:off -->'</script>"),
        ("plain", "甲 <!-- bilingo:off --> means off.\n"),
    ],
)
def test_shown_not_meant(name: str, text: str) -> None:
    assert [u.skip for u in units(name, text)] == [""]


@pytest.mark.parametrize(
    "piece", ["<!-- bilingo:note ", "{/* bilingo:off ", "{/*\n", "> {/* a\n\n", "<!-- bilingo:x\n"]
)
@pytest.mark.parametrize("name", ["markdown", "html", "plain"])
def test_traps_are_read(name: str, piece: str) -> None:
    pieces(name, "甲\n\n" + piece * (40_000 // len(piece)))
