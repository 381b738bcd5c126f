"""The runner stamps what the checks find; counts agree with gettext's."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator, Sequence

import pytest

from bilingo import plugins
from bilingo.checks import CHECKS, Found, Setting, by_code, counts, run
from bilingo.errors import BilingoError
from bilingo.model import TUV, Entry, Term

HEADER = Entry("", ("Language: zh_HK\n",), path="hk.po", line=1)
ENTRIES = (
    HEADER,
    Entry("Wash your hands.", ("洗手。",), path="hk.po", line=5),
    Entry("洗手。", ("",), path="hk.po", line=9),
    Entry("Wash hands.", ("洗手。",), flags=("fuzzy",), path="hk.po", line=13),
    Entry("Hands", ("手",), flags=("fuzzy",), previous="Hand", path="hk.po", line=17),
    Entry("Hi {name}", ("<1>",), msgctxt="menu", path="hk.po", line=21),
    Entry("Gone {name}", ("",), obsolete=True, path="hk.po", line=25),
)
ZH_EN = Setting(source="zh-Hant-HK", target="en")


def test_findings_are_stamped() -> None:
    findings = run(reversed(ENTRIES))
    assert [(f.path, f.line, f.code, f.level) for f in findings] == [
        ("hk.po", 9, "S001", "error"),
        ("hk.po", 13, "S002", "error"),
        ("hk.po", 17, "S003", "error"),
        ("hk.po", 21, "C001", "error"),
        ("hk.po", 21, "P001", "error"),
    ]
    last = findings[-1]
    assert (last.msgctxt, last.msgid, last.excerpt) == ("menu", "Hi {name}", "<1>")
    assert last.message == "placeholders differ: missing {name}"
    assert last.column == 1


def test_only_the_checks_asked_for() -> None:
    assert [f.code for f in run(ENTRIES, ["P001", "S002"])] == ["S002", "P001"]
    assert run(ENTRIES, []) == ()


def test_unknown_code_lists_the_known() -> None:
    with pytest.raises(BilingoError, match=r"X999.*C001.*S003"):
        run(ENTRIES, ["X999"])


@pytest.mark.parametrize("code", CHECKS)
def test_codes_name_functions(code: str) -> None:
    level, check = by_code(code)
    assert level in ("error", "warning", "info")
    assert list(check((), Setting())) == []


def test_checks_of_other_packages(monkeypatch: pytest.MonkeyPatch) -> None:
    def short(entries: Sequence[Entry], setting: Setting) -> Iterator[Found]:
        yield from (Found(entry, "short") for entry in entries if len(entry.msgid) < 4)

    class Point:
        name = "Z001"

        def load(self) -> object:
            return short

    monkeypatch.setattr(plugins, "entry_points", lambda group: [Point()])
    (finding,) = run(ENTRIES, ["Z001"])
    assert (finding.code, finding.level, finding.msgid) == ("Z001", "warning", "洗手。")
    assert "Z001" in {finding.code for finding in run(ENTRIES)}


FEW = (
    Entry("%d file", ("%d 個", ""), msgid_plural="%d files"),
    Entry("甲", ("",), flags=("fuzzy",)),
)


@pytest.mark.parametrize(
    ("entries", "numbers"),
    [
        ((), (0, 0, 0, 0)),
        ((HEADER,), (0, 0, 0, 0)),
        (ENTRIES, (5, 2, 2, 1)),
        (FEW, (2, 0, 0, 2)),
    ],
)
def test_counts(entries: tuple[Entry, ...], numbers: tuple[int, ...]) -> None:
    assert tuple(counts(entries).items()) == tuple(
        zip(("entries", "translated", "fuzzy", "untranslated"), numbers, strict=True)
    )


def test_partly_translated_plural_says_how_much() -> None:
    assert [f.message for f in run(FEW, ["S001"])] == [
        "1 of 2 plural forms untranslated",
        "untranslated",
    ]


@pytest.mark.clients
@pytest.mark.skipif(shutil.which("msgfmt") is None, reason="msgfmt is not there")
def test_counts_as_msgfmt_does() -> None:
    blocks = ['msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"']
    for entry in ENTRIES[1:]:
        flags = "#, fuzzy\n" if entry.fuzzy else ""
        mark = "#~ " if entry.obsolete else ""
        blocks.append(f'{flags}{mark}msgid "{entry.msgid}"\n{mark}msgstr "{entry.msgstr[0]}"')
    told = subprocess.run(
        ["msgfmt", "--statistics", "-o", "/dev/null", "-"],
        input="\n\n".join(blocks),
        env={"LC_ALL": "C", "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=True,
    ).stderr
    ours = counts(ENTRIES)
    assert told.startswith(f"{ours['translated']} translated")
    assert f"{ours['fuzzy']} fuzzy" in told
    assert f"{ours['untranslated']} untranslated" in told


@pytest.mark.parametrize(
    ("references", "expected"),
    [
        (("articles/a.en.md", "articles/a.en.md"), [1]),
        (("articles/a.en.md", "articles/b.en.md"), [1, 2]),
        (("articles/a.en.md:3", "articles/b.en.md:3"), [1, 2]),
        (("articles/a.en.md:3", "articles/a.en.md:9"), [1]),
        (("articles/a.en.md", "articles/a.en.md articles/b.en.md"), [1, 2]),
    ],
)
@pytest.mark.parametrize("said", ["乙型肝炎", "hepatitis B"])
def test_each_article_has_a_first_mention(
    references: tuple[str, str], expected: list[int], said: str
) -> None:
    term = Term((TUV("en", "hepatitis B"), TUV("zh-Hant-HK", "乙型肝炎")), "introduced")
    entries = [
        Entry("On hepatitis B", (f"談{said}",), references=tuple(names.split()), line=line)
        for line, names in enumerate(references, 1)
    ]
    found = run(entries, ["G004"], setting=Setting(terms=(term,)))
    assert [finding.line for finding in found] == expected


def test_every_missing_term_is_named_at_once() -> None:
    terms = tuple(
        Term((TUV("en", one), TUV("zh-Hant-HK", other)))
        for one, other in [("woman", "婦女"), ("quality", "質素"), ("care", "護理")]
    )
    entry = Entry("Women and the quality of care; quality counts", ("女性及護理的品質",))
    (found,) = run([entry], ["G001"], setting=Setting(terms=terms))
    assert found.message == "“woman” is 婦女, “quality” is 質素 in the glossary"


@pytest.mark.parametrize(
    ("source", "target", "setting", "said"),
    [
        ("Read more about how we use your data.", "詳情", Setting(), "short: 0.05"),
        ("Talk", "講座在社區中心大禮堂舉行，歡迎免費參加。", Setting(), "long: 5.00"),
        ("本會護士為二百名訪客量度血壓，並派發小冊子。", "Nurses come.", ZH_EN, "short: 1.83"),
        ("講座", "The talk is held at the community hall.", ZH_EN, "long: 0.05"),
    ],
)
def test_a_length_is_told_with_its_band(
    source: str, target: str, setting: Setting, said: str
) -> None:
    (found,) = run([Entry(source, (target,))], ["N006"], setting=setting)
    assert found.message.startswith(f"too {said} Chinese characters for each English one, usual")
