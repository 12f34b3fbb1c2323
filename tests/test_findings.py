"""What does not agree in a notice: each kind is found where it stands, and a clean notice has none."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from duties import PLAN, ROLES, read_sample, read_text

from corpus import samples as bundled
from extract import extract_bytes
from extract.findings import Finding, FindingKind, find_findings

CLEAN = ROLES.replace(
    "（四）加强培训。持续提升企业开拓市场能力。", "（四）加强培训。持续提升企业开拓市场能力。（市商务局）"
)


def findings(text: str) -> list[tuple[str, str | None, str]]:
    return [(item.kind, item.clause, item.quote) for item in find_findings(read_text(text).notices[0])]


def kinds(text: str) -> list[str]:
    return [kind for kind, _, _ in findings(text)]


def test_clean_notice_has_no_findings() -> None:
    """A notice in which everything agrees gives an empty list."""
    assert findings(CLEAN) == []


def test_words_of_a_finding_stand_at_its_span() -> None:
    """Every quote is the text of its span, in every bundled notice."""
    for number in bundled.NUMBERS:
        for notice in read_sample(number).notices:
            for item in find_findings(notice):
                if item.span is not None:
                    assert notice.text[item.span.start : item.span.end] == item.quote


def test_department_under_two_names() -> None:
    """市人社局 beside 市人力资源社会保障局, and a name without its 市, are pointed out where they stand."""
    text = CLEAN.replace("（市商务局）", "（财政局）")

    assert findings(text) == [(FindingKind.TWO_NAMES, "二/（四）", "财政局")]


def test_departments_of_two_levels_are_not_two_names() -> None:
    """省财政厅 and 市财政局 in one notice are two departments."""
    assert kinds(CLEAN.replace("（市商务局）", "（省财政厅）")) == []


def test_department_of_the_past() -> None:
    """市工商局 in a notice of 2023 was merged in 2018; in 2017 it was in order."""
    text = CLEAN.replace("（市商务局）", "（市工商局）")

    assert findings(text) == [(FindingKind.FORMER_NAME, "二/（四）", "市工商局")]
    assert (
        kinds(text.replace("2023年3月1日", "2017年3月1日").replace("6月底前", "").replace("至2024年12月31日", "长期"))
        == []
    )


def test_item_without_owner_among_items_with_owners() -> None:
    """Where the others have owners, one without is named; where none has, it is said once."""
    assert findings(ROLES) == [(FindingKind.NO_OWNER, "二/（四）", "加强培训")]
    bare = "\n".join(line.partition("（市")[0] if line.startswith("（") else line for line in ROLES.splitlines())
    bare = bare.replace("稳外贸工作的通知", "稳外贸工作若干措施的通知")
    assert kinds(bare) == [FindingKind.NO_OWNERS]


def test_what_the_paper_says_of_itself_needs_no_owner() -> None:
    """附则 and 本措施自…起施行 are for nobody to carry out; another last clause still needs its owner."""
    for last in ("（五）附则。未尽事宜另行规定。", "（五）本通知自2023年4月1日起施行，有效期2年。"):
        assert findings(CLEAN.replace("开拓市场能力。（市商务局）", f"开拓市场能力。（市商务局）\n{last}")) == []
    other = CLEAN.replace("开拓市场能力。（市商务局）", "开拓市场能力。（市商务局）\n（五）培育品牌。打造区域品牌。")
    assert findings(other) == [(FindingKind.NO_OWNER, "二/（五）", "培育品牌")]


def test_owners_may_stand_in_the_sentences() -> None:
    """由市商务局负责… in most clauses is an owner; measures that name nobody are still pointed out."""
    bare = "\n".join(line.partition("（市")[0] if line.startswith("（") else line for line in ROLES.splitlines())
    bare = bare.replace("稳外贸工作的通知", "稳外贸工作若干措施的通知")
    said = "\n".join(f"{line}由市商务局负责落实。" if line.startswith("（") else line for line in bare.splitlines())

    assert kinds(bare) == [FindingKind.NO_OWNERS]
    assert kinds(said) == []


def test_papers_that_charge_nobody_need_no_owner() -> None:
    """A 通报 without any department is in order; so is a plan whose owners stand in the table attached."""
    bare = "\n".join(line.partition("（市")[0] if line.startswith("（") else line for line in ROLES.splitlines())

    assert kinds(bare.replace("稳外贸工作的通知", "稳外贸工作情况的通报")) == []
    plan = bare.replace("稳外贸工作的通知", "稳外贸工作若干措施的通知")
    assert kinds(plan + DUTIES) == []


DUTIES = """
附件
任务分工表
序号\t工作任务\t责任单位
1\t扩大出口规模\t市商务局
2\t降低企业成本\t市财政局
"""


def test_deadline_before_the_issue_date() -> None:
    """A deadline of last year is pointed out; one that is still to come is not."""
    text = CLEAN.replace("6月底前制定", "2022年6月底前制定")

    assert findings(text) == [(FindingKind.PAST_DEADLINE, "一/（一）", "2022年6月底前")]


def test_broken_sequence() -> None:
    """（三） left out, or counted twice; numbers that go on under the next heading are in order."""
    assert (FindingKind.NUMBER_SKIPPED, "二/（五）", "（五）") in findings(CLEAN.replace("（四）加强", "（五）加强"))
    assert FindingKind.NUMBER_REPEATED in kinds(CLEAN.replace("（四）加强", "（三）加强"))


ATTACHED = """附件：1.任务清单
2.联系人名单
青岛市人民政府
2023年3月1日
附件1
任务清单
请各部门按月填报。
"""


def test_attachment_listed_but_absent() -> None:
    """Two attachments are listed, one is printed."""
    text = CLEAN.replace("青岛市人民政府\n2023年3月1日\n", ATTACHED)

    assert (FindingKind.ATTACHMENT_ABSENT, None, "联系人名单") in findings(text)


TABLE = """<table><tr><td colspan="3">{label}</td></tr><tr><td>序号</td><td>工作任务</td><td>责任单位</td></tr>
<tr><td>1</td><td>扩大出口规模。</td><td>市商务局</td></tr><tr><td>2</td><td>降低企业成本。</td><td>市财政局</td></tr></table>"""


@pytest.mark.parametrize(("label", "absent"), [("附件2", False), ("附件3", True)])
def test_attachment_printed_as_a_table_is_there(label: str, absent: bool) -> None:
    """Its label may stand in the first row of the table that it is."""
    lines = CLEAN.replace("青岛市人民政府\n2023年3月1日\n", ATTACHED).splitlines()
    page = "".join(f"<p>{line}</p>" for line in lines) + TABLE.format(label=label)
    (notice,) = extract_bytes(f"<html><body>{page}</body></html>".encode(), "通知.html").notices

    assert (FindingKind.ATTACHMENT_ABSENT in [item.kind for item in find_findings(notice)]) is absent


@pytest.mark.parametrize(
    ("printed", "kind", "right"),
    [
        ("（鲁政发〔2022〕3）", FindingKind.CITATION_WITHOUT_HAO, "鲁政发〔2022〕3号"),
        ("（鲁政发[2022]3号）", FindingKind.CITATION_BRACKETS, "鲁政发〔2022〕3号"),
        ("（鲁政发〔2022〕第3号）", FindingKind.CITATION_ORDINAL, "鲁政发〔2022〕3号"),
        ("（鲁政发〔2022〕03号）", FindingKind.CITATION_ORDINAL, "鲁政发〔2022〕3号"),
    ],
)
def test_misprinted_document_number(printed: str, kind: FindingKind, right: str) -> None:
    """A number without 号, in other brackets, with 第 or a zero comes with its right form."""
    text = CLEAN.replace("为做好稳外贸工作", f"为落实《山东省稳外贸措施》{printed}")
    (finding,) = find_findings(read_text(text).notices[0])

    assert finding.kind is kind
    assert finding.values == {"right": right}


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("《关于印发<稳外贸措施>的通知》", FindingKind.CITATION_NESTED),
        ("《稳外贸措施（鲁政发〔2022〕3号）》", FindingKind.CITATION_INSIDE),
        ("《稳外贸措施", FindingKind.CITATION_OPEN),
        ("稳外贸措施》", FindingKind.CITATION_OPEN),
    ],
)
def test_misprinted_title_marks(title: str, kind: FindingKind) -> None:
    """Titles in titles, numbers in titles and marks without partner are named."""
    assert kinds(CLEAN.replace("为做好稳外贸工作", f"为落实{title}")) == [kind]


def test_right_title_marks_are_no_finding() -> None:
    """〈〉 inside 《》 is what the standard asks for."""
    assert kinds(CLEAN.replace("为做好稳外贸工作", "为落实《关于印发〈稳外贸措施〉的通知》（鲁政发〔2022〕3号）")) == []


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        (("2023年3月1日", "2023年03月01日"), FindingKind.DATE_PADDED),
        (("（三）畅通", "1.畅通"), FindingKind.LEVEL_SKIPPED),
        (("青政发〔2023〕5号\n", ""), FindingKind.NO_NUMBER),
    ],
)
def test_deviations_from_the_standard(change: tuple[str, str], kind: FindingKind) -> None:
    """Padded dates, skipped levels and a missing number are named with their clause of the standard."""
    assert kind in kinds(CLEAN.replace(*change))


def test_known_misprints_of_the_bundled_notices() -> None:
    """Weihai cites 鲁政办发〔2023〕3 without 号; Dezhou nests a title and a number; Jinan's item 21 lacks 市."""

    def of(number: str) -> list[Finding]:
        return list(find_findings(read_sample(number).notices[0]))

    assert "鲁政办发〔2023〕3" in [
        item.quote for item in of("威人社字〔2023〕14号") if item.kind == "citation_without_hao"
    ]
    assert {"citation_nested", "citation_inside"} <= {item.kind for item in of("德人社字〔2022〕3号")}
    assert ("四/21", "人力资源社会保障局") in [(item.clause, item.quote) for item in of(PLAN)]
    assert [item.values["number"] for item in of("晋人社厅函〔2022〕1253号") if item.kind == "attachment_absent"] == [
        "1"
    ]


def test_command_tells_clause_words_reason_and_advice(duizhao: Callable[..., Any], tmp_path: Path) -> None:
    """On the screen, as JSON and as CSV; the exit status stays 0."""
    source = tmp_path / "通知.txt"
    source.write_text(CLEAN.replace("（市商务局）", "（财政局）"), "utf-8")
    screen = duizhao("check", source)
    records = json.loads(duizhao("check", source, "--format", "json").out)
    rows = list(csv.DictReader(io.StringIO(duizhao("check", source, "--format", "csv").out.removeprefix("\ufeff"))))

    assert screen.status == 0
    assert "1. 单位名称不一致（条款 二/（四））：“财政局”" in screen.out
    assert "统一写作“市财政局”" in screen.out
    assert (records[0]["kind"], records[0]["clause"], records[0]["quote"]) == ("two_names", "二/（四）", "财政局")
    assert rows[0]["原话"] == "财政局"
    assert all(records[0][name] for name in ("reason", "advice", "label", "notice"))


@pytest.mark.parametrize("kind", FindingKind)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_kind_has_its_words(kind: FindingKind, lang: str) -> None:
    """Label, reason and advice of every kind stand in both catalogues, with no place left unfilled."""
    from duizhao import messages

    messages.select(["--lang", lang])
    values = dict.fromkeys(
        (
            "name",
            "usual",
            "count",
            "until",
            "issued",
            "owned",
            "end",
            "marker",
            "before",
            "number",
            "title",
            "right",
            "above",
            "clause",
        ),
        "值",
    )
    said = [messages.text(f"check.{part}.{kind}", **values) for part in ("label", "reason", "advice")]
    messages.select([])

    assert all(said)
    assert not any("{" in text for text in said)
