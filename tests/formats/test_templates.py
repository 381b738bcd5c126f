"""Strings of templates and code, as Babel and Jinja2 find them."""

from __future__ import annotations

import sys

import pytest

from bilingo.errors import BilingoError
from bilingo.formats import templates

Row = tuple[str | None, str, str | None, str]


def rows(path: str, text: str) -> list[Row]:
    found = templates.read(text.encode(), path)
    assert {unit.kind for unit in found} <= {"string"}
    return [(unit.msgctxt, unit.text, unit.plural, unit.note) for unit in found]


TABLE: list[tuple[str, str, list[Row]]] = [
    (
        "a.html",
        "<p>{{ _('Home') }} 主頁 {{ gettext('義工') }}",
        [(None, "Home", None, ""), (None, "義工", None, "")],
    ),
    ("a.html", "{{ pgettext('menu', 'Home') }}", [("menu", "Home", None, "")]),
    (
        "a.html",
        "{{ ngettext('%(num)s day', '%(num)s days', n) }}",
        [(None, "%(num)s day", "%(num)s days", "")],
    ),
    (
        "a.html",
        "{{ npgettext('age', '1 day', '%(num)s days', n) }}",
        [("age", "1 day", "%(num)s days", "")],
    ),
    (
        "a.j2",
        "{% trans name=n %}Hi {{ name }}{% pluralize %}Hi all{% endtrans %}",
        [(None, "Hi %(name)s", "Hi all", "")],
    ),
    ("a.j2", "{% trans 'menu' %}Home{% endtrans %}", [("menu", "Home", None, "")]),
    ("a.j2", "{# Translators: a\n button #}\n{{ _('Send') }}", [(None, "Send", None, "a button")]),
    ("a.txt", "{% trans trimmed %}\n  a\n  b\n{% endtrans %}", [(None, "a b", None, "")]),
    (
        "a.py",
        "# Translators: the tab\nx = _('Home')\ny = gettext_lazy('義工')\n",
        [(None, "Home", None, "the tab"), (None, "義工", None, "")],
    ),
    (
        "a.py",
        "ngettext('a %d', 'b %d', n)\npgettext_lazy('c', 'd')\n_('')\n_(name)\n",
        [(None, "a %d", "b %d", ""), ("c", "d", None, "")],
    ),
    (
        "a.js",
        "// NOTE: short\nalert(_('Send'));\nngettext('a', 'b', n)",
        [(None, "Send", None, "short"), (None, "a", "b", "")],
    ),
    (
        "a.tsx",
        "<b title={gettext('義工')}>{`${_('Join')}`}</b>",
        [(None, "義工", None, ""), (None, "Join", None, "")],
    ),
    ("a.html", "no strings 沒有", []),
    ("a.py", "", []),
]


@pytest.mark.parametrize(("path", "text", "expected"), TABLE)
def test_strings(path: str, text: str, expected: list[Row]) -> None:
    assert rows(path, text) == expected


def test_lines_flags_and_neighbours() -> None:
    one, two, three = templates.read(
        b"{{ _('Hi') }}\n\n{{ _('%(n)s seats') }}\n{{ _('<1>') }}", "a.html"
    )

    assert (one.line, two.line, two.flags, three.text, three.codes) == (
        1,
        3,
        ("python-format",),
        "<1>",
        (),
    )
    assert (two.context.path, two.context.prev, two.context.next) == ("a.html", "Hi", "<1>")


@pytest.mark.parametrize(
    ("path", "raw", "message"),
    [
        ("a.html", b"{{ _('a') }}\n{% if %}", "2: cannot be parsed: Expected an expression"),
        ("a.html", "\n{{ _('診所 }}".encode(), "2: cannot be parsed"),
        ("a.py", "x = (\n  _('診所'\n".encode(), "cannot be parsed"),
        ("a.py", b"if x:\n  a\n b", "3: cannot be parsed"),
        ("a.js", b"ok\n\xa4\xa4", "2: not utf-8 text"),
    ],
)
def test_refused(path: str, raw: bytes, message: str) -> None:
    with pytest.raises(BilingoError) as caught:
        templates.read(raw, path)

    assert message in str(caught.value)


@pytest.mark.parametrize("missing", ["babel.messages.extract", "jinja2.ext"])
def test_without_the_libraries(monkeypatch: pytest.MonkeyPatch, missing: str) -> None:
    monkeypatch.setitem(sys.modules, missing, None)

    with pytest.raises(BilingoError, match=r"the strings of templates need .*bilingo\[templates\]"):
        templates.read(b"{{ _('Home') }}", "a.html")
