from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from bilingo.errors import BilingoError
from bilingo.formats import frontmatter, markdown, markdown_inline, markdown_text
from bilingo.formats.markdown_parser import parser
from bilingo.formats.markdown_places import Placed
from bilingo.formats.rebuild import rebuild
from bilingo.model import Article, Unit
from bilingo.text.tags import TAG

HTML = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def pieces(text: str, *keys: str) -> tuple[str | Unit, ...]:
    return tuple(markdown.read(text.encode(), keys=keys))


def units(text: str, *keys: str) -> tuple[Unit, ...]:
    return Article("", "en", pieces(text, *keys)).units


def kinds(text: str) -> list[tuple[str, str]]:
    return [(unit.kind, unit.text) for unit in units(text)]


def joined(found: tuple[str | Unit, ...]) -> str:
    return "".join(p if isinstance(p, str) else p.raw for p in found)


def translated(text: str, *pairs: str) -> str:
    """`text` with its units' texts (even items) replaced by the odd items."""
    known = dict(zip(pairs[::2], pairs[1::2], strict=True))
    return rebuild(markdown, pieces(text), lambda unit: known.get(unit.text))


BLOCKS = [
    (
        "import {\n  A,\n} from 'x'\n\nexport const m = {\n  a: 'b',\n\n  c: 1,\n}\n\n主頁",
        [("paragraph", "主頁")],
    ),
    (
        "export goods to {a}.\n\n{a} and {b} 甲",
        [("paragraph", "export goods to {a}."), ("paragraph", "{a} and {b} 甲")],
    ),
    ("{props.list.map((x) => <li>{x} text</li>)}\n\n主頁", [("paragraph", "主頁")]),
    (
        "export const broken = {\n\n主頁",
        [("paragraph", "export const broken = {"), ("paragraph", "主頁")],
    ),
    ("<Release.Box />\n\n主頁", [("paragraph", "主頁")]),
    # white space that makes no blank line
    ("\u3000\nSee [here](/a) **now**.", [("paragraph", "See <1>here</1> <2>now</2>.")]),
    ("甲\n\n\xa0\n\u2003\n乙**丙**\n", [("paragraph", "甲"), ("paragraph", "乙<1>丙</1>")]),
    ("> \u3000\n> 甲。\n", [("paragraph", "甲。")]),
    ("- \u3000\n  a `b`\n- 乙\n", [("item", "a <1/>"), ("item", "乙")]),
    ("\u3000\n題目\n===\n", [("setext", "題目")]),
    ("# Home  {#home}\n\nText.", [("heading", "Home"), ("paragraph", "Text.")]),
    ("## 主頁 ##\n### # #", [("heading", "主頁")]),
    ("Home\n====\n\n主頁\n----", [("setext", "Home"), ("setext", "主頁")]),
    (
        "- one\n\n  more\n- 二\n    1. three",
        [("item", "one"), ("paragraph", "more"), ("item", "二"), ("item", "three")],
    ),
    ("- [ ] task\n- [x] 完成", [("item", "task"), ("item", "完成")]),
    (
        "| a | b \\| c |\n|---|---|\n| 甲 | `x\\|y` z |",
        [("cell", "a"), ("cell", "b | c"), ("cell", "甲"), ("cell", "<1/> z")],
    ),
    ("> | a |\n> |---|\n> | a |", [("cell", "a"), ("cell", "a")]),
    ("a | b\n--|--\nb | a", [("cell", "a"), ("cell", "b"), ("cell", "b"), ("cell", "a")]),
    (
        "Term\n: What it means\n\n詞\n: 意思",
        [("term", "Term"), ("definition", "What it means"), ("term", "詞"), ("definition", "意思")],
    ),
    (
        "x[^1]\n\n[^1]: 註腳。\n[a]: /b 'T'",
        [("paragraph", "x<1/>"), ("footnote", "註腳。"), ("link-title", "T")],
    ),
    ("> quote\nlazy\n> > 深", [("paragraph", "quote lazy"), ("paragraph", "深")]),
    ("```\ncode\n```\n\n    code\n\n<div>\nx\n</div>\n\n***", [("html:paragraph", "x")]),
    (
        "<Box />\n\n{{< note >}}\n甲\n{{< /note >}}\n\n:::tip 提示\nText\n:::\n",
        [("paragraph", "甲"), ("paragraph", "Text")],
    ),
    (
        "import X from './x'\n\nImport duties rise from 'here'.",
        [("paragraph", "Import duties rise from 'here'.")],
    ),
    ("---\ntitle: 甲\nlang: zh\n---\n\n乙", [("meta:title", "甲"), ("paragraph", "乙")]),
    ("---\ntitle: x\n\n# Home", [("paragraph", "title: x"), ("heading", "Home")]),
    ("　　縮排的段落。", [("paragraph", "縮排的段落。")]),
    ("![舞獅](a.jpg 'Opening')", [("alt", "舞獅"), ("link-title", "Opening")]),
    ("***", []),
    ("", []),
]

# Every feature of an editor's Markdown: a small page, the texts in it, and after a translation of
# each into 「N」 the page again, where all that is no text is as it was.
FEATURES = {
    "GFM table": (
        "| A `c` | B |\n|:--|--:|\n| 甲 \\| 乙 | ![圖](x) |\n",
        ["A <1/>", "B", "甲 | 乙", "圖"],
        "| 「0」`c` | 「1」 |\n|:--|--:|\n| 「2」 | ![「3」](x) |\n",
    ),
    "footnotes": (
        "Text[^a] 文。\n\n[^a]: Note *a*.\n\n    More 多。\n",
        ["Text<1/> 文。", "Note <1>a</1>.", "More 多。"],
        "「0」[^a]\n\n[^a]: 「1」*a*\n\n    「2」\n",
    ),
    "task lists": (
        "- [ ] One\n* [x]  二\n1. [X] Three\n",
        ["One", "二", "Three"],
        "- [ ] 「0」\n* [x]  「1」\n1. [X] 「2」\n",
    ),
    "definition lists": (
        "Term 詞\n:   What\n\n    More\n~   Or\n",
        ["Term 詞", "What", "More", "Or"],
        "「0」\n:   「1」\n\n    「2」\n~   「3」\n",
    ),
    "attributes": (
        "# Home {#home .x}\n\n主頁 {: .y }\n=======\n\nText{.z}\n{: .note}\n",
        ["Home", "主頁", "Text<1/>"],
        "# 「0」 {#home .x}\n\n「1」 {: .y }\n=======\n\n「2」{.z}\n{: .note}\n",
    ),
    "MDX": (
        (
            "import X from './x'\n\n# Home\n\n"
            "<Box a={1}>\n\n主頁 <Icon n='a' />\n\n</Box>\n\n{/* c */}\n"
        ),
        ["Home", "主頁 <1/>"],
        (
            "import X from './x'\n\n# 「0」\n\n"
            "<Box a={1}>\n\n「1」<Icon n='a' />\n\n</Box>\n\n{/* c */}\n"
        ),
    ),
    "Hugo": (
        '{{< figure src="a" >}}\n\nSee {{< ref "x" >}} 甲\n\n{{% note %}}\nText\n{{% /note %}}\n',
        ["See <1/> 甲", "Text"],
        '{{< figure src="a" >}}\n\n「0」{{< ref "x" >}}\n\n{{% note %}}\n「1」\n{{% /note %}}\n',
    ),
    "HTML": (
        (
            "<details open>\n<summary>More 多</summary>\n\n"
            "Text <b>甲</b>\n\n</details>\n\n<!-- no -->\n"
        ),
        ["More 多", "Text <1>甲</1>"],
        "<details open>\n<summary>「0」</summary>\n\n「1」<b>甲</b>\n\n</details>\n\n<!-- no -->\n",
    ),
    "front matter": (
        "---\n# kept\ntitle: 'A' # c\nweight: 1\nsummary: \"甲\"\ntags: [A]\n---\n\nA\n",
        ["A", "甲", "A"],
        "---\n# kept\ntitle: '「0」' # c\nweight: 1\nsummary: \"「1」\"\ntags: [A]\n---\n\n「2」\n",
    ),
    "TOML front matter": (
        "+++\ntitle = 'A'\n+++\n\nA 甲\n",
        ["A 甲"],
        "+++\ntitle = 'A'\n+++\n\n「0」\n",
    ),
    "code": (
        "A `b`\n\n~~~ py\nc\n~~~\n\n\tcode\n\n<https://a.hk>\n",
        ["A <1/>", "<1>https://a.hk</1>"],
        "「0」`b`\n\n~~~ py\nc\n~~~\n\n\tcode\n\n<https://a.hk>\n",
    ),
    "references": (
        '[A][r] [b] 甲\n\n[r]: <x y> "T"\n[b]: /b\n',
        ["<1>A</1> <2>b</2> 甲", "T"],
        '「0」[A][r][b][b]\n\n[r]: <x y> "「1」"\n[b]: /b\n',
    ),
    "titles": (
        "[A](x 'T') ![甲](y \"U\")\n",
        ["<1>A</1> <2/>", "T", "甲", "U"],
        "「0」[A](x '「1」')![「2」](y \"「3」\")\n",
    ),
    "lists in quotes": (
        "> - A\n>   b\n>\n>   > 甲\n>   > 1. c\n",
        ["A b", "甲", "c"],
        "> - 「0」\n>\n>   > 「1」\n>   > 1. 「2」\n",
    ),
    "tabs": ("-\tA\n\n\t甲\n\n>\tB\n", ["A", "甲", "B"], "-\t「0」\n\n\t「1」\n\n>\t「2」\n"),
    "setext and rules": (
        "A\n甲\n---\n\n***\nB\n===\n",
        ["A 甲", "B"],
        "「0」\n---\n\n***\n「1」\n===\n",
    ),
    "comment in text": (
        "A <!-- c --> 甲\n\n<!--\nno\n-->\nB\n",
        ["A <1/> 甲", "B"],
        "「0」<!-- c -->\n\n<!--\nno\n-->\n「1」\n",
    ),
    "strikethrough": ("~~A~~ 甲\n", ["<1>A</1> 甲"], "「0」~~A~~\n"),
}


@pytest.mark.parametrize("name", FEATURES)
def test_features(name: str) -> None:
    source, expected, written = FEATURES[name]
    found = units(source)

    assert [unit.text for unit in found] == expected
    assert joined(pieces(source)) == source
    places = {unit.id: number for number, unit in enumerate(found)}

    def translate(unit: Unit) -> str | None:
        if unit.skip or "://" in unit.text:
            return None
        codes = re.finditer(r"<(\d+)>.*?</\1>|<\d+/>", unit.text)
        return f"「{places[unit.id]}」" + "".join(code.group() for code in codes)

    assert rebuild(markdown, pieces(source), translate) == written


INLINE = [
    ("See <Tabs.Item a='b'>頁 <A.B /></Tabs.Item>", "See <1>頁 <2/></1>"),
    ("See [our guide](/en/guide).", "See <1>our guide</1>."),
    ("請參閱[指南][g]。\n\n[g]: /x", "請參閱<1>指南</1>。"),
    ("A **bold *and* em** ~~gone~~", "A <1>bold <2>and</2> em</1> <3>gone</3>"),
    ("用 `a*b` 及 <br> <b>粗</b><!-- c -->", "用 <1/> 及 <2/> <3>粗</3><4/>"),
    ("a\\\nb  \nc", "a<1/>b<2/>c"),
    ("香港的\n基因，\nHong\nKong **中\n文**", "香港的基因， Hong Kong <1>中文</1>"),
    ("A &amp; B \\* &#20013; &copy;", "A & B * 中 ©"),
    ("a <1> b </2> <3/>", "a <1/> b <2/> <3/>"),
    ("a \\<1>", "a <1/>"),
    ("<https://a.hk/%E4%B8%AD?x=1> <a@b.hk>", "<1>https://a.hk/%E4%B8%AD?x=1</1> <2>a@b.hk</2>"),
    ("{{< ref \"x\" >}} 甲 {% y %}", "<1/> 甲 <2/>"),
    ("[![舞](a.png)](b \"T\") 文", "<1><2/></1> 文"),
    ("2 * 3 = 6_x_y", "2 * 3 = 6_x_y"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), BLOCKS)
def test_blocks(text: str, expected: list[tuple[str, str]]) -> None:
    assert kinds(text) == expected
    assert joined(pieces(text)) == text


@pytest.mark.parametrize("newline", ["\r\n", "\r"])
@pytest.mark.parametrize(("text", "expected"), BLOCKS)
def test_blocks_with_other_line_ends(
    text: str, expected: list[tuple[str, str]], newline: str
) -> None:
    text = text.replace("\n", newline)
    assert kinds(text) == expected
    assert joined(pieces(text)) == text


@pytest.mark.parametrize(("text", "expected"), INLINE)
def test_inline(text: str, expected: str) -> None:
    assert units(text)[0].text == expected


@pytest.mark.parametrize(
    ("source", "text", "translation", "expected"),
    [
        ("**Free** “x”", "<1>Free</1> “x”", "<1>「免費」</1>檢測", "<strong>「免費」</strong>檢測"),
        ("*Now*! a", "<1>Now</1>! a", "<1>立即！</1>致電", "<em>立即！</em>致電"),
        ("~~Now~~ a", "<1>Now</1> a", "<1>「甲」</1>乙", "<del>「甲」</del>乙"),
        ("_LTS_ b", "<1>LTS</1> b", "這是<1>長期</1>版", "這是*長期*版"),
        ("__b__ c", "<1>b</1> c", "<1>粗</1>體", "**粗**體"),
        ("a **b** c", "a <1>b</1> c", "甲<1>乙</1>丙", "甲**乙**丙"),
        ("Plan", "Plan", "# 計劃", "\\# 計劃"),
        ("Plan", "Plan", "#計劃", "#計劃"),
        ("Plan", "Plan", "1. 計劃", "1\\. 計劃"),
        ("# Plan", "Plan", "1. 計劃", "# 1. 計劃"),
        ("# Plan", "Plan", "計劃 #", "# 計劃 \\#"),
        ("Plan", "Plan", "> 5 人", "\\> 5 人"),
        ("Plan", "Plan", "- 甲", "\\- 甲"),
        ("Plan", "Plan", "+ 甲", "\\+ 甲"),
        ("Plan", "Plan", "===", "==="),
        ("Plan", "Plan", "---", "\\---"),
        ("Plan", "Plan", "```", "\\```"),
        ("Plan", "Plan", "2 * 3 = 6, a_b, 3 < 5 & 6", "2 * 3 = 6, a_b, 3 < 5 & 6"),
        ("Plan", "Plan", "*重要*", "\\*重要*"),
        ("Plan", "Plan", "&amp; <b>", "\\&amp; \\<b>"),
        ("Plan", "Plan", "見[指南](x)", "見\\[指南](x)"),
        ("Plan", "Plan", "C:\\#a", "C:\\\\#a"),
        ("Plan", "Plan", "第一\n第二\nthird", "第一第二 third"),
        ("Plan", "Plan", "<5/>甲", "<5/>甲"),
        ("Plan!", "Plan!", "<div>甲", "\\<div>甲"),
        ("A [b](c).", "A <1>b</1>.", "甲!<1>乙</1>", "甲\\![乙](c)"),
        ("A [b](c).", "A <1>b</1>.", "<1>乙]丙</1>", "[乙\\]丙](c)"),
        ("[g] x\n\n[g]: /y", "<1>g</1> x", "<1>指南</1>", "[指南][g]\n\n[g]: /y"),
        ("> a\\\n> b", "a<1/>b", "甲<1/># 乙", "> 甲\\\n> \\# 乙"),
        ("- a  \n  b", "a<1/>b", "甲 <1/> 乙", "- 甲  \n  乙"),
        ("> a\nb *c*", "a b <1>c</1>", "甲<1>乙</1>", "> 甲*乙*"),
        ("| a |\n|---|", "a", "甲|乙", "| 甲\\|乙 |\n|---|"),
        ("| `a\\|b` c |\n|---|", "<1/> c", "甲<1/>", "| 甲`a\\|b` |\n|---|"),
        ("| a |\n|---|", "a", "甲\n乙", "| 甲乙 |\n|---|"),
        ("<https://a.hk/en>", "<1>https://a.hk/en</1>", "見<1>http://a?a*b*</1>。", "見<http://a?a*b*>。"),
        ("甲 *乙* 丙", "甲 <1>乙</1> 丙", "<1>A</1>b c", "*A*b c"),
        ("甲_乙", "甲_乙", "_a_ b", "\\_a_ b"),
        ("Home\n====", "Home", "主頁", "主頁\n===="),
        ("# Home {#h}", "Home", "主頁", "# 主頁 {#h}"),
    ],
)  # fmt: skip
def test_rendering(source: str, text: str, translation: str, expected: str) -> None:
    assert translated(source, text, translation) == expected


@pytest.mark.parametrize(
    ("source", "pairs", "expected"),
    [
        ("a ![Dance](a.jpg) b", ("Dance", "舞獅"), "a ![舞獅](a.jpg) b"),
        ("a ![Dance](a.jpg) b", ("a <1/> b", "甲<1/>"), "甲![Dance](a.jpg)"),
        ("a ![D](D 'D') b", ("D", "舞]'", "a <1/> b", "<1/>"), "![舞\\]'](D '舞]\\'')"),
        ("soft\nwrap ![D](x)", ("D", "舞"), "soft\nwrap ![舞](x)"),
        ('> [a\n> b](c "T") ![D](e)', ("T", "題", "D", "舞"), '> [a\n> b](c "題") ![舞](e)'),
        (
            "[![D](x 'T')](y 'T2')",
            ("D", "舞", "T", "題", "T2", "題二"),
            "[![舞](x '題')](y '題二')",
        ),
        ("![D][d]\n\n[d]: /x (T)", ("D", "舞", "T", "題"), "![舞][d]\n\n[d]: /x (題)"),
        ("![D] x\n\n[D]: /x", ("D", "舞", "<1/> x", "甲<1/>"), "甲![舞][D]\n\n[D]: /x"),
        ("| ![D](x) b |\n|---|", ("D", "舞|獅", "<1/> b", "<1/>"), "| ![舞\\|獅](x) |\n|---|"),
    ],
)
def test_inner_units(source: str, pairs: tuple[str, ...], expected: str) -> None:
    assert translated(source, *pairs) == expected


@pytest.mark.parametrize(
    ("source", "text", "translation"),
    [
        ("A **b**", "A <1>b</1>", "甲</1><1>乙"),
        ("A **b**", "A <1>b</1>", "甲<1>乙"),
        ("a\\\nb", "a<1/>b", "甲<1/>"),
        ("See <https://a.hk>.", "See <1>https://a.hk</1>.", "見<1>網 頁</1>。"),
        ("Plan", "Plan", " \n"),
        ("Line\n\nPlan", "Plan", ""),
    ],
)
def test_what_cannot_be_written(source: str, text: str, translation: str) -> None:
    with pytest.raises(BilingoError) as caught:
        translated(source, text, translation)
    assert ":" in caught.value.where


ALPHABET = [
    *"a中1 *_`[]()<>!#-+|:&;~\\.\"'",
    "「",
    "。",
    "\n",
    "\n\n",
    "> ",
    "- ",
    "](b)",
    "&amp;",
    "<1>",
]


@given(st.lists(st.sampled_from(ALPHABET), max_size=40).map("".join))
def test_any_text_is_read_and_joined(text: str) -> None:
    found = pieces(text)
    assert joined(found) == text
    assert rebuild(markdown, found, lambda unit: unit.text) == text


@given(st.lists(st.sampled_from(ALPHABET), min_size=1, max_size=20).map("".join))
@pytest.mark.parametrize("frame", ["{}", "# {}", "> - {}", "| {} |\n|---|"])
def test_any_plain_text_can_be_written(frame: str, text: str) -> None:
    text = " ".join(TAG.sub("", text).split())
    if not any(map(str.isalnum, text)) or TAG.search(text):
        return
    written = translated(frame.format("Plan"), "Plan", text)
    assert [unit.text for unit in units(written)] == [text]


def test_ids_places_and_neighbours() -> None:
    found = units("# 甲\n\nSee ![D](x).\n\n甲\n")
    assert [(u.line, u.column, u.text) for u in found] == [
        (1, 3, "甲"),
        (3, 1, "See <1/>."),
        (3, 7, "D"),
        (5, 1, "甲"),
    ]
    assert found[3].id == found[0].id + "-2"
    assert (found[1].context.kind, found[1].context.prev, found[1].context.next) == (
        "paragraph",
        "甲",
        "甲",
    )
    assert found[1].id == units("New.\n\n# 甲\n\nSee ![D](x).")[2].id


def test_keys() -> None:
    text = "---\ntitle: 甲\nsubtitle: 乙\n---\n"
    assert [u.text for u in units(text, "subtitle")] == ["乙"]


@pytest.mark.parametrize(
    "text", ["\ufeff---\r\ntitle: x\r\n---\r\n\r\n# 主頁\r\n", "# a\r\rb\n\nc"]
)
def test_bytes_survive(text: str) -> None:
    raw = text.encode()
    assert markdown.write(joined(tuple(markdown.read(raw))), raw) == raw


@pytest.mark.parametrize(
    "piece",
    [
        "<",
        "{%",
        "{{<",
        "|",
        "`",
        " `` ",
        "&a",
        " {#",
        "\\",
        "~",
        "<!--",
        "^[",
        "[^a]:",
        "[^",
        "![",
        "[a](b) ",
        "<a></b>",
        "> ",
        "a\n",
        "\n\nexport const a = {",
        "<A.B ",
        "{a",
    ],
)
def test_traps_are_read(piece: str) -> None:
    text = "甲" + piece * (20_000 // len(piece))
    assert joined(pieces(text)) == text


def pseudo(text: str) -> str:
    """Chinese around the same tags; addresses stay."""
    out, position = "", 0
    for found in TAG.finditer(text):
        run = text[position : found.start()]
        out += (
            run if not run.strip() or "://" in run or "@" in run else "「譯文」"
        ) + found.group()
        position = found.end()
    return out + ("譯文（一）" if text[position:].strip() else text[position:])


def structure(text: str) -> list[str]:
    return [t.type + t.markup for t in parser().parse(text[frontmatter.end(text) :], {})]


@pytest.mark.corpus
def test_real_articles(shared: Path) -> None:
    files = [
        path
        for folder in ("articles", "multi-format")
        for path in (shared / "data" / folder).rglob("*.md*")
    ]
    assert len(files) > 200
    for path in files:
        raw = path.read_bytes()
        found = tuple(markdown.read(raw))
        source = joined(found)
        assert markdown.write(rebuild(markdown, found, lambda u: u.text), raw) == raw, path
        assert not [u for u in found if isinstance(u, Unit) and "located" in u.skip], path
        new = rebuild(markdown, found, lambda u: None if u.skip else pseudo(u.text))
        assert structure(new) == structure(source), path


@pytest.mark.corpus
def test_inline_cases(shared: Path) -> None:
    table = (shared / "cases/docs/inline_markup.tsv").read_text("utf-8").replace("⏎", "\n\\")
    lines = table.replace("\n\\", "\0").splitlines()
    for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
        source, msgid, translation, expected, _ = (v.replace("\0", "\n") for v in row.values())
        assert units(source)[0].text == msgid
        written = translated(source, msgid, translation, "Lion dance", "舞獅")
        assert HTML.render(written) == HTML.render(expected)


@pytest.mark.corpus
def test_malformed(shared: Path) -> None:
    refused = {"conflict-markers", "not-utf8", "nul-and-controls", "yaml-bomb", "yaml-deep"}
    refused |= {"yaml-python-tag"}
    for path in sorted((shared / "data/malformed/md").iterdir()):
        raw = path.read_bytes()
        try:
            assert markdown.write(joined(tuple(markdown.read(raw))), raw) == raw
            assert path.stem not in refused
        except BilingoError as error:
            assert path.stem in refused
            assert error.where  # noqa: PT017 - either outcome is checked


@pytest.mark.parametrize("translation", ["附有註<1/>。", "<1/>註", "Note<1/> here."])
def test_a_footnote_reference_is_no_link(translation: str) -> None:
    unit = next(p for p in markdown.read(b"A note[^1].\n\n[^1]: Text.\n") if not isinstance(p, str))

    assert markdown.render(unit, translation) == translation.replace("<1/>", "[^1]")


@given(st.text(st.sampled_from("ab 1.,;?()/%+'\"-“”，。（）「」é\u3000\xa0主頁"), max_size=12))
def test_text_without_markup_needs_no_parser(text: str) -> None:
    """What `parse` hands back at once is what the parser would say."""
    placed = Placed(text, text, ((0, 0),))
    parts, spots = markdown_inline.parts(placed, {})
    assert (["".join(map(str, parts))], spots) == markdown_text.parse(placed, {})


@pytest.mark.parametrize("block", ["Title\n---\n", "標題\n---\n", "Term\n\n: 解釋\n\n", "a\nb\n\n"])
def test_a_block_is_placed_among_its_own_lines(monkeypatch: pytest.MonkeyPatch, block: str) -> None:
    # All lines below each block, and the time grew with the square of the article.
    given: list[int] = []
    place = markdown_text.place
    monkeypatch.setattr(markdown_text, "place", lambda *a: (given.append(len(a[2])), place(*a))[1])
    text = block * 50
    assert len(units(text)) >= 50
    assert sum(given) <= text.count("\n")


@pytest.mark.parametrize("text", ["![cat](a) ", "![貓](a)和"])
def test_a_text_with_more_codes_than_tags_can_number_is_left_out(text: str) -> None:
    raw = (text * 10_000).rstrip().encode()
    (unit,) = (piece for piece in markdown.read(raw) if not isinstance(piece, str))
    assert (unit.skip, unit.raw.encode()) == ("has more than 9999 codes", raw)
