"""The whole extraction: it never fails on text, loses nothing, and prints what its schema promises."""

import json
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract import SpanError, extract_bytes, from_json, read_bytes, schema, to_json
from extract.notice import Document

SAMPLES = sorted((Path(__file__).parents[1] / "corpus" / "samples").glob("*.txt"))
PIECES = [
    "某市人民政府\n", "某市财政局文件\n", "关于做好有关工作的通知\n", "某政发〔2024〕7号\n", "各县区人民政府：\n", "为做好工作，现通知如下。\n", "一、总体要求\n", "二、任务\n",
    "（一）建平台。建好平台。", "1.育企业。", "（1）补助。", "第一章 总则\n", "第一条 本办法适用于本市。\n", "①甲；②乙。", "（市财政局牵头，市人社局配合）", "给予最高不超过50万元补助", "不低于60%",
    "2024年12月底前完成。", "每月6日", "《关于某事的意见》（国发〔2023〕1号）", "附件：1.任务表\n2.清单\n", "附件1\n", "附件\n", "任务分工表\n", "序号\t任务\t责任单位\t完成时限\n1\t甲\t市财政局\t长期\n",
    "某市人民政府\n2024年3月5日\n", "（此件公开发布）\n", "（联系电话：66605937）\n", "抄送：市委各部门。\n", "某市人民政府办公室2024年3月6日印发\n", "—1—\n", "\f", "\t", "　　", "\n", "（", "）", "《", "。", "“", "2", "年",
]  # fmt: skip
texts = st.one_of(st.text(max_size=80), st.lists(st.sampled_from(PIECES), max_size=30).map("".join))


def document_of(text: str) -> Document | None:
    data = text.encode("utf-8", "replace")
    if not data.decode("utf-8").strip():
        return None
    try:
        return extract_bytes(data, "any.txt")
    except Exception as error:
        from extract import ReadError

        if isinstance(error, ReadError):
            return None
        raise


@given(texts)
def test_no_text_makes_it_fail_and_every_quote_stands_at_its_span(text: str) -> None:
    """Any text gives a document or one clear refusal; each quote is the text at its span."""
    document = document_of(text)

    for notice in document.notices if document else ():
        for clause in notice.clauses:
            assert "".join(notice.text[span.start : span.end] for span in clause.body) == clause.text
            for item in (
                *clause.responsibilities,
                *clause.amounts,
                *clause.dates,
                *clause.citations,
                *clause.directives,
            ):
                assert notice.text[item.span.start : item.span.end] == item.quote


@given(texts)
def test_every_character_is_a_clause_or_an_element_once(text: str) -> None:
    """Clauses and elements together are the notice's text, with no character twice."""
    document = document_of(text)

    for notice in document.notices if document else ():
        seen = [0] * len(notice.text)
        for item in (*notice.clauses, *notice.elements):
            for at in range(*item.span):
                seen[at] += 1
        assert set(seen) <= {1}, [(notice.text[at], count) for at, count in enumerate(seen) if count != 1]


@given(texts)
def test_clause_ids_are_different_and_parents_exist(text: str) -> None:
    """Ids name one clause each, and a parent is a clause of the same notice."""
    document = document_of(text)

    for notice in document.notices if document else ():
        names = [clause.id for clause in notice.clauses]
        assert len(names) == len(set(names))
        assert {clause.parent for clause in notice.clauses} <= {None, *names}


@given(texts)
def test_json_goes_there_and_back(text: str) -> None:
    """A document read from its own JSON is the same document."""
    document = document_of(text)

    if document is not None:
        assert from_json(to_json(document, explain=True)) == document


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_samples_print_what_the_schema_promises(path: Path) -> None:
    """The JSON of every bundled notice is valid under the published schema."""
    data = json.loads(to_json(extract_bytes(path.read_bytes(), path.name)))

    jsonschema.Draft202012Validator(schema()).validate(data)
    assert data["notices"]


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_a_mention_leads_back_to_its_characters_in_the_file(path: Path) -> None:
    """char=start,end of every amount's place, read in the file, gives the amount's words."""
    from extract.text import normal_text

    text = path.read_bytes().decode()
    reading = read_bytes(path.read_bytes(), path.name)
    for notice, aligned in zip(reading.document.notices, reading.texts, strict=True):
        for clause in notice.clauses:
            for amount in clause.amounts:
                (place,) = aligned.places(amount.span)
                start, end = map(int, str(place.path).removeprefix("char=").split(","))
                assert normal_text("甲" + text[start:end])[1:].endswith(amount.quote)


def test_a_quote_that_is_not_at_its_span_is_refused() -> None:
    """JSON whose spans belong to another text does not load."""
    document = extract_bytes(SAMPLES[0].read_bytes(), "a.txt")
    record = json.loads(to_json(document))
    clause = next(item for item in record["notices"][0]["clauses"] if item["amounts"])
    clause["amounts"][0]["quote"] = "最高1万元"

    with pytest.raises(SpanError, match="最高1万元"):
        from_json(json.dumps(record).encode())


def test_a_heading_that_is_a_sentence_charges_its_subject() -> None:
    """各县区加强资金监管 as a heading charges; 市财政局安排资金情况 only names what follows."""
    document = document_of(
        "某市人民政府关于做好有关工作的通知\n各县区人民政府：\n"
        "一、各县区加强资金监管\n（一）建立台账。每月更新台账。\n（二）细化措施。分解任务。\n"
        "二、市财政局按季度拨付资金\n（一）拨付程序。按批次拨付。\n（二）公开账目。每年公开。\n"
        "三、市财政局安排资金情况\n（一）资金来源。多渠道筹集。\n（二）资金去向。公开透明。\n"
        "某市人民政府\n2024年3月5日\n"
    )

    assert document is not None
    charged = {
        clause.heading: [(item.quote, item.departments[0].name) for item in clause.responsibilities]
        for clause in document.notices[0].clauses
        if clause.level == 1
    }
    assert charged == {
        "各县区加强资金监管": [("各县区加强资金监管", "各县区")],
        "市财政局按季度拨付资金": [("市财政局按季度拨付资金", "市财政局")],
        "市财政局安排资金情况": [],
    }
