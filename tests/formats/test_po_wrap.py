"""Folding at columns: own samples, and msgcat over random English and Chinese."""

from __future__ import annotations

import shutil
import subprocess

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bilingo.formats import po, po_wrap, po_write
from bilingo.model import Entry


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", [""]),
        ("short", ["short"]),
        ("eleven cols", ["", "eleven ", "cols"]),
        ("主頁捐款聯絡我們", ["", "主頁捐款聯", "絡我們"]),
        ("主頁捐款。聯絡", ["", "主頁捐款。", "聯絡"]),
        ("主頁捐款人。聯絡", ["", "主頁捐款", "人。聯絡"]),
        ("主頁「捐款」聯", ["", "主頁「捐", "款」聯"]),
        ("unbreakable", ["", "unbreakable"]),
        ("123456789\\n", ["", "123456789\\n"]),
    ],
)
def test_fold(text: str, lines: list[str]) -> None:
    assert po_wrap.fold([text] if text else [], room=10, first=4) == lines


@given(st.text(st.sampled_from("ab 主頁。，「」（） -/.12%\\"), max_size=60), st.integers(4, 30))
def test_nothing_is_lost(text: str, room: int) -> None:
    assert "".join(po_wrap.fold([text], room=room, first=3)) == text


WORDS = """the clinic 診所 免費 “free” （一） 「檢測」 3.5% HK$200 a-b e.g. https://a.hk/b?c=d#e
(see) 及／或 …… — — 主頁。 電話：2345 6789 it's 〈法例〉 <1>按此</1> {name} %(count)d \u3000 、 ！ ; :""".split(
    " "
)


@pytest.mark.clients
@settings(max_examples=15)
@given(
    st.lists(st.lists(st.sampled_from(WORDS), min_size=15, max_size=70), min_size=20, max_size=20)
)
def test_folds_as_msgcat(drawn: list[list[str]]) -> None:
    if not shutil.which("msgcat"):
        pytest.skip("msgcat is not installed")
    joined = [(" " if n % 2 else "").join(words) for n, words in enumerate(drawn)]
    listed = [Entry(str(n), (text,)) for n, text in enumerate(joined)]
    new = po.new("zh-Hant-HK")
    ours = po.edit(new, [*new.entries, *listed], wrap=True)
    done = subprocess.run(["msgcat", "-"], input=ours, capture_output=True, check=True)
    printed = po.read(done.stdout)
    for entry, (start, stop) in zip(printed.entries, printed.spans, strict=True):
        assert po_write.render(entry, wrap=True) == done.stdout[start:stop].decode()
