"""Every check passes and fails as the examples in its docstring say."""

from __future__ import annotations

import inspect
import re

import pytest

from bilingo.checks import CHECKS, by_code
from bilingo.model import Entry

EXAMPLE = re.compile(
    r"^ +(?P<source>\S.*?)  →  (?:#\| (?P<previous>.*?) (?=#, ))?(?P<fuzzy>#, fuzzy )?"
    r"(?P<target>.*?)    (?P<verdict>passes|fails)$",
    re.MULTILINE,
)
HAN = re.compile("[一-鿿]")


def examples(code: str) -> list[re.Match[str]]:
    _, check = by_code(code)
    return list(EXAMPLE.finditer(check.__doc__ or ""))


@pytest.mark.parametrize("code", CHECKS)
def test_docstring_is_a_page(code: str) -> None:
    _, check = by_code(code)
    found = examples(code)
    assert {example["verdict"] for example in found} == {"passes", "fails"}
    sources = [example["source"] for example in found]
    assert any(HAN.search(source) for source in sources)
    assert not all(HAN.search(source) for source in sources)
    arrows = [line for line in inspect.getdoc(check).splitlines() if "→" in line]
    assert len(arrows) == len(found), "an example that is not in the fixed form"


@pytest.mark.parametrize(
    ("code", "example"),
    [
        pytest.param(code, example, id=f"{code}-{example['source']}-{example['target']}")
        for code in CHECKS
        for example in examples(code)
    ],
)
def test_example(code: str, example: re.Match[str]) -> None:
    _, check = by_code(code)
    entry = Entry(
        example["source"],
        (example["target"],),
        flags=("fuzzy",) if example["fuzzy"] else (),
        previous=example["previous"],
    )
    verdict = "fails" if list(check([entry])) else "passes"
    assert verdict == example["verdict"]
