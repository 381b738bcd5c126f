"""Merging: named cases in a table, then laws over random histories of two translators."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import polib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bilingo.match.header import forms
from bilingo.match.merge import Merged, merge, version_of
from bilingo.match.merge_units import merge_units
from bilingo.model import TU, TUV, Entry, Status

EN, ZH, HK, TW = "Open the file.", "打開檔案。", "開啟檔案。", "打開文件。"


def entry(msgstr: str = "", *flags: str, msgid: str = EN, **rest: object) -> Entry:
    return Entry(msgid, (msgstr,), flags=flags, **rest)  # type: ignore[arg-type]


def one(base: Entry | None, ours: Entry | None, theirs: Entry | None) -> tuple[Entry | None, bool]:
    sides = [() if side is None else (side,) for side in (base, ours, theirs)]
    merged = merge(*sides)
    assert len(merged.entries) <= 1
    return (merged.entries or (None,))[0], bool(merged.conflicts)


# base, one side, the other side → the merged entry; the same whichever side is ours
AGREED = {
    "translated on one side": (entry(), entry(ZH), entry(), entry(ZH)),
    "Chinese is the source": (
        entry(msgid=ZH),
        entry(EN, msgid=ZH),
        entry(msgid=ZH),
        entry(EN, msgid=ZH),
    ),
    "translated the same": (entry(), entry(ZH), entry(ZH), entry(ZH)),
    "added the same": (None, entry(ZH), entry(ZH), entry(ZH)),
    "added, translated on one side": (None, entry(ZH), entry(), entry(ZH)),
    "added, approved on one side": (
        None,
        entry(ZH),
        entry(ZH, "fuzzy", previous="Open."),
        entry(ZH),
    ),
    "the same text, approved on one side": (
        entry(TW),
        entry(ZH, "fuzzy"),
        entry(ZH),
        entry(ZH),
    ),
    "approved, and comments elsewhere": (
        entry(ZH, "fuzzy", previous="Open."),
        entry(ZH),
        entry(ZH, "fuzzy", previous="Open.", comments=("看過",), references=("a.md:1",)),
        entry(ZH, comments=("看過",), references=("a.md:1",)),
    ),
    "approved, and flags elsewhere": (
        entry(ZH, "fuzzy", "c-format"),
        entry(ZH, "c-format"),
        entry(ZH, "fuzzy", "no-c-format"),
        entry(ZH, "no-c-format"),
    ),
    "retranslated over a draft that waits": (
        entry(ZH, "fuzzy"),
        entry(HK),
        entry(ZH, "fuzzy", comments=("?",)),
        entry(HK, comments=("?",)),
    ),
    "retranslated, sent to review elsewhere": (entry(ZH), entry(HK), entry(ZH, "fuzzy"), entry(HK)),
    "sent to review on one side": (entry(ZH), entry(ZH, "fuzzy"), entry(ZH), entry(ZH, "fuzzy")),
    "emptied, retranslated elsewhere": (entry(ZH), entry(""), entry(HK), entry(HK)),
    "emptied on one side": (entry(ZH), entry(""), entry(ZH), entry("")),
    "deleted, unchanged elsewhere": (entry(ZH), None, entry(ZH), None),
    "deleted, moved elsewhere": (entry(ZH), None, entry(ZH, references=("b.md:2",)), None),
    "deleted, translated elsewhere": (entry(), None, entry(ZH), entry(ZH)),
    "deleted, approved elsewhere": (entry(ZH, "fuzzy"), None, entry(ZH), entry(ZH)),
    "deleted on both sides": (entry(ZH), None, None, None),
    "obsolete, translated elsewhere": (
        entry(),
        entry(obsolete=True),
        entry(ZH),
        entry(ZH, obsolete=True),
    ),
    "deleted, obsolete elsewhere": (
        entry(ZH),
        None,
        entry(ZH, obsolete=True),
        entry(ZH, obsolete=True),
    ),
    "alive again, deleted elsewhere": (entry(ZH, obsolete=True), entry(ZH), None, entry(ZH)),
    "alive again, retranslated elsewhere": (
        entry(ZH, obsolete=True),
        entry(ZH),
        entry(HK, obsolete=True),
        entry(HK),
    ),
    "added alive and obsolete": (None, entry(ZH), entry(ZH, obsolete=True), entry(ZH)),
    "lines added and taken away": (
        entry(comments=("a", "b"), extracted=("1", "2"), references=("x:1", "y:2")),
        entry(comments=("a", "b", "甲"), extracted=("1",), references=("x:3", "y:2")),
        entry(comments=("b",), extracted=("1", "2", "3"), references=("x:1", "y:2", "y:4")),
        entry(comments=("b", "甲"), extracted=("1", "3"), references=("x:3", "y:2", "y:4")),
    ),
    "plural text mended, nothing to translate yet": (
        entry(msgid_plural="Files"),
        entry(msgid_plural="files"),
        entry(msgid_plural="Files", comments=("看過",)),
        entry(msgid_plural="files", comments=("看過",)),
    ),
    "plural text mended and translated, comments elsewhere": (
        entry(msgid_plural="Files"),
        entry(ZH, msgid_plural="files"),
        entry(msgid_plural="Files", comments=("看過",)),
        entry(ZH, msgid_plural="files", comments=("看過",)),
    ),
    "plural text mended and kept approved, comments elsewhere": (
        entry(ZH, msgid_plural="檔案甲"),
        entry(ZH, msgid_plural="檔案"),
        entry(ZH, msgid_plural="檔案甲", comments=("see",)),
        entry(ZH, msgid_plural="檔案", comments=("see",)),
    ),
}


@pytest.mark.parametrize("case", AGREED)
@pytest.mark.parametrize("turned", [False, True])
def test_agreed(case: str, turned: bool) -> None:
    base, ours, theirs, want = AGREED[case]
    if turned:
        ours, theirs = theirs, ours
    assert one(base, ours, theirs) == (want, False)


CONFLICTS = {
    "translated differently": (entry(), entry(ZH), entry(HK)),
    "Chinese source translated differently": (
        entry(msgid=ZH),
        entry(EN, msgid=ZH),
        entry("Open a file.", msgid=ZH),
    ),
    "added differently": (None, entry(ZH), entry(HK)),
    "retranslated differently": (entry(ZH), entry(HK), entry(TW)),
    "draft against approval": (entry(), entry(ZH, "fuzzy"), entry(HK)),
    "approved the draft, retranslated": (entry(ZH, "fuzzy"), entry(ZH), entry(HK)),
    "became a plural, retranslated": (entry(ZH), entry(ZH, msgid_plural="Files"), entry(HK)),
    "line ends and spaces": (entry(), entry("一\n二 "), entry(' \u2028\r\n\x85"\\')),
    "plural forms": (
        None,
        Entry(ZH, ("file", "files"), msgid_plural=ZH),
        Entry(ZH, ("one file", "%d files"), msgid_plural=ZH),
    ),
}


@pytest.mark.parametrize("case", CONFLICTS)
@pytest.mark.parametrize("turned", [False, True])
def test_conflict_keeps_both(case: str, turned: bool) -> None:
    base, ours, theirs = CONFLICTS[case]
    if turned:
        ours, theirs = theirs, ours
    merged, conflict = one(base, ours, theirs)
    assert conflict
    assert merged is not None
    assert merged.msgstr == ours.msgstr
    assert merged.fuzzy
    assert [version_of(comment) for comment in merged.comments] == [theirs.msgstr]
    assert all(len(comment.splitlines()) == 1 for comment in merged.comments)
    again = merge([base] if base else [], [merged], [theirs])
    assert again.entries == (merged,)


# base, one side, the other side → the merged entry, for a person; the same whichever side is ours
FOR_ANOTHER_PLURAL = {
    "plural text mended, translated elsewhere": (
        entry(msgid_plural="Files"),
        entry(msgid_plural="files"),
        entry(ZH, msgid_plural="Files"),
        entry(ZH, "fuzzy", msgid_plural="files", previous=EN, previous_plural="Files"),
    ),
    "the same in Chinese, retranslated elsewhere": (
        Entry(ZH, ("One", "Two"), "c", "檔案"),
        Entry(ZH, ("One", "Two"), "c", "多個檔案"),
        Entry(ZH, ("A", "B"), "c", "檔案"),
        Entry(
            ZH,
            ("A", "B"),
            "c",
            "多個檔案",
            flags=("fuzzy",),
            previous=ZH,
            previous_ctxt="c",
            previous_plural="檔案",
        ),
    ),
    "became a plural, translated elsewhere": (
        entry(),
        Entry(EN, ("", ""), msgid_plural="files"),
        entry(ZH),
        Entry(
            EN,
            (ZH, ZH),
            msgid_plural="files",
            flags=("fuzzy",),
            comments=(f'bilingo-theirs: "{ZH}"',),
            previous=EN,
        ),
    ),
    "no plural any more, translated elsewhere": (
        Entry(EN, ("", ""), msgid_plural="files"),
        entry(),
        Entry(EN, (ZH, HK), msgid_plural="files"),
        entry(
            HK,
            "fuzzy",
            comments=(f'bilingo-theirs: ["{ZH}", "{HK}"]',),
            previous=EN,
            previous_plural="files",
        ),
    ),
}


@pytest.mark.parametrize("case", FOR_ANOTHER_PLURAL)
@pytest.mark.parametrize("turned", [False, True])
def test_a_translation_made_for_another_plural_text_waits(case: str, turned: bool) -> None:
    base, ours, theirs, want = FOR_ANOTHER_PLURAL[case]
    if turned:
        ours, theirs = theirs, ours
    assert one(base, ours, theirs) == (want, True)
    assert one(base, want, theirs)[0] == want


@pytest.mark.parametrize("msgstr", ["", ZH])
@pytest.mark.parametrize("source", [EN, ZH])
def test_a_plural_text_changed_both_ways_is_told(msgstr: str, source: str) -> None:
    base, ours, theirs = (
        entry(msgstr, msgid=source, msgid_plural=word) for word in ("Files", "files", "檔案")
    )
    merged, conflict = one(base, ours, theirs)
    assert conflict
    assert merged is not None
    assert (merged.msgid_plural, merged.fuzzy) == ("files", bool(msgstr))
    assert merged.comments == ('bilingo-theirs-plural: "檔案"',)
    assert one(base, merged, theirs)[0] == merged


@pytest.mark.parametrize(
    "comment",
    [
        "看過",
        "bilingo-theirs:",
        "bilingo-theirs: 打開",
        "bilingo-theirs: 1",
        "bilingo-theirs: [1]",
        "bilingo-theirs: " + "[" * 100_000,
    ],
)
def test_other_comments_hold_no_version(comment: str) -> None:
    assert version_of(comment) is None


def test_obsolete_twin_is_another_entry() -> None:
    """A live and an obsolete entry of one key stand side by side in real files."""
    live, gone = entry(ZH), entry(HK, obsolete=True)
    merged = merge([live, gone], [live, gone], [entry(TW), gone])
    assert merged == Merged((entry(TW), gone))


def test_place_is_no_change() -> None:
    base, ours, theirs = (entry(ZH, path=f"{n}.po", line=n) for n in (1, 2, 3))
    assert merge([base], [ours], [theirs]).entries == (ours,)


HEADER = "Language: zh_HK\nContent-Type: text/plain; charset=UTF-8\n"
ONE, TWO = "Plural-Forms: nplurals=1; plural=0;\n", "Plural-Forms: nplurals=2; plural=(n != 1);\n"
MAY = "PO-Revision-Date: 2024-05-01 09:30+0800\n"
JUNE = "PO-Revision-Date: 2024-06-01 00:10+0800\n"
JUNE_UTC = "PO-Revision-Date: 2024-05-31 17:00+0000\n"  # later than JUNE, though it reads earlier


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "want", "conflict"),
    [
        (MAY, MAY, JUNE, JUNE, False),
        (MAY, JUNE, JUNE_UTC, JUNE_UTC, False),
        (MAY, JUNE_UTC, JUNE, JUNE_UTC, False),
        (MAY, "PO-Revision-Date: YEAR-MO-DA\nX-A: 1\n", JUNE, JUNE + "X-A: 1\n", False),
        (MAY, JUNE, "PO-Revision-Date: 二〇二四\nX-A: 1\n", JUNE + "X-A: 1\n", False),
        ("", MAY, JUNE, JUNE, False),
        ("", "Last-Translator: 陳\n", "Last-Translator: Li\n", "Last-Translator: 陳\n", False),
        ("X-A: 1\n", "X-A: 2\n", "X-A: 1\nX-B: \n", "X-A: 2\nX-B: \n", False),
        ("X-A: 1\nX-B: 1\n", "X-B: 1\n", "X-A: 1\nX-B: 2\n", "X-B: 2\n", False),
        ("X-A: 1\n", "", "X-A: 2\n", "X-A: 2\n", False),
        (ONE, ONE + "X-A: 1\n", TWO, TWO + "X-A: 1\n", False),
        ("", TWO, "Plural-Forms: nplurals=2;plural=n!=1\n", TWO, False),
        ("", ONE, TWO, ONE, True),
        ("", ONE, "Plural-Forms: nonsense\n", ONE, True),
        (
            "",
            "Content-Type: text/plain; charset=UTF-8\n",
            "Content-Type: text/plain; charset=utf-8\n",
            "Content-Type: text/plain; charset=UTF-8\n",
            False,
        ),
        (
            "",
            "Content-Type: text/plain; charset=UTF-8\n",
            "Content-Type: text/plain; charset=Big5\n",
            "Content-Type: text/plain; charset=UTF-8\n",
            True,
        ),
        ("", "no field\nX-A: 1\nX-A: 2\n", "X-B: 1\n", "no field\nX-A: 1\nX-A: 2\nX-B: 1\n", False),
    ],
)
def test_header(base: str, ours: str, theirs: str, want: str, conflict: bool) -> None:
    merged = merge(*([entry(text, msgid="")] for text in (base, ours, theirs)))
    head = merged.entries[0]
    assert sorted(head.msgstr[0].splitlines()) == sorted(want.splitlines())
    assert bool(merged.conflicts) is conflict
    assert not head.fuzzy
    lost = [version_of(comment) for comment in head.comments]
    assert lost == ([(theirs.removesuffix("\n"),)] if conflict else [])


RULES = {
    1: "Plural-Forms: nplurals=1; plural=0;\n",
    2: TWO,
    3: "Plural-Forms: nplurals=3; plural=n%3;\n",
}


def plural(*msgstr: str, flags: tuple[str, ...] = (), **rest: object) -> Entry:
    return Entry(EN, msgstr, msgid_plural="files", flags=flags, **rest)  # type: ignore[arg-type]


def waits(comment: str, *msgstr: str) -> Entry:
    return plural(*msgstr, flags=("fuzzy",), comments=(f"bilingo-theirs: {comment}",))


@pytest.mark.parametrize(
    ("count", "new", "want", "conflict"),
    [
        (1, plural("", ""), plural(""), False),
        (1, plural(ZH, ZH), plural(ZH), False),
        (1, plural(ZH, HK), waits(f'["{ZH}", "{HK}"]', HK), True),
        (1, plural("file", "a", flags=("fuzzy",)), waits('["file", "a"]', "a"), False),
        (3, plural("", ""), plural("", "", ""), False),
        (3, plural("a", "b"), waits('["a", "b"]', "a", "b", "b"), True),
        (2, plural("file", "files"), plural("file", "files"), False),
        (1, entry(ZH), entry(ZH), False),
    ],
)
@pytest.mark.parametrize("turned", [False, True])
def test_a_new_number_of_plural_forms(
    count: int, new: Entry, want: Entry, conflict: bool, turned: bool
) -> None:
    """One side has another plural rule, the other a new entry made by the old one."""
    head, other = entry(TWO, msgid=""), entry(RULES[count], msgid="")
    sides = ([other], [head, new])
    merged = merge([head], *(sides[::-1] if turned else sides))
    assert merged.entries == (other, want)
    assert merged.conflicts == ((new.key,) if conflict else ())


def test_forms_that_a_person_made_for_the_new_rule_stay() -> None:
    old, new = (entry(RULES[n], msgid="") for n in (2, 1))
    sides = ([old, plural(ZH, HK)], [new, plural(TW)], [old, plural(ZH, HK), entry(ZH, msgid="新")])
    assert merge(*sides) == Merged((new, plural(TW), entry(ZH, msgid="新")))
    assert merge(sides[0], sides[2], sides[1]) == Merged((new, plural(TW), entry(ZH, msgid="新")))


def test_order() -> None:
    """Ours, with their new entries after their predecessors; header first, obsolete last."""

    def catalog(names: str) -> list[Entry]:
        return [
            entry(msgid=name.strip("-^") if name != "^" else "", obsolete="-" in name)
            for name in names.split()
        ]

    def names(entries: Sequence[Entry]) -> str:
        return " ".join((e.msgid or "^") + "-" * e.obsolete for e in entries)

    merged = merge(catalog("^ a b c z-"), catalog("^ c a b z-"), catalog("n ^ a 甲 乙 b c o z-"))
    assert names(merged.entries) == "^ n c o a 甲 乙 b z-"
    assert names(merge(catalog("a b"), catalog("a b"), catalog("b n a")).entries) == "b n a"


# --- laws -----------------------------------------------------------------------------------------

IDS = ("Open the file.", "打開檔案。", "Wash your hands.", "請洗手。", "Book a visit.", "預約")
TEXTS = ("打開檔案。", "開啟檔案。", "Open it.", "請洗手。", "洗手。", "<1>預約</1>", "One\n二", "")
WORDS = ("看過", "see glossary", "", "新")
OPS = (
    *("translate", "draft", "approve", "send back", "delete", "obsolete", "add", "comment", "date"),
    *("rule", "plural"),
)
PLURALS = ("files", "Files", "檔案", None)

edits = st.tuples(
    st.sampled_from(OPS), st.integers(0, 20), st.integers(0, len(TEXTS) - 1), st.integers(0, 9)
)
histories = st.lists(edits, max_size=12)


def shaped(e: Entry, count: int) -> Entry:
    """The entry with as many forms as the rule asks for, each another text, as a person does it."""
    if e.msgid_plural is None:
        return replace(e, msgstr=e.msgstr[:1])
    first = TEXTS.index(e.msgstr[0])
    texts = [TEXTS[(first + n) % (len(TEXTS) - 1)] if e.msgstr[0] else "" for n in range(count)]
    return replace(e, msgstr=tuple(texts))


def edited(entries: list[Entry], history: list[tuple[str, int, int, int]]) -> list[Entry]:
    """What is left after somebody's work; the header is entry 0, obsolete entries stand last."""
    for op, where, text, number in history:
        index = where % len(entries)
        old = entries[index]
        bare = tuple(flag for flag in old.flags if flag != "fuzzy")
        count = forms(entries[0].msgstr[0]) or 0
        if op == "date":
            date = f"PO-Revision-Date: 2024-05-{10 + number} 09:30+0{number}00\n"
            head = FIXED + date + f"X-Number: {text}\n" + RULES[count]
            entries[0] = replace(entries[0], msgstr=(head,))
        elif op == "rule":
            head = entries[0].msgstr[0].replace(RULES[count], RULES[1 + number % 3])
            entries[0] = replace(entries[0], msgstr=(head,))
            entries = [shaped(e, 1 + number % 3) for e in entries]
        elif op == "add":
            known = {e.key for e in entries}
            key = (("menu", None)[number % 2], IDS[text % len(IDS)])
            if key not in known:
                new = Entry(key[1], (TEXTS[number % len(TEXTS)],), *key[:1], PLURALS[number % 4])
                entries.insert(1 + where % len(entries), shaped(new, count))
        elif op == "comment":
            kept = tuple(c for c in old.comments if c != WORDS[text % 4])
            entries[index] = replace(old, comments=(*kept, WORDS[number % 4]))
        elif old.is_header:
            continue
        elif op == "delete":
            del entries[index]
        elif op == "plural":
            entries[index] = shaped(replace(old, msgid_plural=PLURALS[number % 4]), count)
        else:
            changed = {
                "translate": {"msgstr": (TEXTS[text],), "flags": bare, "previous": None},
                "draft": {"msgstr": (TEXTS[text],), "flags": ("fuzzy", *bare), "previous": "Old."},
                "approve": {"flags": bare, "previous": None},
                "send back": {"flags": ("fuzzy", *bare)},
                "obsolete": {"obsolete": not old.obsolete},
            }[op]
            new = replace(old, **changed)  # type: ignore[arg-type]
            entries[index] = shaped(new, count) if len(new.msgstr) == 1 else new
    return sorted(entries, key=lambda e: e.obsolete)


FIXED = "Language: zh_HK\nContent-Type: text/plain; charset=UTF-8\n"
START = [
    entry(FIXED + MAY + "X-Number: 0\n" + TWO, msgid=""),
    *(Entry(name, (TEXTS[n],), flags=("fuzzy",) * (n % 2)) for n, name in enumerate(IDS[:4])),
    Entry("Book a visit.", ("",), msgctxt="menu", flags=("c-format",)),
    Entry("One file", (TEXTS[0], TEXTS[1]), msgid_plural="files"),
    Entry("一個檔案", ("", ""), msgid_plural="多個檔案"),
    Entry("Old.", (TEXTS[3],), obsolete=True),
]


@st.composite
def branches(draw: st.DrawFn) -> tuple[list[Entry], list[Entry], list[Entry]]:
    base = edited([*START], draw(histories))
    return base, edited([*base], draw(histories)), edited([*base], draw(histories))


def by_key(entries: Sequence[Entry]) -> dict[tuple[str | None, str], Entry]:
    return {e.key: e for e in entries}


def texts_of(e: Entry) -> set[tuple[str, ...]]:
    return {e.msgstr, *filter(None, (version_of(comment) for comment in e.comments))}


@settings(max_examples=1000)
@given(branches())
def test_no_approval_is_lost(sides: tuple[list[Entry], list[Entry], list[Entry]]) -> None:
    base, ours, theirs = sides
    merged = merge(base, ours, theirs)
    old, result = by_key(base), by_key(merged.entries)
    for side, other in ((ours, theirs), (theirs, ours)):
        there = by_key(other)
        for e in side:
            before = old.get(e.key)
            work = before is None or (before.msgstr, before.fuzzy) != (e.msgstr, e.fuzzy)
            if not e.translated or e.is_header or not work:
                continue
            kept = result[e.key]  # nobody's deletion takes it along
            assert e.msgstr in texts_of(kept)
            assert kept.translated or e.key in merged.conflicts
            if e.key in merged.conflicts and not e.msgid_plural and e.key in there:
                assert there[e.key].msgstr != e.msgstr or there[e.key].msgid_plural


@settings(max_examples=1000)
@given(branches())
def test_no_text_moves_to_another_entry(
    sides: tuple[list[Entry], list[Entry], list[Entry]],
) -> None:
    base, ours, theirs = sides
    known = [by_key(side) for side in sides]
    merged = merge(base, ours, theirs)
    assert len(by_key(merged.entries)) == len(merged.entries)
    for e in merged.entries:
        if not e.is_header:
            seen = {side[e.key].msgstr for side in known if e.key in side}
            assert texts_of(e) - {e.msgstr} <= seen
            assert e.msgstr in seen or set(e.msgstr) <= {text for forms in seen for text in forms}
            assert e.msgstr in seen or e.msgid_plural or e.fuzzy
    for key in known[1].keys() & known[2].keys():
        assert key in by_key(merged.entries)


def unordered(merged: Merged) -> dict[object, object]:
    """The merge without order, and in a conflict without saying whose text is msgstr."""
    found: dict[object, object] = {}
    for e in merged.entries:
        notes = frozenset(c for c in e.comments if not c.startswith("bilingo-theirs"))
        said = {text for texts in texts_of(e) for text in texts}
        texts: object = said if e.key in merged.conflicts else e.msgstr
        if e.is_header:
            # of other fields than dates ours stays
            texts = [line for line in e.msgstr[0].splitlines() if "Date" in line]
        found[e.key] = (texts, frozenset(e.flags), notes, e.obsolete, e.previous)
    return found


@settings(max_examples=1000)
@given(branches())
def test_symmetry(sides: tuple[list[Entry], list[Entry], list[Entry]]) -> None:
    base, ours, theirs = sides
    one_way, other_way = merge(base, ours, theirs), merge(base, theirs, ours)
    # where both sides have a new plural rule ours stays, and does what it does to plural entries
    rules = (None, "") in one_way.conflicts
    for key, said in unordered(one_way).items():
        if not (rules and by_key(one_way.entries)[key].msgid_plural):
            assert unordered(other_way)[key] == said
    conflicts = set(one_way.conflicts) ^ set(other_way.conflicts)
    assert (
        not conflicts or rules and all(by_key(one_way.entries)[k].msgid_plural for k in conflicts)
    )


SMALL: list[Entry | None] = [
    None,
    *(
        Entry("a", forms, msgid_plural=plural, flags=flags, previous=previous, obsolete=obsolete)
        for plural, texts in ((None, ["", "甲", "One."]), ("as", ["", "甲"]), ("字", [""]))
        for forms in ((text,) * (2 if plural else 1) for text in texts)
        for flags in ((), ("fuzzy",))
        for previous in (None, "舊", "old")
        for obsolete in (False, True)
        if not (plural and (previous or obsolete))
    ),
]


def test_symmetry_of_every_small_world() -> None:
    """Every merge of one entry that has few states: the same both ways, up to whose text leads."""

    def seen(merged: Merged, conflict: bool) -> list[object]:
        return [
            (set(e.flags), e.obsolete, conflict or (e.msgstr, e.previous, e.msgid_plural))
            for e in merged.entries
        ]

    for versions in itertools.product(SMALL, repeat=3):
        base, ours, theirs = ([e] if e else [] for e in versions)
        one, other = merge(base, ours, theirs), merge(base, theirs, ours)
        assert one.conflicts == other.conflicts
        assert seen(one, bool(one.conflicts)) == seen(other, bool(one.conflicts)), versions


@settings(max_examples=1000)
@given(branches())
def test_identities(sides: tuple[list[Entry], list[Entry], list[Entry]]) -> None:
    base, ours, theirs = sides
    assert merge(base, ours, base) == Merged(tuple(ours))
    assert merge(base, base, theirs).conflicts == ()
    assert by_key(merge(base, base, theirs).entries) == by_key(theirs)
    assert merge(base, ours, ours) == Merged(tuple(ours))
    merged = merge(base, ours, theirs)
    again = by_key(merge(base, merged.entries, theirs).entries)
    for key, e in by_key(merged.entries).items():
        if not any(side[key].msgid_plural for side in map(by_key, sides) if key in side):
            assert again[key] == e
        else:  # an approval of the same forms may count the second time
            assert again[key].msgstr == e.msgstr
            assert set(again[key].comments) >= set(e.comments)
    assert merge(theirs, merged.entries, theirs).entries == merged.entries


# --- memories -------------------------------------------------------------------------------------


def unit(en: str = EN, zh: str = ZH, tuid: str = "t1", **rest: object) -> TU:
    return TU((TUV("en", en), TUV("zh-Hant-HK", zh)), tuid, **rest)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "want"),
    [
        ([], [unit()], [unit("Hands.", "手。", "t2")], [unit(), unit("Hands.", "手。", "t2")]),
        ([], [unit()], [unit()], [unit()]),
        ([], [unit(tuid="")], [unit(tuid="", line=7)], [unit(tuid="")]),
        ([], [unit(zh=HK)], [unit()], [unit(zh=HK), unit(tuid="")]),
        ([unit()], [], [unit()], []),
        ([unit()], [], [unit(zh=HK)], [unit(zh=HK)]),
        ([unit(status="machine")], [], [unit()], [unit()]),
        ([unit()], [unit(zh=HK)], [unit(note="看過")], [unit(zh=HK, note="看過")]),
        ([unit()], [unit(zh=HK)], [unit(zh=TW)], [unit(zh=HK), unit(zh=TW, tuid="")]),
        # a word about a text that is no longer there goes with its text
        (
            [unit()],
            [unit(zh=HK)],
            [unit(status="superseded")],
            [unit(zh=HK), unit(tuid="", status="superseded")],
        ),
        ([unit()], [unit()], [unit(status="superseded")], [unit(status="superseded")]),
        (
            [unit(status="machine")],
            [unit(status="approved")],
            [unit(status="superseded")],
            [unit()],
        ),
        ([unit(zh=TW)], [unit(status="approved")], [unit(status="machine")], [unit()]),
        (
            [unit(props={"a": "1", "b": "1"})],
            [unit(props={"a": "2", "b": "1"})],
            [unit(props={"a": "1", "c": "3"})],
            [unit(props={"a": "2", "c": "3"})],
        ),
        (
            [unit()],
            [unit(author="Chan", date="20240501T000000Z", note="舊")],
            [unit(author="李", date="20240601T000000Z", note="新")],
            [unit(author="李", date="20240601T000000Z", note="新")],
        ),
        (
            [unit()],
            [unit(author="Chan", date="20240501T000000Z")],
            [unit(author="李", date="tomorrow")],
            [unit(author="Chan", date="20240501T000000Z")],
        ),
    ],
)
def test_units(base: list[TU], ours: list[TU], theirs: list[TU], want: list[TU]) -> None:
    merged = merge_units(base, ours, theirs)
    assert list(merged.units) == want
    assert merged.conflicts == (("t1",) if len(want) == 2 and want[1].tuid == "" else ())


STATUSES: tuple[Status, ...] = ("approved", "published", "aligned", "machine", "superseded")
memories = st.lists(
    st.builds(
        unit,
        st.sampled_from((EN, "Wash your hands.")),
        st.sampled_from((ZH, HK, TW, "請洗手。")),
        st.sampled_from(("t1", "t2", "t3", "")),
        status=st.sampled_from(STATUSES),
        date=st.sampled_from(("", "20240501T000000Z", "20240601T000000Z", "?")),
    ),
    max_size=5,
)


@settings(max_examples=1000)
@given(memories, memories, memories)
def test_units_laws(base: list[TU], ours: list[TU], theirs: list[TU]) -> None:
    assert merge_units(base, ours, base).units == tuple(ours)
    assert merge_units(base, ours, ours).units == tuple(ours)

    def said(units: Sequence[TU]) -> set[object]:
        return {(u.tuvs, u.status) for u in units}

    merged = merge_units(base, ours, theirs)
    assert said(merged.units) == said(merge_units(base, theirs, ours).units)
    assert said(merged.units) <= said(ours) | said(theirs)
    approved = {u.tuvs for u in (*ours, *theirs) if u.status == "approved"}
    new = approved - {u.tuvs for u in base}
    assert new <= {u.tuvs for u in merged.units if u.status == "approved"}


# --- real catalogs --------------------------------------------------------------------------------


def catalog(path: Path) -> list[Entry]:
    file = polib.pofile(str(path))
    head = "".join(f"{name}: {value}\n" for name, value in file.metadata.items())
    return [entry(head, msgid="")] + [
        Entry(
            e.msgid,
            (e.msgstr,),
            e.msgctxt,
            flags=tuple(e.flags),
            references=tuple(":".join(place) for place in e.occurrences),
            obsolete=bool(e.obsolete),
        )
        for e in file
    ]


@pytest.mark.corpus
@pytest.mark.parametrize("name", ["faq_general", "tutorial_introduction"])
def test_work_on_an_old_release_reaches_the_new_one(shared: Path, name: str) -> None:
    """The Python documentation moved on from 3.10 while every fifth entry was retranslated."""
    base = catalog(shared / "data" / "po" / f"pydocs-3.10.{name}.zh_CN.po")
    theirs = catalog(shared / "data" / "po" / f"pydocs.{name}.zh_CN.po")
    ours = [
        replace(e, msgstr=(e.msgstr[0] + "（新）",)) if n % 5 == 1 else e
        for n, e in enumerate(base)
    ]
    merged = merge(base, ours, theirs)
    result, old, new = by_key(merged.entries), by_key(base), by_key(theirs)
    for e in ours:
        if e.msgstr != old[e.key].msgstr:
            assert e.msgstr in texts_of(result[e.key])
    for e in theirs:
        if e.is_header:
            continue
        if e.key not in old or e.msgstr != old[e.key].msgstr:
            assert e.msgstr in texts_of(result[e.key])
    assert set(merged.conflicts) == set(merge(base, theirs, ours).conflicts)
    assert by_key(merge(base, base, theirs).entries) == new
