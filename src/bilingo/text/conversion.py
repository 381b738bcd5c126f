"""Simplified text as a Traditional draft, by OpenCC where the extra `bilingo[opencc]` is installed.

A conversion only proposes: one Simplified character may be several Traditional ones, and the words
of two regions differ. What comes from here is marked wherever it is shown, and never inserted.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from bilingo.model import Locale
from bilingo.text import locales

BY = {"zh-Hant-HK": "s2hk", "zh-Hant-MO": "s2hk", "zh-Hant-TW": "s2tw", "zh-Hant": "s2t"}
"""OpenCC's configuration for a locale."""


def traditional(text: str, target: Locale) -> str:
    """Simplified `text` as a draft for Traditional `target`; "" without OpenCC, or for another."""
    converter = _converter(BY[target]) if target in BY else None
    return str(converter.convert(text)) if converter else ""


def is_wanted(offered: Locale, target: Locale) -> bool:
    """Whether text of `offered` is one that `traditional` converts for `target`."""
    return target in BY and locales.script(offered) == "Hans"


@cache
def _converter(name: str) -> Any:
    try:
        import opencc
    except ImportError:
        return None
    return opencc.OpenCC(name)
