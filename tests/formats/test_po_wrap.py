"""Folding at columns: own samples, and msgcat over random English and Chinese."""

from __future__ import annotations

import shutil
import subprocess

import pytest
from hypothesis import given
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
        ("unbreakable", ["unbreakable"]),
        ("123456789\\n", ["123456789\\n"]),
    ],
)
def test_fold(text: str, lines: list[str]) -> None:
    assert po_wrap.fold([text] if text else [], room=10, first=4) == lines


@given(st.text(st.sampled_from("ab 主頁。，「」（） -/.12%\\"), max_size=60), st.integers(4, 30))
def test_nothing_is_lost(text: str, room: int) -> None:
    assert "".join(po_wrap.fold([text], room=room, first=3)) == text


# one or two characters of each class, as msgcat 0.21 breaks them
CLASSES = (
    """a1é字(（「)）」、。，!！?？.,:;/-—…“"'%￥％$+|<=&#@{}：・々ァ／～–°€《》×①─★‧한\u3000"""
)


@pytest.mark.clients
@pytest.mark.parametrize("space", ["", " "])
def test_every_pair_of_classes_breaks_as_msgcat(space: str) -> None:
    if not shutil.which("msgcat"):
        pytest.skip("msgcat is not installed")
    if b" 0.21" not in subprocess.run(["msgcat", "--version"], capture_output=True).stdout:
        pytest.skip("the table is that of msgcat 0.21")
    texts = []
    for before in CLASSES:
        room = 77 - sum(map(po_wrap._width, po_write.escaped(before))) - len(space)
        padding = "字" * ((room - 1) // 2)
        padding += " " * (room - 2 * len(padding))
        texts += [f"{padding}{before}{space}{after}字" for after in CLASSES]
    listed = [Entry(str(number), (text,)) for number, text in enumerate(texts)]
    new = po.new("zh-Hant-HK")
    ours = po.edit(new, [*new.entries, *listed], wrap=True)
    done = subprocess.run(["msgcat", "-"], input=ours, capture_output=True, check=True)
    assert done.stdout == ours
