"""`bilingo suggest` on a million units from a cold start, and `memory search` in them.

    python benchmarks/cold.py                   # builds the project first; writes COLD.md
    python benchmarks/cold.py --project DIR     # one that was built before, with --keep DIR
    python benchmarks/cold.py --size 10000 --rounds 3   # a minute; proves that it works

Times are CPU milliseconds of whole processes, user and system, of commands that take turns; the
peer is `python -c pass` in the same turns. A query is a text of the memory with another end, so
each has a match. Memory is what a process has for itself after its answer (Private_Dirty).

A search is timed inside of its process, all of it: the project opened, the memory asked, the twenty
hits that are shown read and written. Words are drawn from the memory with a fixed seed.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

import peers
import suggest

from bilingo.errors import BilingoError
from bilingo.formats import tmx
from bilingo.model import TU, TUV

HERE = Path(__file__).resolve().parent
LOCALES = {"en": "en", "zh": "zh-Hans-CN"}
ENDS = {"en": (7, "house."), "zh": (4, "某些")}  # characters that go, and what comes
ASKED = """import sys
from bilingo.cli import main
main(sys.argv[1:])
lines = open("/proc/self/smaps_rollup").read().splitlines()
print(sum(int(l.split()[1]) for l in lines if l.startswith("Private_Dirty")) // 1024)
"""

SEARCHED = """import io, sys, time
from contextlib import redirect_stdout, redirect_stderr
from bilingo.cli import main
for _ in range(2):
    with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
        start = time.process_time()
        main(sys.argv[1:])
        took = time.process_time() - start
    print(took)
"""
# What is searched, and how it is drawn from a text.
WORDS = {
    "Han words of two characters": ("zh", "[\u4e00-\u9fff]{2}"),
    "Han words of four characters": ("zh", "[\u4e00-\u9fff]{4}"),
    "English words, in all their forms": ("en", r"\b[a-z]{5,12}\b"),
    "parts of English words": ("en", r"(?<=[a-z])[a-z]{4}(?=[a-z])"),
    "two English words": ("en", r"\b[a-z]{3,9} [a-z]{3,9}\b"),
}


def main() -> None:
    """Build, measure, print, and write the page of a whole run."""
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("--folder", type=Path, default=HERE.parent.parent / "shared/data/bench")
    options.add_argument("--size", type=int, default=1_000_000)
    options.add_argument("--queries", type=int, default=6, help="of each language")
    options.add_argument("--rounds", type=int, default=15)
    options.add_argument("--words", type=int, default=12, help="of each kind")
    options.add_argument("--project", type=Path)
    options.add_argument("--keep", type=Path)
    chosen = options.parse_args()
    texts = {one: peers.segments(chosen.folder, one, chosen.size) for one in LOCALES}
    with tempfile.TemporaryDirectory() as folder:
        project = chosen.project or built(chosen.keep or Path(folder) / "project", texts)
        page = measured(project, texts, chosen.queries, chosen.rounds)
        page += searched(project, texts, chosen.words)
    print(page)
    if chosen.size == 1_000_000:
        (HERE / "COLD.md").write_text(page, encoding="utf-8")


def built(project: Path, texts: dict[str, list[str]]) -> Path:
    """A project with the texts of both languages, the n-th of one beside the n-th of the other."""
    (project / "memory").mkdir(parents=True)
    settings = 'source = "en"\ntargets = ["zh-Hans-CN", "en"]\n'
    (project / "bilingo.toml").write_text(settings, encoding="utf-8")
    pairs = zip(texts["en"], texts["zh"], strict=False)
    with (project / "memory/site.tmx").open("w", encoding="utf-8", newline="\n") as file:
        file.write(tmx.HEAD)
        file.writelines(sorted(filter(None, (line(*pair) for pair in pairs))))
        file.write(tmx.TAIL)
    return project


def line(english: str, chinese: str) -> str:
    """A unit as a memory file has it, or nothing for a text that no XML can hold."""
    try:
        return tmx.line(TU((TUV(LOCALES["en"], english), TUV(LOCALES["zh"], chinese))))
    except BilingoError:
        return ""


def queries(language: str, texts: list[str], count: int) -> list[str]:
    """So many of the texts, with another end."""
    cut, end = ENDS[language]
    fit = [text for text in texts if 18 <= len(text) <= 110 and text.isprintable()]
    return [text[:-cut] + end for text in fit[len(fit) // 9 :: len(fit) // (count + 1)][:count]]


def measured(project: Path, texts: dict[str, list[str]], count: int, rounds: int) -> str:
    """The page; the first run of each command makes what is missing and is not counted."""
    commands = {"`python -c pass`": [sys.executable, "-c", "pass"]}
    commands['`python -c "import click"`'] = [sys.executable, "-c", "import click"]
    private = []
    for language, found in texts.items():
        for number, query in enumerate(queries(language, found, count), 1):
            command = suggest.ask(project, query, "similarity")
            commands[f"{language} {number}, {len(query)} characters"] = command
            done = subprocess.run(
                [sys.executable, "-c", ASKED, *command[1:]],
                capture_output=True,
                text=True,
                check=True,
                env=suggest.ENVIRONMENT,
            )
            private.append(int(done.stdout.split()[-1]))
    times: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(rounds):
        for name, command in commands.items():
            times[name].append(suggest.cpu(command))
    nothing = times["`python -c pass`"]
    rows = "".join(
        f"| {name} | {1000 * min(took):.0f} | {1000 * statistics.median(took):.0f} |"
        f" {statistics.median(took) / statistics.median(nothing):.1f} |"
        f" {min(took) / min(nothing):.1f} |\n"
        for name, took in times.items()
    )
    python = ".".join(map(str, sys.version_info[:3]))
    return (
        "# A look-up from a cold start\n\n"
        f"Made by `python benchmarks/cold.py`: {len(texts['en']):,} units, {rounds} turns, Python"
        f" {python}, {os.cpu_count()} cores with other work. CPU ms of whole processes of"
        " `bilingo suggest`; × is to `python -c pass`, of the medians and of the least.\n\n"
        f"| command | least | median | × | × least |\n|---|---|---|---|---|\n{rows}\n"
        f"Private memory after the answer: {max(private)} MB at most.\n"
    )


def searched(project: Path, texts: dict[str, list[str]], count: int) -> str:
    """What words of each kind take, the first search of a process and the same again."""
    rows = ""
    for kind, (language, pattern) in WORDS.items():
        words = drawn(texts[language], pattern, count)
        took = [search(project, word) for word in words]
        cells = []
        for times in zip(*took, strict=True):
            cells += [f"{1000 * statistics.median(times):.0f}", f"{1000 * max(times):.0f}"]
        rows += f"| {kind} | {' | '.join(cells)} | {', '.join(words[:6])} … |\n"
    return (
        "\n## A word in its contexts\n\n"
        f"`bilingo memory search`, {count} words of each kind, CPU ms: of the whole process, and"
        " inside of it, the first time and again.\n\n"
        "| what | process, median | most | first time | most | again | most | such as |\n"
        f"|---|---|---|---|---|---|---|---|\n{rows}"
    )


def drawn(texts: list[str], pattern: str, count: int) -> list[str]:
    """Matches of the pattern in random texts, all different."""
    rng = random.Random(20_261_126)  # noqa: S311
    words: dict[str, None] = {}
    while len(words) < count:
        found = re.findall(pattern, rng.choice(texts))
        if found:
            words[rng.choice(found)] = None
    return list(words)


def search(project: Path, word: str) -> tuple[float, ...]:
    """Seconds of a whole process, of its first search, and of a second, the least of three."""
    words = ["-C", str(project), "memory", "search", word]
    command = [sys.executable, "-c", SEARCHED, *words]
    runs = [
        subprocess.run(
            command, capture_output=True, text=True, check=True, env=suggest.ENVIRONMENT
        ).stdout
        for _ in range(3)
    ]
    inside = (min(map(float, times)) for times in zip(*map(str.split, runs), strict=True))
    alone = [suggest.script(), *words]
    return min(suggest.cpu(alone) for _ in runs), *inside


if __name__ == "__main__":
    main()
