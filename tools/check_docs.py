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

Large catalogs are looked at by one process for each core (`--jobs`); what is found does not depend
on their number. The locale of a catalog is told by its place (`locales/zh_HK/LC_MESSAGES/`,
`site.zh_HK.po`), and where that does not tell, by `Language:` in its header.

What was found is kept in `.bilingo/` (in `$XDG_CACHE_HOME/bilingo/` where the project cannot be
written to), and an entry that has not changed is not looked at again; what is said is the same, to
the byte. Whatever it depends on is asked for: the entry, the settings, the glossary, the version
and the very files of bilingo. `--no-cache` looks at everything and keeps nothing. The folder may be
deleted at any time; see [why it can be trusted](decisions/0014-verdicts.md).

In the examples `␠` is a space, `⏎` a line break and `␣` a character nobody sees; a name in brackets
is the locale or the profile that the example is checked with.
"""
TAIL = """
## A check of your own

A check takes the entries of a catalog and what they are held to, and yields what it finds. This one
asks a house to say 你, not 您:

```python
from collections.abc import Iterator, Sequence

from bilingo.checks import Found, Setting
from bilingo.checks.texts import texts_of
from bilingo.model import Entry


def plain_you(entries: Sequence[Entry], setting: Setting) -> Iterator[Found]:
    \"\"\"Readers are addressed as 你.\"\"\"
    texts = texts_of(entries)
    for entry, number, source, form in texts.among(texts.targets.having("您")):
        start = form.index("您")
        yield Found(entry, "您 for 你", number, start, start + 1, fix=form.replace("您", "你"))
```

An entry point of its package makes it known; the name is the code, and what it finds are warnings:

```toml
[project.entry-points."bilingo.checks"]
H001 = "house:plain_you"
```
"""
EXAMPLE = re.compile(r"^(\S.*  →  .*    (?:passes|fails)(?: \([\w-]+\))?)$", re.MULTILINE)


def page() -> str:
    """The whole page."""
    return HEAD + "".join(map(_section, sorted(CHECKS))) + TAIL


def _section(code: str) -> str:
    level, check = by_code(code)
    title, *lines = (check.__doc__ or "").rstrip().splitlines()
    rest = "\n".join(line.removeprefix("    ") for line in lines).strip("\n")
    rest = EXAMPLE.sub(r"    \1", rest)
    return f"\n## {code} · {level}\n\n{title}\n\n{rest}\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
