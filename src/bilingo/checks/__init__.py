"""Functions over entries that yield what is wrong: no reading, no levels, no printing.

A *check* takes the entries of one catalog and the `Setting` they are held to, and yields `Found`;
the runner stamps code, level, path and line from `CHECKS`. Its docstring is its page in the
documentation, and the examples in it are its first tests: `source  →  target    passes` or
`fails`. A target may begin as in a catalog with `# bilingo: ignore`, `#| previous msgid` and
`#, fuzzy`; ` | ` on both sides separates several entries; `(tech)`, `(zh-Hans-CN)` after the
verdict names a profile or a target locale; a table in CSV is the glossary. Other packages add
checks through the entry point group `bilingo.checks`: the name is the code, and what it finds are
warnings.

Families: S status, C inline codes and markup, P placeholders, V values, U addresses, escapes and
line breaks, R script and region, T typography, G glossary and names, N consistency, X answers.

A translator answers a finding in the catalog with a comment `# bilingo: ignore CODE reason`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from importlib import import_module
from typing import Literal, cast

from bilingo import plugins
from bilingo.checks.texts import Entries
from bilingo.frozen import dataclass, field
from bilingo.model import Entry, Finding, Level, Locale, Term
from bilingo.text import locales

Profile = Literal["hk-press", "tech", "ui", "hans", "auto"]
PROFILES: tuple[Profile, ...] = ("hk-press", "tech", "ui", "hans", "auto")


@dataclass(frozen=True, slots=True)
class Setting:
    """What the entries of a catalog are held to.

    `profile` is the house style: `hk-press` 「」 …… and no space between Han and Latin; `tech` the
    same with spaces; `ui` with spaces and a single …; `hans` “” and no rule for spaces; `auto` the
    spacing most of the catalog has. `memory` maps a source text to its approved translations.
    """

    source: Locale = "en"
    target: Locale = "zh-Hant-HK"
    profile: Profile = "hk-press"
    terms: tuple[Term, ...] = ()
    memory: Mapping[str, Sequence[str]] = field(default_factory=dict)

    @property
    def chinese(self) -> bool:
        """Whether the translations are Chinese."""
        return locales.is_chinese(self.target)

    @property
    def hans(self) -> bool:
        """Whether the translations are in Simplified characters."""
        return self.chinese and (locales.script(self.target) == "Hans" or self.profile == "hans")


@dataclass(frozen=True, slots=True)
class Found:
    """What a check found in an entry, as a sentence without a full stop.

    `start` and `end` are offsets into `entry.msgstr[form]`; equal ones mean the whole. `fix` is
    that form mended, where the mend is certain.
    """

    entry: Entry
    sentence: str
    form: int = 0
    start: int = 0
    end: int = 0
    fix: str | None = None


Check = Callable[[Sequence[Entry], Setting], Iterator[Found]]
Place = Callable[[Found], tuple[int, int]]  # line and column in the catalog

# code → (level, "module:function"); a code never changes its meaning
CHECKS: dict[str, tuple[Level, str]] = {
    "S001": ("error", "bilingo.checks.status:untranslated"),
    "S002": ("error", "bilingo.checks.status:fuzzy"),
    "S003": ("error", "bilingo.checks.status:stale"),
    "C001": ("error", "bilingo.checks.codes:same_codes"),
    "C002": ("error", "bilingo.checks.codes:damaged_codes"),
    "C003": ("error", "bilingo.checks.markup:same_elements"),
    "C004": ("error", "bilingo.checks.markup:same_rendering"),
    "P001": ("error", "bilingo.checks.placeholders:same_placeholders"),
    "V001": ("error", "bilingo.checks.values:contradicted"),
    "V002": ("warning", "bilingo.checks.values:one_sided"),
    "U001": ("error", "bilingo.checks.addresses:same_urls"),
    "U002": ("info", "bilingo.checks.addresses:url_language"),
    "U003": ("error", "bilingo.checks.addresses:same_emails"),
    "U004": ("error", "bilingo.checks.addresses:same_escapes"),
    "U005": ("error", "bilingo.checks.spacing:outer_breaks"),
    "R001": ("error", "bilingo.checks.script:simplified_characters"),
    "R002": ("error", "bilingo.checks.script:traditional_characters"),
    "R003": ("info", "bilingo.checks.script:simplified_words"),
    "R004": ("info", "bilingo.checks.region:regional_words"),
    "T001": ("warning", "bilingo.checks.typography:half_width_marks"),
    "T002": ("info", "bilingo.checks.typography:half_width_brackets"),
    "T003": ("warning", "bilingo.checks.typography:full_width_letters"),
    "T004": ("warning", "bilingo.checks.typography:full_width_marks"),
    "T005": ("warning", "bilingo.checks.typography:ellipsis_marks"),
    "T006": ("warning", "bilingo.checks.typography:dash_marks"),
    "T007": ("warning", "bilingo.checks.typography:repeated"),
    "T008": ("warning", "bilingo.checks.endings:final_mark"),
    "T009": ("warning", "bilingo.checks.quotes:quotation_marks"),
    "T010": ("warning", "bilingo.checks.quotes:balanced_pairs"),
    "T011": ("warning", "bilingo.checks.quotes:nested_quotes"),
    "T012": ("warning", "bilingo.checks.spacing:between_chinese"),
    "T013": ("warning", "bilingo.checks.spacing:beside_marks"),
    "T014": ("info", "bilingo.checks.spacing:chinese_and_latin"),
    "T015": ("warning", "bilingo.checks.spacing:edges"),
    "T016": ("warning", "bilingo.checks.spacing:invisible"),
    "T017": ("info", "bilingo.checks.typography:colons_of_programs"),
    "T018": ("info", "bilingo.checks.endings:stops_of_messages"),
    "G001": ("warning", "bilingo.checks.glossary:wanted_terms"),
    "G002": ("warning", "bilingo.checks.glossary:forbidden_terms"),
    "G003": ("warning", "bilingo.checks.glossary:kept_names"),
    "G004": ("info", "bilingo.checks.glossary:first_mention"),
    "G005": ("info", "bilingo.checks.honorifics:honorifics"),
    "N001": ("warning", "bilingo.checks.consistency:one_target"),
    "N002": ("info", "bilingo.checks.consistency:one_source"),
    "N003": ("info", "bilingo.checks.consistency:as_in_memory"),
    "N004": ("warning", "bilingo.checks.consistency:unchanged"),
    "N005": ("warning", "bilingo.checks.consistency:residue"),
    "N006": ("info", "bilingo.checks.consistency:length"),
    "N007": ("info", "bilingo.checks.consistency:two_words_left"),
    "X001": ("warning", "bilingo.checks.answers:unneeded"),
}
# what they find in an entry depends on other entries too
_ACROSS = frozenset({"G004", "N001", "N002", "X001"})
_BY_MEMORY = frozenset({"N003"})


def by_code(code: str) -> tuple[Level, Check]:
    """The level and the function of a check. Raises BilingoError that lists the known codes."""
    if code in CHECKS:
        level, place = CHECKS[code]
        module, _, function = place.partition(":")
        return level, cast(Check, getattr(import_module(module), function))
    return "warning", cast(Check, plugins.load("checks", code, dict.fromkeys(CHECKS, "")))


def alone(code: str, setting: Setting) -> bool:
    """Whether a check sees in an entry the same whatever entries stand around it.

    Of checks of other packages nobody knows.
    """
    counted = code == "T014" and setting.profile == "auto"
    return code in CHECKS and code not in _ACROSS and not counted


def lasting(code: str, setting: Setting) -> bool:
    """Whether what a check finds in an entry follows from it and the setting, the memory aside.

    So it need not be looked for again while neither changes. Of `path` and `line` no check knows.
    """
    return alone(code, setting) and code not in _BY_MEMORY


def run(
    entries: Iterable[Entry],
    codes: Iterable[str] | None = None,
    *,
    setting: Setting = Setting(),  # noqa: B008 - it is frozen
    path: str = "",
) -> tuple[Finding, ...]:
    """What the checks `codes` find (None: all) in the entries of one catalog, by path, line, code.

    `path` is the catalog's, where the entries do not know it. The header and obsolete entries are
    left out, and so is what the translator has answered. Raises BilingoError for an unknown code.
    """
    looked_at = Entries(counted(entries))
    wanted = plugins.names("checks", CHECKS) if codes is None else set(codes)
    return findings(found_by(looked_at, wanted, setting), path)


def found_by(
    entries: Sequence[Entry], codes: Iterable[str], setting: Setting
) -> Iterator[tuple[str, Found]]:
    """What these checks find and no translator has answered, with the code of each.

    `entries` are such as `counted` gives. Raises BilingoError for an unknown code.
    """
    for code in sorted(codes):
        for found in by_code(code)[1](entries, setting):
            if not (found.entry.comments and answered(found.entry).get(code)):
                yield code, found


def of_entry(found: Found) -> tuple[int, int]:
    """The place of a finding where nothing but entries is known."""
    return found.entry.line, 1


def findings(
    founds: Iterable[tuple[str, Found]], path: str = "", place: Place = of_entry
) -> tuple[Finding, ...]:
    """Findings with level, path, line and column, by path, line and code."""
    levels = {code: level for code, (level, _) in CHECKS.items()}
    made = [
        _finding(code, levels.get(code, "warning"), found, path, *place(found))
        for code, found in founds
    ]
    return tuple(sorted(made, key=lambda found: (found.path, found.line, found.code)))


_ANSWER = re.compile(r"bilingo:\s{0,9}ignore\s{1,9}(?P<code>\S{1,40})(?P<reason>.*)")


def answered(entry: Entry) -> dict[str, str]:
    """The codes a translator answers in the comments of an entry, and why.

    An answer without a reason silences nothing.
    """
    lines = (_ANSWER.match(line.strip()) for text in entry.comments for line in text.splitlines())
    return {line["code"]: line["reason"].strip() for line in lines if line}


def _finding(code: str, level: Level, found: Found, path: str, line: int, column: int) -> Finding:
    entry = found.entry
    form = entry.msgstr[found.form] if entry.msgstr else ""
    return Finding(
        code=code,
        level=level,
        message=found.sentence,
        path=path or entry.path,
        line=line,
        column=column,
        msgid=entry.msgid,
        msgctxt=entry.msgctxt,
        form=found.form,
        start=found.start,
        end=found.end,
        excerpt=form[found.start : found.end] or next(filter(None, entry.msgstr), ""),
        # a finding does not say which form it is about
        fix=found.fix if len(entry.msgstr) == 1 else None,
    )


def counts(entries: Iterable[Entry]) -> Mapping[str, int]:
    """How many entries there are, and how many of them are translated, fuzzy and untranslated.

    Counted as by `msgfmt --statistics`: the header and obsolete entries are left out, and an entry
    with an empty form is untranslated whatever its flags.
    """
    live = counted(entries)
    translated = sum(entry.translated for entry in live)
    fuzzy = sum(entry.fuzzy and all(entry.msgstr) for entry in live)
    return {
        "entries": len(live),
        "translated": translated,
        "fuzzy": fuzzy,
        "untranslated": len(live) - translated - fuzzy,
    }


def counted(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """The entries that are looked at: neither the header nor what is obsolete."""
    return tuple(entry for entry in entries if not entry.is_header and not entry.obsolete)
