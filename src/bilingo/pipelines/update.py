"""The update of one catalog: what its entries become for the articles as they are now.

As msgmerge does it: exact by (msgctxt, msgid), obsolete entries included; a changed text keeps its
old translation as fuzzy with the previous msgid. Unlike msgmerge a guess is made on characters and
on the place in the article, never on bytes, and an exact text in the memory goes first.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from bilingo.errors import BilingoError
from bilingo.match.carry import carry
from bilingo.model import Article, Entry, Locale, Unit
from bilingo.text import breaks

MARKUP = 200  # characters of a code's markup that a comment shows
_LINE = re.compile(r":\d+$")
_CODE = re.compile(r"<([1-9][0-9]*)/?> (.*)")

Key = tuple[str | None, str]
Places = Sequence[tuple[Article, Unit]]
Fill = Callable[[Unit, Locale], tuple[str, str] | None]
Prefill = Callable[[Unit, Locale], tuple[str, str, str] | None]
Reaction = Callable[[Entry, Entry], str]


@dataclass(frozen=True, slots=True)
class Update:
    """The new entries (header first, obsolete last) and what happened to how many units."""

    entries: tuple[Entry, ...]
    counts: Mapping[str, int]

    def revises(self, old: Iterable[Entry]) -> bool:
        """Whether a translation differs, and not only a comment, a reference or what is open.

        Translators read PO-Revision-Date as the day of the last translation; msgmerge, and Poedit
        before it saves, leave it alone when new texts come in.
        """
        before = {id(entry): entry for entry in old}
        same = before.keys() & {id(entry) for entry in self.entries}
        new = (entry for entry in self.entries if id(entry) not in same)
        gone = (entry for number, entry in before.items() if number not in same)
        differ = _translations(new) ^ _translations(gone)
        keys = {key for key, *_ in differ}
        # a twin that is the same may say it still
        twins = (before[number] for number in same if before[number].key in keys)
        return bool(differ and differ - _translations(twins))


def _translations(entries: Iterable[Entry]) -> set[tuple[Key, tuple[str, ...], bool, bool]]:
    return {
        (e.key, e.msgstr, e.fuzzy, e.obsolete) for e in entries if not e.is_header and any(e.msgstr)
    }


def update(
    old: Sequence[Entry],
    articles: Sequence[Article],
    *,
    in_scope: Callable[[str], bool],
    is_article: Callable[[str], bool] = bool,
    fill: Fill,
    prefill: Prefill = lambda unit, locale: None,
    reaction: Reaction = lambda old, new: "keep" if old.msgid == new.msgid else "fuzzy",
    forms: int = 1,
) -> Update:
    """The entries for `articles`, from those of the catalog as it was.

    `in_scope` says of an article's path whether `articles` would hold it if it still existed, and
    `is_article` of a reference whether it is an article's at all.
    Entries that stand elsewhere too keep those references, and entries that only stand elsewhere
    stay as they are. `fill(unit, locale)` answers the one translation the memory is sure of and a
    comment that says where it comes from; `prefill` a draft, its comment, and the text it was made
    for. `reaction(old, new)` says what a changed text, or only its codes, does to a translation:
    `keep`, `note` or `fuzzy`. Of an entry with the same text it is asked when the codes differ.
    `forms` is how many plural forms the catalog has. Raises BilingoError for a text with two
    plurals.
    """
    live = {e.key: e for e in old if not e.obsolete and not e.is_header}
    buried = _one_of_each(e for e in old if e.obsolete)
    for key in [key for key, entry in live.items() if _is_open_twin(entry, buried.get(key))]:
        live[key] = _joined(live[key], buried.pop(key))
    wanted = _wanted(articles)
    elsewhere, vanished = _not_wanted(live, wanted, in_scope)
    counts = dict.fromkeys(("added", "kept", "filled", "fuzzied", "obsolete"), 0)

    entries: dict[Key, Entry] = {}
    unknown: list[Key] = []
    for key, places in wanted.items():
        known = live.get(key) or buried.pop(key, None)
        entry = _placed(known or Entry(key[1], msgctxt=key[0]), places, in_scope, forms)
        entries[key] = _filled(entry, places, fill)
        if entries[key] is not entry:
            counts["filled"] += 1
        elif known is None:
            unknown.append(key)
        elif any(entry.msgstr):
            entries[key] = _recoded(entry, known, reaction)
            counts["fuzzied" if entries[key].fuzzy and not known.fuzzy else "kept"] += 1
        else:
            entries[key] = _drafted(entry, places, prefill)
            counts["fuzzied" if entries[key].fuzzy else "kept"] += 1

    units = [unit for article in articles for unit in article.units]
    carried = dict(carry(units, [entry for entry in old if entry.key not in elsewhere]))
    if alone := [key for key in unknown if key not in carried]:
        left = _left_a_place(live, entries, elsewhere)
        carried |= carry([wanted[key][0][1] for key in alone], left)
    for key in unknown:
        if entries[key].msgid_plural is not None:
            carried.pop(key, None)  # what was said of one text says nothing of its plural
        source = carried.get(key)
        if source:
            entries[key] = _changed(entries[key], source, reaction(source, entries[key]))
        else:
            entries[key] = _drafted(entries[key], wanted[key], prefill)
        counts[_count(entries[key], source)] += 1
    used = {source.key for source in carried.values()}
    counts["obsolete"] = sum(key not in used for key in vanished)

    header = [e for e in old if e.is_header]
    body = _in_article_order({**elsewhere, **entries}, wanted, live, in_scope, is_article)
    for key, entry in vanished.items():
        dead = replace(entry, obsolete=True, references=(), extracted=())
        buried[key] = _joined(dead, buried[key]) if key in buried else dead
    return Update((*header, *body, *_graves([*buried.values()], body, used)), counts)


def _one_of_each(entries: Iterable[Entry]) -> dict[Key, Entry]:
    """One entry for each text; a program may have left several obsolete ones."""
    kept: dict[Key, Entry] = {}
    for entry in entries:
        first = kept.get(entry.key)
        kept[entry.key] = entry if first is None else _joined(first, entry)
    return kept


def _is_open_twin(entry: Entry, buried: Entry | None) -> bool:
    """Whether the translation of an open entry lies in an obsolete one of the same text."""
    return (
        buried is not None
        and any(buried.msgstr)
        and not any(entry.msgstr)
        and buried.msgid_plural == entry.msgid_plural
    )


def _joined(entry: Entry, twin: Entry) -> Entry:
    """An entry and another of the same text as one; no translation of either is lost.

    The reviewed translation counts, then the one there is, then that of `entry`; another one stays
    in a comment.
    """
    chosen, other = entry, twin
    if (twin.translated, any(twin.msgstr)) > (entry.translated, any(entry.msgstr)):
        chosen, other = twin, entry
    comments = tuple(dict.fromkeys((*entry.comments, *twin.comments)))
    if any(other.msgstr) and other.msgstr != chosen.msgstr:
        said = " | ".join(other.msgstr).replace("\n", " ")
        comments = tuple(dict.fromkeys((*comments, f"bilingo: was also translated “{said}”")))
    return replace(
        chosen,
        comments=comments,
        obsolete=entry.obsolete,
        references=entry.references,
        extracted=entry.extracted,
    )


def _wanted(articles: Sequence[Article]) -> dict[Key, Places]:
    """Every place of every text, in the order of the articles."""
    wanted: dict[Key, list[tuple[Article, Unit]]] = {}
    for article in articles:
        for unit in article.units:
            wanted.setdefault((unit.msgctxt, unit.text), []).append((article, unit))
    return {key: tuple(places) for key, places in wanted.items()}


def _not_wanted(
    live: Mapping[Key, Entry], wanted: Mapping[Key, Places], in_scope: Callable[[str], bool]
) -> tuple[dict[Key, Entry], dict[Key, Entry]]:
    """The entries that stand elsewhere, and those that stood in these articles only."""
    elsewhere: dict[Key, Entry] = {}
    vanished: dict[Key, Entry] = {}
    for key, entry in live.items():
        if key in wanted:
            continue
        others = _others(entry, in_scope)
        if others or not entry.references:
            elsewhere[key] = replace(entry, references=others)
        else:
            vanished[key] = entry
    return elsewhere, vanished


def _graves(dead: Sequence[Entry], body: Sequence[Entry], used: set[Key]) -> Iterator[Entry]:
    """The obsolete entries that are kept.

    What was approved stays, even where a changed text took it over: the text may come back. A draft
    goes when another entry took it over, or when it is still what was approved for its previous.
    """
    approved: set[tuple[Key, tuple[str, ...]]] = set()
    if any(entry.fuzzy for entry in dead):
        approved = {(e.key, e.msgstr) for e in (*dead, *body) if e.translated}
    for entry in dead:
        origin = (entry.previous_ctxt, entry.previous or "")
        redundant = entry.key in used or (origin, entry.msgstr) in approved
        if any(entry.msgstr) and not (entry.fuzzy and redundant):
            yield entry


def _left_a_place(
    live: Mapping[Key, Entry], entries: Mapping[Key, Entry], elsewhere: Mapping[Key, Entry]
) -> list[Entry]:
    """The entries that still stand somewhere, but no longer in every article they stood in."""
    now = {**elsewhere, **entries}
    return [e for k, e in live.items() if k in now and set(e.references) - set(now[k].references)]


def _others(entry: Entry, in_scope: Callable[[str], bool]) -> tuple[str, ...]:
    return tuple(r for r in entry.references if not in_scope(_LINE.sub("", r)))


def _placed(entry: Entry, places: Places, in_scope: Callable[[str], bool], forms: int) -> Entry:
    """The entry alive, with the comments, references, flags and plural of where it now stands."""
    comments = dict.fromkeys(line for _, unit in places for line in _described(unit))
    others = _others(entry, in_scope)
    files = {article.path for article, _ in places} | set(others)
    flags = dict.fromkeys((*entry.flags, *(flag for _, unit in places for flag in unit.flags)))
    plural = _plural(places) or (entry.msgid_plural if others or not entry.references else None)
    if plural != entry.msgid_plural:
        entry = _with_plural(entry, plural, forms)
        flags |= dict.fromkeys(entry.flags)
    now = tuple(comments), tuple(sorted(files)), tuple(flags)
    if not entry.obsolete and (entry.extracted, entry.references, entry.flags) == now:
        return entry  # as most are, and what is the same object need not be compared
    extracted, references, kept = now
    return replace(entry, obsolete=False, extracted=extracted, references=references, flags=kept)


def _plural(places: Places) -> str | None:
    """The plural of a text, where a place says one. Raises BilingoError for a second one."""
    said = {unit.plural: (article, unit) for article, unit in places if unit.plural is not None}
    if len(said) > 1:
        (article, unit), (other, another), *_ = said.values()
        raise BilingoError(
            f"“{unit.text}” has two plurals, “{unit.plural}” and “{another.plural}”",
            where=f"{article.path}:{unit.line}",
            hint=f"the other is in {other.path}:{another.line}",
        )
    return next(iter(said), None)


def _with_plural(entry: Entry, plural: str | None, forms: int) -> Entry:
    """The entry as one with another plural: what it said waits for review."""
    count = forms if plural is not None else 1
    said = (*entry.msgstr, *("",) * count)[:count]
    if not any(said) or entry.fuzzy:
        return replace(entry, msgid_plural=plural, msgstr=said)
    return replace(
        entry,
        msgid_plural=plural,
        msgstr=said,
        flags=(*entry.flags, "fuzzy"),
        previous=entry.msgid,
        previous_ctxt=entry.msgctxt,
        previous_plural=entry.msgid_plural,
    )


def _described(unit: Unit) -> Iterator[str]:
    """What a translator has to know beside the text: its kind, what its tags stand for, notes."""
    yield unit.kind
    for code in unit.codes:
        if not code.number:
            continue  # around all of the text, where no tag stands
        markup = _short(code.opening)
        tag = f"<{code.number}/>"
        if code.closing is not None:
            markup, tag = f"{markup} … {_short(code.closing)}", f"<{code.number}>"
        yield f"{tag} {markup}".rstrip()
    if unit.note:
        yield unit.note


def codes_of(entry: Entry) -> dict[int, set[str]]:
    """What the tags of an entry stand for, by number, as `sync` described them in its comments."""
    codes: dict[int, set[str]] = {}
    for line in entry.extracted:
        if found := _CODE.fullmatch(line):
            codes.setdefault(int(found[1]), set()).add(found[2])
    return codes


def _short(markup: str) -> str:
    """Markup on one line; what Word puts around an image is kilobytes, and nobody reads it."""
    line = markup.replace("\n", "\\n")
    return line if len(line) <= MARKUP else f"{line[: MARKUP - 1]}…"


def _filled(entry: Entry, places: Places, fill: Fill) -> Entry:
    """The entry with the memory's translation if it is open and the memory is sure, else itself."""
    if any(entry.msgstr) or entry.fuzzy or entry.msgid_plural is not None:
        return entry
    article, unit = places[0]
    found = fill(unit, article.locale)
    if found is None:
        return entry
    text, origin = found
    text = breaks.as_in(entry.msgid, text)
    return replace(entry, msgstr=(text,), comments=(*entry.comments, origin))


def _count(entry: Entry, source: Entry | None) -> str:
    if entry.fuzzy:
        return "fuzzied"
    return "kept" if source else "added"


def _drafted(entry: Entry, places: Places, prefill: Prefill) -> Entry:
    """The open entry with a draft that waits for review, when there is one."""
    if entry.msgid_plural is not None:
        return entry
    article, unit = places[0]
    found = prefill(unit, article.locale)
    if found is None:
        return entry
    text, origin, made_for = found
    text = breaks.as_in(entry.msgid, text)
    comments = (*entry.comments, origin)
    return replace(entry, msgstr=(text,), comments=comments, flags=("fuzzy",), previous=made_for)


def _recoded(entry: Entry, known: Entry, reaction: Reaction) -> Entry:
    """The entry when its text is as it was in `known`, and perhaps its codes are not."""
    if entry.extracted == known.extracted or entry.fuzzy:
        return entry
    said = reaction(known, entry)
    if said == "fuzzy":
        return replace(
            entry,
            flags=("fuzzy", *entry.flags),
            previous=known.msgid,
            previous_ctxt=known.msgctxt,
            previous_plural=known.msgid_plural,
        )
    if said == "note":
        gone = [line for line in known.extracted if line not in entry.extracted]
        return replace(entry, comments=(*entry.comments, f"bilingo: there was {', '.join(gone)}"))
    return entry


def _changed(entry: Entry, source: Entry, reaction: str) -> Entry:
    """The entry with the translation of the text it was changed from, waiting for review.

    The chain stays anchored at the last reviewed source: a fuzzy entry's own previous is kept. A
    cosmetic change, says `reaction`, leaves a reviewed translation reviewed.
    """
    said = tuple(breaks.as_in(entry.msgid, form) for form in source.msgstr)
    if reaction != "fuzzy" and not source.fuzzy:
        note = (f"bilingo: the source was “{source.msgid}”".replace("\n", " "),)
        comments = source.comments + (note if reaction == "note" else ())
        flags = tuple(dict.fromkeys((*source.flags, *entry.flags)))
        return replace(entry, msgstr=said, comments=comments, flags=flags, apart=source.apart)
    anchored = source.fuzzy and source.previous is not None
    return replace(
        entry,
        msgstr=said,
        comments=source.comments,
        flags=tuple(dict.fromkeys(("fuzzy", *source.flags, *entry.flags))),
        apart=source.apart,
        previous=source.previous if anchored else source.msgid,
        previous_ctxt=source.previous_ctxt if anchored else source.msgctxt,
        previous_plural=source.previous_plural if anchored else source.msgid_plural,
    )


def _in_article_order(
    entries: Mapping[Key, Entry],
    wanted: Mapping[Key, Places],
    live: Mapping[Key, Entry],
    in_scope: Callable[[str], bool],
    is_article: Callable[[str], bool],
) -> list[Entry]:
    """Entries by the first article they stand in, then by their place in it.

    Entries of articles that were not read keep the order they had. Those of no article come last,
    in the order they had, so a catalog that others filled too is not sorted anew.
    """
    place_in_articles = {key: number for number, key in enumerate(wanted)}
    place_before = {key: number for number, key in enumerate(live)}

    def place(key: Key) -> tuple[bool, str, int]:
        first = "".join(entries[key].references[:1])
        if not is_article(first):
            return True, "", place_before.get(key, 0)
        known = place_in_articles if in_scope(first) else place_before
        return False, first, known.get(key, place_before.get(key, 0))

    return [entries[key] for key in sorted(entries, key=place)]
