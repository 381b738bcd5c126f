"""Whatever becomes of the articles, no translation is lost, and a second sync changes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from bilingo.formats import po
from bilingo.model import Article, Entry, Unit
from bilingo.pipelines.update import update

SENTENCES = (
    "Please bring your Hong Kong identity card.",
    "Please bring your Hong Kong identity card and your medicines.",
    "Please bring your vaccination record.",
    "The clinic in Kwun Tong opens at 9 a.m. on Saturday.",
    "The clinic in Kwun Tong opens at 10 a.m. on Saturday.",
    "The clinic in Sha Tin opens at 9 a.m. on Sunday.",
    "Free",
    "free!",
    "請帶同香港身份證。",
    "請帶同香港身份證及覆診咭。",
    "觀塘診所於星期六上午九時開門。",
    "觀塘診所於星期六上午十時開門。",
    "免費",
    "費用全免",
)
texts = st.one_of(
    st.sampled_from(SENTENCES),
    st.lists(st.sampled_from(SENTENCES), min_size=2, max_size=3).map(" ".join),
)
pages = st.lists(texts, max_size=6).map(tuple)
sites = st.tuples(pages, pages)
# For each step: the articles as they are then, which of two pages are synced, whether somebody
# then reviews what is fuzzy.
histories = st.lists(
    st.tuples(sites, st.sampled_from(["both", "a", "b"]), st.booleans()), max_size=6
)


def articles(site: Sequence[Sequence[str]], which: str) -> list[Article]:
    return [
        Article(name, "en", tuple(Unit(f"{n}", "paragraph", t, t) for n, t in enumerate(page)))
        for name, page in zip(("articles/a.md", "articles/b.md"), site, strict=True)
        if which in ("both", name[9])
    ]


def synced(raw: bytes, site: Sequence[Sequence[str]], which: str) -> bytes:
    """The catalog's next bytes, through the file as a run of the tool does it."""
    catalog = po.read(raw)
    found = articles(site, which)
    named = {article.path for article in found}
    result = update(
        catalog.entries, found, in_scope=named.__contains__, fill=lambda unit, locale: None
    )
    return po.edit(catalog, result.entries)


def translated(raw: bytes, review: bool, number: int) -> tuple[bytes, set[str]]:
    """A translation of its own for every open entry; with `review` what is fuzzy is approved."""
    catalog = po.read(raw)

    def done(entry: Entry, place: int) -> Entry:
        if entry.is_header or entry.obsolete:
            return entry
        if entry.fuzzy and review:
            return replace(entry, flags=(), previous=None)
        if not any(entry.msgstr):
            return replace(entry, msgstr=(f"譯文{number}-{place}",))
        return entry

    entries = [done(entry, place) for place, entry in enumerate(catalog.entries)]
    approved = {e.msgstr[0] for e in entries if e.translated and not e.is_header}
    return po.edit(catalog, entries), approved


@settings(max_examples=300)
@given(histories)
def test_no_translation_is_lost(
    history: list[tuple[tuple[tuple[str, ...], ...], str, bool]],
) -> None:
    raw = po.new("zh-Hant-HK").raw
    approved: set[str] = set()
    owner: dict[str, set[str]] = {}
    for number, (site, which, review) in enumerate(history):
        raw = synced(raw, site, which)
        assert synced(raw, site, which) == raw
        entries = po.read(raw).entries
        assert approved <= {text for entry in entries for text in entry.msgstr}
        wanted = {unit.text for article in articles(site, which) for unit in article.units}
        assert wanted <= {entry.msgid for entry in entries if not entry.obsolete}
        for entry in entries:
            if entry.translated and not entry.is_header:  # approved for this msgid, not by a guess
                assert entry.msgid in owner[entry.msgstr[0]]
        raw, now = translated(raw, review, number)
        approved |= now
        for entry in po.read(raw).entries:
            if entry.translated and not entry.is_header:
                owner.setdefault(entry.msgstr[0], set()).add(entry.msgid)
