"""Notices without a common upper text: topics found, figures laid side by side, and their reports."""

import csv
import re
from collections import Counter
from datetime import date
from functools import cache
from io import BytesIO, StringIO
from typing import Any

import pytest
from cities import bundled
from drafting import draft_document, draft_table
from lxml import html as lxml_html
from openpyxl import load_workbook

from compare import Topics, compare_topics, encode
from compare.clusters import group, read_pieces
from compare.figures import read_figures
from compare.passages import read_passages
from extract.notice import Notice, Source
from templates.labels import LANGUAGES
from templates.topic_reports import TOPIC_REPORTS, render_topics

NUMBERS = ("威人社字〔2023〕14号", "潍人社字〔2023〕17号", "德人社字〔2022〕3号", "晋人社厅函〔2022〕1253号")
ISSUERS = ("济南市人民政府", "青岛市人民政府", "南通市人民政府")
HOSTILE = "=1+1“<script>alert(1)</script>”行动|甲`乙"

Side = tuple[Notice, Source]


@cache
def sides() -> tuple[Side, ...]:
    return tuple(bundled(number) for number in NUMBERS)


@cache
def found() -> Topics:
    return lay(sides())


def lay(notices: tuple[Side, ...]) -> Topics:
    return compare_topics([notice for notice, _ in notices], sources=[source for _, source in notices])


def drafted(*sentences: tuple[str, ...]) -> tuple[Side, ...]:
    """Cities by the sentences of one section each, one item a sentence."""
    documents = [
        draft_document(issuer, (("主要任务", tuple(texts)),)) for issuer, texts in zip(ISSUERS, sentences, strict=False)
    ]
    return tuple((document.notices[0], document.source) for document in documents)


def render(notices: tuple[Side, ...], format_: str, **more: Any) -> bytes:
    return render_topics(
        lay(notices),
        [notice for notice, _ in notices],
        sources=[source for _, source in notices],
        format=format_,
        generated_on=date(2030, 1, 2),
        **more,
    )


def shared_quotes(topics: Topics) -> list[tuple[str | None, ...]]:
    return [
        tuple(figure.quote if figure else None for figure in row.figures)
        for topic in topics.topics
        for row in topic.rows
        if row.shared
    ]


def test_the_loan_of_two_cities_stands_in_one_row() -> None:
    """Ceiling and rate of one loan type stand side by side, each with its clause, under the loan's name."""
    topic = next(topic for topic in found().topics if "专项贷款" in topic.label)
    rows = [row for row in topic.rows if row.shared]
    quotes = [[(one.clause, one.quote) if one else None for one in row.figures[:2]] for row in rows]

    assert quotes == [
        [("二/（五）", "最高3000万元"), ("二/（六）", "最高3000万元")],
        [("二/（五）", "不超过4%"), ("二/（六）", "不超过4%")],
    ]


def test_frequencies_and_rates_are_compared_too() -> None:
    """How often job fairs are held, and what share of the wage a trainee gets, stand in rows of their own."""
    quotes = shared_quotes(found())

    assert ("每周至少举办1次", "每周至少举办一次", None, None) in quotes
    assert ("每月至少举办1次", "每月至少举办一次", None, None) in quotes
    assert (None, "不低于当地最低工资标准的60%", "70%", None) in quotes


def test_every_figure_stands_in_exactly_one_row() -> None:
    """What is in no topic is listed apart: no amount and no deadline of any notice is lost or told twice."""
    topics = found()
    rows = [row for topic in topics.topics for row in topic.rows] + list(topics.alone)

    for at, (notice, _) in enumerate(sides()):
        told = Counter(one.span for row in rows if (one := row.figures[at]))
        real = Counter(f.span for p in read_passages(notice) if not p.frame for f in read_figures(p))
        assert told == real


def test_quotes_stand_where_they_say() -> None:
    """Every quoted passage and figure is the notice's own text at its span."""
    topics = found()

    for at, (notice, _) in enumerate(sides()):
        for topic in topics.topics:
            for ref in topic.passages[at]:
                assert notice.text[ref.span.start : ref.span.end] == ref.quote
            for figure in (row.figures[at] for row in topic.rows):
                assert figure is None or notice.text[figure.span.start : figure.span.end] == figure.quote


def test_a_topic_needs_two_notices() -> None:
    """Sentences that only one notice has make no topic, however alike they are among themselves."""
    topics = found()
    own = lay(
        drafted(("开展渔船船员培训。", "开展渔船船员安全培训。"), ("加强古树名木保护。", "修订殡葬服务价格目录。"))
    )

    assert all(sum(map(bool, topic.passages)) > 1 for topic in topics.topics)
    assert own.topics == ()


def test_what_is_counted_otherwise_is_no_row() -> None:
    """A subsidy a head and one a firm, or money and a share, are not laid in one row."""
    a = "对吸纳脱贫人口就业的帮扶车间给予一次性岗位补贴每人1000元。"
    b = "对吸纳脱贫人口就业的帮扶车间给予一次性岗位补贴每户8000元。"
    c = "对吸纳脱贫人口就业的帮扶车间给予一次性岗位补贴，标准为工资的20%。"
    topics = lay(drafted((a,), (b,), (c,)))

    assert len(topics.topics) == 1
    assert shared_quotes(topics) == []


def test_strictest_city_is_named() -> None:
    """Of two ceilings the lower one is the strictest; of two plain sums only the ends are told."""
    loan, sum_ = "对初创企业发放创业担保贷款，额度最高{}万元。", "对高层次人才给予一次性购房补贴{}万元。"
    topics = lay(drafted((loan.format(300), sum_.format(20)), (loan.format(200), sum_.format(35))))
    rankings = {row.figures[0].quote: row.ranking for topic in topics.topics for row in topic.rows if row.figures[0]}

    assert rankings["最高300万元"].strictest == (1,)
    assert rankings["20万元"].strictest == ()
    assert rankings["20万元"].highest == (1,)


def test_one_sentence_may_hold_several_topics() -> None:
    """Parts between semicolons are matched apart; brackets and quotation marks hold theirs together."""
    notice = drafted(("发放创业贷款；开展技能培训（含线上；线下）；举办“春风；行动”招聘。",))[0][0]
    pieces = [piece.text for piece in read_pieces([notice]) if piece.passage.ref.clause != "closing"]

    assert pieces == ["发放创业贷款；", "开展技能培训（含线上；线下）；", "举办“春风；行动”招聘。"]


def test_a_chain_of_half_alike_sentences_is_no_group() -> None:
    """Groups keep their mean similarity: a like b and b like c do not make a like c."""
    chain = {(0, 1): 0.5, (1, 2): 0.5, (2, 3): 0.5}

    assert group(4, chain, 0.4) == [[0, 1], [2, 3]]
    assert group(4, chain | {(0, 2): 0.45, (0, 3): 0.45, (1, 3): 0.45}, 0.4) == [[0, 1, 2, 3]]


def test_order_of_notices_changes_columns_only() -> None:
    """The same topics are found whichever notice is named first."""
    turned = lay(tuple(reversed(sides())))

    assert {row[::-1] for row in shared_quotes(turned)} == set(shared_quotes(found()))


@pytest.mark.parametrize("format_", [*TOPIC_REPORTS, "json"])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_reports_are_the_same_every_time(format_: str, lang: str) -> None:
    """Same notices, same bytes, in every format and language."""
    if format_ == "json":
        assert encode(found()) == encode(lay(sides()))
        return
    assert render(sides(), format_, lang=lang) == render(sides(), format_, lang=lang)


def test_csv_has_a_row_a_figure_with_its_value() -> None:
    """Each figure is one row: topic, notice, clause, quote, bound and value as plain numbers."""
    data = render(sides(), "csv")
    rows = list(csv.DictReader(StringIO(data.decode("utf-8-sig"), newline="")))
    loan = [row for row in rows if row["数值"] == "最高3000万元"]

    assert data.startswith(b"\xef\xbb\xbf")
    assert [row["地区"] for row in loan] == ["威海市", "潍坊市"]
    assert {(row["口径"], row["下限"], row["上限"], row["单位"], row["每"]) for row in loan} == {
        ("不超过", "", "30000000", "元", "户")
    }
    figures = sum(one is not None for t in found().topics for row in t.rows for one in row.figures)
    assert len(rows) == figures + len(found().alone)


def test_workbook_and_page_hold_the_rows() -> None:
    """Excel and HTML show both cities' quotes in one line; a notice's own markup and formulas stay text."""
    notices = drafted(
        ("对初创企业发放创业担保贷款，额度最高300万元。", HOSTILE + "在全市开展。"),
        ("对初创企业发放创业担保贷款，额度最高200万元。", HOSTILE + "在各区开展。"),
    )
    book = load_workbook(BytesIO(render(notices, "xlsx")))
    text = render(notices, "html").decode()
    page = lxml_html.document_fromstring(text)
    line = next(row for row in book["并列"].iter_rows(values_only=True) if "最高300万元" in str(row))

    assert "最高200万元" in str(line)
    assert not [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    row = page.xpath("//table[@class='side-by-side']//tr[td]")[0].text_content()
    assert "最高300万元" in row
    assert "最高200万元" in row
    assert page.xpath("//script") == []
    assert HOSTILE in page.text_content()
    assert not re.search(r"""(?:src|href)=(?!["']?#)|url\(|@import""", text)


def test_nothing_in_common_is_said() -> None:
    """Notices that share no topic give a report that says so and still lists their figures."""
    notices = drafted(("渔船船员培训补贴每人900元。",), ("加强古树名木保护。",))
    page = lxml_html.document_fromstring(render(notices, "html").decode())

    assert "没有找到共同事项" in page.xpath("//p[@class='outcome']")[0].text_content()
    assert "900元" in page.xpath("//section[@id='alone']")[0].text_content()


@pytest.mark.parametrize("format_", ["html", "md", "csv"])
def test_cells_of_a_table_are_parted(format_: str) -> None:
    """A figure of a table stands between the other cells of its row: 400 beside 700 is not 400700."""
    documents = [
        draft_table(issuer, *cells) for issuer, *cells in ((ISSUERS[0], "东区", 400, 700), (ISSUERS[1], "西县", 50, 90))
    ]
    page = render(tuple((one.notices[0], one.source) for one in documents), format_).decode()
    shown = re.sub(r"<[^>]*>|[*\s]", "", page)

    assert "1｜东区｜400｜700" in shown
    assert not [glued for glued in ("1东区", "东区400", "400700", "5090") if glued in shown]


def test_values_are_told_in_words_and_numbers() -> None:
    """The sheet to count in has no codes of the records: 口径, 单位 and 每 in words, bounds as numbers."""
    notices = drafted(
        ("每年12月15日前报送年度工作总结。", "对招聘机构给予最高5000元补助。"),
        ("每年12月底前报送年度工作总结。", "对招聘机构给予最高6000元补助。"),
    )
    sheet = load_workbook(BytesIO(render(notices, "xlsx")))["明细"]
    head, *rows = sheet.iter_rows(values_only=True)
    told = [dict(zip(head, row, strict=True)) for row in rows]
    columns = ("口径", "下限", "上限", "单位", "每", "止")

    assert [tuple(row[name] for name in columns) for row in told if row["类别"] == "数额"] == [
        ("不超过", None, 5000, "元", None, None),
        ("不超过", None, 6000, "元", None, None),
    ]
    assert [tuple(row[name] for name in columns) for row in told if row["类别"] == "时限"] == [
        ("定期", None, None, None, "年", "12月15日"),
        ("定期", None, None, None, "年", "12月最后一日"),
    ]


NAMES = [
    ("收费不得高于当地上年度居民人均可支配收入的{}%。", (50, 40), "收费"),
    ("贷款利率原则上不超过同期LPR加{}个基点。", (50, 30), "贷款利率"),
    ("各县人民政府要于2024年{}月30日前制定具体实施方案。", (9, 11), "具体实施方案"),
    ("卫生部门每年至少开展{}次安全检查。", (2, 4), "安全检查"),
    ("收费标准每{}年评估调整一次。", ("三", "两"), "评估调整"),
]


@pytest.mark.parametrize(("sentence", "values", "label"), NAMES)
def test_a_row_is_named_by_what_is_measured(sentence: str, values: tuple[object, object], label: str) -> None:
    """By what a limit is set for, what is done by a day or so often; not by the base, the body or the period."""
    rows = [
        row for topic in lay(drafted(*((sentence.format(value),) for value in values))).topics for row in topic.rows
    ]

    assert [row.label for row in rows if row.shared] == [label]


def test_how_often_is_one_row_whatever_the_period() -> None:
    """每季度, 每月 and 每年调度一次 stand side by side, the rarest and the most frequent named."""
    texts = [(f"发展改革委每{period}调度一次工作进展。",) for period in ("季度", "月", "年")]
    (row,) = [row for topic in lay(drafted(*texts)).topics for row in topic.rows]

    assert [one.quote for one in row.figures if one] == ["每季度调度一次", "每月调度一次", "每年调度一次"]
    assert (row.ranking.highest, row.ranking.lowest) == ((1,), (2,))


def test_the_day_of_several_goals_is_one_row_without_a_name() -> None:
    """到2025年底 and 2025年底前 are one day; no goal behind it lends it a name."""
    notices = drafted(
        ("到2025年底，每千人口托位数达到5个，普惠托位占比不低于60%。",),
        ("2025年底前，每千人口托位数达到4个以上，普惠托位占比达到65%以上。",),
    )
    rows = [row for topic in lay(notices).topics for row in topic.rows]

    assert [(row.label, [one and one.quote for one in row.figures]) for row in rows if row.figures[0].date] == [
        ("", ["到2025年底", "2025年底前"])
    ]


def test_days_of_one_task_are_one_row() -> None:
    """Different days by which cities and counties build the same are one row, named by what is built."""
    notices = drafted(
        ("各市州要在2025年6月底前至少建成1所公办综合服务中心，每所托位不少于150个。",),
        ("市本级和每个县市区在2025年3月底前至少各建成1所公办综合服务中心，每所托位不少于150个。",),
    )
    (row,) = [row for topic in lay(notices).topics for row in topic.rows if row.figures[0] and row.figures[0].date]

    assert (row.label, row.ranking.strictest) == ("公办综合服务中心", (1,))
