"""A paragraph of a Word document as a unit, and a translation as the content of a paragraph.

Code number 0 never stands in the text. It is what the paragraph has around all of it: marks and
white space at its edges, and the run that untagged text goes into. The other pairs are built alike:
`opening` ends with the start of the run their text goes into, `closing` starts with its end.
"""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from bilingo.errors import BilingoError
from bilingo.formats.docx_runs import Atom, Look, Source, atoms, content_start, is_tracked
from bilingo.formats.docx_xml import Node
from bilingo.formats.units import LINE_END, MAX_CODES, NO_WORDS, TOO_MANY_CODES, has_words, joint
from bilingo.model import Code, Inner, Unit
from bilingo.text import tags
from bilingo.text.tags import TAG, Mark

_TRACKED = "tracked changes: insertions are in this text, deletions are not"
# Properties a writer sets to make words stand out; the text of a paragraph is the rest.
_EMPHASIS = frozenset(
    "b caps color dstrike em highlight i outline rStyle shd smallCaps strike u vertAlign".split()
)
_ILLEGAL = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})


def unit(paragraph: Node, source: Source, kind: str, skip: str = "") -> Unit | None:
    """The unit of a paragraph; None where there is nothing to read, hidden or not.

    Text boxes inside it are inner units.
    """
    found = atoms(paragraph, source)
    start = content_start(paragraph)
    raw = source.cut(start, paragraph.inner_end)
    visible = [replace(a, form="mark") if a.hidden else a for a in found]
    made = _lifted(visible, source)
    inner = tuple(_inner_units(paragraph, made, source, start))
    if not has_words(made.text):
        hidden = "".join(a.text for a in found if a.form == "text")
        if has_words(hidden):
            text, codes = tags.lift([hidden.strip()])
            return Unit("", kind, text, raw, codes, skip="hidden text")
        if not inner:
            return None
        skip = NO_WORDS
    elif made.codes[-1].number > MAX_CODES:
        skip = TOO_MANY_CODES
    note = _TRACKED if is_tracked(paragraph) else ""
    return Unit("", kind, made.text, raw, made.codes, skip=skip, note=note, inner=inner)


@dataclass(frozen=True, slots=True)
class _Lifted:
    """Tagged text, codes, and for each text box the code it is in and where in its markup."""

    text: str
    codes: tuple[Code, ...]
    boxes: tuple[tuple[Node, int, int], ...]


def _lifted(found: Sequence[Atom], source: Source) -> _Lifted:
    front, middle, back = _without_edges(found, source)
    bases = _bases(middle)
    opening, closing = source.run(bases[-1][1])
    parts, owners = _parts(middle, bases, source)
    text, codes = tags.lift(parts)
    before, after = _markup(front), _markup(back)
    around = Code(0, before + opening, closing + after)
    boxes = _boxes(front, 0, 0) + _boxes(back, 0, len(before + opening + closing))
    for atom, number in zip(owners, _numbers(parts, text), strict=True):
        if atom and atom.inner:
            boxes += _boxes([atom], number, 0)
    return _Lifted(text, (around, *codes), tuple(boxes))


def _markup(found: Iterable[Atom]) -> str:
    return "".join(atom.markup for atom in found)


def _boxes(found: Iterable[Atom], number: int, offset: int) -> list[tuple[Node, int, int]]:
    out = []
    for atom in found:
        out += [(node, number, offset + start) for node, start in atom.inner]
        offset += len(atom.markup)
    return out


def _numbers(parts: Sequence[str | Mark], text: str) -> list[int]:
    """For each part its code number in the lifted `text`; 0 for a string."""
    found = TAG.finditer(text)
    numbers = []
    for part in parts:
        if isinstance(part, str):
            for _ in TAG.findall(part):
                next(found, None)
            numbers.append(0)
        else:
            tag = next(found, None)
            numbers.append(int(tag["number"]) if tag else 0)
    return numbers


def _without_edges(
    found: Iterable[Atom], source: Source
) -> tuple[list[Atom], list[Atom], list[Atom]]:
    """What stands before the sentence, the sentence without marks, what stands after it.

    A mark inside the sentence goes before it, an ending after it: what they mark only grows.
    """
    middle = deque(found)
    front: list[Atom] = []
    back: list[Atom] = []
    while middle and middle[0].form in ("mark", "ending", "space", "text"):
        atom = middle.popleft()
        text = atom.text.lstrip() if atom.form == "text" else ""
        if text:
            middle.appendleft(replace(atom, text=text))
            front += _white(atom, atom.text[: -len(text)], source)
            break
        front.append(atom)
    while middle and middle[-1].form in ("mark", "ending", "space", "text"):
        atom = middle.pop()
        text = atom.text.rstrip() if atom.form == "text" else ""
        if text:
            middle.append(replace(atom, text=text))
            back += _white(atom, atom.text[len(text) :], source)
            break
        back.append(atom)
    front += [atom for atom in middle if atom.form == "mark"]
    endings = [atom for atom in middle if atom.form == "ending"]
    return (
        front,
        [atom for atom in middle if atom.form not in ("mark", "ending")],
        endings + back[::-1],
    )


def _white(atom: Atom, text: str, source: Source) -> list[Atom]:
    opening, closing = source.run(atom.properties)
    return [replace(atom, text=text, markup=opening + text + closing)] if text else []


def _bases(middle: Sequence[Atom]) -> dict[int, tuple[Look, str]]:
    """For each pair (by the index of its `open`; -1 is the paragraph) how untagged text looks in
    it: as most of its text that does not stand out, and the run properties for that."""
    out: dict[int, tuple[Look, str]] = {}
    inside: list[tuple[int, list[Atom]]] = [(-1, [])]
    for index, atom in enumerate(middle):
        if atom.form == "open":
            inside.append((index, []))
        elif atom.form == "close":
            number, texts = inside.pop()
            out[number] = _base(texts)
        elif atom.form == "text":
            inside[-1][1].append(atom)
    out[-1] = _base(inside[0][1])
    return out


def _base(texts: Sequence[Atom]) -> tuple[Look, str]:
    lengths: Counter[Look] = Counter()
    properties: dict[Look, str] = {}
    for atom in texts:
        lengths[atom.look] += len(atom.text.strip())
        properties.setdefault(atom.look, atom.properties)
    if not lengths:
        return (), ""
    look = min(lengths, key=lambda look: (_stands_out(look), -lengths[look]))
    return look, properties[look]


def _stands_out(look: Look) -> int:
    return sum(name in _EMPHASIS for name, _ in look)


class _Parts:
    """The parts of a paragraph for `tags.lift`, and beside each the atom that stands alone."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.parts: list[str | Mark] = []
        self.owners: list[Atom | None] = []
        self.waiting: list[Atom] = []  # inside the group if its look goes on behind them
        self.group: Look | None = None  # text of a look that is not the base

    def add(self, part: str | Mark, owner: Atom | None = None) -> None:
        self.parts.append(part)
        self.owners.append(owner)

    def text(self, atom: Atom, base: Look) -> None:
        if atom.look != self.group:
            self.end_group()
        self.flush()
        if self.group is None and atom.look != base:
            self.add(Mark("open", self.source.run(atom.properties)[0], "run"))
            self.group = atom.look
        self.add(atom.text)

    def flush(self) -> None:
        for atom in self.waiting:
            self.add(Mark("alone", atom.markup), atom)
        self.waiting.clear()

    def end_group(self) -> None:
        if self.group is not None:
            self.add(Mark("close", self.source.run("")[1], "run"))
            self.group = None
        self.flush()


def _parts(
    middle: Sequence[Atom], bases: dict[int, tuple[Look, str]], source: Source
) -> tuple[list[str | Mark], list[Atom | None]]:
    """Texts of equal look in one; a pair around what looks unlike the text it stands in."""
    out = _Parts(source)
    inside = [bases[-1][0]]
    for index, atom in enumerate(middle):
        if atom.form == "text":
            out.text(atom, inside[-1])
        elif atom.form in ("open", "close"):
            out.end_group()
            if atom.form == "open":
                look, properties = bases[index]
                inside.append(look)
                out.add(Mark("open", atom.markup + source.run(properties)[0], "pair"))
            else:
                inside.pop()
                out.add(Mark("close", source.run("")[1] + atom.markup, "pair"))
        else:
            out.waiting.append(atom)
    out.end_group()
    return out.parts, out.owners


def _inner_units(paragraph: Node, made: _Lifted, source: Source, start: int) -> Iterator[Inner]:
    length, position = 0, start  # characters up to an offset into the UTF-8
    for node, code, at in sorted(made.boxes, key=lambda box: box[0].start):
        found = unit(node, source, "paragraph")
        content = content_start(node)
        length, position = length + len(source.cut(position, content)), content
        if found:
            # One level is all that Word allows (a text box holds no text box).
            yield Inner(replace(found, inner=()), code, at, length)


def render(of: Unit, text: str) -> str:
    """The content of a paragraph for tagged `text`; the unit's own text gives `unit.raw`.

    Line breaks in `text` count as soft ones. Raises BilingoError (`where` is `line:column`) for
    tags that cross or stay open, and for characters that XML 1.0 §2.2 does not allow.
    """
    if text == of.text:
        return of.raw
    where = f"{of.line}:{of.column}"
    illegal = _ILLEGAL.search(text)
    if illegal:
        raise BilingoError(f"U+{ord(illegal[0]):04X} cannot stand in a .docx file", where=where)
    known = {code.number: code for code in of.codes}
    inside = [_shell(known[0])]
    out = [inside[0].before]
    for token in _tokens(_flat(text), known):
        if isinstance(token, str):
            out += (inside[-1].run, token.translate(_ESCAPES), inside[-1].run_end)
            continue
        found, code = token
        shell = _shell(code)
        if code.closing is None:
            out.append("" if found["close"] else code.opening)
        elif found["alone"]:
            out += (shell.before, shell.after)
        elif not found["close"]:
            inside.append(shell)
            out.append(shell.before)
        elif inside.pop() == shell and inside:
            out.append(shell.after)
        else:
            raise BilingoError(f"{found[0]} does not close the last open tag", where=where)
    if len(inside) > 1:
        raise BilingoError("a tag is not closed", where=where)
    return "".join([*out, inside[0].after])


@dataclass(frozen=True, slots=True)
class _Shell:
    """A code's markup: `before` and `after` all of it, and the run its text goes into."""

    number: int
    before: str
    run: str = ""
    run_end: str = ""
    after: str = ""


def _shell(code: Code) -> _Shell:
    if code.closing is None:
        return _Shell(code.number, code.opening)
    w = code.closing[2:].partition("t>")[0]  # it starts with </w:t></w:r>
    end = f"</{w}t></{w}r>"
    start = code.opening.rindex(f"<{w}r>")
    return _Shell(
        code.number, code.opening[:start], code.opening[start:], end, code.closing[len(end) :]
    )


def _tokens(text: str, known: dict[int, Code]) -> Iterator[str | tuple[re.Match[str], Code]]:
    """Texts as long as they go, and the tags between them with their codes."""
    position, before = 0, ""
    for found in TAG.finditer(text):
        code = known.get(int(found["number"]))
        before += text[position : found.start()]
        position = found.end()
        if code is None or TAG.fullmatch(code.opening):
            before += code.opening if code else found[0]
            continue
        if before:
            yield before
        before = ""
        yield found, code
    if rest := before + text[position:]:
        yield rest


def _flat(text: str) -> str:
    """`text` on one line: line breaks are soft ones."""
    out: list[str] = []
    for line in filter(None, (line.strip(" \t") for line in LINE_END.split(text))):
        if out:
            out.append(joint(tags.plain(out[-1]), tags.plain(line)))
        out.append(line)
    return "".join(out)
