"""`memory tidy`: what in the memory contradicts itself or is in the way, and the mends of it.

Everything is shown; mended is only what is certain, in files that bilingo wrote: a unit that is
there twice is kept once, and a translation that was replaced in the same article is superseded, as
`memory harvest` has it. What a text should say is for people to decide.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Literal, NamedTuple

from bilingo.errors import BilingoError
from bilingo.formats import tmx
from bilingo.frozen import replace
from bilingo.model import TU, TUV, Locale
from bilingo.pipelines.memory import read_file
from bilingo.project import Project
from bilingo.stores.files import Change
from bilingo.text import locales, scripts, tags
from bilingo.text.fold import fold
from bilingo.text.values import compare

Kind = Literal["duplicate", "superseded", "targets", "script", "values", "stale"]
KINDS: tuple[Kind, ...] = ("duplicate", "superseded", "targets", "script", "values", "stale")
_SHOWN = 3  # translations of one source


class Remark(NamedTuple):
    """What is wrong with the unit at `path:line`; `mend` says what will be done, "" for nothing."""

    kind: Kind
    path: str
    line: int
    text: str
    what: str
    mend: str = ""


class Tidied(NamedTuple):
    """What was found in which order, the changes that mend the certain part, unreadable files."""

    remarks: tuple[Remark, ...]
    changes: tuple[Change, ...]
    warnings: tuple[str, ...]


def tidy(project: Project, *, strict: bool = False) -> Tidied:
    """The remarks on every unit of the memory; the caller writes the changes, or not.

    A file that cannot be read is left out with a warning; with `strict`, for who writes, it raises
    BilingoError.
    """
    files: dict[Path, tuple[bytes, tuple[TU, ...]]] = {}
    warnings = []
    for path in project.memory_paths():
        try:
            found = read_file(project, path)
        except BilingoError as error:
            if strict:
                raise
            warnings.append(f"{error}; this memory file is left out")
            continue
        files[path] = found.raw, found.units
        warnings += found.warnings
    remarks: list[Remark] = []
    changes: list[Change] = []
    kept: list[TU] = []
    for path, (raw, units) in files.items():
        ours = tmx.is_ours(raw)
        left, found_here = _mended(units, mends=ours)
        remarks += found_here
        kept += left
        if ours and found_here:
            changes.append(Change(path, tmx.write(left), raw))
    remarks += _ambiguous(kept)
    for unit in kept:
        remarks += _contradicted(unit)
    remarks += _stale(project, kept)
    remarks.sort(key=lambda r: (KINDS.index(r.kind), r.path, r.line))
    return Tidied(tuple(remarks), tuple(changes), tuple(warnings))


def _mended(units: Iterable[TU], *, mends: bool) -> tuple[list[TU], list[Remark]]:
    """A file's units with each once, and what was replaced superseded."""
    remarks: list[Remark] = []
    once: dict[tuple[object, ...], TU] = {}
    for unit in units:
        before = once.get(_said(unit))
        if before is None:
            once[_said(unit)] = unit
            continue
        better, other = sorted((before, unit), key=_rank, reverse=True)
        once[_said(unit)] = better
        what = f"the same as line {better.line}"
        remarks.append(_remark("duplicate", other, what, "left out" if mends else ""))
    newest: dict[tuple[object, ...], TU] = {}
    for unit in once.values():
        for place in _places(unit):
            held = newest.get(place)
            if held is None or unit.date > held.date:
                newest[place] = unit
    left = []
    for unit in once.values():
        by = next((newest[p] for p in _places(unit) if newest[p].date > unit.date), None)
        if by:
            what = f"replaced in {unit.origin} on {by.date[:8]} (line {by.line})"
            remarks.append(_remark("superseded", unit, what, "superseded" if mends else ""))
            unit = replace(unit, status="superseded") if mends else unit
        left.append(unit)
    return left, remarks


def _said(unit: TU) -> tuple[object, ...]:
    """What a unit says, where: who said it, and when, is no difference."""
    sides = tuple(sorted((tuv.locale, tuv.text) for tuv in unit.tuvs))
    return sides, unit.segtype, unit.context


def _rank(unit: TU) -> tuple[object, ...]:
    """Of two that say the same the reviewed one is kept, then the newer one."""
    return unit.status in ("approved", "published"), unit.date, -unit.line


def _places(unit: TU) -> Iterator[tuple[object, ...]]:
    """What was translated, where, into what, as `harvest` has it; only of what is in use."""
    if unit.status in ("approved", "published") and unit.origin and unit.date and unit.context.path:
        source, target = unit.tuvs[0], unit.tuvs[-1]
        if len(unit.tuvs) == 2:
            yield source.locale, source.text, target.locale, unit.segtype, unit.origin, unit.context


def _ambiguous(units: Sequence[TU]) -> Iterator[Remark]:
    """One source with several translations that are in use, in either direction of a pair."""
    said: dict[tuple[Locale, str, Locale], dict[str, TU]] = {}
    for unit in units:
        if unit.status in ("superseded", "machine"):
            continue
        for one in unit.tuvs:
            for other in unit.tuvs:
                if locales.language(one.locale) != locales.language(other.locale):
                    key = (one.locale, fold(one.text), other.locale)
                    said.setdefault(key, {}).setdefault(fold(other.text), unit)
    for (locale, _, target), found in sorted(said.items()):
        if len(found) > 1:
            unit = min(found.values(), key=lambda u: (u.path, u.line))
            texts = [_text(one, target) for one in found.values()]
            more = ", …" if len(texts) > _SHOWN else ""
            shown = " | ".join(_short(text, 40) for text in texts[:_SHOWN])
            what = f"{len(texts)} translations into {target}: {shown}{more}"
            yield _remark("targets", unit, what, text=_text(unit, locale))


def _contradicted(unit: TU) -> Iterator[Remark]:
    """A text in another script than its label says, and values that only one side has."""
    if unit.status == "superseded":
        return
    for tuv in unit.tuvs:
        slips = _slips(tuv)
        if slips:
            what = f"{slips} in a text of {tuv.locale}"
            yield _remark("script", unit, what, text=tuv.text)
    source = unit.tuvs[0]
    for other in unit.tuvs[1:]:
        if locales.language(other.locale) == locales.language(source.locale):
            continue
        mine, yours = tags.plain(source.text), tags.plain(other.text)
        found = compare(mine, yours)
        if found:
            pairs = (
                " / ".join(
                    text[value.start : value.end] if value else "—"
                    for text, value in ((mine, one.source), (yours, one.target))
                )
                for one in found[:_SHOWN]
            )
            yield _remark("values", unit, f"values differ: {', '.join(pairs)}", text=source.text)


def _slips(tuv: TUV) -> str:
    """The characters of the other script, for a Chinese text whose script is named."""
    script, text = locales.script(tuv.locale), tags.plain(tuv.text)
    checked: dict[str, Callable[[str], list[tuple[int, str]]]] = {
        "Hant": scripts.simplified_only,
        "Hans": scripts.traditional_only,
    }
    if script not in checked:
        return ""
    return "".join(dict.fromkeys(character for _, character in checked[script](text)))


def _stale(project: Project, units: Sequence[TU]) -> Iterator[Remark]:
    """Approved units of an article that is still there and has the text no more."""
    from bilingo.pipelines.extract import extract  # here: it reads articles

    known: dict[str, set[str]] = {}
    for unit in units:
        path = project.root / unit.origin
        if unit.status != "approved" or not unit.origin.startswith(project.settings.articles):
            continue
        if unit.origin not in known:
            known[unit.origin] = set()
            if path.is_file():
                try:
                    found = extract(project, path)
                except BilingoError:
                    continue  # `sync` says what is wrong with it
                for text in found.article.units:
                    parts = [text.text, *(segment.text for segment in found.segments(text))]
                    known[unit.origin].update(map(fold, parts))
        here = known[unit.origin]
        if here and not any(_stands(fold(tuv.text), here) for tuv in unit.tuvs):
            yield _remark("stale", unit, f"{unit.origin} has this text no more")


def _stands(text: str, texts: set[str]) -> bool:
    return text in texts or any(text in one for one in texts)


def _remark(kind: Kind, unit: TU, what: str, mend: str = "", *, text: str = "") -> Remark:
    return Remark(kind, unit.path, unit.line, text or unit.tuvs[0].text, what, mend)


def _text(unit: TU, locale: Locale) -> str:
    return next((tuv.text for tuv in unit.tuvs if tuv.locale == locale), "")


def _short(text: str, most: int) -> str:
    text = " ".join(text.split())
    return text if len(text) <= most else f"{text[: most - 1]}…"
