"""`bilingo suggest` on a million units from a cold start, beside a Python that does nothing.

    python benchmarks/cold.py                   # builds the project first; writes COLD.md
    python benchmarks/cold.py --project DIR     # one that was built before, with --keep DIR
    python benchmarks/cold.py --size 10000 --rounds 3   # a minute; proves that it works

Times are CPU milliseconds of whole processes, user and system, of commands that take turns; the
peer is `python -c pass` in the same turns. A query is a text of the memory with another end, so
each has a match. Memory is what a process has for itself after its answer (Private_Dirty).
"""

from __future__ import annotations

import argparse
import os
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


def main() -> None:
    """Build, measure, print, and write the page of a whole run."""
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("--folder", type=Path, default=HERE.parent.parent / "shared/data/bench")
    options.add_argument("--size", type=int, default=1_000_000)
    options.add_argument("--queries", type=int, default=6, help="of each language")
    options.add_argument("--rounds", type=int, default=15)
    options.add_argument("--project", type=Path)
    options.add_argument("--keep", type=Path)
    chosen = options.parse_args()
    texts = {one: peers.segments(chosen.folder, one, chosen.size) for one in LOCALES}
    with tempfile.TemporaryDirectory() as folder:
        project = chosen.project or built(chosen.keep or Path(folder) / "project", texts)
        page = measured(project, texts, chosen.queries, chosen.rounds)
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


if __name__ == "__main__":
    main()
