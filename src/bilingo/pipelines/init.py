"""`init`: a new project in a folder that has none."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from bilingo.errors import BilingoError
from bilingo.model import Locale
from bilingo.project import SETTINGS_FILE
from bilingo.stores.files import Change
from bilingo.text import locales

_SETTINGS = """\
# bilingo reads this file; `bilingo --help` shows what it can do.
# `source` is what articles are written in, unless their name says otherwise: visit.zh-HK.md
source = "{source}"
targets = [{targets}]
articles = "articles"
memory = "memory"
locales = "locales"
build = "build"
"""
_WELCOME = {
    "en": "# Welcome\n\nThis is your first article. Change it, then run `bilingo sync`.\n",
    "zh": "# 歡迎\n\n這是你的第一篇文章。請修改內容，然後執行 `bilingo sync`。\n",
}
# A memory file holds one unit a line, so git may keep the additions of both sides of a merge.
_ATTRIBUTES = "memory/**/*.tmx merge=union\n"
_IGNORE = "/build/\n/.bilingo/\n.*.bilingo-tmp\n.bilingo-lock\n"


def init(root: Path, *, source: Locale, targets: Sequence[Locale]) -> tuple[Change, ...]:
    """The files of a new project at `root`; the caller writes them.

    Nothing that exists is replaced. Raises BilingoError where a project is already.
    """
    settings = root / SETTINGS_FILE
    if settings.exists():
        raise BilingoError("there is a project here already", where=str(settings))
    wanted = [target for target in targets if target != source]
    if not wanted:
        raise BilingoError("source and target are the same", hint="name another with --target")
    text = _SETTINGS.format(source=source, targets=", ".join(f'"{t}"' for t in wanted))
    language = "zh" if locales.is_chinese(source) else "en"
    welcome = f"articles/welcome.{locales.alias(source, 'tmx')}.md"
    files = {
        welcome: _WELCOME[language],
        ".gitignore": _IGNORE,
        ".gitattributes": _ATTRIBUTES,
        SETTINGS_FILE: text,  # the last to appear: with it there is a project, whole
    }
    return tuple(
        Change(root / name, content.encode(), None)
        for name, content in files.items()
        if not (root / name).exists()
    )
