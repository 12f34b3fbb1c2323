"""One upper notice against many lower ones: the matrix itself and its reports."""

import csv
import json
import re
from collections import Counter
from datetime import date
from functools import cache
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
from cities import Many, drafted, rewritten
from drafting import draft_document, draft_table
from lxml import html as lxml_html
from openpyxl import load_workbook

from compare import encode
from compare.comparison import Relation
from compare.figures import Figure, read_figures
from compare.matrix import Matrix, build_matrix, compare_many
from compare.passages import read_passages
from compare.ranking import rank
from templates.labels import LANGUAGES, load_messages
from templates.matrix_reports import MATRIX_REPORTS, render_matrix

RANKS = [
    json.loads(line) for line in (Path(__file__).parent / "specs/strictness.jsonl").read_text("utf-8").splitlines()
]
HOSTILE = "=1+1开展“<script>alert(1)</script>”行动|甲`乙"

LOAN = "对企业给予最高50万元奖补。"
DAY = "2023年12月31日前完成企业用工情况摸底排查。"
SHARE = "中小微企业青年就业见习留用率不低于60%。"
JOBS = "开发一批农村护路、管水、保洁、治安等乡村公益性岗位。"


@cache
def cities() -> tuple[Many, Matrix]:
    many = rewritten()
    return many, many.matrix


def render(many: Many, matrix: Matrix, format_: str, **more: Any) -> bytes:
    arguments: dict[str, Any] = {**many.sources, "generated_on": date(2030, 1, 2), **more}
    return render_matrix(matrix, many.upper, many.lowers, format=format_, **arguments)


def refs(notice: Any) -> Counter[tuple[str, int]]:
    return Counter((p.ref.clause, p.ref.sentence) for p in read_passages(notice) if not p.frame)


def test_every_upper_sentence_has_a_cell_for_every_notice() -> None:
    """Rows are the upper sentences in order; each has one cell a lower notice."""
    many, matrix = cities()

    assert [(row.upper.clause, row.upper.sentence) for row in matrix.rows] == list(refs(many.upper))
    assert {len(row.cells) for row in matrix.rows} == {len(many.lowers)}
    for at, column in enumerate(matrix.columns):
        found = Counter(row.cells[at].relation for row in matrix.rows)
        assert found[Relation.ADDED] == 0
        assert found[Relation.DROPPED] == column.summary.relations.get("dropped", 0)


def test_every_lower_sentence_is_in_a_cell_or_an_addition() -> None:
    """Nothing of a lower notice is lost: it answers an upper sentence or it was added."""
    many, matrix = cities()

    for at, lower in enumerate(many.lowers):
        units = {row.cells[at].unit: row.cells[at].lower for row in matrix.rows}
        units |= {one.unit: one.lower for addition in matrix.additions for one in addition.members if one.column == at}
        assert Counter((ref.clause, ref.sentence) for found in units.values() for ref in found) == refs(lower)


def test_material_changes_of_a_pair_all_stand_in_its_column() -> None:
    """A column has as many material changes as the comparison of its pair counts."""
    _, matrix = cities()

    for at, column in enumerate(matrix.columns):
        units = {(row.cells[at].unit, change) for row in matrix.rows for change in row.cells[at].changes}
        units |= {
            (one.unit, change)
            for addition in matrix.additions
            for one in addition.members
            if one.column == at
            for change in one.changes
        }
        assert sum(not change.nested for _, change in units) == column.summary.material
        assert {change.material for _, change in units} == {True}
    assert sum(column.summary.material for column in matrix.columns) > 0


@cache
def figure_of(sentence: str) -> Figure:
    notice = draft_document("山东省人民政府", ((sentence[:2], (sentence,)),)).notices[0]
    found = [figure for passage in read_passages(notice) if not passage.frame for figure in read_figures(passage)]
    assert len(found) == 1, [figure.quote for figure in found]
    return found[0]


@pytest.mark.parametrize("spec", RANKS, ids=[spec["name"] for spec in RANKS])
def test_strictest_follows_from_bound_and_value(spec: dict[str, Any]) -> None:
    """Which figure binds most is what its bound and its value allow, never the number alone."""
    ranking = rank([figure_of(sentence) if sentence else None for sentence in spec["sentences"]])

    assert list(ranking.strictest) == spec["strictest"]
    assert list(ranking.highest) == spec["highest"]
    assert list(ranking.lowest) == spec["lowest"]
    assert ranking.reason == spec["reason"]


def test_each_figure_stands_beside_what_every_city_made_of_it() -> None:
    """Ceiling, day and floor of the province: changed in one city, dropped in another, the strictest named."""
    matrix = drafted(
        (LOAN, DAY, SHARE),
        (LOAN.replace("50", "30"), DAY.replace("12月31日", "9月30日"), SHARE.replace("60", "75")),
        (LOAN, DAY.removeprefix("2023年12月31日前"), SHARE),
    ).matrix
    lines = {figure.upper.quote: figure for row in matrix.rows for figure in row.figures}

    assert [lower.quote if lower else None for lower in lines["最高50万元"].lowers] == ["最高30万元", "最高50万元"]
    assert lines["最高50万元"].kept == (False, True)
    assert lines["最高50万元"].ranking.strictest == (0,)
    assert lines["不低于60%"].ranking.strictest == (0,)
    assert [lower is None for lower in lines["2023年12月31日前"].lowers] == [False, True]


def test_a_number_for_each_county_answers_one_for_the_cities() -> None:
    """每个县…建成1所 is no missing 1所: it is shown, its day beside the day; so many each are not ranked with a total."""
    matrix = drafted(
        ("各市要在2025年6月底前至少建成1所托育中心。",),
        ("市本级和每个县区在2025年3月底前至少各建成1所托育中心。",),
    ).matrix
    lines = {figure.upper.quote: figure for row in matrix.rows for figure in row.figures}

    assert [lower.quote if lower else None for lower in lines["2025年6月底前"].lowers] == ["2025年3月底前"]
    assert [lower.quote if lower else None for lower in lines["至少建成1所"].lowers] == ["至少各建成1所"]
    assert lines["至少建成1所"].ranking.strictest == ()
    assert lines["2025年6月底前"].kept == (False,)


def test_who_dropped_and_who_changed_is_told_by_row() -> None:
    """A sentence left out in one city and changed in another names both columns."""
    matrix = drafted((LOAN, JOBS), (LOAN.replace("50", "30"), JOBS), (JOBS,)).matrix
    loan, jobs = matrix.rows

    assert loan.changed_by == (0,)
    assert loan.dropped_by == (1,)
    assert jobs.changed_by == jobs.dropped_by == ()


def test_what_several_cities_added_stands_together() -> None:
    """The same addition of two cities is one entry with words for it; another is an entry of its own."""
    centre = "设立青年就业服务中心，提供一站式求职登记服务。"
    matrix = drafted(
        (LOAN, JOBS),
        (LOAN, centre, JOBS),
        (LOAN, JOBS, centre.replace("一站式", "全天候")),
        (LOAN, JOBS, "建立海上渔船船员培训基地。"),
    ).matrix
    shared, alone = matrix.additions

    assert [one.column for one in shared.members] == [0, 1]
    assert "服务中心" in shared.label
    assert [one.column for one in alone.members] == [2]
    assert alone.label == ""
    after = shared.members[0].after
    assert after is not None
    assert after.quote == LOAN


def test_matrix_of_made_comparisons_is_the_same() -> None:
    """Building from comparisons already made gives what comparing afresh gives, as the same bytes."""
    from compare import compare

    many, matrix = cities()
    made = [
        compare(many.upper, lower, upper_source=many.upper_source, lower_source=source)
        for lower, source in zip(many.lowers, many.lower_sources, strict=True)
    ]

    assert encode(build_matrix(many.upper, many.lowers, made)) == encode(matrix)
    with pytest.raises(ValueError, match="no lower notice"):
        build_matrix(many.upper, [], [])


@pytest.mark.parametrize("format_", MATRIX_REPORTS)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_reports_are_the_same_every_time(format_: str, lang: str) -> None:
    """Same matrix, same bytes, in every format and language."""
    many, matrix = cities()

    assert render(many, matrix, format_, lang=lang) == render(many, many.matrix, format_, lang=lang)


def test_page_shows_every_cell_and_loads_nothing() -> None:
    """The page has each upper sentence with a cell a notice, in one file that fetches nothing."""
    many, matrix = cities()
    text = render(many, matrix, "html").decode()
    page = lxml_html.document_fromstring(text)
    rows = page.xpath("//article[contains(@class, 'row')]")

    assert [row.get("id") for row in rows] == [f"r{number}" for number in range(1, len(matrix.rows) + 1)]
    for row, record in zip(rows, matrix.rows, strict=True):
        cells = row.xpath(".//div[contains(concat(' ', @class, ' '), ' cell ')]")
        assert row.xpath(".//p[@class='text']")[0].text_content() == record.upper.quote
        assert [cell.get("class").split()[-1] for cell in cells] == [cell.relation.value for cell in record.cells]
    assert not re.search(r"""(?:src|href)=(?!["']?#)|url\(|@import""", text)


def test_page_names_who_dropped_and_who_is_strictest() -> None:
    """A reader finds the strictest figure, the dropped deadline and the addition without opening a row."""
    many = drafted((LOAN, DAY, JOBS), (LOAN.replace("50", "30"), DAY), (LOAN, JOBS + "建立海上渔船船员培训基地。"))
    page = lxml_html.document_fromstring(render(many, many.matrix, "html").decode())

    assert "最高30万元" in page.xpath("//section[@id='figures']//td[.//span[@class='rank']]")[0].text_content()
    assert [item.text_content() for item in page.xpath("//section[@id='dropped']//dt")] == ["济南市 1", "青岛市 1"]
    assert "海上渔船船员培训基地" in page.xpath("//section[@id='added']")[0].text_content()


def test_low_confidence_is_marked_and_counted() -> None:
    """With a limit above every confidence each cell says it is to be checked; with none, no cell does."""
    many, matrix = cities()
    strict = render(many, matrix, "html", min_confidence=1.01).decode()
    lax = render(many, matrix, "html", min_confidence=0.0).decode()

    assert strict.count(">待核</span>") >= len(matrix.rows) * len(matrix.columns)
    assert f"待核 {len(matrix.rows)} 组" in strict
    assert "待核" not in lax


def test_csv_is_the_long_form() -> None:
    """One row an upper sentence and notice and one an addition, in UTF-8 that Excel recognises."""
    many, matrix = cities()
    data = render(many, matrix, "csv")
    rows = list(csv.DictReader(StringIO(data.decode("utf-8-sig"), newline="")))
    added = sum(len(addition.members) for addition in matrix.additions)

    assert data.startswith(b"\xef\xbb\xbf")
    assert len(rows) == len(matrix.rows) * len(matrix.columns) + added
    t = load_messages("zh")
    relations = Counter(row["关系"] for row in rows)
    for relation in (Relation.MODIFIED, Relation.DROPPED):
        cells = sum(cell.relation is relation for row in matrix.rows for cell in row.cells)
        assert relations[t(f"relation.{relation}")] == cells
    assert relations[t("relation.added")] == added


def test_workbook_has_a_sheet_a_view() -> None:
    """Notices, matrix, figures, additions and long form: filtered, frozen, and text stays text."""
    many = drafted((LOAN, HOSTILE + "。"), (LOAN, HOSTILE + "。"), (LOAN.replace("50", "30"),))
    book = load_workbook(BytesIO(render(many, many.matrix, "xlsx")))

    assert book.sheetnames == ["概览", "各地一览", "总表", "数额与时限", "新增", "明细"]
    frozen = {sheet.title: sheet.freeze_panes for sheet in book.worksheets[1:]}
    assert frozen == {"各地一览": "B2", "总表": "D2", "数额与时限": "E2", "新增": "A2", "明细": "A2"}
    overview = {head.value: cell for head, cell in zip(book["各地一览"][1], book["各地一览"][2], strict=True)}
    assert [overview[name].value for name in ("照搬", "本地化", "改动", "未见对应", "本级新增")] == [2, 0, 0, 0, 0]
    reused, ordered = overview["沿用比例"], overview["顺序相关"]
    assert (reused.value, reused.number_format, ordered.value, ordered.number_format) == (1, "0.0%", 1, "0.00")
    assert all(sheet.auto_filter.ref for sheet in book.worksheets[1:])
    assert [cell.value for cell in book["总表"][1]][3:] == ["济南市", "青岛市"]
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f" or cell.hyperlink]


def test_markdown_tables_stay_whole() -> None:
    """No text of a notice opens a cell or a tag: each table line has as many cells as its head."""
    many = drafted((LOAN, HOSTILE + "。"), (LOAN, HOSTILE + "另行通知。"), (LOAN,))
    text = render(many, many.matrix, "md").decode()

    for block in text.split("\n\n"):
        lines = [re.sub(r"\\.", "", line) for line in block.splitlines() if line.startswith("|")]
        assert len({line.count("|") for line in lines}) <= 1
    assert "<script" not in text


def test_markup_in_a_notice_is_text() -> None:
    """A notice full of markup is shown as printed and runs nothing."""
    many = drafted((LOAN, HOSTILE + "。"), (LOAN, HOSTILE + "。"))
    page = lxml_html.document_fromstring(render(many, many.matrix, "html").decode())

    assert len(page.xpath("//script")) == 1
    assert HOSTILE in page.xpath("//main")[0].text_content()


@pytest.mark.parametrize("format_", ["html", "md", "csv"])
def test_cells_of_a_table_are_parted(format_: str) -> None:
    """An added row of a table is told with its cells apart: 400 and 700 side by side are not 400700."""
    upper, *lowers = (
        draft_document("山东省人民政府", (("主要任务", (LOAN,)),)),
        draft_table("济南市人民政府", "东区", 400, 700),
    )
    notices, sources = [one.notices[0] for one in lowers], [one.source for one in lowers]
    matrix = compare_many(upper.notices[0], notices, upper_source=upper.source, lower_sources=sources)
    arguments = {"upper_source": upper.source, "lower_sources": sources, "format": format_}
    shown = re.sub(r"<[^>]*>", "", render_matrix(matrix, upper.notices[0], notices, **arguments).decode())

    assert "1｜东区｜400｜700" in shown
    assert "400700" not in shown


def test_a_hedged_figure_is_not_as_above() -> None:
    """力争 or 原则上 beside an equal value is told in its cell, in every form, and the firm city keeps the figure."""
    goal = "城市社区服务覆盖率达到95%以上。"
    many = drafted((goal,), (f"力争{goal}",), (goal,))
    matrix = many.matrix
    text = render(many, matrix, "md").decode()
    sheet = load_workbook(BytesIO(render(many, matrix, "xlsx")))["数额与时限"]

    (figure,) = matrix.rows[0].figures
    assert (figure.kept, figure.hedged, figure.unmoved) == ((True, True), (0,), False)
    assert "（力度不同：力争） | 同上级 |" in text
    assert [cell.value for cell in sheet[2]][4:6] == ["达到95%以上（力度不同：力争）", "达到95%以上"]


def test_a_firm_figure_beside_a_hedged_one_above_is_told() -> None:
    """A city that drops the 力争 of the province is no 同上级 either."""
    goal = "城市社区服务覆盖率达到95%以上。"
    many = drafted((f"力争{goal}",), (goal,), (f"力争{goal}",))

    assert "（力度不同：未写“力争”） | 同上级 |" in render(many, many.matrix, "md").decode()


def test_ranks_are_told_alike_in_every_form() -> None:
    """One city that keeps the upper figure and is the strictest is so in Markdown, page and workbook."""
    many = drafted((SHARE,), (SHARE,), (SHARE.replace("60", "50"),))
    matrix = many.matrix
    cells = lxml_html.document_fromstring(render(many, matrix, "html").decode()).xpath("//td[@class='kept']")
    sheet = load_workbook(BytesIO(render(many, matrix, "xlsx")))["数额与时限"]

    assert "同上级（最严）" in render(many, matrix, "md").decode()
    assert [cell.text_content() for cell in cells] == ["同上级最严"]
    assert sheet[2][4].value == "不低于60%（最严）"
