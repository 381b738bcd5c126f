"""The index against the full scan and its peers, in one run: exactness, time, memory, bytes.

    python benchmarks/run.py                       10k, 100k and 1M of ../shared/data/bench
    python benchmarks/run.py --folder MY/SITE      your own text
    python benchmarks/run.py --small               a minute; proves that it works

Every timed answer is compared with the full scan's where that ran too. Times are CPU milliseconds
of this process; queries are half real segments that are not in the memory, half edited ones that
are (1 to 30 % of their characters). Seeds are fixed. Writes RESULTS.md beside this file.
"""

from __future__ import annotations

import argparse
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from itertools import islice, pairwise
from pathlib import Path
from typing import NamedTuple

import peers
import plot

from bilingo.match import scan
from bilingo.stores import index_build, index_pages
from bilingo.stores.index import Index, Place
from bilingo.stores.index_build import Contents, Unit

HERE = Path(__file__).resolve().parent
THRESHOLDS = {"en": (70, 75, 85), "zh": (60, 70, 75, 85)}
WARM = 100  # queries before the clock runs: the pages of a process that is in use


class Row(NamedTuple):
    """One system, asked one set of queries."""

    system: str
    language: str
    size: int
    threshold: int
    times: list[float]
    missed: int
    wanted: int

    def cells(self) -> tuple[str, ...]:
        """As a row of the table."""
        ms = sorted(1000 * t for t in self.times)
        p50, p99 = statistics.median(ms), ms[min(len(ms) - 1, int(len(ms) * 0.99))]
        found = f"{self.wanted - self.missed} / {self.wanted}"
        mean = statistics.mean(ms)
        numbers = (f"{p50:.2f}", f"{p99:.2f}", f"{p99 / p50:.1f}", f"{mean:.2f}")
        name = f"{self.size // 1000}k"
        return (self.system, self.language, name, str(self.threshold), *numbers, found)


def main() -> None:
    """Measure what the arguments ask for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, default=HERE.parent.parent / "shared/data/bench")
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--languages", nargs="+", default=["en", "zh"])
    parser.add_argument("--queries", type=int, default=1000)
    parser.add_argument(
        "--compared", type=int, default=25, help="queries scanned at 1M; more below"
    )
    parser.add_argument("--small", action="store_true", help="3,000 segments, 40 queries")
    parser.add_argument("--output", type=Path, default=HERE / "RESULTS.md")
    parser.add_argument("--thresholds", type=int, nargs="+")
    parser.add_argument("--toolkit", default="", help="a Python that has translate-toolkit")
    given = parser.parse_args()
    if given.small:
        given.sizes, given.queries = [3_000], 40
    lines, rows = [], []
    for language in given.languages:
        texts = peers.segments(given.folder, language, max(given.sizes) * 6 // 5)
        for size in given.sizes:
            memory, rest = texts[:size], texts[max(given.sizes) :]
            if not rest:  # a small folder
                memory, rest = memory[::2], memory[1::2]
            with tempfile.TemporaryDirectory() as folder:
                part = measure(language, memory, rest, given, Path(folder))
            lines += part[0]
            rows += part[1]
    given.output.write_text(report(lines, rows), encoding="utf-8")
    for language in {row.language for row in rows if row.threshold == 75}:
        chart = given.output.with_name(f"latency-{language}.svg")
        chart.write_text(picture(language, rows), encoding="utf-8")
    print(given.output.read_text(encoding="utf-8"))
    assert not any(row.missed for row in rows if row.system == "bilingo"), "matches were missed"


def measure(
    language: str,
    memory: Sequence[str],
    rest: Sequence[str],
    given: argparse.Namespace,
    folder: Path,
) -> tuple[list[str], list[Row]]:
    """One memory: sentences about its index, and rows about its queries."""
    path = folder / "bench.idx"
    build = timed(lambda: write(path, language, memory))
    source = sum(len(text.encode()) for text in memory)
    share = (path.stat().st_size - source) / source
    lines = [
        f"{language} {len(memory):,}: built in {build:.1f} s CPU; {share:.2f} bytes a byte of text"
    ]
    # Behind each other in memory, as a program has them that read them: the scan is a third faster.
    texts = [(text + " ")[:-1] for text in sorted(memory, key=lambda text: (len(text), text))]
    rng = random.Random(20_261_122)  # noqa: S311
    queries = [
        rng.choice(rest) if place % 2 else edited(rng, rng.choice(memory), memory)
        for place in range(given.queries + WARM)
    ]
    with path.open("rb") as file:
        index = Index(file)
    rows = []
    compared = min(len(queries), given.compared * 1_000_000 // len(memory))
    for threshold in given.thresholds or THRESHOLDS[language]:
        for query in queries[:WARM]:
            index.candidates(language, query, threshold)
        rows += compare(index, language, texts, queries[WARM:], threshold, compared, given.toolkit)
    lines += [cold(path, language, queries[WARM], language == "zh" and 70 or 75)]
    lines += peers.batch(index, language, texts, queries[WARM : WARM + 40])
    lines += [found_in_context(index, language, texts)]
    if len(memory) <= 100_000:
        plain = timed(lambda: write(folder / "plain.idx", language, memory, plain=True))
        assert (folder / "plain.idx").read_bytes() == path.read_bytes()
        lines += [f"built without numpy in {plain:.1f} s CPU, the same bytes"]
    lines += added(folder, language, rest[:1000])
    return lines, rows


def write(path: Path, language: str, texts: Sequence[str], plain: bool = False) -> None:
    """An index of these texts; `plain` without numpy."""
    units = (Unit(Place(n, 1, 1), ((language, text),)) for n, text in enumerate(texts))
    make = index_build.PLAIN if plain else None
    index_pages.write(path, index_build.sections(Contents(units), "benchmark", make))


def compare(
    index: Index,
    language: str,
    texts: Sequence[str],
    queries: Sequence[str],
    threshold: int,
    compared: int,
    toolkit: str,
) -> list[Row]:
    """Our times for all queries; every so-manieth is answered by the scan in turn, and compared."""
    ours: list[float] = []
    scans: list[float] = []
    missed = wanted = 0
    for place, query in enumerate(queries):
        start = time.process_time()
        hits = index.candidates(language, query, threshold)
        ours.append(time.process_time() - start)
        if place % max(1, len(queries) // compared) == 0:
            start = time.process_time()
            true = scan.scan(query, texts, threshold)
            scans.append(time.process_time() - start)
            mine = {(hit.number, hit.distance) for hit in hits}
            missed += len(mine ^ {(hit.index, hit.distance) for hit in true})
            wanted += len(true)
    size = len(texts)
    return [
        Row("bilingo", language, size, threshold, ours, missed, wanted),
        Row("rapidfuzz process.extract", language, size, threshold, scans, 0, wanted),
        *(
            Row(name, language, size, threshold, *found)
            for name, found in peers.others(language, texts, queries, threshold, toolkit)
        ),
    ]


def cold(path: Path, language: str, query: str, threshold: int) -> str:
    """Whole processes, wall time: open the index and answer one query, against doing nothing."""
    ask = (
        "import sys, click\nfrom bilingo.stores.index import Index\n"
        f"index = Index(open({str(path)!r}, 'rb'))\n"
        f"index.candidates({language!r}, {query!r}, {threshold})\n"
        "assert 'numpy' not in sys.modules\n"
    )
    memory = (
        "for n in range(200): index.candidates("
        f"{language!r}, {query!r}[n % 20:] + str(n), {threshold})\n"
        "lines = open('/proc/self/smaps_rollup').read().splitlines()\n"
        "print(sum(int(l.split()[1]) for l in lines if l.startswith('Private_Dirty')) // 1024)\n"
    )
    nothing, once = (
        statistics.median(wall([sys.executable, "-c", code]) for _ in range(15))
        for code in ("pass", ask)
    )
    done = subprocess.run(
        [sys.executable, "-c", ask + memory], check=True, capture_output=True, text=True
    )
    return (
        f"cold process with one query at T {threshold}: {1000 * once:.0f} ms wall,"
        f" {once / nothing:.1f} × `python -c pass`; {done.stdout.strip()} MB private after 200"
    )


def found_in_context(index: Index, language: str, texts: Sequence[str]) -> str:
    """The concordance: words of the memory itself, two characters of Chinese, stems of English."""
    rng = random.Random(5)  # noqa: S311
    times = []
    words: list[str] = []
    while len(words) < 40:
        text = rng.choice(texts)
        if language == "zh":
            at = rng.randrange(max(1, len(text) - 1))
            word = text[at : at + 2]
        else:
            word = max(text.split(), key=len)[:6]
        if len(word) >= 2 and word.isalpha() and not (language == "zh" and word.isascii()):
            words.append(word)
    for word in words:
        start = time.process_time()
        found = list(islice(index.containing(language, word), 1000))
        times.append(1000 * (time.process_time() - start))
        assert found
    return (
        f"concordance of {len(words)} words, 1,000 texts at most: {statistics.median(times):.1f} ms"
        f" median, {max(times):.1f} ms at most"
    )


def added(folder: Path, language: str, texts: Sequence[str]) -> list[str]:
    """A memory file of 1,000 units more: its index made, and asked."""
    path = folder / "more.idx"
    start = time.perf_counter()
    write(path, language, texts)
    with path.open("rb") as file:
        found = Index(file).candidates(language, texts[0], 100)
    assert [hit.text for hit in found] == [texts[0]]
    return [f"1,000 units added and found: {time.perf_counter() - start:.2f} s"]


def edited(rng: random.Random, text: str, pool: Sequence[str]) -> str:
    """The text with 1 to 30 % of its characters replaced, deleted or inserted."""
    letters = list(text)
    for _ in range(max(1, int(len(letters) * rng.uniform(0.01, 0.3)))):
        at = rng.randrange(len(letters)) if letters else 0
        new = rng.choice(rng.choice(pool))
        kind = rng.random()
        letters[at : at + (kind < 0.7)] = [] if 0.4 <= kind < 0.7 and len(letters) > 1 else [new]
    return "".join(letters)


def timed(action: Callable[[], object]) -> float:
    """CPU seconds."""
    start = time.process_time()
    action()
    return time.process_time() - start


def wall(command: Sequence[str]) -> float:
    """Seconds of a whole process."""
    start = time.perf_counter()
    subprocess.run(command, check=True)
    return time.perf_counter() - start


def picture(language: str, rows: Sequence[Row]) -> str:
    """Median latency against size, at T 75."""
    lines: dict[str, list[tuple[int, float]]] = {}
    for row in rows:
        if row.language == language and row.threshold == 75:
            point = row.size, 1000 * statistics.median(row.times)
            lines.setdefault(row.system, []).append(point)
    return plot.svg(f"{language}, T 75: CPU ms a query (median)", lines)


def report(lines: Sequence[str], rows: Sequence[Row]) -> str:
    """Everything measured, as Markdown."""
    head = ("system", "", "N", "T", "p50", "p99", "p99/p50", "mean", "found / true")
    ratios = []
    for ours, theirs in pairwise(rows):
        if ours.system == "bilingo" and theirs.system.startswith("rapidfuzz"):
            ratio = statistics.mean(theirs.times) / statistics.mean(ours.times)
            name = f"{ours.language} {len(str(ours.size)) > 6 and '1M' or ours.size}"
            ratios.append(f"- {name} T {ours.threshold}: {ratio:.0f} × less CPU than the scan")
    table = [head, ("---",) * len(head), *(row.cells() for row in rows)]
    return "\n".join(
        [
            f"# Measured: {', '.join(dict.fromkeys(row.language for row in rows))}\n",
            "Made by `python benchmarks/run.py`, which says how. CPU milliseconds a query; trust",
            "ratios, since both sides of one ran in turn on a machine with other work.",
            "Ours is the mean of all queries, the scan's of those that it answered too.\n",
            *ratios,
            "",
            *(f"- {line}" for line in lines),
            "",
            *("| " + " | ".join(row) + " |" for row in table),
            "",
        ]
    )


if __name__ == "__main__":
    main()
