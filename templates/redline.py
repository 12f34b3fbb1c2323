"""Both notices of a pair as one Word file with native tracked changes (ISO/IEC 29500-1, 17.13.5).

Accepting all changes gives the lower notice, rejecting all the upper one. Material changes and moves carry a comment.
The changes are those of the comparison: a program that compares two finished Word files (python-redlines) would know
nothing of its alignment, its moves or its types, and brings a .NET engine of tens of megabytes.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from io import BytesIO
from itertools import count
from typing import Any

from compare.comparison import Change, Comparison, Unit
from compare.revision import MARK, Operation, Revision, revise
from extract.notice import Notice, Source
from extract.span import Span
from templates.change_view import label_of, say_direction
from templates.duty_template import Style, add_fallbacks, add_page_number, element, qualified, set_paragraph
from templates.labels import Messages, load_messages
from templates.side import Side, build_side
from templates.word_report import fix_times, writable

EPOCH = date(2000, 1, 1)
STYLES = (  # faces and sizes of GB/T 9704-2012, 7.3
    Style(name="修订标题", face="方正小标宋简体", points=22, line=32, align="center", after=8),
    Style(name="修订正文", face="仿宋_GB2312", points=16, line=29),
    Style(name="修订页眉", face="仿宋_GB2312", points=10.5, line=16),
    Style(name="修订页码", face="宋体", points=14, align="center"),
)
TITLE, BODY, HEADER, PAGE = (style.name for style in STYLES)
INDENT = 2  # characters, of a body paragraph
MARGINS_MM = {"top_margin": 37, "bottom_margin": 35, "left_margin": 28, "right_margin": 26}
TAGS = {Operation.INSERT: "w:ins", Operation.DELETE: "w:del"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """`mark` is what becomes of the paragraph's end."""

    parts: tuple[Revision, ...]
    mark: Operation
    title: bool


@dataclass(slots=True, kw_only=True)
class Notes:
    """Comments by the revision they stand at."""

    of: dict[Revision, list[str]] = field(default_factory=dict)

    def add(self, at: Revision | None, text: str) -> None:
        if at is not None:
            self.of.setdefault(at, []).append(text)


def render_redline(
    comparison: Comparison,
    upper: Notice,
    lower: Notice,
    *,
    upper_source: Source,
    lower_source: Source,
    generated_on: date | None = None,
    lang: str = "zh",
) -> bytes:
    """Same arguments, same bytes; without `generated_on` the changes bear a fixed date."""
    messages = load_messages(lang)
    sides = (build_side("upper", upper, upper_source, messages), build_side("lower", lower, lower_source, messages))
    revisions = revise(upper, lower, comparison)
    writer = Writer(messages=messages, day=generated_on or EPOCH, notes=build_notes(comparison, revisions, sides))
    return writer.write(build_paragraphs(revisions, upper, lower), sides)


def build_paragraphs(revisions: Sequence[Revision], upper: Notice, lower: Notice) -> Iterator[Paragraph]:
    titles = [[one.span for one in notice.elements if one.name.endswith("title")] for notice in (upper, lower)]
    parts: list[Revision] = []
    for revision in revisions:
        if revision.text != MARK:
            parts.append(revision)
            continue
        title = any(is_title(part, titles) for part in parts)
        yield Paragraph(parts=tuple(parts), mark=revision.operation, title=title)
        parts = []


def is_title(part: Revision, titles: Sequence[Sequence[Span]]) -> bool:
    side = int(part.operation is not Operation.DELETE)
    at = (part.upper, part.lower)[side]
    return any(span.start <= at < span.end for span in titles[side])


def build_notes(comparison: Comparison, revisions: Sequence[Revision], sides: tuple[Side, Side]) -> Notes:
    """A comment a material change at its words, and one at either end of a move."""
    notes = Notes()
    for unit in (*comparison.units, *comparison.headings):
        for change in unit.changes:
            if change.material:
                notes.add(find_change(change, revisions), say_change(change, sides[0].messages))
        if unit.moved:
            note_move(notes, unit, revisions, sides)
    return notes


def note_move(notes: Notes, unit: Unit, revisions: Sequence[Revision], sides: tuple[Side, Side]) -> None:
    t = sides[0].messages
    above, below = (
        t(f"redline.{side.name}_place", clauses="、".join(dict.fromkeys(side.clause_label(ref.clause) for ref in refs)))
        for side, refs in zip(sides, (unit.upper, unit.lower), strict=True)
    )
    notes.add(find_span(unit.lower[0].span, revisions, Operation.DELETE), t("redline.moved", place=above))
    notes.add(find_span(unit.upper[0].span, revisions, Operation.INSERT), t("redline.moved", place=below))


def say_change(change: Change, messages: Messages) -> str:
    direction = say_direction(change, messages)
    label = label_of(change, messages)
    return f"{label}（{direction}）：{change.detail}" if direction else f"{label}：{change.detail}"


def find_change(change: Change, revisions: Sequence[Revision]) -> Revision | None:
    """The first tracked stretch of the change's words, on the lower side if they stand there."""
    if change.lower_span and change.lower_span.start < change.lower_span.end:
        return find_span(change.lower_span, revisions, Operation.DELETE)
    return find_span(change.upper_span, revisions, Operation.INSERT) if change.upper_span else None


def find_span(span: Span, revisions: Sequence[Revision], absent: Operation) -> Revision | None:
    """The first stretch of a span of the side that has no `absent` ones, a tracked one rather than a kept one."""
    upper = absent is Operation.INSERT
    found = [
        one
        for one in revisions
        if one.operation is not absent
        and one.text != MARK
        and (start := one.upper if upper else one.lower) < span.end
        and start + len(one.text) > span.start
    ]
    return next((one for one in found if one.operation is not Operation.KEEP), found[0] if found else None)


class Writer:
    """Writes one file; every tracked change has a number, the author and the day."""

    def __init__(self, *, messages: Messages, day: date, notes: Notes) -> None:
        self.messages = messages
        self.day = f"{day.isoformat()}T00:00:00Z"
        self.created = day
        self.notes = notes
        self.numbers = count(1)

    def write(self, paragraphs: Iterator[Paragraph], sides: tuple[Side, Side]) -> bytes:
        from docx import Document

        document: Any = Document()
        set_page(document)
        add_styles(document)
        self._write_head(document, sides)
        for paragraph in paragraphs:
            self._write_paragraph(document, paragraph)
        add_fallbacks(document)
        self._set_properties(document)
        buffer = BytesIO()
        document.save(buffer)
        return fix_times(buffer.getvalue())

    def _write_head(self, document: Any, sides: tuple[Side, Side]) -> None:
        """What the file is stands in the page head, so that the text itself is nothing but the two notices."""
        section = document.sections[0]
        first, second = section.header.paragraphs[0], section.header.add_paragraph()
        names = self.messages("redline.head", upper=sides[0].document, lower=sides[1].document)
        first.add_run(writable(f"{self.messages('redline.title')}　{names}"))
        second.add_run(self.messages("redline.legend"))
        first.style = second.style = HEADER
        add_page_number(section.footer.paragraphs[0], PAGE, right=False)

    def _write_paragraph(self, document: Any, paragraph: Paragraph) -> None:
        made = document.add_paragraph(style=TITLE if paragraph.title else BODY)
        if paragraph.mark is not Operation.KEEP:
            properties = made._p.get_or_add_pPr()
            marks = element("w:rPr")
            marks.append(self._tracked(paragraph.mark))
            properties.append(marks)
        for part in paragraph.parts:
            self._write_part(document, made._p, part)

    def _write_part(self, document: Any, paragraph: Any, part: Revision) -> None:
        notes = self.notes.of.get(part)
        number = str(self._add_comment(document, notes)) if notes else ""
        if notes:
            paragraph.append(element("w:commentRangeStart", {"w:id": number}))
        run = build_run(part)
        if part.operation is Operation.KEEP:
            paragraph.append(run)
        else:
            tracked = self._tracked(part.operation)
            tracked.append(run)
            paragraph.append(tracked)
        if notes:
            paragraph.append(element("w:commentRangeEnd", {"w:id": number}))
            reference = element("w:r")
            reference.append(element("w:commentReference", {"w:id": number}))
            paragraph.append(reference)

    def _tracked(self, operation: Operation) -> Any:
        author = self.messages("redline.author")
        return element(TAGS[operation], {"w:id": str(next(self.numbers)), "w:author": author, "w:date": self.day})

    def _add_comment(self, document: Any, notes: Sequence[str]) -> int:
        author = self.messages("redline.author")
        text = "\n".join(writable(note) for note in dict.fromkeys(notes))
        comment = document.comments.add_comment(text=text, author=author, initials=author[:2])
        comment._comment_elm.set(qualified("w:date"), self.day)
        return int(comment.comment_id)

    def _set_properties(self, document: Any) -> None:
        from datetime import datetime

        properties = document.core_properties
        properties.author = properties.last_modified_by = "duizhao"
        properties.title = self.messages("redline.title")
        properties.comments = ""
        day = self.created
        properties.created = properties.modified = datetime(day.year, day.month, day.day)  # noqa: DTZ001 Word wants no zone
        properties.revision = 1


def build_run(part: Revision) -> Any:
    run = element("w:r")
    text = element("w:delText" if part.operation is Operation.DELETE else "w:t", {"xml:space": "preserve"})
    text.text = writable(part.text)
    run.append(text)
    return run


def set_page(document: Any) -> None:
    """A4 upright with the margins of GB/T 9704-2012, 5.2."""
    from docx.shared import Mm

    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    for name, size in MARGINS_MM.items():
        setattr(section, name, Mm(size))
    section.header_distance, section.footer_distance = Mm(15), Mm(20)


def add_styles(document: Any) -> None:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Pt

    for number, wanted in enumerate(STYLES, 1):
        style = document.styles.add_style(wanted.name, WD_STYLE_TYPE.PARAGRAPH)
        style.style_id = f"Redline{number}"
        style.font.size, style.font.name = Pt(wanted.points), "Times New Roman"
        style.element.rPr.rFonts.set(qualified("w:eastAsia"), wanted.face)
        style.element.rPr.rFonts.set(qualified("w:hint"), "eastAsia")
        set_paragraph(style.paragraph_format, wanted)
        if wanted.name == BODY:
            style.paragraph_format.first_line_indent = Pt(INDENT * wanted.points)
