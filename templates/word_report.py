"""The comparison as a Word 对照表 (上级条款 | 本级条款 | 变化 | 说明), by the template `word/comparison.docx`.

An office restyles the report in Word: change the template's styles, keep its tags.
"""

import re
from collections.abc import Iterable, Iterator
from importlib.resources import as_file, files
from io import BytesIO
from typing import TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from templates.comparison_view import ComparisonView
from templates.row_view import RowView, SentenceView
from templates.word_departments import DutyRow, Names, duty_rows

if TYPE_CHECKING:
    from docxtpl import RichText

# Ids of the template's character styles.
STYLES = {
    "removed": "RemovedText",
    "added": "AddedText",
    "localized": "LocalizedText",
    "reworded": "RewordedText",
}
LABEL_STYLE = "ClauseLabel"
LONGEST_KEPT = 90  # characters of a cell, some five lines
NEW_PARAGRAPH = "\a"  # docxtpl's sign
# Characters that XML 1.0 cannot hold (2.2); Word would call the file damaged.
UNWRITABLE = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)


def render_word(view: ComparisonView) -> bytes:
    from docxtpl import DocxTemplate
    from jinja2 import Environment, StrictUndefined

    with as_file(files("templates").joinpath("word", "comparison.docx")) as path:
        template = DocxTemplate(path)
        template.render(build_context(view), Environment(undefined=StrictUndefined, autoescape=True))
    keep_short_rows(template.docx)
    buffer = BytesIO()
    template.save(buffer)
    return fix_times(buffer.getvalue())


def keep_short_rows(document: Any) -> None:
    """Rows of a few lines are not broken over two pages; a tall one is, or it would leave half a page empty."""
    from docx.oxml import OxmlElement

    for row in (row for table in document.tables for row in table._tbl.tr_lst):
        longest = max(sum(len(text) for text in cell.xpath(".//w:t/text()")) for cell in row.tc_lst)
        properties = row.get_or_add_trPr()
        if longest <= LONGEST_KEPT and not properties.xpath("w:cantSplit"):
            properties.insert(0, OxmlElement("w:cantSplit"))


def build_context(view: ComparisonView) -> dict[str, Any]:
    t = view.messages
    sections = [(section.heading, section.rows) for section in view.sections]
    if view.frame:
        sections.append((f"{t('body.frame')}（{t('body.frame_hint')}）", view.frame))
    duties = [build_duty(row, t("departments.nobody")) for row in duty_rows(view)]
    upper, lower = (
        {"role": party.role, "document_number": writable(party.document_number), "title": writable(party.title)}
        for party in view.parties
    )
    return {
        "title": t("word.title"),
        "upper": upper,
        "lower": lower,
        "outcome": "".join((*view.cautions, view.outcome)),
        "head": {name: t(f"word.{name}") for name in ("upper", "lower", "change", "note")},
        "sections": [
            {"heading": writable(heading), "rows": [build_row(row, view) for row in with_heads(rows)]}
            for heading, rows in sections
        ]
        + ([{"heading": t("departments.title"), "rows": duties}] if duties else []),
        "foot": [writable(line) for line in foot_lines(view)],
    }


def with_heads(rows: Iterable[RowView]) -> Iterator[RowView]:
    """Rows, each behind the headings that changed before it."""
    for row in rows:
        yield from row.heads
        yield row


def build_row(row: RowView, view: ComparisonView) -> dict[str, "RichText"]:
    return {
        "upper": rich_text(row.upper, view.messages("body.empty_upper")),
        "lower": rich_text(row.lower, view.messages("body.empty_lower")),
        "change": rich_lines(change_lines(row, view)),
        "note": rich_lines(note_lines(row)),
    }


def build_duty(row: DutyRow, absent: str) -> dict[str, "RichText"]:
    return {
        "upper": rich_names(row.upper_clauses, row.upper, absent),
        "lower": rich_names(row.lower_clauses, row.lower, absent),
        "change": rich_lines(row.changes),
        "note": rich_lines(row.notes),
    }


def rich_names(clauses: str, names: Names, absent: str) -> "RichText":
    from docxtpl import RichText

    text = RichText()
    text.add(f"{clauses}　" if clauses else "", style=LABEL_STYLE)
    for number, (name, look) in enumerate(names or ((absent, None),)):
        text.add("、" if number else "")
        text.add(writable(name), style=STYLES.get(look or ""))
    return text


def note_lines(row: RowView) -> Iterator[str]:
    """What is told of several changes alike, as of a heading that went and the one that came, is told once."""
    labels: dict[str, list[str]] = {}
    for change in row.notes:
        labels.setdefault(change.detail, []).append(change.label)
    for detail, named in labels.items():
        yield f"{'、'.join(dict.fromkeys(named))}：{detail}"


def change_lines(row: RowView, view: ComparisonView) -> Iterator[str]:
    """The relation, then what changed, each once."""
    yield f"{view.messages('body.heading')}{row.label}" if is_heading(row) else row.label
    if row.unit.moved:
        yield view.messages("body.moved")
    if row.doubtful:
        yield view.messages("body.doubtful")
    if row.upper and row.lower:
        yield from dict.fromkeys(change.label for change in row.changes if change.label != row.label)


def is_heading(row: RowView) -> bool:
    return all(ref.sentence == 0 for ref in (*row.unit.upper, *row.unit.lower))


def rich_text(sentences: Iterable[SentenceView], absent: str) -> "RichText":
    from docxtpl import RichText

    text = RichText()
    for number, sentence in enumerate(sentences):
        text.add(f"{NEW_PARAGRAPH if number else ''}{sentence.label}　", style=LABEL_STYLE)
        for segment in sentence.segments:
            text.add(writable(segment.text), style=STYLES.get(segment.look))
    if not text.xml:
        text.add(f"（{absent}）")
    return text


def rich_lines(lines: Iterable[str]) -> "RichText":
    from docxtpl import RichText

    return RichText(writable("\n".join(lines)))


def foot_lines(view: ComparisonView) -> Iterator[str]:
    t = view.messages
    yield f"{t('foot.caveat')}{t('outcome.end')}{t('foot.caveat_more')}"
    for party in view.parties:
        yield f"{party.role}：{party.source.name}　SHA-256 {party.source.sha256}"
    yield view.accounting
    if view.made:
        yield " · ".join(view.made)


def writable(text: str) -> str:
    return UNWRITABLE.sub("\ufffd", text)


def fix_times(data: bytes) -> bytes:
    """The same archive with the same time on every part: same comparison, same bytes."""
    buffer = BytesIO()
    with ZipFile(BytesIO(data)) as source, ZipFile(buffer, "w") as target:
        for part in source.infolist():
            target.writestr(ZipInfo(part.filename, ZIP_EPOCH), source.read(part), ZIP_DEFLATED)
    return buffer.getvalue()
