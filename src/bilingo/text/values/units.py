"""Units and currencies by the names both languages give them.

A unit is (dimension, factor): values agree when dimension and amount × factor agree, so 14 days is
兩星期 and 0.5 g is 500 mg. Calendar months and years are no fixed number of days and have a
dimension of their own. 里 is 500 m, as in both China and Hong Kong's 華里. A label (第三期, 二型)
counts nothing, but is another thing with another number.
"""

from __future__ import annotations

import re
from fractions import Fraction
from functools import cache

from bilingo.text.lazy import Pattern

# unit: dimension, factor, names; a name in capitals as written is matched with its case
_TABLE = """
s        time 1            seconds second secs sec 秒鐘 秒钟 秒
min      time 60           minutes minute mins min 分鐘 分钟
qh       time 900          刻鐘 刻钟
h        time 3600         hours hour hrs hr 小時 小时 鐘頭 钟头
d        time 86400        days day 天 日
wk       time 604800       weeks week wks 星期 禮拜 礼拜 週 周
month    month 1           months month mths 月
y        month 12          years year yrs yr 年 歲 岁
decade   month 120         decades decade
century  month 1200        centuries
mcg      mass 1/1000000    mcg µg μg micrograms microgram 微克
mg       mass 1/1000       mg milligrams milligram 毫克
g        mass 1            g grams gram 克
kg       mass 1000         kg kgs kilograms kilogram kilos kilo 公斤 千克
lb       mass 45359237/100000      lb lbs 磅
oz       mass 45359237/1600000     oz ounces ounce 安士 盎司
ml       volume 1/1000     mL ml millilitres millilitre milliliters milliliter 毫升
L        volume 1          L litres litre liters liter 公升 升
nm       length 1/1000000000       nm nanometres nanometers 納米 纳米
um       length 1/1000000  µm μm micrometres micrometers microns 微米
mm       length 1/1000     mm millimetres millimetre millimeters millimeter 毫米
cm       length 1/100      cm centimetres centimetre centimeters centimeter 厘米 釐米 公分
m        length 1          m metres metre meters meter 公尺 米
km       length 1000       km kilometres kilometre kilometers kilometer 公里 千米
mi       length 1609344/1000       miles mile 英里 哩
li       length 500        里
ft       length 3048/10000         feet foot ft 英尺 英呎 呎
in       length 254/10000  inches inch 英寸 英吋 吋
C        celsius 1         °C ℃ 攝氏度 摄氏度
F        fahrenheit 1      °F ℉ 華氏度 华氏度
mmHg     pressure 1        mmHg 毫米汞柱 毫米水銀柱 毫米水银柱
tablet   tablet 1          tablets tablet pills pill capsules capsule 粒 片 顆 颗
dose     dose 1            doses dose jabs jab shots shot injections injection 劑 剂 針 针
drop     drop 1            drops drop 滴
times    times 1           fold 倍
kcal     energy 1          kcal 千卡 大卡
label    label 1           型 期 階段 阶段 級 级
"""
UNITS: dict[str, tuple[str, Fraction]] = {}
_UNIT_OF: dict[str, str] = {}
for _line in _TABLE.strip().splitlines():
    _unit, _dimension, _factor, *_spellings = _line.split()
    UNITS[_unit] = (_dimension, Fraction(_factor))
    _UNIT_OF |= dict.fromkeys(_spellings, _unit)

# how often; a rate for each month or year is no fixed number a day
UNITS |= {
    "x/h": ("rate", Fraction(24)),
    "x/d": ("rate", Fraction(1)),
    "x/wk": ("rate", Fraction(1, 7)),
    "x/month": ("monthly rate", Fraction(1)),
    "x/y": ("yearly rate", Fraction(1)),
}
_CURRENCIES = {
    "HKD": "HK$ HKD 港元 港幣 港币 港圓",
    "USD": "US$ USD 美元 美金",
    "CNY": "RMB CNY 人民幣 人民币 renminbi yuan",
    "TWD": "NT$ TWD 新台幣 新臺幣 台幣",
    "CAD": "CA$ C$ CAD 加元 加幣",
    "AUD": "AU$ A$ AUD 澳元",
    "SGD": "S$ SGD 新加坡元 坡元",
    "GBP": "£ GBP 英鎊 英镑 sterling",
    "EUR": "€ EUR 歐元 欧元 euros euro",
    "JPY": "JPY 日圓 日元 yen",
    "¥": "¥",
    "$": "$ dollars dollar",
    "元": "元 圓 塊 块 蚊",
}
_CURRENCY_OF = {name: code for code, names in _CURRENCIES.items() for name in names.split()}
_CURRENCY_OF |= {
    "Hong Kong dollars": "HKD",
    "US dollars": "USD",
    "元人民幣": "CNY",
    "元人民币": "CNY",
}
_CURRENCY_OF |= {"pounds sterling": "GBP"}
# a currency symbol that does not say whose stands for any of these
_ANY = {
    "$": ("HKD", "USD", "TWD", "CAD", "AUD", "SGD", "元"),
    "元": ("HKD", "CNY", "TWD", "$"),
    "¥": ("CNY", "JPY", "元"),
}

_PERCENT_NAMES = [
    "%",
    "per cent",
    "percentage points",
    "percentage point",
    "percent",
    "個百分點",
    "个百分点",
    "百分點",
    "百分点",
]
# 三十周年 is an anniversary, 三升級 and 八成為 no amounts
_NOT_AFTER = {
    "周": "(?!年|歲|岁)",
    "週": "(?!年)",
    "升": "(?![級级至到])",
    "天": "(?!然)",
    # 第三個星期六 is a day; 三個星期一次 are weeks
    "星期": "(?![一二三四五六日天](?![次個个天]))",
    "片": "(?!段)",
    # 第三期 and 二型 name something; 三期間 and 三級別 do not
    "期": "(?![間间望限刊待滿满貨货內内])",
    "型": "(?![號号態态])",
    "級": "(?!別)",
    "级": "(?!别)",
}


def _names(names: list[str]) -> str:
    """An alternation, longest first; Latin names end at a word boundary."""
    ordered = sorted(names, key=lambda name: (-len(name), name))
    return "|".join(re.escape(name) + _boundary(name) for name in ordered)


def _boundary(name: str) -> str:
    latin = name[-1].isascii() and name[-1].isalpha()
    return r"(?![A-Za-z])" if latin else _NOT_AFTER.get(name, "")


_BEFORE_A_NAME = " -個个半"


def _first(name: str) -> str:
    """The character by which `suffix` looks for a name."""
    return name.lstrip(_BEFORE_A_NAME)[0]


_CURRENCY_NAMES = [name for name in _CURRENCY_OF if name[-1] not in "$£€¥"]
# What stands behind a number, the first that fits, and the names it can have. Of all names only
# those are compiled that begin as a text goes on: all of them take longer than a look-up.
_SUFFIXES = (
    (r" ?(?P<percent>{})(?P<off> (?:off|discount)(?![A-Za-z-]))?", _PERCENT_NAMES),
    (r" ?(?P<permille>{})", ["‰"]),
    (r" ?(?P<currency>{})", _CURRENCY_NAMES),
    (r"(?P<tenths>{}(?![為为功立員员果績绩分就本長长份]))", ["成"]),
    (r"(?P<discount>{}(?![疊叠磨扣]))", ["折"]),
    (r"[ -]?(?:(?P<classed>[個个][半]?) ?)?(?P<unit>{})", list(_UNIT_OF)),
)
_FIRST = frozenset(_first(name) for _, names in _SUFFIXES for name in names)


@cache
def _suffixes(first: str) -> tuple[Pattern[str], ...]:
    return tuple(
        Pattern(pattern.format(_names(chosen)))
        for pattern, names in _SUFFIXES
        if (chosen := [name for name in names if _first(name) == first])
    )


_BEFORE_MONEY = r"(?P<currency>{}) ?(?:(?:約|约|逾|近|超過|超过) ?)?"
_BEFORE_OTHERS = (
    r"(?P<scale>[攝摄華华]氏) ?(?P<below>零下)?"
    r"|(?P<percent>百分之 ?)|(?P<permille>千分之 ?)|(?P<minus>零下 ?|minus |-)"
)
PREFIX = Pattern(f"{_BEFORE_MONEY.format(_names(list(_CURRENCY_OF)))}|{_BEFORE_OTHERS}")
_OTHERS = Pattern(_BEFORE_OTHERS)
_PREFIX_FIRST = frozenset("攝摄華华百千零m-") | {name[0] for name in _CURRENCY_OF}
NAMES = (*_UNIT_OF, *_CURRENCY_OF, *_PERCENT_NAMES)  # of every unit and currency
STARTS = (*_CURRENCY_OF, "攝氏", "摄氏", "華氏", "华氏", "百分之", "千分之", "零下")


@cache
def starting(first: str) -> Pattern[str]:
    """What in `STARTS` begins with this character."""
    return Pattern(_names([name for name in STARTS if name[0] == first]))


def suffix(text: str, position: int) -> re.Match[str] | None:
    """What belongs to a number that ends at `position`.

    Its group is `percent` (and `off`), `permille`, `currency`, `tenths`, `discount`, or `unit` (and
    `classed`); the others are not there.
    """
    first = text[position : position + 5].lstrip(_BEFORE_A_NAME)[:1]
    for pattern in _suffixes(first) if first in _FIRST else ():
        if found := pattern.match(text, position):
            return found
    return None


def prefix(text: str, position: int) -> re.Match[str] | None:
    """What belongs to a number, as `PREFIX` says it, at `position`."""
    first = text[position]
    return _prefix(first).match(text, position) if first in _PREFIX_FIRST else None


@cache
def _prefix(first: str) -> Pattern[str]:
    """As `PREFIX` where a text goes on with `first`: nothing else begins as currencies do."""
    names = [name for name in _CURRENCY_OF if name[0] == first]
    return Pattern(_BEFORE_MONEY.format(_names(names))) if names else _OTHERS


def unit_of(name: str) -> str:
    """The unit that a name stands for; `name` is one that `suffix` found."""
    return _UNIT_OF[name]


def currency_of(name: str) -> str:
    """The ISO 4217 code that a name stands for, or `$`, `元`, `¥` where it does not say whose."""
    return _CURRENCY_OF[name]


def currencies(code: str) -> tuple[str, ...]:
    """The currencies that `code` can stand for, itself first."""
    return (code, *_ANY.get(code, ()))
