"""Nothing missed: the index beside the full scan, at every threshold, from one scan a query.

    python benchmarks/exact.py                               10k, 100k and 1M, a thousand queries
    python benchmarks/exact.py --sizes 10000 --queries 200   a minute

Queries are segments that are not in the memory, edited ones that are, and beginnings of one to six
characters, from a fixed seed. One scan at T 60 tells what each threshold from 60 to 100 has to
find. A match stands *on the boundary* when it is exactly as similar as the threshold says, which a
float cut-off loses. Exits 1 when anything is missed or too much.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from pathlib import Path

import peers
import run

from bilingo.match import scan
from bilingo.stores.index import Index

LOWEST = 60


def main() -> None:
    """Compare what the arguments ask for."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--folder", type=Path, default=run.HERE.parent.parent / "shared/data/bench")
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--languages", nargs="+", default=["en", "zh"])
    parser.add_argument("--queries", type=int, default=1000)
    given = parser.parse_args()
    failed = False
    for language in given.languages:
        texts = peers.segments(given.folder, language, max(given.sizes) + 10_000)
        for size in given.sizes:
            start = time.process_time()
            wrong, found, boundary = compare(language, texts[:size], texts[size:], given.queries)
            failed = failed or wrong > 0
            print(
                f"{language} {size:,}, {given.queries:,} queries, T {LOWEST}…100:"
                f" {wrong} differ of {found:,} matches, {boundary:,} of them on the boundary"
                f" ({time.process_time() - start:.0f} s CPU)",
                flush=True,
            )
    sys.exit(failed)


def compare(
    language: str, memory: list[str], rest: list[str], queries: int
) -> tuple[int, int, int]:
    """Matches that one side lacks, all matches, those on the boundary; each T counted."""
    texts = sorted(memory, key=lambda text: (len(text), text))
    rng = random.Random(20_261_126)  # noqa: S311
    wrong = total = boundary = 0
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "exact.idx"
        run.write(path, language, memory)
        with path.open("rb") as file:
            index = Index(file)
        for number in range(queries):
            query = rng.choice(rest) if number % 2 else run.edited(rng, rng.choice(memory), memory)
            if number % 10 == 9:
                query = rng.choice(memory)[: rng.randint(1, 6)]
            true = scan.scan(query, texts, LOWEST)
            for threshold in range(LOWEST, 101):
                wanted = {(h.index, h.distance) for h in true if h.similarity >= threshold}
                ours = index.candidates(language, query, threshold)
                wrong += len(wanted ^ {(h.number, h.distance) for h in ours})
                total += len(wanted)
            boundary += sum(100 * (h.length - h.distance) % h.length == 0 for h in true)
    return wrong, total, boundary


if __name__ == "__main__":
    main()
