"""Departments above and below: counterparts by function, whatever the suffix, and what has none."""

import json
import random
import re
from dataclasses import replace
from pathlib import Path

import pytest
from drafting import draft_document
from rewriting import compare_drafts, draft_of, lowered

from compare import compare, pair_within
from compare.comparison import Comparison, DepartmentRow
from corpus import samples
from extract.reading import extract_bytes

GOLD = [
    json.loads(line)
    for line in (Path(__file__).parent / "golden" / "responsibility-136-jinan.jsonl").read_text("utf-8").splitlines()
]
JINAN = "济政办函〔2021〕16号"


@pytest.fixture(scope="module")
def jinan() -> Comparison:
    document = extract_bytes(samples.read(JINAN), samples.file_name(JINAN))
    pair = pair_within(document)
    assert pair
    return compare(*pair, upper_source=document.source, lower_source=document.source)


@pytest.mark.parametrize("gold", GOLD, ids=[gold["section"] for gold in GOLD])
def test_counterparts_are_those_found_by_hand(jinan: Comparison, gold: dict) -> None:
    """Counterparts of a section, many to many, and what stands on one side alone, are the hand-made ones."""
    row = next(row for row in jinan.departments if row.upper_clause == gold["section"])

    assert row.lower_clauses == tuple(item["item"] for item in gold["municipal_items"])
    assert {(pair.upper, pair.lower) for pair in row.counterparts} == {
        (pair["province"], pair["municipal"]) for pair in gold["counterparts"]
    }
    assert set(row.upper_only) == set(gold["province_only"])
    assert set(row.lower_only) == set(gold["municipal_only"])


def test_every_upper_department_stands_once(jinan: Comparison) -> None:
    """A department of a row is either somebody's counterpart or named as standing alone."""
    for row in jinan.departments:
        paired = {pair.upper for pair in row.counterparts}
        assert not paired & set(row.upper_only)
        assert not {pair.lower for pair in row.counterparts} & set(row.lower_only)


def rewritten(departments: str, others: str) -> DepartmentRow:
    """The row of one item whose parenthesis reads differently below."""
    document = extract_bytes(samples.read(samples.NUMBERS[0]), "notice.txt")
    base = draft_of(document.notices[0], "山东省人民政府", "鲁政字〔2023〕5号")
    section = base.sections[0]
    drafts = [
        replace(base, sections=(replace(section, items=(replace(section.items[0], departments=text),)),))
        for text in (departments, others)
    ]
    result, _, _ = compare_drafts(drafts[0], lowered(drafts[1]))
    return result.departments[0]


def test_a_swapped_lead_is_told() -> None:
    """The same two departments, but the other one leads: nobody came or went, the lead changed."""
    row = rewritten("（省财政厅牵头，省民政厅配合）", "（市民政局牵头，市财政局配合）")

    assert row.lead_changed
    assert (row.upper_leads, row.lower_leads) == (("省财政厅",), ("市民政局",))
    assert not row.upper_only
    assert not row.lower_only


def test_a_lead_of_the_same_function_is_no_change() -> None:
    """厅 above and 局 below lead alike."""
    row = rewritten("（省财政厅牵头，省民政厅配合）", "（市财政局牵头，市民政局配合）")

    assert not row.lead_changed


def test_an_inferred_lead_is_no_lead() -> None:
    """Where nobody is said to lead, an order of names changes no lead."""
    row = rewritten("（省财政厅、省民政厅负责）", "（市民政局、市财政局负责）")

    assert not row.lead_changed
    assert row.upper_leads == ()


def test_one_of_two_leads_that_only_helps_below_is_told() -> None:
    """Two led together; below one of them leads and the other helps."""
    row = rewritten("（省财政厅、省民政厅牵头）", "（市民政局牵头，市财政局配合）")

    assert row.lead_changed


def test_one_of_two_leads_that_is_not_named_below_is_no_change() -> None:
    """Nobody says that the other one no longer leads in its own right."""
    row = rewritten("（省财政厅、省民政厅牵头，省教育厅配合）", "（市民政局牵头，市教育局配合）")

    assert not row.lead_changed


def test_a_helper_who_comes_to_lead_is_told() -> None:
    """One who helped leads below, beside the one who led alone."""
    row = rewritten("（省财政厅牵头，省民政厅配合）", "（市财政局、市民政局牵头）")

    assert row.lead_changed


def test_a_lead_who_is_listed_among_the_others_below_is_told() -> None:
    """牵头单位 names one of the two who led; the other one stands under 责任单位."""
    row = rewritten(
        "（牵头单位：省财政厅、省民政厅；责任单位：省教育厅）", "（牵头单位：市财政局；责任单位：市民政局、市教育局）"
    )

    assert row.lead_changed


def test_a_new_body_beside_the_lead_is_no_change_of_lead() -> None:
    """Who leads with the old lead and had no part above was added; nobody was promoted."""
    row = rewritten("（省财政厅牵头，省教育厅配合）", "（市财政局、市民政局牵头，市教育局配合）")

    assert not row.lead_changed
    assert row.lower_only == ("市民政局",)


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ("（省教育厅、省体育局负责）", "（市教育体育局负责）"),
        ("（省科技厅牵头，省工业和信息化厅配合）", "（市科技和工业信息化局牵头）"),
        ("（省地方金融监管局牵头，省财政厅配合）", "（市财政局（市金融办）牵头）"),
        ("（省水利厅、省农业农村厅负责）", "（市农业农村和水利局负责）"),
        ("（省市场监管局、省知识产权局负责）", "（市市场监管局（知识产权局）负责）"),
        ("（省卫生健康委、省中医药局负责）", "（市卫生健康委（市中医药局）负责）"),
        ("（省文化和旅游厅牵头，省体育局配合）", "（市文化体育广播电视和旅游局牵头）"),
        ("（省财政厅，各市〔州〕人民政府负责）", "（市财政局，各县〔市、区〕、市经济开发区管委会负责）"),
        ("（省财政厅，各市人民政府、滨海新区管委会负责）", "（市财政局，各县（市、区）人民政府负责）"),
    ],
)
def test_a_joint_office_and_a_zone_answer_whom_nobody_else_does(above: str, below: str) -> None:
    """A joint office does all that its name says, a zone's committee what a government of its level does."""
    row = rewritten(above, below)

    assert (row.upper_only, row.lower_only, row.lead_changed) == ((), (), False)


def test_a_joint_office_leaves_the_function_to_an_office_of_its_own() -> None:
    """Where the city has a bureau of that function, the joint one does not answer as well."""
    row = rewritten("（省科技厅负责）", "（市教育科技局、市科技局负责）")

    assert [(pair.upper, pair.lower) for pair in row.counterparts] == [("省科技厅", "市科技局")]
    assert row.lower_only == ("市教育科技局",)


def test_a_second_name_that_is_not_told_is_nobodys() -> None:
    """A market bureau that names no drug administration is not taken for one."""
    row = rewritten("（省市场监管局、省药监局负责）", "（市市场监管局负责）")

    assert row.upper_only == ("省药监局",)


def test_an_airport_company_is_no_supervisor() -> None:
    """The company that runs an airport does not answer the administration that supervises it."""
    row = rewritten("（省交通运输厅、民航山东监管局负责）", "（市交通运输局、济南机场集团负责）")

    assert (row.upper_only, row.lower_only) == (("民航山东监管局",), ("济南机场集团",))


def test_an_office_of_its_own_level_takes_no_party_prefix() -> None:
    """市直机关工委 behind 市委编办 is named as it is written."""
    row = rewritten("（省委组织部牵头，省委编办配合）", "（市委组织部牵头，市委编办、市直机关工委配合）")

    assert row.lower_only == ("市直机关工委",)


def test_a_branch_of_a_central_organ_is_no_office_of_the_city() -> None:
    """The central regulator's branch and the city's own office both have finance in their names."""
    row = rewritten("（省地方金融监管局负责）", "（济南金融监管分局负责）")

    assert row.upper_only == ("省地方金融监管局",)
    assert row.lower_only == ("济南金融监管分局",)


def test_departments_in_general_answer_those_of_the_lower_level() -> None:
    """有关部门 and 市直有关部门 are one group at two levels: nobody came or went."""
    row = rewritten("（省财政厅牵头，有关部门配合）", "（市财政局牵头，市直有关部门配合）")

    assert not row.upper_only
    assert not row.lower_only


def test_a_lead_named_below_only_is_told_and_is_no_change() -> None:
    """Above nobody is said to lead: the city has settled it, and changed no lead."""
    row = rewritten("（省财政厅、省民政厅负责）", "（市民政局牵头，市财政局配合）")

    assert row.lead_named
    assert not row.lead_changed


def test_a_notice_that_divides_no_work_leaves_nobody_out() -> None:
    """Where the lower notice charges no department anywhere, the lists above are no departments removed."""
    row = rewritten("（省财政厅牵头，省民政厅配合）", "")

    assert row.upper_only == ("省财政厅", "省民政厅")
    assert row.left_out == ()


def test_order_of_departments_changes_nothing(jinan: Comparison) -> None:
    """Counterparts follow function, so a shuffled list gives the same pairs."""
    names = ["省财政厅", "省民政厅", "省教育厅", "省司法厅"]
    shuffled = names[:]
    random.Random(7).shuffle(shuffled)
    below = [re.sub("厅$", "局", name.replace("省", "市", 1)) for name in names]
    rows = [rewritten(f"（{'、'.join(order)}负责）", f"（{'、'.join(below)}负责）") for order in (names, shuffled)]

    assert set(rows[0].counterparts) == set(rows[1].counterparts)
    assert len(rows[0].counterparts) == 4


def test_departments_in_sentences_answer_where_none_are_listed() -> None:
    """A lower notice without parentheses, 由市财政局、市人社局落实: both answer the province's, none went missing."""
    item = "对招用高校毕业生的企业，按每人1500元的标准发放一次性扩岗补助"
    upper = draft_document("山东省人民政府", (("任务", (f"{item}。（责任单位：省人力资源社会保障厅、省财政厅）",)),))
    lower = draft_document("济南市人民政府", (("任务", (f"{item}，由市财政局、市人社局共同落实。",)),))
    result = compare(upper.notices[0], lower.notices[0], upper_source=upper.source, lower_source=lower.source)
    (row,) = result.departments

    assert {(pair.upper, pair.lower) for pair in row.counterparts} == {
        ("省人力资源社会保障厅", "市人社局"),
        ("省财政厅", "市财政局"),
    }
    assert row.upper_only == row.lower_only == ()


TRAINING = ("对参加岗前培训的学员发放生活补贴。", "每年培训托育从业人员三千名。")
SAFETY = ("建立托育机构安全检查制度。", "对发现的隐患实行清单管理。")
BACKGROUND = "托育机构应当对从业人员开展背景审查。"


def moved_sentence(*, moved: bool, safety: str, training: str = "市人力资源社会保障局") -> tuple[DepartmentRow, ...]:
    """The rows of two items; the check of people stands with training above, and below with safety or where it was."""
    upper = draft_document(
        "山东省人民政府",
        (
            (
                "任务",
                (
                    f"{''.join(TRAINING)}{BACKGROUND}（省人力资源社会保障厅负责）",
                    f"{''.join(SAFETY)}（省公安厅、省应急管理厅负责）",
                ),
            ),
        ),
    )
    parts = (TRAINING, (*SAFETY, BACKGROUND)) if moved else ((*TRAINING, BACKGROUND), SAFETY)
    duties = (f"（{training}负责）", f"（{safety}负责）")
    items = tuple("".join(part) + duty for part, duty in zip(parts, duties, strict=True))
    lower = draft_document("济南市人民政府", (("任务", items),))
    return compare(upper.notices[0], lower.notices[0], upper_source=upper.source, lower_source=lower.source).departments


def test_a_sentence_that_moved_brings_no_departments() -> None:
    """Who answers the clause it moved to was there before: nobody was added to the clause it came from."""
    training, safety = moved_sentence(moved=True, safety="市公安局、市应急管理局")

    assert len(training.lower_clauses) == 2
    assert training.lower_only == safety.lower_only == ()


def test_a_department_that_answers_nobody_is_added() -> None:
    """Whom the province charges with neither clause is told, moved sentence or not."""
    for moved in (False, True):
        assert "市教育局" in moved_sentence(moved=moved, safety="市公安局、市应急管理局、市教育局")[1].lower_only


def test_a_new_department_of_the_clause_itself_is_added() -> None:
    """A department that joined the clause's own list is told, though it answers another clause as well."""
    for moved in (False, True):
        rows = moved_sentence(moved=moved, safety="市公安局、市应急管理局", training="市人力资源社会保障局、市公安局")
        assert rows[0].lower_only == ("市公安局",)
