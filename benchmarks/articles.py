"""Articles: how fast they are read beside po4a and mdpo, and 1,000 of them with nothing to do.

    python benchmarks/articles.py [FOLDER]     # about five minutes; rewrites ARTICLES.md

FOLDER has real articles (../shared/data when not told). Peers: `apt-get install po4a`, and mdpo in
an environment of its own (`python3 -m venv DIR && DIR/bin/pip install mdpo`), whose python is named
in MDPO_PYTHON. All read the same Markdown files, each in one process of its own, and are held to
what they found. Times are processor seconds of whole processes, the best of `ROUNDS` in
turn; for the reading alone, what the same command takes for a file of one line is taken off.
"""

from __future__ import annotations

import hashlib
import os
import platform
import re
import resource
import runpy
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import catalogs
from catalogs import Cost, run, tool

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "benchmarks" / "ARTICLES.md"
SIZES = (500, 1_000, 2_000)
UNITS = 10  # in an article
ROUNDS = 5  # of reading

READ = """
import gc, sys
from pathlib import Path
from bilingo.formats import markdown
gc.set_threshold(100_000)  # as the command does
count = 0
for path in sys.argv[2:]:
    count += sum(not isinstance(piece, str) for piece in markdown.read(Path(path).read_bytes()))
Path(sys.argv[1]).write_text(str(count))
"""
BLOCKS = """
import gc, sys
from pathlib import Path
from bilingo.formats.markdown_parser import Blocks
from bilingo.formats.markdown_plain import walk
gc.set_threshold(100_000)
count = 0
for path in sys.argv[2:]:
    text = Path(path).read_text("utf-8-sig")
    others = Blocks(text, {})
    count += len(walk(text, others.read))
    count += sum(token.type == "inline" for token in others.tokens)
Path(sys.argv[1]).write_text(str(count))
"""
MDPO = """
import sys
from pathlib import Path
from mdpo.md2po import markdown_to_pofile
count = sum(len(markdown_to_pofile(path)) for path in sys.argv[2:])
Path(sys.argv[1]).write_text(str(count))
"""


def reading(data: Path, folder: Path) -> Iterator[str]:
    """All Markdown articles, read by each program."""
    paths = []
    for name in ("articles", "multi-format"):
        for number, path in enumerate(sorted((data / name).rglob("*.md*"))):
            copy = folder / f"{name}{number:03}.md"  # mdpo and po4a know no .mdx
            shutil.copy(path, copy)
            paths.append(copy)
    size = sum(path.stat().st_size for path in paths) / 1e6
    out = folder / "count"
    catalog = folder / "po4a.po"
    start = folder / "start.md"
    start.write_text("A line.\n")
    peers: dict[str, Callable[[list[Path]], list[str | Path]]] = {
        "bilingo, all of it": lambda files: [sys.executable, "-c", READ, out, *files],
        "bilingo, blocks alone": lambda files: [sys.executable, "-c", BLOCKS, out, *files],
    }
    python = os.environ.get("MDPO_PYTHON", "")
    if python:
        peers["mdpo"] = lambda files: [python, "-c", MDPO, out, *files]
    if shutil.which("po4a-updatepo"):
        form = ["-f", "text", "-o", "markdown", "-M", "UTF-8", "-p", catalog]
        peers["po4a"] = lambda files: [
            *("po4a-updatepo", *form),
            *(word for path in files for word in ("-m", path)),
        ]
    yield f"{len(paths)} Markdown files, {size:.2f} MB."
    yield ""
    yield "| program | texts | CPU s | MB/s | of bilingo's | start | alone | MB/s | of bilingo's |"
    yield "|---|--:|--:|--:|--:|--:|--:|--:|--:|"
    times: dict[str, list[tuple[float, float]]] = {name: [] for name in peers}
    counts: dict[str, str] = {}
    for _ in range(ROUNDS):  # in turn: the machine is not alike all the time
        for name, command in peers.items():
            idle, whole = (_once(command(files)) for files in ([start], paths))
            times[name].append((idle, whole))
            counts[name] = out.read_text() if name != "po4a" else str(_entries(catalog))
            catalog.unlink(missing_ok=True)
    ours: tuple[float, float] | None = None
    for name, found in counts.items():
        assert int(found) > 5_000, (name, found)
        idle, whole = map(min, zip(*times[name], strict=True))
        alone = whole - idle
        ours = ours or (whole, alone)
        yield (
            f"| {name} | {found} | {whole:.2f} | {size / whole:.2f} | {whole / ours[0]:.2f} "
            f"| {idle:.2f} | {alone:.2f} | {size / alone:.2f} | {alone / ours[1]:.2f} |"
        )


def _once(command: list[str | Path]) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _entries(catalog: Path) -> int:
    return len(re.findall(r"(?m)^msgid ", catalog.read_text("utf-8")))


def unchanged(folder: Path) -> Iterator[str]:
    """`sync` and `check` with nothing to do, at more and more articles."""
    catalogs.UNITS = UNITS
    costs: dict[str, list[Cost]] = {}
    for size in SIZES:
        root = folder / f"en{size}"
        path = catalogs.apart(catalogs.project, root, size * UNITS, "en")
        assert len(list((root / "articles").iterdir())) == size
        before = hashlib.sha256(path.read_bytes()).digest()
        for name in ("sync", "check --no-cache"):
            costs.setdefault(name, []).append(run(tool(root, *name.split())))
        assert hashlib.sha256(path.read_bytes()).digest() == before
    heads = " | ".join(f"{size:,} articles: CPU s, MB" for size in SIZES)
    yield f"| command | {heads} | growth by doubling |"
    yield "|---|--:|--:|--:|--:|"
    for name, (first, *rest) in costs.items():
        growth = [b.cpu / a.cpu for a, b in zip((first, *rest), rest, strict=False)]
        assert max(growth) < 2.5, (name, growth)
        cells = " | ".join(f"{cost.cpu:.2f}, {cost.memory:.0f}" for cost in (first, *rest))
        yield f"| `bilingo {name}` | {cells} | {', '.join(f'{g:.2f}' for g in growth)} |"


def main() -> None:
    """Measure, print, and write ARTICLES.md."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed tool is compiled
    data = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT.parent / "shared" / "data"
    evidence = runpy.run_path(str(ROOT / "tools" / "evidence.py"))
    versions = [f"Python {platform.python_version()}", f"{os.cpu_count()} cores"]
    if shutil.which("po4a"):
        told = subprocess.run(["po4a", "--version"], capture_output=True, text=True, check=True)
        versions.append(" ".join(told.stdout.split()[:3]).rstrip("."))
    with tempfile.TemporaryDirectory() as name:
        parts = [
            "# Articles\n",
            f"`python benchmarks/articles.py`; {', '.join(versions)}.\n",
            "## Reading\n",
            *reading(data, Path(name)),
            "\nCPU s is of whole processes; alone is without the start, which reads one line.\n",
            "## Nothing changed\n",
            f"Articles of {UNITS} paragraphs, all translated.\n",
            *unchanged(Path(name)),
            "\n## What is kept and found\n",
            "Also printed by `python tools/evidence.py`.\n",
            evidence["report"](data),
        ]
    text = "\n".join(parts) + "\n"
    sys.stdout.write(text)
    RESULTS.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
