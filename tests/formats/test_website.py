"""The files of website programs: their forms in a table, and reading back what was written."""

from __future__ import annotations

import json
import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilingo.errors import BilingoError
from bilingo.formats import website
from bilingo.model import Entry

HK = "zh-Hant-HK"
CATALOG = [
    Entry("", ("Language: zh_HK\n",)),
    Entry("Open the <1>file</1>.", ("打開<1>檔案</1>。",)),
    Entry("Open", ("開啟",), msgctxt="menu"),
    Entry("One file", ("%d 個檔案",), msgid_plural="%d files"),
    Entry("One day", ("%d 天",), msgctxt="date", msgid_plural="%d days"),
    Entry("Draft", ("草稿",), flags=("fuzzy",)),
    Entry("Untranslated", ("",)),
    Entry("Gone", ("舊",), obsolete=True),
]
ENGLISH = [
    Entry("打開檔案。", ("Open the file.",)),
    Entry("檔案", ("One file", "%d files"), msgid_plural="%d 個檔案"),
    Entry("半", ("One half", ""), msgid_plural="%d 個"),
]


def read(raw: bytes, form: str) -> dict[str, object]:
    text = raw.decode()
    assert text.endswith("\n") or not text
    assert "\r" not in text
    found: dict[str, object] = tomllib.loads(text) if form == "hugo" else json.loads(text)
    return found


@pytest.mark.parametrize(
    ("form", "want"),
    [
        (
            "hugo",
            {
                "Open the <1>file</1>.": {"other": "打開<1>檔案</1>。"},
                "menu\u0004Open": {"other": "開啟"},
                "One file": {"other": "%d 個檔案"},
                "date\u0004One day": {"other": "%d 天"},
            },
        ),
        (
            "i18next",
            {
                "Open the <1>file</1>.": "打開<1>檔案</1>。",
                "Open_menu": "開啟",
                "One file_other": "%d 個檔案",
                "One day_date_other": "%d 天",
            },
        ),
        (
            "jed",
            {
                "": {"domain": "messages", "lang": HK, "plural_forms": "nplurals=1; plural=0;"},
                "Open the <1>file</1>.": ["打開<1>檔案</1>。"],
                "menu\u0004Open": ["開啟"],
                "One file": ["%d 個檔案"],
                "date\u0004One day": ["%d 天"],
            },
        ),
        (
            "flat",
            {
                "Open the <1>file</1>.": "打開<1>檔案</1>。",
                "menu\u0004Open": "開啟",
                "One file": "%d 個檔案",
                "%d files": "%d 個檔案",
                "date\u0004One day": "%d 天",
                "date\u0004%d days": "%d 天",
            },
        ),
    ],
)
def test_forms_in_chinese(form: str, want: dict[str, object]) -> None:
    found = read(website.write(CATALOG, HK, form), form)
    assert found == want
    assert list(found) == list(want)
    assert "Draft" in read(website.write(CATALOG, HK, form, fuzzy=True), form)


@pytest.mark.parametrize(
    ("form", "want"),
    [
        (
            "hugo",
            {
                "打開檔案。": {"other": "Open the file."},
                "檔案": {"one": "One file", "other": "%d files"},
            },
        ),
        (
            "i18next",
            {"打開檔案。": "Open the file.", "檔案_one": "One file", "檔案_other": "%d files"},
        ),
        (
            "jed",
            {
                "": {
                    "domain": "messages",
                    "lang": "en",
                    "plural_forms": "nplurals=2; plural=(n != 1);",
                },
                "打開檔案。": ["Open the file."],
                "檔案": ["One file", "%d files"],
            },
        ),
        (
            "flat",
            {"打開檔案。": "Open the file.", "檔案": "One file", "%d 個檔案": "%d files"},
        ),
    ],
)
def test_forms_in_english(form: str, want: dict[str, object]) -> None:
    assert read(website.write(ENGLISH, "en", form), form) == want


def test_bytes() -> None:
    """Written out once, as a person sees it."""
    entries = [Entry('Say "hi"\\', ("說「嗨」\n再見\x7f",)), Entry("打", ("\u2028",))]
    assert website.write(entries, HK, "hugo").decode() == (
        '["Say \\"hi\\"\\\\"]\nother = "說「嗨」\\n再見\\u007F"\n\n["打"]\nother = "\u2028"\n'
    )
    assert website.write(entries[:1], HK, "flat").decode() == (
        '{\n  "Say \\"hi\\"\\\\": "說「嗨」\\n再見\x7f"\n}\n'
    )


@pytest.mark.parametrize(
    ("form", "locale", "entries", "where", "what"),
    [
        ("php", HK, [], "", "unknown website form “php”"),
        (
            "hugo",
            HK,
            [Entry("檔案", ("一", "二"), msgid_plural="x", path="a.po", line=7)],
            "a.po:7",
            "plural forms: 2, but zh-Hant-HK has 1",
        ),
        *(
            (
                form,
                "en",
                [Entry("檔案", ("file",), msgid_plural="x", path="a.po", line=7)],
                "a.po:7",
                "plural forms: 1, but en has 2",
            )
            for form in website.FORMS
        ),
        (
            "i18next",
            HK,
            [
                Entry("Open_menu", ("選單",), path="a.po", line=1),
                Entry("Open", ("開啟",), msgctxt="menu", path="b.po", line=2),
            ],
            "b.po:2",
            "two translations for the key 'Open_menu'",
        ),
        (
            "flat",
            HK,
            [
                Entry("A file", ("檔",), msgid_plural="Files", path="a.po", line=1),
                Entry("Files", ("檔案",), path="a.po", line=5),
            ],
            "a.po:5",
            "two translations for the key 'Files'",
        ),
    ],
)
def test_refused(form: str, locale: str, entries: list[Entry], where: str, what: str) -> None:
    with pytest.raises(BilingoError) as caught:
        website.write(entries, locale, form)
    assert caught.value.where == where
    assert caught.value.what.startswith(what)
    assert caught.value.hint


@pytest.mark.parametrize(
    ("locale", "translation", "other", "name"),
    [
        (HK, "翻譯", "其他", "translation_"),
        ("en", "a rendering", "the rest", "translation_"),
        (HK, "翻譯", "翻譯_", "translation__"),
    ],
)
def test_a_name_that_hugo_reserves(locale: str, translation: str, other: str, name: str) -> None:
    others = {"other": other, "Translation": other} | (
        {"translation_": other} if "__" in name else {}
    )
    entries = [Entry("translation", (translation,)), *(Entry(k, (v,)) for k, v in others.items())]
    found = read(website.write(entries, locale, "hugo"), "hugo")
    assert found == {
        name: {"id": "translation", "other": translation},
        **{key: {"other": text} for key, text in others.items()},
    }


texts = st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from('"\\\n\r\t\x7f打開'))


@given(st.dictionaries(texts.filter(lambda text: text not in ("", "translation")), texts))
def test_what_was_written_is_read(catalog: dict[str, str]) -> None:
    entries = [Entry(msgid, (msgstr,)) for msgid, msgstr in catalog.items()]
    published = {msgid: msgstr for msgid, msgstr in catalog.items() if msgstr}
    want = {
        "hugo": {msgid: {"other": msgstr} for msgid, msgstr in published.items()},
        "i18next": published,
        "flat": published,
    }
    for form, expected in want.items():
        found = read(website.write(entries, HK, form), form)
        assert found == expected
        assert list(found) == list(expected)
