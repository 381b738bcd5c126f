"""The translator's answers to findings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from bilingo import plugins
from bilingo.checks import CHECKS, Found, Setting, alone, answered, by_code
from bilingo.model import Entry


def unneeded(entries: Sequence[Entry], setting: Setting) -> Iterator[Found]:
    """Every answer `# bilingo: ignore CODE reason` is needed, gives a reason and names a check.

    What is not found any more must not stay silenced: the next fault would be.

        the goal  →  # bilingo: ignore T007 quoted as printed ⏎ 病人的的權益    passes
        the goal  →  # bilingo: ignore T007 quoted as printed ⏎ 病人的權益    fails
        the goal  →  # bilingo: ignore T007 ⏎ 病人的的權益    fails
        the goal  →  # bilingo: ignore T999 no such check ⏎ 病人的權益    fails
        病人的權益  →  the rights of patients    passes
        病人的權益  →  # bilingo: ignore T007 verse ⏎ the rights of patients    fails
    """
    silenced: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        if entry.comments:
            for code, reason in answered(entry).items():
                silenced[code].append(entry)
                if not reason:
                    yield Found(entry, f"the answer to {code} gives no reason")
    known = plugins.names("checks", CHECKS)
    for code, those in silenced.items():
        check = by_code(code)[1] if code in known else unneeded
        if check is unneeded:
            for entry in those:
                yield Found(entry, f"an answer to {code}, which is no check that can be answered")
            continue
        seen = those if alone(code, setting) else entries
        still = {id(found.entry) for found in check(seen, setting)}
        for entry in those:
            if id(entry) not in still:
                yield Found(entry, f"the answer to {code} is no longer needed")
