"""Write a value in the style in which another value stands in a text.

萬 stays 萬, Han numerals stay Han numerals, full-width stays full-width, commas stay commas. What
the style cannot hold is not written: 半 is no other amount. Whoever calls reads the result again
with `find`, so what is written here has to be right in style; in value it is proved.
"""

from __future__ import annotations

import re
from fractions import Fraction

from bilingo.text import aside
from bilingo.text.values import numerals, restyle_dates, spell, units
from bilingo.text.values.lazy import Pattern
from bilingo.text.values.value import Value

_FULL_WIDTH = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
_WIDE = Pattern("[０-９]")
_HALVES = Pattern("[半½¼¾⅓⅔]|half|quarter", re.IGNORECASE)
_DIGITS = Pattern(r"(?P<digits>[0-9][0-9,]*(?:\.[0-9]+)?)(?P<rest>.*)", re.DOTALL)
_SCALE = Pattern(
    r"(?P<gap> ?(?:[多餘余] ?)?|[ -])"
    r"(?P<name>[百千]?[萬万億亿]|thousand|million|billion|trillion|k|mn|bn|m)",
    re.I,
)
_HAN_LADDER = {"億": 10**8, "萬": 10**4}
_LADDER = {"trillion": 10**12, "billion": 10**9, "million": 10**6}
_OWN = {"thousand": 10**3, "k": 10**3, "m": 10**6, "mn": 10**6, "bn": 10**9}
_MULTIPLE = Pattern(r"(?P<count>[a-z-]+)(?P<gap>[ -])(?P<name>hundred|thousand|million)")
_MULTIPLES = {"hundred": 100, "thousand": 1000, "million": 10**6}
_ORDINAL_WORDS = {spell.ordinal_words(n): n for n in range(1, 100)}


def restyle(text: str, value: Value, new: Value, like: str) -> str | None:
    """What stands for `new` in place of `text[value.start:value.end]`, or None when uncertain.

    `new` is of the kind and unit of `value`; `like` is how somebody else wrote the amount, and
    decides where the style of `value` says nothing: commas, final zeros, the use of a scale.
    """
    written = text[value.start : value.end]
    plain = aside.half_width(written)
    if value.kind in restyle_dates.KINDS:
        result = restyle_dates.restyle(plain, value, new)
    elif value.kind in ("phone", "code"):
        result = _label(plain, value, new, aside.half_width(like))
    elif value.kind == "fraction":
        result = _fraction(plain, new)
    else:
        around = text[max(0, value.start - 1) : value.start], text[value.end : value.end + 2]
        result = _number(plain, value, new, aside.half_width(like), around)
    if result is not None and _WIDE.search(written):
        result = "".join(
            c.translate(_FULL_WIDTH) if c.isdigit() or c in ",.:" and c not in written else c
            for c in result
        )
    return result


def _label(written: str, value: Value, new: Value, like: str) -> str | None:
    """Digits into the places where digits were; a code as the other side writes it."""
    old, wanted = str(value.amount), str(new.amount)
    if value.kind == "code":
        same = _letters(old) == _letters(wanted) and _name(written) == old
        return like if same and _name(like) == wanted else None
    places = [i for i, c in enumerate(written) if c.isdigit()][-len(old) :]
    if len(old) != len(wanted) or "".join(written[i] for i in places) != old:
        return None
    digits = dict(zip(places, wanted, strict=True))
    return "".join(digits.get(i, c) for i, c in enumerate(written))


def _letters(code: str) -> str:
    return "".join(c for c in code if c.isalpha())


def _name(written: str) -> str:
    return "".join(c for c in written.lower() if c.isalnum() or c in "-.")


# --- fractions ---

_PARTS = Pattern(r"(?P<bottom>.+?)(?P<sign> ?分之 ?)(?P<top>.+)")
_SLASH = Pattern(r"(?P<top>[0-9]+)(?P<sign> ?/ ?)(?P<bottom>[0-9]+)")
_RATIO = Pattern(
    r"(?P<top>[\w-]+?)(?P<sign>(?:-in-| (?:out )?(?:in|of)(?: every)? ))(?P<bottom>\w+)"
)
_NAMED = Pattern(r"(?P<top>[a-z]+)(?P<sign>[ -])(?P<bottom>[a-z]+)", re.IGNORECASE)
_NAMES = {"third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "eighth": 8, "tenth": 10}


def _fraction(written: str, new: Value) -> str | None:
    top, bottom = (part or 0 for part in new.parts)
    for pattern in (_PARTS, _SLASH, _RATIO):
        if found := pattern.fullmatch(written):
            amounts = {"top": top, "bottom": bottom}
            parts = {name: _small(found[name], amounts[name]) for name in amounts}
            if None in parts.values():
                return None
            first, last = ("bottom", "top") if pattern is _PARTS else ("top", "bottom")
            return f"{parts[first]}{found['sign']}{parts[last]}"
    found = _NAMED.fullmatch(written)
    if not found or not 1 <= top <= 9 or bottom not in _NAMES.values():
        return None
    if found["bottom"].lower().rstrip("s") not in _NAMES:
        return None  # half and halves
    name = next(name for name, n in _NAMES.items() if n == bottom)
    above = found["top"] if top == 1 and len(found["top"]) < 4 else spell.words(top)
    above = above.capitalize() if found["top"][0].isupper() else above
    return f"{above}{found['sign']}{name}{'s' if top > 1 else ''}"


def _small(written: str, number: int) -> str | None:
    """A whole number in figures, Han numerals or words, whichever `written` is in."""
    if written.isdigit() and written.isascii():
        return str(number)
    if written[0] in numerals.HAN:
        return spell.han(number)
    if number <= spell.MOST_WORDS and written.lower() in numerals.WORDS:
        return _cased(written, spell.words(number))
    return None


def _cased(old: str, new: str) -> str:
    return new[:1].upper() + new[1:] if old[:1].isupper() else new


# --- numbers ---


def _number(
    written: str, value: Value, new: Value, like: str, around: tuple[str, str]
) -> str | None:
    if _HALVES.search(written):
        return None
    prefix = units.PREFIX.match(written)
    start = prefix.end() if prefix else 0
    numeral = numerals.read(written, start, money=value.kind == "money")
    if numeral is None or numeral.other is not None or not numeral.amount:
        return None
    old, after = written[start : numeral.end], written[numeral.end :]
    if value.unit == "折":
        result = _discount(old, new.number)
    elif value.number % 100 == numeral.amount != value.number and len(old) == 2:
        result = f"{int(new.number) % 100:02}"  # 1957–58
    else:
        # 成 and a scale that the other end of a range names are factors; so is a minus
        factor = value.number / numeral.amount
        amount = new.number / factor
        tenths = after.startswith("成") and not 0 < amount < 10
        result = None if amount < 0 or tenths else _numeral(old, amount, like)
    if result and not after and around[1].startswith(("多", "餘", "余")):
        result = result if new.number % 10 == 0 and "." not in result else None  # 30多人
    if result == "二" and _counts(around, after, prefix is not None):
        result = "兩"
    return None if result is None else written[:start] + result + after


def _counts(around: tuple[str, str], after: str, prefixed: bool) -> bool:
    """Whether 2 counts things (兩個, 兩成, 兩年) rather than names one (第二, 二月, 二年級)."""
    following = (after.strip() + around[1])[:2]
    return not (
        prefixed
        or around[0] in tuple("第初之點")
        or not following[:1].isalpha()
        or following[0] in "月日號号樓楼級级等折手"
        or following in ("年級", "年级")
    )


def _discount(old: str, percent: Fraction) -> str | None:
    """七折 is 70 %, 八五折 85 %."""
    if not (10 < percent < 100 and percent.denominator == 1):
        return None
    digits = str(int(percent)).removesuffix("0")
    return spell.row(digits) if old[0] in numerals.HAN else digits


def _numeral(old: str, amount: Fraction, like: str) -> str | None:
    """`amount` as a numeral in the style of the numeral `old`."""
    if found := _DIGITS.fullmatch(old):
        if not found["rest"]:
            return _unscaled(old, amount, like)
        if found["rest"] in ("st", "nd", "rd", "th"):
            return spell.ordinal(int(amount)) if amount.denominator == 1 else None
        return _scaled(found["rest"], amount, like)
    if amount.denominator != 1 or amount >= 10**12:
        return None
    if old[0] in numerals.HAN:
        if old[0] in "百千萬万億亿廿卅" or len(old) > 1 and not set(old) & set("十百千萬万億亿"):
            return None  # 逾百人, 廿五, a row of digits
        return spell.han(int(amount))
    return _worded(old, int(amount))


def _worded(old: str, number: int) -> str | None:
    """English words up to 99, also of hundreds, thousands and millions; figures above them."""
    lower = old.lower()
    if lower in _ORDINAL_WORDS:
        return _cased(old, spell.ordinal_words(number)) if 0 < number < 100 else None
    if found := _MULTIPLE.fullmatch(lower):
        count, rest = divmod(number, _MULTIPLES[found["name"]])
        if rest or not 1 < count <= spell.MOST_WORDS or found["count"] == "a":
            return None
        return _cased(old, f"{spell.words(count)}{found['gap']}{found['name']}")
    if lower in ("once", "twice", "dozen") or " " in lower:
        return None
    if number > spell.MOST_WORDS:
        return None if old[0].isupper() else f"{number:,}"
    return _cased(old, spell.words(number))


def _unscaled(old: str, amount: Fraction, like: str) -> str | None:
    digits, _, _ = old.partition(".")
    if digits[0] == "0" and len(digits) > 1:
        return None  # 007
    theirs = _DIGITS.match(like, _first_digit(like))
    if "," in old or len(digits) > 3:
        grouped: bool = "," in old
    elif theirs and not _SCALE.match(theirs["rest"]):
        grouped = "," in theirs["digits"]
    else:
        if scaled := _own_scale(like, amount):
            return scaled
        grouped = True
    return _decimal(amount, theirs["digits"] if theirs else "", 4, grouped)


def _first_digit(like: str) -> int:
    found = re.search("[0-9]", like)
    return found.start() if found else len(like)


def _own_scale(like: str, amount: Fraction) -> str | None:
    """150萬 for 1.5 million and the other way round, where only the other side has a scale."""
    if re.search("illion|[0-9](?:mn|bn|m)", like, re.IGNORECASE):
        return _on(_HAN_LADDER, amount, "", like)
    return _on(_LADDER, amount, " ", like)


def _scaled(rest: str, amount: Fraction, like: str) -> str | None:
    found = _SCALE.fullmatch(rest)
    if not found:
        return None
    name, gap = found["name"], found["gap"]
    own = _OWN.get(name.lower())
    if own:
        return _on({name: own}, amount, gap, like)
    ladder = _LADDER if name.isascii() else _HAN_LADDER
    same = {key: scale for key, scale in ladder.items() if key == name.lower()}
    most = 1000 if name.isascii() else 10_000
    for steps in (same, ladder):
        steps = {key: scale for key, scale in steps.items() if amount < scale * most}
        result = _on(steps, amount, gap, like)
        if result and gap.strip() and "." in result:
            return None  # 1萬多 is no exact number, 1.55萬多 is nothing
        if result:
            return result
    return None if gap.strip() else _decimal(amount, "", 0, True)


def _on(ladder: dict[str, int], amount: Fraction, gap: str, like: str) -> str | None:
    """The amount on the highest scale on which it is 1 or more and has few decimals."""
    theirs = _DIGITS.match(like, _first_digit(like))
    for name, scale in ladder.items():
        if amount >= scale:
            number = _decimal(amount / scale, theirs["digits"] if theirs else "", 3, True)
            if number:
                return f"{number}{gap}{name}"
    return None


def _decimal(amount: Fraction, like: str, most: int, grouped: bool) -> str | None:
    """A number in figures; the same figures with final zeros in `like` keep them."""
    for places in range(most + 1):
        if (amount * 10**places).denominator == 1:
            break
    else:
        return None
    if like and Fraction(like.replace(",", "")) == amount:
        places = max(places, len(like.partition(".")[2]))
    whole, rest = divmod(int(amount * 10**places), 10**places)
    return (f"{whole:,}" if grouped else str(whole)) + (f".{rest:0{places}}" if places else "")
