"""Find the values in a text: one pass from left to right, the first reading that fits."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bilingo.text.values import aside, dates, labels, numerals, quantities, ratios, units
from bilingo.text.values.value import Found, Value

_WORDS = "|".join(sorted(numerals.WORDS))
# where a value may start; most of a text is passed over here
_START = re.compile(
    rf"(?<![A-Za-z0-9])(?=[A-Za-z])(?:{labels.START}"
    rf"|(?i:an?|per|each|every|minus|half|noon|midnight|{_WORDS})(?a:\b)|{dates.START})"
    rf"|{units.PREFIXES}|[(+]?[0-9]|[½¼¾⅓⅔]"
    rf"|(?<![0-9A-Za-z)\]\-年月日號号時时分元歲岁天座期{numerals.HAN}])-(?=[0-9])"
    rf"|[{numerals.HAN}半]|{labels.START_HAN}|{dates.START_HAN}"
)
# 幾 and 數 before a numeral make it no exact number; 人數五百 does not
_INDEFINITE = re.compile("(?:[幾几]|(?<![人總总次個个倍])[數数])$")
_RUN = re.compile(rf"[0-9]+|[{numerals.HAN}]+|[A-Za-z]+|.", re.DOTALL)
_READERS = (labels.code, labels.phone, dates.read, ratios.read, quantities.read)


def find(text: str) -> tuple[Value, ...]:
    """The values in `text`, in order; offsets are code points of `text`.

    Placeholders, tags, addresses and literal code are set aside. A range is two values, and so is
    an estimate (五六千), whose two share one place.
    """
    return tuple(_scan(aside.fold(text)))


def _scan(text: str) -> Iterator[Value]:
    position = 0
    while found := _START.search(text, position):
        values, end = _read(text, found.start())
        yield from values
        position = max(end, found.start() + 1)


def _read(text: str, start: int) -> Found:
    if not _INDEFINITE.search(text[max(0, start - 2) : start]):
        for reader in _READERS:
            if found := reader(text, start):
                return found
    # past what could not be read, so that no run is tried again from its middle
    run = _RUN.match(text, start)
    return [], run.end() if run else start + 1
