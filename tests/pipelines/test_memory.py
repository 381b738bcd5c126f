"""The memory as the commands see it."""

from __future__ import annotations

from pathlib import Path

import pytest

from bilingo.pipelines import memory
from bilingo.project import open_project

HEAD = (
    '<tmx version="1.4"><header creationtool="x" creationtoolversion="1" segtype="sentence" '
    'o-tmf="x" adminlang="en" srclang="en" datatype="plaintext"/><body>'
)
HANT = "為協助患者家庭作好準備，基金會於本月舉行研討會，請各位準時出席。"
HANS = "为协助患者家庭作好准备，基金会于本月举行研讨会，请各位准时出席。"


def write(folder: Path, texts: list[str], locale: str) -> Path:
    units = "".join(
        f'<tu><tuv xml:lang="en"><seg>{n}</seg></tuv>'
        f'<tuv xml:lang="{locale}"><seg>{text}</seg></tuv></tu>'
        for n, text in enumerate(texts)
    )
    path = folder / "x.tmx"
    path.write_text(f"{HEAD}{units}</body></tmx>", encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("texts", "locale", "expected"),
    [
        ([HANT] * 20, "zh", "zh-Hant"),
        ([HANS] * 20, "zh", "zh-Hans"),
        ([HANS], "zh", "zh"),  # too little to tell
        ([HANS] * 10 + [HANT] * 10, "zh", "zh"),
        ([HANS] * 20, "zh-HK", "zh-Hant-HK"),  # what a file says is not overruled
    ],
)
def test_a_bare_zh_is_told_by_the_whole_file(
    tmp_path: Path, texts: list[str], locale: str, expected: str
) -> None:
    found = memory.read_file(open_project(tmp_path), write(tmp_path, texts, locale))

    assert {unit.tuvs[1].locale for unit in found.units} == {expected}
    assert bool(found.warnings) == (locale == "zh" and expected != "zh")


def test_a_folder_takes_points_off(tmp_path: Path) -> None:
    folder = tmp_path / "memory" / "penalty-10" / "penalty-5"
    folder.mkdir(parents=True)

    found = memory.read_file(open_project(tmp_path), write(folder, [HANT], "zh-HK"))

    assert [unit.penalty for unit in found.units] == [15]
