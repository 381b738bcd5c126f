"""Every article format keeps the same promises, and one of another package does too."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilingo import formats
from bilingo.errors import BilingoError
from bilingo.formats import by_name, by_path
from bilingo.formats.rebuild import rebuild
from bilingo.model import Article, Unit

EXAMPLE = Path(__file__).parents[2] / "examples" / "bilingo-srt"
SUBTITLES = """\
1
00:00:01,000 --> 00:00:04,000
Take <i>two</i> tablets
each day.

2
00:00:05,000 --> 00:00:06,500 X1:1
每日服用
<i>兩粒</i>。

3
00:00:07,000 --> 00:00:08,000
♪
"""


@pytest.fixture
def srt(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The example package as pip installs it: a module and the metadata with its entry point."""
    info = tmp_path / "site" / "bilingo_srt-0.1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: bilingo-srt\nVersion: 0.1.0\n")
    lines = (EXAMPLE / "pyproject.toml").read_text().splitlines()
    first = lines.index('[project.entry-points."bilingo.formats"]') + 1
    point = lines[first].replace('"', "")
    (info / "entry_points.txt").write_text(f"[bilingo.formats]\n{point}\n")
    (tmp_path / "site" / "bilingo_srt.py").write_bytes((EXAMPLE / "bilingo_srt.py").read_bytes())
    monkeypatch.syspath_prepend(tmp_path / "site")
    monkeypatch.delitem(sys.modules, "bilingo_srt", raising=False)


@pytest.mark.usefixtures("srt")
def test_another_packages_format_is_found_by_suffix() -> None:
    found = tuple(by_path("talk.en.srt").read(SUBTITLES.encode()))

    units = Article("", "en", found).units
    assert [(u.text, u.line, u.kind) for u in units] == [
        ("Take <1>two</1> tablets each day.", 3, "caption"),
        ("每日服用<1>兩粒</1>。", 8, "caption"),
    ]
    new = rebuild(by_name("srt"), found, lambda unit: "<1>一</1>\n二" if unit is units[0] else None)
    assert new == SUBTITLES.replace("Take <i>two</i> tablets\neach day.", "<i>一</i>\n二")
    with pytest.raises(BilingoError, match="an empty line"):
        by_name("srt").render(units[0], "甲\n\n乙")


@pytest.mark.usefixtures("srt")
def test_every_command_reads_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from bilingo.cli import main

    (tmp_path / "articles").mkdir()
    (tmp_path / "articles/talk.en.srt").write_text(SUBTITLES)
    (tmp_path / "articles/photo.jpg").write_bytes(b"\xff\xd8")
    catalog = tmp_path / "locales/zh_HK/LC_MESSAGES/articles.po"

    assert main(["-C", str(tmp_path), "sync"]) == 0
    source = 'msgid "Take <1>two</1> tablets each day."\nmsgstr ""'
    assert source in catalog.read_text()
    catalog.write_text(catalog.read_text().replace(source, source[:-1] + '每日服用<1>兩</1>粒。"'))
    assert main(["-C", str(tmp_path), "build"]) == 0
    assert "每日服用<i>兩</i>粒。\n" in (tmp_path / "build/zh-HK/talk.srt").read_text()
    capsys.readouterr()


def test_without_the_package_the_suffix_is_unknown() -> None:
    with pytest.raises(BilingoError, match=r"unknown article format \.srt"):
        by_path("talk.srt")
    assert ".srt" not in formats.suffixes()


@pytest.mark.usefixtures("srt")
def test_ours_win() -> None:
    assert by_name("markdown").__name__ == "bilingo.formats.markdown"
    assert ".srt" in formats.suffixes()
    assert ".plain" not in formats.suffixes()


TEXTS = [
    "# Home\n\nOur **clinic** 診所 [opens](x)\n",
    "<p>Our <b>clinic</b> 診所",
    "- 一\r\n- two\r\r\n\n",
    SUBTITLES,
    "",
    " ",
    "a\u2028b\x85c\x0bd\x1ce",
]
NAMES = [*(name for name in formats.ARTICLES if name != "docx"), "srt"]


@pytest.mark.usefixtures("srt")
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("name", NAMES)
def test_promises(name: str, text: str, mark: str) -> None:
    one, raw = by_name(name), (mark + text).encode()

    pieces = tuple(one.read(raw))

    joined = "".join(p if isinstance(p, str) else p.raw for p in pieces)
    assert joined == text
    assert one.write(joined, raw) == raw
    assert rebuild(one, pieces, lambda unit: unit.text) == text
    for unit in Article("", "", pieces).all_units:
        assert unit.id
        assert text.replace("\r\n", "\n").replace("\r", "\n").count("\n") >= unit.line - 1


@pytest.mark.parametrize("name", formats.ARTICLES)
@given(raw=st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(name: str, raw: bytes) -> None:
    try:
        pieces = tuple(by_name(name).read(raw))
    except BilingoError as error:
        assert error.where or name == "docx"  # noqa: PT017 - either outcome is checked
        return
    assert by_name(name).write("".join(map(_raw, pieces)), raw) == raw


def _raw(piece: str | Unit) -> str:
    return piece if isinstance(piece, str) else piece.raw
