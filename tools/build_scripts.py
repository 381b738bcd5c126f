"""Make src/bilingo/text/{simplified,traditional}.txt from the dictionaries of OpenCC.

    pip install OpenCC==1.4.2 && python tools/build_scripts.py

The package carries its dictionaries in a binary form and the tool that makes them text again. What
goes into the sets is told in `bilingo.text.scripts`. Another version of OpenCC gives other sets, by
a few characters: look at the difference before it is committed.
"""

from __future__ import annotations

import subprocess
import tempfile
from importlib.metadata import files
from pathlib import Path

OUT = Path(__file__).resolve().parent.parent / "src/bilingo/text"
WIDTH = 64  # characters a line


def main() -> None:
    simplify, complicate = dictionary("TSCharacters"), dictionary("STCharacters")
    regional = {
        character
        for name in ("HKVariants", "TWVariants")
        for key, values in dictionary(name).items()
        for character in (key, *values)
    }
    write("simplified.txt", changed(complicate) - set(simplify) - regional)
    write("traditional.txt", changed(simplify) - set(complicate))


def dictionary(name: str) -> dict[str, list[str]]:
    """A dictionary of OpenCC: what a character may become."""
    parts = {path.name: str(path.locate()) for path in files("OpenCC") or ()}
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out.txt"
        tool = [parts["opencc_dict"], "-f", "ocd2", "-t", "text"]
        subprocess.run([*tool, "-i", parts[f"{name}.ocd2"], "-o", str(out)], check=True)  # noqa: S603 - the tool of the package
        lines = out.read_text(encoding="utf-8").splitlines()
    return {key: values.split() for key, _, values in (line.partition("\t") for line in lines)}


def changed(table: dict[str, list[str]]) -> set[str]:
    """The single characters that never stay what they are."""
    return {key for key, values in table.items() if len(key) == 1 and key not in values}


def write(name: str, characters: set[str]) -> None:
    text = "".join(sorted(characters))
    lines = [text[start : start + WIDTH] for start in range(0, len(text), WIDTH)]
    (OUT / name).write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
