"""A catalog checked by several processes: what is found is what one finds."""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from pathlib import Path

import pytest

from bilingo import checks, plugins
from bilingo.checks import CHECKS, PROFILES, Found, Setting
from bilingo.formats import po
from bilingo.model import Entry
from bilingo.pipelines import checked

sys.path.insert(0, str(Path(__file__).parents[1] / "checks"))
from test_examples import EXAMPLES, MEMORY, entries_of, setting_of

SETTINGS = [
    *(Setting(profile=profile, memory=MEMORY) for profile in PROFILES),
    Setting(target="zh-Hans-CN"),
    Setting("zh-Hant-HK", "en"),
]


def catalog(seed: int) -> tuple[Entry, ...]:
    """The entries of every example, shuffled, each with a line and some of them twice."""
    entries = [e for example in EXAMPLES for e in entries_of(example.values[1])]
    random.Random(seed).shuffle(entries)  # noqa: S311
    return tuple(replace(entry, line=line) for line, entry in enumerate(entries, 1))


def terms() -> Setting:
    """A glossary of every kind of row."""
    settings = [setting_of(*example.values) for example in EXAMPLES]
    return Setting(terms=tuple({term for setting in settings for term in setting.terms}))


@pytest.mark.parametrize("setting", [*SETTINGS, terms()], ids=str)
@pytest.mark.parametrize("each", [2, 31])
def test_the_same_by_several(setting: Setting, each: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checked, "_EACH", each)
    entries = catalog(each)
    wanted = checks.run(entries, setting=setting, path="hk.po")
    assert len({finding.code for finding in wanted}) > 25
    assert checked.run(entries, setting, "hk.po", 3) == wanted


@pytest.mark.parametrize("code", CHECKS)
def test_a_check_that_sees_entries_alone(code: str) -> None:
    """What it says of itself: the entries around change nothing."""
    entries = catalog(1)
    for setting in (*SETTINGS, terms()):
        if not checks.alone(code, setting):
            continue
        check = checks.by_code(code)[1]
        whole = list(check(entries, setting))
        apart = [found for entry in entries for found in check([entry], setting)]
        assert sorted(map(str, whole)) == sorted(map(str, apart))


def test_a_check_of_others_sees_all(monkeypatch: pytest.MonkeyPatch) -> None:
    def last(entries: Sequence[Entry], setting: Setting) -> Iterator[Found]:
        yield Found(entries[-1], f"the last of {len(entries)}")

    class Point:
        name = "Z001"

        def load(self) -> object:
            return last

    monkeypatch.setattr(plugins, "entry_points", lambda group: [Point()])
    monkeypatch.setattr(checked, "_EACH", 2)
    entries = [Entry(f"Hand {n}.", (f"手{n}。",), line=n) for n in range(1, 10)]
    (finding,) = checked.run(entries, Setting(), "hk.po", 2)
    assert (finding.message, finding.line) == ("the last of 9", 9)


def test_processes_that_are_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    def killed(*_: object) -> None:
        raise BrokenProcessPool

    monkeypatch.setattr(checked, "_EACH", 2)
    monkeypatch.setattr(checked, "_shared", killed)
    entries = catalog(3)
    assert checked.run(entries, Setting(), "", 2) == checks.run(entries)


@pytest.mark.corpus
@pytest.mark.parametrize("name", ["sphinx.zh_TW.po", "pydocs.glossary.zh_CN.po"])
def test_real_catalogs(name: str, shared: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checked, "_EACH", 50)
    entries = po.read((shared / "data/po" / name).read_bytes()).entries
    for setting in (*SETTINGS, replace(SETTINGS[0], profile="auto")):
        wanted = checks.run(entries, setting=setting, path=name)
        assert checked.run(entries, setting, name, 2) == wanted
