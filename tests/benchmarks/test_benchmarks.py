"""The benchmark runs on a folder of any text, and says what it found. No time is asserted."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def test_a_small_run(tmp_path: Path) -> None:
    output = tmp_path / "RESULTS.md"
    command = [sys.executable, "benchmarks/run.py", "--small", "--folder", "articles"]
    done = subprocess.run(
        [*command, "--output", str(output)], cwd=ROOT, check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    rows = [
        line for line in output.read_text(encoding="utf-8").splitlines() if "| bilingo |" in line
    ]
    assert {row.split(" | ")[1] for row in rows} == {"en", "zh"}


@pytest.mark.corpus
def test_harvested_sentences_belong_together(shared: Path) -> None:
    """Both ways, and where a translator joined sentences or left them out."""
    command = [sys.executable, "benchmarks/alignment.py", shared / "data"]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)

    rows = [line.strip("| ").split(" | ") for line in done.stdout.splitlines()[2:]]
    assert len(rows) == 5
    assert all(float(row[-1].rstrip(" %")) >= 99.5 for row in rows), done.stdout
