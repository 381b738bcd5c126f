"""Write docs/checks.md from the docstrings of the checks: python tools/check_docs.py."""

from __future__ import annotations

import re
from pathlib import Path

from bilingo.checks import CHECKS, by_code

PAGE = Path(__file__).parent.parent / "docs" / "checks.md"
HEAD = """\
# Checks

Made from the docstrings of `src/bilingo/checks/` by `python tools/check_docs.py`; the examples run
as tests.

An **error** fails `bilingo check` and keeps `bilingo build` from writing the article; a **warning**
deserves a look; **info** is a note. A finding that is right as it is can be answered in the
catalog, in a translator's comment that gives the reason: `# bilingo: ignore T008 a real question`.
An answer that is no longer needed is a finding itself.

In the examples `␠` is a space and `␣` a character nobody sees; a name in brackets is the locale or
the profile that the example is checked with.
"""
EXAMPLE = re.compile(r"^(\S.*  →  .*    (?:passes|fails)(?: \([\w-]+\))?)$", re.MULTILINE)


def page() -> str:
    """The whole page."""
    return HEAD + "".join(map(_section, sorted(CHECKS)))


def _section(code: str) -> str:
    level, check = by_code(code)
    title, *lines = (check.__doc__ or "").rstrip().splitlines()
    rest = "\n".join(line.removeprefix("    ") for line in lines).strip("\n")
    rest = EXAMPLE.sub(r"    \1", rest)
    return f"\n## {code} · {level}\n\n{title}\n\n{rest}\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
