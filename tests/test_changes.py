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
