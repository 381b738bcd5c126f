"""Random bytes and mutated articles into every reader: only BilingoError may come out.

    python tools/fuzz_readers.py --cases 20000            # every night; each reader that many
    python tools/fuzz_readers.py --cases 500 --seed 7     # CI runs this through tests/test_fuzz.py

What is accepted is held to more: its own texts give the same bytes, and a translation of every text
is written or refused with a line. A case is made from its number and the seed, so a failure is
found again by what is printed.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import traceback
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from bilingo.errors import BilingoError
from bilingo.formats import ARTICLES, bilingual, by_name
from bilingo.formats.rebuild import rebuild
from bilingo.text.tags import TAG

MARKDOWN = """\
---
title: "Free checks"
# bilingo:note short
summary: 免費 # a comment
---

# Free *checks* {#checks}

<!-- bilingo:off -->

Our **nurses**, [Dr. Ho](https://example.org "會長") and ![舞獅](a.png) `code`[^1] are here\\
now.

<!-- bilingo:on -->

- [ ] 一 <span translate="no">Panadol</span>
  1. two

> | a | b \\| c |
> |---|---|
> | 甲 | {{< x >}} |

Term
: What it *means*

{/* bilingo:context menu */}

<div>
<p title='T'>Raw &amp; <b>甲</b><br>x</p>
</div>

[^1]: 註腳 <https://example.org>

```js
code
```
"""
HTML = """\
<!DOCTYPE html><html lang=en><head><meta charset=utf-8><title>Free checks</title>
<meta name=description content="免費"></head><body><nav>Menu</nav><main>
<h1>Free <em>checks</em></h1><!-- bilingo:note x -->
<p>Our <a href="x?a=1&amp;b" title='T'>nurses</a> 護士 &nbsp;<br><br>two <img alt="舞獅" src=a></p>
<!-- bilingo:off --><p>no</p><!-- bilingo:on --><ul><li>一<li>two</ul>
<table><tr><td>a<td lang=zh-HK>甲</table><script>if (a<b) "<!--"</script><pre>x</pre>
<svg><title>t</title></svg><input type=submit value=Go><p translate=no>Panadol</p></main></body>
"""
PLAIN = """\
Free checks 免費檢查
- Health Foundation
- 3 min read

Our nurses will check the blood pressure of two hundred visitors on
14 March, and give a talk on <1> what to eat.
<!-- bilingo:note x -->
• 一
2. two
"""
NAMES = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override'
    f' PartName="/word/document.xml" ContentType="{MAIN}"/></Types>'
)
RUNS = (
    "<w:r><w:t>Free </w:t></w:r>",
    "<w:r><w:rPr><w:b/></w:rPr><w:t>檢查</w:t></w:r>",
    "<w:r><w:rPr><w:b/><w:vanish/></w:rPr><w:t>x</w:t><w:t/></w:r>",
    '<w:r><w:t xml:space="preserve"> a &lt;1&gt; </w:t><w:tab/><w:t>b</w:t><w:br/></w:r>',
    "<w:ins><w:r><w:t>新增</w:t></w:r></w:ins>",
    "<w:del><w:r><w:delText>old</w:delText></w:r></w:del>",
    '<w:hyperlink w:anchor="a"><w:r><w:t>護士</w:t></w:r><w:r/></w:hyperlink>',
    '<w:fldSimple w:instr="DATE"><w:r><w:t>1</w:t></w:r></w:fldSimple>',
    "<w:bookmarkStart/>",
    "<w:sdt><w:sdtContent><w:r><w:t>c</w:t></w:r></w:sdtContent></w:sdt>",
    "<w:r><w:fldChar w:fldCharType='begin'/></w:r>",
    "<w:r><w:fldChar w:fldCharType='end'/></w:r>",
    "<w:r><w:pict><w:txbxContent><w:p><w:r><w:t>箱</w:t></w:r></w:p></w:txbxContent></w:pict></w:r>",
    "<!-- c -->",
)
SHREDS = (
    *"\xa0 \x85 \u2028 \u200b \r \n \r\n \n\n \t".split(" "),
    *"< > & ; \" ' ` * _ [ ] ( ) | \\ # ~ ^ : ! { } - = +".split(),
    *"<!-- --> <![ <1> </1> {{< >}} {% {/* */} &#0; &#xD800; ]( [^ ``` --- <p> </p> <b>".split(),
    *"]]> translate=no <!--bilingo:note\xa0x--> <script> </div> *** ** \ufeff 甲 「 😀".split(" "),
    "    ",
)
BYTES = (b"\0", b"\xff", b"\xfe", b"\xe5\xa5", b"\xed\xa0\x80", b"\x1a", b"PK")


def word(parts: dict[str, bytes]) -> bytes:
    """A Word package of `parts`; its bytes do not depend on the clock."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def case(name: str, number: int, seed: int) -> bytes:
    """The bytes of a case: a tenth are noise, a tenth damaged, the others changed articles."""
    chance = random.Random(f"{name} {number} {seed}")  # noqa: S311 - cases, no secret
    if not number % 10:
        return chance.randbytes(chance.randrange(200))
    if name == "docx":
        body = "".join(f"<w:p>{_some_runs(chance)}</w:p>" for _ in range(chance.randrange(1, 4)))
        if chance.random() < 0.3:
            body = f"<w:tbl><w:tr><w:tc>{body}</w:tc></w:tr></w:tbl>"
        if number % 10 < 3:
            body = mutated(body, chance)
        document = f"<w:document {NAMES}><w:body>{body}</w:body></w:document>"
        raw = word({"[Content_Types].xml": TYPES.encode(), "word/document.xml": document.encode()})
    else:
        sample = {"markdown": MARKDOWN, "plain": PLAIN}.get(name, HTML)
        if chance.random() < 0.7:
            sample = re.sub(r"(?m)^.*bilingo:.*$", "", sample)
        codec = chance.choice(["utf-8"] * 6 + ["utf-8-sig", "utf-16"])
        raw = mutated(sample, chance).encode(codec, "replace")
    if number % 10 == 1:
        at = chance.randrange(len(raw))
        raw = raw[:at] + chance.choice(BYTES) + raw[at + chance.randrange(9) :]
    return raw


def _some_runs(chance: random.Random) -> str:
    return "".join(chance.choices(RUNS, k=chance.randrange(7)))


def mutated(text: str, chance: random.Random) -> str:
    """Some of it cut out, doubled, moved, or replaced by what means something somewhere."""
    for _ in range(chance.randrange(1, 9)):
        start, other = (chance.randrange(len(text) + 1) for _ in range(2))
        end = min(len(text), start + chance.choice([0, 1, 1, 3, 10, 60]))
        moved = text[other : other + chance.choice([1, 5, 40])]
        piece = chance.choice(["", text[start:end] * 2, moved, *chance.choices(SHREDS, k=4)])
        text = text[:start] + piece + text[end:]
    return text


@dataclass(frozen=True)
class Failure:
    """A case that did what no case may."""

    reader: str
    number: int
    what: str


def attempt(name: str, raw: bytes) -> str:
    """Read, rebuild and translate; "accepted" or "refused". Raises what is a defect."""
    one = by_name(name)
    try:
        pieces = tuple(one.read(raw))
    except BilingoError as error:
        if "\n" in str(error):
            raise RuntimeError("a refusal of several lines") from None
        return "refused"
    own = one.write(rebuild(one, pieces, lambda unit: unit.text), raw)
    if own != raw:
        raise RuntimeError("its own texts give other bytes")
    bilingual.split(pieces)
    try:
        text = rebuild(one, pieces, lambda unit: None if unit.skip else _translation(unit.text))
        new = one.write(text, raw)
    except BilingoError as error:
        if not error.where and name != "docx":
            raise RuntimeError("a translation is refused without a place") from None
        return "accepted"
    tuple(one.read(new))
    return "accepted"


def _translation(text: str) -> str:
    return TAG.sub(r"\g<0>甲*", text) + "<b>&"


def run(name: str, cases: int, seed: int) -> tuple[Counter[str], list[Failure]]:
    """All cases of one reader."""
    verdicts: Counter[str] = Counter()
    failures = []
    for number in range(cases):
        try:
            verdicts[attempt(name, case(name, number, seed))] += 1
        except Exception:
            failures.append(Failure(name, number, traceback.format_exc(limit=-4)))
    return verdicts, failures


def main(arguments: Sequence[str] | None = None) -> int:
    """Print a line for each reader, and every failure; 1 where there is one."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--cases", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("readers", nargs="*", default=sorted(ARTICLES))
    told = parser.parse_args(arguments)
    failed = 0
    for name in told.readers:
        verdicts, failures = run(name, told.cases, told.seed)
        failed += len(failures)
        counts = ", ".join(f"{count} {verdict}" for verdict, count in sorted(verdicts.items()))
        sys.stdout.write(f"{name}: {told.cases} cases, {counts}, {len(failures)} failures\n")
        for failure in failures[:10]:
            sys.stdout.write(f"--seed {told.seed}, case {failure.number}:\n{failure.what}\n")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
