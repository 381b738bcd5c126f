"""Page furniture in pasted articles: lines of the page around the text, in English and Chinese.

Conservative: a line is furniture only if all of it is. Dates and bylines are so only near the top,
between the title and the first paragraph; further down they may be the news itself.
"""

from __future__ import annotations

import re

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,? )?"
_NUMERAL = "[0-9０-９〇零一二三四五六七八九十]"


def _whole(*patterns: str) -> re.Pattern[str]:
    return re.compile("(?:" + "|".join(patterns) + ")", re.IGNORECASE)


_DATE = _whole(
    rf"(?:(?:posted|published|updated|last updated)(?: on)?:? )?{_WEEKDAY}(?:"
    rf"{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?(?:,? \d{{4}})?"
    rf"|\d{{1,2}}(?:st|nd|rd|th)? {_MONTH}(?:,? \d{{4}})?"
    r"|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}/\d{1,2}/\d{2,4})",
    rf"(?:發[佈布表]|刊登|更新|最後更新|发布|最后更新)?(?:日期|於|时间|時間)?[:： ]{{0,2}}"
    rf"(?:{_NUMERAL}{{2,4}} ?年 ?)?{_NUMERAL}{{1,3}} ?月 ?{_NUMERAL}{{1,3}} ?[日號号]"
    r"(?: ?[（(]?(?:星期|週|周)[一二三四五六日天][)）]?)?",
    r"\d+ (?:minutes?|hours?|days?|weeks?|months?) ago",
    r"\d+ ?(?:分鐘|小時|日|天|星期|個月|分钟|小时|个月)前",
)
_READING_TIME = _whole(
    r"(?:reading time:? )?(?:about )?\d+[ -]?min(?:ute)?s?(?: read| to read)",
    r"reading time:? (?:about )?\d+ min(?:ute)?s?",
    r"(?:預計|预计)?(?:閱讀|阅读|讀畢|讀)(?:時間|時長|时间|需時)?[:： ]{0,2}(?:約|约|大約)? ?"
    r"\d+ ?分[鐘钟]",
    r"\d+ ?分[鐘钟](?:閱讀|阅读|讀畢)",
)
_NAME_WORDS = r"(?:(?:[A-Z][\w.'’-]*|of|the|and|for|&)(?: |$)){1,8}"
_BYLINE = re.compile(
    rf"(?:(?:(?:[Ww]ritten|[Pp]osted|[Tt]ext|[Ww]ords) )?[Bb]y|BY):? {_NAME_WORDS}"
    r"|(?:作者|撰文|文|文字|記者|编辑|編輯|採訪|整理)[/／]?(?:[:：] ?| )\S[^。！？]{0,30}",
)
# What stands alone in menus, share bars, comment boxes and footers.
_ANYWHERE: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("reading time", _READING_TIME),
    (
        "comments",
        _whole(
            r"comments?(?: \(\d+\))?:?",
            r"\d+ comments?",
            r"(?:write|leave|add|post) a (?:comment|reply)\.{0,3}",
            r"no comments(?: yet)?",
            r"comments? (?:have been turned off|are closed)\.?",
            r"(?:\d+ ?[則條个個篇]?)?(?:留言|評論|评论)(?: ?[（(]\d+[)）])?",
            r"(?:發表|撰寫|寫下|新增|发表)(?:留言|評論|评论)(?:\.{3}|…)?",
            r"(?:暫無|沒有|暂无)(?:留言|評論|评论)",
        ),
    ),
    (
        "share buttons",
        _whole(
            r"share(?: this)?(?: (?:post|article|page))?(?: (?:on|via|with|to) \w+)?:?",
            r"(?:facebook|whatsapp|twitter|x|linkedin|instagram|youtube|telegram|wechat|threads|signal"
            r"|weibo|pinterest|email|copy link|print|tweet)(?: ?[|·•/] ?\w+)*",
            r"(?:分享|轉發|转发|分享至|分享到|分享文章|分享此文)"
            r"(?: ?(?:facebook|whatsapp|微信|微博|朋友圈))?[:：]?",
            r"微信|微博|複製連結|复制链接|列印|打印",
        ),
    ),
    (
        "log in",
        _whole(
            r"(?:log|sign) ?(?:in|up|out)(?: ?[/|] ?(?:log|sign) ?(?:in|up|out))?",
            r"(?:登入|登录|登錄|註冊|注册|登出)(?: ?[/|／] ?(?:登入|登录|登錄|註冊|注册))?",
        ),
    ),
    (
        "related posts",
        _whole(
            r"(?:recent|related|latest|popular|more) (?:posts?|articles?)(?: ?[/|] ?see all)?",
            r"see all|read more|you may also like|previous post|next post|back to top",
            r"(?:最新|相關|相关|近期|熱門|热门)文章|查看全部|閱讀更多|阅读更多|上一篇|下一篇|返回頁首|返回顶部",
        ),
    ),
    (
        "counters",
        _whole(
            r"[\d,.]+[km]? (?:views?|likes?|shares?|reactions?)",
            r"(?:瀏覽|浏览|觀看|点击|點擊)(?:次數|次数|量|人次)?[:： ]{0,2}[\d,]+ ?次?",
            r"[\d,]+ ?(?:次(?:瀏覽|浏览|觀看)|個?讚|个赞)",
        ),
    ),
    (
        "cookie notice",
        _whole(
            r"(?:we|this (?:web)?site|our (?:web)?site) uses? cookies (?:to|and|on|for)\b"
            r"[^\r\n]{0,200}\b(?:experience|website|browsing|consent|privacy|traffic|site)\b[^\r\n]{0,80}",
            r"(?:accept|reject|decline)(?: all)?(?: cookies)?|cookie settings|manage cookies",
            r"(?:本網站|本网站|我們|我们)(?:會|会)?使用 ?cookies?[^\r\n]{0,200}",
            r"(?:接受|拒絕|拒绝)(?:所有|全部)(?: ?cookies?)?|cookies? ?設定",
        ),
    ),
)
# Words of a name: capitalised English, or a short Chinese person or body.
_NAME = re.compile(
    rf"{_NAME_WORDS}"
    r"|[\u4e00-\u9fff]{2,4}"
    r"|[\u4e00-\u9fff]{2,14}(?:[會会社院局署處处部]|中心|大學|大学|之友|小組|小组|團隊|团队)"
)


def reason(text: str, *, near_top: bool = False, beside_details: bool = False) -> str:
    """Why `text`, a line by itself, is page furniture; empty where it is not.

    `near_top`: it stands between the title and the first paragraph. `beside_details`: the lines
    there include a reading time, a counter or a date in a list, as blogs print with the author.
    """
    line = " ".join(text.split())
    if not line or len(line) > 400:
        return ""
    for name, pattern in _ANYWHERE:
        if pattern.fullmatch(line):
            return name
    if near_top and _DATE.fullmatch(line):
        return "date"
    if near_top and _BYLINE.fullmatch(line) and len(line.split()) <= 10:
        return "byline"
    if near_top and beside_details and _NAME.fullmatch(line):
        return "byline"
    return ""


def is_detail(text: str) -> bool:
    """Whether a line is what blogs print beside the author's name: a reading time or a counter."""
    return reason(text) in ("reading time", "counters")
