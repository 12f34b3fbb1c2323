"""An edited 责任分工表 (Word or Excel) and its notice in, what people changed out.

Rows are known by the digest they carry, cells by the head over them; what duizhao reads from the notice is built
anew, so both values stand beside each other. A row that no longer matches the notice is refused, never guessed.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from extract.errors import DuizhaoError
from extract.notice import Notice, Source
from templates.duty_marks import Marks, read_keywords
from templates.duty_table import EDITABLE, DutyRow, DutyTable, Edit, Grouping, Heading
from templates.duty_words import single_line

STATUS = "status"


class TableError(DuizhaoError):
    """A file that is no table of duties that can be read back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EditedRow:
    """A row of an edited file. `digest` is None for a row that a person added."""

    digest: str | None
    cells: Mapping[str, str]  # by column name; only columns that the file has
    position: int  # row of the file's table, 1-based

    @property
    def empty(self) -> bool:
        return not any(self.cells.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class EditedTable:
    marks: Marks
    rows: tuple[EditedRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """A row that cannot be placed."""

    reason: str  # unknown | twice | added
    position: int
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundTrip:
    table: DutyTable  # with people's values in place
    edits: tuple[Edit, ...]
    refused: tuple[Refusal, ...]
    removed: tuple[str, ...] = field(default=())  # clauses whose row is gone from the file


def read_edited(data: bytes, name: str) -> EditedTable:
    """Read a table that duizhao wrote, after people worked on it.

    Raises:
        TableError: the file is no Word or Excel file of ours, or is by department.
    """
    from templates.duty_reading import read_docx, read_xlsx

    readers = {".docx": read_docx, ".xlsx": read_xlsx}
    suffix = name[name.rfind(".") :].lower()
    if suffix not in readers:
        raise TableError("只能读回 .docx 或 .xlsx 的责任分工表；请另存为其中一种")
    keywords, rows = readers[suffix](data)
    marks = read_keywords(keywords)
    if marks is None:
        raise TableError("不是 duizhao 写出的责任分工表，或其文件属性“关键词”已被清除；请用 duizhao table 重新生成")
    if marks.options.by is Grouping.DEPARTMENT:
        raise TableError("按单位排的表同一条款有多行，不能读回；请用按条款或按时限的表")
    return EditedTable(marks=marks, rows=tuple(rows))


def check_source(edited: EditedTable, notice: Notice, source: Source) -> None:
    """Raises:
    TableError: the table was made from another notice.
    """
    was, given = edited.marks.document_number, notice.document_number
    if was != given:
        raise TableError(f"这张表的来文是{was or '无字号公文'}，不是{given or source.name}；请给出原来的来文")


def merge(edited: EditedTable, table: DutyTable) -> RoundTrip:
    """`table`: what the notice says now, built with the options of the edited file."""
    known = rows_by_place(table)
    placed: dict[tuple[str, int], EditedRow] = {}
    refused: list[Refusal] = []
    counts: dict[str, int] = {}
    for row in edited.rows:
        at = (row.digest or "", counts.get(row.digest or "", 0))
        if row.digest is not None and at in known:
            counts[row.digest] = at[1] + 1
            placed[at] = row
        elif not row.empty:
            refused.append(Refusal(reason=why(row, known), position=row.position, words=excerpt(row)))
    edits = tuple(edit for at, row in placed.items() for edit in find_edits(known[at], row))
    return RoundTrip(
        table=replace(table, items=tuple(apply(table, placed)), edits=edits),
        edits=edits,
        refused=tuple(refused),
        removed=tuple(dict.fromkeys(row.duty.id for at, row in known.items() if at not in placed)),
    )


def rows_by_place(table: DutyTable) -> dict[tuple[str, int], DutyRow]:
    """Rows by digest and, where a clause stands more than once, by which it is."""
    found: dict[tuple[str, int], DutyRow] = {}
    counts: dict[str, int] = {}
    for row in table.rows:
        count = counts.get(row.duty.digest, 0)
        counts[row.duty.digest] = count + 1
        found[row.duty.digest, count] = row
    return found


def why(row: EditedRow, known: Iterable[tuple[str, int]]) -> str:
    if row.digest is None:
        return "added"
    return "twice" if any(digest == row.digest for digest, _ in known) else "unknown"


def excerpt(row: EditedRow) -> str:
    return (row.cells.get("measure") or next(filter(None, row.cells.values()), ""))[:30]


def find_edits(row: DutyRow, edited: EditedRow) -> Iterator[Edit]:
    for column in EDITABLE:
        human = edited.cells.get(column)
        if human is not None and fold(human) != fold(row.plain(column)):
            yield Edit(
                digest=row.duty.digest,
                clause=row.duty.id,
                column=column,
                machine=row.plain(column),
                human=tidy(human),
            )


def fold(text: str) -> str:
    """A cell as its words: how lines were broken and spaces set is no edit."""
    return "".join(single_line(text).split()).strip("、")


def tidy(text: str) -> str:
    return "\n".join(line.strip() for line in text.strip().splitlines())


def apply(table: DutyTable, placed: Mapping[tuple[str, int], EditedRow]) -> Iterator[Heading | DutyRow]:
    """The table with people's words in the cells they changed."""
    counts: dict[str, int] = {}
    for item in table.items:
        if isinstance(item, Heading):
            yield item
            continue
        at = (item.duty.digest, counts.get(item.duty.digest, 0))
        counts[item.duty.digest] = at[1] + 1
        yield edited_row(item, placed[at]) if at in placed else item


def edited_row(row: DutyRow, edited: EditedRow) -> DutyRow:
    changed = {edit.column: edit.human for edit in find_edits(row, edited)}
    return replace(row, cells={**row.cells, **changed}, status=edited.cells.get(STATUS, ""))


def columns_of(head: Sequence[str], labels: Mapping[str, str]) -> dict[int, str]:
    """Which column of a file holds what, by the words of its head."""
    names = {fold(label): name for name, label in labels.items()}
    return {index: names[fold(text)] for index, text in enumerate(head) if fold(text) in names}
