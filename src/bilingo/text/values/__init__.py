"""Values by value: numbers, ranges, percent, money, dates, times, measures in English and Chinese.

`find` says which values a text states and where; `compare` says where two texts differ;
`completed` fills in what the ends of a range share; `restyle.restyle`, which few need, writes
another value in the same way.
"""

from __future__ import annotations

from bilingo.text.values.difference import Difference, compare
from bilingo.text.values.ranges import completed
from bilingo.text.values.scan import find
from bilingo.text.values.value import Amount, Kind, Value

__all__ = ["Amount", "Difference", "Kind", "Value", "compare", "completed", "find"]
