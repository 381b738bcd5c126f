"""The header entry of a catalog: its fields, and which of two differ in meaning.

A header is the msgstr of the entry with the empty msgid: one `Name: value` a line (GNU gettext
manual, “Filling in the Header Entry”).
"""

from __future__ import annotations

import gettext
from datetime import datetime

DATES = ("PO-Revision-Date", "POT-Creation-Date")
# No rule in use looks further than n % 100, apart from exact millions.
_COUNTS = (*range(211), 1000, 100_000, 1_000_000, 1_000_001)


def fields(msgstr: str) -> dict[str, str]:
    """The values by field name, in order.

    A line that is no field, or repeats one, continues the field before it.

    >>> fields("Language: zh_HK\\nMIME-Version: 1.0\\n")
    {'Language': 'zh_HK', 'MIME-Version': '1.0'}
    """
    found: dict[str, list[str]] = {}
    values: list[str] = []
    for line in filter(None, msgstr.split("\n")):
        name, colon, value = line.partition(":")
        if colon and name not in found:
            values = found[name] = [value.removeprefix(" ")]
        elif found:
            values.append(line)
        else:
            values = found[""] = [line]
    return {name: "\n".join(values) for name, values in found.items()}


def text(values: dict[str, str]) -> str:
    """The header of these fields; the opposite of `fields`."""
    return "".join(f"{name}: {value}\n" if name else f"{value}\n" for name, value in values.items())


def newest(ours: str, theirs: str) -> str:
    """The later of two header dates. A malformed date loses; of two malformed ones ours stays."""
    mine, other = _date(ours), _date(theirs)
    if mine is None or other is None:
        return ours if other is None else theirs
    return max((mine, ours), (other, theirs))[1]


def _date(value: str) -> datetime | None:
    """`2024-05-01 09:30+0800` as an instant."""
    if not value.isascii():
        return None
    try:
        return datetime.strptime(value.strip(), "%Y-%m-%d %H:%M%z")
    except ValueError:
        return None


def same_meaning(name: str, ours: str, theirs: str) -> bool:
    """Whether two values of a field say the same.

    Plural-Forms are compared by what they answer for each count, Content-Type without regard to
    case and white space, everything else as it is.

    >>> same_meaning("Plural-Forms", "nplurals=2; plural=(n != 1);", "nplurals=2;plural=n!=1")
    True
    >>> same_meaning("Plural-Forms", "nplurals=2; plural=n>1;", "nplurals=1; plural=0;")
    False
    """
    if name == "Plural-Forms":
        rules = _plural_rule(ours), _plural_rule(theirs)
        if None not in rules:
            return rules[0] == rules[1]
    if name in ("Plural-Forms", "Content-Type"):
        ours, theirs = ("".join(value.split()).lower() for value in (ours, theirs))
    return ours == theirs


def forms(msgstr: str) -> int | None:
    """How many plural forms the header asks for, or None where it does not say.

    >>> forms("Plural-Forms: nplurals=2; plural=(n != 1);\\n")
    2
    """
    rule = _plural_rule(fields(msgstr).get("Plural-Forms", ""))
    return rule[0] if rule else None


def _plural_rule(value: str) -> tuple[int, tuple[int, ...]] | None:
    """The number of forms and the form of each count, or None for what is no rule."""
    parts = {name.strip(): rest for name, _, rest in (p.partition("=") for p in value.split(";"))}
    try:
        form = gettext.c2py(parts["plural"])
        return int(parts["nplurals"]), tuple(form(n) for n in _COUNTS)
    except (KeyError, ValueError, ArithmeticError, RecursionError):
        return None
