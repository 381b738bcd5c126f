"""Articles: how fast they are read beside po4a and mdpo, and 1,000 of them with nothing to do.

    python benchmarks/articles.py [FOLDER]     # about five minutes; rewrites ARTICLES.md

FOLDER has real articles (../shared/data when not told). Peers: `apt-get install po4a`, and mdpo in
an environment of its own (`python3 -m venv DIR && DIR/bin/pip install mdpo`), whose python is named
in MDPO_PYTHON. All read the same Markdown files, each in one process of its own, and are held to
what they found. Times are processor seconds of whole processes, the best of `catalogs.RUNS`.
"""

from __future__ import annotations

import hashlib
import os
import platform
import re
import runpy
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import catalogs
from catalogs import Cost, run, tool

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "benchmarks" / "ARTICLES.md"
SIZES = (500, 1_000, 2_000)
UNITS = 10  # in an article

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
from bilingo.formats.markdown_parser import parser
gc.set_threshold(100_000)
count = 0
for path in sys.argv[2:]:
    tokens = parser().parse(Path(path).read_text("utf-8-sig"), {})
    count += sum(token.type == "inline" for token in tokens)
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
    peers = {
        "bilingo, all of it": [sys.executable, "-c", READ, out, *paths],
        "bilingo, markdown-it-py's blocks alone": [sys.executable, "-c", BLOCKS, out, *paths],
    }
    python = os.environ.get("MDPO_PYTHON", "")
    if python:
        peers["mdpo"] = [python, "-c", MDPO, out, *paths]
    if shutil.which("po4a-updatepo"):
        masters = [word for path in paths for word in ("-m", path)]
        form = ["-f", "text", "-o", "markdown", "-M", "UTF-8"]
        peers["po4a"] = ["po4a-updatepo", *form, *masters, "-p", folder / "po4a.po"]
    yield f"{len(paths)} Markdown files, {size:.2f} MB."
    yield ""
    yield "| program | texts found | CPU s | MB/s | of bilingo's time |"
    yield "|---|--:|--:|--:|--:|"
    ours: Cost | None = None
    for name, command in peers.items():
        cost = run(command)
        ours = ours or cost
        found = out.read_text() if name != "po4a" else str(_entries(folder / "po4a.po"))
        assert int(found) > 5_000, (name, found)
        rate = size / cost.cpu
        yield f"| {name} | {found} | {cost.cpu:.2f} | {rate:.2f} | {cost.cpu / ours.cpu:.2f} |"


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
        for name in ("sync", "check"):
            costs.setdefault(name, []).append(run(tool(root, name)))
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
            "\nThe program's start is in every time.\n",
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
