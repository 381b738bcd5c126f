"""Mr, Ms, Dr, Professor."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bilingo.checks import Found, Setting
from bilingo.checks.texts import texts_of
from bilingo.model import Entry
from bilingo.text.prose import prose

_TITLES = {
    "Mr": (re.compile(r"\bMr\b"), re.compile("先生")),
    "Ms": (
        re.compile(r"\b(?:Ms|Mrs|Miss|Madam)\b(?=\.? [A-Z])"),
        re.compile("女士|小姐|姑娘|太太|夫人"),
    ),
    "Dr": (re.compile(r"\bDr\b"), re.compile("[醫医]生|博士|[醫医][師师]")),
    "Prof": (re.compile(r"\bProf(?:essor)?\b(?=\.? [A-Z])"), re.compile("教授")),
}
# One title for several people: 陳、何兩位醫生.
_TOGETHER = re.compile("[兩两二三四五六七八九十幾几多各數数0-9]位|等人|夫婦|夫妇|伉儷|們|们")


def honorifics(entries: Sequence[Entry], setting: Setting) -> Iterator[Found]:
    """Everybody keeps the title: Mr 先生, Ms 女士, Dr 醫生 or 博士, Professor 教授.

    姑娘 is how Hong Kong addresses a nurse. Chinese may repeat a title;
    one title for several people (兩位醫生) is one for all of them.

        Ms. Wong  →  黃女士    passes
        Mr. Lai Ka-wai  →  黎家偉女士    fails
        Dr. Chan and Dr. Ho  →  陳醫生    fails
        Dr. Chan and Dr. Ho  →  陳、何兩位醫生    passes
        Dr. Chan (PhD)  →  陳博士    passes
        黃女士  →  Ms. Wong    passes
        黃女士  →  Mr. Wong    fails
    """
    texts = texts_of(entries)
    side = texts.sources if setting.chinese else texts.targets
    found_in = side.having({title[:2] for title in _TITLES})
    for entry, number, source, form in texts.among(found_in):
        english, chinese = (source, form) if setting.chinese else (form, source)
        lost = [
            title
            for title, (here, there) in _TITLES.items()
            if title[:2] in english
            and (wanted := len(here.findall(prose(english).text)))
            > (found := len(there.findall(chinese)))
            and not (found and wanted > 1 and _TOGETHER.search(chinese))
        ]
        if lost:
            yield Found(entry, f"title without its counterpart: {lost[0]}", number)
