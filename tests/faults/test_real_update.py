"""Real catalogs brought to the next release's texts: nothing is lost, nothing moves."""

from __future__ import annotations

from pathlib import Path

import pytest

from bilingo.formats import po
from bilingo.model import Article, Unit
from bilingo.pipelines.update import update


@pytest.mark.corpus
@pytest.mark.parametrize(
    ("name", "shared_msgids"), [("faq_general", 70), ("tutorial_introduction", 40)]
)
def test_a_catalog_of_the_python_documentation(shared: Path, name: str, shared_msgids: int) -> None:
    folder = shared / "data" / "po"
    old = po.read((folder / f"pydocs-3.10.{name}.zh_CN.po").read_bytes())
    new = po.read((folder / f"pydocs.{name}.zh_CN.po").read_bytes())
    texts = [e for e in new.entries if not e.is_header and not e.obsolete]
    units = tuple(Unit(str(n), "paragraph", e.msgid, e.msgid) for n, e in enumerate(texts))
    result = update(
        old.entries,
        [Article("article", "en", units)],
        in_scope=lambda path: True,
        fill=lambda unit, locale: None,
    )
    before = po.by_key(old.entries)
    after = po.by_key(po.read(po.edit(old, result.entries)).entries)
    unchanged = [e for e in texts if e.key in before and any(before[e.key].msgstr)]
    assert len(unchanged) >= shared_msgids
    for entry in unchanged:
        then, now = before[entry.key], after[entry.key]
        assert (now.msgstr, now.fuzzy, now.obsolete) == (then.msgstr, then.fuzzy, False)
    for entry in texts:
        now = after[entry.key]
        if entry.key in before or not any(now.msgstr):
            continue
        assert now.fuzzy  # a guess is never published, and says whose translation it shows
        assert before[now.previous_ctxt, now.previous or ""].msgstr == now.msgstr
    kept = {text for entry in after.values() for text in entry.msgstr}
    assert {text for entry in before.values() for text in entry.msgstr} <= kept | {""}
