"""The programs themselves read what we write, under the names we give it."""

from __future__ import annotations

import gettext
import importlib.util
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bilingo.formats import website
from bilingo.model import Entry
from bilingo.text.locales import Consumer, alias

pytestmark = pytest.mark.clients

HK = "zh-Hant-HK"
NODE_PATH = "/usr/share/nodejs"
CATALOG = [
    Entry("", ("Language: zh_HK\n",)),
    Entry('Wash your "hands". Now: a.b', ("請洗<1>手</1>。",)),
    Entry("Open", ("開啟",), msgctxt="menu"),
    Entry("One visit", ("{count} 次預約",), msgid_plural="{count} visits"),
    Entry("Draft", ("草稿",), flags=("fuzzy",)),
    Entry("other", ("其他",)),
    Entry("Description", ("說明",)),
    Entry("translation", ("翻譯",)),
]
HANDS = CATALOG[1].msgid


def needs(program: str) -> str:
    found = shutil.which(program)
    if not found:
        pytest.skip(f"{program} is not installed")
    return found


def run(*command: str, cwd: Path, **env: str) -> str:
    done = subprocess.run(
        command,
        cwd=cwd,
        env={**os.environ, **env},
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def catalog_for(placeholder: str) -> list[Entry]:
    """The catalog with the placeholder of the program in its plural texts."""
    return [
        Entry(
            e.msgid,
            tuple(text.replace("{count}", placeholder) for text in e.msgstr),
            e.msgctxt,
            e.msgid_plural,
            e.flags,
        )
        for e in CATALOG
    ]


def test_hugo(tmp_path: Path) -> None:
    hugo = needs("hugo")
    files = {
        "hugo.toml": 'baseURL = "https://example.org/"\ndefaultContentLanguage = "en"\n'
        'disableKinds = ["taxonomy", "term", "RSS", "sitemap", "404", "robotsTXT"]\n'
        f"[languages.en]\nweight = 1\n[languages.{HK}]\nweight = 2\n",
        "layouts/index.html": f"{{{{ T {json.dumps(HANDS)} | safeHTML }}}}\n"
        '{{ T "menu\\u0004Open" }}\n{{ T "One visit" 3 }}\n{{ T "One visit" 1 }}\n'
        '{{ T "Draft" }}\n{{ T "other" }}\n{{ T "Description" }}\n{{ T "translation" }}',
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    toml = website.write(catalog_for("{{ .Count }}"), HK, "hugo")
    english = website.write([Entry("Draft", ("Draft",))], "en", "hugo")
    (tmp_path / "i18n").mkdir()
    (tmp_path / "i18n" / f"{alias(HK, 'hugo')}.toml").write_bytes(toml)
    (tmp_path / "i18n" / "en.toml").write_bytes(english)
    run(hugo, "--quiet", cwd=tmp_path)
    shown = (tmp_path / "public" / alias(HK, "hugo") / "index.html").read_text("utf-8")
    assert shown.splitlines() == [
        "請洗<1>手</1>。",
        "開啟",
        "3 次預約",
        "1 次預約",
        "Draft",
        "其他",
        "說明",
        "翻譯",
    ]


def node(script: str, module: str, tmp_path: Path) -> list[str]:
    """What a node script prints as a JSON list."""
    program = needs("node")
    if not (Path(NODE_PATH) / module).exists():
        pytest.skip(f"node-{module} is not installed")
    (tmp_path / "show.js").write_text(script, encoding="utf-8")
    shown: list[str] = json.loads(run(program, "show.js", cwd=tmp_path, NODE_PATH=NODE_PATH))
    return shown


I18NEXT = """
const i18next = require('i18next');
const translation = JSON.parse(require('fs').readFileSync('LNG.json', 'utf8'));
i18next.init({lng: 'LNG', keySeparator: false, nsSeparator: false,
              interpolation: {escapeValue: false}, resources: {'LNG': {translation}}});
const t = i18next.t;
console.log(JSON.stringify([t(HANDS), t('Open', {context: 'menu'}), t('One visit', {count: 3}),
                            t('One visit', {count: 1}), t('Draft')]));
"""
JED = """
const Jed = require('jed');
const messages = JSON.parse(require('fs').readFileSync('LNG.json', 'utf8'));
const i18n = new Jed({domain: 'messages', locale_data: {messages}});
const n = count => i18n.translate('One visit').ifPlural(count, '%d visits').fetch(count);
console.log(JSON.stringify([i18n.gettext(HANDS), i18n.pgettext('menu', 'Open'), n(3), n(1),
                            i18n.gettext('Draft')]));
"""


@pytest.mark.parametrize(
    ("form", "script", "placeholder"),
    [("i18next", I18NEXT, "{{count}}"), ("jed", JED, "%d")],
)
def test_node(form: website.Form, script: str, placeholder: str, tmp_path: Path) -> None:
    name = alias(HK, "i18next")
    raw = website.write(catalog_for(placeholder), HK, form)
    (tmp_path / f"{name}.json").write_bytes(raw)
    script = script.replace("LNG", name).replace("HANDS", json.dumps(HANDS))
    shown = node(script, form, tmp_path)
    assert shown == ["請洗<1>手</1>。", "開啟", "3 次預約", "1 次預約", "Draft"]


@pytest.mark.parametrize("form", ["i18next", "jed"])
def test_node_english(form: website.Form, tmp_path: Path) -> None:
    """Two plural forms, from a Chinese source."""
    count = {"i18next": "{{count}}", "jed": "%d"}[form]
    entries = [Entry("一次", ("One visit", f"{count} visits"), msgid_plural="多次")]
    (tmp_path / "en.json").write_bytes(website.write(entries, "en", form))
    script = {"i18next": I18NEXT, "jed": JED}[form].replace("'One visit'", "'一次'")
    shown = node(script.replace("LNG", "en").replace("HANDS", "'無'"), form, tmp_path)
    assert shown == ["無", "Open", "3 visits", "One visit", "Draft"]


# --- compiled catalogs ----------------------------------------------------------------------------

PO = """\
msgid ""
msgstr ""
"Language: zh_HK\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"

msgid "Wash your hands."
msgstr "請洗手。"

msgid "One visit"
msgid_plural "%(num)d visits"
msgstr[0] "%(num)d 次預約"
"""


def compiled(root: Path, consumer: Consumer, domain: str) -> None:
    """`<root>/<the consumer's name>/LC_MESSAGES/<domain>.mo`"""
    msgfmt = needs("msgfmt")
    folder = root / alias(HK, consumer) / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / f"{domain}.po").write_text(PO, encoding="utf-8")
    run(msgfmt, "-c", f"{domain}.po", "-o", f"{domain}.mo", cwd=folder)


def python(script: str, module: str, tmp_path: Path) -> list[str]:
    if importlib.util.find_spec(module) is None:
        pytest.skip(f"{module} is not installed")
    (tmp_path / "show.py").write_text(script, encoding="utf-8")
    shown = run(sys.executable, "show.py", cwd=tmp_path, PYTHONIOENCODING="utf-8")
    return shown.splitlines()


DJANGO = """
import django
from django.conf import settings
from django.utils import translation
settings.configure(USE_I18N=True, LOCALE_PATHS=["locale"], LANGUAGE_CODE="en",
                   LANGUAGES=[("en", "English"), ("zh-hk", "香港")])
django.setup()
with translation.override("zh-hk"):
    print(translation.gettext("Wash your hands."))
    print(translation.ngettext("One visit", "%(num)d visits", 3) % {"num": 3})
"""
FLASK = """
from flask import Flask
from flask_babel import Babel, gettext, ngettext
app = Flask(__name__)
app.config["BABEL_TRANSLATION_DIRECTORIES"] = "locale"
Babel(app, locale_selector=lambda: "CODE")
with app.test_request_context("/"):
    print(gettext("Wash your hands."))
    print(ngettext("One visit", "%(num)d visits", 3))
"""


def test_django(tmp_path: Path) -> None:
    compiled(tmp_path / "locale", "django", "django")
    assert python(DJANGO, "django", tmp_path) == ["請洗手。", "3 次預約"]


@pytest.mark.parametrize("code", ["zh_HK", "zh_Hant_HK"])
def test_flask_babel(code: str, tmp_path: Path) -> None:
    compiled(tmp_path / "locale", "flask", "messages")
    script = FLASK.replace("CODE", code)
    assert python(script, "flask_babel", tmp_path) == ["請洗手。", "3 次預約"]


def test_stdlib_gettext(tmp_path: Path) -> None:
    compiled(tmp_path, "gettext", "site")
    found = gettext.translation("site", tmp_path, languages=["zh_HK.UTF-8"])
    assert found.gettext("Wash your hands.") == "請洗手。"
    assert found.ngettext("One visit", "%(num)d visits", 3) == "%(num)d 次預約"


def test_gnu_gettext(tmp_path: Path) -> None:
    program = needs("gettext")
    compiled(tmp_path, "gettext", "site")
    env = {"TEXTDOMAIN": "site", "TEXTDOMAINDIR": str(tmp_path), "LC_ALL": "C.UTF-8"}
    shown = run(program, "Wash your hands.", cwd=tmp_path, LANGUAGE=alias(HK, "gettext"), **env)
    assert shown == "請洗手。"
