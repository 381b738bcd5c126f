"""The guesses of `sync` beside those of msgmerge, on catalogs of the Python documentation.

    python benchmarks/msgmerge.py FOLDER     # prints the tables of docs/msgmerge.md

FOLDER holds pairs `pydocs-3.10.NAME.zh_CN.po` (before) and `pydocs.NAME.zh_CN.po` (after). The old
catalog is brought up to date with the new file's texts by both tools; the final translation in the
new file says which guess was nearer to the truth, by similarity of characters.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from rapidfuzz.distance import Indel, Levenshtein

from bilingo.formats import po
from bilingo.model import Article, Entry, Unit
from bilingo.pipelines.update import update

Key = tuple[str | None, str]


@dataclass(frozen=True, slots=True)
class Outcome:
    """One new text: what each tool offers for it (None: nothing), and how near that is, 0 to 1."""

    line: int
    source: str
    ours: Entry | None
    theirs: Entry | None
    nearness: tuple[float, float]


def pairs(folder: Path) -> Iterator[tuple[str, Path, Path]]:
    """Name, old and new catalog."""
    for old in sorted(folder.glob("pydocs-3.10.*.po")):
        new = folder / old.name.replace("pydocs-3.10.", "pydocs.")
        yield old.name.split(".")[2], old, new


def synced(old: po.Catalog, new: po.Catalog) -> dict[Key, Entry]:
    """The live entries that sync makes of `old` for the texts of `new`."""
    units = tuple(
        Unit(str(n), "paragraph", e.msgid, e.msgid, msgctxt=e.msgctxt)
        for n, e in enumerate(live(new))
    )
    done = update(
        old.entries,
        [Article("article", "en", units)],
        in_scope=lambda path: True,
        fill=lambda unit, locale: None,
    )
    return po.by_key(e for e in done.entries if not e.obsolete)


def merged(old: Path, new: po.Catalog) -> dict[Key, Entry]:
    """The live entries that msgmerge makes."""
    blank = [
        e if e.is_header else replace(e, msgstr=("",) * len(e.msgstr), flags=(), previous=None)
        for e in new.entries
        if not e.obsolete
    ]
    with tempfile.NamedTemporaryFile(suffix=".pot") as template:
        Path(template.name).write_bytes(po.edit(new, blank))
        command = ["msgmerge", "-q", "--previous", "--no-wrap", old, template.name]
        raw = subprocess.run(command, capture_output=True, check=True).stdout
    return po.by_key(e for e in po.read(raw).entries if not e.obsolete)


def live(catalog: po.Catalog) -> list[Entry]:
    """The entries that count."""
    return [e for e in catalog.entries if not e.is_header and not e.obsolete]


def outcomes(old_path: Path, new_path: Path) -> list[Outcome]:
    """What both tools do with each text that the old catalog does not have."""
    old, new = po.read(old_path.read_bytes()), po.read(new_path.read_bytes())
    known = po.by_key(old.entries)
    ours, theirs = synced(old, new), merged(old_path, new)
    found = []
    for entry in live(new):
        if entry.key in known:
            continue
        mine, yours = (_guess(each.get(entry.key)) for each in (ours, theirs))
        near = (_nearness(mine, entry), _nearness(yours, entry))
        found.append(Outcome(entry.line, entry.msgid, mine, yours, near))
    return found


def _guess(entry: Entry | None) -> Entry | None:
    return entry if entry and any(entry.msgstr) else None


def _nearness(guess: Entry | None, final: Entry) -> float:
    if guess is None or not final.translated:
        return 0.0
    return float(Levenshtein.normalized_similarity(guess.msgstr[0], final.msgstr[0]))


def main() -> None:
    """Print both tables as Markdown."""
    print("| file | new texts | fuzzy by sync | by msgmerge | by both | same choice |", end="")
    print(" sync nearer | msgmerge nearer | equally near |")
    print("|---|--:|--:|--:|--:|--:|--:|--:|--:|")
    rows = []
    for name, old, new in pairs(Path(sys.argv[1])):
        all_ = outcomes(old, new)
        both = [o for o in all_ if o.ours and o.theirs]
        other = [o for o in both if o.ours and o.theirs and o.ours.msgstr != o.theirs.msgstr]
        nearer = sum(o.nearness[0] > o.nearness[1] for o in other)
        further = sum(o.nearness[0] < o.nearness[1] for o in other)
        counts = (len(all_), sum(bool(o.ours) for o in all_), sum(bool(o.theirs) for o in all_))
        cells = (*counts, len(both), len(both) - len(other), nearer, further)
        print(f"| {name} | {' | '.join(map(str, cells))} | {len(other) - nearer - further} |")
        rows += [(name, o) for o in all_ if _differ(o)]
    print("\n| file: line | length | sync: similarity, nearness | msgmerge: similarity, nearness |")
    print("|---|--:|---|---|")
    for name, o in rows:
        sides = " | ".join(
            _side(g, o.source, n) for g, n in zip((o.ours, o.theirs), o.nearness, strict=True)
        )
        print(f"| {name}: {o.line} | {len(o.source)} | {sides} |")


def _differ(outcome: Outcome) -> bool:
    mine, yours = (g.msgstr if g else None for g in (outcome.ours, outcome.theirs))
    return mine != yours


def _side(guess: Entry | None, source: str, nearness: float) -> str:
    if guess is None:
        return "nothing"
    alike = Indel.normalized_similarity(guess.previous or source, source)
    return f"{100 * alike:.0f} %, {100 * nearness:.0f} %"


if __name__ == "__main__":
    main()
