"""How near the best suggestion is to the final translation, beside msgmerge and pretranslate.

    python benchmarks/usefulness.py ../shared/data             # writes USEFULNESS.md
    python benchmarks/usefulness.py DATA --pretranslate PROGRAM   # where it is not on PATH

Two tasks. The Python documentation, 3.10 → 3.13: the memory is the old catalog, the queries are the
texts of the new one that the old has not, the truth is their translation in the new one. And
tico19, whose sentences are about health: half of them are the memory, the queries are made from
that half with a fixed seed by one edit each, of which the translation is known, because the same
edit is made to it: another number, another name, another word, a clause more or less, two
sentences put into one paragraph. Both directions.

All three programs get the same PO memory and the same empty catalog. Nearness is the similarity of
characters to the true translation, ⌊100 · (M − d) / M⌋; what is not offered counts 0. Bands are by
the similarity of the query to the nearest source text of the memory.
"""

from __future__ import annotations

import argparse
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

from bilingo.formats import po, tmx
from bilingo.match.scan import similarity
from bilingo.model import TU, TUV, Entry, Locale
from bilingo.pipelines import drafts
from bilingo.pipelines.suggest import Wanted
from bilingo.project import open_project
from bilingo.text.fold import fold

HERE = Path(__file__).resolve().parent
BANDS = ((100, 100), (95, 99), (85, 94), (75, 84), (60, 74), (0, 59))
PROGRAMS = ("bilingo", "msgmerge", "pretranslate")
SEED = 19
EACH = 120  # queries of a kind and direction


class Query(NamedTuple):
    """A text to be translated, its kind, and the translation it really got."""

    kind: str
    source: str
    truth: str


class Task(NamedTuple):
    """A memory in pairs, in order, and what is asked of it."""

    name: str
    source: Locale
    target: Locale
    memory: list[tuple[str, str]]
    queries: list[Query]


class Row(NamedTuple):
    """What each program offered for a query, and how similar the nearest source is."""

    query: Query
    nearest: int
    offers: dict[str, str]

    def nearness(self, program: str) -> int:
        """Of the offer to the truth, percent."""
        offer = self.offers.get(program, "")
        return near(offer, self.query.truth) if offer else 0


def near(one: str, other: str) -> int:
    """The similarity of two texts in characters, percent."""
    return similarity(Levenshtein.distance(one, other), max(len(one), len(other)))


# ---- the tasks


def documentation(folder: Path) -> Iterator[Task]:
    """The pairs `pydocs-3.10.NAME.zh_CN.po`, `pydocs.NAME.zh_CN.po` of a folder."""
    for old in sorted(folder.glob("pydocs-3.10.*.po")):
        before = po.read(old.read_bytes()).entries
        after = po.read((folder / old.name.replace("-3.10", "")).read_bytes()).entries
        memory = [(e.msgid, e.msgstr[0]) for e in before if e.translated and not e.is_header]
        known = {source for source, _ in memory}
        queries = [
            Query("update", entry.msgid, entry.msgstr[0])
            for entry in after
            if entry.translated and not entry.is_header and entry.msgid not in known
        ]
        yield Task(f"Python {old.name.split('.')[2]}", "en", "zh-Hans-CN", memory, queries)


NAMES = (
    ("China", "中国"),
    ("Wuhan", "武汉"),
    ("Italy", "意大利"),
    ("Germany", "德国"),
    ("Japan", "日本"),
    ("Australia", "澳大利亚"),
    ("Singapore", "新加坡"),
)
WORDS = (
    ("virus", "病毒"),
    ("disease", "疾病"),
    ("patients", "患者"),
    ("vaccine", "疫苗"),
    ("symptoms", "症状"),
    ("hospital", "医院"),
    ("infection", "感染"),
    ("transmission", "传播"),
)
CLAUSES = (
    ("According to the ministry of health, ", "据卫生部称，"),
    ("As was reported last week, ", "据上周报道，"),
    ("In most of these cases, ", "在大多数此类情况下，"),
)
_FIGURE = re.compile(r"(?<![\d.,\-])[1-9]\d{0,2}(?![\d,\-]|\.\d)")


def health(path: Path) -> Iterator[Task]:
    """tico19 in both directions."""
    pairs = []
    for unit in tmx.read(path.read_bytes()):
        texts = {tuv.locale: tuv.text.strip() for tuv in unit.tuvs}
        pairs.append((texts["en"], texts["zh"]))
    pairs = list(dict.fromkeys(pairs))
    pick = random.Random(SEED)  # noqa: S311 - a sample, no secret
    pick.shuffle(pairs)
    half = pairs[: len(pairs) // 2]
    edited = list(edits(half, pick))
    memory = half + [(en, zh) for _, _, (en, zh) in edited if (en, zh) not in half]
    asked = [(kind, made) for kind, made, _ in edited]
    asked += [("new", pair) for pair in pairs[len(pairs) // 2 :][:EACH]]
    for way, (source, target) in enumerate((("en", "zh-Hans"), ("zh-Hans", "en"))):
        queries = [Query(kind, pair[way], pair[1 - way]) for kind, pair in asked]
        known = [(pair[way], pair[1 - way]) for pair in memory]
        held = {text for text, _ in known}
        yield Task(
            f"tico19 {source} → {target}",
            source,
            target,
            known,
            [query for query in queries if query.source not in held],
        )


Pair = tuple[str, str]


def edits(pairs: list[Pair], pick: random.Random) -> Iterator[tuple[str, Pair, Pair]]:
    """Kind, edited pair, and the pair that the memory has for it."""
    for kind, edit in EDITS.items():
        made = 0
        for place, pair in enumerate(pairs):
            found = edit(pair, pairs[place - 1], pick)
            if found and made < EACH:
                made += 1
                yield (kind, *found)


def another_number(pair: Pair, _: Pair, pick: random.Random) -> tuple[Pair, Pair] | None:
    """A figure that both sides write once."""
    both = [
        n
        for n in _FIGURE.findall(pair[0])
        if all(len(re.findall(rf"(?<!\d){n}(?!\d)", t)) == 1 for t in pair)
    ]
    if not both:
        return None
    old = both[0]
    new = str(int(old) + pick.randint(1, 40))
    return (sub(pair[0], old, new), sub(pair[1], old, new)), pair


def sub(text: str, old: str, new: str) -> str:
    """The figure replaced."""
    return re.sub(rf"(?<!\d){old}(?!\d)", new, text)


def swapped(
    table: tuple[Pair, ...],
) -> Callable[[Pair, Pair, random.Random], tuple[Pair, Pair] | None]:
    """An edit that puts another row of the table in the place of one that both sides have once."""

    def edit(pair: Pair, _: Pair, pick: random.Random) -> tuple[Pair, Pair] | None:
        for en, zh in table:
            if pair[0].count(en) == pair[1].count(zh) == 1:
                other = pick.choice([row for row in table if row[0] != en])
                return (pair[0].replace(en, other[0]), pair[1].replace(zh, other[1])), pair
        return None

    return edit


def clause(pair: Pair, _: Pair, pick: random.Random) -> tuple[Pair, Pair] | None:
    """A clause before the sentence, in the query or in the memory."""
    if not pair[0][:1].isupper() or not 60 <= len(pair[0]) <= 300:
        return None
    en, zh = pick.choice(CLAUSES)
    longer = (en + pair[0][0].lower() + pair[0][1:], zh + pair[1])
    return (longer, pair) if pick.random() < 0.5 else (pair, longer)


def joined(pair: Pair, other: Pair, pick: random.Random) -> tuple[Pair, Pair] | None:
    """A paragraph of two sentences that the memory has apart."""
    if not all(p[0][-1:] == "." and p[1][-1:] == "。" for p in (pair, other)):
        return None
    return (f"{pair[0]} {other[0]}", pair[1] + other[1]), pair


EDITS: dict[str, Callable[[Pair, Pair, random.Random], tuple[Pair, Pair] | None]] = {
    "number": another_number,
    "name": swapped(NAMES),
    "word": swapped(WORDS),
    "clause": clause,
    "two sentences": joined,
}


# ---- the programs


def catalogs(task: Task, folder: Path) -> tuple[Path, Path]:
    """The memory and the empty catalog, as every program gets them."""
    header = po.new(task.target, created="2026-01-01 00:00+0000")
    memory, empty = folder / "memory.po", folder / "empty.po"
    pairs = dict(task.memory)
    entries = [Entry(source, (target,)) for source, target in pairs.items()]
    memory.write_bytes(po.edit(header, [*header.entries, *entries]))
    asked = [Entry(query.source) for query in unique(task.queries)]
    empty.write_bytes(po.edit(header, [*header.entries, *asked]))
    return memory, empty


def unique(queries: Iterable[Query]) -> list[Query]:
    """A catalog has a text once."""
    return list({query.source: query for query in queries}.values())


def ours(task: Task, memory: Path, empty: Path) -> dict[str, str]:
    """`suggest CATALOG` with a memory of the same pairs."""
    site = memory.parent / "site"
    (site / "memory").mkdir(parents=True)
    (site / "bilingo.toml").write_text(f'source = "{task.source}"\ntargets = ["{task.target}"]\n')
    units = [
        TU((TUV(task.source, e.msgid), TUV(task.target, e.msgstr[0])), origin="memory.po")
        for e in po.read(memory.read_bytes()).entries
        if not e.is_header
    ]
    (site / "memory" / "memory.tmx").write_bytes(tmx.write(units))
    wanted = Wanted(task.source, task.target)
    found = drafts.open_entries(open_project(site), empty, wanted)
    offers = {one.entry.msgid: one.suggestion.best for one in found}
    return {text: offer.text for text, offer in offers.items() if offer}


def msgmerge(_: Task, memory: Path, empty: Path) -> dict[str, str]:
    """GNU gettext's guess from a compendium."""
    command = ["msgmerge", "-q", "--no-wrap", "-C", memory, "/dev/null", empty]
    return translations(subprocess.run(command, capture_output=True, check=True).stdout)


def pretranslate(program: str) -> Callable[[Task, Path, Path], dict[str, str]]:
    """Translate Toolkit's, with its defaults."""

    def run(_: Task, memory: Path, empty: Path) -> dict[str, str]:
        out = empty.with_name("pretranslated.po")
        command = [program, "--progress=none", "-t", memory, empty, out]
        subprocess.run(command, capture_output=True, check=True)
        return translations(out.read_bytes())

    return run


def translations(raw: bytes) -> dict[str, str]:
    """What a catalog says, fuzzy or not."""
    return {e.msgid: e.msgstr[0] for e in po.read(raw).entries if e.msgstr[0] and not e.obsolete}


# ---- the page

HEAD = """\
# The best suggestion beside the final translation

Made by `python benchmarks/usefulness.py ../shared/data`. Mean similarity of characters to the true
translation, 0 where nothing is offered; in brackets the share of queries that got an offer. Each
program has its defaults: pretranslate offers from 75 % on, msgmerge from its own 60 %, and
`suggest` below 75 % only where nothing better is there.
"""


def rows(
    task: Task, programs: dict[str, Callable[[Task, Path, Path], dict[str, str]]]
) -> list[Row]:
    """Every query with what every program offers."""
    with tempfile.TemporaryDirectory() as name:
        memory, empty = catalogs(task, Path(name))
        offers = {program: run(task, memory, empty) for program, run in programs.items()}
    sources = [fold(source) for source, _ in task.memory]
    made = []
    for query in unique(task.queries):
        nearest = max((near(fold(query.source), source) for source in sources), default=0)
        given = {program: found.get(query.source, "") for program, found in offers.items()}
        made.append(Row(query, nearest, given))
    return made


def table(title: str, groups: Iterable[tuple[str, list[Row]]], programs: list[str]) -> str:
    """Mean nearness by group; with the share of queries that got an offer."""
    head = " | ".join(programs)
    out = [f"\n## {title}\n", f"| | queries | {head} |", "|---|---|" + "---|" * len(programs)]
    for name, found in groups:
        if found:
            cells = []
            for program in programs:
                mean = statistics.mean(row.nearness(program) for row in found)
                offered = sum(bool(row.offers.get(program)) for row in found) / len(found)
                cells.append(f"{mean:.1f} ({offered:.0%})")
            out.append(f"| {name} | {len(found)} | {' | '.join(cells)} |")
    return "\n".join(out) + "\n"


def by_band(found: list[Row]) -> Iterator[tuple[str, list[Row]]]:
    """All, then by the similarity of the nearest source."""
    yield "**all**", found
    for low, high in BANDS:
        name = f"{low}–{high}" if low < high else f"{low}"
        yield name, [row for row in found if low <= row.nearest <= high]


def main() -> None:
    """Run everything, print and write the page."""
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("data", type=Path)
    options.add_argument("--pretranslate", default=shutil.which("pretranslate") or "")
    chosen = options.parse_args()
    programs: dict[str, Callable[[Task, Path, Path], dict[str, str]]] = {"bilingo": ours}
    programs["msgmerge"] = msgmerge
    if chosen.pretranslate:
        programs["pretranslate"] = pretranslate(chosen.pretranslate)
    else:
        print("pretranslate: left out, it is not installed", file=sys.stderr)
    names = list(programs)
    page = HEAD
    tasks = [
        *documentation(chosen.data / "po"),
        *health(chosen.data / "tmx" / "tico19-health.en-zh.dev.tmx"),
    ]
    found = {task.name: rows(task, programs) for task in tasks}
    docs = [row for name, part in found.items() if name.startswith("Python") for row in part]
    page += table("Python documentation, 3.10 → 3.13", by_band(docs), names)
    for name, part in found.items():
        if not name.startswith("Python"):
            page += table(f"{name}, by the nearest source", by_band(part), names)
            kinds = dict.fromkeys(row.query.kind for row in part)
            page += table(
                f"{name}, by edit",
                ((k, [r for r in part if r.query.kind == k]) for k in kinds),
                names,
            )
    print(page)
    if chosen.pretranslate:
        (HERE / "USEFULNESS.md").write_text(page)


if __name__ == "__main__":
    main()
