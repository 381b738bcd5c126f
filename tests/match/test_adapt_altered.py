"""The altered-value set: pairs whose values were changed on both sides, and the gold rewriting.

Gold is made by renderers of its own, one for each way a pair writes a value, so that it does not
depend on what it measures.
"""

from __future__ import annotations

import random
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilingo.match.adapt import adapt

Case = tuple[str, str, str, str, str]  # query, match source, match target, target locale, gold
Chance = random.Random
Written = tuple[str, str]  # English, Chinese
HK = "zh-Hant-HK"
DIGITS = "零一二三四五六七八九"


def han(number: int) -> str:
    tens, ones = divmod(number, 10)
    head = "" if not tens else "十" if tens == 1 else DIGITS[tens] + "十"
    return head + (DIGITS[ones] if ones or not tens else "")


def counted(number: int) -> str:
    return "兩" if number == 2 else han(number)


def count(chance: Chance) -> Written:
    number = chance.choice([chance.randint(2, 99), chance.randint(100, 9_999)])
    return f"{number:,}", f"{number:,}"


def small(chance: Chance) -> Written:
    number = chance.randint(2, 99)
    return str(number), counted(number)


def word(chance: Chance) -> Written:
    words = "two three four five six seven eight nine ten eleven twelve".split()
    number = chance.randint(2, 12)
    return words[number - 2], counted(number)


def large(chance: Chance) -> Written:
    tenths = chance.randint(11, 99)
    return f"{tenths / 10:g} million", f"{tenths * 10}萬"


def wide(chance: Chance) -> Written:
    number = chance.randint(20, 999)
    return str(number), "".join(chr(ord(c) + 0xFEE0) for c in str(number))


def money(chance: Chance) -> Written:
    number = chance.randint(1, 99) * 100 + 1000
    return f"HK${number:,}", f"{number:,}港元"


def billions(chance: Chance) -> Written:
    number = chance.randint(2, 90)
    return f"HK${number} billion", f"{number * 10}億元"


def percent(chance: Chance) -> Written:
    number = chance.randint(2, 99)
    return f"{number}%", f"{number}%"


def hundredths(chance: Chance) -> Written:
    number = chance.randint(2, 99)
    return f"{number} per cent", f"百分之{han(number)}"


def tenths(chance: Chance) -> Written:
    number = chance.randint(2, 9)
    return f"{number}0%", f"{counted(number)}成"


def off(chance: Chance) -> Written:
    number = chance.choice([1, 2, 3, 4, 6])
    return f"{number}0% off", f"{DIGITS[10 - number]}折"


def dose(chance: Chance) -> Written:
    number = chance.choice([2, 5, 10, 20, 50, 100, 250, 500])
    return f"{number} mg", f"{number}毫克"


def decimal(chance: Chance) -> Written:
    number = f"{chance.randint(2, 9)}.{chance.randint(0, 9)}"
    return f"{number} mL", f"{number}毫升"


def warmth(chance: Chance) -> Written:
    number = f"3{chance.randint(5, 9)}.{chance.randint(1, 9)}"
    return f"{number} °C", f"攝氏{number}度"


def fortnights(chance: Chance) -> Written:
    number = chance.randint(2, 12)
    return f"{number * 7} days", f"{counted(number)}星期"


def age(chance: Chance) -> Written:
    number = chance.randint(2, 89)
    return str(number), f"{number}歲"


def day_of(chance: Chance) -> date:
    return date(2024, 1, 1) + timedelta(days=chance.randint(0, 1_200))


def day(chance: Chance) -> Written:
    when = day_of(chance)
    return f"{when.day} {when:%B %Y}", f"{when.year}年{when.month}月{when.day}日"


def american_day(chance: Chance) -> Written:
    when = day_of(chance)
    year = "".join(DIGITS[int(c)] for c in str(when.year))
    return f"{when:%B} {when.day}, {when.year}", f"{year}年{han(when.month)}月{han(when.day)}日"


def short_day(chance: Chance) -> Written:
    when = day_of(chance)
    return f"{when.day} {when:%b}", f"{when.month}月{when.day}日"


def month(chance: Chance) -> Written:
    when = day_of(chance)
    return f"{when:%B}", f"{han(when.month)}月"


def year(chance: Chance) -> Written:
    number = str(chance.randint(1950, 2030))
    return number, f"{number}年"


def weekday(chance: Chance) -> Written:
    when = day_of(chance)
    name = "一二三四五六日"[when.weekday()]
    chinese = f"{when.year}年{when.month}月{when.day}日（星期{name}）"
    return f"{when:%A}, {when.day} {when:%B %Y}", chinese


def days(chance: Chance) -> Written:
    first = day_of(chance).replace(day=chance.randint(2, 14))
    last = first.day + chance.randint(1, 12)
    chinese = f"{first.year}年{first.month}月{first.day}至{last}日"
    return f"{first.day}–{last} {first:%B %Y}", chinese


def afternoon(chance: Chance) -> Written:
    hour, minute = chance.randint(1, 6), chance.choice([5, 15, 30, 45])
    return f"{hour}:{minute:02} p.m.", f"下午{hour}時{minute}分"


def han_time(chance: Chance) -> Written:
    hour = chance.randint(1, 6)
    return f"{hour} p.m.", f"下午{han(hour)}時"


def clock(chance: Chance) -> Written:
    written = f"{chance.randint(13, 22)}:{chance.randint(0, 59):02}"
    return written, written


def hours(chance: Chance) -> Written:
    first, last = chance.randint(8, 11), chance.randint(1, 6)
    return f"{first} a.m. to {last} p.m.", f"上午{first}時至下午{last}時"


def phone(chance: Chance) -> Written:
    first, last = chance.randint(2100, 3999), chance.randint(1000, 9999)
    return f"{first} {last}", f"{first} {last}"


def glued_phone(chance: Chance) -> Written:
    first, last = chance.randint(2100, 3999), chance.randint(1000, 9999)
    return f"{first} {last}", f"(852) {first}-{last}"


def ordinal(chance: Chance) -> Written:
    number = chance.randint(21, 99)
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}", f"第{number}"


def room(chance: Chance) -> Written:
    number = f"B{chance.randint(10, 99)}"
    return number, number


def parts(chance: Chance) -> Written:
    names = {3: "thirds", 4: "quarters", 5: "fifths"}
    below = chance.choice([3, 4, 5])
    above = chance.randint(2, below - 1)
    words = {2: "two", 3: "three", 4: "four"}
    return f"{words[above]} {names[below]}", f"{DIGITS[below]}分之{DIGITS[above]}"


PAIRS: list[tuple[str, str, Callable[[Chance], Written]]] = [
    ("The seminar attracted over {} families.", "講座吸引逾{}個家庭參加。", small),
    ("Our hotline answered {} calls last year.", "熱線去年接聽了{}個來電。", count),
    ("About {} people live in the district.", "區內約有{}人居住。", large),
    ("The centre served {} patients.", "中心服務了{}名病人。", wide),
    ("We trained {} volunteers.", "我們培訓了{}名義工。", word),
    ("Each family receives {} a month.", "每個家庭每月獲{}資助。", money),
    ("The fund pledged {} for new clinics.", "基金承諾撥款{}興建新診所。", billions),
    ("Some {} of donors give monthly.", "有{}的捐款者每月捐款。", percent),
    ("Nearly {} of carriers have no symptoms.", "近{}的帶菌者沒有病徵。", hundredths),
    ("About {} of patients recover at home.", "約{}病人在家康復。", tenths),
    ("Members enjoy {} the check-up.", "會員做身體檢查有{}。", off),
    ("Take {} after each meal.", "每次飯後服{}。", dose),
    ("Give the child {} of syrup.", "給小孩服{}糖漿。", decimal),
    ("See a doctor if your temperature is above {}.", "體溫超過{}便應求診。", warmth),
    ("Stay at home for {} after the operation.", "手術後應留家{}。", fortnights),
    ("Anyone aged {} or above may register.", "{}或以上人士均可登記。", age),
    ("The clinic will open on {}.", "診所將於{}啟用。", day),
    ("Registration closes on {}.", "報名於{}截止。", american_day),
    ("The dinner was put off to {}.", "晚宴改於{}舉行。", short_day),
    ("Screening begins in {} at all our centres.", "各中心於{}開始篩查。", month),
    ("The foundation was set up in {}.", "基金會於{}成立。", year),
    ("The talk is on {}.", "講座定於{}舉行。", weekday),
    ("The exhibition runs on {}.", "展覽日期為{}。", days),
    ("The workshop begins at {}.", "工作坊於{}開始。", afternoon),
    ("Doors open at {}.", "{}入場。", han_time),
    ("The last bus leaves at {}.", "尾班車{}開出。", clock),
    ("The counter is open from {}.", "櫃位開放時間為{}。", hours),
    ("For enquiries, please call {}.", "查詢請致電{}。", phone),
    ("Our fax number is {}.", "傳真號碼：{}。", glued_phone),
    ("It was our {} blood drive.", "這是我們{}次捐血日。", ordinal),
    ("The meeting is in Room {}.", "會議在{}室舉行。", room),
    ("Some {} of our staff are nurses.", "約{}的員工是護士。", parts),
]
EACH = 10


def own_cases() -> Iterator[Case]:
    chance = random.Random(2026)  # noqa: S311
    for english, chinese, value in PAIRS:
        made = 0
        while made < EACH:
            old, new = value(chance), value(chance)
            if old[0] == new[0] or old[1] == new[1]:
                continue
            made += 1
            source, target = english.format(old[0]), chinese.format(old[1])
            query, gold = english.format(new[0]), chinese.format(new[1])
            yield query, source, target, HK, gold
            yield gold, target, source, "en", query


def measured(cases: list[Case]) -> tuple[list[Case], list[tuple[Case, str]]]:
    """The cases that were not adapted, and those that became something else than gold."""
    left, wrong = [], []
    for case in cases:
        result = adapt(*case[:4])
        if result is None:
            left.append(case)
        elif result.text != case[4]:
            wrong.append((case, result.text))
    return left, wrong


def test_own_sentences_become_the_gold() -> None:
    cases = list(own_cases())

    left, wrong = measured(cases)

    assert len(cases) == 2 * EACH * len(PAIRS) >= 600
    assert wrong == []
    assert len(left) <= 0.05 * len(cases)


@given(st.sampled_from(PAIRS), st.integers(0, 10**6), st.booleans())
def test_adapting_back_gives_the_original(
    pair: tuple[str, str, Callable[[Chance], Written]], seed: int, chinese: bool
) -> None:
    *texts, value = pair
    chance = random.Random(seed)  # noqa: S311
    here, there = texts[::-1] if chinese else texts
    old, new = (value(chance)[:: -1 if chinese else 1] for _ in range(2))
    locale = "en" if chinese else HK
    source, target, query = here.format(old[0]), there.format(old[1]), here.format(new[0])

    result = adapt(query, source, target, locale)

    if result is None:
        assert old == new
        return
    assert result.text == there.format(new[1])
    back = adapt(source, query, result.text, locale)
    assert back is not None
    assert back.text == target


# a figure that stands alone: in no code, decimal, range, fraction or list
FIGURE = re.compile(
    r"(?<![\w.,/–~-])[0-9]{1,3}(?:,[0-9]{3})*(?:\.[0-9])?(?![\w/–~-]|[.,][0-9])", re.A
)


def altered(chance: Chance, english: str, chinese: str) -> tuple[str, str] | None:
    """Both texts with a figure that each has exactly once changed to another of the same length."""

    def once(text: str, figure: str) -> bool:
        return len(re.findall(rf"(?<![0-9.,]){re.escape(figure)}(?![0-9]|[.,][0-9])", text)) == 1

    both = [f for f in FIGURE.findall(english) if once(english, f) and once(chinese, f)]
    if not both:
        return None
    figure = chance.choice(both)
    new = figure
    while new == figure or new == "1":
        new = re.sub("[0-9]", lambda _: chance.choice("123456789"), figure)
        if len(figure) < 3 and int(figure) <= 31:
            new = str(chance.randint(2, 9) if len(figure) == 1 else chance.randint(10, 28))

    def put(text: str) -> str:
        return re.sub(rf"(?<![0-9.,]){re.escape(figure)}(?![0-9]|[.,][0-9])", new, text)

    return put(english), put(chinese)


def health_cases(tmx: Path) -> Iterator[Case]:
    chance = random.Random(2026)  # noqa: S311
    for unit in ET.parse(tmx).iter("tu"):  # noqa: S314
        english, chinese = ("".join(seg.itertext()) for seg in unit.iter("seg"))
        if new := altered(chance, english, chinese):
            yield new[0], english, chinese, "zh-Hans-CN", new[1]
            yield new[1], chinese, english, "en", new[0]


@pytest.mark.corpus
def test_a_health_memory_becomes_the_gold(shared: Path) -> None:
    cases = list(health_cases(shared / "data" / "tmx" / "tico19-health.en-zh.dev.tmx"))

    left, wrong = measured(cases)

    assert len(cases) > 500
    assert wrong == []
    assert len(left) <= 0.05 * len(cases)
