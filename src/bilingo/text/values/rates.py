"""How often: twice daily, three times a week, 每日兩次, 每星期服三次.

The unit is times in a day, a week, a month, a year or an hour; days, weeks and hours agree by
value. The place is that of the number and 次 or “times” alone, so that another number fits there.
"""

from __future__ import annotations

import re
from fractions import Fraction

from bilingo.text.lazy import Pattern
from bilingo.text.values import numerals
from bilingo.text.values.value import Found, Value

_UNIT_OF = {
    "hour": "x/h",
    "day": "x/d",
    "night": "x/d",
    "week": "x/wk",
    "month": "x/month",
    "year": "x/y",
    "hourly": "x/h",
    "daily": "x/d",
    "nightly": "x/d",
    "weekly": "x/wk",
    "monthly": "x/month",
    "yearly": "x/y",
    "annually": "x/y",
}
_HAN_UNIT_OF = {"小": "x/h", "日": "x/d", "天": "x/d", "晚": "x/d", "月": "x/month", "年": "x/y"}
_HAN_UNIT_OF |= dict.fromkeys("星週周禮礼", "x/wk") | {"個": "x/month", "个": "x/month"}
_ENGLISH = Pattern(
    r"(?P<said>(?P<word>once|twice|thrice)|(?P<count>[0-9]{1,2}|[a-z]{3,6}) times)(?:"
    r",? (?:a|per|each|every) (?P<per>hour|day|night|week|month|year)"
    r"|,? (?P<ly>hourly|daily|nightly|weekly|monthly|yearly|annually))(?a:\b)",
    re.I | re.A,
    needs="cCmM",  # once, twice, thrice, times
)
_CHINESE = Pattern(
    r"[每一](?P<per>小[時时]|[日天晚月年]|星期|[週周]|[禮礼]拜|[個个]月) ?"
    rf"(?P<between>[^0-9{numerals.HAN}，。、；：,.;:()]{{0,5}}?) ?"
    rf"(?P<said>(?P<count>[0-9]{{1,2}}|[{numerals.HAN}]{{1,3}}) ?次)(?![數数序要第])",
    needs="次",
)
FIRST_HAN = "每"
START_HAN = "每(?=[小日天晚月年星週周禮礼個个])"
_WORDS = {"once": 1, "twice": 2, "thrice": 3}


def read(text: str, start: int) -> Found | None:
    """The frequency that starts at `start`, and where it ends."""
    if text[start] in "每一":
        found = _CHINESE.match(text, start)
        unit = _HAN_UNIT_OF[found["per"][0]] if found else ""
    else:
        found = _ENGLISH.match(text, start)
        unit = _UNIT_OF[(found["per"] or found["ly"]).lower()] if found else ""
    if not found:
        return None
    word = (found.groupdict().get("word") or "").lower()
    numeral = None if word else numerals.read(found["count"], 0)
    if not word and (numeral is None or numeral.end != len(found["count"]) or numeral.other):
        return None
    amount = Fraction(_WORDS[word]) if numeral is None else numeral.amount
    words = word != "" or numeral is not None and numeral.words
    return [Value("quantity", amount, *found.span("said"), unit, words)], found.end()
