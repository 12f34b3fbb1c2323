"""Typed changes: what a rule of the field says of two sentences, and what holds for any rewriting."""

import json
import random
from functools import cache
from pathlib import Path

import pytest
from drafting import draft_pair
from hypothesis import given
from hypothesis import strategies as st
from operators import INVERSES, OPERATORS, STRUCTURAL
from rewriting import Draft, compare_drafts, draft_of, lowered

from compare import Comparison, compare
from compare.comparison import IMMATERIAL, Change, ChangeType, Relation, Unit
from corpus import samples
from extract.notice import Amount, AmountKind, Bound
from extract.reading import extract_bytes
from extract.span import Span

SPECS = [
    json.loads(line) for line in (Path(__file__).parent / "specs" / "changes.jsonl").read_text("utf-8").splitlines()
]
NAMED = 0.97  # share of single operators that get their own change type and no other material one
SINGLE = {name: operator for name, operator in OPERATORS.items() if name not in STRUCTURAL}


@cache
def bases() -> tuple[Draft, ...]:
    """Every bundled notice as the upper one of a made-up pair."""
    read = (extract_bytes(samples.read(number), samples.file_name(number)) for number in samples.NUMBERS)
    return tuple(
        draft_of(notice, "山东省人民政府", "鲁政字〔2023〕5号") for document in read for notice in document.notices
    )


def compare_sentences(issuers: tuple[str, str], upper: str, lower: str) -> Comparison:
    (one, source), (other, other_source) = draft_pair(issuers, upper, lower)
    return compare(one, other, upper_source=source, lower_source=other_source)


def overlap(wanted: str | None, found: str | None) -> bool:
    return bool(wanted and found) and (wanted in found or found in wanted)


@pytest.mark.parametrize("spec", SPECS, ids=[spec["rule"] for spec in SPECS])
def test_a_rule_of_the_field_holds(spec: dict) -> None:
    """The pair has the relation and exactly the changes that its rule names, each at its words."""
    units = compare_sentences(tuple(spec["issuers"]), spec["upper"], spec["lower"]).units
    left = [change for unit in units for change in unit.changes]

    assert [unit.relation for unit in units] == [spec["relation"]]
    for want in spec["changes"]:
        hit = next(
            (
                change
                for change in left
                if change.type == want["type"]
                and (overlap(want["upper"], change.upper_quote) or overlap(want["lower"], change.lower_quote))
                and want["direction"] in {None, change.direction}
            ),
            None,
        )
        assert hit, (want, left)
        left.remove(hit)
    assert not left


def uncovered(unit: Unit) -> tuple[str, str]:
    """Letters and digits of both sides outside every change."""
    sides = []
    for refs, spans in (
        (unit.upper, [change.upper_span for change in unit.changes]),
        (unit.lower, [change.lower_span for change in unit.changes]),
    ):
        places = {at for span in spans if span for at in range(*span)}
        letters = [
            char
            for ref in refs
            for at, char in enumerate(ref.quote, start=ref.span.start)
            if char.isalnum() and at not in places
        ]
        sides.append("".join(letters))
    return sides[0], sides[1]


def is_within(part: str, whole: str) -> bool:
    """Whether `part` is `whole` with some characters left out."""
    rest = iter(whole)
    return all(char in rest for char in part)


WORDS = st.sampled_from(
    [
        "加强",
        "完善",
        "省级",
        "市级",
        "企业",
        "重点",
        "补贴",
        "50万元",
        "30%",
        "2024年底前",
        "对符合条件的，",
        "可",
        "应当",
        "鼓励",
        "高校毕业生、",
        "退役军人、",
        "各市",
        "我省",
        "我市",
        "平台",
        "“领航”",
        "建设",
        "不低于60%",
    ]
)
SENTENCES = st.lists(WORDS, min_size=2, max_size=14).map("".join)


@given(upper=SENTENCES, lower=SENTENCES)
def test_every_differing_character_lies_in_a_change(upper: str, lower: str) -> None:
    """What no change covers stands on the other side too, in order; a verbatim unit needs no change."""
    result = compare_sentences(("山东省人民政府", "济南市人民政府"), upper + "等工作。", lower + "等工作。")

    for unit in result.units:
        if unit.upper and unit.lower:
            one, other = uncovered(unit)
            assert is_within(one, "".join(ref.quote for ref in unit.lower))
            assert is_within(other, "".join(ref.quote for ref in unit.upper))
            assert bool(unit.changes) == (unit.relation is not Relation.VERBATIM)


@given(upper=SENTENCES, lower=SENTENCES)
def test_quotes_stand_at_their_spans(upper: str, lower: str) -> None:
    """Every quotation of a change is the notice's text at its span, and each change quotes something."""
    issuers = ("山东省人民政府", "济南市人民政府")
    (one, source), (other, other_source) = draft_pair(issuers, upper + "等工作。", lower + "等工作。")
    result = compare(one, other, upper_source=source, lower_source=other_source)

    for change in (change for unit in result.units for change in unit.changes):
        assert change.upper_span or change.lower_span
        for notice, span, quote in (
            (one, change.upper_span, change.upper_quote),
            (other, change.lower_span, change.lower_quote),
        ):
            assert quote == (notice.text[slice(*span)] if span else None)
        assert change.material == (change.type not in IMMATERIAL)
        assert change.detail.endswith("。")


def inside(change: Change, holders: list[Change]) -> bool:
    """Whether a change is a part of one of the others: the amount in a condition that was dropped."""
    return any(
        (holder.upper_span and change.upper_span and holder.upper_span.contains(change.upper_span))
        or (holder.lower_span and change.lower_span and holder.lower_span.contains(change.lower_span))
        for holder in holders
    )


def is_named(result: Comparison, wanted: frozenset[str]) -> bool:
    changes = [change for unit in result.units for change in unit.changes]
    right = [change for change in changes if change.type in wanted]
    return bool(right) and all(change in right or not change.material or inside(change, right) for change in changes)


@cache
def single_results() -> tuple[tuple[str, Comparison, frozenset[str]], ...]:
    """Each operator once on each base it fits: name, comparison, right types."""
    found = []
    for base in bases():
        for name, operator in SINGLE.items():
            rewrite = operator(base, random.Random(f"{name}{base.sentences[0].text}"))
            if rewrite and rewrite.types:
                found.append((name, compare_drafts(base, lowered(rewrite.draft))[0], rewrite.types))
        for name, (operator_name, types) in INVERSES.items():
            rewrite = OPERATORS[operator_name](base, random.Random(f"{name}{base.sentences[0].text}"))
            if rewrite:
                found.append((name, compare_drafts(rewrite.draft, lowered(base))[0], frozenset(types)))
    return tuple(found)


@pytest.mark.slow
def test_single_rewritings_are_named() -> None:
    """Of single rewritings of real notices nearly all get their own change type and no other material one."""
    results = single_results()
    wrong = [(name, sorted(types)) for name, result, types in results if not is_named(result, types)]

    assert len({name for name, _, _ in results}) >= 25
    assert len(wrong) <= (1 - NAMED) * len(results), wrong


@pytest.mark.slow
def test_localisation_alone_is_never_material() -> None:
    """A notice of the city that only swaps level and place words has no material change."""
    results = [result for name, result, _ in single_results() if name == "localise"]

    assert results
    for result in results:
        assert result.summary.material == 0
        assert set(result.summary.relations) <= {"verbatim", "localized"}


@pytest.mark.slow
def test_no_changed_amount_or_bound_is_missed() -> None:
    """A changed number and a floor turned ceiling are reported, every time."""
    watched = {"change an amount", "turn a floor into a ceiling", "add an amount", "drop an amount"}
    results = [(name, result, types) for name, result, types in single_results() if name in watched]

    assert len(results) > 12
    for name, result, types in results:
        assert types & {change.type for unit in result.units for change in unit.changes}, name


def test_a_floor_that_becomes_a_ceiling_has_no_direction() -> None:
    """不低于 and 不超过 cannot be put on one scale: the change is named, its direction left open."""
    result = compare_sentences(("山东省人民政府", "济南市人民政府"), "自筹资金不低于30%。", "自筹资金不超过40%。")

    changes = [change for unit in result.units for change in unit.changes]
    assert [(change.type, change.direction) for change in changes] == [(ChangeType.AMOUNT_CHANGED, None)]


@pytest.mark.parametrize(
    ("upper", "lower"),
    [
        ("维修基金审核期限不超过1个月。", "维修基金审核期限不超过30日。"),
        ("规划方案公告时间不少于7日。", "规划方案公告时间不少于5个工作日。"),
        ("电费补贴执行期不超过1年。", "电费补贴执行期不超过400天。"),
        ("公示期不少于5个工作日。", "公示期不超过5个工作日。"),
        ("许可证届满前30日内申请延续。", "许可证届满前60日内申请延续。"),
        ("入驻园区前3年免收物业费。", "入驻园区前5年免收物业费。"),
        ("自受理之日起10个工作日内答复。", "自立案之日起10个工作日内答复。"),
        ("对排名前5位的街道予以通报。", "对排名后3位的街道予以通报。"),
        ("每个项目补助不超过50万元。", "每家企业补助不超过40万元。"),
        ("冷库建设补助总额不超过800万元。", "每个冷库建设补助不超过60万元。"),
        ("安排专项资金500万元支持冷链建设。", "每个冷链项目补助20万元。"),
        ("每周巡查一次河道堤防。", "每月巡查4次河道堤防。"),
        ("每年1月、7月各报送一次进展。", "每半年报送一次进展。"),
        ("每年组织两次防溺水演练。", "每季度组织防溺水演练。"),
        ("甲级防雷单位补助20万元。", "乙级防雷单位补助10万元。"),
        ("护林员补助标准提高20%。", "护林员补助标准提高到20%。"),
        ("超标用水价格上浮20%，用于管网维护。", "超标用水价格下浮10%，用于管网维护。"),
        ("每年12月10日前报送护林总结。", "每季度首月5日前报送护林情况。"),
        ("护林员补助为每人每年8000元。", "护林员补助为每人每年不低于8000元。"),
        ("评审组由3至5人组成。", "评审组由3人以上组成。"),
        ("评审组由5人以上组成。", "评审组由5至7人组成。"),
        ("古树复壮每株补助1000元至5000元。", "古树复壮每株补助不超过5000元。"),
    ],
)
def test_what_is_on_no_common_scale_has_no_direction(upper: str, lower: str) -> None:
    """Other units, bounds, grades, pers, events and senses: the change is told, and not which of the two is more."""
    result = compare_sentences(("山东省人民政府", "济南市人民政府"), upper, lower)

    quantities = [
        change
        for unit in result.units
        for change in unit.changes
        if change.type.partition("_")[0] in {"amount", "target", "deadline"}
    ]
    assert [change.type.endswith("_changed") and change.direction is None for change in quantities] == [True]


@pytest.mark.parametrize(
    ("upper", "lower", "pairs"),
    [
        (
            "一等奖奖励10万元，二等奖奖励5万元。",
            "二等奖奖励3万元，一等奖奖励5万元。",
            {"10万元": "5万元", "5万元": "3万元"},
        ),
        (
            "甲类企业每季度检查一次，乙类企业每年检查一次。",
            "乙类企业每半年检查一次，甲类企业每月检查一次。",
            {"每季度检查一次": "每月检查一次", "每年检查一次": "每半年检查一次"},
        ),
        (
            "对种粮大户每亩补助100元，对家庭农场每亩补助80元，对合作社每亩补助60元。",
            "对合作社每亩补助50元，对种粮大户每亩补助80元。",
            {"每亩补助100元": "每亩补助80元", "每亩补助60元": "每亩补助50元"},
        ),
        (
            "一般程序案件60日内结案，简易程序案件15日内结案。",
            "简易程序案件10日内结案，一般程序案件45日内结案。",
            {"60日内": "45日内", "15日内": "10日内"},
        ),
        ("每亩补助最低100元、最高300元。", "每亩补助最高200元、最低50元。", {"100元": "50元", "300元": "200元"}),
        (
            "特级教师每人补助2万元，骨干教师每人补助5000元。",
            "骨干教师、特级教师每人分别补助4000元、3万元。",
            {"2万元": "3万元", "5000元": "4000元"},
        ),
        (
            "对连续护理满5年的人员，给予一次性奖励1万元。",
            "连续护理满3年的，一次性奖励5000元，满5年的奖励1.2万元。",
            {"1万元": "1.2万元"},
        ),
        (
            "吸纳就业满10人的，补助2万元；满50人的，补助10万元。",
            "吸纳就业满50人的，补助12万元，满10人的，补助1万元。",
            {"2万元": "1万元", "10万元": "12万元"},
        ),
        (
            "乡（镇）中心校每所补助8万元，农村教学点每个补助3万元。",
            "教学点、乡镇中心学校分别补助2万元、10万元。",
            {"8万元": "10万元", "3万元": "2万元"},
        ),
    ],
)
def test_a_number_answers_that_of_its_own_subject(upper: str, lower: str, pairs: dict[str, str]) -> None:
    """Amounts of one unit are paired by what they are for, wherever they stand and whichever has an equal."""
    result = compare_sentences(("山东省人民政府", "济南市人民政府"), upper, lower)

    found = [change for unit in result.units for change in unit.changes if change.type == ChangeType.AMOUNT_CHANGED]
    assert len(found) == len(pairs)
    for before, after in pairs.items():
        assert [c for c in found if before in (c.upper_quote or "") and after in (c.lower_quote or "")], (before, found)


def test_a_dropped_sentence_names_what_it_held() -> None:
    """The sentence is content that went, with the amount and the deadline in it as changes of their own."""
    from drafting import draft_document

    kept = "加强组织领导。"
    gone = "2024年6月底前，对每家企业给予20万元补助。"
    one = draft_document("山东省人民政府", (("主要任务", (kept, gone)),))
    other = draft_document("济南市人民政府", (("主要任务", (kept,)),))
    result = compare(one.notices[0], other.notices[0], upper_source=one.source, lower_source=other.source)

    dropped = next(unit for unit in result.units if unit.relation is Relation.DROPPED)
    assert dropped.shape == "1:0"
    assert {change.type for change in dropped.changes} == {
        ChangeType.CONTENT_REMOVED,
        ChangeType.AMOUNT_REMOVED,
        ChangeType.DEADLINE_REMOVED,
    }


def test_a_bare_bound_is_compared_by_value() -> None:
    """Directions come from numbers: a ceiling of 50 against one of 500 is raised, whatever its words."""
    from decimal import Decimal

    from compare.changes.verdict import amount_direction

    def ceiling(value: int) -> Amount:
        return Amount(
            quote="", span=Span(0, 0), kind=AmountKind.MONEY, low=None, high=Decimal(value), unit="CNY", bound=Bound.MAX
        )

    assert amount_direction(ceiling(50), ceiling(500)) == "raised"
    assert amount_direction(ceiling(500), ceiling(50)) == "lowered"
    assert amount_direction(ceiling(50), ceiling(50)) is None


def test_a_sum_for_several_is_weighed_against_none_of_theirs() -> None:
    """What two share is neither more nor less than what each of them gets."""
    upper, lower = "水库、渠道维修共安排500万元。", "水库维修安排300万元，渠道维修安排200万元。"
    result = compare_sentences(("山东省人民政府", "济南市人民政府"), upper, lower)

    found = [change for unit in result.units for change in unit.changes if change.type == ChangeType.AMOUNT_CHANGED]
    assert [(change.lower_quote, change.direction) for change in found] == [("300万元", None), ("200万元", None)]


@pytest.mark.parametrize(
    ("start", "days"),
    [("自2024年7月1日起", ["自2024年7月1日起", "至2027年12月31日"]), ("自印发之日起", ["至2027年12月31日"])],
)
def test_a_sentence_that_went_takes_the_day_it_took_effect(start: str, days: list[str]) -> None:
    """A day of its own is a deadline that went, as it is one when it changes; the day of issue goes with the notice."""
    kept = "新建居住区按照标准规划建设托育服务设施。"
    validity = f"{kept}本办法{start}施行，有效期至2027年12月31日。"
    result = compare_sentences(("山东省人民政府", "济南市人民政府"), validity, kept)
    changes = [change for unit in result.units for change in unit.changes]

    assert [one.upper_quote for one in changes if one.type is ChangeType.DEADLINE_REMOVED] == days
