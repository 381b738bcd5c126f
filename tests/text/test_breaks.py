"""Line feeds at the ends of a text, as msgfmt wants them."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilingo.formats import po
from bilingo.model import Entry
from bilingo.text import breaks


@pytest.mark.parametrize(
    ("source", "target", "where", "mended"),
    [
        ("Free of charge", "費用全免", "", "費用全免"),
        ("Free of charge\n", "費用全免", "end", "費用全免\n"),
        ("Free of charge", "費用全免\n", "end", "費用全免"),
        ("\nFree of charge", "費用全免", "start", "\n費用全免"),
        ("\n\nFree\n", "費用全免\n\n", "start", "\n\n費用全免\n\n"),
        ("費用全免", "\nFree of charge\n", "start", "Free of charge"),
        ("費用\n全免", "Free of\n\ncharge", "", "Free of\n\ncharge"),
        ("Free\n", "", "", ""),
        ("", "費用全免\n", "", "費用全免\n"),
        ("Free", "\n", "start", "\n"),
    ],
)
def test_breaks(source: str, target: str, where: str, mended: str) -> None:
    assert breaks.differ(source, target) == where
    assert breaks.as_in(source, target) == mended


@given(st.text("\na字", max_size=6), st.text("\na字", max_size=6))
def test_mended_is_what_was_wanted_and_nothing_else(source: str, target: str) -> None:
    mended = breaks.as_in(source, target)
    assert mended.strip("\n") == target.strip("\n")
    if source and target.strip("\n"):
        assert not breaks.differ(source, mended)
    if not breaks.differ(source, target):
        assert mended == target


@pytest.mark.clients
@pytest.mark.skipif(not shutil.which("msgfmt"), reason="no msgfmt")
@pytest.mark.parametrize("source", ["a", "\na", "a\n", "\n\na\n", "a\nb"])
@pytest.mark.parametrize("target", ["字", "\n字", "字\n", "\n字\n\n", "字\n字"])
def test_msgfmt_asks_for_the_same(source: str, target: str, tmp_path: Path) -> None:
    path = tmp_path / "a.po"
    for text, refused in (
        (target, bool(breaks.differ(source, target))),
        (breaks.as_in(source, target), False),
    ):
        entries = (*po.new("zh-Hant-HK").entries, Entry(source, (text,)))
        path.write_bytes(po.edit(po.new("zh-Hant-HK"), entries))
        done = subprocess.run(["msgfmt", "-c", "-o", "/dev/null", str(path)], capture_output=True)
        assert (done.returncode != 0) == refused, done.stderr
