"""What the measures of a pair count: values, not words; figures of lost sentences are lost."""

from decimal import Decimal

import pytest
from drafting import draft_document

from compare import Comparison, compare

LOAN = "对符合条件的小微企业，单户授信额度最高3000万元。"
DAYS = "自受理之日起10个工作日内办结企业补贴申请。"
GOAL = "全年募集就业见习岗位不少于500个。"
TERM = "本意见自2023年3月1日起施行，有效期3年。"


def compared(upper: tuple[str, ...], lower: tuple[str, ...]) -> Comparison:
    documents = [
        draft_document(issuer, (("主要任务", sentences),))
        for issuer, sentences in (("山东省人民政府", upper), ("济南市人民政府", lower))
    ]
    (one, source), (other, own) = ((document.notices[0], document.source) for document in documents)
    return compare(one, other, upper_source=source, lower_source=own)


@pytest.mark.parametrize(
    ("measure", "upper", "lower", "value"),
    [
        ("amount_retention", (LOAN,), (LOAN.replace("最高3000万元", "不超过3000万元"),), 1),
        ("amount_retention", (LOAN,), (LOAN.replace("3000", "2000"),), 0),
        ("amount_retention", (LOAN,), (LOAN.replace("最高3000万元", "不低于3000万元"),), 0),
        ("deadline_retention", (DAYS,), (DAYS,), 1),
        ("deadline_retention", (DAYS,), (DAYS.replace("10", "7"),), 0),
        ("deadline_retention", (DAYS, TERM), (DAYS, TERM.replace("3年", "5年")), 1),
        ("target_retention", (GOAL,), (GOAL.replace("500", "80"),), 0),
        ("target_retention", (GOAL,), (GOAL,), 1),
    ],
    ids=[
        "the same ceiling in other words",
        "another ceiling",
        "a floor of the same number",
        "days from an event",
        "other days from an event",
        "the term of the notice itself counts for nothing",
        "another goal",
        "the same goal",
    ],
)
def test_a_figure_is_retained_by_its_value(
    measure: str, upper: tuple[str, ...], lower: tuple[str, ...], value: int
) -> None:
    """Equal are kind, value, bound and unit; words around them and ways to write them do not matter."""
    assert compared(upper, lower).measures[measure] == value


def test_figures_of_sentences_without_counterpart_are_lost() -> None:
    """Two ceilings above, one of them in a sentence that the lower notice does not have: half."""
    result = compared((LOAN, "对个体工商户给予一次性纾困补贴1000元。"), (LOAN, "加强古树名木保护，修复历史建筑。"))

    assert result.measures["amount_retention"] == Decimal("0.5")
    assert result.measures["deadline_retention"] is None
