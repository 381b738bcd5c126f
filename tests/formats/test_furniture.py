from __future__ import annotations

import pytest

from bilingo.formats.furniture import reason

ANYWHERE = """2 min read|12 minutes to read|Reading time: 3 min|閱讀時間 2 分鐘
閱讀時間：約 5 分鐘|阅读时间 3 分钟|3 分鐘閱讀|Comments|Comments (3)|0 comments
Write a comment...|留言|留言（2）|發表留言|暫無留言|评论|Share|Share this article
Share on Facebook|Facebook|WhatsApp|Facebook | WhatsApp|分享|分享至 Facebook|微信|複製連結
Log in|Log in / Sign up|Sign up|登入|登入 / 註冊|Recent Posts|Recent Posts / See All|See All
Related articles|最新文章|相關文章|查看全部|上一篇|12 views|1,204 views|3 likes|瀏覽次數：12
12 次瀏覽|Accept all cookies|We use cookies to improve your experience on our website.
本網站使用 Cookie 以改善你的體驗。"""
NEAR_TOP = """Nov 18|November 18, 2026|18 November 2026|Posted on 18 Nov 2026|2026-11-18
Saturday, 14 March 2026|2026年11月18日|2026 年 11 月 18 日|11月18日|二〇二六年十一月十八日
發佈日期：2026年3月2日|3 days ago|三月二日|2 天前|By Dr. Chan|By Terry Lai Ka-wai
Written by Mary Wong|作者：陳大文|文：陳醫生|撰文：香港醫社基金會|编辑：王小明"""
KEPT = """Comments on the new policy are welcome until 5 May.|Share your story
Share a meal with a neighbour|Facebook groups for carers|Views on ageing
Two minutes that saved a life|Reading time with your child|May|March on
Log in to the clinic with your card.|By the time he was ten, he could walk.|Donate|About us
Why test?|The 12 views of Dr. Lee|We use cookies and milk at our tea party.
18 November 2026 is World Hepatitis Day.|Nov 18: free tests|What has changed|Recent findings
Popular treatments|Email us at any time|Printing costs|Cookies for patients|10 tips
Like father, like son|2 min walk from the MTR|A reading list|See all of Hong Kong|Next steps
Sign up for the walk today|Accept help|24 hours|By popular demand|留言板義工招募|分享會
分享你的故事|微信群組守則|登入須知|最新消息|相關疾病|閱讀障礙|閱讀時間的重要|評論員文章精選
2026年11月18日是世界肝炎日。|十一月活動|文章分享|文化推廣|作者的話|撰文比賽|瀏覽我們的網站
兩分鐘的故事|下一步|查看全部結果的方法|本網站由義工管理。|我們使用中藥。|打印機捐贈|接受治療
拒絕吸煙|免費檢測|有甚麼改變|如何申請種植箱|二〇二六年的展望|三月號"""


def lines(table: str) -> list[str]:
    return [cell for row in table.split("\n") for cell in row.replace(" | ", "\0").split("|")]


@pytest.mark.parametrize("line", lines(ANYWHERE))
def test_furniture_anywhere(line: str) -> None:
    line = line.replace("\0", " | ")
    assert reason(line)
    assert reason(f"  {line.upper()} ")


@pytest.mark.parametrize("line", lines(NEAR_TOP))
def test_dates_and_bylines_only_near_the_top(line: str) -> None:
    assert reason(line, near_top=True) in ("date", "byline")
    assert reason(line) == ""


@pytest.mark.parametrize("line", lines(KEPT))
def test_text_is_kept(line: str) -> None:
    assert reason(line) == ""
    assert reason(line, near_top=True) == ""


@pytest.mark.parametrize(
    "line", ["香港醫社基金會", "Rare Diseases Hong Kong", "陳大文", "Mary Wong"]
)
def test_names_beside_details(line: str) -> None:
    assert reason(line, near_top=True, beside_details=True) == "byline"
    assert reason(line, near_top=True) == ""


@pytest.mark.parametrize("line", ["What has changed", "免費檢測服務", "A new hope for patients."])
def test_headings_beside_details_are_kept(line: str) -> None:
    assert reason(line, near_top=True, beside_details=True) == ""


@pytest.mark.parametrize(
    "text", ["By " + "a " * 50_000, "we use cookies to " + "site " * 50_000, "分享" * 50_000]
)
def test_long_lines_are_text(text: str) -> None:
    assert reason(text, near_top=True, beside_details=True) == ""
