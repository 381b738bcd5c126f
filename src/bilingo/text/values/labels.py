"""What names rather than counts: codes such as N95, IL-6 and COVID-19, phone numbers, stage IV."""

from __future__ import annotations

import re
from fractions import Fraction

from bilingo.text.lazy import Pattern
from bilingo.text.values.value import Found, Value

# Names whose digits are part of the name, in every spelling: all are the code on the left.
_TERMS = {
    "covid19": r"COVID-?19|(?:novel )?coronavirus(?: disease)? ?2019|2019[ -](?:novel )?coronavirus"
    r"|2019 ?(?:新型|新)?冠[狀状]病毒(?:疾?病)?|冠[狀状]病毒(?:疾?病)-?(?:20)?19|2019-?nCoV",
}
_TERM = Pattern(
    "|".join(f"(?P<{code}>{names})" for code, names in _TERMS.items()), re.I, needs=("19",)
)
_CODE = Pattern(
    r"(?:[A-Za-z]{1,20}-){0,3}[A-Za-z]{0,20}[A-Z][A-Za-z]{0,20}-?[0-9]{1,9}[A-Za-z0-9]{0,20}"
    r"(?:[-.][A-Za-z0-9]{0,9}[0-9][A-Za-z]{0,9}){0,3}\+?"
    r"|[a-z]{1,4}[0-9]{1,9}[A-Za-z0-9]{0,20}(?![A-Za-z0-9])"
    r"|[0-9]{1,3}[A-Z]{1,2}(?![A-Za-z0-9])",
    needs="0123456789",
)
_CAPITALS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
# an amount of money, a date or a measure without its space
_NO_CODE = Pattern(
    r"(?:HKD|USD|RMB|CNY|GBP|EUR|AUD|CAD|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Oct|Nov|Dec|No)-?[0-9]"
    r"|(?i:over|under)-[0-9]{1,2}s(?a:\b)"
    r"|[0-9]+(?:AM|PM|L|C|F|K|M|BN|KG|G|D|H)(?a:\b)"
)
_VERSION = Pattern(r"[0-9]{1,5}(?:\.[0-9]{1,5}){2,5}(?![0-9])")
HONG_KONG_PHONE = (
    r"[2-9][0-9]{3}[ -]?[0-9]{4}(?![0-9,%]|\.[0-9]| ?[萬万億亿百千年]| ?(?:m|b|tr)illion)"
)
_PHONES = (
    Pattern(r"\(?\+?852\)?[ -]?[2-9][0-9]{3}[ -]?[0-9]{4}(?![0-9])", needs=("852",)),
    Pattern(r"\+[0-9]{1,3}(?:[ -]?\(?[0-9]{1,4}\)?){2,5}(?![0-9])", needs="+"),
    Pattern(HONG_KONG_PHONE),
    Pattern(
        r"(?:1[ -])?[0-9]{3}-[0-9]{3}-[0-9]{4}(?![0-9])|1[0-9]{2,3} [0-9]{3,4}(?![0-9%]|[,.][0-9])"
    ),
)
# stage IV, Type II; a capital I alone is mostly a pronoun
ROMAN = {n: i for i, n in enumerate("II III IV V VI VII VIII IX X XI XII".split(), 2)}
_LABELS = "Chapter Class Grade Level Part Phase Stage Type Volume".split()
START_ROMAN = (
    "(?:" + "|".join(f"(?<=[{w[0]}{w[0].lower()}]{w[1:]} )" for w in _LABELS) + ")"
    rf"(?:{'|'.join(ROMAN)})(?![A-Za-z0-9])"
)
_ROMAN = Pattern(START_ROMAN, needs="IVX")
# where a code or a term may start
START = (
    r"(?=[A-Za-z-]{1,90}[0-9])(?:" + _CODE.pattern + r")|(?i:novel coronavirus|coronavirus)(?a:\b)"
)
START_HAN = "冠[狀状]病毒"


def code(text: str, start: int) -> Found | None:
    """The code that starts at `start`: optional, since the other side may spell it out."""
    if start and text[start - 1].isascii() and text[start - 1].isalnum():
        return None
    if found := _TERM.match(text, start):
        return [Value("code", str(found.lastgroup), *found.span(), optional=True)], found.end()
    found = _CODE.match(text, start) if _lettered(text, start) else None
    if not found or _NO_CODE.match(text, start):
        return None
    name = "".join(c for c in found[0].lower() if c.isalnum() or c in "-.")
    return [Value("code", name, *found.span(), optional=True)], found.end()


def _lettered(text: str, start: int) -> bool:
    """Whether `_CODE` may fit: one that begins with a figure has a capital soon."""
    return not "0" <= text[start] <= "9" or not _CAPITALS.isdisjoint(text[start + 1 : start + 4])


def version(text: str, start: int) -> Found | None:
    """The number with two points or more that starts at `start`: 3.5.2, 192.168.0.1."""
    found = _VERSION.match(text, start)
    return ([Value("code", found[0], *found.span())], found.end()) if found else None


def phone(text: str, start: int) -> Found | None:
    """The phone number of seven digits or more that starts at `start`, without Hong Kong's 852."""
    if text[start] not in "(+0123456789" or text[start - 1 : start] == ",":
        return None
    for pattern in _PHONES if _grouped(text, start) else _PHONES[:2]:
        if (found := pattern.match(text, start)) and not years(found[0]):
            digits = "".join(c for c in found[0] if c.isdigit())
            if len(digits) == 11 and digits.startswith("852"):
                digits = digits[3:]
            if len(digits) >= 7:
                return [Value("phone", digits, *found.span())], found.end()
    return None


def _grouped(text: str, start: int) -> bool:
    """Whether the last of `_PHONES` may fit: three figures together, or one and a joint."""
    return text[start : start + 3].isdigit() or text[start + 1 : start + 2] in (" ", "-")


def roman(text: str, start: int) -> Found | None:
    """The Roman numeral at `start` behind a word such as stage or type."""
    found = _ROMAN.match(text, start)
    if not found:
        return None
    amount = Fraction(ROMAN[found[0]])
    return [Value("quantity", amount, *found.span(), unit="label", optional=True)], found.end()


def years(written: str) -> bool:
    """2019-2020 and 3000-4000 are ranges."""
    first, last = written[:4], written[-4:]
    if len(written) != 9 or not (first.isdigit() and last.isdigit()):
        return False
    both_years = "1800" <= first < last <= "2199"
    return both_years or (first < last and first.endswith("00") and last.endswith("00"))
