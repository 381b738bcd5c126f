"""Saved web pages: what is offered, and why the rest is not."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilingo.errors import BilingoError
from bilingo.formats import html, markdown, plain, rebuild, webpage
from bilingo.model import Article
from bilingo.text import tags

READERS = {"html": webpage, "md": markdown, "txt": plain}

WIX_EN = """<!DOCTYPE html><html lang="en"><head><title>Clinic opens in Tai Po</title></head><body>
<div id="SITE_HEADER"><div data-testid="linkElement"><a>Home</a></div></div>
<div id="cookieBanner"><p>We use cookies on this website to improve your experience.</p></div>
<div id="PAGES_CONTAINER"><div><div class="kaqlz">
<h1><span>Clinic opens in Tai Po</span></h1>
<div><span>Amy Chan</span></div><div><span>3 May 2026</span></div><div><span>2 min read</span></div>
<p><span>\u200b</span></p>
<p><span>\u200b<span>Our
clinic in Tai Po opens on Monday and needs <b>no</b> booking.</span></span></p>
<p><span><br role="presentation"></span></p>
<p><span><span>Bring
your identity card, and please come half an hour before it closes.</span></span></p>
<p><span>Everyone is welcome.</span></p>
</div></div>
<div data-hook="share-buttons"><button aria-label="Share on Facebook">Facebook</button></div>
<div data-hook="recent-posts"><h2>Recent posts</h2><p>A walk in the country park</p></div></div>
<div id="SITE_FOOTER"><p>Donate to us by bank transfer</p></div></body></html>
"""

WIX_ZH = """<!DOCTYPE html><html lang="zh-HK"><head><title>大埔診所啟用 | 示例慈善會</title>
</head><body>
<header><nav><a>主頁</a><a>捐款</a></nav></header>
<main><div><div><h1><span>大埔診所啟用</span></h1>
<div class="post-metadata"><span>管理員</span
><span>讀畢需時 2 分鐘</span></div>
<p><span>\u200b本會位於大埔的診所將於星期一啟用，市民<b>毋須</b>預約，
費用全免。\u200b</span></p>
<p>請攜帶身分證，並於關門前半小時到達，逾時者請於翌日再來。</p>
<p>歡迎各位街坊參加！</p>
<p>分享至 Facebook</p></div></div>
<div data-hook="recent-posts"><h2>最新文章</h2></div></main>
<footer><p>版權所有</p></footer></body></html>
"""

WORDPRESS = """<html lang="en-GB"><head><title>Screening day &#8211; Liver Trust</title>
<meta property="og:description" content="Free tests"></head><body class="single sidebar-left">
<div id="page" class="content-sidebar-wrap"><header class="site-header">
<h1>Liver Trust</h1></header>
<article class="post"><header class="entry-header"><h1 class="entry-title">Screening day</h1>
<div class="entry-meta">Posted by Li</div></header>
<div class="entry-content"><p>About one in twelve people in the city carries the virus today.</p>
<p>A test takes ten minutes; <a href="/book">book one here</a> before the end of October.</p>
<p>The result comes by text message within a week, or a nurse telephones.</p>
<h2>What to bring</h2><ul><li>Your card</li></ul>
<div class="sharedaddy sd-sharing"><a>Tweet</a></div></div>
<footer class="entry-footer">Filed under News</footer></article>
<div id="comments" class="comments-area"><h2>One thought</h2><p>Thank you all</p></div>
<div id="secondary" class="widget-area"><section class="widget"><a>Archives</a></section></div>
</div>
<footer id="colophon">Proudly powered</footer></body></html>
"""

PRESS = """<html><head><meta http-equiv="Content-Type" content="text/html; charset=big5">
<title>新聞公報</title></head><body><table><tr><td><a href="/">主頁</a> | <a href="/e">English</a>
</td></tr><tr><td><table><tr><td><b>衞生署公布流感情況</b></td></tr><tr><td id="pressrelease">
衞生署今日（一月五日）公布，本港已進入冬季流感季節，呼籲市民接種疫苗。<br><br>
　　發言人說：「高危人士患上流感後較易出現嚴重併發症，應及早接種。」<br><br>
　　市民可瀏覽網頁或致電二十四小時熱線查詢詳情，並應時刻保持個人及環境衞生。<br><br>
完<br><br>2026年1月5日（星期一）</td></tr></table></td></tr>
<tr><td><form><input value="搜尋" type="submit"></form></td></tr></table></body></html>
"""

BILINGUAL = """<html lang="en"><head><title>Opening hours</title></head><body>
<ul class="lang-switcher"><li lang="zh-HK"><a>繁體</a></li><li lang="zh-CN"><a>简体</a></li></ul>
<main><h1>Opening hours</h1><p>The centre opens at nine on weekdays and at ten on Saturdays.</p>
<p lang="zh-HK">中心星期一至五上午九時開放，公眾假期休息。</p>
<p>It is closed on public holidays and when the black rainstorm signal is hoisted.</p>
<p>Ask for <span lang="zh-HK">陳姑娘</span>, our nurse.</p></main></body></html>
"""

SOUP = """<html lang="en"><head><title>Give blood</title></head><body>
<div><div><a>One</a><a>Two</a></div>
<div><div><div>Give blood today, because the hospitals need every donor they can find.</div>
<div>It takes one hour, and you can go back to work in the afternoon.</div>
<div><div>Who can give</div><div>Anybody from 16 to 75 who feels well and sleeps enough.</div></div>
</div></div><div>Call us</div></div></body></html>
"""

PAGES = {
    "wix-en": (
        WIX_EN,
        [
            "Clinic opens in Tai Po",
            "Clinic opens in Tai Po",
            "Our clinic in Tai Po opens on Monday and needs <1>no</1> booking.",
            "Bring your identity card, and please come half an hour before it closes.",
            "Everyone is welcome.",
        ],
        {
            "<1>Home</1>": "outside of the article",
            "We use cookies on this website to improve your experience.": "cookie notice",
            "Amy Chan": "byline",
            "3 May 2026": "date",
            "2 min read": "reading time",
            "Facebook": "share buttons",
            "Share on Facebook": "share buttons",
            "Recent posts": "related posts",
            "A walk in the country park": "related posts",
            "Donate to us by bank transfer": "page footer",
        },
    ),
    "wix-zh": (
        WIX_ZH,
        [
            "大埔診所啟用 | 示例慈善會",
            "大埔診所啟用",
            "本會位於大埔的診所將於星期一啟用，市民<1>毋須</1>預約，費用全免。",
            "請攜帶身分證，並於關門前半小時到達，逾時者請於翌日再來。",
            "歡迎各位街坊參加！",
        ],
        {
            "<1>主頁</1><2>捐款</2>": "page header",
            "<1>管理員</1><2>讀畢需時 2 分鐘</2>": "byline",
            "分享至 Facebook": "share buttons",
            "最新文章": "related posts",
            "版權所有": "page footer",
        },
    ),
    "wordpress": (
        WORDPRESS,
        [
            "Screening day – Liver Trust",
            "Free tests",
            "Screening day",
            "About one in twelve people in the city carries the virus today.",
            "A test takes ten minutes; <1>book one here</1> before the end of October.",
            "The result comes by text message within a week, or a nurse telephones.",
            "What to bring",
            "Your card",
        ],
        {
            "Liver Trust": "page header",
            "Posted by Li": "byline",
            "<1>Tweet</1>": "share buttons",
            "Filed under News": "page footer",
            "One thought": "comments",
            "Thank you all": "comments",
            "<1>Archives</1>": "outside of the article",
            "Proudly powered": "page footer",
        },
    ),
    "press": (
        PRESS,
        [
            "新聞公報",
            "<1>衞生署公布流感情況</1>",
            "衞生署今日（一月五日）公布，本港已進入冬季流感季節，呼籲市民接種疫苗。",
            "發言人說：「高危人士患上流感後較易出現嚴重併發症，應及早接種。」",
            "市民可瀏覽網頁或致電二十四小時熱線查詢詳情，並應時刻保持個人及環境衞生。",
            "完",
            "2026年1月5日（星期一）",
        ],
        {"<1>主頁</1> | <2>English</2>": "outside of the article", "搜尋": "form"},
    ),
    "bilingual": (
        BILINGUAL,
        [
            "Opening hours",
            "Opening hours",
            "The centre opens at nine on weekdays and at ten on Saturdays.",
            "It is closed on public holidays and when the black rainstorm signal is hoisted.",
            "Ask for <1>陳姑娘</1>, our nurse.",
        ],
        {
            "<1>繁體</1>": "in another language: zh-HK",
            "<1>简体</1>": "in another language: zh-CN",
            "中心星期一至五上午九時開放，公眾假期休息。": "in another language: zh-HK",
        },
    ),
    "soup": (
        SOUP,
        [
            "Give blood",
            "Give blood today, because the hospitals need every donor they can find.",
            "It takes one hour, and you can go back to work in the afternoon.",
            "Who can give",
            "Anybody from 16 to 75 who feels well and sleeps enough.",
        ],
        {"<1>One</1><2>Two</2>": "outside of the article", "Call us": "outside of the article"},
    ),
}


@pytest.mark.parametrize("name", PAGES)
def test_pages(name: str) -> None:
    page, offered, skipped = PAGES[name]
    raw = page.encode("big5hkscs" if name == "press" else "utf-8")
    found = Article("", "", tuple(webpage.read(raw)))
    assert [unit.text for unit in found.units] == offered
    assert {u.text: u.skip for u in found.skipped if u.kind != "lang"} == skipped
    assert webpage.write(rebuild.rebuild(webpage, found.pieces, lambda u: u.text), raw) == raw


@pytest.mark.parametrize(
    ("page", "skipped"),
    [
        ("<p>Short 短</p><p>text</p>", {}),
        ("<form><p>甲</p></form><dialog>b</dialog>", {"甲": "form", "b": "dialog"}),
        ("<div class='content-sidebar-wrap share-the-news'><p>甲", {}),
        (
            "<div class='related-posts'><p>甲<img alt=b>",
            {"甲<1/>": "related posts", "b": "related posts"},
        ),
        ("<article><header>甲</header></article><header>b</header>", {"b": "page header"}),
        ("<body class=popup><p>甲", {}),
    ],
)
def test_reasons(page: str, skipped: dict[str, str]) -> None:
    found = Article("", "", tuple(webpage.read(page.encode())))
    assert {unit.text: unit.skip for unit in found.skipped} == skipped


@given(st.lists(st.sampled_from([*"文 a", "<p>", "<div class=share>", "</div>", "<h1>", "<a>"])))
def test_pieces_are_those_of_html(parts: list[str]) -> None:
    raw = "".join(parts).encode()
    cut = [p if isinstance(p, str) else (p.kind, p.text, p.raw) for p in webpage.read(raw)]
    assert cut == [p if isinstance(p, str) else (p.kind, p.text, p.raw) for p in html.read(raw)]


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(raw: bytes) -> None:
    try:
        pieces = tuple(webpage.read(raw))
    except BilingoError:
        return
    assert "".join(p if isinstance(p, str) else p.raw for p in pieces) == html.decode(raw)


@pytest.mark.parametrize("part", ["<div>", "<div><p>some text 文字 ", "<a>x</a>", "<h1>x</h1>"])
def test_traps(part: str) -> None:
    text = part * (100_000 // len(part))
    pieces = webpage.read(text.encode())
    assert "".join(p if isinstance(p, str) else p.raw for p in pieces) == text


@pytest.mark.corpus
@pytest.mark.parametrize("article", ["community-garden", "medicine-hot-weather"])
@pytest.mark.parametrize("locale", ["en", "zh-HK"])
def test_same_units_as_other_formats(shared: Path, article: str, locale: str) -> None:
    """But for the picture and its caption: only the page has them."""
    stem = f"{article}.{locale}"
    folder = shared / "data" / "multi-format"

    def texts(suffix: str) -> list[str]:
        raw = (folder / f"{stem}.{suffix}").read_bytes()
        found = Article("", "", tuple(READERS[suffix].read(raw))).units
        kept = [u for u in found if u.kind not in ("alt", "caption") and u.kind[:5] != "meta:"]
        return [u.text if suffix != "txt" else tags.plain(u.text) for u in kept]

    page = texts("html")
    assert page == texts("md")
    assert [tags.plain(text) for text in page] == texts("txt")
