"""What the index is compared with, and where the text comes from. No peer is required."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

import corpus

from bilingo.match import scan
from bilingo.stores.index import Index

SAMPLE = 30  # queries for a slow peer
Found = tuple[list[float], int, int]  # seconds for each query, matches missed, matches there are


def segments(folder: Path, language: str, count: int) -> list[str]:
    """The first `count` unique folded segments of a folder."""
    return list(islice(corpus.unique(folder, language), count))


def others(
    language: str, texts: Sequence[str], queries: Sequence[str], threshold: int
) -> Iterator[tuple[str, Found]]:
    """Other ways to find matches; recall is of all true matches."""
    if len(texts) <= 100_000 and threshold == 75:
        yield "SQLite FTS5 trigram, top 100", fts5(texts, queries[:SAMPLE], threshold)


def fts5(texts: Sequence[str], queries: Sequence[str], threshold: int) -> Found:
    """The trigrams of the query joined by OR, the hundred best by bm25, weighed as we weigh."""
    store = sqlite3.connect(":memory:")
    store.execute("CREATE VIRTUAL TABLE memory USING fts5(text, tokenize='trigram')")
    store.executemany("INSERT INTO memory VALUES (?)", ((text,) for text in texts))
    times: list[float] = []
    missed = wanted = 0
    for query in queries:
        start = time.process_time()
        grams = {query[i : i + 3] for i in range(len(query) - 2)} or {query}
        quoted = " OR ".join('"' + gram.replace('"', '""') + '"' for gram in sorted(grams))
        asked = "SELECT text FROM memory WHERE memory MATCH ? ORDER BY rank LIMIT 100"
        found = [row[0] for row in store.execute(asked, (quoted,))]
        hits = {found[hit.index] for hit in scan.scan(query, found, threshold)}
        times.append(time.process_time() - start)
        true = {texts[hit.index] for hit in scan.scan(query, texts, threshold)}
        missed += len(true - hits)
        wanted += len(true)
    store.close()
    return times, missed, wanted


def batch(index: Index, language: str, texts: Sequence[str], queries: Sequence[str]) -> list[str]:
    """Many queries at once, against rapidfuzz's matrix; one worker each."""
    try:
        import numpy as np
    except ImportError:
        return ["cdist: not measured, numpy is not installed"]
    from rapidfuzz.distance import Levenshtein
    from rapidfuzz.process import cdist

    threshold = 70 if language == "zh" else 75
    start = time.process_time()
    for query in queries:
        index.candidates(language, query, threshold)
    ours = time.process_time() - start
    longest = max(map(len, queries))
    start = time.process_time()
    cutoff = (100 - threshold) * (100 * longest // threshold) // 100
    for first in range(0, len(texts), 100_000):
        part = texts[first : first + 100_000]
        cdist(queries, part, scorer=Levenshtein.distance, score_cutoff=cutoff, dtype=np.int32)
    theirs = time.process_time() - start
    return [f"batch of {len(queries)} at T {threshold}: {theirs / ours:.0f} × less CPU than cdist"]
