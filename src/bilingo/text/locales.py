"""Language tags: one canonical spelling inside, one table of the names other programs need.

Inside bilingo a locale is a BCP 47 tag with the script where the language has two (`zh-Hant-HK`).
A wrong name at the edge is a silent “untranslated”, so every name a consumer needs comes from
`alias`, and every name a file brings goes through `canonical`.
"""

from __future__ import annotations

import re
from typing import Literal

from bilingo.errors import BilingoError
from bilingo.model import Locale

Consumer = Literal["gettext", "django", "flask", "sphinx", "hugo", "i18next", "html", "tmx"]
Kinship = Literal["same", "variant", "reference"]

# ISO 639-1, and the few longer codes a Hong Kong site meets.
_LANGUAGES = frozenset(
    """aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy
    da de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy
    hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li
    ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa
    pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te tg th
    ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu
    yue nan hak fil ceb""".split()
)
_SCRIPTS = frozenset("Arab Beng Cyrl Deva Guru Hans Hant Hira Jpan Kana Kore Latn Thai".split())
# ISO 3166-1 alpha-2, and UN M.49 areas as three digits.
_REGIONS = frozenset(
    """AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR
    BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC
    EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK
    HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB
    LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ
    NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU
    RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN
    TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW""".split()
)
_IMPLIED_SCRIPT = {"HK": "Hant", "TW": "Hant", "MO": "Hant", "CN": "Hans", "SG": "Hans"}

# Names that are no language tag at all but stand in real files (Windows, old CAT tools).
_NAMES = {
    "cht": "zh-Hant",
    "chs": "zh-Hans",
    "zh-cht": "zh-Hant",
    "zh-chs": "zh-Hans",
    "big5": "zh-Hant",
    "chinese-traditional": "zh-Hant",
    "chinese-simplified": "zh-Hans",
    "traditional-chinese": "zh-Hant",
    "simplified-chinese": "zh-Hans",
    "english": "en",
    "eng": "en",
    "zho": "zh",
    "chi": "zh",
    "c": "en",
    "posix": "en",
}

# What each consumer calls our locales, where it is not the rule of `alias`.
_ALIASES: dict[str, dict[Locale, str]] = {
    "gettext": {
        "zh-Hant-HK": "zh_HK",
        "zh-Hant-TW": "zh_TW",
        "zh-Hant-MO": "zh_MO",
        "zh-Hans-CN": "zh_CN",
        "zh-Hans-SG": "zh_SG",
    },
    "html": {},
    "tmx": {
        "zh-Hant-HK": "zh-HK",
        "zh-Hant-TW": "zh-TW",
        "zh-Hant-MO": "zh-MO",
        "zh-Hans-CN": "zh-CN",
        "zh-Hans-SG": "zh-SG",
    },
}
_ALIASES["django"] = _ALIASES["sphinx"] = _ALIASES["gettext"]
_ALIASES["i18next"] = _ALIASES["tmx"]
CONSUMERS: tuple[Consumer, ...] = (
    "gettext",
    "django",
    "flask",
    "sphinx",
    "hugo",
    "i18next",
    "html",
    "tmx",
)
_UNDERSCORED = ("gettext", "django", "flask", "sphinx")

# Who may stand in for whom, nearest first; every other pair of one language is a reference only.
_STAND_IN: dict[Locale, tuple[Locale, ...]] = {
    "zh-Hant-HK": ("zh-Hant-MO", "zh-Hant", "zh-Hant-TW"),
    "zh-Hant-MO": ("zh-Hant-HK", "zh-Hant", "zh-Hant-TW"),
    "zh-Hant-TW": ("zh-Hant", "zh-Hant-HK", "zh-Hant-MO"),
    "zh-Hant": ("zh-Hant-HK", "zh-Hant-TW", "zh-Hant-MO"),
    "zh-Hans-CN": ("zh-Hans", "zh-Hans-SG"),
    "zh-Hans-SG": ("zh-Hans", "zh-Hans-CN"),
    "zh-Hans": ("zh-Hans-CN", "zh-Hans-SG"),
}


def canonical(name: str) -> Locale:
    """The canonical tag for a name in any spelling: `ZH_hk` → `zh-Hant-HK`, `CHT` → `zh-Hant`.

    Case, `_` and `-`, charset and modifier suffixes (`zh_HK.UTF-8`) do not matter. The script that
    a Chinese region implies is added; a bare `zh` stays unspecified. Raises BilingoError for what
    is no language anybody speaks.
    """
    plain = re.sub(r"[.@].*", "", name.strip()).replace("_", "-").replace(" ", "-").lower()
    if plain in _NAMES:
        return _NAMES[plain]
    language, *rest = plain.split("-")
    script = region = ""
    for part in rest:
        if len(part) == 4 and part.title() in _SCRIPTS and not script and not region:
            script = part.title()
        elif not region and (part.upper() in _REGIONS or re.fullmatch(r"\d{3}", part)):
            region = part.upper()
        else:
            raise _unknown(name)
    if language not in _LANGUAGES:
        raise _unknown(name)
    if language == "zh" and not script:
        script = _IMPLIED_SCRIPT.get(region, "")
    return "-".join(filter(None, (language, script, region)))


def _unknown(name: str) -> BilingoError:
    return BilingoError(
        f"no such locale: {name!r}", hint="for example en, zh-Hant-HK, zh-Hant-TW, zh-Hans-CN"
    )


def alias(locale: Locale, consumer: Consumer) -> str:
    """The name `consumer` looks for: `zh-Hant-HK` is `zh_HK` to gettext, `zh_Hant_HK` to Flask."""
    if consumer == "hugo":
        return locale.lower()
    name = _ALIASES.get(consumer, {}).get(locale, locale)
    return name.replace("-", "_") if consumer in _UNDERSCORED else name


def language(locale: Locale) -> str:
    """The language subtag: `zh` of `zh-Hant-HK`."""
    return locale.partition("-")[0]


def script(locale: Locale) -> str:
    """The script subtag, or "" where the tag has none: `Hant` of `zh-Hant-HK`."""
    return next((part for part in locale.split("-")[1:] if len(part) == 4), "")


def is_chinese(locale: Locale) -> bool:
    """Whether text of this locale is written in Han characters without spaces."""
    return language(locale) in ("zh", "yue", "nan", "hak")


def stand_ins(locale: Locale) -> tuple[Locale, ...]:
    """The locales whose text may be used for `locale`, itself first, then with a penalty."""
    return (locale, *_STAND_IN.get(locale, ()))


def kinship(wanted: Locale, offered: Locale) -> Kinship | None:
    """How text of `offered` may serve somebody who wants `wanted`.

    `same` as it is, `variant` with a penalty, `reference` to be shown but never inserted (the other
    script, or an unspecified `zh`), None not at all. Languages with one script have variants only.
    """
    if wanted == offered:
        return "same"
    if language(wanted) != language(offered):
        return None
    if not is_chinese(wanted):
        return "variant" if script(wanted) == script(offered) else "reference"
    return "variant" if offered in stand_ins(wanted) else "reference"
