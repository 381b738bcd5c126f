"""What is a placeholder, what is not, and which translations keep them."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from bilingo.checks import Setting
from bilingo.checks.placeholders import same_placeholders
from bilingo.model import Entry


def told(source: str, *target: str, plural: str | None = None) -> list[str]:
    entries = [Entry(source, target, msgid_plural=plural)]
    return [found.sentence for found in same_placeholders(entries, Setting())]


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("%s", "%s"),
        ("%s and %s", "%s及%s"),
        ("%s of %d", "%2$d之%1$s"),
        ("%2$d之%1$s", "%s of %d"),
        ("%i%%", "%d%%"),
        ("%.1f kg", "%.2f公斤"),
        ("%5d", "%d"),
        ("%lu files", "%u個檔案"),
        ("%dMB", "%d MB"),
        ("%.3fs", "%.3f 秒"),
        ("by ${ author }", "${author}著"),
        ("%d×%d", "%dx%d"),
        ("%@ left", "尚餘%@"),
        ("%(n)d of %(name)s", "%(name)s之%(n)i"),
        ("{name}", "{name}"),
        ("{0} {1}", "{1}{0}"),
        ("{} {}", "{0}及{1}"),
        ("{x!r:>8}", "{x}"),
        ("{user.name} {rows[0]}", "{rows[0]}、{user.name}"),
        ("${price}", "${price}"),
        ("{{ name }}", "{{name}}"),
        ("{{count, number}}", "{{ count, number }}"),
        ("{% if x %}a{% endif %}", "{%if x%}甲{%endif%}"),
        ("$t(menu.home)", "$t(menu.home)"),
        ("共{總數}人", "{總數} people"),
        # no placeholders
        ("100% free", "100%免費"),
        ("50% off", "半價"),
        ("50 % discount", "五折"),
        ("50%discount", "五折"),
        ("50 %free", "一半免費"),
        ("10%-20% faster", "快一至兩成"),
        ("Save 5%.", "節省5%。"),
        ("a % b", "甲"),
        ("100%%", "100%"),
        ("See https://example.org/%E8%82%9D/a%20d here", "見此"),
        ("See {below, and above}", "見上下文"),
        ("約佔100%同意", "100% agree"),
    ],
)
def test_passes(source: str, target: str) -> None:
    assert told(source, target) == []


@pytest.mark.parametrize(
    ("source", "target", "sentence"),
    [
        ("Hello {name}", "你好", "placeholders differ: missing {name}"),
        ("你好{name}", "Hello {Name}",
         "placeholders differ: missing {name}; not in the source {Name}"),
        ("Hello {name}", "你好｛name｝", "placeholders differ: missing {name}"),
        ("Hello {name}", "你好{name}{name}", "placeholders differ: not in the source {name}"),
        ("Hello {name}", "你好${name}",
         "placeholders differ: missing {name}; not in the source ${name}"),
        ("Hello {{name}}", "你好{name}",
         "placeholders differ: missing {{name}}; not in the source {name}"),
        ("Hello %s", "你好％s", "placeholders differ: missing %s"),
        ("Hello %s", "你好% s", "placeholders differ: missing %s"),
        ("Hello %(name)s", "你好%(名)s",
         "placeholders differ: missing %(name)s; not in the source %(名)s"),
        ("%(n)d", "%(n)s", "placeholders differ: missing %(n)d; not in the source %(n)s"),
        ("%d人", "%s people", "placeholders differ: missing %d; not in the source %s"),
        ("%s of %d", "%d之%s", "placeholders in another order need positions: %d %s"),
        ("Save 50%", "節省50 %s", "placeholders differ: not in the source %s"),
        ("$t(menu.home)", "$t(menu)",
         "placeholders differ: missing $t(menu.home); not in the source $t(menu)"),
    ],
)  # fmt: skip
def test_fails(source: str, target: str, sentence: str) -> None:
    assert told(source, target) == [sentence]


def test_a_plural_form_follows_either_source() -> None:
    assert told("one file", "一個檔案", "%d個檔案", plural="%d files") == []
    assert told("one file", "%s個", plural="%d files") == [
        "placeholders differ: missing %d; not in the source %s"
    ]


@pytest.mark.parametrize("flags", [("fuzzy",), ()])
def test_only_what_is_published(flags: tuple[str, ...]) -> None:
    entries = [Entry("{name}", ("甲" if flags else "",), flags=flags)]
    assert list(same_placeholders(entries, Setting())) == []


@pytest.mark.parametrize(
    "trap",
    ["{", "{{", "{a.", "{a[", "{%", "%", "%(", "%(a", "%0", "% ", "%1$", "$t(", "https://", "%.0",
     "{:", "肝%", "{肝", "%h", "%s"],
)  # fmt: skip
def test_traps_end(trap: str) -> None:
    text = trap * (100_000 // len(trap))
    assert told(text, text) == []
    assert len(told(text, "肝")) <= 1


@pytest.mark.corpus
def test_shared_cases(shared: Path) -> None:
    with (shared / "cases" / "qa_checks.tsv").open(encoding="utf-8", newline="") as file:
        rows = [
            row for row in csv.DictReader(file, delimiter="\t") if row["check"] == "placeholders"
        ]
    assert rows
    wrong = [
        row for row in rows if bool(told(row["source"], row["target"])) != (row["expect"] == "bad")
    ]
    assert wrong == []
