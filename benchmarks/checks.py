"""The checks beside pofilter: what they find, what they flag wrongly, how long they take.

    python benchmarks/checks.py ../shared [POFILTER]      # about five minutes; rewrites CHECKS.md

`POFILTER` is the program of translate-toolkit (`pip install translate-toolkit opencc` in an
environment of its own; it is run, never imported); without it, it is sought on PATH. Characters
are injected by OpenCC of the same environment. Times are processor seconds of whole processes.
"""

from __future__ import annotations

import json
import lzma
import os
import platform
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from pathlib import Path

import catalogs

from bilingo import checks
from bilingo.checks import CHECKS, Profile, Setting
from bilingo.formats import po
from bilingo.model import Entry
from bilingo.pipelines.extract import extract
from bilingo.project import Project
from bilingo.text import scripts, tags
from bilingo.text.values import compare, find

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "benchmarks" / "CHECKS.md"
SEED = 20261126
Pair = tuple[str, str]
VALUES = ("V001", "V002")
# what pofilter has a test for
COMPARABLE = "S001 S002 C001 C003 P001 U001 U003 U004 V001 V002 T007 T008 T015 N004 N006".split()
GOOD: tuple[tuple[str, str, Profile], ...] = (
    ("sphinx.zh_TW.po", "zh-Hant-TW", "tech"),
    ("poedit.zh_TW.po", "zh-Hant-TW", "ui"),
    ("pydocs*.po", "zh-Hans-CN", "hans"),
)


@dataclass(frozen=True, slots=True)
class Peer:
    """pofilter and the Python beside it."""

    program: Path

    def flagged(self, entries: Sequence[Entry], *tests: str, locale: str = "zh_HK") -> set[str]:
        """The contexts of the entries pofilter flags; each has one of its own."""
        with tempfile.TemporaryDirectory() as name:
            path, out = Path(name) / "in.po", Path(name) / "out.po"
            new = po.new("zh-Hant-HK")
            path.write_bytes(po.edit(new, [*new.entries, *entries]))
            chosen = [word for test in tests for word in ("-t", test)]
            subprocess.run(
                [*self.command(locale), *chosen, "--nonotes", path, out],
                check=True,
                capture_output=True,
            )
            if not out.exists():
                return set()
            found = po.read(out.read_bytes()).entries
            return {str(entry.msgctxt) for entry in found if not entry.is_header}

    def command(self, locale: str) -> list[str | Path]:
        """Told the language, it leaves out what does not apply to Chinese."""
        return [self.program, f"--language={locale}", "--progress=none"]

    def simplified(self, characters: str) -> dict[str, str]:
        """The Simplified form of each character that has another."""
        code = (
            "import json, sys, opencc; one = opencc.OpenCC('t2s').convert;"
            "print(json.dumps({c: one(c) for c in sys.stdin.read() if one(c) != c}))"
        )
        python = self.program.resolve().parent / "python"
        done = subprocess.run(
            [python, "-c", code], input=characters, text=True, capture_output=True, check=True
        )
        found: dict[str, str] = json.loads(done.stdout)
        return found


# --- values ---


def value_sets(shared: Path) -> Iterator[tuple[str, list[Pair]]]:
    """Human translations by name: their units that contain figures."""
    tree = ET.parse(shared / "data/tmx/tico19-health.en-zh.dev.tmx")  # noqa: S314
    health = [tuple("".join(seg.itertext()) for seg in tu.iter("seg")) for tu in tree.iter("tu")]
    yield "tico19-health", _figures((en, zh) for en, zh in health)
    manual = [e for path in sorted((shared / "data/po").glob("pydocs*.po")) for e in _live(path)]
    yield "python-docs zh_CN", _figures(dict.fromkeys((e.msgid, e.msgstr[0]) for e in manual))
    yield "opensource-guide", _figures(dict.fromkeys(_guide(shared / "data/articles")))


def _figures(pairs: object) -> list[Pair]:
    return [pair for pair in pairs if re.search("[0-9]", tags.plain(" ".join(pair)))]  # type: ignore[attr-defined]


def _live(path: Path) -> list[Entry]:
    return [e for e in po.read(path.read_bytes()).entries if e.translated and not e.is_header]


def _guide(folder: Path) -> Iterator[Pair]:
    """Units of pages that have the same blocks in both languages, side by side."""
    project = Project(folder)
    for english in sorted((folder / "opensource-guide").glob("*.en.md")):
        ours = extract(project, english).article.units
        for other in sorted(english.parent.glob(english.name.replace(".en.", ".zh-*."))):
            theirs = extract(project, other).article.units
            kinds = [[(unit.kind, len(unit.codes)) for unit in units] for units in (ours, theirs)]
            for block in SequenceMatcher(None, *kinds, autojunk=False).get_matching_blocks():
                if block.size < 5:
                    continue  # too little to be sure that the blocks belong together
                for i in range(block.size):
                    yield ours[block.a + i].text, theirs[block.b + i].text


def altered(pairs: Sequence[Pair]) -> list[Pair]:
    """The pairs that are right, one digit of one value of the translation changed in each."""
    chance = random.Random(SEED)  # noqa: S311
    changed = []
    for english, chinese in pairs:
        values = [v for v in find(chinese) if re.search("[0-9]", chinese[v.start : v.end])]
        if not values or compare(english, chinese):
            continue
        value = chance.choice(values)
        digits = [i for i in range(value.start, value.end) if chinese[i] in "0123456789"]
        at = chance.choice(digits)
        digit = chance.choice([d for d in "0123456789" if d != chinese[at]])
        changed.append((english, chinese[:at] + digit + chinese[at + 1 :]))
    return changed


def values(shared: Path, peer: Peer) -> Iterator[str]:
    """Flags on right translations, and what is found of wrong ones."""
    yield (
        "| units with figures | of them | flagged | pofilter `numbers`"
        " | one digit altered | found | pofilter |"
    )
    yield "|---|--:|--:|--:|--:|--:|--:|"
    totals = [0] * 6
    for name, pairs in value_sets(shared):
        wrong = altered(pairs)
        row = []
        for some in (pairs, wrong):
            flags = _flagged(some)
            row += [len(some), len(flags), len(peer.flagged(_entries(some), "numbers"))]
            if some is pairs:
                for number, said in sorted(flags.items()):
                    print(f"{name} {number}: {said}", file=sys.stderr)
        totals = [a + b for a, b in zip(totals, row, strict=True)]
        yield _values_row(name, row)
    yield _values_row("all", totals)
    assert totals[1] <= 0.03 * totals[0]
    assert totals[4] >= 0.97 * totals[3]


def _values_row(name: str, row: Sequence[int]) -> str:
    cells = [
        f"{whole} | {_share(ours, whole)} | {_share(theirs, whole)}"
        for whole, ours, theirs in (row[:3], row[3:])
    ]
    return f"| {name} | {' | '.join(cells)} |"


def _flagged(pairs: Sequence[Pair]) -> dict[int, str]:
    """The number of each pair that is flagged, and the first finding."""
    found = checks.run(_entries(pairs), VALUES)
    return {f.line: f.message for f in reversed(found)}


def _entries(pairs: Sequence[Pair]) -> list[Entry]:
    return [
        Entry(en, (zh,), msgctxt=str(line), line=line) for line, (en, zh) in enumerate(pairs, 1)
    ]


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.2f} %"


# --- script ---


def script(shared: Path, peer: Peer) -> Iterator[str]:
    """Simplified characters in Traditional text: put in, and found where nobody put any."""
    texts = list(traditional(shared / "data"))
    han = sum(map(scripts.han_count, texts))
    flags = checks.run([Entry("x", (text,)) for text in texts], ["R001", "R003"])
    simple = peer.simplified("".join(sorted(set("".join(texts)))))
    chance = random.Random(SEED)  # noqa: S311
    wrong = []
    flagged = {flag.excerpt for flag in flags}
    for text in texts:
        places = [at for at, character in enumerate(text) if character in simple]
        if len(places) > 3 and text not in flagged:
            at = chance.choice(places)
            wrong.append((text[:at] + simple[text[at]] + text[at + 1 :], text[at]))
    found: Counter[str] = Counter()
    for code in ("R001", "R003"):
        hits = checks.run([Entry(str(n), (text,)) for n, (text, _) in enumerate(wrong)], [code])
        found[code] = len({hit.msgid for hit in hits})
    both = checks.run(
        [Entry(str(n), (text,)) for n, (text, _) in enumerate(wrong)], ["R001", "R003"]
    )
    share = len({hit.msgid for hit in both}) / len(wrong)
    assert share >= 0.94  # as errors and notes; as errors alone it is less, and both are told
    assert len(flags) <= 0.1 * han / 1000
    yield (
        f"Traditional text: {len(texts):,} texts, {han:,} Han. Flagged by R001 and R003:"
        f" {len(flags)}, {1000 * len(flags) / han:.3f} per 1,000 Han. One character of each"
        f" sentence made Simplified ({len(wrong):,} sentences): found by R001 (error)"
        f" {_share(found['R001'], len(wrong))}, by R001 or R003 (info) {100 * share:.2f} %."
    )


def traditional(data: Path) -> Iterator[str]:
    """Every Traditional text of the data."""
    for path in sorted(data.rglob("*")):
        if not re.search(r"zh[-_](?:TW|HK|Hant)", path.name):
            continue
        if path.suffix == ".po" and "malformed" not in path.parts:
            yield from (entry.msgstr[0] for entry in _live(path))
        elif path.suffix in (".md", ".mdx", ".txt"):
            lines = path.read_text(encoding="utf-8", errors="replace").split("\n")
            yield from (line for line in lines if scripts.han_count(line))


# --- good catalogs ---


def good(shared: Path, peer: Peer) -> Iterator[str]:
    """How much of catalogs in use is flagged at warning or above."""
    yield "| catalog, profile | entries | flagged | pofilter |"
    yield "|---|--:|--:|--:|"
    totals = [0, 0, 0]
    for pattern, target, profile in GOOD:
        row = [0, 0, 0]
        for path in sorted((shared / "data/po").glob(pattern)):
            entries = po.read(path.read_bytes()).entries
            live = _live(path)
            codes = [code for code in CHECKS if not code.startswith("S")]
            found = checks.run(entries, codes, setting=Setting("en", target, profile))
            loud = [f for f in found if f.level != "info"]
            for finding in loud:
                print(
                    f"{path.name}:{finding.line} {finding.code} {finding.message}", file=sys.stderr
                )
            locale = target.replace("zh-Hant-TW", "zh_TW").replace("zh-Hans-CN", "zh_CN")
            theirs = peer.flagged(_numbered(live), locale=locale)
            row[0] += len(live)
            row[1] += len({(f.msgctxt, f.msgid) for f in loud})
            row[2] += len(theirs)
        totals = [a + b for a, b in zip(totals, row, strict=True)]
        yield _row(f"`{pattern}`, `{profile}`", row)
    yield _row("all", totals)
    assert totals[1] <= 0.02 * totals[0]


def _numbered(entries: Sequence[Entry]) -> list[Entry]:
    """The entries alone: no comment, no plural, each with a context of its own."""
    return [
        Entry(e.msgid, (e.msgstr[0],), msgctxt=str(number), flags=e.flags)
        for number, e in enumerate(entries)
    ]


def _row(name: str, row: Sequence[int]) -> str:
    return f"| {name} | {row[0]:,} | {_share(row[1], row[0])} | {_share(row[2], row[0])} |"


# --- speed ---


def speed(shared: Path, peer: Peer) -> Iterator[str]:
    """`check` and pofilter on the same files: texts of templates, and real ones."""
    yield "| catalog, what | 10,000: CPU s, elapsed | 50,000: CPU s, elapsed, MB | growth |"
    yield "|---|--:|--:|--:|"
    verdicts = []
    with tempfile.TemporaryDirectory() as name:
        for kind, make, language in (
            ("templates", catalogs.project, "zh_HK"),
            ("real pairs", real, "zh_CN"),
        ):
            costs: dict[str, list[catalogs.Cost]] = {}
            for size in (10_000, 50_000):
                root = Path(name) / f"en{size}{kind[:4]}"
                path = catalogs.apart(make, root, size, "en" if kind == "templates" else shared)
                for what, cost in _costs(root, path, peer, language, kind):
                    costs.setdefault(what, []).append(cost)
            for what, (small, large) in costs.items():
                yield (
                    f"| {kind}: {what} | {small.cpu:.2f}, {small.wall:.2f}"
                    f" | {large.cpu:.2f}, {large.wall:.2f}, {large.memory:.0f}"
                    f" | {large.cpu / small.cpu:.1f} |"
                )
            one, every, again, together, apart, theirs, *_ = (both[1] for both in costs.values())
            verdicts.append(
                f"{kind}, 50,000 entries: pofilter takes {theirs.cpu / one.cpu:.1f} × the processor"
                f" time of a first check, and {theirs.wall / every.wall:.1f} × the time on the"
                f" clock; {theirs.cpu / again.cpu:.0f} × the processor time of a check again where"
                f" nothing has changed, {theirs.cpu / together.cpu:.1f} × where 1 % of the entries"
                f" have, side by side, {theirs.cpu / apart.cpu:.1f} × where they are spread."
            )
    yield ""
    yield (
        "“The first time” nothing is in `.bilingo/`: every entry is looked at, and what is found"
        " is kept. “Again” uses that; its output is compared and is, to the byte, that of"
        " `--no-cache`. pofilter keeps nothing and looks at every entry each time. Every changed"
        " entry has a new finding, whose place in its article is looked up: where they are spread,"
        " all articles of the templates are read. Growth is of processor seconds; the 50,000 real"
        " pairs are longer, 9.4 times the bytes. One run beside others of this machine, load"
        f" {os.getloadavg()[1]:.1f}. " + " ".join(verdicts)
    )


def _costs(
    root: Path, path: Path, peer: Peer, language: str, kind: str
) -> Iterator[tuple[str, catalogs.Cost]]:
    """What each of the programs takes for a catalog; findings are the exit code 1."""
    out = root / "flagged.po"
    ours = [*catalogs.tool(root, "check", path), "--jobs", "1"]
    cold = [*ours, "--no-cache"]
    folder = root / ".bilingo"

    def forget() -> None:
        shutil.rmtree(folder, ignore_errors=True)

    yield "`bilingo check --jobs 1`, the first time", catalogs.run(ours, forget, codes=(0, 1))
    every = catalogs.tool(root, "check", path)
    yield "`bilingo check`, all cores, the first time", catalogs.run(every, forget, codes=(0, 1))
    report = subprocess.run(cold, capture_output=True, check=False).stdout
    assert subprocess.run(ours, capture_output=True, check=False).stdout == report
    yield "`bilingo check --jobs 1` again, nothing changed", catalogs.run(ours, codes=(0, 1))
    before, kept = path.read_bytes(), root / "kept"
    shutil.copytree(folder, kept)

    def as_before() -> None:
        forget()
        shutil.copytree(kept, folder)

    for where in ("side by side", "every hundredth"):
        path.write_bytes(catalogs.apart(one_in_a_hundred, before, where))
        what = f"`bilingo check --jobs 1` again, 1 % of the entries changed, {where}"
        yield what, catalogs.run(ours, as_before, codes=(0, 1))
        as_before()
        said = [subprocess.run(c, capture_output=True, check=False).stdout for c in (ours, cold)]
        assert said[0] == said[1] != report
    path.write_bytes(before)
    yield (
        "pofilter, all its tests",
        catalogs.run([*peer.command(language), path, out], codes=(0, 1)),
    )
    yield "reading the catalog alone", catalogs.run([sys.executable, "-c", READ, path])
    if kind == "templates":
        some = [sys.executable, "-c", COMPARED, path, *COMPARABLE]
        yield "one job, what pofilter has a test for", catalogs.run(some)


def one_in_a_hundred(raw: bytes, where: str) -> bytes:
    """The catalog with a slip at the end of one in a hundred translations: a finding in each."""
    catalog = po.read(raw)
    size = len(catalog.entries)
    changed = range(1, size, 100) if where == "every hundredth" else range(1, 1 + size // 100)
    entries = [
        replace(e, msgstr=(f"{e.msgstr[0]}的的",)) if number in changed else e
        for number, e in enumerate(catalog.entries)
    ]
    return po.edit(catalog, entries)


def real(root: Path, size: int, shared: Path) -> Path:
    """A project with a catalog of the first `size` distinct sources of the real pairs."""
    pairs: dict[str, str] = {}
    with lzma.open(shared / "data/bench/pairs.tsv.xz", "rt", encoding="utf-8") as lines:
        for line in lines:
            english, chinese = line.rstrip("\n").split("\t")[:2]
            if english.strip() and chinese.strip():
                pairs.setdefault(english, chinese)
            if len(pairs) == size:
                break
    path = root / "locales/zh_CN/LC_MESSAGES/site.po"
    path.parent.mkdir(parents=True)
    new = po.new("zh-Hans-CN")
    entries = (Entry(english, (chinese,)) for english, chinese in pairs.items())
    path.write_bytes(po.edit(new, [*new.entries, *entries]))
    return path


READ = """
import sys, pathlib
from bilingo.formats import po
po.read(pathlib.Path(sys.argv[1]).read_bytes())
"""
COMPARED = """
import sys, pathlib
from bilingo import checks
from bilingo.formats import po
entries = po.read(pathlib.Path(sys.argv[1]).read_bytes()).entries
assert not checks.run(entries, sys.argv[2:])
"""
TRAPS = "1 |1,|12-|一|十萬|a-|one |12/|2861 |HK$|a |五六|上午|<a |{{|%(|`|中 |的的|「|a@b.|http://|[|（".split(
    "|"
)


def traps() -> Iterator[str]:
    """Hostile texts of 50,000 and 100,000 characters through every check, one after the other."""
    worst: list[tuple[float, float, str, str]] = []
    for trap in TRAPS:
        for code in CHECKS:
            times = []
            for length in (50_000, 100_000):
                text = "中" + (trap * length)[:length]
                start = time.process_time()
                checks.run([Entry("Open it. 2", (text,))], [code])
                times.append(time.process_time() - start)
            worst.append((times[1], times[1] / max(times[0], 0.01), code, trap))
    worst.sort(reverse=True)
    seconds, _, code, trap = worst[0]
    steep = max(growth for seconds, growth, _, _ in worst if seconds > 0.1)
    assert steep < 3.2, worst[:5]
    yield (
        f"{len(TRAPS)} hostile texts of 100,000 characters through every check: the slowest takes"
        f" {seconds:.2f} s ({code}, `{trap}` repeated), twice the length takes at most"
        f" {steep:.1f} × the time."
    )


def main() -> None:
    """Measure, print, and put the tables into CHECKS.md; what is told by hand there stays."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    shared = Path(sys.argv[1])
    program = sys.argv[2] if len(sys.argv) > 2 else shutil.which("pofilter")
    assert program, "pofilter is not on PATH"
    peer = Peer(Path(program))
    told = subprocess.run([peer.program, "--version"], capture_output=True, text=True, check=True)
    lines = [
        "## Measured",
        "",
        (
            f"`python benchmarks/checks.py ../shared`, seed {SEED},"
            f" Python {platform.python_version()}, {told.stdout.strip()}, {os.cpu_count()} cores."
        ),
    ]
    for part in (
        ["", "### Values", ""],
        values(shared, peer),
        ["", "### Script", ""],
        script(shared, peer),
        ["", "### Good catalogs", ""],
        good(shared, peer),
        ["", "### Time", ""],
        speed(shared, peer),
        [""],
        traps(),
    ):
        for line in part:
            print(line, flush=True)
            lines.append(line)
    old = RESULTS.read_text(encoding="utf-8") if RESULTS.exists() else "# Checks\n\n"
    kept = [part for part in re.split(r"(?m)^(?=## )", old) if not part.startswith("## Measured")]
    head, *rest = kept
    parts = [head.rstrip(), "\n".join(lines), *(part.rstrip() for part in rest)]
    RESULTS.write_text("\n\n".join(parts) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
