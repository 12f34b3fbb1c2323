"""Who has to do it: statements in brackets and lines, actors in sentences, lists in cells."""

import json
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.mentions.context import Context
from extract.mentions.responsibilities import (
    find_cell_responsibilities,
    find_responsibilities,
    find_statements,
    read_department_list,
    states_first_is_lead,
)
from extract.notice import Responsibility, ResponsibilitySource, Role

SPECS = [
    json.loads(line)
    for line in (Path(__file__).parent / "specs/responsibilities.jsonl").read_text("utf-8").splitlines()
    if line
]
STATED = [spec for spec in SPECS if spec["responsibilities"]]
SILENT = [spec for spec in SPECS if not spec["responsibilities"]]
CONTEXT = Context(issued_on=date(2021, 9, 1))


def record(item: Responsibility, expected: dict[str, Any]) -> dict[str, Any]:
    """The fields of a statement that its spec names."""
    found: dict[str, Any] = {
        "source": item.source.value,
        "role": item.role.value,
        "names": [department.name for department in item.departments],
    }
    found |= {"open_ended": True} if item.open_ended else {}
    found |= {"by_duty": True} if item.by_duty else {}
    if "quote" in expected:
        found["quote"] = item.quote
    if "full_names" in expected:
        found["full_names"] = [department.full_name for department in item.departments]
    return found


@pytest.mark.parametrize("spec", STATED, ids=[spec["text"][:40] for spec in STATED])
def test_statements_are_read(spec: dict[str, Any]) -> None:
    """Roles, names as written, full names, 等, 按职责分工 and the exact words of each statement."""
    found = find_responsibilities(spec["text"], CONTEXT)

    expected = spec["responsibilities"]
    assert [record(item, want) for item, want in zip(found, expected, strict=False)] == expected
    assert len(found) == len(expected)


@pytest.mark.parametrize("spec", SILENT, ids=[spec["text"][:40] for spec in SILENT])
def test_explanations_and_permissions_charge_nobody(spec: dict[str, Any]) -> None:
    """Brackets that explain, permissions, encouragement and bodies one applies to are no responsibility."""
    assert find_responsibilities(spec["text"], CONTEXT) == ()


def test_spec_set_is_as_large_as_promised() -> None:
    """The specs cover the grammar: at least 120 statements and 60 texts without one."""
    assert len(STATED) >= 120
    assert len(SILENT) >= 60


@pytest.mark.parametrize(
    "text",
    [
        "各单位要落实责任（列第一位的为牵头单位）。",
        "以下任务排在首位的为牵头单位",
        "责任单位中排第一位的部门为牵头部门",
        "任务分工中，列首位的单位牵头负责",
        "注：排名第一的为牵头单位",
    ],
)
def test_wordings_that_make_the_first_the_lead(text: str) -> None:
    """The sentence that settles the lead for the whole text is found in any wording."""
    assert states_first_is_lead(text)


@pytest.mark.parametrize("text", ["第一季度由市财政局牵头开展检查", "各县区要把就业摆在首位", "第一批试点城市名单"])
def test_other_firsts_make_no_lead(text: str) -> None:
    """首位 and 第一 elsewhere say nothing about lists."""
    assert not states_first_is_lead(text)


def test_first_leads_where_the_text_says_so() -> None:
    """Stated once for the whole text, it holds in every list without a lead; a stated lead stands."""
    context = Context(first_is_lead=True)

    lead, others = find_responsibilities("加强监管。（市教育局、市公安局等负责）", context)
    stated = find_responsibilities("加强监管。（市公安局、市司法局负责，市教育局牵头）", context)

    assert (lead.role, [d.name for d in lead.departments], lead.inferred) == (Role.LEAD, ["市教育局"], False)
    assert (others.role, [d.name for d in others.departments], others.open_ended) == (
        Role.RESPONSIBLE,
        ["市公安局"],
        True,
    )
    assert lead.span == others.span
    assert [item.role for item in stated] == [Role.RESPONSIBLE, Role.LEAD]


def test_subjects_that_share_a_verb_share_their_words() -> None:
    """各乡镇，县直各部门要……: both are charged by the same words, each from its own beginning."""
    first, second = find_responsibilities("各乡镇党委、政府，县直各部门要高度重视。", CONTEXT)

    assert first.quote.endswith("要高度重视")
    assert second.quote == "县直各部门要高度重视"


def test_statement_ends_before_the_next_actor() -> None:
    """Each actor of a sentence is quoted with its own predicate."""
    found = find_responsibilities("市教育局负责组织实施，市财政局负责资金保障。", CONTEXT)

    assert [item.quote for item in found] == ["市教育局负责组织实施", "市财政局负责资金保障"]


def test_line_without_brackets_ends_at_the_next_clause() -> None:
    """Normal text has no line ends: the next clause's marker ends the line of departments."""
    text = "提升质量。责任单位：市教育局、市公安局（十二）加强监管。2.完善制度。牵头单位：市司法局三、保障措施"

    quotes = [item.quote for item in find_statements(text, CONTEXT)]

    assert quotes == ["责任单位：市教育局、市公安局", "牵头单位：市司法局"]


def test_no_lead_is_made_up() -> None:
    """Where the text does not name a lead, nobody becomes one."""
    found = find_responsibilities("加强监管。（市教育局、市公安局负责）", CONTEXT)

    assert [item.role for item in found] == [Role.RESPONSIBLE]


def test_departments_carry_the_key_of_their_day() -> None:
    """Keys come with the names, resolved by the day of the notice."""
    (item,) = find_responsibilities("加强帮扶。（市乡村振兴局、财政局负责）", CONTEXT)
    (later,) = find_responsibilities("加强帮扶。（市乡村振兴局、财政局负责）", Context(issued_on=date(2025, 3, 1)))

    assert [department.key for department in item.departments] == ["rural_revitalization", "finance"]
    assert [department.key for department in later.departments] == ["agriculture", "finance"]


def test_names_are_kept_as_printed() -> None:
    """A name printed without its 市 stays so: nothing before it gives a prefix to share."""
    (item,) = find_responsibilities("扩大招募规模。（人力资源社会保障局、市教育局等负责）", CONTEXT)

    assert item.departments[0].name == item.departments[0].full_name == "人力资源社会保障局"
    assert item.departments[0].key == "human_resources"


def test_a_person_is_no_department() -> None:
    """责任领导 names a person: the statement is kept, with a note and without departments."""
    (item,) = find_responsibilities("加强监管。（责任领导：王某某）", CONTEXT)

    assert item.departments == ()
    assert item.problem


def test_statement_explains_itself() -> None:
    """Each statement says by which words it was found."""
    (item,) = find_responsibilities("加强监管。（市教育局、市公安局按职责分工负责）", CONTEXT)

    assert item.rule
    assert set(item.cues) == {"按职责分工", "负责"}


def test_cell_under_a_head_takes_its_role() -> None:
    """A table cell lists departments, the column's head gives the role."""
    item = read_department_list("市发展改革委、财政局，各区县政府", Role.COOPERATE, CONTEXT)

    assert item.source is ResponsibilitySource.TABLE
    assert item.role is Role.COOPERATE
    assert [department.full_name for department in item.departments] == ["市发展改革委", "市财政局", "各区县政府"]


def test_cell_may_state_its_own_roles() -> None:
    """A cell that says who leads overrides the column's head."""
    found = find_cell_responsibilities("市发展改革委牵头，市财政局配合", Role.RESPONSIBLE, CONTEXT)

    assert [(item.role, item.departments[0].name) for item in found] == [
        (Role.LEAD, "市发展改革委"),
        (Role.COOPERATE, "市财政局"),
    ]


def test_cell_lines_are_separate_names() -> None:
    """Names under each other in one cell are names of their own."""
    item = read_department_list("市教育局\n市公安局\n各区县", Role.LEAD, CONTEXT)

    assert [department.name for department in item.departments] == ["市教育局", "市公安局", "各区县"]


@pytest.mark.parametrize("cell", ["/", "—", "-", "无", "、"])
def test_a_cell_without_a_name_charges_nobody(cell: str) -> None:
    """A stroke or 无 fills a cell that has no department: there is nothing to report."""
    assert find_cell_responsibilities(cell, Role.COOPERATE, CONTEXT) == ()


WORDS = st.sampled_from(
    [
        "市财政局",
        "各市",
        "要",
        "负责",
        "牵头",
        "（",
        "）",
        "，",
        "。",
        "、",
        "等",
        "和",
        "责任单位：",
        "由",
        "会同",
        "县（市、区）",
        "配合",
        "可",
        "【",
        "】",
        "；",
        "：",
        "“",
        "”",
        "局就业科",
        "按职责分工",
        "列第一位的为牵头单位",
        "A",
        "□",
        "\n",
        "级",
        "每年",
    ]
)


@given(st.lists(WORDS, max_size=40).map("".join), st.booleans())
def test_any_text_is_read_and_spans_hold(text: str, first_is_lead: bool) -> None:
    """Whatever the text, no error, and every quote stands at its span; statements in brackets never overlap."""
    found = find_responsibilities(text, Context(first_is_lead=first_is_lead))

    for item in found:
        assert text[item.span.start : item.span.end] == item.quote
    spans = sorted({item.span for item in found if item.source is ResponsibilitySource.PARENTHESIS})
    assert all(a.end <= b.start for a, b in pairwise(spans))


@given(st.text(max_size=200))
def test_foreign_text_is_read_without_error(text: str) -> None:
    """Any characters at all, from damaged files too."""
    for item in find_responsibilities(text, CONTEXT):
        assert text[item.span.start : item.span.end] == item.quote
    read_department_list(text, Role.LEAD, CONTEXT)
    find_cell_responsibilities(text, Role.LEAD, CONTEXT)
