"""A comparison as a whole: its record, its accounting, its measures, and which notice is the upper one."""

import json
from decimal import Decimal

import jsonschema
import msgspec
import pytest
from drafting import draft_document
from rewriting import compare_drafts, draft_of, lowered

from compare import CompareOptions, Comparison, compare, from_json, pair_within, schema, to_json
from compare.comparing import AccountingError
from compare.comparison import Relation
from corpus import samples
from extract.notice import Document
from extract.reading import extract_bytes
from extract.sentences import split_sentences

JINAN = "济政办函〔2021〕16号"


def read(number: str) -> Document:
    return extract_bytes(samples.read(number), samples.file_name(number))


def compare_jinan(options: CompareOptions | None = None) -> Comparison:
    document = read(JINAN)
    pair = pair_within(document)
    assert pair
    return compare(
        *pair, upper_source=document.source, lower_source=document.source, options=options or CompareOptions()
    )


@pytest.fixture(scope="module")
def jinan() -> Comparison:
    return compare_jinan()


def test_json_round_trip(jinan: Comparison) -> None:
    """What is written is what is read back."""
    assert from_json(to_json(jinan)) == jinan


def test_the_same_input_gives_the_same_bytes(jinan: Comparison) -> None:
    """Nothing of a run, neither time nor memory order, gets into the result."""
    assert to_json(compare_jinan()) == to_json(jinan)


def test_output_fits_the_published_schema(jinan: Comparison) -> None:
    """The record is valid under the JSON Schema the project publishes, with plain numbers for measures."""
    record = json.loads(to_json(jinan))
    jsonschema.Draft202012Validator.check_schema(schema())
    jsonschema.validate(record, schema(), cls=jsonschema.Draft202012Validator)

    assert isinstance(record["measures"]["reuse_share"], float)


def test_a_record_of_another_shape_is_refused(jinan: Comparison) -> None:
    """A relation that does not exist is no comparison."""
    with pytest.raises(msgspec.ValidationError):
        from_json(to_json(jinan).replace(b'"verbatim"', b'"equal"', 1))


def test_the_cited_notice_is_the_upper_one() -> None:
    """Of two notices in one file the one whose number the other cites is the upper, whichever is printed first."""
    pair = pair_within(read(JINAN))

    assert pair
    assert [notice.document_number for notice in pair] == ["鲁政字〔2021〕136号", JINAN]


def test_one_notice_is_no_pair() -> None:
    """A file of one notice has nothing to compare within."""
    assert pair_within(read("德人社字〔2022〕3号")) is None


def test_every_sentence_is_accounted_for(jinan: Comparison) -> None:
    """Units and frame together hold each sentence of both sides once."""
    for side in ("upper", "lower"):
        refs = [ref for unit in jinan.units + jinan.frame for ref in getattr(unit, side)]
        assert len(refs) == len(set(refs)) == getattr(jinan.accounting, f"{side}_accounted")
        assert len(refs) == getattr(jinan.accounting, f"{side}_sentences")


def test_an_accounting_error_says_what_is_missing() -> None:
    """The message names the side and both counts."""
    assert "本级文件" in str(AccountingError("本级文件", 10, 9))


def test_the_preamble_is_compared_apart(jinan: Comparison) -> None:
    """Purpose and basis are no content that a city added."""
    assert jinan.frame
    assert all(ref.clause.startswith("preamble") for unit in jinan.frame for ref in unit.upper + unit.lower)
    assert not any(ref.clause.startswith("preamble") for unit in jinan.units for ref in unit.upper + unit.lower)


def test_the_summary_counts_the_units(jinan: Comparison) -> None:
    """Relations and changes of the summary are those of the units."""
    assert sum(jinan.summary.relations.values()) == len(jinan.units)
    assert sum(jinan.summary.changes.values()) == sum(len(unit.changes) for unit in jinan.units)
    assert jinan.summary.material == sum(
        change.material and not change.nested for unit in jinan.units for change in unit.changes
    )


def test_shares_of_the_upper_sentences_add_up(jinan: Comparison) -> None:
    """Reused, modified and dropped sentences are all there are."""
    shares = [jinan.measures[name] for name in ("reuse_share", "modification_share", "dropped_share")]

    assert all(share is not None for share in shares)
    assert abs(sum(share for share in shares if share is not None) - 1) <= Decimal("0.0002")


def test_measures_of_a_notice_with_itself() -> None:
    """All is reused, kept and in order; nothing is added."""
    document = read("威人社字〔2023〕14号")
    notice = document.notices[0]
    measures = compare(notice, notice, upper_source=document.source, lower_source=document.source).measures

    assert measures["reuse_share"] == measures["order_correlation"] == measures["amount_retention"] == 1
    assert measures["dropped_share"] == measures["added_share"] == 0


def test_reversed_parts_have_the_opposite_order() -> None:
    """Kendall's tau is -1 where every pair of sentences has changed places."""
    items = ("加强护理员培训。", "建设社区食堂。", "公开收费标准。", "推进无障碍改造。")
    one = draft_document("山东省人民政府", (("主要任务", items),))
    other = draft_document("济南市人民政府", (("主要任务", tuple(reversed(items))),))
    result = compare(one.notices[0], other.notices[0], upper_source=one.source, lower_source=other.source)

    assert result.measures["order_correlation"] == -1
    assert sum(unit.moved for unit in result.units) == 3


def test_retention_counts_values_not_words() -> None:
    """Of two amounts one was changed: half are retained, though both are still written somewhere."""
    one = draft_document("山东省人民政府", (("主要任务", ("个人贷款额度30万元。", "企业贷款额度400万元。")),))
    other = draft_document("济南市人民政府", (("主要任务", ("个人贷款额度30万元。", "企业贷款额度300万元。")),))
    result = compare(one.notices[0], other.notices[0], upper_source=one.source, lower_source=other.source)

    assert result.measures["amount_retention"] == Decimal("0.5")


def test_nothing_to_measure_is_none() -> None:
    """A notice without deadlines has no share of deadlines kept."""
    one = draft_document("山东省人民政府", (("主要任务", ("加强护理员培训。",)),))
    result = compare(one.notices[0], one.notices[0], upper_source=one.source, lower_source=one.source)

    assert result.measures["deadline_retention"] is None
    assert result.measures["order_correlation"] is None


def test_parts_can_be_left_out() -> None:
    """Departments and measures are optional; the units are not touched by that."""
    bare = compare_jinan(CompareOptions(departments=False, measures=False))

    assert bare.departments == ()
    assert bare.measures == {}
    assert bare.units == compare_jinan().units


def test_a_notice_without_numbers_is_compared_as_a_whole() -> None:
    """Where nothing is numbered all text is content, none of it frame."""
    text = "济南市人民政府\n关于做好有关工作的通知\n\n各有关单位：\n\n加强护理员培训。建设社区食堂。\n\n济南市人民政府\n2023年3月1日\n"
    document = extract_bytes(("济政字〔2023〕9号\n\n" + text).encode(), "notice.txt")
    notice = document.notices[0]
    result = compare(notice, notice, upper_source=document.source, lower_source=document.source)

    assert result.frame == ()
    assert [unit.upper[0].quote for unit in result.units][:2] == ["加强护理员培训。", "建设社区食堂。"]
    assert {unit.relation for unit in result.units} == {Relation.VERBATIM}


def test_swapped_roles_mirror_the_relations() -> None:
    """What the city dropped from the province is what the province would add to the city."""
    base = draft_of(read("德人社字〔2022〕3号").notices[0], "山东省人民政府", "鲁政字〔2023〕5号")
    shorter = base.__class__(issuer=base.issuer, number=base.number, sections=base.sections[:-1])
    there, _, _ = compare_drafts(base, lowered(shorter))
    back, _, _ = compare_drafts(shorter, lowered(base))

    assert there.summary.relations["dropped"] == back.summary.relations["added"]
    assert there.summary.relations["verbatim"] == back.summary.relations["verbatim"]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("加强培训。完善制度。", ["加强培训。", "完善制度。"]),
        ("设立专线；公开电话。", ["设立专线；公开电话。"]),
        ("开展“强技能。促就业”行动。加强宣传。", ["开展“强技能。促就业”行动。", "加强宣传。"]),
        ("实行“谁主管，谁负责。”各地要抓好落实。", ["实行“谁主管，谁负责。”", "各地要抓好落实。"]),
        ("解决“怎么办？”的问题。", ["解决“怎么办？”的问题。"]),
        ("补助对象（含灵活就业人员。下同）由市审核。", ["补助对象（含灵活就业人员。下同）由市审核。"]),
        ("落实《关于稳就业。的意见》要求", ["落实《关于稳就业。的意见》要求"]),
        ("加强培训。完善制度", ["加强培训。", "完善制度"]),
        ("加强“培训。完善制度。", ["加强“培训。", "完善制度。"]),
        ("", []),
    ],
)
def test_sentences_end_outside_of_marks(text: str, sentences: list[str]) -> None:
    """A stop within brackets, quotation or title marks ends no sentence; a mark never closed encloses nothing."""
    assert [text[slice(*span)] for span in split_sentences(text)] == sentences
