"""A table of duties annexed to a notice: its rows say whose the clauses are."""

from collections.abc import Sequence

from compare import Comparison, compare
from compare.comparison import Relation
from extract.reading import extract_bytes
from templates import render_comparison

TASKS = (("扩大供给", "新建居住区按照标准规划建设托育服务设施。"), ("支持办托", "鼓励产业园区为职工提供托育服务。"))
UPPER = ("（省卫生健康委牵头，省发展改革委配合）", "（省总工会牵头，省国资委配合）")
ROWS = (("扩大供给", "市卫生健康委", "市发展改革委"), ("支持办托", "市总工会", "市国资委"))


def page(issuer: str, number: str, duties: Sequence[str] = ("", ""), rows: Sequence[Sequence[str]] = ()) -> bytes:
    """A notice of two tasks, with a table of duties behind it."""
    clauses = [
        f"<p>{numeral}、{heading}。{text}{duty}</p>"
        for numeral, (heading, text), duty in zip("一二", TASKS, duties, strict=True)
    ]
    cells = [
        f"<tr><td>{at}</td>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for at, row in enumerate(rows, start=1)
    ]
    head = "<tr><td>序号</td><td>重点任务</td><td>牵头单位</td><td>配合单位</td></tr>"
    table = f"<p>附件</p><p>任务分工表</p><table>{head}{''.join(cells)}</table>" if rows else ""
    return "".join(
        (
            f"<html><body><p>{issuer}</p><p>关于加快托育服务发展的通知</p><p>{number}</p><p>各有关单位：</p>",
            "<p>现将有关事项通知如下：</p>",
            *clauses,
            f"<p>{issuer}</p><p>2024年5月25日</p>{table}</body></html>",
        )
    ).encode()


def compared(upper: bytes, lower: bytes) -> tuple[Comparison, str]:
    above, below = (extract_bytes(data, name) for data, name in ((upper, "upper.html"), (lower, "lower.html")))
    arguments = {"upper_source": above.source, "lower_source": below.source}
    found = compare(above.notices[0], below.notices[0], **arguments)
    report = render_comparison(found, above.notices[0], below.notices[0], format="md", **arguments)
    return found, report.decode()


PROVINCE = page("湖南省人民政府办公厅", "湘政办发〔2024〕18号", UPPER)


def city(rows: Sequence[Sequence[str]]) -> bytes:
    return page("株洲市人民政府办公室", "株政办发〔2024〕11号", rows=rows)


def test_a_row_that_names_a_clause_gives_its_departments() -> None:
    """The city's departments stand in the annexed table: nobody is left out, and roles are those of the table."""
    found, report = compared(PROVINCE, city(ROWS))

    assert [(row.left_out, row.lower_only, row.lead_changed) for row in found.departments] == [((), (), False)] * 2
    assert found.departments[0].lower_clauses == ("一", "附件/1")
    assert "| 省发展改革委 | 市发展改革委 | 双方 配合→配合 |" in report


def test_a_row_that_only_names_a_clause_is_no_new_content() -> None:
    """The task's name says nothing that the clause does not say; every row is still accounted for, as a heading."""
    found, _ = compared(PROVINCE, city(ROWS))

    assert Relation.ADDED not in {unit.relation for unit in found.units}
    assert found.summary.material_total == 0
    assert found.accounting.lower_headings == len(TASKS) + len(ROWS)


def test_a_row_that_says_more_is_a_sentence() -> None:
    """A task of which no clause is the heading is new."""
    found, _ = compared(PROVINCE, city((*ROWS, ("每年培训2000名保育人员", "市人力资源社会保障局", "市教育局"))))

    assert [unit.lower[0].quote for unit in found.units if unit.relation is Relation.ADDED] == [
        "每年培训2000名保育人员"
    ]


def test_a_department_that_the_table_lacks_is_left_out() -> None:
    """The row of the clause names other departments than the clause above."""
    found, _ = compared(PROVINCE, city((("（一）扩大供给", "市卫生健康委", "市教育局"), ROWS[1])))

    assert found.departments[0].left_out == ("省发展改革委",)
    assert found.departments[0].lower_only == ("市教育局",)


def test_nobody_is_left_out_where_a_row_may_be_meant() -> None:
    """Tasks named in words of their own may be those of any clause: who does what cannot be settled."""
    found, _ = compared(PROVINCE, city((("推进设施达标", "市卫生健康委", "市发展改革委"), ROWS[1])))

    assert found.departments[0].left_out == ()


def test_a_table_above_is_held_against_the_lists_below() -> None:
    """The province has the table, the city the parentheses."""
    rows = [[cell.replace("市", "省") for cell in row] for row in ROWS]
    below = ("（市卫生健康委牵头，市发展改革委配合）", "（市总工会配合）")
    found, _ = compared(
        page("湖南省人民政府办公厅", "湘政办发〔2024〕18号", rows=rows),
        page("株洲市人民政府办公室", "株政办发〔2024〕11号", below),
    )

    assert [row.upper_clause for row in found.departments] == ["附件/1", "附件/2"]
    assert [row.left_out for row in found.departments] == [(), ("省国资委",)]


def test_a_department_that_leads_here_and_helps_there_has_both_roles() -> None:
    """In one section a department may lead one clause and cooperate in the next."""
    duties = ("（{0}卫生健康委牵头，{0}发展改革委配合）", "（{0}总工会牵头，{0}卫生健康委配合）")
    _, report = compared(
        *(
            page(issuer, number, [duty.format(place) for duty in duties])
            .replace("二、".encode(), "（二）".encode())
            .replace("一、".encode(), "一、重点任务</p><p>（一）".encode())
            for issuer, number, place in (
                ("湖南省人民政府办公厅", "湘政办发〔2024〕18号", "省"),
                ("株洲市人民政府办公室", "株政办发〔2024〕11号", "市"),
            )
        )
    )

    assert "| 省卫生健康委 | 市卫生健康委 | 双方 牵头、配合→牵头、配合 |" in report
    assert "| 省发展改革委 | 市发展改革委 | 双方 配合→配合 |" in report
    assert "| （二）支持办托 | 省总工会 | 市总工会 |" in report
