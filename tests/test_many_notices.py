"""Notices of unlike structure side by side: nothing unlike is laid in one row, nothing is said that no notice says."""

from functools import cache
from io import BytesIO
from typing import Any

import pytest
from docx import Document
from lxml import html as lxml_html
from many_notices import OWN, PART, PROVINCE, SUBSIDIES, WHOLE, read
from openpyxl import load_workbook

from compare import Matrix, Topics, compare_many, compare_topics
from compare.comparison import Relation
from compare.matrix import UpperFigure
from compare.ranking import Reason
from templates.matrix_reports import MATRIX_REPORTS, render_matrix
from templates.topic_reports import render_topics

LOWERS = {"宜昌": WHOLE, "黄石": PART, "荆州": OWN}


@cache
def matrix() -> Matrix:
    upper, source = read(PROVINCE, "湖北")
    lowers = [read(text, name) for name, text in LOWERS.items()]
    return compare_many(
        upper, [one for one, _ in lowers], upper_source=source, lower_sources=[own for _, own in lowers]
    )


def report(format_: str, **more: Any) -> bytes:
    upper, source = read(PROVINCE, "湖北")
    lowers = [read(text, name) for name, text in LOWERS.items()]
    return render_matrix(
        matrix(),
        upper,
        [one for one, _ in lowers],
        upper_source=source,
        lower_sources=[own for _, own in lowers],
        format=format_,
        **more,
    )


def text_of(data: bytes, format_: str) -> str:
    """All words of a report, whatever its format."""
    if format_ == "xlsx":
        cells = (cell.value for sheet in load_workbook(BytesIO(data)) for row in sheet.iter_rows() for cell in row)
        return "\n".join(str(value) for value in cells if value is not None)
    if format_ == "docx":
        document = Document(BytesIO(data))
        cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
        return "\n".join([*(line.text for line in document.paragraphs), *cells])
    return data.decode()


def figure(quote: str) -> UpperFigure:
    return next(one for row in matrix().rows for one in row.figures if one.upper.quote == quote)


def said(quote: str) -> list[str | None]:
    return [lower.quote if lower else None for lower in figure(quote).lowers]


@cache
def topics() -> Topics:
    sides = [read(text, name) for name, text in SUBSIDIES.items()]
    return compare_topics([one for one, _ in sides], sources=[source for _, source in sides])


def rows() -> dict[tuple[str | None, ...], Reason | None]:
    """The rows that several notices have, with why nobody is the strictest."""
    return {
        tuple(one.quote if one else None for one in row.figures): row.ranking.reason
        for topic in topics().topics
        for row in topic.rows
        if row.shared
    }


@pytest.mark.parametrize("format_", sorted(set(MATRIX_REPORTS) - {"csv"}))
def test_what_was_not_found_is_never_called_left_out(format_: str) -> None:
    """Not found says nothing of intent: no report of several notices says 删去 or 删除."""
    text = text_of(report(format_), format_)

    assert "未见" in text
    assert not [word for word in ("删去", "删除") if word in text]
    assert "不说明是否有意不写" in text


def test_a_notice_that_does_not_name_the_upper_one_is_cautioned() -> None:
    """By number or title: two cities do, the third does not, and its column says so in the head of the page."""
    assert [column.names_upper for column in matrix().columns] == [True, True, False]
    page = lxml_html.document_fromstring(report("html").decode())
    cautions = [line.text_content() for line in page.xpath("//header//p[@class='doubtful']")]

    assert len(cautions) == 3
    assert cautions[0].startswith("黄石市（3 句）：文件对应的不到上级 8 句的一半")
    assert cautions[1].startswith("荆州市（1 句）：文件没有写出这份上级文件的文号或标题")


def test_without_reason_there_is_no_caution() -> None:
    """A notice that names the upper one and has most of it stands without any caution."""
    upper, source = read(PROVINCE, "湖北")
    lower, own = read(WHOLE, "宜昌")
    one = compare_many(upper, [lower], upper_source=source, lower_sources=[own])
    page = render_matrix(one, upper, [lower], upper_source=source, lower_sources=[own], format="html").decode()

    assert "doubtful" not in lxml_html.document_fromstring(page).xpath("//header//p/@class")


def test_figures_answer_each_other_across_structures() -> None:
    """A share that became a floor is the same figure, no lost one; a ceiling in a notice of other structure too."""
    assert said("最高30万元") == ["最高30万元", None, "最高20万元"]
    assert said("70%") == ["70%", "不低于当地最低工资标准的70%", None]
    assert figure("70%").ranking.reason is Reason.BOUND
    assert figure("最高30万元").ranking.strictest == (2,)


def test_totals_of_cities_are_put_in_order_only() -> None:
    """4,000 places of one city and 1,500 of a smaller one: highest and lowest, nobody is stricter."""
    ranking = figure("不少于5万个").ranking

    assert (ranking.strictest, ranking.highest, ranking.lowest) == ((), (0,), (1,))
    assert ranking.reason is Reason.TOTAL


def test_how_long_notices_are_in_force_is_an_addition_of_its_own() -> None:
    """A closing clause on the term is named as that, not by its first characters."""
    upper, source = read(PROVINCE, "湖北")
    sides = [read(OWN, "荆州"), read(OWN.replace("荆州", "襄阳").replace("荆政发", "襄政发"), "襄阳")]
    found = compare_many(
        upper, [one for one, _ in sides], upper_source=source, lower_sources=[own for _, own in sides]
    ).additions

    assert "施行日期和有效期" in {addition.label for addition in found}


def test_headings_group_the_rows() -> None:
    """Each heading of the upper notice is a row above its sentences, with what became of them in each column."""
    page = lxml_html.document_fromstring(report("html").decode())
    parts = page.xpath("//details[contains(@class, 'part')]")
    inner = [head.text_content().strip() for head in page.xpath("//section[@class='group']//h4")]

    assert parts[0].xpath(".//h3")[0].text_content() == "一、激发企业活力"
    assert all(part.get("open") is not None for part in parts)
    assert inner[:2] == ["（一）加大金融支持力度", "（二）支持企业扩岗"]
    tallies = parts[0].xpath("./summary//span[@class='tally']")
    counts = [sum(cell.relation is Relation.DROPPED for cell in cells) for cells in zip(*cells_of(0), strict=True)]
    assert [("未见对应" in tally.text_content()) for tally in tallies] == [count > 0 for count in counts]


def cells_of(part: int) -> list[tuple[Any, ...]]:
    sections = list(dict.fromkeys(row.section for row in matrix().rows))
    return [row.cells for row in matrix().rows if row.section == sections[part]]


def test_headings_fold_in_excel() -> None:
    """Main clauses are at the outer level, headings one in, sentences two; headings stay while the table scrolls."""
    sheet = load_workbook(BytesIO(report("xlsx")))["总表"]
    levels = {row[2].value: sheet.row_dimensions[row[0].row].outlineLevel for row in sheet.iter_rows(min_row=2)}

    assert levels["一、激发企业活力"] == 0
    assert levels["（一）加大金融支持力度"] == 1
    assert {level for words, level in levels.items() if words.endswith("。")} == {2}
    assert sheet.sheet_properties.outlinePr.summaryBelow is False
    assert sheet.freeze_panes == "D2"


def test_headings_are_in_the_record() -> None:
    """Each heading with its relation and its counterpart in each column."""
    found = {heading.upper.quote: heading for heading in matrix().headings}
    jobs = found["支持企业扩岗"]

    assert jobs.relations[0] is Relation.VERBATIM
    assert [ref.quote for ref in jobs.lowers[0]] == ["支持企业扩岗"]


def test_what_measures_the_same_meets_however_worded() -> None:
    """Rate of those kept on, job fairs, days for handling, the sum: one row each, whatever the clause is called."""
    found = rows()

    assert ("不低于50%", "达到50%以上") in found
    assert ("每年举办各类招聘活动100场次以上", "每年组织线上线下招聘活动不少于1000场次") in found
    assert found["自受理之日起10个工作日内", "15个工作日内"] is None
    assert found["10000元", "5000元"] is Reason.EXACT


def test_what_measures_something_else_has_a_row_of_its_own() -> None:
    """Trainees' and public jobs' subsidies, two grades, special fairs, a share of a wage and a sum: never one row."""
    found = rows()

    assert found["每人1200元", "每人1000元"] is Reason.EXACT  # 初级工, named in another order
    assert found["每人2500元", "每人2000元"] is Reason.EXACT  # 高级工
    alone = {"不少于20场", "每人每月1500元", "每人每月再增加300元", "70%", "不低于当地最低工资标准的70%"}
    assert not [pair for pair in found if alone & set(pair)]


def test_the_strictest_needs_one_bound() -> None:
    """Twelve months at most beside three to twelve: no claim, and the reason is said in words."""
    assert rows()["最长不超过12个月", "3—12个月"] is Reason.BOUND
    sides = [read(text, name) for name, text in SUBSIDIES.items()]
    page = render_topics(
        topics(), [one for one, _ in sides], sources=[source for _, source in sides], format="html"
    ).decode()

    assert "口径不同（上限、下限、确数），不比谁严" in page


def test_the_term_of_a_notice_is_a_topic_of_its_own() -> None:
    """有效期5年 and 有效期至…: one row, once each, last, and no claim who is stricter."""
    last = topics().topics[-1]

    assert last.label == "施行日期和有效期"
    assert [[one.quote if one else None for one in row.figures] for row in last.rows] == [
        ["有效期5年", "至2028年5月31日"]
    ]
    assert last.rows[0].ranking.reason is Reason.VALIDITY


def test_a_length_and_its_deadline_are_one_figure() -> None:
    """自受理之日起10个工作日内 is told once, not as an amount and a deadline."""
    told = [one.quote for topic in topics().topics for row in topic.rows for one in row.figures if one]

    assert sum("10个工作日" in quote for quote in told) == 1
    assert len(told) == len(
        {(one.clause, one.span, at) for t in topics().topics for r in t.rows for at, one in enumerate(r.figures) if one}
    )


def test_rows_say_what_they_measure() -> None:
    """The words that the figures share stand over the kind of quantity."""
    labels = {row.label for topic in topics().topics for row in topic.rows if row.shared}

    assert {"留用率", "招聘活动", "初级工", "高级工"} <= labels


def test_the_quote_is_marked_at_its_own_place() -> None:
    """500元 after 1500元 in one list: the mark stands at the figure, not at the first place with its characters."""
    found = [one for topic in topics().topics for row in topic.rows for one in row.figures if one]

    for one in found:
        before, after = one.around
        assert before + one.quote + after == one.context
        assert one.context_span.start + len(before) == one.span.start


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_word_files_hold_the_whole_table(lang: str) -> None:
    """The Word files have the outcome, every upper sentence and both cities' figures, and are the same every time."""
    text = text_of(report("docx", lang=lang), "docx")
    sides = [read(text, name) for name, text in SUBSIDIES.items()]
    arguments: dict[str, Any] = {"sources": [source for _, source in sides], "format": "docx", "lang": lang}
    side = render_topics(topics(), [one for one, _ in sides], **arguments)

    assert all(row.upper.quote in text for row in matrix().rows)
    assert "每年举办各类招聘活动100场次以上" in text_of(side, "docx")
    assert side == render_topics(topics(), [one for one, _ in sides], **arguments)
