"""Word and Excel files of the table in; the file's 关键词 and its rows, cell by cell, out."""

from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from typing import Any
from zipfile import BadZipFile

from templates.duty_docx import BOOKMARK
from templates.duty_table import COLUMNS
from templates.labels import LANGUAGES, load_messages
from templates.roundtrip import STATUS, EditedRow, TableError, columns_of

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
DIGEST = "digest"
SPAN_LIMIT = 64  # columns: no table of ours is wider
NOT_OURS = "文件打不开或不是 Office 文件；请用 Word、Excel 或 WPS 另存后再试"
NO_TABLE = "文件里没有找到责任分工表的表头；请保留表头各列的名称"


def read_docx(data: bytes) -> tuple[str, list[EditedRow]]:
    """Raises:
    TableError: no Word file, or none with our table.
    """
    from docx import Document
    from docx.opc.exceptions import PackageNotFoundError

    try:
        document: Any = Document(BytesIO(data))
    except (PackageNotFoundError, BadZipFile, KeyError, ValueError) as error:
        raise TableError(NOT_OURS) from error
    rows = [row for table in document.element.body.iter(f"{W}tbl") for row in table.iter(f"{W}tr")]
    cells = [[cell_text(cell) for cell in row.iter(f"{W}tc")] for row in rows]
    at, columns = find_head(cells)
    found = []
    for position, (row, values) in enumerate(zip(rows[at + 1 :], cells[at + 1 :], strict=True), at + 2):
        digest = read_bookmark(row)
        if len(values) > max(columns) and (digest or not is_head(values, columns)):
            found.append(EditedRow(digest=digest, cells=pick(values, columns), position=position))
    return document.core_properties.keywords, found


def cell_text(cell: Any) -> str:
    """Paragraphs and line breaks as lines; text that a person deleted with changes tracked is gone."""
    return "\n".join("".join(paragraph_text(paragraph)) for paragraph in cell.iter(f"{W}p"))


def paragraph_text(paragraph: Any) -> Iterator[str]:
    for part in paragraph.iter(f"{W}t", f"{W}br", f"{W}tab"):
        if part.tag == f"{W}t":
            yield part.text or ""
        elif part.tag == f"{W}br":
            yield "\n"


def read_bookmark(row: Any) -> str | None:
    names = (mark.get(f"{W}name", "") for mark in row.iter(f"{W}bookmarkStart"))
    ours = [name.removeprefix(BOOKMARK).partition("_")[0] for name in names if name.startswith(BOOKMARK)]
    return ours[0] if ours else None


def read_xlsx(data: bytes) -> tuple[str, list[EditedRow]]:
    """Raises:
    TableError: no Excel file, or none with our table.
    """
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book: Any = load_workbook(BytesIO(data), data_only=False)
    except (InvalidFileException, BadZipFile, KeyError, ValueError) as error:
        raise TableError(NOT_OURS) from error
    sheet = book.worksheets[0]
    merged = {area.min_row for area in sheet.merged_cells.ranges if area.max_col - area.min_col >= len(COLUMNS) - 1}
    cells = [[as_text(value) for value in row[:SPAN_LIMIT]] for row in sheet.iter_rows(values_only=True)]
    at, columns = find_head(cells)
    found = []
    for position, values in enumerate(cells[at + 1 :], at + 2):
        if position in merged or not any(values):
            continue
        picked = pick(values, columns)
        digest = picked.pop(DIGEST, "") or None
        found.append(EditedRow(digest=digest, cells=picked, position=position))
    return book.properties.keywords or "", found


def as_text(value: object) -> str:
    return "" if value is None else str(value)


def find_head(rows: Sequence[Sequence[str]]) -> tuple[int, dict[int, str]]:
    """The head row and what its columns hold, in whichever language it was written."""
    for lang in LANGUAGES:
        messages = load_messages(lang)
        labels = {name: messages(f"duty_column.{name}") for name in (*COLUMNS, STATUS, DIGEST)}
        for at, row in enumerate(rows):
            columns = columns_of(row, labels)
            if {"measure", "basis"} <= set(columns.values()):
                return at, columns
    raise TableError(NO_TABLE)


def is_head(values: Sequence[str], columns: Mapping[int, str]) -> bool:
    """A head row that a person repeated."""
    return any(
        columns_of(values, {name: load_messages(lang)(f"duty_column.{name}") for name in COLUMNS}) == columns
        for lang in LANGUAGES
    )


def pick(values: Sequence[str], columns: Mapping[int, str]) -> dict[str, str]:
    return {name: values[index] for index, name in columns.items() if index < len(values)}
