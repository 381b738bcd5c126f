"""Every check ends on long hostile text, in time that grows as the text does."""

from __future__ import annotations

import pytest

from bilingo.checks import Setting, run
from bilingo.model import TUV, Entry, Term

LONG = 100_000
TERMS = (
    Term((TUV("en", "carrier"), TUV("zh-Hant-HK", "帶菌者")), "introduced"),
    Term((TUV("en", "a b"), TUV("zh-Hant-HK", "中中中中")), "forbidden"),
)
TRAPS = (
    "<a |{{|%(|`|:a:`|中 |中.|的的確確|「|“‘|（中|中...|a@b.|http://|&amp;|**|[|的士|《的士》"
    "|(ab cd)|陳 |\ufeff"
)


@pytest.mark.parametrize("trap", TRAPS.split("|"))
@pytest.mark.parametrize("target", ["zh-Hant-TW", "en"])
def test_traps_end(trap: str, target: str) -> None:
    text = (trap * LONG)[:LONG]
    setting = Setting(target=target, terms=TERMS)
    findings = run([Entry("洗手 Open it.", ("中" + text,))], setting=setting)
    assert all(finding.msgid for finding in findings)
