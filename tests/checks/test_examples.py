"""Every check passes and fails as the examples in its docstring say."""

from __future__ import annotations

import inspect
import re
from dataclasses import replace

import pytest

from bilingo.checks import CHECKS, PROFILES, Setting, by_code
from bilingo.formats import glossary
from bilingo.model import Entry
from bilingo.text import scripts

EXAMPLE = re.compile(
    r"^ *(?P<source>\S.*?)  →  (?:# (?P<comment>bilingo: .*?) ⏎ )?"
    r"(?:#\| (?P<previous>.*?) (?=#, ))?(?P<fuzzy>#, fuzzy )?"
    r"(?P<target>.*?)    (?P<verdict>passes|fails)(?: \((?P<setting>[\w-]+)\))?$",
    re.MULTILINE,
)
GLOSSARY = re.compile(r"^ *en,zh-Hant-HK,status\n(?: *\S.*\n)+", re.MULTILINE)
SHOWN = str.maketrans({"␠": " ", "␣": "\u200b", "⏎": "\n"})
MEMORY = {"Liver disease": ["肝病"]}


def examples(code: str) -> list[re.Match[str]]:
    return list(EXAMPLE.finditer(inspect.getdoc(by_code(code)[1]) or ""))


def setting_of(code: str, example: re.Match[str]) -> Setting:
    """The setting an example is in: Chinese sources are translated into English or Chinese."""
    setting = Setting(memory=MEMORY)
    table = GLOSSARY.search(by_code(code)[1].__doc__ or "")
    if table:
        rows = "\n".join(line.strip() for line in table.group().splitlines())
        setting = replace(setting, terms=glossary.read(rows.encode()))
    named = example["setting"]
    if named in PROFILES:
        setting = replace(setting, profile=named)
    elif named:
        setting = replace(setting, target=named)
    elif scripts.language_of(example["source"]) == "zh" and (
        scripts.language_of(example["target"].translate(SHOWN)) == "en"
    ):
        setting = replace(setting, source="zh-Hant-HK", target="en")
    return setting


def entries_of(example: re.Match[str]) -> list[Entry]:
    pairs = zip(example["source"].split(" | "), example["target"].split(" | "), strict=True)
    return [
        Entry(
            source.translate(SHOWN),
            (target.translate(SHOWN),),
            flags=("fuzzy",) if example["fuzzy"] else (),
            comments=(example["comment"],) if example["comment"] else (),
            previous=example["previous"],
        )
        for source, target in pairs
    ]


@pytest.mark.parametrize("code", CHECKS)
def test_docstring_is_a_page(code: str) -> None:
    _, check = by_code(code)
    found = examples(code)
    assert {example["verdict"] for example in found} == {"passes", "fails"}
    chinese = [scripts.language_of(example["source"]) == "zh" for example in found]
    assert any(chinese)
    assert not all(chinese)
    arrows = [line for line in (inspect.getdoc(check) or "").splitlines() if "  →  " in line]
    assert len(arrows) == len(found), "an example that is not in the fixed form"


EXAMPLES = [
    pytest.param(code, example, id=f"{code}-{example['source']}-{example['target']}")
    for code in CHECKS
    for example in examples(code)
]


@pytest.mark.parametrize(("code", "example"), EXAMPLES)
def test_example(code: str, example: re.Match[str]) -> None:
    _, check = by_code(code)
    found = list(check(entries_of(example), setting_of(code, example)))
    assert ("fails" if found else "passes") == example["verdict"], found


@pytest.mark.parametrize(("code", "example"), EXAMPLES)
def test_fix_mends(code: str, example: re.Match[str]) -> None:
    """A fix leaves nothing to find by its check, and is one of a single form."""
    _, check = by_code(code)
    setting = setting_of(code, example)
    for found in check(entries_of(example), setting):
        if found.fix is not None:
            assert found.fix != found.entry.msgstr[found.form]
            assert not list(check([replace(found.entry, msgstr=(found.fix,))], setting))
