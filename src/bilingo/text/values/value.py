"""What a text says in values, and what it means for two of them to say the same."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal

from bilingo.frozen import dataclass

Kind = Literal[
    "number",
    "percent",
    "fraction",
    "money",
    "quantity",
    "date",
    "weekday",
    "time",
    "decade",
    "phone",
    "code",
]
Amount = Fraction | tuple[int | None, ...] | str


@dataclass(frozen=True, slots=True)
class Value:
    """A value and its place, `text[start:end]`, in code points.

    `amount` by kind: an exact number (`number`, `money`, `quantity` in its own `unit`, `percent`
    in hundredths: 20 for 20 %); `fraction` (numerator, denominator); `date` (year, month, day),
    absent parts None; `weekday` (1 to 7 from Monday); `time` (hour, minute, 1 when the half of the
    day is known else 0); `decade` (year, or its last two digits); `phone` its digits; `code` its
    letters and digits, or a version number (3.5.2). `unit` is a unit or currency symbol.
    `optional` values, which are words rather than figures, need not occur on the other side.
    """

    kind: Kind
    amount: Amount
    start: int
    end: int
    unit: str = ""
    optional: bool = False

    @property
    def number(self) -> Fraction:
        """The amount of a kind that has one number. Raises TypeError for the other kinds."""
        if not isinstance(self.amount, Fraction):
            raise TypeError(f"a {self.kind} is not one number")
        return self.amount

    @property
    def parts(self) -> tuple[int | None, ...]:
        """The amount of a kind that has parts. Raises TypeError for the other kinds."""
        if not isinstance(self.amount, tuple):
            raise TypeError(f"a {self.kind} has no parts")
        return self.amount


# What a reader returns: the values that start where it was asked, and where they end.
Found = tuple[list[Value], int]
