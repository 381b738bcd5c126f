"""Merging whole files: comments that are no entry's, charsets, line ends; msgfmt is the judge."""

from __future__ import annotations

import random
import shutil
import subprocess
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bilingo.formats import po
from bilingo.model import Entry
from bilingo.pipelines.merge import Merged, merge
from bilingo.project import Project

HEAD = (
    'msgid ""\nmsgstr ""\n"Language: zh_HK\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
    '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n'
)
HOME = 'msgid "Home"\nmsgstr "主頁"\n'
MORE = 'msgid "更多"\nmsgstr "More"\n'
GIVE = 'msgid "Give"\nmsgstr "捐款"\n'


def merged(root: Path, *versions: bytes) -> Merged:
    paths = []
    for name, raw in zip(("base", "ours", "theirs"), versions, strict=True):
        (root / f"{name}.po").write_bytes(raw)
        paths.append(root / f"{name}.po")
    return merge(Project(root), *paths)


def joined(*parts: str) -> str:
    return "\n".join(parts)


LOOSE = {
    "after the last entry": (
        (HEAD, HOME),
        (HEAD, HOME),
        (HEAD, HOME, "# 完\n# the end\n"),
        (HEAD, HOME, "# 完\n# the end\n"),
    ),
    "between entries": (
        (HEAD, HOME, MORE),
        (HEAD, HOME, GIVE, MORE),
        (HEAD, HOME, "# --- 第二部 ---\n", MORE),
        (HEAD, HOME, GIVE, "# --- 第二部 ---\n", MORE),
    ),
    "before an entry that only they have": (
        (HEAD, HOME, MORE),
        (HEAD, HOME, MORE),
        (HEAD, HOME, "# new\n", GIVE, MORE),
        (HEAD, HOME, GIVE, "# new\n", MORE),
    ),
    "both the same": (
        (HEAD, HOME),
        (HEAD, HOME, "# 完\n"),
        (HEAD, HOME, "# 完\n"),
        (HEAD, HOME, "# 完\n"),
    ),
    "each its own": (
        (HEAD, HOME),
        (HEAD, HOME, "# ours\n"),
        (HEAD, HOME, "# 他們\n"),
        (HEAD, HOME, "# ours\n", "# 他們\n"),
    ),
    "taken away by them": (
        (HEAD, "# 舊\n", HOME, "# end\n"),
        (HEAD, "# 舊\n", HOME, GIVE, "# end\n"),
        (HEAD, HOME, "# end\n"),
        (HEAD, HOME, GIVE, "# end\n"),
    ),
    "taken away by us": (
        (HEAD, "# 舊\n", HOME),
        (HEAD, HOME),
        (HEAD, "# 舊\n", HOME, "# end\n"),
        (HEAD, HOME, "# end\n"),
    ),
}


@pytest.mark.parametrize("case", LOOSE)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_comments_of_no_entry(tmp_path: Path, case: str, newline: str) -> None:
    *versions, want = (joined(*parts).replace("\n", newline).encode() for parts in LOOSE[case])
    result = merged(tmp_path, *versions)
    assert result.change.content.decode() == want.decode()
    assert result.conflicts == ()


def test_a_conversion_on_one_side_takes_the_work_of_the_other_along(tmp_path: Path) -> None:
    text = joined(HEAD, HOME).replace("charset=UTF-8", "charset=Big5")
    big5, work = text.encode("big5"), text.replace("主頁", "首頁").encode("big5")
    for sides in ((work, joined(HEAD, HOME).encode()), (joined(HEAD, HOME).encode(), work)):
        result = merged(tmp_path, big5, *sides)
        assert result.change.content.decode() == joined(HEAD, HOME).replace("主頁", "首頁")
        assert result.conflicts == ()


RULES = (
    "Plural-Forms: nplurals=1; plural=0;\n",
    "Plural-Forms: nplurals=2; plural=(n != 1);\n",
    "Plural-Forms: nplurals=3; plural=(n%10==1 ? 0 : n ? 1 : 2);\n",
)
WORDS = ("打開", "開啟檔案。", "Open.", "一\n二", "", "<1>預約</1>")
MSGIDS = ("Open", "打開", "Book", "預約", "Hands", "洗手")


def catalog(random_: random.Random, rule: int, dice: int = 3) -> list[Entry]:
    """Entries that msgfmt accepts under the rule."""
    head = f"Language: zh_HK\nContent-Type: text/plain; charset=UTF-8\n{RULES[rule]}"
    entries = [Entry("", (head,))]
    for msgid in MSGIDS:
        if random_.randrange(dice):
            plural = random_.choice((None, None, "many", "多"))
            words = [random_.choice(WORDS) for _ in range(rule + 1 if plural else 1)]
            if not all(words):
                words = [""] * len(words)
            entries.append(
                Entry(
                    msgid,
                    tuple(words),
                    random_.choice((None, None, "menu")),
                    plural,
                    flags=("fuzzy",) if any(words) and not random_.randrange(3) else (),
                    comments=tuple(random_.choices(("看過", "see"), k=random_.randrange(2))),
                    references=tuple(random_.choices(("a.md", "b c.md"), k=random_.randrange(2))),
                    previous=random_.choice((None, "舊")) if any(words) else None,
                )
            )
    return entries


def changed(random_: random.Random, entries: list[Entry]) -> list[Entry]:
    """Another version: entries taken from a new draw, left out, buried; perhaps another rule."""
    old = {e.key: e for e in entries}
    rule = int("123".index(entries[0].msgstr[0].split("nplurals=")[1][0]))
    new_rule = random_.choice((rule, rule, random_.randrange(3)))
    new = {e.key: e for e in catalog(random_, new_rule)}
    result = []
    for key, e in {**old, **new}.items():
        kept = random_.randrange(3) and not (e.msgid_plural and rule != new_rule)
        one = old.get(key, e) if kept else new.get(key)
        if e.is_header:
            one = new[key]
        if one is None or one.msgid_plural and len(one.msgstr) != new_rule + 1:
            continue
        buried = not one.is_header and any(one.msgstr) and not random_.randrange(8)
        result.append(replace(one, obsolete=buried, references=() if buried else one.references))
    return sorted(result, key=lambda e: e.obsolete)


def written(random_: random.Random, entries: list[Entry]) -> bytes:
    """As another program may write it: line ends, a byte-order mark, comments between."""
    fresh = po.new("zh-Hant-HK")
    raw = po.edit(fresh, entries)
    if not random_.randrange(3):
        raw = raw.replace(b"\n\nmsgid", "\n\n# 段落\n\nmsgid".encode(), 1)
    if not random_.randrange(3):
        raw += b"\n# end\n"
    return raw.replace(b"\n", b"\r\n") if not random_.randrange(4) else raw


def accepted(raw: bytes, path: Path) -> str:
    path.write_bytes(raw)
    command = ["msgfmt", "-c", "-o", "/dev/null", path]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.stderr if done.returncode else ""


@pytest.mark.clients
@settings(max_examples=150)
@given(st.integers(0, 10**9))
def test_what_is_merged_msgfmt_accepts(seed: int) -> None:
    """Random histories with plurals, contexts, obsolete entries, CRLF and loose comments."""
    if not shutil.which("msgfmt"):
        pytest.skip("msgfmt is not installed")
    random_ = random.Random(seed)  # noqa: S311
    base = catalog(random_, random_.randrange(3))
    sides = [base, changed(random_, base), changed(random_, base)]
    raws = [written(random_, side) for side in sides]
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        assert [accepted(raw, root / "side.po") for raw in raws] == ["", "", ""]
        result = merged(root, *raws)
        assert accepted(result.change.content, root / "merged.po") == ""
    after = {e.key: e for e in po.read(result.change.content).entries}
    texts = result.change.content.decode()
    before = {e.key: (e.msgstr, e.fuzzy) for e in base}
    for side in sides[1:]:
        for e in side:
            if e.translated and not e.is_header and before.get(e.key) != (e.msgstr, e.fuzzy):
                assert e.key in after
                assert all(t.split("\n")[0] in texts for t in e.msgstr)
    for note in ("# 段落", "# end"):
        n = [note.encode() in raw for raw in raws]
        if n[1] and n[2] or (n[1] or n[2]) and not n[0]:
            assert note in texts
