"""Sentences: tables in both languages, and the laws of segmentation."""

from __future__ import annotations

import json
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bilingo.errors import BilingoError
from bilingo.model import Segment
from bilingo.text import icu, srx, tags

# A bar stands where one segment ends and the next begins.
ENGLISH = """
Our nurses visit every week. |They check blood pressure. |Nobody pays.
Mrs. Leung cooks for Dr. Ho. |Both live in Sham Shui Po.
Prof. Agnes Tse and Sr. Maria Lo signed the letter.
Ir. Kwok inspected the lift. |It was safe.
The Hon. Regina Fong opened the hall.
Meet at 7 a.m. Saturday at the pier.
Meet at 7 a.m. |Volunteers bring water.
The bus leaves at 8 p.m. |It does not wait.
Screening starts on Oct. 12 at Room 3.
The fair runs until Dec. 9. |Entry is free.
Join us on Sat. Nov. 8 for the walk.
Read Cap. 485 before you sign. |Ask us for help.
See p. 12 and pp. 30–34 for doses. |Keep the leaflet.
Take tablet no. 2 after lunch. |Drink water.
Call Tel. 2345 6789 or Fax. 2345 6780. |Leave a message.
Registered as Hope Trust Ltd. in 1987, we serve all ages.
We thank Kam Wah Co. Ltd. |They paid for the van.
Pills were shipped by Bay Pharma, Inc. |The parcel came late.
The trial began in the U.K. in spring.
The trial began in the U.K. |Then it moved to Macau.
The U.S. Surgeon General replied.
She studied for an M.Sc. in nursing. |Her brother has a Ph.D. |He teaches.
Donations by A. B. Cheung and L. Yip were matched.
The flat was left to us by K. Siu. |We sold it.
Eat foods with vitamin D. |Walk in the sun.
Her child has hepatitis A. |Doctors expect a full recovery.
Go to Block C. |Turn left.
Take vitamins A and D. |Avoid alcohol.
Some drugs, e.g. Aspirin, thin the blood. |Tell your dentist.
Compare group one vs. Group two.
We need rice, oil, etc. for the pantry.
We need rice, oil, etc. |Bring them on Friday.
Are you over 65? |Do you smoke? |Tell the nurse!
“Rest,” she said. |“Then come back.”
“You saved my life.” |The room fell silent.
The booklet “Are You Safe?” is out of print.
(Doors close at noon.) |Latecomers wait outside.
The scan (see Fig. 2) was clear. |We were glad.
Fees rose by 2.5% to HK$1,250.50. |Concessions apply.
1. Fill in the form. |2. Sign it. |3. Post it.
a. Morning clinic
• 1. Arrive early. |• 2. Bring your card.
1.) Call us. |2.) Wait.
Room N°. 7 is upstairs. |Ring twice.
“We help [...]” (Annual Report) is quoted often.
Write to help@charity.example. |We answer within a day.
See https://charity.example/give.html?from=a.b. |Thank you.
He waited… |Nobody came.
He waited… and waited.
... and then it rained.
The vaccine was approved. |mRNA vaccines need two doses.
The study ended early.[3] |Its authors explained why.[4]
The motto is 助人自助。|It is on every wall.
Yahoo! Finance quoted us. |We smiled.
Smith et al. (2020) agree. |Others do not.
She asked, “Does it hurt?” and sat down.
It is free!!! |Really?! |Yes.
""".strip().splitlines()

CHINESE = """
護士每星期家訪。|她們量度血壓。|費用全免。
你超過六十五歲嗎？|你有吸煙嗎？|請告訴護士！
太感謝了！！|我們一定再來。
真的免費？！|當然。
院長說：「請放心。」|家屬點頭。
院長問：「痛不痛？」|孩子搖頭。
她喊道：「成功了！」|眾人擁抱。
她低聲說：「我怕……」|護士握着她的手。
海報寫着「你驗了嗎？」四個大字。
口號「齊戒煙，齊健康！」人人會唸。
「多喝水，」護士說，「少吃鹽。」|大家記下。
他說：「老師教過『知足常樂』。」|同學都笑了。
醫生回答：“明天可以出院。”|她哭了起來。
他问：“要打针吗？”|医生说不用。
讀者來信問《健康嗎？》何時再版。
新書《你好，醫生！》下月出版。|歡迎訂閱。
會員（你是會員嗎？）可獲優惠。|請帶會員證。
收費五十元（長者免費）。|現場付款。
請先登記。|（必須預約！）|座位有限。
（相片由義工拍攝。）|當日天氣晴朗。
診所設於西環（Block C）。|請乘電車。
糖、鹽、油……都要少吃。|多吃蔬菜。
少吃鹽；多運動；早睡早起。|祝身體健康。
查詢：2345 6789。|電郵：help@charity.example。
詳情見https://charity.example/zh?id=3。|名額二十個。
體溫由37.5度升至38.2度。|她要留院。
善款共港幣$1,250,000.50。|多謝捐助。
活動於2025.10.12舉行。|風雨不改。
Dr. Ho和Mrs. Leung主持講座。|歡迎提問。
由Kam Wah Co. Ltd.全力贊助。|謹此致謝。
她來自U.K.的醫院。|現居香港。
1. 量血壓。|2. 驗血糖。|3. 見醫生。
一、量血壓。|二、驗血糖。|三、見醫生。
• 1. 量血壓。|• 2. 驗血糖。
（一）登記；（二）候診。|請勿喧嘩。
你知道嗎? |每十人便有一人患病!
你知道嗎?|每十人便有一人患病!
講座完畢. |多謝出席.
Love your heart! |這是今年的主題。
主題是「Love your heart!」大家都喜歡。
約翰．陳醫生獲獎。|他很高興。
瑪麗·李修女退休。|我們懷念她。
他說﹁我回來了。﹂|母親笑了。
活動結束｡|謝謝｡
歡迎參加。　|費用全免。
研究已經完成。[3]|結果令人鼓舞。[4]
他说：“先休息。”|“好。”|她答。
"我們做得到。"|他說。
健康講座二○二五
第一行。|第二行。
我們的服務包括：驗血、健康講座、輔導及轉介
「我會再來。」|陳伯說。
結果——全港首次——昨日公布。|反應熱烈。
""".strip().splitlines()


def bars(text: str, locale: str) -> str:
    return "|".join(srx.split(text, locale))


@pytest.mark.parametrize("row", ENGLISH)
def test_english(row: str) -> None:
    assert bars(row.replace("|", ""), "en") == row


@pytest.mark.parametrize("row", CHINESE)
@pytest.mark.parametrize("locale", ["zh-Hant-HK", "zh"])
def test_chinese(row: str, locale: str) -> None:
    assert bars(row.replace("|", ""), locale) == row


TAGGED = [
    ("en", "He <1>came.</1> |She left."),
    ("en", "He <1>came. </1>|She left."),
    ("en", "He came. |<1>She</1> left."),
    ("en", "<1>He came. |She left.</1>"),
    ("en", "“Yes.<2/>” |She left."),
    ("en", "Dr.<1/> <2>Ho</2> came."),
    ("en", "He came.<1/> |She left."),  # a footnote mark
    ("en", "Type <1/>. |Then wait."),  # code
    ("en", "Open it. |<1/> shows the date."),
    ("en", "He came. </1>|<2></2></3>She left."),
    ("en", "At 1 < 2 we stop. |Then 3 > 2."),
    ("zh-Hant-HK", "他<1>來了。</1>|她走了。"),
    ("zh-Hant-HK", "<1>他來了。|她走了。</1>"),
    ("zh-Hant-HK", "他來了。|<1>她</1>走了。"),
    ("zh-Hant-HK", "研究完成。<1/>|結果良好。"),
    ("zh-Hant-HK", "他說：「<1>來了。</1>」|她走了。"),
    ("zh-Hant-HK", "節目《<1>好嗎？</1>》播出。"),
]


@pytest.mark.parametrize(("locale", "row"), TAGGED)
def test_tags_neither_hide_nor_make_a_boundary(locale: str, row: str) -> None:
    assert bars(row.replace("|", ""), locale) == row


LINES = [
    (
        "en",
        "Free tests\nFree talks\r\nOpen daily",
        ["Free tests\n", "Free talks\r\n", "Open daily"],
    ),
    ("zh-Hant-HK", "免費檢測\n\n  免費講座", ["免費檢測\n\n  ", "免費講座"]),
    ("fr", "Il est venu. Elle part.", ["Il est venu. ", "Elle part."]),
    ("en", "", []),
    ("zh-Hant-HK", " 　", [" 　"]),
]


@pytest.mark.parametrize(("locale", "text", "expected"), LINES)
def test_lines_and_white_space(locale: str, text: str, expected: list[str]) -> None:
    assert list(srx.split(text, locale)) == expected


def test_segments_carry_their_offsets() -> None:
    assert srx.segments("來了。 <1>She</1> left.", "zh-Hant-HK") == (
        Segment("來了。 ", 0),
        Segment("<1>She</1> left.", 4),
    )


PIECES = st.sampled_from(
    [
        *"。！？!?.…」「“”\"'（）()《》：，1aA陳好 \n　[]",
        "Mr.",
        "U.S.",
        "<1>",
        "</1>",
        "<2/>",
        "the ",
        "He ",
    ]
)
TEXTS = st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=40).map("".join))
LOCALES = st.sampled_from(["en", "zh-Hant-HK", "zh-Hans-CN"])


@given(TEXTS, LOCALES)
def test_joined_sentences_are_the_text(text: str, locale: str) -> None:
    segments = srx.segments(text, locale)
    assert "".join(segment.text for segment in segments) == text
    for segment in segments:
        assert segment.text
        assert text.startswith(segment.text, segment.start)


@given(TEXTS, LOCALES)
def test_white_space_stays_on_the_left(text: str, locale: str) -> None:
    if "<" not in text:
        assert not any(segment[0].isspace() for segment in srx.split(text, locale)[1:])


@given(
    st.lists(PIECES.filter(lambda p: not tags.TAG.fullmatch(p)), max_size=30), LOCALES, st.data()
)
def test_paired_tags_move_no_boundary(pieces: list[str], locale: str, data: st.DataObject) -> None:
    where = data.draw(st.integers(0, len(pieces)))
    tagged = "".join([*pieces[:where], "<1>", *pieces[where:], "</1>"])
    plain = tuple(tags.plain(segment) for segment in srx.split(tagged, locale))
    assert tuple(filter(None, plain)) == srx.split("".join(pieces), locale)


SHAPES = [
    "...",
    "A. ",
    "1. ",
    "Mr. ",
    "：「好！",
    "（！",
    "\n",
    '"。',
    "<1>",
    "[1]",
    " ",
    "hepatitis ",
]


@pytest.mark.parametrize("locale", ["en", "zh-Hant-HK"])
@pytest.mark.parametrize("shape", SHAPES)
def test_hostile_text_comes_back_whole(shape: str, locale: str) -> None:
    text = shape * (100_000 // len(shape))
    assert "".join(srx.split(text, locale)) == text


def rules(*lines: str, cascade: str = "yes", maps: str = "") -> bytes:
    body = "\n".join(lines)
    maps = maps or '<languagemap languagepattern=".*" languagerulename="A"/>'
    return f"""<srx version="2.0" xmlns="http://www.lisa.org/srx20">
<header segmentsubflows="yes" cascade="{cascade}"/><body><languagerules>
<languagerule languagerulename="A">
{body}
</languagerule>
<languagerule languagerulename="B">
<rule break="yes"><beforebreak>;</beforebreak><afterbreak>\\s</afterbreak></rule>
</languagerule>
</languagerules><maprules>{maps}</maprules></body></srx>""".encode()


def rule(before: str, after: str = "", breaks: str = "yes") -> str:
    return (
        f'<rule break="{breaks}"><beforebreak>{before}</beforebreak>'
        f"<afterbreak>{after}</afterbreak></rule>"
    )


BOTH_MAPS = (
    '<languagemap languagepattern="ZH.*" languagerulename="B"/>'
    '<languagemap languagepattern=".*" languagerulename="A"/>'
)
OWN = [
    # The first rule that fits decides.
    (rules(rule("Nr\\.", "\\s", "no"), rule("\\.", "\\s")), "en", "Nr. 5. So|", "Nr. 5. |So"),
    (rules(rule("\\.", "\\s"), rule("Nr\\.", "\\s", "no")), "en", "Nr. 5. So", "Nr. |5. |So"),
    # Every map that fits with cascade, the first without; BCP 47 and region spellings, any case.
    (rules(rule("\\.", "\\s"), maps=BOTH_MAPS), "zh-Hant-HK", "一; 二. 三", "一; |二. |三"),
    (rules(rule("\\.", "\\s"), maps=BOTH_MAPS), "en", "a; b. c", "a; b. |c"),
    (rules(rule("\\."), cascade="no", maps=BOTH_MAPS), "zh-Hant-HK", "一; 二. 三", "一; |二. 三"),
    (
        rules(maps='<languagemap languagepattern="zh[-_]hk" languagerulename="B"/>'),
        "zh-Hant-HK",
        "一; 二",
        "一; |二",
    ),
    # No map fits: one segment.
    (rules(maps='<languagemap languagepattern="de" languagerulename="B"/>'), "en", "a; b", "a; b"),
    # A rule may also eat the white space; the result is the same.
    (rules(rule("\\.\\s+", "\\p{Lu}")), "en", "a. B. c", "a. |B. c"),
    (rules(rule("\\p{Han}[:：]", "[^\\p{Nd}]")), "zh", "時間：9 地點：中環", "時間：9 地點：|中環"),
]


@pytest.mark.parametrize(("source", "locale", "text", "expected"), OWN)
def test_own_rules(source: bytes, locale: str, text: str, expected: str) -> None:
    split = srx.split(text.replace("|", ""), locale, srx.parse(source))
    assert "|".join(split) == expected


BAD = [
    (b"", "1", "no element found"),
    (b"<srx>\n<body>", "2", "no element found"),
    (b"<tmx/>", "", "no SRX file"),
    ("<srx>香港</srx>".encode("big5"), "1", "not well-formed"),
    (b"<!DOCTYPE srx [<!ENTITY a 'b'>]>\n<srx/>", "1", "document type"),
    (rules(rule("(", "")), "4", "not a pattern"),
    (rules(rule("a"), rule("[a")), "5", "never ends"),
    (rules(rule("(?:a+)+")), "4", "for ever"),
    (rules(rule("(?:a|ab)*")), "4", "for ever"),
    (rules(rule("\\p{Klingon}")), "4", "unknown property"),
    (
        rules(maps='\n<languagemap languagepattern="x" languagerulename="C"/>'),
        "10",
        "no rules named",
    ),
]


@pytest.mark.parametrize(("source", "line", "what"), BAD)
def test_bad_rule_files(source: bytes, line: str, what: str) -> None:
    with pytest.raises(BilingoError, match=what) as caught:
        srx.parse(source)
    assert caught.value.where == line


@given(st.binary(max_size=80))
def test_odd_bytes_are_refused(source: bytes) -> None:
    with pytest.raises(BilingoError):
        srx.parse(source)


def test_rules_are_capped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(srx, "MOST_RULES", 2)
    with pytest.raises(BilingoError, match="more than 2 rules"):
        srx.parse(rules(rule("a"), rule("b")))  # and the one of B


@pytest.mark.corpus
@pytest.mark.parametrize(
    ("name", "locale", "least", "of"), [("en", "en", 60, 63), ("zh", "zh-Hant-HK", 48, 49)]
)
def test_shared_cases(shared: Path, name: str, locale: str, least: int, of: int) -> None:
    cases = json.loads((shared / f"cases/segment_{name}.json").read_text(encoding="utf-8"))
    assert all("".join(srx.split(case["text"], locale)) == case["text"] for case in cases)
    scored = [case for case in cases if not case["policy"]]
    right = sum(list(srx.split(case["text"], locale)) == case["segments"] for case in scored)
    assert len(scored) == of
    assert right >= least


@pytest.mark.corpus
def test_seed_article(shared: Path) -> None:
    text = (shared / "data/seed/gene-therapy.en.txt").read_text(encoding="utf-8")
    first, *lines = (line for line in text.splitlines() if line)
    body = [line for line in lines if not line.startswith("- ") and line != "Comments"]
    assert len([first, *body]) == 9
    assert sum(len(srx.split(line, "en")) for line in [first, *body]) == 15


def test_every_pattern_of_our_own_rules_can_be_used() -> None:
    """`default` compiles a pattern when a text asks for it; here each is asked for."""
    ours = Path(srx.__file__).with_name("default.srx").read_bytes()

    assert srx.parse(ours).rules == srx.default().rules


SHORT = st.text("ABab .!?。！？」』”’）()[]1…\n\u2028\uff0e<1/>'\"，Éßİß中国", max_size=30)


@given(SHORT, st.sampled_from(["en", "zh-Hant-HK"]))
def test_a_text_without_a_stop_inside_is_one_sentence(text: str, locale: str) -> None:
    """What `segments` takes for granted of our own rules, seen with all of them."""
    if srx.STOPS.isdisjoint(text.rstrip()[:-1]):
        assert srx.segments(text, locale, srx.default()) == srx.segments(text, locale)


@given(SHORT, st.sampled_from(["en", "zh-Hant-HK"]))
def test_everyday_patterns_are_the_whole_ones(text: str, locale: str) -> None:
    usual, rare = f"{text} x", f"{text} \u0436"  # both are letters in lower case

    assert icu.is_everyday(usual)
    assert not icu.is_everyday(rare)
    starts = [[s.start for s in srx.segments(each, locale)] for each in (usual, rare)]
    assert starts[0] == starts[1]


DOTTED = st.lists(
    st.sampled_from(
        """. .. .py ." .) .[1] a.m. p. m. No. 5 e.g. Mr. www.a.org/b-c. 1.5 the The open 中文
        他說 ： 「 」 “ ” " ' ) （ ） ( ] [1] … ! ? 。 - / _ , A B.Sc. Inc.
        type group <1> </1> <2/>""".split()
    )
    | st.sampled_from("  \t\n"),
    max_size=10,
).map("".join)


@given(DOTTED, LOCALES)
@settings(max_examples=1000)
def test_a_full_stop_inside_a_name_asks_no_rules(text: str, locale: str) -> None:
    if not srx._may_end_inside(text.rstrip()):
        assert srx.split(text, locale) == srx.split(text, locale, srx.default())


@given(TEXTS | DOTTED | SHORT, LOCALES)
@settings(max_examples=1000)
def test_rules_that_fit_nowhere_are_not_asked(text: str, locale: str) -> None:
    """The first texts of a run and all the others are cut alike."""
    both = []
    for asked in (0, srx._FEW):
        srx._ASKED = count(asked)
        both.append(srx.segments(text, locale, srx.default()))

    assert both[0] == both[1]


@pytest.mark.corpus
def test_real_texts_are_cut_alike(shared: Path) -> None:
    for locale in ("en", "zh-Hant-HK"):
        name = "segment_" + locale[:2] + ".json"
        for case in json.loads((shared / "cases" / name).read_text(encoding="utf-8")):
            both = []
            for asked in (0, srx._FEW):
                srx._ASKED = count(asked)
                both.append(srx.segments(case["text"], locale, srx.default()))
            assert both[0] == both[1]


def test_a_short_text_compiles_few_rules() -> None:
    srx._ASKED = count()
    srx._break.cache_clear()

    assert len(srx.split("內核6.7 好嗎?你對這個版本", "zh-Hant-HK")) == 2
    assert srx._break.cache_info().currsize == 1
