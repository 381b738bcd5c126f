"""The benchmark runs on a folder of any text, and says what it found. No time is asserted."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

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
