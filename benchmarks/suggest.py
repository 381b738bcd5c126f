"""What one `bilingo suggest` costs from start to end, beside the import of its libraries.

    python benchmarks/suggest.py            # writes SUGGEST.md beside this file
    python benchmarks/suggest.py --rounds 5 --units 2000   # a minute; proves that it works

Times are CPU milliseconds of whole processes, user and system, of commands that take turns; the
peer is `python -c "import click, rapidfuzz"` in the same turns. The memory of 100,000 units is made
from a fixed seed; its index is built before the clock runs. Every timed command is run once before
and must find what it is asked for.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from bilingo.formats import tmx
from bilingo.model import TU, TUV

HERE = Path(__file__).resolve().parent
ENGLISH = """the clinic nurse visits elderly residents free blood pressure check Saturday volunteers
charity donors seminar family patients doctor opens closes register online hotline before after
March April centre district weekly health talk hepatitis vaccine children""".split()
CHINESE = "診所護士探訪長者居民免費血壓檢查星期六義工慈善捐款講座家庭病人醫生開放登記網上熱線中心"
PEER = "import click, rapidfuzz"
# Whoever installs a package has its byte code, as the libraries here have theirs.
ENVIRONMENT = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
# What is asked, the first words of the answer's translation or "" where there is none to be found.
SITE = {
    "exact": ("Registration closes on 20 November 2026.", "報名於"),
    "another value": ("Registration closes on 27 November 2026.", "[-20-]{+27+}"),
    "Chinese": ("活動共籌得260萬港元，較去年增加12%。", ""),
    "nothing alike": ("Penguins were seen on the roof of the ferry", ""),
}


def main() -> None:
    """Measure, print and write the page."""
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("--rounds", type=int, default=21)
    options.add_argument("--units", type=int, default=100_000)
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        site, large = example(Path(folder)), generated(Path(folder), chosen.units)
        commands = {
            "python -c pass": [sys.executable, "-c", "pass"],
            f'python -c "{PEER}"': [sys.executable, "-c", PEER],
            "bilingo --help": [script(), "--help"],
        }
        for name, (query, wanted) in SITE.items():
            commands[f"example site, {name}"] = ask(site, query, wanted)
        sentence = (large / "asked").read_text()
        commands[f"{chosen.units:,} units, exact"] = ask(large, sentence, "")
        changed = sentence.replace(sentence.split()[3], "physiotherapists", 1)
        commands[f"{chosen.units:,} units, a word changed"] = ask(large, changed, "")
        commands[f"{chosen.units:,} units, nothing alike"] = ask(
            large, "Penguins were seen on the roof of the ferry", ""
        )
        page = measured(commands, chosen.rounds)
    print(page)
    if chosen.units == 100_000:
        (HERE / "SUGGEST.md").write_text(page)


def script() -> str:
    """The console script of this environment."""
    return str(Path(sys.executable).with_name("bilingo"))


def example(folder: Path) -> Path:
    """A copy of the example site."""
    site = folder / "site"
    for part in ("articles", "memory", "locales"):
        shutil.copytree(HERE.parent / part, site / part)
    shutil.copy(HERE.parent / "pyproject.toml", site)
    return site


def generated(folder: Path, count: int) -> Path:
    """A project with a memory of `count` made-up units."""
    pick = random.Random(7)  # noqa: S311 - text, no secret
    site = folder / "large"
    (site / "memory").mkdir(parents=True)
    (site / "bilingo.toml").write_text('source = "en"\n')
    units = []
    for number in range(count):
        words = pick.randint(6, 20)
        english = " ".join(pick.choice(ENGLISH) for _ in range(words)).capitalize()
        chinese = "".join(pick.choice(CHINESE) for _ in range(2 * words))
        sides = (TUV("en", f"{english} {number}."), TUV("zh-Hant-HK", f"{chinese}{number}。"))
        units.append(TU(sides, origin="articles/x.md", date="20260101T000000Z"))
    (site / "memory" / "large.tmx").write_bytes(tmx.write(units))
    (site / "asked").write_text(units[count // 2].tuvs[0].text)
    return site


def ask(site: Path, query: str, wanted: str) -> list[str]:
    """The command, which was run once: indexes and byte code are there, and the answer is right."""
    command = [script(), "-C", str(site), "suggest", query]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=ENVIRONMENT)
    assert wanted in done.stdout, done.stdout
    return command


def measured(commands: dict[str, list[str]], rounds: int) -> str:
    """The page: each command's CPU time, as a median and a ratio to the peer's median."""
    times: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(rounds):
        for name, command in commands.items():
            times[name].append(cpu(command))
    peer = statistics.median(times[f'python -c "{PEER}"'])
    rows = "".join(
        f"| `{name}` | {1000 * min(found):.0f} | {1000 * statistics.median(found):.0f} |"
        f" {statistics.median(found) / peer:.2f} |\n"
        for name, found in times.items()
    )
    python = ".".join(map(str, sys.version_info[:3]))
    return (
        "# What one look-up costs\n\n"
        f"Made by `python benchmarks/suggest.py`: {rounds} turns, Python {python},"
        f" {os.cpu_count()} cores. Whole processes, CPU ms.\n\n"
        f"| command | least | median | × `{PEER}` |\n|---|---|---|---|\n{rows}"
    )


def cpu(command: list[str]) -> float:
    """CPU seconds of one process."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    subprocess.run(command, check=False, env=ENVIRONMENT, **quiet)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


if __name__ == "__main__":
    main()
