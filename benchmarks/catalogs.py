"""Large catalogs: `check`, `sync` and the gettext tools on the same files, in one run.

    python benchmarks/catalogs.py            # about half an hour; rewrites CATALOGS.md

Needs the gettext tools; Babel (`pip install babel`) is measured where it is installed. Articles and
catalogs are made from sentence templates with a fixed seed: every text is distinct. Each result
that is timed is checked. Times are processor seconds of whole processes, the best of `RUNS`: other
work on the machine hardly counts. Memory is the peak of the process.
"""

from __future__ import annotations

import hashlib
import os
import platform
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from itertools import chain, islice
from pathlib import Path

from bilingo.formats import po
from bilingo.model import Entry

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "benchmarks" / "CATALOGS.md"
SEED = 20261122
RUNS = 2
UNITS = 50  # in an article
LIMIT = 240  # processor seconds for Babel
NAMES = {"en": "en", "zh": "zh-HK"}  # in the file names of articles
TAGS = {"en": "en", "zh": "zh-Hant-HK"}

EVENTS = (
    ("Free blood pressure check", "免費量血壓"),
    ("Flu vaccination day", "流感疫苗接種日"),
    ("Diabetes screening", "糖尿病篩查"),
    ("Seminar on thalassaemia", "地中海貧血症講座"),
    ("Walk along the harbour", "海濱同行"),
    ("Home visit by our nurses", "護士家訪"),
    ("Hepatitis B clinic", "乙型肝炎門診"),
    ("Fever advice for parents", "家長發燒須知"),
    ("Diet class for older people", "長者營養班"),
    ("Carers' support group", "照顧者互助小組"),
)
DISTRICTS = (
    ("Kwun Tong", "觀塘"),
    ("Sham Shui Po", "深水埗"),
    ("Tuen Mun", "屯門"),
    ("Sha Tin", "沙田"),
    ("Wan Chai", "灣仔"),
    ("Tsuen Wan", "荃灣"),
    ("Yuen Long", "元朗"),
    ("Sai Kung", "西貢"),
    ("North Point", "北角"),
    ("Tai Po", "大埔"),
    ("Mong Kok", "旺角"),
    ("Cheung Chau", "長洲"),
)
PEOPLE = (
    ("residents aged 50 or above", "50歲或以上居民"),
    ("carers of chronically ill people", "長期病患者的照顧者"),
    ("staff of care homes", "院舍職員"),
    ("parents of young children", "幼童家長"),
    ("pregnant women", "孕婦"),
    ("people without a doctor of their own", "沒有固定醫生的人士"),
    ("members of our volunteer team", "本會義工"),
    ("people who live alone", "獨居人士"),
)
HINTS = (
    ("Please bring your Hong Kong identity card", "請帶同香港身份證"),
    ("Please wear a short-sleeved top", "請穿短袖上衣"),
    ("Do not eat for eight hours before the test", "檢查前八小時請勿進食"),
    ("Drink plenty of water on the day", "當天請多喝水"),
    ("Tell the nurse which medicines you take", "請告訴護士你正在服用的藥物"),
    ("A sore arm for one or two days is common", "手臂痠痛一兩天是常見現象"),
    ("The centre has a lift and an accessible toilet", "中心設有升降機及無障礙洗手間"),
    ("Registration closes when all places are taken", "名額用完即截止報名"),
    ("Children under 12 must come with an adult", "12歲以下兒童須由成人陪同"),
    ("Results are posted to you within two weeks", "結果將於兩星期內寄出"),
    ("A doctor explains the report to you in person", "醫生會親自為你解釋報告"),
    ("The session is cancelled under Typhoon Signal No. 8", "八號風球懸掛時活動取消"),
)


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph in both languages."""

    en: str
    zh: str


def texts(random_: random.Random) -> Iterator[Text]:
    """Distinct paragraphs of one to three sentences, without end."""
    seen: set[str] = set()
    while True:
        event, place, who = map(random_.choice, (EVENTS, DISTRICTS, PEOPLE))
        day, month, places = (random_.randint(1, 28), random_.randint(1, 12), 10)
        places *= random_.randint(1, 99)
        phone = random_.randint(20000000, 39999999)
        call = f"{str(phone)[:4]} {str(phone)[4:]}"
        hints = random_.sample(HINTS, random_.randint(0, 2))
        if random_.random() < 0.3:
            en = [f"{event[0]} in {place[0]} on {month}/{day} for {who[0]}: call {call}."]
            zh = [f"{month}月{day}日{place[1]}{event[1]}，對象為{who[1]}，請致電{call}。"]
        else:
            when = f"there are {places} places, and you may register on {call}"
            en = [f"{event[0]} for {who[0]} takes place in **{place[0]}**; {when}."]
            zh = [
                f"{event[1]}在**{place[1]}**舉行，歡迎{who[1]}參加，名額{places}個，報名電話{call}。"
            ]
        en += [f"{hint[0]}." for hint in hints]
        zh += [f"{hint[1]}。" for hint in hints]
        text = Text(" ".join(en), "".join(zh))
        if not {text.en, text.zh} & seen:
            seen |= {text.en, text.zh}
            yield text


def edited(random_: random.Random, text: str) -> str:
    """One small edit of a paragraph: the last digit, an order of words, a sentence more."""
    chinese = "。" in text
    match random_.randrange(4):
        case 0:
            return re.sub(r"\d(?=\D*$)", lambda m: str((int(m[0]) + 1) % 10), text, count=1)
        case 1 if not chinese:
            return text.replace(" for ", " open to ", 1)
        case 1:
            return text.replace("，", "；", 1)
        case 2:
            return text + ("費用全免。" if chinese else " Entry is free of charge.")
    return ("各位朋友：" if chinese else "Dear friends: ") + text


@dataclass(frozen=True, slots=True)
class Cost:
    """What a process took: processor seconds, seconds on the clock, peak memory in MB."""

    cpu: float
    wall: float
    memory: float


def run(
    command: Sequence[str | Path],
    reset: Callable[[], object] = lambda: None,
    codes: Sequence[int] = (0,),
) -> Cost:
    """The best of `RUNS` runs; one of these exit codes, or the benchmark ends.

    `reset` makes ready for each.
    """
    costs = []
    for _ in range(RUNS):
        reset()
        start = time.perf_counter()
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        assert process.returncode in codes, (command, process.returncode)
        cpu = usage.ru_utime + usage.ru_stime
        costs.append(Cost(cpu, time.perf_counter() - start, usage.ru_maxrss / 1024))
    return min(costs, key=lambda cost: cost.cpu)


def tool(root: Path, *words: str | Path) -> list[str | Path]:
    """A command line of bilingo."""
    return [sys.executable, "-m", "bilingo", "-C", root, *words, "-q"]


def write_articles(root: Path, paragraphs: Sequence[str]) -> None:
    """Articles of `UNITS` paragraphs each."""
    (root / "articles").mkdir(exist_ok=True)
    for start in range(0, len(paragraphs), UNITS):
        page = "\n\n".join(paragraphs[start : start + UNITS])
        (root / f"articles/{start // UNITS:04}.{NAMES[root.name[:2]]}.md").write_text(f"{page}\n")


def project(root: Path, size: int, source: str) -> Path:
    """A project with these articles in one language; its catalog, synced and translated."""
    root.mkdir()
    texts_ = sample(size)
    target = {"en": "zh", "zh": "en"}[source]
    settings = f'source = "{TAGS[source]}"\ntargets = ["{TAGS[target]}"]\n'
    (root / "bilingo.toml").write_text(settings)
    write_articles(root, [getattr(text, source) for text in texts_])
    subprocess.run(tool(root, "sync"), check=True)
    (path,) = root.glob("locales/*/LC_MESSAGES/articles.po")
    translation = {tagged(getattr(t, source)): tagged(getattr(t, target)) for t in texts_}
    catalog = po.read(path.read_bytes())
    entries = [
        e if e.is_header else replace(e, msgstr=(translation[e.msgid],)) for e in catalog.entries
    ]
    path.write_bytes(po.edit(catalog, entries))
    return path


def apart(function: Callable[..., Path], *arguments: object) -> Path:
    """Call it in another process: the peak memory of this one would count for its children."""
    with ProcessPoolExecutor(1) as pool:
        return pool.submit(function, *arguments).result()


def sample(size: int) -> list[Text]:
    """The first `size` texts, always the same."""
    return list(islice(texts(random.Random(SEED)), size))  # noqa: S311


def tagged(markdown: str) -> str:
    """A paragraph as a catalog has it: bold is a numbered tag."""
    return markdown.replace("**", "<1>", 1).replace("**", "</1>", 1)


def statistics(catalog: Path) -> str:
    """What `msgfmt --statistics` says."""
    command = ["msgfmt", "--statistics", "-o", "/dev/null", catalog]
    environment = {**os.environ, "LC_ALL": "C"}
    return subprocess.run(
        command, check=True, capture_output=True, text=True, env=environment
    ).stderr.strip()


def unchanged(folder: Path) -> Iterator[str]:
    """`check` and a `sync` that has nothing to do, at 10,000 and 50,000 entries."""
    yield "| what | 10,000: CPU s, MB | 50,000: CPU s, MB | growth |"
    yield "|---|--:|--:|--:|"
    costs: dict[str, list[Cost]] = {}
    for size in (10_000, 50_000):
        root = folder / f"en{size}"
        path = apart(project, root, size, "en")
        assert statistics(path) == f"{size} translated messages."
        before = hashlib.sha256(path.read_bytes()).digest()
        for name, command in {
            "`msgfmt -c`": ["msgfmt", "-c", "-o", "/dev/null", path],
            "`bilingo check` of the catalog": tool(root, "check", path, "--no-cache"),
            "`bilingo check` of the project, articles and all": tool(root, "check", "--no-cache"),
            "`msgmerge` with itself": ["msgmerge", "-q", path, path, "-o", "/dev/null"],
            "`bilingo sync` of the project": tool(root, "sync"),
        }.items():
            costs.setdefault(name, []).append(run(command))
        assert hashlib.sha256(path.read_bytes()).digest() == before
    for name, (small, large) in costs.items():
        growth = large.cpu / small.cpu
        assert growth <= 6 or "bilingo" not in name, (name, growth)
        cells = (f"{c.cpu:.2f}, {c.memory:.0f}" for c in (small, large))
        yield f"| {name} | {' | '.join(cells)} | {growth:.1f} |"


BABEL = """
import sys
from babel.messages.pofile import read_po, write_po
old, template, out = sys.argv[1:]
with open(old, "rb") as file:
    catalog = read_po(file)
with open(template, "rb") as file:
    catalog.update(read_po(file))
with open(out, "wb") as file:
    write_po(file, catalog)
"""
UPDATE = """
import sys
from pathlib import Path
from bilingo.formats import po
from bilingo.model import Article, Unit
from bilingo.pipelines.update import update
old, template, out = map(Path, sys.argv[1:])
catalog = po.read(old.read_bytes())
texts = [e for e in po.read(template.read_bytes()).entries if not e.is_header]
units = tuple(Unit(str(n), "paragraph", e.msgid, e.msgid) for n, e in enumerate(texts))
done = update(catalog.entries, [Article("a", "en", units)], in_scope=lambda path: True,
              fill=lambda unit, locale: None)
out.write_bytes(po.edit(catalog, done.entries))
"""


def changed(folder: Path) -> Iterator[str]:
    """`sync` after an edit of every tenth paragraph, at 2,000 and 20,000 messages."""
    yield (
        "| source, messages | `bilingo sync` | catalog step alone | msgmerge | Babel"
        " | step: msgmerge | sync: msgmerge | Babel: step | Babel: sync |"
    )
    yield "|---|--:|--:|--:|--:|--:|--:|--:|--:|"
    for source in ("en", "zh"):
        for size in (2_000, 20_000):
            yield _changed(folder / f"{source}{size}c", source, size)


def _changed(root: Path, source: str, size: int) -> str:
    random_ = random.Random(SEED)  # noqa: S311
    path = apart(project, root, size, source)
    old = root / "old.po"
    old.write_bytes(path.read_bytes())
    paragraphs = [getattr(text, source) for text in sample(size)]
    for place in random_.sample(range(size), size // 10):
        paragraphs[place] = edited(random_, paragraphs[place])
    write_articles(root, paragraphs)
    template = root / "new.pot"
    catalog = po.read(old.read_bytes())
    (header,) = (e for e in catalog.entries if e.is_header)
    wanted = dict.fromkeys(map(tagged, paragraphs))
    template.write_bytes(po.edit(catalog, [header, *(Entry(text) for text in wanted)]))
    ours = run(tool(root, "sync"), lambda: path.write_bytes(old.read_bytes()))
    out = root / "out.po"
    expected = f"{len(wanted) - size // 10} translated messages, {size // 10} fuzzy translations."
    assert statistics(path) == expected, (statistics(path), expected)
    step = run([sys.executable, "-c", UPDATE, old, template, out])
    assert statistics(out) == expected
    theirs = run(["msgmerge", "-q", "--previous", "--no-wrap", old, template, "-o", out])
    babel = _babel(old, template, out)
    times = " | ".join(
        f"{'' if babel < LIMIT else 'over '}{babel / cost.cpu:.0f} ×" for cost in (step, ours)
    )
    ratios = " | ".join(f"{cost.cpu / theirs.cpu:.2f}" for cost in (step, ours))
    babels = f"{babel:.1f} s" if babel < LIMIT else f"not done in {LIMIT} s"
    seconds = " | ".join(f"{cost.cpu:.2f} s" for cost in (ours, step, theirs))
    return f"| {source}, {size:,} | {seconds} | {babels} | {ratios} | {times} |"


def _babel(old: Path, template: Path, out: Path) -> float:
    """Processor seconds of `Catalog.update`, read and written; `LIMIT` where that is not enough."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = (resource.RLIMIT_CPU, (LIMIT, LIMIT))
    done = subprocess.run(
        [sys.executable, "-c", BABEL, old, template, out],
        preexec_fn=lambda: resource.setrlimit(*seconds),
        check=False,
    )
    if done.returncode:
        assert done.returncode < 0, "Babel failed"
        return LIMIT
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    """Measure, print, and put the tables into CATALOGS.md."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed tool is compiled
    about = (
        f"`python benchmarks/catalogs.py`: processor time of whole processes, the best of {RUNS}"
        f" (Babel: 1), and their peak memory. Texts from templates, seed {SEED}."
        f" Python {platform.python_version()}, {_version('msgmerge')}, {os.cpu_count()} cores."
    )
    tenth = (
        "After an edit of every tenth paragraph. `sync` reads the articles and writes the catalog;"
        " the catalog step is what msgmerge and Babel do: catalog and new texts in, catalog out."
        f" Babel is stopped after {LIMIT} s; “over” is what that proves."
    )
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        parts = [
            ["## Catalogs", "", about, ""],
            unchanged(folder),
            ["", tenth, ""],
            changed(folder),
        ]
        lines = []
        for line in chain.from_iterable(parts):
            print(line, flush=True)
            lines.append(line)
    section = "\n".join((*lines, ""))
    old = RESULTS.read_text(encoding="utf-8") if RESULTS.exists() else "# Results\n\n"
    kept = [part for part in re.split(r"(?m)^(?=## )", old) if not part.startswith("## Catalogs")]
    RESULTS.write_text(f"{''.join(kept).rstrip()}\n\n{section}", encoding="utf-8")


def _version(program: str) -> str:
    told = subprocess.run([program, "--version"], capture_output=True, text=True, check=True)
    return told.stdout.split("\n")[0]


if __name__ == "__main__":
    main()
