"""How often the sentences that harvest takes out of a paragraph really belong together.

    python benchmarks/alignment.py [FOLDER]        # half a minute; prints a table

Paragraphs are made of two to six sentences in a row of a human translation (tico19-health), whose
pairs are known. In the harder rows a translator has joined two sentences, or left one out, in some
paragraphs (fixed seed). Right is a bead whose sides are exactly the same sentences of the gold.
"""

from __future__ import annotations

import random
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

from bilingo.match import beads

SEED = 20261126
ROOT = Path(__file__).resolve().parent.parent
Pair = tuple[str, str]
Paragraph = list[tuple[list[str], list[str]]]  # gold beads: sentences of each side


def paragraphs(pairs: list[Pair], joined: float, dropped: float) -> Iterator[Paragraph]:
    """Neighbours put together, some of them joined in the translation or left out of it."""
    chance = random.Random(SEED)  # noqa: S311
    at = 0
    while at < len(pairs) - 1:
        some = pairs[at : at + chance.randint(2, 6)]
        at += len(some)
        gold: Paragraph = []
        for english, chinese in some:
            if gold and chance.random() < joined:
                before = gold[-1]
                if len(before[0]) == 1 and before[1]:
                    text = before[1][0].rstrip("。") + "，" + chinese
                    gold[-1] = ([*before[0], english], [text])
                    continue
            gold.append(([english], [] if chance.random() < dropped else [chinese]))
        yield gold


def measure(made: list[Paragraph], *, chinese_first: bool) -> tuple[int, int, int]:
    """Beads taken, those that are right, and gold beads of both sides."""
    taken = right = gold = 0
    for paragraph in made:
        sides = [[text for bead in paragraph for text in bead[side]] for side in (0, 1)]
        true, at = set(), [0, 0]
        for bead in paragraph:
            ends = [at[0] + len(bead[0]), at[1] + len(bead[1])]
            if bead[1]:
                true.add((at[0], ends[0], at[1], ends[1]))
            at = ends
        found = beads.certain(*(reversed(sides) if chinese_first else sides))
        places = {
            (b.target, b.target_end, b.source, b.source_end) if chinese_first else tuple(b)
            for b in found
        }
        taken, gold, right = taken + len(places), gold + len(true), right + len(places & true)
    return taken, right, gold


def main() -> None:
    """Print the table."""
    data = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT.parent / "shared/data"
    tree = ET.parse(data / "tmx/tico19-health.en-zh.dev.tmx")  # noqa: S314
    pairs = [tuple("".join(s.itertext()) for s in unit.iter("seg")) for unit in tree.iter("tu")]
    print("| paragraphs | source | beads of the gold | taken | right |")
    print("|---|---|--:|--:|--:|")
    for name, joined, dropped in (
        ("sentence by sentence", 0.0, 0.0),
        ("one of ten joined", 0.1, 0.0),
        ("one of ten left out", 0.0, 0.1),
        ("one of ten joined, one left out", 0.1, 0.1),
    ):
        made = list(paragraphs(pairs, joined, dropped))  # type: ignore[arg-type]
        for chinese in (False, True) if joined and dropped else (False,):  # both ways are alike
            taken, right, gold = measure(made, chinese_first=chinese)
            side = "Chinese" if chinese else "English"
            print(
                f"| {name} | {side} | {gold:,} | {100 * taken / gold:.1f} %"
                f" | {100 * right / max(taken, 1):.2f} % |"
            )


if __name__ == "__main__":
    main()
