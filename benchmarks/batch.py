"""Ten thousand queries at once on a memory of a million, beside rapidfuzz's `cdist`.

    python benchmarks/batch.py                          both languages, two workers
    python benchmarks/batch.py --size 10000 --queries 500 --sample 50   half a minute

Elapsed seconds with the same number of workers: processes here, threads there. `cdist` would take
half an hour for all, so it answers a sample, is compared with us on it, and is scaled by number.
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import tempfile
import time
from pathlib import Path

import numpy as np
import peers
import run
from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from bilingo.stores.index import Index

GOALS = {"zh": 70, "en": 75}


def main() -> None:
    """Measure what the arguments ask for."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--folder", type=Path, default=run.HERE.parent.parent / "shared/data/bench")
    parser.add_argument("--size", type=int, default=1_000_000)
    parser.add_argument("--queries", type=int, default=10_000)
    parser.add_argument("--sample", type=int, default=100)
    parser.add_argument("--workers", type=int, default=2)
    given = parser.parse_args()
    for language, threshold in GOALS.items():
        texts = peers.segments(given.folder, language, given.size + 10_000)
        memory, rest = texts[: given.size], texts[given.size :]
        rng = random.Random(20_261_126)  # noqa: S311
        queries = [
            rng.choice(rest) if n % 2 else run.edited(rng, rng.choice(memory), memory)
            for n in range(given.queries)
        ]
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "batch.idx"
            run.write(path, language, memory)
            ours, found = answered(path, language, queries, threshold, given.workers)
        theirs = scanned(memory, queries[: given.sample], found, threshold, given.workers)
        theirs *= given.queries / given.sample
        print(
            f"{language} {given.size:,}, {given.queries:,} queries, T {threshold},"
            f" {given.workers} workers: {ours:.1f} s; cdist {theirs:.0f} s by {given.sample}"
            f" queries: {theirs / ours:.0f} ×",
            flush=True,
        )


def answered(
    path: Path, language: str, queries: list[str], threshold: int, workers: int
) -> tuple[float, list[int]]:
    """Seconds, and how many matches each query has."""
    start = time.perf_counter()
    with multiprocessing.Pool(workers, _open, (path, language, threshold)) as pool:
        found = pool.map(_ask, queries, chunksize=64)
    return time.perf_counter() - start, found


def _open(path: Path, language: str, threshold: int) -> None:
    global _asked
    with path.open("rb") as file:
        _asked = Index(file), language, threshold


def _ask(query: str) -> int:
    index, language, threshold = _asked
    return len(index.candidates(language, query, threshold))


def scanned(
    memory: list[str], queries: list[str], found: list[int], threshold: int, workers: int
) -> float:
    """Seconds of `cdist` for these queries, whose answers must be as many as ours."""
    longest = max(len(query) for query in queries) * 100 // threshold
    cutoff = (100 - threshold) * longest // 100
    start = time.perf_counter()
    table = process.cdist(
        queries,
        memory,
        scorer=Levenshtein.distance,
        score_cutoff=cutoff,
        workers=workers,
        dtype=np.int32,
    )
    seconds = time.perf_counter() - start
    lengths = np.array([len(text) for text in memory])
    for query, row, count in zip(queries, table, found, strict=False):
        longer = np.maximum(lengths, len(query))
        similar = (row <= cutoff) & (100 * (longer - row) >= threshold * longer)
        assert int(similar.sum()) == count
    return seconds


if __name__ == "__main__":
    main()
