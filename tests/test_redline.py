"""The Word file with tracked changes: what Word gets when all of them are accepted, and when all are rejected."""

import shutil
import subprocess
import zipfile
from datetime import date
from functools import cache
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from cities import PLAN, PROVINCE, bundled, rewritten
from drafting import draft_document
from lxml import etree

from compare import Comparison, compare
from compare.revision import MARK, Operation, mark_paragraphs, revise
from extract.notice import Notice, Source
from templates.redline import render_redline

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
NUMBERS = ("威人社字〔2023〕14号", "潍人社字〔2023〕17号", "晋人社厅函〔2022〕1253号", PROVINCE)

Side = tuple[Notice, Source]


@cache
def compared(upper: Side, lower: Side) -> Comparison:
    return compare(upper[0], lower[0], upper_source=upper[1], lower_source=lower[1])


def pairs() -> list[tuple[Side, Side]]:
    """The named pair, cities made by operators, and notices that have little to do with each other."""
    many = rewritten()
    upper = (many.upper, many.upper_source)
    cities = list(zip(many.lowers, many.lower_sources, strict=True))
    strangers = [bundled(number) for number in NUMBERS]
    return [*((upper, city) for city in cities), *pairwise(strangers)]


PAIRS = pairs()
IDS = [f"{upper[0].document_number}-{lower[0].document_number}" for upper, lower in PAIRS]


def render(upper: Side, lower: Side, **more: Any) -> bytes:
    return render_redline(
        compared(upper, lower), upper[0], lower[0], upper_source=upper[1], lower_source=lower[1], **more
    )


def part(data: bytes, name: str) -> etree._Element:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return etree.fromstring(archive.read(f"word/{name}"))


def read_as(data: bytes, dropped: str, text: str) -> list[str]:
    """Paragraphs as Word has them without the `dropped` changes; a dropped paragraph mark joins two paragraphs."""
    paragraphs, open_ = [], ""
    for paragraph in part(data, "document.xml").iter(f"{W}p"):
        for node in paragraph.iter(f"{W}t", f"{W}delText"):
            if not any(up.tag == f"{W}{dropped}" for up in node.iterancestors()) and node.tag in {f"{W}t", text}:
                open_ += node.text or ""
        if paragraph.find(f"{W}pPr/{W}rPr/{W}{dropped}") is None:
            paragraphs.append(open_)
            open_ = ""
    return [*paragraphs, open_] if open_ else paragraphs


@pytest.mark.parametrize(("upper", "lower"), PAIRS, ids=IDS)
def test_accepting_gives_the_lower_and_rejecting_the_upper_notice(upper: Side, lower: Side) -> None:
    """All changes accepted, the file is the lower notice to the character; all rejected, the upper one."""
    data = render(upper, lower)

    assert read_as(data, "del", f"{W}t") == mark_paragraphs(lower[0]).text.split(MARK)[:-1]
    assert read_as(data, "ins", f"{W}delText") == mark_paragraphs(upper[0]).text.split(MARK)[:-1]
    assert "".join(read_as(data, "del", f"{W}t")) == lower[0].text


@pytest.mark.parametrize(("upper", "lower"), PAIRS, ids=IDS)
def test_places_of_revisions_are_true(upper: Side, lower: Side) -> None:
    """Each stretch stands in its notice where it says it does."""
    for revision in revise(upper[0], lower[0], compared(upper, lower)):
        if revision.text == MARK:
            continue
        if revision.operation is not Operation.INSERT:
            assert upper[0].text[revision.upper :].startswith(revision.text)
        if revision.operation is not Operation.DELETE:
            assert lower[0].text[revision.lower :].startswith(revision.text)


@pytest.mark.parametrize(("upper", "lower"), PAIRS[:4], ids=IDS[:4])
def test_no_change_cuts_a_number_from_its_unit(upper: Side, lower: Side) -> None:
    """An amount is deleted, inserted or kept whole, so that 50% never turns into 60% by one digit."""
    edges = {"upper": set(), "lower": set()}
    for revision in revise(upper[0], lower[0], compared(upper, lower)):
        if revision.text != MARK:
            edges["upper"] |= {revision.upper, revision.upper + len(revision.text) * (revision.operation != "insert")}
            edges["lower"] |= {revision.lower, revision.lower + len(revision.text) * (revision.operation != "delete")}

    for name, notice in (("upper", upper[0]), ("lower", lower[0])):
        for clause in notice.clauses:
            for amount in clause.amounts:
                inside = edges[name] & set(range(amount.span.start + 1, amount.span.end))
                assert not inside, amount.quote


def test_what_is_the_same_is_not_tracked() -> None:
    """Of the named pair, which copies most sentences, most of the upper text is kept as it is."""
    upper, lower = bundled(PROVINCE), bundled(PLAN)
    revisions = revise(upper[0], lower[0], compared(upper, lower))
    kept = sum(len(one.text) for one in revisions if one.operation is Operation.KEEP and one.text != MARK)
    copied = sum(
        len(ref.quote) for unit in compared(upper, lower).units if unit.relation == "verbatim" for ref in unit.upper
    )

    assert kept > copied


def draft(issuer: str, *sentences: str) -> Side:
    document = draft_document(issuer, (("主要任务", tuple(sentences)),))
    return document.notices[0], document.source


def test_moved_sentence_is_deleted_here_and_inserted_there() -> None:
    """A sentence at another place is tracked at both, and a comment at each says where the other is."""
    sentences = (
        "开发一批农村护路、管水、保洁等乡村公益性岗位。",
        "对企业给予最高50万元奖补。",
        "支持高校毕业生到基层就业，落实学费补偿政策。",
        "健全失业预警机制，定期发布监测报告。",
    )
    upper = draft("山东省人民政府", *sentences)
    lower = draft("济南市人民政府", *sentences[1:], sentences[0])
    data = render(upper, lower)
    comments = ["".join(one.itertext()) for one in part(data, "comments.xml")]

    assert [comment for comment in comments if comment.startswith("移位")] == [
        "移位：与本级 一/（四）对应。",
        "移位：与上级 一/（一）对应。",
    ]


def test_material_changes_are_commented_by_type() -> None:
    """A reader of the Word file finds each material change named at its words, by one author on one day."""
    upper, lower = bundled(PROVINCE), bundled(PLAN)
    data = render(upper, lower, generated_on=date(2030, 1, 2))
    comments = part(data, "comments.xml")
    text = "\n".join("".join(one.itertext()) for one in comments)
    types = {change.detail for unit in compared(upper, lower).units for change in unit.changes if change.material}

    assert types
    assert all(detail in text for detail in types)
    tracked = [*part(data, "document.xml").iter(f"{W}ins", f"{W}del"), *comments]
    assert {one.get(f"{W}author") for one in tracked} == {"对照"}
    assert {one.get(f"{W}date") for one in tracked} == {"2030-01-02T00:00:00Z"}
    starts = part(data, "document.xml").findall(f".//{W}commentRangeStart")
    assert len(starts) == len(comments)
    numbers = [one.get(f"{W}id") for one in part(data, "document.xml").iter(f"{W}ins", f"{W}del")]
    assert len(numbers) == len(set(numbers))


def test_same_notices_same_bytes() -> None:
    """The file can be repeated byte for byte; without a day it bears a fixed one."""
    assert render(*PAIRS[0]) == render(*PAIRS[0])


def test_text_that_word_cannot_hold_is_replaced() -> None:
    """Signs that look like markup stay text, and the file stays well-formed."""
    upper = draft("山东省人民政府", "开展“<w:p>&amp”专项行动，对企业给予最高50万元奖补。")
    lower = draft("济南市人民政府", "开展“<w:p>&amp”专项行动，对企业给予最高30万元奖补。")

    assert "<w:p>&amp" in "".join(read_as(render(upper, lower), "del", f"{W}t"))


@pytest.mark.libreoffice
def test_office_suite_opens_it_with_its_changes(tmp_path: Path) -> None:
    """An office suite reads the file, knows deletions from insertions and keeps them when it saves again."""
    upper, lower = bundled(PROVINCE), bundled(PLAN)
    (tmp_path / "修订.docx").write_bytes(render(upper, lower))
    office = shutil.which("soffice") or "libreoffice"
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [
        office,
        profile,
        "--headless",
        "--convert-to",
        "fodt",
        "--outdir",
        str(tmp_path),
        str(tmp_path / "修订.docx"),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    text = (tmp_path / "修订.fodt").read_text("utf-8")

    assert "text:tracked-changes" in text
    assert "text:deletion" in text
    assert "text:insertion" in text
    assert "office:annotation" in text
