"""Break every check, one way at a time, and see a test of it die: python tools/mutate_checks.py.

The tests are the examples of the docstrings (`tests/checks/test_examples.py`). A check is made to
find nothing, to find something in every entry, and to decide the other way: each comparison, `not`,
`and`, `or` of its function turned round, one by one. The table goes into benchmarks/CHECKS.md. It
takes about a minute and ends with 1 where a check has a mutant of the first two kinds, or all of
the third, alive.
"""

from __future__ import annotations

import ast
import inspect
import re
import signal
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests" / "checks"))

import test_examples  # noqa: E402 - the tests that have to die

from bilingo.checks import CHECKS, Check, Found, Setting, by_code  # noqa: E402
from bilingo.model import Entry  # noqa: E402

LONGEST = 3  # processor seconds; a mutant that does not end is dead
RESULTS = ROOT / "benchmarks" / "CHECKS.md"
OTHERWISE: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Lt: ast.GtE,
    ast.GtE: ast.Lt,
    ast.Gt: ast.LtE,
    ast.LtE: ast.Gt,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}


def nothing(entries: Sequence[Entry], setting: Setting) -> Iterator[Found]:
    """A check that sees nothing."""
    yield from ()


def everything(entries: Sequence[Entry], setting: Setting) -> Iterator[Found]:
    """A check that cries wolf."""
    yield from (Found(entry, "wolf") for entry in entries)


class _Turn(ast.NodeTransformer):
    """Turns round the decision number `wanted` of one function."""

    def __init__(self, function: str, wanted: int) -> None:
        self.function, self.wanted, self.seen = function, wanted, 0
        self.inside = False

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        before, self.inside = self.inside, self.inside or node.name == self.function
        self.generic_visit(node)
        self.inside = before
        return node

    def _this(self) -> bool:
        self.seen += self.inside
        return self.inside and self.seen == self.wanted

    def visit_Compare(self, node: ast.Compare) -> ast.AST:
        self.generic_visit(node)
        if self._this():
            node.ops[0] = OTHERWISE[type(node.ops[0])]()
        return node

    def visit_BoolOp(self, node: ast.BoolOp) -> ast.AST:
        self.generic_visit(node)
        if self._this():
            node.op = ast.Or() if isinstance(node.op, ast.And) else ast.And()
        return node

    def visit_UnaryOp(self, node: ast.UnaryOp) -> ast.AST:
        self.generic_visit(node)
        return node.operand if isinstance(node.op, ast.Not) and self._this() else node

    def visit_If(self, node: ast.If) -> ast.AST:
        self.generic_visit(node)
        if not isinstance(node.test, ast.Compare | ast.BoolOp | ast.UnaryOp) and self._this():
            node.test = ast.UnaryOp(ast.Not(), node.test)
        return node


def turned(check: Check) -> Iterator[Check]:
    """The check with each of its decisions turned round."""
    module = inspect.getmodule(check)
    assert module  # noqa: S101 - a check of ours
    assert module.__file__  # noqa: S101
    source = Path(module.__file__).read_text(encoding="utf-8")
    wanted = 1
    while True:
        turn = _Turn(check.__name__, wanted)
        tree = ast.fix_missing_locations(turn.visit(ast.parse(source)))
        if turn.seen < wanted:
            return
        mutant = ModuleType(module.__name__)
        mutant.__file__ = module.__file__
        sys.modules["_mutant"] = mutant
        code = compile(tree, module.__file__, "exec", flags=0x1000000)  # annotations stay texts
        exec(code, mutant.__dict__)  # noqa: S102 - our own source
        yield getattr(mutant, check.__name__)
        wanted += 1


def _too_long(*_: object) -> None:
    raise TimeoutError


def dies(code: str, mutant: Check) -> bool:
    """Whether an example of the check fails."""
    level, check = by_code(code)
    mutant.__doc__ = check.__doc__
    examples = test_examples.examples(code)
    test_examples.by_code = lambda asked: (level, mutant if asked == code else by_code(asked)[1])
    signal.setitimer(signal.ITIMER_VIRTUAL, LONGEST)
    try:
        for example in examples:
            test_examples.test_example(code, example)
    except Exception:
        return True
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        test_examples.by_code = by_code
    return False


def main() -> int:
    """Break, count, print, and put the table into CHECKS.md."""
    lines = [
        "## Mutations",
        "",
        "`python tools/mutate_checks.py`: tests that die when a check is broken.",
        "",
        "| check | finds nothing | finds everything | decisions turned round | of them die |",
        "|---|---|---|--:|--:|",
    ]
    alive = []
    signal.signal(signal.SIGVTALRM, _too_long)
    for code in CHECKS:
        check = by_code(code)[1]
        first = [dies(code, one) for one in (nothing, everything)]
        rest = [dies(code, one) for one in turned(check)]
        words = " | ".join("dies" if one else "LIVES" for one in first)
        lines.append(f"| {code} `{check.__name__}` | {words} | {len(rest)} | {sum(rest)} |")
        sys.stdout.write(lines[-1] + "\n")
        if not all(first) or rest and not any(rest):
            alive.append(code)
    old = RESULTS.read_text(encoding="utf-8") if RESULTS.exists() else "# Checks\n\n"
    kept = [part for part in re.split(r"(?m)^(?=## )", old) if not part.startswith("## Mutations")]
    RESULTS.write_text(f"{''.join(kept).rstrip()}\n\n" + "\n".join(lines) + "\n", encoding="utf-8")
    return 1 if alive else 0


if __name__ == "__main__":
    sys.exit(main())
