"""Only figures of one item are ranked, ties are told once, and what is to be checked is one number everywhere."""

import re
from io import BytesIO
from typing import Any

import pytest
from cities import Many, drafted, rewritten
from drafting import draft_document
from lxml import html as lxml_html
from openpyxl import load_workbook

from compare import compare, compare_topics
from compare.matrix import UpperFigure
from templates.comparison_view import build_comparison_view
from templates.matrix_builder import build_matrix_view
from templates.matrix_reports import render_matrix

SAME = "对符合条件的企业，{}，由市人力资源社会保障局会同市财政局按季度审核拨付，资金从就业补助资金中列支。"


def ranked(upper: str, *lowers: str) -> UpperFigure:
    """The one figure of sentences that are alike but for the measure."""
    matrix = drafted((SAME.format(upper),), *((SAME.format(lower),) for lower in lowers)).matrix
    (figure,) = matrix.rows[0].figures
    return figure


@pytest.mark.parametrize(
    ("upper", "other"),
    [
        ("按每人每月700元标准给予培训补贴", "按每人每月2100元标准给予创业担保贷款"),
        ("按每人每月2800元标准给予创业担保贷款", "按每人每月500元标准给予贷款贴息"),
        ("按每人每月2800元标准给予创业担保贷款", "按每人每月2400元标准给予研发补助"),
        ("给予最高不超过300万元的研发补助", "给予最高不超过200万元的社会保险补贴"),
        ("每年新增生态修复项目120个以上", "每年新增交通基础设施项目320个以上"),
        ("每年新增养老服务项目160个以上", "每年新增畜牧养殖项目180个以上"),
    ],
)
def test_figures_of_other_items_are_not_ranked(upper: str, other: str) -> None:
    """Another thing in the same place of the sentence is neither highest nor lowest nor strictest of anything."""
    found = ranked(upper, upper, other)

    assert found.apart == (1,)
    assert (found.ranking.strictest, found.ranking.highest, found.ranking.lowest) == ((), (), ())


@pytest.mark.parametrize(
    ("upper", "other"),
    [
        ("给予最高50万元的研发补助", "给予最高30万元的研发补贴"),
        ("给予最高50万元奖励", "给予最高30万元补贴"),
        ("给予不超过300万元的创业担保贷款", "给予不超过200万元的个人创业担保贷款"),
        ("每年举办招聘活动不少于100场", "每年组织各类线上线下招聘活动80场以上"),
        ("见习留用率不低于50%", "见习期满留用率达到60%以上"),
        ("贷款额度最高300万元", "授信额度最高200万元"),
        ("在10个工作日内拨付到位", "在5个工作日内完成兑付"),
    ],
)
def test_other_words_for_one_item_are_ranked(upper: str, other: str) -> None:
    """补助 and 补贴, the same rate or activity in other words: one item, and its ends are told."""
    found = ranked(upper, upper, other)

    assert found.apart == ()
    assert found.ranking.highest


def test_an_equal_number_of_another_item_is_not_kept() -> None:
    """300万 for research above and 300万 for insurance below: the page shows the words and says why none is ranked."""
    upper = "给予最高不超过300万元的研发补助"
    many = drafted(
        (SAME.format(upper),), (SAME.format(upper),), (SAME.format(upper.replace("研发补助", "社会保险补贴")),)
    )
    page = lxml_html.document_fromstring(render(many, "html").decode())
    first, second = page.xpath("//section[@id='figures']//td[@data-label]")

    assert first.text_content() == "同上级"
    assert "社会保险补贴" in second.text_content()
    assert "事项不同" in second.text_content()
    assert (
        "1 地写的是另一事项，不参加比较" in page.xpath("//section[@id='figures']//th[@scope='row']")[0].text_content()
    )


def render(many: Many, format_: str, **more: Any) -> bytes:
    return render_matrix(many.matrix, many.upper, many.lowers, format=format_, **many.sources, **more)


def test_a_tie_of_those_who_kept_the_figure_is_told_once() -> None:
    """Two cities as the province, one laxer: the badge stands on no 同上级 cell, the row's head says it."""
    day = "2023年9月30日前完成企业用工情况摸底排查。"
    many = drafted((day,), (day,), (day,), (day.replace("9月30日", "12月31日"),))
    page = lxml_html.document_fromstring(render(many, "html").decode())
    section = page.xpath("//section[@id='figures']")[0]

    assert section.xpath(".//td[contains(@class, 'kept')]//span[@class='rank']") == []
    assert section.text_content().count("最严") == 2  # in the hint of the section, and once in the row
    assert "同上级的 2 地并列最严" in section.text_content()


def test_several_at_one_end_are_called_tied() -> None:
    """Two cities with the same lower ceiling share a rank and say so."""
    loan = "对企业给予最高50万元奖补。"
    many = drafted((loan,), (loan.replace("50", "30"),), (loan.replace("50", "30"),), (loan,))
    page = lxml_html.document_fromstring(render(many, "html").decode())

    assert [mark.text_content() for mark in page.xpath("//span[@class='rank']")] == ["并列最严", "并列最严"]


@pytest.mark.parametrize("least", [0.5, 0.8, 0.95, 1.01])
def test_what_is_to_be_checked_is_one_number(least: float) -> None:
    """The matrix counts for each city what the report of its pair counts, with what the city added."""
    many = rewritten()
    view = build_matrix_view(many.matrix, many.upper, many.lowers, min_confidence=least, **many.sources)  # type: ignore[arg-type]
    for column, lower, source in zip(view.columns, many.lowers, many.lower_sources, strict=True):
        pair = compare(many.upper, lower, upper_source=many.upper_source, lower_source=source)
        report = build_comparison_view(
            pair, many.upper, lower, upper_source=many.upper_source, lower_source=source, min_confidence=least
        )
        said = re.match(r"待核 (\d+) 组", report.doubtful)
        assert column.doubtful == (int(said[1]) if said else 0)


def test_shares_of_the_overview_add_up() -> None:
    """Reuse, modified and not found make the whole; what was localised is named as a part of the reuse."""
    many = rewritten()
    columns = build_matrix_view(many.matrix, many.upper, many.lowers, **many.sources).columns  # type: ignore[arg-type]

    for column in columns:
        shares = {measure.label: measure.share for measure in column.measures}
        parts = [shares[name] for name in ("沿用比例", "改动比例", "未见对应比例")]
        assert sum(part or 0.0 for part in parts) == pytest.approx(1, abs=0.0002)
        assert (shares["其中本地化"] or 0.0) <= (shares["沿用比例"] or 0.0)


def test_the_title_of_an_overview_has_room() -> None:
    """A long title lies over all columns of the sheet in a row that is high enough."""
    sheet = load_workbook(BytesIO(render(rewritten(), "xlsx")))["概览"]

    assert "A1:C1" in {str(merged) for merged in sheet.merged_cells.ranges}
    assert (sheet.row_dimensions[1].height or 0) >= 20
    assert sheet["A1"].value == "上下级文件对照总表"


LABELLED = (
    ("有效满足工业企业招聘需求，每年举办线上线下专场招聘活动1000场次以上。", "全年举办不少于300场线上线下招聘活动。"),
    ("对离校2年内未就业高校毕业生给予一次性求职补贴1500元。", "离校2年内未就业高校毕业生，给予一次性求职补贴1000元。"),
    ("按照不低于当地最低工资标准的60%给予就业见习补贴。", "就业见习补贴标准为当地最低工资标准的70%。"),
    ("每年新增公益性岗位不少于2000个。", "新增公益性岗位500个以上。"),
)


def test_labels_are_names_of_things() -> None:
    """Subject or object of the measure; no verb, adverb or place, and no name that leaves out a 未 before it."""
    documents = [
        draft_document(issuer, (("主要任务", sentences),))
        for issuer, sentences in zip(("济南市人民政府", "青岛市人民政府"), zip(*LABELLED, strict=True), strict=True)
    ]
    found = compare_topics(
        [document.notices[0] for document in documents], sources=[document.source for document in documents]
    )
    rows = [row for topic in found.topics for row in topic.rows if row.shared]
    labels = {row.label for row in rows} | {topic.label for topic in found.topics}

    assert len(rows) >= 4
    assert {"招聘活动", "高校毕业生", "公益性岗位"} <= {label.removeprefix("线上线下") for label in labels}
    verbs = ("举办", "离校", "当地", "满足", "新增", "给予", "有效", "就业高校毕业生")
    assert not [label for label in labels if label.startswith(verbs) or label.endswith(verbs[:-1])]
