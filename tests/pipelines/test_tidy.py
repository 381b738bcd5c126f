"""`memory tidy`: one of each fault in both languages, and what is mended."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bilingo.formats import tmx
from bilingo.model import TU, TUV, Context
from bilingo.pipelines.tidy import tidy
from bilingo.project import Project, open_project

HERE = Context("articles/x.en.md", "paragraph", "", "")


def unit(en: str, zh: str, locale: str = "zh-Hant-HK", **more: object) -> TU:
    made = TU((TUV("en", en), TUV(locale, zh)), date="20260101T000000Z")
    return replace(made, **more)  # type: ignore[arg-type]


def project(folder: Path, *units: TU, name: str = "x.tmx") -> Project:
    (folder / "memory").mkdir(exist_ok=True)
    (folder / "memory" / name).write_bytes(tmx.write(units))
    return open_project(folder)


CLEAN = unit("The clinic opens at 9 a.m.", "診所於上午9時開門。")
FAULTS = {
    "targets": (unit("Free admission", "費用全免"), unit("Free admission", "免費入場")),
    "targets, backwards": (unit("It is safe.", "安全。"), unit("This is safe.", "安全。")),
    "script": (unit("A clinic.", "这个診所。"),),
    "script, Hans": (unit("A clinic.", "这个診所。", "zh-Hans-CN"),),
    "values": (unit("Take 5 mg.", "服用10毫克。"),),
    "duplicate": (
        unit("Come in.", "請進。"),
        unit("Come in.", "請進。", date="20260202T000000Z", author="mk"),
    ),
    "superseded": (
        unit("Come in.", "請進。", origin="articles/x.en.md", context=HERE),
        unit(
            "Come in.", "歡迎。", origin="articles/x.en.md", context=HERE, date="20260202T000000Z"
        ),
    ),
}


def test_nothing_is_wrong_with_a_clean_memory(tmp_path: Path) -> None:
    found = tidy(project(tmp_path, CLEAN))

    assert (found.remarks, found.changes) == ((), ())


@pytest.mark.parametrize("name", FAULTS)
def test_each_fault_is_found_alone(tmp_path: Path, name: str) -> None:
    found = tidy(project(tmp_path, CLEAN, *FAULTS[name]))

    assert [remark.kind for remark in found.remarks] == [name.partition(",")[0]]


def test_what_is_certain_is_mended_and_then_nothing_is_left(tmp_path: Path) -> None:
    site = project(tmp_path, CLEAN, *FAULTS["duplicate"], *FAULTS["superseded"])
    found = tidy(site)

    (change,) = found.changes
    change.path.write_bytes(change.content)

    kept = {(u.tuvs[1].text, u.status, u.author) for u in tmx.read(change.content)}
    assert kept == {
        ("診所於上午9時開門。", "approved", ""),
        ("請進。", "approved", "mk"),
        ("請進。", "superseded", ""),
        ("歡迎。", "approved", ""),
    }
    assert tidy(site).changes == ()
    assert [remark.kind for remark in tidy(site).remarks if remark.mend] == []


def test_a_file_of_another_tool_is_never_mended(tmp_path: Path) -> None:
    site = project(tmp_path, *FAULTS["duplicate"])
    path = site.memory / "x.tmx"
    path.write_bytes(path.read_bytes().replace(b'creationtool="bilingo"', b'creationtool="other"'))

    found = tidy(site)

    assert [(remark.kind, remark.mend) for remark in found.remarks] == [("duplicate", "")]
    assert found.changes == ()


def test_a_text_its_article_has_no_more_is_stale(tmp_path: Path) -> None:
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "x.en.md").write_text("The clinic opens at 9 a.m. Come in.\n")
    origin = "articles/x.en.md"
    units = [
        replace(CLEAN, origin=origin),
        unit("Come in.", "請進。", origin=origin),
        unit("Go away.", "請離開。", origin=origin),
        unit("Elsewhere.", "別處。", origin="articles/gone.en.md"),
    ]

    found = tidy(project(tmp_path, *units))

    assert [(r.kind, r.text) for r in found.remarks] == [("stale", "Go away.")]
