"""The project's glossary, `memory/glossary.csv`: terms of other tools in, and out as TBX."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from bilingo.errors import BilingoError
from bilingo.formats import glossary, tbx
from bilingo.frozen import replace
from bilingo.model import Locale, Term
from bilingo.pipelines.exchange import Imported
from bilingo.pipelines.phrases import glossary_terms
from bilingo.project import Project
from bilingo.stores import files
from bilingo.stores.files import Change
from bilingo.text import locales


def is_glossary(path: Path) -> bool:
    """Whether a file is imported as terms."""
    return path.suffix.lower() in (".tbx", ".csv")


def import_terms(
    project: Project, paths: Sequence[Path]
) -> tuple[tuple[Imported, ...], tuple[Change, ...]]:
    """The glossary with the terms of the files at `paths`; the caller writes the change.

    Its own rows stay as they are, and in their order. Terms in languages the project does not have
    are left out with a warning. Raises BilingoError for a file that cannot be read whole.
    """
    target = project.memory / "glossary.csv"
    raw = files.read_if_any(target)
    known = {pair for term in glossary_terms(project) for pair in _said(term)}
    fresh: list[Term] = []
    done = []
    for path in paths:
        found = _read(project, path)
        terms, warnings = _spoken(project, found, project.shown(path))
        new = [term for term in dict.fromkeys(terms) if not _said(term) <= known]
        known |= {pair for term in new for pair in _said(term)}
        fresh += new
        done.append(Imported(project.shown(path), len(terms), len(new), warnings))
    content = glossary.added(raw, fresh)
    return tuple(done), (Change(target, content, raw),) if fresh else ()


def export_terms(project: Project, only: Sequence[Locale] = ()) -> tuple[bytes, int]:
    """The glossary as TBX, and its number of terms; `only` keeps these locales."""
    kept = []
    for term in glossary_terms(project):
        texts = tuple(tuv for tuv in term.texts if not only or tuv.locale in only)
        if texts and (len(texts) > 1 or len(term.texts) == 1):
            kept.append(replace(term, texts=texts))
    return tbx.write(kept), len(kept)


def _read(project: Project, path: Path) -> tuple[Term, ...]:
    raw = files.read(path)
    try:
        if path.suffix.lower() == ".tbx":
            return tbx.read(raw, name=project.settings.source)
        return glossary.read(raw)
    except BilingoError as error:
        raise error.at(project.shown(path)) from None


def _spoken(
    project: Project, terms: Sequence[Term], shown: str
) -> tuple[list[Term], tuple[str, ...]]:
    """The terms, or what of them is, in the languages of the project; the rest is a warning."""
    ours = {locales.language(x) for x in (project.settings.source, *project.settings.targets)}
    left: Counter[str] = Counter()
    kept = []
    for term in terms:
        texts = tuple(tuv for tuv in term.texts if locales.language(tuv.locale) in ours)
        left.update(tuv.locale for tuv in term.texts if tuv not in texts)
        if texts and (len(texts) > 1 or len(term.texts) == 1):
            kept.append(replace(term, texts=texts))
    said = ", ".join(f"{count} in {locale}" for locale, count in sorted(left.items()))
    return kept, (f"{shown}: left out: terms {said}",) if said else ()


def _said(term: Term) -> set[tuple[object, ...]]:
    """What a row says, whatever its note, as pairs: a row of three texts is two of two."""
    name, *others = ((tuv.locale, tuv.text) for tuv in term.texts)
    return {(frozenset((name, other)), term.status) for other in others or (name,)}
