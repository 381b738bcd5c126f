"""Targets with the query's values, beside the gold rewriting of the altered-value set.

    python benchmarks/values.py ../shared/data      # writes VALUES.md beside this file

The set is that of `tests/match/test_adapt_altered.py`: own sentences, and pairs of tico19 whose
figures were changed on both sides. Right is what equals the gold, character by character; left
alone is what was not adapted, because it was not certain; wrong is the rest, and nothing marks it.
"""

from __future__ import annotations

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "tests" / "match"))

from test_adapt_altered import health_cases, measured, own_cases  # noqa: E402 - of our own tests

HEAD = """\
# Values carried over

Made by `python benchmarks/values.py ../shared/data`. The altered-value set: both sides of a pair
got another value; the pair as it was is the match, the other source the query.

| set | cases | adapted | right, of the adapted | left alone | wrong |
|---|---|---|---|---|---|
"""


def main() -> None:
    """Measure, print and write the page."""
    health = Path(sys.argv[1]) / "tmx" / "tico19-health.en-zh.dev.tmx"
    page = HEAD
    for name, cases in (
        ("own sentences", list(own_cases())),
        ("tico19", list(health_cases(health))),
    ):
        left, wrong = measured(cases)
        adapted = len(cases) - len(left)
        right = adapted - len(wrong)
        page += (
            f"| {name} | {len(cases)} | {adapted} ({adapted / len(cases):.1%})"
            f" | {right} ({right / adapted:.1%}) | {len(left)} | {len(wrong)} |\n"
        )
    print(page)
    (HERE / "VALUES.md").write_text(page)


if __name__ == "__main__":
    main()
