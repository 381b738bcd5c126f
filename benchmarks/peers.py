"""What the index is compared with, and where the text comes from. No peer is required.

GPL programs run as processes of their own: translate-toolkit's matcher in the Python that
`--toolkit` names, msgmerge from the path. PostgreSQL's programs are looked for in
/usr/lib/postgresql; a server is started in a temporary folder on a socket, as another user when we
are root. A peer that is missing is left out and named.
"""

from __future__ import annotations

import json
import math
import os
import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

import corpus

from bilingo.match import scan
from bilingo.stores.index import Index

SAMPLE = 20  # queries for a slow peer
Found = tuple[list[float], int, int]  # seconds for each query, matches missed, matches there are

TOOLKIT = """
import json, sys, time
from translate.search import match
from translate.storage import po
texts, queries, threshold = json.load(sys.stdin)
store = po.pofile()
for text in texts:
    unit = store.addsourceunit(text)
    unit.target = "x"
matcher = match.matcher(store, max_candidates=50, min_similarity=threshold, max_length=1000)
for query in queries:
    start = time.process_time()
    try:
        found = [unit.source for unit in matcher.matches(query)]
    except TypeError:  # 3.20 compares units where scores are equal
        found = []
    print(json.dumps([time.process_time() - start, found]), flush=True)
"""


def segments(folder: Path, language: str, count: int) -> list[str]:
    """The first `count` unique folded segments of a folder."""
    return list(islice(corpus.unique(folder, language), count))


def others(
    language: str, texts: Sequence[str], queries: Sequence[str], threshold: int, toolkit: str
) -> Iterator[tuple[str, Found]]:
    """Other ways to find matches; recall is of all true matches. Slow ones get few queries."""
    if threshold != 75:
        return
    few = queries[:SAMPLE]
    yield "SQLite FTS5 trigram, top 100", fts5(texts, few, threshold)
    if toolkit:
        found = translate_toolkit(toolkit, texts, few, threshold)
        yield "translate-toolkit matcher", weighed(found, texts, few, threshold)
    if shutil.which("msgmerge"):
        found = msgmerge(texts, few)
        yield "msgmerge with a compendium (first only)", weighed(found, texts, few, threshold)
    programs = next(iter(sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)), None)
    if programs:
        try:
            found = pg_trgm(programs, texts, few, threshold)
        except (OSError, subprocess.CalledProcessError) as error:
            print(f"pg_trgm is left out: {error}", file=sys.stderr)
        else:
            yield "pg_trgm as Weblate asks it", weighed(found, texts, few, threshold)


def weighed(
    found: Sequence[tuple[float, Sequence[str]]],
    texts: Sequence[str],
    queries: Sequence[str],
    threshold: int,
) -> Found:
    """Times, and how many of the true matches a peer's answers leave out."""
    missed = wanted = 0
    for query, (_, answer) in zip(queries, found, strict=True):
        true = {texts[hit.index] for hit in scan.scan(query, texts, threshold)}
        missed += len(true.difference(answer))
        wanted += len(true)
    return [seconds for seconds, _ in found], missed, wanted


def fts5(texts: Sequence[str], queries: Sequence[str], threshold: int) -> Found:
    """The trigrams of the query joined by OR, the hundred best by bm25, weighed as we weigh."""
    store = sqlite3.connect(":memory:")
    store.execute("CREATE VIRTUAL TABLE memory USING fts5(text, tokenize='trigram')")
    store.executemany("INSERT INTO memory VALUES (?)", ((text,) for text in texts))
    answers = []
    for query in queries:
        start = time.process_time()
        grams = {query[i : i + 3] for i in range(len(query) - 2)} or {query}
        quoted = " OR ".join('"' + gram.replace('"', '""') + '"' for gram in sorted(grams))
        asked = "SELECT text FROM memory WHERE memory MATCH ? ORDER BY rank LIMIT 100"
        found = [row[0] for row in store.execute(asked, (quoted,))]
        hits = [found[hit.index] for hit in scan.scan(query, found, threshold)]
        answers.append((time.process_time() - start, hits))
    store.close()
    return weighed(answers, texts, queries, threshold)


def translate_toolkit(
    python: str, texts: Sequence[str], queries: Sequence[str], threshold: int
) -> list[tuple[float, list[str]]]:
    """Its matcher in memory, as `pretranslate` uses it."""
    done = subprocess.run(
        [python, "-c", TOOLKIT],
        input=json.dumps([list(texts), list(queries), threshold]),
        check=True,
        capture_output=True,
        text=True,
    )
    return [tuple(json.loads(line)) for line in done.stdout.splitlines()]


def msgmerge(texts: Sequence[str], queries: Sequence[str]) -> list[tuple[float, list[str]]]:
    """Each query's share of the time beyond that of a run with one; its one guess for each."""

    def catalog(path: Path, entries: Sequence[tuple[str, str]]) -> None:
        header = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
        quoted = (
            f"msgid {json.dumps(a, ensure_ascii=False)}\nmsgstr {json.dumps(b)}\n\n"
            for a, b in entries
        )
        path.write_text(header + "".join(quoted), encoding="utf-8")

    def run(folder: Path, asked: Sequence[str]) -> tuple[float, str]:
        catalog(folder / "new.pot", [(text, "") for text in dict.fromkeys(asked)])
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        command = ["msgmerge", "-q", "--no-wrap", "--previous", "-C", str(folder / "memory.po")]
        command += ["/dev/null", str(folder / "new.pot")]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        return cpu, done.stdout

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        clean = [text for text in texts if text.isprintable() and "\\" not in text]
        catalog(folder / "memory.po", [(text, str(n)) for n, text in enumerate(clean)])
        asked = [query if query.isprintable() and "\\" not in query else "." for query in queries]
        once, _ = run(folder, asked[:1])
        total, out = run(folder, asked)
    answers: dict[str, list[str]] = {}
    for block in out.split("\n\n"):
        fields = dict(line.split(" ", 1) for line in block.splitlines() if line[:3] == "msg")
        if fields.get("msgstr", '""') != '""' and fields.get("msgid", '""') != '""':
            answer = clean[int(json.loads(fields["msgstr"]))]
            answers[json.loads(fields["msgid"])] = [answer]
    each = max(0.00001, total - once) / max(1, len(queries) - 1)
    return [(each, answers.get(query, [])) for query in asked]


def pg_trgm(
    programs: Path, texts: Sequence[str], queries: Sequence[str], threshold: int
) -> list[tuple[float, list[str]]]:
    """`%` at the threshold Weblate works out, lowered by .05 while nothing is found; 50 rows.

    CPU time of the server's process. The index is used also where the planner would rather scan.
    """
    user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    name = tempfile.mkdtemp(prefix="bilingo-pg-")
    folder = Path(name)
    if user:
        shutil.chown(folder, "postgres")
    run = [*user, str(programs / "pg_ctl"), "-D", f"{name}/data", "-w"]
    quiet = {"check": True, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    try:
        options = "-A trust -E UTF8 --locale=C.UTF-8 -U bilingo"
        subprocess.run([*run, "initdb", "-o", options], **quiet)  # type: ignore[call-overload]
        only = f"-c listen_addresses='' -k {name} -c jit=off -c shared_buffers=512MB"
        subprocess.run([*run, "-o", only, "start"], **quiet)  # type: ignore[call-overload]
        try:
            return _pg_asked(programs, name, texts, queries, threshold)
        finally:
            subprocess.run([*run, "-m", "immediate", "stop"], **quiet)  # type: ignore[call-overload]
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _pg_asked(
    programs: Path, socket: str, texts: Sequence[str], queries: Sequence[str], threshold: int
) -> list[tuple[float, list[str]]]:
    command = [str(programs / "psql"), "-h", socket, "-U", "bilingo", "-d", "postgres", "-qAtX"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
    ) as psql:

        def ask(statement: str) -> list[str]:
            assert psql.stdin
            assert psql.stdout
            psql.stdin.write(f"{statement}\n\\echo ---\n")
            psql.stdin.flush()
            lines = iter(lambda: psql.stdout.readline().rstrip("\n"), "---")  # type: ignore[union-attr]
            return list(lines)

        ask("CREATE EXTENSION pg_trgm; CREATE TABLE memory (id int, source text);")
        rows = "".join(
            f"{number}\t{text.replace(chr(92), chr(92) * 2)}\n" for number, text in enumerate(texts)
        )
        ask(f"COPY memory FROM STDIN;\n{rows}\\.")
        ask("CREATE INDEX ON memory USING gin (source gin_trgm_ops); ANALYZE memory;")
        (backend,) = ask("SELECT pg_backend_pid();")
        answers = []
        for query in queries:
            quoted = "'" + query.replace("'", "''") + "'"
            start = _on_cpu(backend)
            similar = 0.127264 * math.log(24.282 * threshold)
            found: list[str] = []
            while not found and similar > 0.3:
                ask(f"SET enable_seqscan = off; SET pg_trgm.similarity_threshold = {similar:.3f};")
                found = ask(f"SELECT id FROM memory WHERE source % {quoted} LIMIT 50;")  # noqa: S608
                similar -= 0.05
            answers.append((_on_cpu(backend) - start, [texts[int(number)] for number in found]))
        psql.stdin.close()  # type: ignore[union-attr]
    return answers


def _on_cpu(process: str) -> float:
    """Seconds that a process was on a processor (Linux)."""
    return int(Path(f"/proc/{process}/schedstat").read_text(encoding="ascii").split()[0]) / 1e9


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


if __name__ == "__main__":
    print(__doc__, file=sys.stderr)
