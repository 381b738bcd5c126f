"""A check that remembers says what one says that does not, and looks at what has changed alone."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import fields, replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from bilingo import checks, plugins
from bilingo.checks import CHECKS, PROFILES, Found, Setting
from bilingo.errors import BilingoError
from bilingo.formats import po
from bilingo.model import TUV, Entry, Report, Term
from bilingo.pipelines import checked, remembered
from bilingo.pipelines.check import check
from bilingo.project import Project, open_project
from bilingo.stores import cache, kept

sys.path.insert(0, str(Path(__file__).parents[1] / "checks"))
sys.path.insert(0, str(Path(__file__).parents[1] / "formats"))
from test_examples import EXAMPLES, GLOSSARY, entries_of
from test_po_plain import VOCABULARY

pytestmark = pytest.mark.usefixtures("remembers")
CATALOG = "locales/zh_HK/LC_MESSAGES/articles.po"
POOL = [entry for example in EXAMPLES for entry in entries_of(example.values[1])]
TABLES = ["", "en,zh-Hant-HK,status\nflu jab,流感針,forbidden\nhepatitis B,乙型肝炎,introduced\n"]
TABLES += [
    "\n".join(line.strip() for line in table[0].splitlines())
    for code in ("G001", "G002", "G003")
    if (table := GLOSSARY.search(checks.by_code(code)[1].__doc__ or ""))
]
Said = tuple[Report, tuple[str, ...]]


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return site(tmp_path, POOL)


def site(
    root: Path, entries: Sequence[Entry], table: str = "", charset: str = "UTF-8", **named: str
) -> Project:
    """A project with this catalog, glossary and settings, in the place of what was there."""
    head = po.new("zh-Hant-HK")
    unique = {entry.key: entry for entry in entries if entry.msgid}
    text = po.edit(head, [*head.entries, *unique.values()]).decode()
    text = text.replace("charset=UTF-8", f"charset={charset}")
    write(root, CATALOG, text.encode(charset, "replace"))
    write(root, "memory/glossary.csv", table.encode())
    lines = [f'{name} = "{value}"\n' for name, value in named.items()]
    write(root, "bilingo.toml", "".join(['source = "en"\n', *lines]).encode())
    return open_project(root)


def write(root: Path, name: str, content: bytes) -> None:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    if content:
        path.write_bytes(content)
    else:
        path.unlink(missing_ok=True)


def said(project: Project, cached: bool = True, jobs: int = 1) -> Said:
    return check(project, [project.root / CATALOG], jobs, cached=cached)


def numbered() -> list[Entry]:
    return [replace(entry, msgctxt=f"第{number}") for number, entry in enumerate(POOL)]


@pytest.fixture
def looked_at(monkeypatch: pytest.MonkeyPatch) -> list[Entry]:
    """The entries that lasting checks look at."""
    seen: list[Entry] = []
    found_by = checks.found_by

    def spied(
        entries: Sequence[Entry], codes: Sequence[str], setting: Setting
    ) -> Iterator[tuple[str, Found]]:
        if "V001" in codes:
            seen.extend(entries)
        return found_by(entries, codes, setting)

    monkeypatch.setattr(checks, "found_by", spied)
    return seen


# --- laws ---


STATES = st.lists(
    st.tuples(
        st.integers(0, 9),  # which entries
        st.sampled_from(TABLES),
        st.sampled_from(PROFILES),
        st.sampled_from(["UTF-8", "GB18030", "Big5-HKSCS"]),
        st.sampled_from(["en", "zh-Hans-CN"]),
    ),
    min_size=2,
    max_size=4,
)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(STATES)
def test_it_says_what_a_run_without_it_says(
    states: list[tuple[int, str, str, str, str]],
) -> None:
    """Whatever the catalog and its setting were before."""
    with tempfile.TemporaryDirectory() as name:
        for number, (seed, table, profile, charset, source) in enumerate(states):
            chance = random.Random(seed)  # noqa: S311
            entries = chance.sample(POOL, len(POOL) // 2)
            entries += [
                replace(entry, comments=("bilingo: ignore T007 引文 as printed",))
                for entry in chance.sample(POOL, 20)
            ]
            chance.shuffle(entries)
            there = site(Path(name), entries, table, charset, profile=profile)
            if source != "en":
                write(Path(name), "bilingo.toml", f'source = "{source}"\n'.encode())
                there = open_project(Path(name))
            wanted = said(there, cached=False)
            assert [said(there), said(there)] == [wanted, wanted], (number, states)
            assert len({finding.code for finding in wanted[0].findings}) > 9


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(VOCABULARY), min_size=2, max_size=16).map("\n".join))
def test_the_same_bytes_are_the_same_entry(text: str) -> None:
    """Wherever they stand."""
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    try:
        catalog = po.read((head + text).encode())
    except BilingoError:
        assume(False)
    for entry, (start, end) in zip(catalog.entries[1:], catalog.spans[1:], strict=True):
        alone = po.read(head.encode() + catalog.raw[start:end]).entries[-1]
        assert replace(alone, line=entry.line) == entry


def other(value: object) -> object:
    """Another value for a field of this type."""
    match value:
        case bool():
            return not value
        case str() | None:
            return f"{value}改"
        case ():
            return ("改",)
        case (str(), *_):
            return (*value, "改")  # type: ignore[misc]
        case (Term(), *_):
            return value[:-1]  # type: ignore[index]
    raise AssertionError(value)


FULL = Entry(
    "Take 5 mg.",
    ("服5毫克。",),
    "dose",
    "Take %d mg.",
    ("fuzzy", "c-format"),
    ("note 註",),
    ("paragraph",),
    ("a.md:3",),
    "Take 4 mg.",
    "劑量",
    "Take many.",
)


@pytest.mark.parametrize("name", [f.name for f in fields(Entry) if f.name not in ("path", "line")])
def test_each_field_of_an_entry_is_in_its_bytes(name: str) -> None:
    """So a check that reads a field sees it change; a new field has to be written to the file."""
    value: object = FULL.flags[1:] if name == "apart" else other(getattr(FULL, name))
    changed = replace(FULL, **{name: value})  # type: ignore[arg-type]
    head = po.new("zh-Hant-HK")
    blocks = []
    for entry in (FULL, changed):
        catalog = po.read(po.edit(head, [*head.entries, entry]))
        assert replace(catalog.entries[1], line=0) == entry
        blocks.append(catalog.raw[slice(*catalog.spans[1])])
    assert blocks[0] != blocks[1]


class NotToBeRead(Mapping[str, Sequence[str]]):
    def __getitem__(self, key: str) -> Sequence[str]:
        raise AssertionError

    def __iter__(self) -> Iterator[str]:
        raise AssertionError

    def __len__(self) -> int:
        raise AssertionError


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("target", ["zh-Hant-HK", "zh-Hans-CN", "en"])
def test_no_lasting_check_knows_path_line_or_memory(profile: str, target: str) -> None:
    source = "zh-Hant-HK" if target == "en" else "en"
    setting = Setting(source, target, profile=profile, memory=NotToBeRead())  # type: ignore[arg-type]
    codes = [code for code in CHECKS if checks.lasting(code, setting)]
    assert len(codes) > 40
    found = []
    for path, line in (("", 0), ("hk.po", 7)):
        entries = [replace(entry, path=path, line=line) for entry in numbered()]
        number = {id(entry): at for at, entry in enumerate(entries)}
        found.append(
            [
                (code, number[id(f.entry)], f.sentence, f.form, f.start, f.end, f.fix)
                for code, f in checks.found_by(entries, codes, setting)
            ]
        )
    assert found[0] == found[1] != []


@pytest.mark.parametrize("name", [f.name for f in fields(Setting) if f.name != "memory"])
def test_each_field_of_the_setting_is_in_the_stamp(name: str) -> None:
    setting = Setting(terms=(Term((TUV("en", "flu"), TUV("zh-Hant-HK", "流感"))),))
    values = {"profile": "auto", "source": "zh-Hans-CN", "target": "zh-Hant-TW"}
    changed = replace(setting, **{name: values.get(name) or other(getattr(setting, name))})  # type: ignore[arg-type]
    stamps = [remembered._stamp(one, CATALOG, "UTF-8") for one in (setting, changed)]
    assert stamps[0] != stamps[1]
    assert stamps[0] == remembered._stamp(
        replace(setting, memory={"flu": ["流感"]}), CATALOG, "UTF-8"
    )


@pytest.mark.parametrize("place", ["sys.version", "unicodedata.unidata_version"])
def test_python_is_in_the_stamp(place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    before = remembered._stamp(Setting(), CATALOG)
    module, name = place.split(".")
    monkeypatch.setattr(sys.modules[module], name, "99.9")
    assert remembered._stamp(Setting(), CATALOG) != before


def test_the_digest_of_the_program_is_in_the_stamp(monkeypatch: pytest.MonkeyPatch) -> None:
    stamps = [remembered._stamp(Setting(), CATALOG)]
    for digest in (bytes(kept.SIZE), b""):
        monkeypatch.setattr(remembered, "_read_code", lambda _, digest=digest: digest)
        remembered._code.cache_clear()
        stamps.append(remembered._stamp(Setting(), CATALOG))
    assert len(set(stamps)) == 3
    assert stamps[2] == b""


@pytest.mark.parametrize("edit", ["write", "add", "remove", "rename", "data"])
def test_the_program_is_in_the_stamp(
    edit: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every file of it, whatever its size and date say."""
    for name in ("a.py", "checks/b.py", "checks/區.csv"):
        write(tmp_path, name, f"x = 1  # {name}".encode())
    monkeypatch.setattr(remembered, "_folders", lambda _: [tmp_path])
    code = remembered._code.__wrapped__
    before = code()
    assert before
    write(tmp_path, "__pycache__/a.pyc", b"compiled")
    assert code() == before
    match edit:
        case "write":
            info = (tmp_path / "checks/b.py").stat()
            write(tmp_path, "checks/b.py", b"x = 2  # checks/b.py")
            os.utime(tmp_path / "checks/b.py", ns=(info.st_atime_ns, info.st_mtime_ns))
        case "add":
            write(tmp_path, "checks/c.py", b"x = 1")
        case "remove":
            (tmp_path / "a.py").unlink()
        case "rename":
            (tmp_path / "a.py").rename(tmp_path / "checks/a.py")
        case "data":
            write(tmp_path, "checks/區.csv", "著,着\n".encode())
    assert code() != before


def test_what_checks_stand_on_is_in_the_stamp() -> None:
    """Every package that is imported with them."""
    code = (
        "import sys; old = set(sys.modules); from bilingo import checks; from bilingo.model import"
        " Entry; e = [Entry('See **it** [x](http://a.b) 5 mg', ('見**它**[x](http://a.b)5毫克',))];"
        " checks.run(e); print(*{m.partition('.')[0] for m in {*sys.modules} - old})"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert set(done.stdout.split()) - sys.stdlib_module_names == set(remembered._CODE)


# --- what is looked at ---


def test_only_what_has_changed_is_looked_at(project: Project, looked_at: list[Entry]) -> None:
    first = said(project)
    assert len(looked_at) == first[0].counts["entries"]
    looked_at.clear()
    assert said(project) == first
    assert not looked_at
    path = project.root / CATALOG
    path.write_bytes(path.read_bytes().replace("洗手。".encode(), "洗 手5次。".encode(), 1))
    changed = said(project)
    assert len(looked_at) == 1
    assert changed == said(project, cached=False) != first


@pytest.mark.parametrize("line", ["# 註", "# bilingo: ignore V001 引文", "#, c-format", "#: b.md"])
def test_a_comment_is_a_change(line: str, project: Project, looked_at: list[Entry]) -> None:
    said(project)
    path = project.root / CATALOG
    before = path.read_bytes()
    at = before.index(b'msgid "Take ')
    path.write_bytes(before[:at] + f"{line}\n".encode() + before[at:])
    looked_at.clear()
    assert said(project) == said(project, cached=False)
    assert [e.msgid[:4] for e in looked_at[:1]] == ["Take"]


def test_entries_that_move_are_not_looked_at(project: Project, looked_at: list[Entry]) -> None:
    site(project.root, numbered())
    said(project)
    site(project.root, [*reversed(numbered()[1:]), Entry("New 新", ("新",))])
    looked_at.clear()
    again = said(project)
    assert [entry.msgid for entry in looked_at] == ["New 新"]
    assert again == said(project, cached=False)


@pytest.mark.parametrize("jobs", [1, 3])
def test_by_several_processes(jobs: int, project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checked, "_EACH", 7)
    wanted = said(project, cached=False)
    assert said(project, jobs=jobs) == wanted
    half = site(project.root, [*POOL[::2], *(replace(e, msgctxt="二") for e in POOL[1::3])])
    assert said(half, jobs=jobs) == said(half, cached=False)


def test_checks_of_others_always_look(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    looks: list[int] = []

    def counting(entries: Sequence[Entry], setting: Setting) -> Iterator[Found]:
        looks.append(len(entries))
        yield Found(entries[-1], f"look {len(looks)}")

    class Point:
        name = "Z001"

        def load(self) -> object:
            return counting

    alone = said(project)
    monkeypatch.setattr(plugins, "entry_points", lambda group: [Point()])
    for number in (1, 2, 3):
        report, _ = said(project)
        assert [f.message for f in report.findings if f.code == "Z001"] == [f"look {number}"]
        assert len(report.findings) == len(alone[0].findings) + 1
    assert set(looks) == {alone[0].counts["entries"]}
    monkeypatch.undo()
    assert said(project) == alone


def test_the_memory_is_asked_every_time(project: Project) -> None:
    """N003, in a run of the whole project."""
    from bilingo.formats import tmx
    from bilingo.model import TU

    site(project.root, [Entry("Liver disease", ("肝臟疾病",)), Entry("Wash.", ("洗手。",))])
    write(project.root, "articles/a.md", b"")
    (project.root / "articles").mkdir(exist_ok=True)
    seen = []
    for translation in ("肝病", "肝臟疾病", "肝病"):
        unit = TU((TUV("en", "Liver disease"), TUV("zh-Hant-HK", translation)))
        write(project.root, "memory/a.tmx", tmx.write([unit]))
        report, _ = check(project)
        assert report == check(project, cached=False)[0]
        seen.append("N003" in [finding.code for finding in report.findings])
        assert said(project) == said(project, cached=False)  # which asks no memory
    assert seen == [True, False, True]


def test_what_was_kept_is_kept_on(project: Project) -> None:
    """A verdict that is older than the last run is in the next one too."""
    entries = numbered()
    for at in range(4):
        entries[at] = replace(entries[at], comments=(*entries[at].comments, f"改 {at}"))
        there = site(project.root, entries)
        assert said(there) == said(there, cached=False)


ANSWER = ("bilingo: ignore N001 兩種說法 as agreed",)
AROUND = [
    # the check, the profile, an entry, what stood around it, what stands there now
    ("X001", "hk-press", Entry("Wash.", ("洗手。",), "甲", comments=ANSWER), "請洗手。", "洗手。"),
    ("N001", "hk-press", Entry("Wash.", ("洗手。",), "甲"), "洗手。", "請洗手。"),
    (
        "T014",
        "auto",
        Entry("Use Word.", ("請用 Word 文件。",)),
        "請用 Word 文件。",
        "請用Word文件。",
    ),
]


@pytest.mark.parametrize(("code", "profile", "entry", "before", "after"), AROUND)
def test_an_entry_whose_neighbours_change(
    code: str, profile: str, entry: Entry, before: str, after: str, project: Project
) -> None:
    """The entry is as it was, and something is found in it now."""
    seen = []
    for around in (before, after):
        others = [
            replace(entry, msgid=entry.msgid + "!" * number, msgstr=(around,), comments=())
            for number in range(1, 30)
        ]
        there = site(project.root, [*others, entry], profile=profile)
        report, _ = said(there)
        assert report == said(there, cached=False)[0]
        found = [(finding.code, finding.msgid) for finding in report.findings]
        seen.append((code, entry.msgid) in found)
    assert seen == [False, True]


# --- where ---


def files_in(place: Path) -> list[str]:
    return sorted(path.suffix for path in place.glob("*") if path.name != ".gitignore")


def test_one_verdict_for_each_entry(project: Project) -> None:
    for number in (60, 20, 40):
        site(project.root, numbered()[:number])
        said(project)
        (path,) = (project.root / ".bilingo").glob("*.verdicts")
        stamp = remembered._stamp(Setting(), CATALOG, "UTF-8")
        assert len(remembered._verdicts(kept.read(path, stamp))) == number
    assert files_in(project.root / ".bilingo") == [".report", ".verdicts"]
    assert (project.root / ".bilingo/.gitignore").read_text() == "*\n"


def test_catalogs_that_are_gone_are_forgotten(project: Project) -> None:
    said(project)
    old, new = project.root / CATALOG, project.root / "locales/zh_TW/LC_MESSAGES/new.po"
    new.parent.mkdir(parents=True)
    old.rename(new)
    check(project, [new])
    assert files_in(project.root / ".bilingo") == [".report", ".verdicts"]


def test_in_the_users_cache_where_the_project_is_read_only(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, looked_at: list[Entry]
) -> None:
    monkeypatch.setattr(cache.os, "access", lambda *_: False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "me"))
    first = said(project)
    looked_at.clear()
    assert said(project) == first
    assert not looked_at
    assert not (project.root / ".bilingo").exists()
    assert len(list((tmp_path / "me").rglob("*.verdicts"))) == 1


@pytest.mark.parametrize("hurdle", ["a file", "no folder may be made", "not a regular file"])
def test_without_a_place(hurdle: str, project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = said(project, cached=False)
    if hurdle == "a file":
        write(project.root, ".bilingo", b"a file")
    elif hurdle == "not a regular file":
        for suffix in kept.SUFFIXES:
            place = kept.place(project.root, CATALOG, suffix)
            place.parent.mkdir(exist_ok=True)
            os.mkfifo(place)
    else:
        monkeypatch.setattr(cache, "folder", lambda root: Path("/proc/nowhere"))
    assert [said(project), said(project)] == [wanted, wanted]


def test_outside_of_a_project(project: Project, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    inner = Project(elsewhere)
    report, _ = check(inner, [project.root / CATALOG])
    assert report.findings
    assert not list(tmp_path.rglob("*.verdicts"))
    assert not list(elsewhere.iterdir())


def test_a_small_catalog_leaves_nothing(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remembered, "WORTH", 10_000)
    said(project)
    assert not (project.root / ".bilingo").exists()


@pytest.mark.parametrize("when", ["before the run", "in the run"])
def test_a_program_that_changes(
    when: str, project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was imported may be of before, and what is kept would be another program's."""
    write(tmp_path, "program/檢查.py", b"x = 1")
    monkeypatch.setattr(remembered, "_folders", lambda _: [tmp_path / "program"])
    if when == "before the run":
        monkeypatch.setattr(remembered, "_STARTED", time.time_ns())
    else:
        assert remembered._code()
        write(tmp_path, "program/檢查.py", b"x = 2")
    assert said(project) == said(project, cached=False)
    assert not (project.root / ".bilingo").exists()


@pytest.mark.parametrize("read", [lambda _: b"", lambda _: b"0" * kept.SIZE])
def test_what_another_program_kept(
    read: Callable[[int], bytes], project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing of it is used, also where nothing tells which program runs now."""
    said(project)
    kept_before = {path: path.read_bytes() for path in (project.root / ".bilingo").iterdir()}
    site(project.root, [*POOL[:40], Entry("Take 5 mg now 今天.", ("服50毫克。",))])
    monkeypatch.setattr(remembered, "_read_code", read)
    remembered._code.cache_clear()
    assert said(project) == said(project, cached=False)
    # nor where a file of it stands in the place of what this one would keep
    for path, content in kept_before.items():
        path.write_bytes(content)
    assert said(project) == said(project, cached=False)


@pytest.mark.parametrize("suffix", kept.SUFFIXES)
def test_a_stamp_is_whole(suffix: str, project: Project) -> None:
    said(project)
    path = kept.place(project.root, CATALOG, suffix)
    content = path.read_bytes()
    stamp = content[content.index(b"\n") + 1 :][kept.SIZE : 2 * kept.SIZE]
    assert kept.read(path, stamp)
    assert [kept.read(path, stamp[:size]) for size in range(kept.SIZE)] == [None] * kept.SIZE


def test_nobodys_home(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a container whose user is a number, in a project that may not be written to."""

    def nowhere(_: Path) -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.setattr(cache.os, "access", lambda *_: False)
    monkeypatch.setattr(Path, "expanduser", nowhere)
    assert said(project) == said(project, cached=False)


def test_a_program_that_is_no_files(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a zip: nothing tells whether it has changed."""
    monkeypatch.setattr(remembered, "_read_code", lambda _: b"")
    assert said(project) == said(project, cached=False)
    assert not (project.root / ".bilingo").exists()


# --- damage ---


Damage = Callable[[bytes, int], bytes]
DAMAGE: dict[str, Damage] = {
    "a bit": lambda content, at: content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :],
    "cut off": lambda content, at: content[:at],
    "zeros": lambda content, at: content[:at] + bytes(len(content) - at),
    "a byte more": lambda content, at: content[:at] + b" " + content[at:],
    "a byte less": lambda content, at: content[:at] + content[at + 1 :],
}


@pytest.mark.parametrize("suffix", kept.SUFFIXES)
@pytest.mark.parametrize("damage", DAMAGE)
def test_what_is_not_as_it_was_written_is_nothing(
    damage: str, suffix: str, project: Project
) -> None:
    """Any byte of it."""
    site(project.root, numbered()[:9])
    said(project)
    path = kept.place(project.root, CATALOG, suffix)
    content = path.read_bytes()
    stamp = content[content.index(b"\n") + 17 :][:16]
    assert kept.read(path, stamp)
    for at in range(len(content)):
        spoilt = DAMAGE[damage](content, at)
        if spoilt == content:
            continue
        path.write_bytes(spoilt)
        assert kept.read(path, stamp) is None, at


@pytest.mark.parametrize("suffix", kept.SUFFIXES)
@pytest.mark.parametrize(
    "content", [b"", b"\n", "甲乙\n".encode(), b"{}", bytes(5000), b"bilingo kept 9\n" + bytes(99)]
)
def test_a_strange_file_is_made_again(
    content: bytes, suffix: str, project: Project, looked_at: list[Entry]
) -> None:
    wanted = said(project)
    path = kept.place(project.root, CATALOG, suffix)
    good = path.read_bytes()
    path.write_bytes(content)
    kept.place(project.root, CATALOG, ".report").write_bytes(content)
    assert said(project) == wanted
    if suffix == ".report":
        assert path.read_bytes() == good
    looked_at.clear()
    assert said(project) == wanted
    assert not looked_at


def test_another_catalogs_file(project: Project) -> None:
    """Renamed into the place of this one."""
    said(project)
    name = "locales/zh_HK/LC_MESSAGES/two.po"
    two = project.root / name
    two.write_bytes((project.root / CATALOG).read_bytes())
    check(project, [two])
    for suffix in kept.SUFFIXES:
        kept.place(project.root, name, suffix).replace(kept.place(project.root, CATALOG, suffix))
    assert said(project) == said(project, cached=False)
