"""Laws of values, over texts of the pieces that values are made of."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bilingo.text import aside
from bilingo.text.lazy import Pattern
from bilingo.text.values import (
    Value,
    compare,
    dates,
    difference,
    find,
    keys,
    labels,
    numerals,
    rates,
    ratios,
    scan,
)
from bilingo.text.values import quantities as amounts
from bilingo.text.values import units as measures

PIECES = st.sampled_from(
    """1 12 2024 1,200 3.5 ２０ 0 28 2861 1234 . , - – ~ / : % ° $ HK$ £ ( ) < > <1> {0} %s ` @
    http://a million k m mg mL °C km days hour years and to of in a half third first two twenty
    hundred dozen March May Jan Mon Friday am p.m. noon midnight 1990s COVID-19 N95 coronavirus
    零 一 二 兩 三 十 廿 百 千 萬 億 半 點 年 月 日 時 分 星期 週 下午 凌晨 至 個 元 港幣 攝氏 度
    百分之 分之 成 折 歲 毫克 里 公里 幾 數 第
    places per each a cent doyen Hong Kong US dollars 年代 世紀 零下 多 的 人 𠮷""".split()
) | st.sampled_from(" \u00a0\u200b\n")
TEXTS = st.lists(PIECES, max_size=14).map("".join)
WHOLE = [
    *"二零二四年三月五日 一九六〇年代 三到五月 八點半 24/7 120/80 二十一世纪 三點正".split(),
    *(
        "二十 世紀六十年代",
        "十二 until 十二 月",
        "二十四 時",
        "five of six",
        "one-2 three-3b",
        "一月 or 二月",
        "農曆八月十五",
    ),
]
DENSE = st.lists(st.sampled_from(WHOLE) | PIECES, max_size=5).map("".join)


@given(TEXTS)
def test_places_are_in_order_and_never_overlap(text: str) -> None:
    previous = (0, 0)
    for value in find(text):
        assert 0 <= value.start < value.end <= len(text)
        assert (value.start, value.end) == previous or value.start >= previous[1]
        assert text[value.start : value.end].strip() == text[value.start : value.end]
        previous = (value.start, value.end)


@given(st.text(max_size=40))
def test_any_text_is_read(text: str) -> None:
    assert all(value.end <= len(text) for value in find(text))


@given(TEXTS)
def test_a_text_agrees_with_itself(text: str) -> None:
    assert compare(text, text) == ()


@given(TEXTS, TEXTS)
def test_both_directions_find_the_same(one: str, other: str) -> None:
    there = {(d.kind, d.source, d.target) for d in compare(one, other)}
    back = compare(other, one)
    assert bool(there) == bool(back)
    missing = {source for kind, source, _ in there if kind == "missing"}
    assert missing == {d.target for d in back if d.kind == "added"}


# Where a value may start, in one pattern.
START = re.compile(
    rf"(?<![A-Za-z0-9])(?=[A-Za-z])(?:{labels.START}|(?ai:{scan._ARTICLED})"
    rf"|(?ai:{'|'.join(sorted(scan._STARTING))})(?a:\b)|{dates.START}|{labels.START_ROMAN})"
    rf"|{measures._names(list(measures.STARTS))}|[(+]?[0-9]|[½¼¾⅓⅔]"
    rf"|(?<![0-9A-Za-z)\]\-年月日號号時时分元歲岁天座期{numerals.HAN}])-(?=[0-9])|[{numerals.HAN}半]"
    rf"|{labels.START_HAN}|{dates.START_MARK}|{dates.START_HAN}|{rates.START_HAN}|{ratios.START_HAN}"
)
BESIDE = st.lists(
    st.sampled_from(
        """$ £ ¥ € HK$ US$ A$ yen euro euros Euro dollars RMB 美元 元 圓 新台幣 新 攝氏 百分之
        百 零下 零 minus - + ( ) (日) 號 second Second A per day an hour N95 coronavirus novel ſ
        coronaviruſ II Stage May Mon 冠狀 每 日 星期 週 上 上午 十 半 5 1 . _ a noon""".split()
    )
    | st.sampled_from([" ", "\n"]),
    max_size=8,
).map("".join)


@given(TEXTS | BESIDE)
@settings(max_examples=3000)
def test_values_start_where_one_pattern_says(text: str) -> None:
    assert [scan._starts(text, at) for at in range(len(text))] == [
        START.match(text, at) is not None or text[at] in scan._MONEY for at in range(len(text))
    ]


@given(TEXTS | BESIDE)
@settings(max_examples=1500)
def test_what_is_passed_over_starts_no_value(text: str) -> None:
    """The grammar asked at every place finds what the short ways find."""
    folded = aside.fold(text)
    values: list[Value] = []
    position = 0
    while found := START.search(folded, position):
        read, end = _by_every_reader(folded, found.start())
        values += read
        position = max(end, found.start() + 1)
    assert find(text) == tuple(values)


def _by_every_reader(text: str, start: int) -> tuple[list[Value], int]:
    if not scan._INDEFINITE.search(text[max(0, start - 2) : start]):
        for reader in scan._READERS:
            if found := reader(text, start):
                return found
    run = scan._RUN.match(text, start)
    return [], run.end() if run else start + 1


@pytest.mark.parametrize("text", ["one " * 500, "一間 two " * 300])
def test_a_text_of_number_words_is_looked_through_once(
    text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each look goes to the end where nothing is found, so one a word would be quadratic."""
    name = "_LOOK_ASCII" if text.isascii() else "_LOOK_PLAIN"
    look, seen = getattr(scan, name), 0

    class Counted:
        def search(self, text: str, start: int = 0) -> re.Match[str] | None:
            nonlocal seen
            found = look.search(text, start)
            seen += (found.start() if found else len(text)) - start
            return found

    monkeypatch.setattr(scan, name, Counted())
    assert len(find(text)) >= 300
    assert seen <= 2 * len(text)


def _guarded() -> list[Pattern[str]]:
    found = []
    for module in (scan, dates, labels, numerals, rates, ratios, amounts, measures):
        for value in vars(module).values():
            several = value if isinstance(value, tuple) else (value,)
            found += [one for one in several if isinstance(one, Pattern) and one.needs]
    return found


GUARDED = [(one, re.compile(one.pattern, one.flags)) for one in _guarded()]
WRITTEN = st.sampled_from(
    """once twice|3 times a day|三次|COVID-19|N95|5 a|852-2861 1234|+44 20 7946 0958|三點五
百萬|5k|5K|5 Billion|a dozen|1st|22nd|3rd|4th|數十|on 5 May 2024|May 5, 2024|5–6 May
May 2024|2024-05-06|6/5/24|五月六日|2024年5月|農曆八月十五
15th day of the eighth lunar month|1990s|'90s|二十世紀九十年代|1990年代|九十年代|Tue|Sunday
星期日|週六|禮拜天|號(一)|5 P.M.|5 O'Clock|5 NOON|9-11 am|12:30|正午|午夜|上午九時|下午3:30
早上九至十時|one in ten|2 out of 3|4/5|三分之一|a Third|two quarters|HALF a|一半|an hour
PER DAY|5 and a half|十幾|May 5–6, 2024|每日三次""".replace("\n", "|").split("|")
)


@given(
    st.lists(
        WRITTEN | PIECES | st.sampled_from("5.7 5X 12:30 .–- 1-800 2861 1-212-555-0199".split()),
        max_size=6,
    )
)
@settings(max_examples=1000)
def test_a_look_passes_over_nothing(pieces: list[str]) -> None:
    text = "".join(pieces)
    looks = [
        (labels._lettered, (labels._CODE,)),
        (labels._grouped, labels._PHONES[2:]),
        (dates._timed, dates._FIGURES),
        (dates._in_parts, dates._NUMERIC),
    ]
    for look, patterns in looks:
        for at in range(len(text)):
            if not look(text, at):
                assert not any(one.match(text, at) for one in patterns), (look, text[at:])


@given(st.lists(WRITTEN | PIECES, max_size=6).map("".join))
@settings(max_examples=500)
def test_what_a_pattern_needs_it_cannot_do_without(text: str) -> None:
    for one, compiled in GUARDED:
        if not any(need in text for need in one.needs):
            assert not compiled.search(text), (one.pattern, text)


SUFFIXES = [re.compile(p.format(measures._names(names))) for p, names in measures._SUFFIXES]


@pytest.mark.parametrize("between", ["", " ", "-", "個", "个半 ", " 個"])
def test_every_name_is_looked_for_by_its_first_character(between: str) -> None:
    for name in measures.NAMES:
        text = f"{between}{name}好"
        found = next((m for one in SUFFIXES if (m := one.match(text))), None)
        ours = measures.suffix(text, 0)
        assert (ours and ours.group()) == (found and found.group())


@given(TEXTS | BESIDE, st.integers(0, 9))
@settings(max_examples=2000)
def test_what_stands_behind_a_number_is_the_first_that_fits(text: str, start: int) -> None:
    """The characters that names begin with pass over nothing."""
    found = next((m for one in SUFFIXES if (m := one.match(text, start))), None)
    ours = measures.suffix(text, start)
    assert (ours and ours.groupdict()) == (found and found.groupdict())
    if start < len(text):
        wanted = measures.PREFIX.match(text, start)
        ours = measures.prefix(text, start)
        assert (ours and ours.group()) == (wanted and wanted.group())
        said = wanted.groupdict() if wanted else {}
        assert all(
            said[name] == value for name, value in (ours.groupdict() if ours else {}).items()
        )


@pytest.mark.parametrize("text", ["a quarterſ3 doses", "3 thouſand", "two thouſand", "5 weeKs"])
def test_letters_that_fold_to_others_are_others(text: str) -> None:
    """U+017F and U+212A are s and k to a pattern that ignores case, but in no word of ours."""
    assert all(
        "ſ" not in text[v.start : v.end] and "K" not in text[v.start : v.end] for v in find(text)
    )


@settings(max_examples=2000)
@given(DENSE)
def test_readers_that_are_not_asked_would_find_nothing(text: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(scan, "_readers", lambda text, start, end: scan._READERS)
        every = find(text)
    assert find(text) == every


@settings(max_examples=1000)
@given(DENSE)
def test_an_equal_answers(text: str) -> None:
    """So that no keys are made of values that have one, in words or in figures."""
    for value in find(text):
        for optional in (True, False):
            said = set(keys.says(replace(value, optional=optional)))
            assert not difference._covers_itself(value) or difference._covered(value, said)


@settings(max_examples=1000)
@given(DENSE, DENSE)
def test_nothing_is_uncovered_but_what_has_no_keys(one: str, other: str) -> None:
    ours, theirs = find(one), find(other)
    said, answered = (set(map(difference._said, values)) for values in (ours, theirs))
    stated = {key for value in theirs for key in keys.says(value)}
    apart = difference._apart(ours, theirs)
    wanted = [value for value in ours if not difference._covered(value, stated, apart)]
    assert difference._uncovered(ours, theirs, said, answered) == wanted
