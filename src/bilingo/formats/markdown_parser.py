"""The Markdown parser: markdown-it-py, with rules that note where they began and ended.

What the generator of a site reads (shortcodes, directives, MDX comments and imports) is opaque.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import (
    StateInline,
    autolink,
    backtick,
    escape,
    html_inline,
    image,
    link,
    newline,
    text,
)
from markdown_it.token import Token
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.footnote.index import footnote_ref

from bilingo.formats.markdown_marks import OPAQUE

_LAST_BRACKET = -1  # the parser's cache is by offset, so this key is free

InlineRule = Callable[[StateInline, bool], bool]

COMMENT = "mdx_comment"  # the token of one that is a block
_NO_COMMENT_END = "lines without the end of a comment"
_COMMENT_END = re.compile(r"\*/\}[ \t]*$")
# Lines that are code for the site's generator: directives, shortcodes, MDX imports.
_OPAQUE_LINE = re.compile(
    r"(?::{3,}.*|\{\{[<%].*[%>]\}\}|\{%.*%\}|\{:[^{}]*\}|import\s(?:.+\sfrom\s+)?['\"][^'\"]+['\"];?)"
    r"\s*$"
)
# MDX: what begins a block of imports and exports, and a component of a component. A word of prose
# is not followed so.
_MODULE = re.compile(
    r"(?:export\s+(?:(?:const|let|var|default|function|class|async)\b|[{*])|import\s+(?:\w+\s*,\s*)?\{)"
)
_MODULE_LINES = 500
_COMPONENT = re.compile(r"</?[A-Z]\w*(?:\.[A-Za-z]\w*)+(?:\s[^<>\n]{0,400})?/?>")
_EXPRESSION = re.compile(r"\{(?![{%#.:/]).*\}\s*$")
_BRACKETS = {"{": 1, "(": 1, "[": 1, "}": -1, ")": -1, "]": -1}
_FOOTNOTE = re.compile(r"\[\^[^\]\s]{1,200}\]")
_LAZY_DEFINITION = re.compile(r"\[[^\[\]^][^\[\]]*\]:[ \t]+\S")

# What each inline rule begins with; the rest is text.
_BEGINNINGS = {
    "newline": "\n",
    "escape": "\\",
    "backticks": "`",
    "strikethrough": "~",
    "emphasis": "*_",
    "link": "[",
    "image": "!",
    "footnote_ref": "[",
    "opaque": "{",
    "component": "<",
    "autolink": "<",
    "html_inline": "<",
    "entity": "&",
}
_BEGINNING = re.compile(r"[\n\\`~*_\[{<&\]]|!(?=\[)")  # and where the text of a link ends


class _Inline(ParserInline):
    """markdown-it's, which at a character tries only the rules that begin with it.

    Its own tries all fourteen everywhere, and most of the time of reading went there.
    """

    def __init__(self) -> None:
        super().__init__()
        self.terminator_re = _BEGINNING
        self._beginning: dict[str, list[InlineRule]] = {}

    def settle(self) -> None:
        """Take the rules as they are now."""
        for name, rule in zip(self.ruler.get_active_rules(), self.ruler.getRules(""), strict=True):
            for character in _BEGINNINGS.get(name, ""):
                self._beginning.setdefault(character, []).append(rule)

    def _at(self, state: StateInline, silent: bool) -> bool:
        """Whether a rule took what is at the state's place."""
        rules = self._beginning.get(state.src[state.pos])
        if rules is None:
            return text(state, silent)
        for rule in rules:  # noqa: SIM110 - any() would make a generator at every character
            if rule(state, silent):
                return True
        return False

    def skipToken(self, state: StateInline) -> None:  # noqa: N802 - the parser's name
        """Move on to the end of one token."""
        position = state.pos
        end = state.cache.get(position)
        if end is None:
            if state.level < state.md.options["maxNesting"]:
                state.level += 1
                found = self._at(state, True)
                state.level -= 1
            else:
                found, state.pos = False, state.posMax
            end = state.cache[position] = state.pos if found else state.pos + 1
        state.pos = end

    def tokenize(self, state: StateInline) -> None:
        """The tokens between the state's place and its end."""
        deep = state.level >= state.md.options["maxNesting"]
        while state.pos < state.posMax:
            if deep or not self._at(state, False):
                state.append_pending(state.src[state.pos])
                state.pos += 1
        if state.pending:
            state.pushPending()


class _Parser(MarkdownIt):
    """Addresses are not rendered, so they need not be made safe for it: that takes time."""

    def normalizeLink(self, url: str) -> str:  # noqa: N802 - the parser's name
        return url


class Blocks:
    """The tokens of the blocks of a text, read one by one.

    Line ends of `text` are line feeds; `env` gets its link definitions.
    """

    def __init__(self, text: str, env: dict[str, object]) -> None:
        self.tokens: list[Token] = []
        md = parser()
        self._rules = md.block.ruler.getRules("")
        self._state = StateBlock(text, md, env, self.tokens)

    @property
    def lines(self) -> list[tuple[int, int]]:
        """Start and end of every line of the text, without its line feed."""
        return [*zip(self._state.bMarks, self._state.eMarks, strict=True)]

    def read(self, at: int) -> int:
        """Read the block that starts with the line at `at`, at the top level; where it ends.

        This is the loop of markdown-it's `ParserBlock.tokenize` for one block.
        """
        state = self._state
        state.line = line = bisect_left(state.bMarks, at)
        for rule in self._rules:
            if rule(state, line, state.lineMax, False):
                return state.bMarks[state.line]
        raise AssertionError("the rule for paragraphs takes any line")


@cache
def parser(nesting: int = 100) -> MarkdownIt:
    """CommonMark with GFM tables and strikethrough, footnotes, definition lists; blocks only.

    Inline content is parsed by `markdown_inline.parse`, with the trimmings of the block already
    off. Deeper blocks than `nesting` stay as they are, as unread source.
    """
    md = _Parser("commonmark", {"maxNesting": nesting})
    md.inline = inline = _Inline()
    md.configure("commonmark", {"maxNesting": nesting}).enable(["table", "strikethrough"])
    md.use(deflist_plugin).use(footnote_plugin, inline=False, always_match_refs=True)
    rules: dict[str, InlineRule] = {
        "link": _unless_open(link),
        "image": _unless_open(image),
        "autolink": autolink,
        "html_inline": html_inline,
        "backticks": backtick,
        "escape": escape,
        "newline": newline,
        "footnote_ref": _footnote_ref,
    }
    for name, rule in rules.items():
        md.inline.ruler.at(name, _noting(rule))
    md.inline.ruler.before("text", "opaque", _noting(_opaque))
    md.inline.ruler.before("autolink", "component", _noting(_component))
    around = ["paragraph", "reference", "blockquote", "list", "footnote_def"]
    md.block.ruler.before("table", "opaque_line", _opaque_line, {"alt": around})
    md.block.ruler.before("opaque_line", COMMENT, _comment, {"alt": around})
    md.block.ruler.before("opaque_line", "module", _module)
    md.block.ruler.before(
        "opaque_line", "lazy_definition", _lazy_definition, {"alt": ["paragraph"]}
    )
    md.core.ruler.enableOnly(["normalize", "block"])
    inline.settle()
    return md


def _footnote_ref(state: StateInline, silent: bool) -> bool:
    # The plugin looks for the bracket to the end of the text, again and again on `[^[^[^`.
    if not _FOOTNOTE.match(state.src, state.pos, state.posMax):
        return False
    return footnote_ref(state, silent, always_match=True)


def _unless_open(rule: InlineRule) -> InlineRule:
    """The rule, but not tried where no bracket closes any more: `[[[[…` is read again and again."""

    def tried(state: StateInline, silent: bool) -> bool:
        last = state.cache.get(_LAST_BRACKET)
        if last is None:
            last = state.cache[_LAST_BRACKET] = state.src.rfind("]")
        return state.pos < last and rule(state, silent)

    return tried


def _noting(rule: InlineRule) -> InlineRule:
    def noted(state: StateInline, silent: bool) -> bool:
        start, known = state.pos, len(state.tokens)
        if not rule(state, silent):
            return False
        if not silent and len(state.tokens) > known:
            _note(state, start, known)
        return True

    return noted


def _note(state: StateInline, start: int, known: int) -> None:
    """Write into the tokens of one rule which part of the content they came from."""
    last = state.tokens[-1]
    if last.type == "hardbreak":
        while start and state.src[start - 1] == " ":
            start -= 1
    elif last.type == "link_close":
        opening = next(t for t in state.tokens[known:] if t.type == "link_open")
        opening.meta["span"] = start, start + 1
        label_end = state.pos - 1
        if last.markup != "autolink":
            label_end = state.md.helpers.parseLinkLabel(state, start, True)
        opening.meta["label"] = start + 1, label_end
        start = label_end
    last.meta["span"] = start, state.pos


def _opaque(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != "{":
        return False
    found = OPAQUE.match(state.src, state.pos, state.posMax)
    if not found:
        return False
    if not silent:
        state.push("opaque", "", 0)
    state.pos = found.end()
    return True


def _component(state: StateInline, silent: bool) -> bool:
    """`<Tabs.Item>`: a tag in MDX, not in CommonMark, whose names have no dots."""
    if state.src[state.pos] != "<":
        return False
    found = _COMPONENT.match(state.src, state.pos, state.posMax)
    if not found:
        return False
    if not silent:
        state.push("html_inline", "", 0)
    state.pos = found.end()
    return True


def _module(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """MDX imports and exports, down to the empty line below the last open bracket."""
    line = state.src[state.bMarks[start] : state.eMarks[start]]
    if silent or not _MODULE.match(line):
        return False
    depth = 0
    for number in range(start, min(end, start + _MODULE_LINES)):
        line = state.src[state.bMarks[number] : state.eMarks[number]]
        if not line.strip() and depth <= 0:
            state.line = number
            return True
        depth += sum(_BRACKETS.get(character, 0) for character in line)
    if depth > 0 or start + _MODULE_LINES < end:
        return False  # a bracket that never closes must not take the rest of the article
    state.line = end
    return True


def _is_expression(line: str) -> bool:
    """Whether all of a line is one `{…}`."""
    if not _EXPRESSION.match(line):
        return False
    depth = 0
    for place, character in enumerate(line.rstrip()):
        depth += {"{": 1, "}": -1}.get(character, 0)
        if not depth:
            return place == len(line.rstrip()) - 1
    return False


def _opaque_line(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    line = state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]]
    if state.is_code_block(start) or not (_OPAQUE_LINE.match(line) or _is_expression(line)):
        return False
    if not silent:
        state.line = start + 1
    return True


def _comment(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """An MDX comment that begins a line and ends one."""
    if not state.src.startswith("{/*", state.bMarks[start] + state.tShift[start]):
        return False
    first, last = state.env.get(_NO_COMMENT_END, (0, 0))
    if state.is_code_block(start) or first <= start and end <= last:
        return False
    for number in range(start, end):
        if _COMMENT_END.search(state.src[state.bMarks[number] : state.eMarks[number]]):
            break
    else:
        state.env[_NO_COMMENT_END] = start, end  # for those in between it is not looked for again
        return False
    if not silent:
        token = state.push(COMMENT, "", 0)
        token.map = [start, number + 1]
        token.content = state.getLines(start, number + 1, 0, False)
        state.line = number + 1
    return True


def _lazy_definition(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """End a footnote or list item before a link definition below it.

    CommonMark calls that line a lazy continuation; writers mean a definition, and the translator
    should get the link, not its address.
    """
    line = state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]]
    lazy = 0 <= state.sCount[start] < state.blkIndent
    return silent and lazy and _LAZY_DEFINITION.match(line) is not None
