from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilingo.errors import BilingoError
from bilingo.formats import frontmatter
from bilingo.model import Unit


def units(text: str, *keys: str) -> list[Unit]:
    return [p for p in frontmatter.read(text, keys) if isinstance(p, Unit)]


def joined(text: str) -> str:
    return "".join(p if isinstance(p, str) else p.raw for p in frontmatter.read(text))


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("---\ntitle: x\n---\n# Home", 17),
        ("---\r\ntitle: 主頁\r\n---\r\n\r\n# Home", 21),
        ("---\ntitle: x\n...\nbody", 17),
        ("---\n# comment\n\ntitle: x\n---", 27),
        ("+++\ntitle = 'x'\n+++\nbody", 20),
        ("---\n---\nbody", 8),
        ("---\ntitle: x\n\n# Home\n", 0),
        ("---\n\nJust a rule.\n\n---\n", 0),
        ("# Home\n\n---\n主頁\n\n---\n", 0),
        ("----\ntitle: x\n----\n", 0),
        ("", 0),
        ("---", 0),
    ],
)
def test_end(text: str, end: int) -> None:
    assert frontmatter.end(text) == end


VALUES = [
    ("Plain text", "Plain text", "純文字", "純文字"),
    ("no", "no", "不", "不"),
    ("Walk # a comment", "Walk", "步行", "步行"),
    ("Rock & roll: not", "Rock & roll: not", "甲", "甲"),
    ("Plain", "Plain", "時間: 九時", '"時間: 九時"'),
    ("Plain", "Plain", "[甲]", '"[甲]"'),
    ("Plain", "Plain", "yes", '"yes"'),
    ("Plain", "Plain", "2024", '"2024"'),
    ('"Say \\"hi\\" \\u4e2d"', 'Say "hi" 中', '說"好"\\', '"說\\"好\\"\\\\"'),
    ("'It''s free'", "It's free", "It's 免費", "'It''s 免費'"),
    ('"a: *b* [c]"', "a: *b* [c]", "甲", '"甲"'),
    (">-\n  Over 500\n  people.", "Over 500 people.", "逾五百人。", ">-\n  逾五百人。"),
    (">\n  香港的\n  基因", "香港的基因", "HK gene", ">\n  HK gene"),
    ("|\n  One\n\n  Two", "One\n\nTwo", "一\n二", "|\n  一\n  二"),
    ("one\n  two", "one two", "一二", "一二"),
    ('"one\n  two"', "one two", "一二", '"一二"'),
    ("Plain", "Plain", "甲\u2028乙", "甲 乙"),  # a line break to YAML 1.1
    ("'Plain'", "Plain", "甲\u2029乙\x85丙", "'甲 乙 丙'"),
    ('"Plain"', "Plain", "甲\u2028乙\u2029丙\x85", '"甲\\L乙\\P丙\\N"'),
    ("|\n  One", "One", "甲\u2028乙", "|\n  甲\n  乙"),
    ("Plain", "Plain", "甲\x1b[0m", '"甲\\u001b[0m"'),
    ("'Plain'", "Plain", "\ufeff甲", '"\\ufeff甲"'),
]


@pytest.mark.parametrize(("raw", "text", "translation", "written"), VALUES)
def test_scalars(raw: str, text: str, translation: str, written: str) -> None:
    source = f"---\ndate: 2024-11-02 # no\ntitle: {raw}\ntags: [a, 'b']\n---\n"
    (unit,) = units(source)
    assert unit.kind == "meta:title"
    assert unit.text == text
    assert frontmatter.render(unit, text) == unit.raw
    assert frontmatter.render(unit, translation) == written
    assert joined(source) == source


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@given(words=st.lists(st.text("a中: #'\"\\-[", min_size=1, max_size=8), min_size=1, max_size=3))
def test_written_values_read_back(newline: str, words: list[str]) -> None:
    text = " ".join(" ".join(words).split()) or "x"
    for style in ("x", '"x"', "'x'"):
        source = f"---{newline}title: {style}{newline}other: 1{newline}---{newline}"
        (unit,) = units(source)
        if text != "x":
            (again,) = units(source.replace(style, frontmatter.render(unit, text)))
            assert again.text == text


def test_keys_and_language() -> None:
    source = "---\nlang: zh-HK\ntitle: 甲\nsubtitle: 乙\nparams:\n  title: 丙\n---\n"
    assert [(u.kind, u.text, bool(u.skip)) for u in units(source)] == [
        ("lang", "zh-HK", True),
        ("meta:title", "甲", False),
    ]
    assert [u.text for u in units(source, "subtitle")] == ["zh-HK", "乙"]


@pytest.mark.parametrize(
    ("body", "line"),
    [
        ("a: &a [1]", 2),
        ("title: x\nb: *a", 3),
        ("title: !!python/object/apply:os.system [x]", 2),
        ("a:\n  b:\n    c: &x 1", 4),
        ("a:\n  - &x 1", 3),
        ("a: [b, *c]", 2),
        ("a: {b: !t c}", 2),
        ("x: " + "[" * 5000, 2),
        ("\n".join(" " * i + f"k{i}:" for i in range(30)), 22),
        ("a: [1,\n 2", 2),
        ("title: " + "長" * 70_000, 1),
    ],
)
def test_refused(body: str, line: int) -> None:
    with pytest.raises(BilingoError) as caught:
        units(f"---\n{body}\n---\n")
    assert caught.value.where == str(line) or body.startswith("a: [1") and caught.value.where


@pytest.mark.parametrize(
    "body",
    ["title: R&D *and* more!", "title: '&a'", "a: [x & y, 'b*']", "# &a\ntitle: 甲!", "x: |\n  &a"],
)
def test_not_refused(body: str) -> None:
    source = f"---\n{body}\n---\n"
    assert joined(source) == source
