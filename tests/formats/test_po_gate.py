"""What a catalog is refused for, where, and what it is accepted in spite of."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilingo.errors import BilingoError
from bilingo.formats import mo, po

HEAD = b'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
MORE = '\nmsgid "Home"\nmsgstr "主頁"\n'.encode()
CATS = b'\nmsgid "%d cat"\nmsgid_plural "%d cats"\n'
FORMS = 'msgstr[0] "一隻貓"\nmsgstr[1] "%d隻貓"\n'.encode()


def plural(rule: str) -> bytes:
    return HEAD + f'"Plural-Forms: {rule}\\n"\n'.encode() + MORE


@pytest.mark.parametrize(
    ("raw", "where", "what"),
    [
        (b"", "1:1", "empty"),
        (b"\0" * 512, "1:1", "empty"),
        (b" \r\n\t\n", "1:1", "empty"),
        (b"# only a comment\n", "1:1", "no entry"),
        (b"<!DOCTYPE html><html>", "1:1", "HTML"),
        ("\ufeff<html>主頁</html>".encode(), "1:1", "HTML"),
        (HEAD.decode().encode("utf-16"), "1:1", "UTF-16"),
        (mo.write(po.read(HEAD + MORE).entries), "1:1", "compiled catalog"),
        (b"\x95\x04\x12\xde\0\0", "1:1", "compiled catalog"),
        (HEAD + "\nmsgid \"a\"\nmsgstr \"主\0\"".encode(), "6:10", "NUL"),
        (HEAD + MORE + MORE, "8:1", "line 5 and line 8"),
        (HEAD + MORE + b"\n" + HEAD, "8:1", "second header: line 1 and line 8"),
        (HEAD + "\nmsgid \"a\"\nmsgstr \"主".encode() + b"\xe4\xb8", "6:10", "0xe4"),
        (HEAD + b"\n<<<<<<< HEAD" + MORE, "5:1", "<<<<<<< in line 5"),
        (HEAD + MORE + b"||||||| base\n", "7:1", "||||||| in line 7"),
        (HEAD + MORE + b"=======\n>>>>>>> b\n", "7:1", "in line 7, >>>>>>> in line 8"),
        (HEAD.replace(b"UTF-8", b"zlib_codec"), "3:36", "zlib_codec"),
        (HEAD.replace(b"UTF-8", b"UTF-7"), "3:36", "UTF-7"),
        ("# 標題\r\n".encode() + HEAD.replace(b"UTF-8", b"UTF-7"), "4:36", "UTF-7"),
        (HEAD.replace(b"\"Con", b"\"A: 1\\nCon"), "3:8", "cannot be told"),
        (HEAD.replace(b"UTF-8", b"ASCII") + MORE, "6:9", "is not ASCII"),
        (plural("nplurals=0; plural=0;"), "4:2", "nplurals=0"),
        (plural("nplurals=101; plural=0;"), "4:2", "nplurals=101"),
        (plural("nplurals=" + "9" * 5000 + "; plural=0;"), "4:2", "nplurals=999"),
        (plural("nplurals=1; plural=exit();"), "4:2", "no rule"),
        (plural("nplurals=x; plural=0;"), "4:2", "nplurals=x"),
        (plural("nplurals=1; plural=n;"), "4:2", "form 1 for n = 1"),
        (plural("nplurals=2; plural=n-1;"), "4:2", "form -1 for n = 0"),
        (plural("nplurals=2; plural=n==1000 ? 7 : 0;"), "4:2", "form 7 for n = 1000"),
        (plural("nplurals=2; plural=1/n;"), "4:2", "divides by zero"),
        (plural("nplurals=1; plural=" + "(" * 900 + "n" + ")" * 900), "4:2", "no rule"),
    ],
)  # fmt: skip
def test_refused(raw: bytes, where: str, what: str) -> None:
    with pytest.raises(BilingoError) as caught:
        po.read(raw)
    assert caught.value.where == where
    assert what in caught.value.what


@pytest.mark.parametrize(
    ("raw", "line", "message"),
    [
        (HEAD + MORE, None, ""),
        (HEAD.replace(b"\n", b"\r\n") + MORE.replace(b"\n", b"\r\n"), None, ""),
        (plural("nplurals=INTEGER; plural=EXPRESSION;"), None, ""),
        (b"\xef\xbb\xbf" + HEAD, 1, "byte-order mark"),
        (MORE, 1, "no charset"),
        (HEAD.replace(b"UTF-8", b"CHARSET") + MORE, 1, "no charset"),
        (HEAD + MORE.replace(b"\n", b"\r\n"), 0, "mixed"),
        (HEAD + MORE + b"\r", 0, "carriage return alone"),
        (HEAD + MORE.replace("主".encode(), b"\x1b"), 6, "U+001B control"),
        (HEAD + MORE.replace("主".encode(), "\u202e\u202e".encode()), 6, "OVERRIDE, 2 times"),
        (HEAD + MORE.replace("主".encode(), "\ue000".encode()), 6, "private use"),
        (HEAD + MORE.replace("主".encode(), "\ufdd0".encode()), 6, "noncharacter"),
        (HEAD + MORE + '\n#~ msgid "Home"\n#~ msgstr "家"\n'.encode(), 8, "line 5"),
        (plural("nplurals=7; plural=n%7;"), 4, "7 plural forms"),
        (plural("nplurals=2; plural=n==1001 ? 7 : 0;"), None, ""),
        (plural("") + CATS + b'msgstr[0] "\xe8\xb2\x93"\n', 9, "no rule for them"),
        (plural("nplurals=2; plural=n>1;") + CATS + b'msgstr[0] "a"\n', 9, "no msgstr[1]"),
        (plural("nplurals=1; plural=0;") + CATS + FORMS, 9, "msgstr[1] where"),
        (plural("nplurals=2; plural=n>1;") + CATS + FORMS, None, ""),
    ],
)
def test_accepted_with_a_word(raw: bytes, line: int | None, message: str) -> None:
    warnings = po.read(raw).warnings
    assert len(warnings) == (line is not None)
    for warning in warnings:
        assert warning.line == line
        assert message in warning.message


RULES = [
    "nplurals=1; plural=0;", "nplurals=1; plural=n;", "nplurals=2; plural=n;",
    "nplurals=2; plural=n!=1", "nplurals=2;plural=n>1;", "nplurals=2 plural=n>1;",
    "plural=0; nplurals=1;", "nplurals=1; plural=0; nplurals=2;", "nplurals=1; plural=0;;",
    "nplurals=2; plural=n>2000 ? 7 : 0;", "nplurals=2; plural=n==1000 ? 7 : 0;",
    "nplurals=2; plural=n==1001 ? 7 : 0;", "nplurals=2; plural=1/n;", "nplurals=2; plural=n%n;",
    "nplurals=2; plural=n==1 ? 0 : n/0;", "nplurals=2; plural=0 && n/0;",
    "nplurals=2; plural=n-1;", "nplurals=2; plural=(n-1)/1000;", "nplurals=3; plural=(n-2)%3;",
    "nplurals=2; plural=-n;", "nplurals=2; plural=!n;", "nplurals=2; plural=n ? 1 : 0;",
    "nplurals=2; plural=n=1;", "nplurals=2; plural=n&1;", "nplurals=2; plural=0 1;",
    "nplurals=1; plural=;", "nplurals=x; plural=0;", "nplurals=0; plural=0;", "nplurals=1",
    "plural=0", "", "nplurals=1; Plural=0;", "nplurals=2; plural=n*18446744073709551616>0;",
    "nplurals=3; plural=n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2;",
    "nplurals=6; plural=n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 ? 3 : n%10>1 ? 4 : 5;",
]  # fmt: skip
"""Plural-Forms that msgfmt and we must agree on."""
ALONE = {
    "nplurals=INTEGER; plural=EXPRESSION;": (False, "a template's"),
    "nplurals=101; plural=0;": (True, "more forms than any language"),
    "nplurals=2; plural=n||1;": (True, "Python's gettext gives n itself, and finds no such form"),
    "nplurals=1; plural=n>=0-1;": (True, "Python's -1 is less than 0, C's is not"),
}
"""Plural-Forms that only one refuses: whether that is us, and why."""


@pytest.mark.clients
@pytest.mark.skipif(not shutil.which("msgfmt"), reason="no msgfmt")
@pytest.mark.parametrize("rule", [*RULES, *ALONE])
@pytest.mark.parametrize("some", [0, 1, 2, 6])
def test_plural_rules_as_msgfmt(rule: str, some: int, tmp_path: Path) -> None:
    forms = "".join(f'msgstr[{n}] "貓"\n' for n in range(some)).encode()
    raw = plural(rule) + (CATS + forms if some else b"")
    path = tmp_path / "a.po"
    path.write_bytes(raw)
    done = subprocess.run(["msgfmt", "-c", "-o", "/dev/null", str(path)], capture_output=True)
    try:
        said = bool(po.read(raw).warnings)
    except BilingoError:
        said = True
    if rule not in ALONE:
        assert said == (done.returncode != 0), done.stderr
    elif not some:
        assert said == ALONE[rule][0] != (done.returncode != 0)


TOKENS = st.sampled_from(
    b"""msgid|msgid "|msgstr[0] |msgctxt |msgid_plural |"|\\|\\x9|\n|\r|#~ |#\\||#, |#| |<<<<<<< a
|=======
|"charset=Big5\\n"|\0|\xed\xa0\x80|\xef\xbb\xbf|\xb3\x5c|\xe4\xb8\xbb""".split(b"|")
)


@given(st.lists(TOKENS | st.sampled_from([HEAD, MORE]), max_size=14).map(b"".join))
def test_accepts_or_refuses_but_never_breaks(raw: bytes) -> None:
    try:
        read = po.read(raw)
    except BilingoError:
        return
    assert po.edit(read, read.entries) == raw


@pytest.mark.parametrize(
    "trap",
    [
        b'"' * 99_999,
        b"\\" * 100_000,
        b'msgid "' + b"\\a" * 50_000,
        b"#: " + b"\xe2\x81\xa8 " * 50_000 + MORE,
        b"#, " + b"range: " * 20_000 + MORE,
        b'msgid ""\nmsgstr "' + b'"Content-Type: ' * 20_000 + MORE,
        b"msgid " * 30_000,
        HEAD + b'"charset ' * 20_000 + MORE,
        b" " * 100_000 + MORE,
    ],
)
def test_long_traps_are_read_in_linear_time(trap: bytes) -> None:
    # a quadratic pattern would take hours here, not fail an assertion
    for raw in (trap, trap * 4):
        try:
            po.read(raw)
        except BilingoError as error:
            said = len(str(error))
        else:
            said = 0
        assert said < 500


def expectations(shared: Path) -> list[tuple[Path, str]]:
    rows = (shared / "data/malformed/EXPECT.tsv").read_text("utf-8").splitlines()
    pairs = [row.split("\t") for row in rows[1:]]
    wanted = ("malformed/po/", "malformed/mo/")
    return [(shared / "data" / name, rule) for name, rule, *_ in pairs if name.startswith(wanted)]


@pytest.mark.corpus
def test_malformed_corpus(shared: Path) -> None:
    expected = expectations(shared)
    assert len(expected) == 48
    for path, rule in expected:
        hint, warnings = outcome(path)
        assert ("REFUSE" if hint else "ACCEPT") in rule, path.name
        if not hint and "warn" in rule.partition("skip")[0]:  # what is skipped is matching's
            assert warnings, path.name


def outcome(path: Path) -> tuple[str, int]:
    """The hint of a refusal, or "" and the number of warnings."""
    raw = path.read_bytes()
    try:
        if path.suffix == ".mo":
            mo.read(raw)
            return "", 0
        read = po.read(raw)
    except BilingoError as error:
        return error.hint or "no hint", 0
    assert po.edit(read, read.entries) == raw
    return "", len(read.warnings)


STRICTER_IN_MSGFMT = {
    "bom.po": "a byte-order mark",
    "test_ufeff.po": "a byte-order mark",
    "duplicate-obsolete-and-live.po": "an obsolete twin",
    "cofacts.zh_TW.po": "one final newline without the other: a check's finding",
}


@pytest.mark.corpus
@pytest.mark.clients
def test_what_is_accepted_msgfmt_accepts(shared: Path) -> None:
    if not shutil.which("msgfmt"):
        pytest.skip("msgfmt is not installed")
    for path in sorted((shared / "data").glob("*/**/*.po")):
        if path.parts[-2] not in ("po", "polib-tests", "okapi-tests"):
            continue
        try:
            po.read(path.read_bytes())
        except BilingoError:
            continue
        done = subprocess.run(["msgfmt", "-o", "/dev/null", path], capture_output=True, check=False)
        assert (done.returncode != 0) == (path.name in STRICTER_IN_MSGFMT), path.name
