"""The complete scan: every text at or above a threshold, by looking at each one.

The metric is `Match.similarity`: floor(100 · (M − d) / M) with d the Levenshtein distance in code
points and M the longer length. The decision is made in integers: a float cut-off would lose the
pairs that stand exactly on the threshold.
"""

from __future__ import annotations

from collections.abc import Sequence

from bilingo.frozen import dataclass

LONGEST = 2_000  # code points; beyond this only equal texts are found, so no text can stall a run


@dataclass(frozen=True, slots=True)
class Hit:
    """`texts[index]` is `distance` edits from the query; `length` is the longer of the two."""

    index: int
    distance: int
    length: int

    @property
    def similarity(self) -> int:
        """floor(100 · (length − distance) / length)."""
        return similarity(self.distance, self.length)


def similarity(distance: int, length: int) -> int:
    """floor(100 · (length − distance) / length); two empty texts are not similar (0)."""
    return 100 * (length - distance) // length if length else 0


def scan(query: str, texts: Sequence[str], threshold: int) -> tuple[Hit, ...]:
    """Every text whose similarity to `query` is at least `threshold`, the most similar first.

    Query and texts are folded by the caller (`bilingo.text.fold`). Ties keep the order of `texts`.
    An empty query finds nothing. A query or text of more than `LONGEST` code points is found only
    by its equal. `threshold` is a percentage from 1 to 100, else ValueError.
    """
    if not 1 <= threshold <= 100:
        raise ValueError(f"threshold {threshold} is not in 1…100")
    size = len(query)
    if not query or not texts:
        return ()
    if size > LONGEST or threshold == 100:
        return tuple(Hit(i, 0, size) for i, text in enumerate(texts) if text == query)
    from rapidfuzz import process  # here, because most commands never compare
    from rapidfuzz.distance import Levenshtein

    # similarity ≥ threshold ⇔ distance ≤ ⌊(100 − threshold) · M / 100⌋. One cut-off serves all:
    # that of the longest text that could pass. rapidfuzz looks at the lengths first.
    longest = min(100 * size // threshold, LONGEST)
    cutoff = (100 - threshold) * longest // 100
    found = process.extract(
        query, texts, scorer=Levenshtein.distance, score_cutoff=cutoff, limit=None
    )
    hits = [Hit(index, int(edits), max(size, len(text))) for text, edits, index in found]
    passed = [hit for hit in hits if hit.length <= LONGEST and hit.similarity >= threshold]
    return tuple(sorted(passed, key=lambda hit: (hit.distance / hit.length, hit.index)))
