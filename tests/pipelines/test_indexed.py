"""A memory that is asked by its indexes answers what one that is read whole answers."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bilingo import cli
from bilingo.errors import BilingoError
from bilingo.formats import tmx, tmx_places
from bilingo.model import TU, TUV, Context, Match
from bilingo.pipelines import batch, memory
from bilingo.pipelines.batch import cores
from bilingo.pipelines.memory import Memory
from bilingo.project import Project, open_project
from bilingo.stores import index_cache, index_pages, index_patch, index_words
from bilingo.stores.index_words import Form
from bilingo.text.fold import fold
from bilingo.text.locales import language

WORDS = {
    "en": "the clinic opens at nine Free <1>check-ups</1> dose 2.5 mg <2/> “daily” é 𝒳 a I".split(),
    "zh": "診所 九時 開放 免費 <1>檢查</1> 劑量 2.5毫克 <2/> 「每日」 𠮷 一 Ａ".split(),
}
FOREIGN = (
    '<?xml version="1.0" encoding="{0}"?>\n<!DOCTYPE tmx [<!ATTLIST note n CDATA #IMPLIED>]>\n'
    '<tmx version="1.4"><header creationtool="x" creationtoolversion="1" segtype="sentence" '
    'o-tmf="x" adminlang="en" srclang="en" datatype="plaintext"/><body>\n{1}</body></tmx>'
)


def text(rng: random.Random, language: str) -> str:
    size = min(rng.randint(1, 12), rng.randint(1, 12))
    return (" " if language == "en" else "").join(rng.choices(WORDS[language], k=size))


def units(rng: random.Random, count: int) -> Iterator[TU]:
    for number in range(count):
        chinese = rng.choice(("zh-Hant-HK", "zh-Hans-CN", "zh-Hant-TW"))
        tuvs = [TUV("en", text(rng, "en")), TUV(chinese, text(rng, "zh"))]
        if number % 7 == 0:
            tuvs.append(TUV("en-GB", text(rng, "en")))
        yield TU(tuple(tuvs), origin=f"o{number % 5}", context=Context(next=text(rng, "en")))


def foreign(rng: random.Random, count: int, encoding: str) -> bytes:
    """What another tool may write: bare `zh`, other codes, a unit over several lines."""
    body = "".join(
        f'<tu tuid="{n}"><note>n</note>\n  <tuv xml:lang="en">\n<seg>Open <bpt i="1">b</bpt>it'
        f'<ept i="1">b</ept> {n} &lt;2/&gt;</seg></tuv><!-- <tu> -->\r\n'
        f'<tuv xml:lang="zh"><seg>请打开这个文件{n}<ph>x</ph></seg></tuv></tu  >\n'
        for n in range(count)
    )
    return FOREIGN.format(encoding, body).encode(encoding)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Project:
    root = tmp_path_factory.mktemp("site")
    folder = root / "memory"
    (folder / "penalty-10").mkdir(parents=True)
    rng = random.Random(5)  # noqa: S311
    (folder / "ours.tmx").write_bytes(tmx.write(units(rng, 2000)))
    (folder / "penalty-10" / "old.tmx").write_bytes(tmx.write(units(rng, 100)))
    (folder / "utf8.tmx").write_bytes(foreign(rng, 40, "utf-8"))
    (folder / "utf16.tmx").write_bytes(foreign(rng, 40, "utf-16"))
    (folder / "broken.tmx").write_bytes(foreign(rng, 40, "utf-8")[:-9])
    return open_project(root)


def whole(project: Project) -> Memory:
    """The memory read and scanned."""
    return Memory(memory.read_units(project)[0])


def ask(one: Memory, query: str, threshold: int) -> tuple[tuple[Match, ...], ...]:
    return tuple(
        one.matches(query, source, target, context=Context(), threshold=threshold, limit=1000)
        for source, target in (("en", "zh-Hant-HK"), ("zh-Hant-HK", "en"), ("zh-Hans-CN", "en"))
    )


def test_the_same_matches(site: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    scanned = whole(site)
    monkeypatch.setattr(memory, "SCANNED", 0)
    told: list[str] = []
    rng = random.Random(6)  # noqa: S311
    first = memory.load(site, tell=told.append)
    found = 0
    for loaded in (first, memory.load(site)):  # made, and found
        for _ in range(250):
            query = text(rng, rng.choice(("en", "zh")))
            query = rng.choice((query, "Open it 7 now", "請打開這個文件7", "请打开这个文件 17"))
            threshold = rng.randint(60, 100)
            wanted = ask(scanned, query, threshold)
            assert ask(loaded, query, threshold) == wanted
            found += sum(map(len, wanted))
    assert found > 1000
    (warning,) = first.warnings
    assert warning.startswith("memory/broken.tmx:")
    assert warning.endswith("; this memory file is left out")
    with pytest.raises(BilingoError, match=r"memory/broken\.tmx"):
        memory.load(site, strict=True)
    assert (site.root / ".bilingo" / ".gitignore").read_text(encoding="ascii") == "*\n"


def changed(rng: random.Random, raw: bytes) -> bytes:
    """A memory file after some days: lines added, changed, gone, sometimes by another hand."""
    *head, tail = raw.split(b"</body>")
    head, *lines = head[0].rpartition(b"<body>\n")[0::2]
    lines = lines[0].splitlines(keepends=True)
    new = tmx.write(units(rng, rng.choice((0, 1, 20)))).split(b"<body>\n")[1].split(b"</body>")[0]
    for _ in range(rng.choice((0, 1, 5))):
        lines.pop(rng.randrange(len(lines)))
    for _ in range(rng.choice((0, 1, 3))):
        at = rng.randrange(len(lines))
        lines[at] = lines[at].replace(b"clinic", b"doctor")
    lines += new.splitlines(keepends=True)
    if rng.random() < 0.8:
        lines.sort()
    if rng.random() < 0.3:
        bare = lines[3].replace(b'"zh-HK"', b'"zh"').replace(b'"zh-CN"', b'"zh"')
        several = lines[0].replace(b"><", b">\n<")
        lines.insert(
            rng.randrange(len(lines)), rng.choice((bare, several, b"\n", b"<!-- x -->\n", b"<"))
        )
    return head + b"<body>\n" + b"".join(lines) + b"</body>" + tail


@pytest.mark.parametrize("seed", range(8))
def test_a_changed_file_is_patched(
    seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(memory, "SCANNED", 0)
    monkeypatch.setattr(index_patch, "SMALL", 0)
    monkeypatch.setattr(tmx_places, "PART", 1024)
    rng = random.Random(seed)  # noqa: S311
    project = open_project(tmp_path)
    path = tmp_path / "memory" / "a.tmx"
    path.parent.mkdir()
    first = tmx.write(units(rng, 400))
    raw = first
    patched = 0
    for _ in range(12):
        path.write_bytes(raw)
        told: list[str] = []
        monkeypatch.setattr(index_cache, "LARGE", 0)
        loaded = memory.load(project, tell=told.append)
        known, _ = memory.read_units(project)
        whole_memory = Memory(known)
        patched += not told
        for _ in range(6):
            if known and rng.random() < 0.5:
                query = rng.choice(rng.choice(known).tuvs).text
            else:
                query = text(rng, rng.choice(("en", "zh")))
            threshold = rng.randint(60, 100)
            assert ask(loaded, query, threshold) == ask(whole_memory, query, threshold)
        if rng.random() < 0.3:
            memory.refresh(project)
        raw = changed(rng, rng.choice((raw, first, first)))
    assert patched


def phrase(memory: Memory, part: str) -> list[tuple[str, int, str, str]]:
    """Where a phrase stands, or a word of its stem."""
    forms = [Form(part[:4], lambda word: word.startswith(part[:4]))] if part.isascii() else []
    found, cut = memory.containing(
        part, forms, 10**6, lambda text: part in text or bool(forms) and part[:4] in text
    )
    assert not cut
    return sorted((s.held.unit.path, s.held.unit.line, *s[1:]) for s in found)


def test_damage_to_a_patched_index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each page of either index flipped, each cut at every page, each gone: the same matches."""
    monkeypatch.setattr(memory, "SCANNED", 0)
    monkeypatch.setattr(index_patch, "SMALL", 0)
    monkeypatch.setattr(tmx_places, "PART", 1024)
    monkeypatch.setattr(index_words, "LEAST", 0)
    rng = random.Random(2)  # noqa: S311
    project = open_project(tmp_path)
    path = tmp_path / "memory" / "a.tmx"
    path.parent.mkdir()
    old = list(units(rng, 300))
    path.write_bytes(tmx.write(old))
    memory.load(project)
    path.write_bytes(tmx.write([*old[:290], *units(rng, 5)]))
    queries = [text(rng, language) for language in ("en", "zh")]
    wanted = [ask(whole(project), query, 60) for query in queries]
    contained = [phrase(whole(project), part) for part in ("clinic", "診所", "daily")]
    assert all(contained)
    memory.load(project)
    cache = tmp_path / ".bilingo"
    sound = {index: index.read_bytes() for index in cache.glob("*.idx")}
    assert len(sound) == 2
    mended = 0
    for index, content in sound.items():
        changes = [b""]
        for page in range(0, len(content), index_pages.PAGE):
            at = min(page + 500, len(content) - 1)
            changes.append(content[:at] + bytes([content[at] ^ 4]) + content[at + 1 :])
            changes.append(content[:page])
        for change in changes:
            for one, right in sound.items():
                one.write_bytes(right)
            index.write_bytes(change)
            loaded = memory.load(project)
            assert [ask(loaded, query, 60) for query in queries] == wanted
            parts = ("clinic", "診所", "daily")
            assert [phrase(loaded, part) for part in parts] == contained
            mended += bool(loaded.warnings)
    assert mended > 10


@pytest.mark.parametrize(("locale", "part"), [("en", "clinic"), ("zh-Hant-HK", "診所")])
def test_texts_that_are_gone_leave_room(
    locale: str, part: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first texts with a phrase are no longer in the file: those behind them are found."""
    monkeypatch.setattr(memory, "SCANNED", 0)
    monkeypatch.setattr(index_patch, "SMALL", 0)
    project = open_project(tmp_path)
    path = tmp_path / "memory" / "a.tmx"
    path.parent.mkdir()
    old = [
        TU((TUV(locale, f"{part} {number:03}"), TUV("fr", f"n° {number}"))) for number in range(200)
    ]
    path.write_bytes(tmx.write(old))
    memory.load(project)
    path.write_bytes(tmx.write(old[12:]))
    loaded = memory.load(project)
    assert len(list((tmp_path / ".bilingo").glob("*.idx"))) == 2  # it was patched
    forms = [Form(part, lambda word: word == part)] if part.isascii() else []
    for most, wanted in ((10, 10), (188, 188), (189, 188)):
        found, cut = loaded.containing(part, forms, most, lambda text: part in text)
        first = [f"{part} {number:03}" for number in range(12, 12 + wanted)]
        assert sorted(one.folded for one in found) == first
        assert cut == (most == wanted)


@pytest.mark.parametrize("part", ["clinic", "opens at", "CLIN", "診所", "開放", "2.5", "𠮷", "é 𝒳"])
def test_a_phrase_is_found(site: Project, part: str, monkeypatch: pytest.MonkeyPatch) -> None:
    everywhere, _ = memory.read_units(site)
    wanted = sorted(
        {
            (unit.path, unit.line, language(tuv.locale), fold(tuv.text))
            for unit in everywhere
            for tuv in unit.tuvs
            if fold(part) in fold(tuv.text)
        }
    )
    for scanned in (10**9, 0):
        monkeypatch.setattr(memory, "SCANNED", scanned)
        found, cut = memory.load(site).containing(
            fold(part), [], most=10**6, is_hit=lambda text: fold(part) in text
        )
        assert not cut
        assert wanted == sorted((s.held.unit.path, s.held.unit.line, *s[1:]) for s in found)
    assert wanted
    assert memory.load(site).containing("", [], most=9, is_hit=bool) == ([], False)


@pytest.mark.parametrize("jobs", [0, 1, 3])
def test_a_batch_finds_the_same(site: Project, jobs: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "SCANNED", 0)
    rng = random.Random(8)  # noqa: S311
    queries = [text(rng, rng.choice(("en", "zh"))) for _ in range(150)]
    alone, many = memory.load(site), memory.load(site)
    many.expect([(query, "en") for query in queries], 75, jobs)
    assert many._indexed
    assert bool(many._indexed._expected) == (jobs == 3 or jobs == 0 and cores() > 1)
    for query in queries:
        assert ask(many, query, 75) == ask(alone, query, 75)


@pytest.mark.parametrize("line", ["suggest {} --json", "suggest {} --apply 60 --diff"])
def test_a_catalog_reads_the_same_with_any_number_of_jobs(
    site: Project,
    tmp_path: Path,
    line: str,
    monkeypatch: pytest.MonkeyPatch,
    capsysbinary: pytest.CaptureFixture[bytes],
) -> None:
    monkeypatch.setattr(memory, "SCANNED", 0)
    rng = random.Random(9)  # noqa: S311
    head = (
        'msgid ""\nmsgstr ""\n"Language: zh_HK\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
    )
    texts = sorted({text(rng, rng.choice(("en", "zh"))) for _ in range(150)})
    entries = (f'\nmsgid "{one} {n}"\nmsgstr ""\n' for n, one in enumerate(texts))
    shutil.copytree(site.memory, tmp_path / "memory", ignore=shutil.ignore_patterns("broken.tmx"))
    catalog = tmp_path / "open.po"
    catalog.write_text(head + "".join(entries), encoding="utf-8")
    asked: list[int] = []
    answers = batch.answers

    def counted(*given: Any) -> Any:
        found = answers(*given)
        asked.append(len(found))
        return found

    monkeypatch.setattr(batch, "answers", counted)
    outputs = set()
    for jobs in ("1", "2", "3"):
        words = line.format(catalog).split()
        assert cli.main(["-C", str(tmp_path), *words, "--target", "zh-HK", "--jobs", jobs]) == 0
        outputs.add(capsysbinary.readouterr().out)
    assert len(outputs) == 1
    assert len(outputs.pop()) > 5_000
    assert len(asked) == 2  # one job asks as it goes
    assert min(asked) > 100


def test_a_small_memory_has_no_index(tmp_path: Path) -> None:
    (tmp_path / "memory").mkdir()
    unit = TU((TUV("en", "Open"), TUV("zh-Hant-HK", "打開")))
    (tmp_path / "memory" / "a.tmx").write_bytes(tmx.write([unit]))
    assert any(ask(memory.load(open_project(tmp_path)), "open", 100))
    assert not (tmp_path / ".bilingo").exists()


def test_a_memory_that_changes_while_it_is_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(memory, "SCANNED", 0)
    path = tmp_path / "memory" / "a.tmx"
    path.parent.mkdir()
    path.write_bytes(tmx.write([TU((TUV("en", "Open"), TUV("zh-Hant-HK", "打開")))]))
    loaded = memory.load(open_project(tmp_path))
    path.write_bytes(tmx.write([TU((TUV("en", "Shut"), TUV("zh-Hant-HK", "關閉")))]))
    with pytest.raises(BilingoError, match="changed while it was read"):
        ask(loaded, "Open", 100)
