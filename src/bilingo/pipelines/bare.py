"""The script of memory files that only say `zh`."""

from __future__ import annotations

from collections.abc import Iterable

from bilingo.frozen import replace
from bilingo.model import TU, Locale
from bilingo.text import scripts

ENOUGH = 200  # Han characters that tell the script of a file for certain


def script_of_bare_chinese(texts: Iterable[str]) -> Locale:
    """`zh-Hant` or `zh-Hans` for a file that only says `zh`, by all those texts together.

    One short text says too little, so a file with little Chinese, or of both scripts, stays `zh`.
    """
    text = "".join(texts)
    if not text:
        return ""
    script = scripts.script_of(text)
    return f"zh-{script}" if scripts.han_count(text) >= ENOUGH and script[:2] == "Ha" else ""


class Tally:
    """`script_of_bare_chinese` for texts that come one after the other."""

    def __init__(self, counts: Iterable[int] = (0, 0, 0)) -> None:
        self._han, self._hans, self._hant = counts

    @property
    def counts(self) -> tuple[int, int, int]:
        """What another tally goes on from."""
        return self._han, self._hans, self._hant

    def add(self, texts: Iterable[str]) -> None:
        """Count these too."""
        for text in texts:
            self._han += scripts.han_count(text)
            self._hans += len(scripts.simplified_only(text))
            self._hant += len(scripts.traditional_only(text))

    @property
    def script(self) -> Locale:
        """What it is for all texts so far."""
        script = scripts.script_by(self._hans, self._hant)
        return f"zh-{script}" if self._han >= ENOUGH and script[:2] == "Ha" else ""


def with_script(unit: TU, locale: Locale) -> TU:
    """The unit with this locale for its texts that only say `zh`."""
    tuvs = tuple(replace(t, locale=locale) if t.locale == "zh" else t for t in unit.tuvs)
    return replace(unit, tuvs=tuvs)
