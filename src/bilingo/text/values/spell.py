"""Write numbers in words: Han numerals, English number words, ordinals."""

from __future__ import annotations

_DIGITS = "零一二三四五六七八九"
_ONES = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen
fifteen sixteen seventeen eighteen nineteen""".split()
_TENS = "- - twenty thirty forty fifty sixty seventy eighty ninety".split()
_IRREGULAR = {"one": "first", "two": "second", "three": "third", "five": "fifth"}
_IRREGULAR |= {"eight": "eighth", "nine": "ninth", "twelve": "twelfth"}
MOST_WORDS = 99


def han(number: int) -> str:
    """`number` from 0 to 10¹² − 1 in Han numerals: 三百零二, 十五, 兩萬; 2 alone is 二.

    Raises ValueError for other numbers.
    """
    if not 0 <= number < 10**12:
        raise ValueError(number)
    written = ""
    for scale, name in ((10**8, "億"), (10**4, "萬"), (1, "")):
        section, number = divmod(number, scale)
        if section:
            gap = "零" if written and section < 1000 else ""
            written += gap + _section(section) + name
    if written.startswith("一十"):
        return written[1:]
    if written.startswith(("二萬", "二億")):
        return "兩" + written[1:]
    return written or "零"


def _section(number: int) -> str:
    written, gap = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, unit)
        if digit:
            written += ("零" if gap and written else "") + _DIGITS[digit] + name
        gap = not digit
    return written


def row(digits: str, zero: str = "零") -> str:
    """Digits one by one, as years are written: 二零二五, or 二〇二五 with `zero` 〇."""
    return "".join(_DIGITS[int(digit)] for digit in digits).replace("零", zero)


def words(number: int) -> str:
    """`number` from 0 to 99 in English: twenty-one. Raises ValueError for other numbers."""
    if not 0 <= number <= MOST_WORDS:
        raise ValueError(number)
    if number < 20:
        return _ONES[number]
    tens, ones = divmod(number, 10)
    return _TENS[tens] + (f"-{_ONES[ones]}" if ones else "")


def ordinal_words(number: int) -> str:
    """`number` from 0 to 99 as an English ordinal: twenty-first. Raises ValueError for others."""
    head, hyphen, last = words(number).rpartition("-")
    if last in _IRREGULAR:
        last = _IRREGULAR[last]
    else:
        last = f"{last[:-1]}ieth" if last.endswith("y") else f"{last}th"
    return head + hyphen + last


def ordinal(number: int) -> str:
    """`number` with its English ending: 22nd, 13th."""
    if number % 100 in (11, 12, 13):
        return f"{number}th"
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th') }"
