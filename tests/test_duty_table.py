"""The table of duties: rows, roles, deadlines, groupings, and the check that nothing is missing."""

import csv
import io
import json
import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from duties import HOSTILE, PLAN, ROLES, plan, plan_table, read_sample, read_text, table_of

from corpus import samples as bundled
from templates.duty_reports import DUTY_REPORTS, render_duty_table
from templates.duty_table import DutyOptions, DutyTable, Grouping, Heading, build_duty_table

CHECK = re.compile(r"来文 \d+ 条，表中 \d+ 行；无责任单位 \d+ 条；无牵头单位 \d+ 条；含时限 \d+ 条")


def cells(table: DutyTable, column: str) -> list[str]:
    return [row.plain(column) for row in table.rows]


def test_every_item_of_the_plan_is_a_row_with_all_its_departments() -> None:
    """The 63 items of the bundled plan stand in 63 rows, in order, each with every department it names."""
    table = plan_table()
    items = [clause for clause in plan().clauses if clause.level == 2]

    assert [row.duty.clause for row in table.rows] == [clause.id for clause in items]
    assert len(items) == 63
    for row, clause in zip(table.rows, items, strict=True):
        assert row.plain("measure") == clause.text
        for duty in clause.responsibilities:
            if duty.source == "parenthesis":
                assert all(department.full_name in row.plain("responsible") for department in duty.departments)


def test_gold_departments_stand_in_their_rows(golden: Path) -> None:
    """The hand-made list of who has which item is what the table says."""
    rows = {
        row.duty.clause: set(re.split(r"[\n、]", row.plain("responsible").removesuffix("等")))
        for row in plan_table().rows
    }
    misprinted = {"人力资源社会保障局": "市人力资源社会保障局"}  # item 21 is printed without 市

    for line in (golden / "responsibility-136-jinan.jsonl").read_text("utf-8").splitlines():
        for item in json.loads(line)["municipal_items"]:
            assert {misprinted.get(name, name) for name in rows[item["item"]]} == set(item["departments"])


def test_stated_roles_go_to_their_columns() -> None:
    """A牵头，B、C配合: the lead stands alone, the others beside it; without a lead the column stays empty."""
    table = table_of(ROLES)

    assert cells(table, "lead") == ["市商务局", "", "", ""]
    assert cells(table, "responsible")[:2] == ["市财政局\n市贸促会", "市财政局\n市商务局"]


def test_lead_from_first_place_is_marked_as_inferred() -> None:
    """An inferred lead says so in its cell and in the note; a stated one stays as it is."""
    table = table_of(ROLES, infer_lead=True)

    assert cells(table, "lead") == ["市商务局", "市财政局（推定）", "市交通运输局（推定）", ""]
    assert cells(table, "responsible")[1] == "市商务局"
    notes = cells(table, "note")
    assert "推定" not in notes[0]
    assert "按列第一位推定" in notes[1]


def test_deadline_cells_say_words_and_day() -> None:
    """A deadline without a year shows the day it means; a policy's end and a recurrence are named as such."""
    deadlines = cells(table_of(ROLES), "deadline")

    assert deadlines == ["6月底前\n（2023年6月30日）", "政策期限：至2024年12月31日", "定期：每月5日", ""]


def test_amount_a_year_is_no_deadline() -> None:
    """每人每年100元 is a rate: it puts nothing into 完成时限."""
    text = ROLES.replace("持续提升企业开拓市场能力。", "补贴标准为每人每年不高于100元。")

    assert cells(table_of(text), "deadline")[3] == ""


def test_check_line_counts_what_is_missing() -> None:
    """The check names the clauses without department and without lead, by their ids."""
    table = table_of(ROLES)

    assert table.check.line(table.messages) == "来文 4 条，表中 4 行；无责任单位 1 条；无牵头单位 3 条；含时限 3 条"
    assert list(table.check.missing(table.messages)) == [
        "无责任单位：二/（四）",
        "无牵头单位：一/（二）、二/（三）、二/（四）",
    ]


@pytest.mark.parametrize("number", bundled.NUMBERS)
def test_no_clause_of_a_bundled_notice_is_left_out(number: str) -> None:
    """Every numbered clause with words of its own has a row, whichever way the table is arranged."""
    for notice in read_sample(number).notices:
        wanted = {clause.id for clause in notice.clauses if clause.level and clause.text}
        for by in Grouping:
            table = build_duty_table(notice, read_sample(number).source, DutyOptions(by=by))
            assert wanted <= {row.duty.clause for row in table.rows}
            assert table.check.complete
            assert f"来文 {table.check.clauses} 条" in table.foot[0]  # type: ignore[attr-defined]


def test_headings_stand_over_their_rows() -> None:
    """A heading without text of its own is a merged row, with the number of rows under it."""
    items = table_of(ROLES).items

    assert [item.text for item in items if isinstance(item, Heading)] == [
        "一、支持企业（2 条）",
        "二、优化服务（2 条）",
    ]
    assert [isinstance(item, Heading) for item in items] == [True, False, False, True, False, False]


def test_department_named_above_holds_for_its_items() -> None:
    """A section that names its departments lends them to items that name none, with a note."""
    text = ROLES.replace("二、优化服务", "二、优化服务（市口岸办负责）").replace("（市交通运输局，各区市政府）", "")
    table = table_of(text)

    assert cells(table, "responsible")[2:] == ["市口岸办", "市口岸办"]
    assert "责任单位见二" in cells(table, "note")[3]


def test_blocks_by_department_hold_all_duties_of_a_function() -> None:
    """Each department has one block with its role in every duty; what names nobody stands in a block of its own."""
    table = table_of(ROLES, "department")
    headings = [item.text for item in table.items if isinstance(item, Heading)]

    assert headings[:2] == ["市商务局（2 项：牵头 1、责任 1）", "市财政局（2 项：责任 1、配合 1）"]
    assert headings[-1] == "未写明责任单位（1 条）"
    assert [row.duty.clause for row in table.rows[:2]] == ["一/（一）", "一/（二）"]
    assert cells(table, "lead")[:2] == ["牵头", "责任"]
    assert cells(table, "responsible")[0] == "市财政局\n市贸促会"
    assert "涉及 4 条" in table.foot[0]


def test_two_names_of_a_department_share_a_block() -> None:
    """Jinan's item 21 names 人力资源社会保障局 without 市: one block, both names in its head."""
    table = plan_table("department")
    (block,) = [item.text for item in table.items if isinstance(item, Heading) and "人力资源社会保障局" in item.text]

    assert block.startswith("市人力资源社会保障局（又作：人力资源社会保障局）（49 项")
    assert sum(1 for cell in cells(table, "lead") if cell == "责任（人力资源社会保障局）") == 1


def test_calendar_order_goes_by_month() -> None:
    """By deadline: months in order, then what recurs, then what has no deadline; two deadlines make two rows."""
    table = table_of(ROLES.replace("6月底前制定", "6月底前制定、9月底前完成"), "deadline")
    headings = [item.text for item in table.items if isinstance(item, Heading)]

    assert headings == [
        "2023年6月（1 条）",
        "2023年9月（1 条）",
        "2024年12月（1 条）",
        "定期（1 条）",
        "未写明时限（1 条）",
    ]
    assert len(table.rows) == 5


@pytest.mark.parametrize("format_", DUTY_REPORTS)
def test_same_notice_gives_the_same_bytes(format_: str) -> None:
    """A table can be made again and compared byte for byte."""
    assert render_duty_table(table_of(ROLES), format=format_) == render_duty_table(table_of(ROLES), format=format_)


class Page(HTMLParser):
    """The tags and the text of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


def test_markup_of_a_notice_is_text_in_the_page() -> None:
    """A notice that holds tags makes none, and nothing is loaded from elsewhere."""
    page = render_duty_table(table_of(HOSTILE), format="html").decode()
    parsed = Page(page)

    assert "script" not in parsed.tags
    assert "<script>alert(1)</script>" in parsed.text
    assert "{{7*7}}" in parsed.text
    assert "default-src &#39;none&#39;" in page
    assert "http" not in parsed.text


def test_formula_of_a_notice_is_text_in_csv() -> None:
    """A cell that starts like a formula gets an apostrophe, so that Excel runs nothing."""
    rows = list(csv.DictReader(io.StringIO(render_duty_table(table_of(HOSTILE), format="csv").decode("utf-8-sig"))))

    assert rows[0]["具体举措"].startswith("'=cmd")
    assert rows[0]["条款编号"] == "一/（一）"


def test_markdown_rows_stay_rows() -> None:
    """Lines and bars inside a cell do not break the table."""
    lines = render_duty_table(table_of(HOSTILE), format="md").decode().splitlines()
    rows = [line for line in lines if re.match(r"\| \d", line)]

    assert len(rows) == 2
    assert all(len(re.findall(r"(?<!\\)\|", row)) == 9 for row in rows)


def test_table_without_clauses_is_an_empty_table() -> None:
    """A notice that orders nothing gives a table with its head and a check of zero."""
    text = "青政发〔2023〕7号\n青岛市人民政府\n关于召开会议的通知\n各区市人民政府：\n定于近期召开会议，请准时参加。\n青岛市人民政府\n2023年3月1日\n"
    for format_ in DUTY_REPORTS:
        assert render_duty_table(table_of(text), format=format_)
    assert table_of(text).foot[0].startswith("来文 0 条，表中 0 行")


def test_command_writes_table_and_says_check(duizhao: Callable[..., Any], samples: Path, tmp_path: Path) -> None:
    """The file goes where -o says, the check to standard error, word for word in its form."""
    target = tmp_path / "分工表.docx"
    run = duizhao("table", f"{samples / bundled.file_name(PLAN)}#{PLAN}", "-o", target)

    assert run.status == 0
    assert run.out == ""
    assert target.read_bytes().startswith(b"PK")
    assert CHECK.fullmatch(run.err.splitlines()[0])
    assert run.err.startswith("来文 63 条，表中 63 行；无责任单位 0 条；无牵头单位 63 条")


@pytest.mark.parametrize(
    "arguments",
    [["--draft"], ["--for", "济南市"], ["--template", "a.docx", "-o", "a.xlsx"], ["--by", "month"], ["-o", "a.pptx"]],
)
def test_wrong_use_of_the_command_is_said(duizhao: Callable[..., Any], samples: Path, arguments: list[str]) -> None:
    """Options that do not go together end with status 2 and one line."""
    run = duizhao("table", samples / bundled.file_name(PLAN), *arguments)

    assert run.status == 2
    assert len(run.err.strip().splitlines()) == 1


def test_english_table_has_english_labels() -> None:
    """With English labels the notice's own words stay Chinese, everything else is English."""
    document = read_text(ROLES)
    table = build_duty_table(document.notices[0], document.source, DutyOptions(lang="en"))

    assert list(table.labels.values())[:3] == ["No.", "Task", "Measure"]
    assert table.foot[0] == "Notice 4 clauses, table 4 rows; without department 1; without lead 3; with deadline 3"


def test_closing_that_charges_somebody_by_a_day_is_a_row() -> None:
    """请各区市于…前报送 has a row of its own; a closing without a day has none."""
    closing = "请各区市政府于3月20日前将落实情况报市商务局。\n青岛市人民政府\n"
    dated = table_of(ROLES.replace("青岛市人民政府\n2023", closing + "2023"))

    assert cells(dated, "basis")[-1] == "结尾"
    assert cells(dated, "deadline")[-1] == "3月20日前\n（2023年3月20日）"
    assert dated.foot[0].startswith("来文 5 条，表中 5 行")
    assert len(table_of(ROLES.replace("青岛市人民政府\n2023", closing.replace("于3月20日前", "") + "2023")).rows) == 4


def test_notice_without_numbers_still_gives_its_duty() -> None:
    """A short notice that charges somebody in running text has one row."""
    text = "青政发〔2023〕8号\n青岛市人民政府\n关于开展检查的通知\n各区市人民政府：\n各区市政府要认真开展安全检查，及时消除隐患。\n青岛市人民政府\n2023年3月1日\n"

    assert cells(table_of(text), "responsible") == ["各区市政府"]


def test_deadline_before_the_issue_date_stands_with_a_note() -> None:
    """A day that was over when the notice was issued is printed and pointed out; what was done by then is no deadline."""
    past = table_of(ROLES.replace("6月底前制定", "2021年底前制定")).rows[0]
    done = table_of(ROLES.replace("6月底前制定", "2021年底前已制定")).rows[0]

    assert past.line("deadline") == "2021年底前（2021年12月31日）"
    assert "“2021年底前”早于成文日期，请核" in past.plain("note")
    assert (done.plain("deadline"), done.plain("note")) == ("", "")


@pytest.mark.parametrize("format_", ["csv", "md"])
def test_day_meant_stands_right_behind_the_words(format_: str) -> None:
    """In one line no comma parts a deadline from the day it means; departments are parted."""
    text = render_duty_table(table_of(ROLES), format=format_).decode()

    assert "6月底前（2023年6月30日）" in text
    assert "市财政局、市贸促会" in text
