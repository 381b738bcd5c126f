"""Where a character of a translation stands in its file."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilingo.formats import po, po_place
from bilingo.model import Entry

WRAPPED = r"""
#: articles/a.en.md
msgid "Wash, then dry."
msgstr ""
"先洗手，\n"
"\"然後\"抹乾。"

msgid "dose"
msgid_plural "doses"
msgstr[0] "劑"
msgstr[1] "多劑"

msgctxt "洗手"
  msgid "洗手。"
	msgstr "Wash."
#~ msgid "old"
#~ msgstr "舊的"
""".split("\n")


@pytest.mark.parametrize(
    ("line", "form", "offset", "character", "place"),
    [
        (3, 0, 0, "先", (5, 2)),
        (3, 0, 3, "，", (5, 5)),
        (3, 0, 4, "\\", (5, 6)),  # a line feed
        (3, 0, 5, "\\", (6, 2)),  # a quotation mark
        (3, 0, 6, "然", (6, 4)),
        (8, 0, 0, "劑", (10, 12)),
        (8, 1, 1, "劑", (11, 13)),
        (14, 0, 1, "a", (15, 11)),
        (16, 0, 1, "的", (17, 13)),
    ],
)
def test_place(line: int, form: int, offset: int, character: str, place: tuple[int, int]) -> None:
    assert po_place.place(WRAPPED, line, form, offset) == place
    assert WRAPPED[place[0] - 1][place[1] - 1] == character


@pytest.mark.parametrize(("line", "form", "offset"), [(3, 0, 99), (3, 1, 0), (99, 0, 0), (8, 2, 0)])
def test_what_is_not_there_is_the_msgid(line: int, form: int, offset: int) -> None:
    assert po_place.place(WRAPPED, line, form, offset) == (line, 1)


@given(st.text(alphabet='a中"\\\n\t。é', min_size=1, max_size=120), st.data())
def test_every_character_of_what_we_write_is_found(text: str, data: st.DataObject) -> None:
    new = po.new("zh-Hant-HK")
    raw = po.edit(new, [*new.entries, Entry("x", (text,))])
    (entry,) = (e for e in po.read(raw).entries if not e.is_header)
    lines = raw.decode().split("\n")
    offset = data.draw(st.integers(0, len(text) - 1))
    line, column = po_place.place(lines, entry.line, 0, offset)
    written = {"\n": "\\n", "\t": "\\t", '"': '\\"', "\\": "\\\\"}.get(text[offset], text[offset])
    assert lines[line - 1].startswith(written, column - 1)
