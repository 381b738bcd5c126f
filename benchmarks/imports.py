"""How much memory and time an import takes: a TMX file of any size, made and imported.

    python benchmarks/imports.py --megabytes 2000

The file is made of words by a fixed seed, and removed again. Prints units a second of CPU time and
the peak memory of the import.
"""

from __future__ import annotations

import argparse
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<tmx version="1.4"><header creationtool="x" '
    'creationtoolversion="1" segtype="sentence" o-tmf="x" adminlang="en" srclang="en" '
    'datatype="plaintext"/>\n<body>\n'
)
WORDS = "the clinic opens at nine free check-ups dose daily nurse patient report liver".split()
HAN = "診所開放免費檢查劑量每日護士病人報告肝臟的在是和一"


def make(path: Path, size: int, words: int) -> int:
    """A file of about `size` bytes, and its number of units."""
    rng = random.Random(7)  # noqa: S311
    units = 0
    with path.open("w", encoding="utf-8") as file:
        file.write(HEAD)
        while file.tell() < size:
            for _ in range(1000):
                english = " ".join(rng.choices(WORDS, k=words))
                chinese = "".join(rng.choices(HAN, k=2 * words))
                file.write(
                    f'<tu><tuv xml:lang="en"><seg>{english} {units}</seg></tuv>'
                    f'<tuv xml:lang="zh-HK"><seg>{chinese}{units}</seg></tuv></tu>\n'
                )
                units += 1
        file.write("</body></tmx>\n")
    return units


def run(folder: Path, source: Path) -> None:
    """The import alone, in a process of its own."""
    from bilingo.pipelines import bulk
    from bilingo.project import open_project

    start = time.process_time()
    (imported,), _ = bulk.import_large(
        open_project(folder), [source], "", write=True, tick=lambda _: None
    )
    seconds = time.process_time() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(
        f"{source.stat().st_size // 2**20:,} MB, {imported.units:,} units: {seconds:.0f} s CPU,"
        f" {imported.units / seconds:,.0f} units/s, {peak} MB at most"
    )


def main() -> None:
    """Make, import, remove."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--megabytes", type=int, default=200)
    parser.add_argument("--words", type=int, default=15, help="in an English segment")
    parser.add_argument("--run", type=Path, nargs=2, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.run:
        run(*given.run)
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "memory").mkdir()
        source = folder / "large.tmx"
        make(source, given.megabytes * 2**20, given.words)
        command = [sys.executable, __file__, "--run", str(folder), str(source)]
        subprocess.run(command, check=True)


if __name__ == "__main__":
    main()
