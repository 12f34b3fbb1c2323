"""The 责任分工表 as a Word file, by the template `word/duty_table.docx` or an office's own copy of it.

Each row carries a hidden bookmark with the row's digest, by which an edited table is read back.
"""

import math
from collections.abc import Mapping
from importlib.resources import as_file, files
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape
from zipfile import BadZipFile

from extract.errors import DuizhaoError
from templates.duty_marks import write_keywords
from templates.duty_table import COLUMNS, DutyRow, DutyTable, Heading
from templates.duty_template import DRAFT_WIDTH_MM, IDS, MARGINS_MM, PAGE_MM, WIDTH_MM
from templates.word_report import fix_times, writable

if TYPE_CHECKING:
    from docxtpl import RichText

BOOKMARK = "_duizhao_"  # Word hides bookmarks that begin with an underscore
SUBJECT_LENGTH = 46  # characters of 14 pt in a line
CHARACTER_MM = 3.75  # 10.5 pt, and what a line break loses
LINE_MM = 5.4
LOCALIZED_STYLE = IDS["本级化文字"]
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


class TemplateError(DuizhaoError):
    """A Word template that cannot be filled."""


def render_duty_docx(table: DutyTable, template: Path | None = None) -> bytes:
    """`template`: an office's own copy of the Word template.

    Raises:
        TemplateError: the template is no Word file, or its tags are not those of `word/README.md`.
    """
    if template is None:
        name = "duty_draft.docx" if table.options.draft_for else "duty_table.docx"
        with as_file(files("templates").joinpath("word", name)) as path:
            return fill(path, table)
    return fill(template, table)


def fill(path: Path, table: DutyTable) -> bytes:
    from docx.opc.exceptions import PackageNotFoundError
    from docxtpl import DocxTemplate
    from jinja2 import StrictUndefined
    from jinja2 import TemplateError as TagError
    from jinja2.sandbox import SandboxedEnvironment

    # A template may come from anywhere: its tags fill in text and do nothing else.
    environment = SandboxedEnvironment(undefined=StrictUndefined, autoescape=True)
    template: Any = DocxTemplate(path)
    try:
        template.render(build_context(table), environment)
    except (PackageNotFoundError, BadZipFile, KeyError, ValueError) as error:
        raise TemplateError(f"{path.name} 不是 Word 模板（.docx）；请用随附的 duty_table.docx 的副本来改") from error
    except TagError as error:
        raise TemplateError(f"模板 {path.name} 里的标记填不上（{error.message}）；请保留随附模板的标记") from error
    template.docx.core_properties.keywords = writable(write_keywords(table))
    let_long_rows_split(template, table)
    buffer = BytesIO()
    template.save(buffer)
    return fix_times(buffer.getvalue())


def build_context(table: DutyTable) -> dict[str, Any]:
    check, *foot = table.foot
    return {
        "title": writable(table.title),
        "subject": writable(break_subject(table.subject)),
        "head": dict(table.labels),
        "items": [build_item(item, number) for number, item in enumerate(table.items, 1)],
        "check": writable(check),
        "foot": [writable(line) for line in foot],
    }


def break_subject(text: str) -> str:
    """A long title with the document number on a line of its own, so that the number is not broken."""
    return text if len(text) <= SUBJECT_LENGTH else text.replace("》（", "》\n（", 1)


def build_item(item: Heading | DutyRow, number: int) -> dict[str, Any]:
    if isinstance(item, Heading):
        return {"heading": writable(item.text), "depth": item.depth}
    cells = {name: writable(item.plain(name)) for name in COLUMNS}
    return {**cells, "number": marked_number(item, number), "measure": measure(item)}


def marked_number(row: DutyRow, number: int) -> "RichText":
    """序号 inside the row's bookmark."""
    from docxtpl import RichText

    text = RichText()
    name = f"{BOOKMARK}{row.duty.digest}_{number}"
    text.xml = (
        f'<w:bookmarkStart w:id="{number}" w:name="{name}"/><w:r><w:t>{escape(row.plain("number"))}</w:t></w:r>'
        f'<w:bookmarkEnd w:id="{number}"/>'
    )
    return text


def measure(row: DutyRow) -> "RichText":
    """具体举措, words made local underlined."""
    from docxtpl import RichText

    text, cell = RichText(), row.cells["measure"]
    if isinstance(cell, str):
        text.add(writable(cell))
        return text
    for segment in cell:
        text.add(writable(segment.text), style=LOCALIZED_STYLE if segment.look == "localized" else None)
    return text


def let_long_rows_split(template: Any, table: DutyTable) -> None:
    """A row longer than a page would be cut off if it were kept whole."""
    widths = DRAFT_WIDTH_MM if table.options.draft_for else WIDTH_MM
    long = {row.duty.digest for row in table.rows if row_height_mm(row, widths) > page_height_mm()}
    if not long:
        return
    for mark in template.docx.element.body.iter(f"{W}bookmarkStart"):
        name = mark.get(f"{W}name", "")
        if name.startswith(BOOKMARK) and name.removeprefix(BOOKMARK).partition("_")[0] in long:
            row = next(mark.iterancestors(f"{W}tr"))
            for kept in row.findall(f"{W}trPr/{W}cantSplit"):
                kept.getparent().remove(kept)


def row_height_mm(row: DutyRow, widths: Mapping[str, int]) -> float:
    """An estimate of the row's height in the template's own widths, a little high."""
    lines = (
        sum(max(math.ceil(len(line) * CHARACTER_MM / (width - 3)), 1) for line in row.plain(name).split("\n"))
        for name, width in widths.items()
    )
    return max(lines) * LINE_MM


def page_height_mm() -> float:
    """Room for one row on a page, the head row taken off."""
    return PAGE_MM[1] - MARGINS_MM["top_margin"] - MARGINS_MM["bottom_margin"] - 2 * LINE_MM
