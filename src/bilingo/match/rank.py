"""Weigh candidates: similarity, what the context adds, what penalties take off, and the order.

Everything here is pure, so the same candidates give the same order on every machine. A score shows
its arithmetic: `84 = 94 similarity − 10 memory/penalty-10`.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator

from bilingo.frozen import dataclass, replace
from bilingo.match.assemble import retagged
from bilingo.match.scan import similarity
from bilingo.model import TUV, Candidate, Context, Locale, Match, MatchKind, Penalty, Status
from bilingo.text import fold, locales, scripts, tags
from bilingo.text.valueless import alike, valueless

# Points and reasons, all of them but the folder's own. One point keeps a match off 100, which is
# what the field does with a difference of form; no wording is trusted less than a text of another
# script, whose 30 are OmegaT's for a foreign language.
STATUS: dict[Status, Penalty] = {
    "aligned": Penalty(5, "aligned, not reviewed"),
    "machine": Penalty(15, "machine translation"),
    "superseded": Penalty(20, "superseded"),
}
CODES = Penalty(2, "different codes")
FORM = Penalty(1, "differs in case, width, spaces or quotes")
AMBIGUOUS = "another translation exists"
REFERENCE = 30
# A long sentence with another dose is 99 % similar, and a wrong dose hurts: at 89 it stands below
# what is only differently worded. Rewritten for the query it is like what was aligned: most likely
# right, not seen by anybody; at 94 still no near-exact match.
OTHER_VALUES = 10
CARRIED = 5
OTHERS_SHOWN = 3
VARIANT_STEP = 2  # for the nearest region; each further one of `locales.stand_ins` as much again
SOURCE_VARIANT = 1
FILLABLE: tuple[Status, ...] = ("approved", "published")

_WORDING = {
    "zh-Hant-HK": "Hong Kong wording",
    "zh-Hant-MO": "Macao wording",
    "zh-Hant-TW": "Taiwan wording",
    "zh-Hans-CN": "Mainland wording",
    "zh-Hans-SG": "Singapore wording",
}


def rank(
    query: str,
    context: Context,
    source: Locale,
    target: Locale,
    candidates: Iterable[Candidate],
    *,
    threshold: int,
    limit: int,
) -> tuple[Match, ...]:
    """The best `limit` matches for tagged text `query`, best first.

    `threshold` applies to the similarity; penalties come after it, so a score may be lower. Each
    candidate is taken in the region nearest to `target`; text in another script, or in an
    unspecified `zh`, is a reference (`insertable` False) and stands after everything insertable.
    Of matches with equal source and target texts the best is kept. Different translations that
    reach 100 and that no context tells apart are capped at 99, with the reason. The tags of a
    translation have the numbers that the same codes have in `query`; a fuzzy match whose values
    contradict the query's says so, and is `adapted` to them where that is certain.

    Order: insertable, score, similarity, newest, then texts and places, so no two are tied.
    """
    wanted = _Query(
        text=query,
        form=_form(query),
        codes=_codes(query)[0],
        prev=fold.fold(context.prev),
        next=fold.fold(context.next),
    )
    weighed = [
        match
        for candidate in candidates
        if similarity(candidate.distance, candidate.length) >= threshold
        for match in _matches(wanted, source, target, candidate)
    ]
    best: dict[tuple[str, str], Match] = {}
    for match in _ordered(weighed):
        best.setdefault((match.source.text, match.target.text), match)
    return tuple(_ordered(_capped(list(best.values()))))[: max(0, limit)]


def fill(matches: Iterable[Match]) -> Match | None:
    """The one of `rank`'s matches that may be written into a catalog without the fuzzy flag.

    It is exact or a context match, insertable, approved or published, and nothing was taken off
    it: same text, same codes, same region, no other translation. None when there is no such match.
    """
    return next((match for match in matches if _fillable(match)), None)


def _fillable(match: Match) -> bool:
    return (
        match.kind != "fuzzy"
        and match.insertable
        and not match.penalties
        and match.tu.status in FILLABLE
    )


@dataclass(frozen=True, slots=True)
class _Query:
    """What every candidate is compared with, worked out once."""

    text: str
    form: str
    codes: tuple[str, ...]
    prev: str
    next: str


def _form(text: str) -> str:
    return unicodedata.normalize("NFC", tags.plain(text)).strip()


def _matches(
    query: _Query, source: Locale, target: Locale, candidate: Candidate
) -> Iterator[Match]:
    source_kin = locales.kinship(source, candidate.source.locale)
    one_language = locales.language(source) == locales.language(target)
    if source_kin is None or one_language and source_kin == "reference":
        return
    bonus = _bonus(query, candidate)
    kind: MatchKind = "fuzzy" if candidate.distance else "context" if bonus else "exact"
    for variant in _nearest(target, candidate):
        match = Match(
            tu=candidate.tu,
            source=candidate.source,
            target=replace(variant, text=retagged(candidate.source.text, variant.text, query.text)),
            kind=kind,
            distance=candidate.distance,
            length=candidate.length,
            similarity=similarity(candidate.distance, candidate.length),
            bonus=bonus,
            penalties=tuple(_penalties(query, source, target, candidate, variant)),
            insertable=not _foreign(target, variant),
        )
        yield _valued(query.text, target, match) if candidate.distance else match


def _valued(query: str, target: Locale, match: Match) -> Match:
    """The match with its values compared with the query's, and carried over where it is certain."""
    mine, theirs = query, match.source.text
    if valueless(mine) or valueless(theirs) or alike(mine, theirs):
        return match
    from bilingo.match import adapt  # here, because most matches have no need of it

    others = adapt.contradictions(query, match.source.text)
    if not others:
        return match
    adapted = None
    if match.insertable:
        adapted = adapt.adapt(query, match.source.text, match.target.text, target)
    shown = ", ".join(f"{old} → {new}" for old, new in others[:OTHERS_SHOWN])
    more = ", …" if len(others) > OTHERS_SHOWN else ""
    points = CARRIED if adapted else OTHER_VALUES
    penalty = Penalty(points, f"other values: {shown}{more}")
    return replace(match, penalties=(*match.penalties, penalty), adapted=adapted)


def _nearest(target: Locale, candidate: Candidate) -> list[TUV]:
    """The candidate's translations for `target`: those of the nearest region, or the references."""
    kin = [
        (tuv, locales.kinship(target, tuv.locale))
        for tuv in candidate.tu.tuvs
        if tuv != candidate.source and tuv.text.strip()
    ]
    usable = [tuv for tuv, kinship in kin if kinship in ("same", "variant")]
    if not usable:
        return [tuv for tuv, kinship in kin if kinship == "reference"]
    nearest = min(_remoteness(target, tuv.locale) for tuv in usable)
    return [tuv for tuv in usable if _remoteness(target, tuv.locale) == nearest]


def _remoteness(wanted: Locale, offered: Locale) -> int:
    """0 for the same region, 1 for the nearest other, and so on."""
    known = locales.stand_ins(wanted)
    return known.index(offered) if offered in known else len(known)


def _bonus(query: _Query, candidate: Candidate) -> int:
    """1 for each neighbour that agrees with an exact match; no neighbour agrees with none."""
    if candidate.distance:
        return 0
    context = candidate.tu.context
    sides = ((query.prev, context.prev), (query.next, context.next))
    return sum(bool(mine) and mine == fold.fold(theirs) for mine, theirs in sides)


def _penalties(
    query: _Query, source: Locale, target: Locale, candidate: Candidate, variant: TUV
) -> Iterator[Penalty]:
    tu, origin = candidate.tu, candidate.source
    if tu.penalty:
        yield Penalty(tu.penalty, f"memory/penalty-{tu.penalty}")
    if tu.status in STATUS:
        yield STATUS[tu.status]
    if _foreign(target, variant):
        yield Penalty(REFERENCE, f"{_foreign(target, variant)}, for reference only")
    elif not _includes(target, variant.locale):
        points = VARIANT_STEP * _remoteness(target, variant.locale)
        yield Penalty(points, _WORDING.get(variant.locale, f"{variant.locale} wording"))
    if not (_includes(source, origin.locale) or _includes(origin.locale, source)):
        yield Penalty(SOURCE_VARIANT, f"source is {origin.locale}")
    codes, translated = _codes(origin.text, variant.text)
    if codes != query.codes or sorted(translated) != sorted(codes):
        yield CODES
    if candidate.distance == 0 and _form(origin.text) != query.form:
        yield FORM


def _codes(*texts: str) -> tuple[tuple[str, ...], ...]:
    """The tags of each text, whatever numbers they had in the unit the text is a part of."""
    return tuple(tags.skeleton(text) for text in tags.renumbered(*texts))


def _foreign(target: Locale, variant: TUV) -> str:
    """Why a text must not be inserted: its locale, or what it is written in whatever its label."""
    if locales.kinship(target, variant.locale) == "reference":
        return f"{variant.locale} text"
    script, text = locales.script(target), tags.plain(variant.text)
    if script == "Hant" and scripts.simplified_only(text):
        return "Simplified characters"
    if script == "Hans" and scripts.traditional_only(text):
        return "Traditional characters"
    return ""


def _includes(wanted: Locale, offered: Locale) -> bool:
    """Whoever asks for `en` is served by `en-US`; in Chinese the region is a choice of words."""
    return wanted == offered or (
        not locales.is_chinese(wanted) and offered.startswith(f"{wanted}-")
    )


def _capped(matches: list[Match]) -> list[Match]:
    """Matches, where different translations at 100 or above lose what puts them above 99.

    A translation that agrees with more of the context than every other one keeps its score.
    """
    full = [match for match in matches if match.score >= 100]  # no reference gets there
    if len({_form_of_target(match) for match in full}) < 2:
        return matches
    highest = max(match.bonus for match in full)
    chosen = {_form_of_target(match) for match in full if match.bonus == highest}
    kept = chosen if len(chosen) == 1 else set()
    return [
        replace(
            match,
            penalties=(*match.penalties, Penalty(match.score - 99, AMBIGUOUS)),
        )
        if match.score >= 100 and _form_of_target(match) not in kept
        else match
        for match in matches
    ]


def _form_of_target(match: Match) -> str:
    return unicodedata.normalize("NFC", match.target.text).strip()


def _ordered(matches: Iterable[Match]) -> list[Match]:
    by_place = sorted(
        matches,
        key=lambda m: (
            m.tu.tuid,
            m.source.text,
            m.target.text,
            m.source.locale,
            m.target.locale,
            m.tu.origin,
            m.tu.path,
            m.tu.line,
        ),
    )
    by_date = sorted(by_place, key=lambda m: m.tu.date, reverse=True)  # stable: ties keep order
    return sorted(by_date, key=lambda m: (not m.insertable, -m.score, m.distance / m.length))
