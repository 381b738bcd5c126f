"""Language tags and the names other programs give them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilingo.errors import BilingoError
from bilingo.text import locales

CANONICAL = [
    ("en", "en"),
    ("EN_gb", "en-GB"),
    ("en_US.UTF-8", "en-US"),
    ("zh", "zh"),
    ("ZH_hk", "zh-Hant-HK"),
    ("zh_HK.Big5-HKSCS", "zh-Hant-HK"),
    ("zh-Hant-HK", "zh-Hant-HK"),
    ("zh_hant_hk", "zh-Hant-HK"),
    ("zh-MO", "zh-Hant-MO"),
    ("zh-TW", "zh-Hant-TW"),
    ("zh_CN", "zh-Hans-CN"),
    ("zh-SG", "zh-Hans-SG"),
    ("zh-Hans-HK", "zh-Hans-HK"),
    ("zh-hant", "zh-Hant"),
    ("CHT", "zh-Hant"),
    ("zh-CHS", "zh-Hans"),
    ("Traditional Chinese", "zh-Hant"),
    ("yue-HK", "yue-HK"),
    ("sr@latin", "sr"),
    ("es-419", "es-419"),
    (" fr ", "fr"),
]


@pytest.mark.parametrize(("name", "tag"), CANONICAL)
def test_canonical(name: str, tag: str) -> None:
    assert locales.canonical(name) == tag


@pytest.mark.parametrize(
    "name", ["", "xx", "zh-XX", "zh-HK-Hant", "en-en-en", "中文", "e", "en--GB"]
)
def test_no_locale(name: str) -> None:
    with pytest.raises(BilingoError, match="no such locale"):
        locales.canonical(name)


@given(st.text(max_size=12))
def test_odd_names_are_refused_or_known(name: str) -> None:
    try:
        tag = locales.canonical(name)
    except BilingoError:
        return
    assert locales.canonical(tag) == tag


ALIASES = [
    ("zh-Hant-HK", "zh_HK zh_HK zh_Hant_HK zh_HK zh-hant-hk zh-HK zh-Hant-HK zh-HK"),
    ("zh-Hant-TW", "zh_TW zh_TW zh_Hant_TW zh_TW zh-hant-tw zh-TW zh-Hant-TW zh-TW"),
    ("zh-Hans-CN", "zh_CN zh_CN zh_Hans_CN zh_CN zh-hans-cn zh-CN zh-Hans-CN zh-CN"),
    ("en", "en en en en en en en en"),
    ("en-GB", "en_GB en_GB en_GB en_GB en-gb en-GB en-GB en-GB"),
]


@pytest.mark.parametrize(("locale", "names"), ALIASES)
def test_alias(locale: str, names: str) -> None:
    assert [locales.alias(locale, consumer) for consumer in locales.CONSUMERS] == names.split()


@pytest.mark.parametrize("consumer", locales.CONSUMERS)
@pytest.mark.parametrize("locale", ["en", "en-GB", "zh-Hant-HK", "zh-Hant-TW", "zh-Hans-CN"])
def test_every_alias_is_read_back(locale: str, consumer: locales.Consumer) -> None:
    assert locales.canonical(locales.alias(locale, consumer)) == locale


KIN = [
    ("zh-Hant-HK", "zh-Hant-HK", "same"),
    ("zh-Hant-HK", "zh-Hant-TW", "variant"),
    ("zh-Hant-HK", "zh-Hant", "variant"),
    ("zh-Hant-HK", "zh-Hans-CN", "reference"),
    ("zh-Hant-HK", "zh", "reference"),
    ("zh-Hans-CN", "zh-Hant-HK", "reference"),
    ("zh-Hans-CN", "zh-Hans-SG", "variant"),
    ("en", "en-GB", "variant"),
    ("en", "zh-Hant-HK", None),
    ("zh-Hant-HK", "en", None),
]


@pytest.mark.parametrize(("wanted", "offered", "kinship"), KIN)
def test_kinship(wanted: str, offered: str, kinship: str | None) -> None:
    assert locales.kinship(wanted, offered) == kinship


@pytest.mark.parametrize("locale", ["zh-Hant-HK", "zh-Hant-MO", "zh-Hant-TW", "zh-Hant", "zh-Hans"])
def test_stand_ins_are_of_one_script_and_the_locale_is_first(locale: str) -> None:
    first, *others = locales.stand_ins(locale)
    assert first == locale
    assert {locales.script(other) for other in others} == {locales.script(locale)}


def test_parts() -> None:
    assert (locales.language("zh-Hant-HK"), locales.script("zh-Hant-HK")) == ("zh", "Hant")
    assert (locales.language("en"), locales.script("en-GB")) == ("en", "")
    assert locales.is_chinese("yue-HK")
    assert not locales.is_chinese("en-HK")
