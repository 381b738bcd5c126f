"""What the lexer makes of lines, and where it says it cannot."""

from __future__ import annotations

import pytest

from bilingo.errors import BilingoError
from bilingo.formats import po_lex
from bilingo.model import Entry


def parse(text: str, codec: str = "utf-8") -> list[Entry]:
    return po_lex.parse(text.split("\n"), codec)[0]


def strings(text: str, codec: str = "utf-8") -> list[tuple[str, tuple[str, ...]]]:
    return [(entry.msgid, entry.msgstr) for entry in parse(text, codec)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('msgid "Home"\nmsgstr "主頁"', [("Home", ("主頁",))]),
        ('msgid "聯絡"\r\nmsgstr "Contact"\r\n', [("聯絡", ("Contact",))]),
        ('msgid "" "a" "b"\n"c"\nmsgstr ""\n\n"主"\n"頁"', [("abc", ("主頁",))]),
        ('\tmsgid\t"a"\n  msgstr"b"', [("a", ("b",))]),
        ('msgid "a" msgstr "b"', [("a", ("b",))]),
        ('msgid "a"\rmsgstr "b"\r\r', [("a", ("b",))]),
        ('msgid "a"\nmsgid_plural "b"\nmsgstr[0]\n"甲"\nmsgstr[ 1 ] "乙"', [("a", ("甲", "乙"))]),
        (
            'msgid "a"\nmsgid_plural "b"\n' + "\n".join(f'msgstr[{n}] "形{n}"' for n in range(12)),
            [("a", tuple(f"形{n}" for n in range(12)))],
        ),
        (
            'msgid "a"\nmsgstr "主\u2028頁\x85\x0b\x0c\x1c"',
            [("a", ("主\u2028頁\x85\x0b\x0c\x1c",))],
        ),
        ('msgid "<<<<<<< HEAD"\nmsgstr "======= 文字"', [("<<<<<<< HEAD", ("======= 文字",))]),
        (r'msgid "\n\t\r\\\"\a\b\f\v"' + '\nmsgstr "b"', [('\n\t\r\\"\a\b\f\v', ("b",))]),
        (r'msgid "\\n"' + '\nmsgstr "許功蓋\\\\"', [("\\n", ("許功蓋\\",))]),
        (r'msgid "\33[\x1b"' + '\nmsgstr "\\1019\\7"', [("\x1b[\x1b", ("A9\7",))]),
        (r'msgid "a"' + '\nmsgstr "\\xe9\\xa6\\x96\\351\\240\\201頁"', [("a", ("首頁頁",))]),
        (
            '#~ msgid "a"\n#~ msgstr "b"\n#~msgid "c"\n#~msgstr "丁"',
            [("a", ("b",)), ("c", ("丁",))],
        ),
    ],
)
def test_strings(text: str, expected: list[tuple[str, tuple[str, ...]]]) -> None:
    assert strings(text) == expected


def test_escaped_bytes_are_of_the_files_charset() -> None:
    assert strings('msgid "許功蓋"\nmsgstr "\\xb5\\247主"', "big5") == [("許功蓋", ("筆主",))]


def test_everything_around_the_strings() -> None:
    (entry,) = parse(
        "#plain\n#  two spaces\n#\n#.tight\n#. 說明\n#: a.md:1 主頁.md a.md:1\n"
        "#: \u2068my file.md\u2069:7 \u2068b c\u2069\n#, fuzzy,c-format\n#= no-wrap, own:3\n"
        '#| msgctxt "舊"\n#| msgid ""\n#| "old"\n#| msgid_plural "olds"\n'
        'msgctxt "nav"\nmsgid "Home"\nmsgid_plural "Homes"\nmsgstr[0] "主頁"\n'
    )
    assert entry == Entry(
        msgid="Home",
        msgstr=("主頁",),
        msgctxt="nav",
        msgid_plural="Homes",
        flags=("fuzzy", "c-format", "no-wrap", "own:3"),
        apart=("no-wrap", "own:3"),
        comments=("plain", " two spaces", ""),
        extracted=("tight", "說明"),
        references=("a.md:1", "主頁.md", "my file.md:7", "b c"),
        previous="old",
        previous_ctxt="舊",
        previous_plural="olds",
        line=15,
    )


def test_obsolete_keeps_flags_and_previous() -> None:
    first, second = parse(
        '# 備註\n#, fuzzy\n#~| msgctxt "old"\n#~| msgid "Donate old"\n#~ msgctxt "new"\n'
        '#~ msgid "Donate"\n#~ msgstr "捐款"\n\n#~ # inner\n#~ #, fuzzy\n#~ msgid "b"\n#~ msgstr ""'
    )
    assert first.obsolete
    assert (first.fuzzy, first.comments) == (True, ("備註",))
    assert (first.previous, first.previous_ctxt) == ("Donate old", "old")
    assert (second.comments, second.flags, second.obsolete) == (("inner",), ("fuzzy",), True)


@pytest.mark.parametrize(
    ("lines", "spans", "comments"),
    [
        ("# 節|msgid 'a'|msgstr 'b'||", [(0, 3)], ["節"]),
        ("# section||# own|msgid 'a'|msgstr 'b'", [(2, 5)], ["own"]),
        ("# section||#, c-format||# own||msgid 'a'|msgstr 'b'", [(2, 8)], ["own"]),
        ("msgid 'a'|msgstr 'b'|msgid 'c'|msgstr|'丁'|# end", [(0, 2), (2, 5)], []),
    ],
)
def test_spans(lines: str, spans: list[tuple[int, int]], comments: list[str]) -> None:
    entries, found = po_lex.parse(lines.replace("'", '"').split("|"), "utf-8")
    assert found == spans
    assert [comment for entry in entries for comment in entry.comments] == comments


@pytest.mark.parametrize(
    ("text", "where", "what"),
    [
        ('msgid "主頁"\nmsgstr "a', "2:8", "closing quote"),
        ('msgid "主頁"', "1:1", "ends after msgid"),
        ('msgid "a"\nmsgstr', "2:1", "ends after msgstr"),
        ('msgid "a"\nmsgid "b"', "2:1", "msgid cannot follow msgid"),
        ('msgid "a"\nmsgstr "b"\nmsgstr "c"', "3:1", "msgstr cannot follow msgstr"),
        ('msgstr "b"', "1:1", "msgstr without a msgid"),
        ('msgid "a"\nmsgstr[0] "b"', "2:1", "cannot follow msgid"),
        ('msgid "a"\nmsgid_plural "b"\nmsgstr "c"', "3:1", "cannot follow msgid_plural"),
        ('msgid "a"\nmsgid_plural "b"\nmsgstr[1] "c"', "3:1", "msgstr[1]"),
        ('msgid "a"\nmsgid_plural "b"\nmsgstr[0] "c"\nmsgstr[7] "捐"', "4:1", "msgstr[7]"),
        ('msgid "a"\n# 註\nmsgstr "b"', "2:2", "comment inside"),
        ('msgid "a"\n#| msgid "b"\nmsgstr "c"', "2:4", "inside an entry"),
        ('msgid "a"\nmsgstr "b" # 註', "2:12", "comment behind a string"),
        ('msgid "a"\nmsgstr "b" msgid "c"\nmsgstr "d"', "2:12", "second entry on one line"),
        ('#~ msgid "a"\nmsgstr "b"', "2:1", "#~"),
        ('#| msgid "x"\n#~ msgid "a"\n#~ msgstr "b"', "2:4", "#~"),
        ('#~| msgid "x"', "1:1", "ends after #|"),
        ('msgid "主\\q"\nmsgstr ""', "1:9", "unknown escape"),
        ('msgid "a\\x"\nmsgstr ""', "1:9", "unknown escape"),
        ('msgid "a\\0"\nmsgstr ""', "1:9", "NUL"),
        ('msgid "a\\4"\nmsgstr ""', "1:8", "U+0004"),
        ('msgid "\\xe9"\nmsgstr ""', "1:8", "no characters"),
        ('"主頁"', "1:1", "belongs to nothing"),
        ('domain "other"', "1:1", "domain"),
        ("主頁", "1:1", "no part of a catalog"),
        ("\u3000", "1:1", "no part of a catalog"),
        ("msgidx", "1:1", "no part of a catalog"),
    ],
)
def test_refused_with_its_place(text: str, where: str, what: str) -> None:
    with pytest.raises(BilingoError) as caught:
        parse(text)
    assert what in caught.value.what
    assert caught.value.where == where
    assert caught.value.hint
