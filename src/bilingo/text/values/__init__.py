"""Values by value: numbers, ranges, percent, money, dates, times, measures in English and Chinese.

`find` says which values a text states and where; `compare` says where two texts differ.
"""

from __future__ import annotations

from bilingo.text.values.difference import Difference, compare
from bilingo.text.values.scan import find
from bilingo.text.values.value import Amount, Kind, Value

__all__ = ["Amount", "Difference", "Kind", "Value", "compare", "find"]
