"""Headings and departments, which are no sentences: what became of them is told beside the sentences."""

import pytest
from drafting import draft_text

from compare import Comparison, compare, from_json, to_json
from compare.comparison import Caution, ChangeType, Relation
from extract.notice import Document
from extract.reading import extract_bytes

UPPER, LOWER = "山西省人民政府", "太原市人民政府"
BODY = "支持企业开展技术改造。对新建的公共实训基地给予补助，单个基地最高200万元。"


def read(issuer: str, *clauses: tuple[str, str], section: str = "加大财政投入") -> Document:
    """One section with the clauses (heading, body)."""
    text = draft_text(issuer, ((section, tuple(body for _, body in clauses)),))
    for heading, _ in clauses:
        text = text.replace("有关事项", heading, 1)
    return extract_bytes(text.encode(), f"{issuer}.txt")


def pair_of(upper: Document, lower: Document) -> Comparison:
    return compare(upper.notices[0], lower.notices[0], upper_source=upper.source, lower_source=lower.source)


def test_kept_headings_say_nothing() -> None:
    """The same headings are counted, and make no change."""
    result = pair_of(read(UPPER, ("完善实训条件", BODY)), read(LOWER, ("完善实训条件", BODY)))

    assert {unit.relation for unit in result.headings} == {Relation.VERBATIM}
    assert result.accounting.upper_headings == result.accounting.lower_headings == 2
    assert result.summary.headings == {"verbatim": 2}
    assert result.summary.material_headings == 0


def test_another_topic_over_the_same_sentences_is_told() -> None:
    """A heading that was replaced shows with both its texts, though every sentence is verbatim."""
    upper, lower = read(UPPER, ("完善实训条件", BODY)), read(LOWER, ("严格资金监管", BODY))
    result = pair_of(upper, lower)
    changed = [unit for unit in result.headings if unit.changes]

    assert {unit.relation for unit in result.units} == {Relation.VERBATIM}
    assert [(unit.upper[0].quote, unit.lower[0].quote) for unit in changed] == [("完善实训条件", "严格资金监管")]
    assert [change.type for change in changed[0].changes] == [ChangeType.CONTENT_REMOVED, ChangeType.CONTENT_ADDED]
    assert (changed[0].upper[0].sentence, result.summary.material_headings, result.summary.material) == (0, 1, 0)
    assert from_json(to_json(result)) == result


@pytest.mark.parametrize(
    ("upper", "lower"),
    [("完善实训条件", "夯实基地支撑"), ("政策措施", "强化要素保障"), ("完善实训条件", "工作措施")],
)
def test_other_words_over_the_same_sentences_are_wording(upper: str, lower: str) -> None:
    """A heading that sums up the sentences it kept, or that names no matter at all, is no other topic."""
    result = pair_of(read(UPPER, (upper, BODY)), read(LOWER, (lower, BODY)))
    changed = [unit for unit in result.headings if unit.changes]

    assert [(unit.upper[0].quote, unit.lower[0].quote) for unit in changed] == [(upper, lower)]
    assert [change.type for change in changed[0].changes] == [ChangeType.WORDING]
    assert result.summary.material_headings == 0


def test_a_goal_in_a_heading_is_told_whatever_else_it_says() -> None:
    """A heading in other words over the same sentences still shows the figure that it set."""
    upper = read(UPPER, ("完善实训条件", BODY), section="新增实训基地100个")
    result = pair_of(upper, read(LOWER, ("完善实训条件", BODY), section="重点任务"))

    assert [unit.lower[0].quote for unit in result.headings if unit.changes] == ["重点任务"]
    assert result.summary.material_headings == 1


@pytest.mark.parametrize("lower", ["支持企业完善实训条件", "完善重点企业实训条件"])
def test_a_heading_binds_nobody(lower: str) -> None:
    """A force word or a qualifier more in a heading is wording: what binds whom is said by the sentences under it."""
    result = pair_of(read(UPPER, ("完善企业实训条件", BODY)), read(LOWER, (lower, BODY)))
    changed = [unit for unit in result.headings if unit.changes]

    assert [unit.lower[0].quote for unit in changed] == [lower]
    assert {change.type for unit in changed for change in unit.changes} == {ChangeType.WORDING}
    assert result.summary.material_headings == 0


def test_headings_follow_their_sentences() -> None:
    """Where two clauses change places, each heading is held against the one over its own sentences."""
    other = "推行企业新型学徒制。按规定给予培训补贴。"
    result = pair_of(
        read(UPPER, ("完善实训条件", BODY), ("创新培养方式", other)),
        read(LOWER, ("创新学徒培养", other), ("改善实训条件", BODY)),
    )

    found = {(unit.upper[0].quote, unit.lower[0].quote) for unit in result.headings}
    assert found >= {("完善实训条件", "改善实训条件"), ("创新培养方式", "创新学徒培养")}


def test_a_heading_of_a_dropped_clause_has_no_counterpart() -> None:
    """It goes with its clause and is no change of its own."""
    result = pair_of(
        read(UPPER, ("完善实训条件", BODY), ("创新培养方式", "推行企业新型学徒制。按规定给予培训补贴。")),
        read(LOWER, ("完善实训条件", BODY)),
    )

    assert [unit.upper[0].quote for unit in result.headings if unit.relation is Relation.DROPPED] == ["创新培养方式"]
    assert result.summary.material_headings == 0


def test_the_summary_counts_departments() -> None:
    """A lead that changed, a department left out and one added, a clause each, apart from the sentences' changes."""
    bodies = [
        (BODY + "（省财政厅牵头，省教育厅配合）", BODY + "（市教育局牵头，市财政局配合）"),
        ("推行新型学徒制。（省人力资源社会保障厅、省国资委负责）", "推行新型学徒制。（市人力资源社会保障局负责）"),
        ("开展技能竞赛。（省总工会负责）", "开展技能竞赛。（市总工会、市妇联负责）"),
    ]
    upper = read(UPPER, *(("完善条件", above) for above, _ in bodies))
    lower = read(LOWER, *(("完善条件", below) for _, below in bodies))
    summary = pair_of(upper, lower).summary

    assert summary.departments == {"lead_changed": 1, "removed": 1, "added": 1}
    assert summary.material == 0


@pytest.mark.parametrize(
    ("issuers", "cautions"),
    [
        ((UPPER, LOWER), ()),
        ((LOWER, UPPER), (Caution.REVERSED,)),
        (("济南市人民政府", "青岛市人民政府"), (Caution.SAME_LEVEL,)),
    ],
)
def test_doubtful_order_is_told(issuers: tuple[str, str], cautions: tuple[Caution, ...]) -> None:
    """Two notices of one level, or an upper one of the lower level, are compared with a caution."""
    upper, lower = (read(issuer, ("完善实训条件", BODY)) for issuer in issuers)

    assert pair_of(upper, lower).cautions == cautions


def test_a_figure_in_a_dropped_sentence_counts_once() -> None:
    """The sentence is the change; its amount stands inside it."""
    lost = "对通过验收的实训基地给予最高80万元补助。"
    result = pair_of(read(UPPER, ("完善实训条件", BODY), ("强化激励", lost)), read(LOWER, ("完善实训条件", BODY)))
    changes = {change.type: change.nested for unit in result.units for change in unit.changes}

    assert changes == {ChangeType.CONTENT_REMOVED: False, ChangeType.AMOUNT_REMOVED: True}
    assert result.summary.material == 1


@pytest.mark.parametrize(
    ("cited", "caution"),
    [("", Caution.UNRELATED), ("根据晋政发〔2023〕5号文件要求，", Caution.PARTIAL)],
)
def test_a_notice_that_answers_little_is_doubted(cited: str, caution: Caution) -> None:
    """Less than half of the upper sentences have a counterpart: of a notice that names the upper one that is a part."""
    upper = read(UPPER, ("完善实训条件", BODY))
    text = draft_text(LOWER, (("粮食储备", (f"{cited}每年轮换储备粮一万吨。建立粮情监测点。",)),))
    lower = extract_bytes(text.replace("关于做好有关工作", "关于加强粮食储备").encode(), "lower.txt")

    assert pair_of(upper, lower).cautions == (caution,)


def test_a_notice_that_answers_most_is_not_doubted() -> None:
    """Sentences of its own raise no doubt, nor does a notice that names no upper one."""
    upper = read(UPPER, ("完善实训条件", BODY))
    lower = read(
        LOWER, ("完善实训条件", BODY), ("加强粮食储备", "每年轮换储备粮一万吨。建立粮情监测点。开展粮食质量检查。")
    )

    assert pair_of(upper, lower).cautions == ()


@pytest.mark.parametrize("said", ["鼓励银行发放信用贷款", "支持各市建设实训基地"])
def test_an_upper_sentence_that_heads_a_lower_item_is_there(said: str) -> None:
    """A sentence that the lower notice begins an item with, as headings stand, is kept and not called missing."""
    rest = "单个基地最高200万元。"
    upper = read(UPPER, ("完善实训条件", f"{said}。{rest}"))
    lower = read(LOWER, (said.replace("各市", "各县"), rest))

    result = pair_of(upper, lower)

    assert {unit.relation for unit in result.units} <= {Relation.VERBATIM, Relation.LOCALIZED}
    assert [unit.upper[0].quote for unit in result.units] == [f"{said}。", rest]
    assert said not in [ref.quote for unit in result.headings for ref in unit.lower]


def test_a_heading_of_both_notices_stays_one() -> None:
    """Words that head a clause of each are headings, whatever sentence says them, too."""
    upper = read(UPPER, ("完善实训条件", BODY), ("加强资金监管", "完善实训条件。定期开展检查。"))
    lower = read(LOWER, ("完善实训条件", BODY), ("加强资金监管", "定期开展检查。"))

    result = pair_of(upper, lower)

    assert [unit.relation for unit in result.headings] == [Relation.VERBATIM] * 3
    assert [ref.quote for unit in result.units if not unit.lower for ref in unit.upper] == ["完善实训条件。"]
