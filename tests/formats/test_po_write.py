"""The canonical form: own samples, and msgcat over every entry of the real catalogs."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from bilingo.formats import po, po_write
from bilingo.model import Entry


@pytest.mark.parametrize(
    ("entry", "lines"),
    [
        (Entry("Home", ("主頁",)), 'msgid "Home"|msgstr "主頁"'),
        (Entry("聯絡\n我們", ("Contact us\n",)), r'msgid ""|"聯絡\n"|"我們"|msgstr "Contact us\n"'),
        (Entry('a"\\\t', ("\r\x1b\u2028",)), 'msgid "a\\"\\\\\\t"|msgstr "\\r\x1b\u2028"'),
        (
            Entry("a", ("", "乙"), None, "", ("own", "c-format", "fuzzy")),
            '#, fuzzy, c-format, own|msgid "a"|msgid_plural ""|msgstr[0] ""|msgstr[1] "乙"',
        ),
        (Entry("a", flags=("fuzzy",)), 'msgid "a"|msgstr ""'),
        (
            Entry("a", ("乙",), flags=("c-format", "own", "fuzzy"), apart=("own", "c-format")),
            '#, fuzzy|#= c-format, own|msgid "a"|msgstr "乙"',
        ),
        (
            Entry("甲", ("b",), flags=("c-format", "fuzzy"), apart=("fuzzy",)),
            '#, c-format|#= fuzzy|msgid "甲"|msgstr "b"',
        ),
        (
            Entry("甲", ("b",), flags=("own",), apart=("own", "fuzzy")),
            '#= own|msgid "甲"|msgstr "b"',
        ),
        (
            Entry(
                "a", ("b",), comments=("", "x\ny"), extracted=("", " 說明"), references=("p q:3",)
            ),
            '#|# x|# y|#.|#.  說明|#: \u2068p q\u2069:3|msgid "a"|msgstr "b"',
        ),
        (
            Entry("a", ("b",), None, None, previous_ctxt="c", previous="d\ne", obsolete=True),
            r'#~| msgctxt "c"|#~| msgid ""|#~| "d\n"|#~| "e"|#~ msgid "a"|#~ msgstr "b"',
        ),
    ],
)
def test_canonical(entry: Entry, lines: str) -> None:
    assert po_write.render(entry).replace("\n", "|") == lines + "|"


def test_references_fold_at_79_bytes() -> None:
    # "#:" and n items of 7 bytes each: 11 fill 79
    entry = Entry("a", references=tuple(f"主{n:03}" for n in range(12)))
    first, second, *_ = po_write.render(entry).split("\n")
    assert (len(first.encode()), second) == (79, "#: 主011")


@pytest.mark.parametrize("entry", [Entry("a", ("b", "c")), Entry("a", (), None, "as")])
def test_forms_without_a_plural(entry: Entry) -> None:
    with pytest.raises(ValueError, match=r"form|unpack"):
        po_write.render(entry)


def msgcat(path: Path, *options: str) -> bytes:
    """The catalog as msgcat prints it, b"" where it refuses."""
    command = ["msgcat", "--to-code=UTF-8", *options, path]
    return subprocess.run(command, capture_output=True, check=False).stdout


@pytest.mark.corpus
@pytest.mark.clients
@pytest.mark.parametrize("wrap", [False, True])
def test_every_real_entry_is_what_msgcat_prints(shared: Path, wrap: bool) -> None:
    if not shutil.which("msgcat"):
        pytest.skip("msgcat is not installed")
    compared = 0
    for path in sorted((shared / "data/po").rglob("*.po*")):
        printed = msgcat(path) if wrap else msgcat(path, "--no-wrap")
        if not printed:
            continue
        theirs = po.read(printed)
        wanted = {
            (entry.key, entry.obsolete): printed[start:stop].decode()
            for entry, (start, stop) in zip(theirs.entries, theirs.spans, strict=True)
        }
        for entry in po.read(path.read_bytes()).entries:
            ours = po_write.render(entry, wrap=wrap)
            if entry.is_header:
                ours = re.sub(r"(?i)charset=[^\\]*", "charset=UTF-8", ours)
            assert ours == wanted[entry.key, entry.obsolete], path.name
            compared += 1
    assert compared > 10_000
