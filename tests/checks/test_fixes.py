"""A fix changes what its check found and nothing else."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilingo.checks import CHECKS, Setting, by_code
from bilingo.model import Entry

KEPT = ("<1>", "</1>", "https://example.org/a,b", "{name}", "`a, b`", "info@example.org")
PIECES = st.lists(
    st.sampled_from(
        (
            *KEPT,
            *'中文，。,.:;!?()（）“”「」『』‘’"… 　aB1１',
            "...",
            "--",
            "。。。",
            "  ",
            "\u200b",
        )
    ),
    max_size=24,
).map("".join)
PROFILES = st.sampled_from(("hk-press", "tech", "ui", "hans"))
TYPOGRAPHY = [code for code in CHECKS if code.startswith("T")]
PROTECTED = re.compile("|".join(map(re.escape, KEPT)))


@pytest.mark.parametrize("code", TYPOGRAPHY)
@given(form=PIECES, profile=PROFILES, target=st.sampled_from(("zh-Hant-HK", "zh-Hans-CN", "en")))
def test_fix_is_idempotent_and_keeps_markup(code: str, form: str, profile, target: str) -> None:  # type: ignore[no-untyped-def]
    setting = Setting("en", target, profile)
    _, check = by_code(code)
    for found in check([Entry("A source, with a stop.", (form,))], setting):
        assert 0 <= found.start <= found.end <= len(form)
        if found.fix is None:
            continue
        assert PROTECTED.findall(found.fix) == PROTECTED.findall(form)
        again = list(check([Entry("A source, with a stop.", (found.fix,))], setting))
        assert found.fix not in [later.fix for later in again]
        for later in again:  # two rounds are enough, however marks meet
            if later.fix is not None:
                last = check([Entry("A source, with a stop.", (later.fix,))], setting)
                assert all(end.fix in (None, later.fix) for end in last)
