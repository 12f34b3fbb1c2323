"""The notice of a web page written out: block elements as paragraphs, data tables as grids, a path for each."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from extract.layout import Anchor, BlockKind, Cell
from extract.readers.docx_numerals import numeral
from extract.readers.html_tree import is_block, is_hidden, shown_text, tag, words
from extract.readers.layout_text import LayoutText
from extract.span import Span

SPACES = re.compile(r"[ \t\r\n\f\v]+")
SIGNS = re.compile(r"[\s\u3000\xa0:：|【】\[\]（）()·]")
COUNTERS = re.compile(r"(?:浏览|访问|点击|阅读)(?:次数|量|数)?[:：]?\d{0,9}次?")
TOOLS = "网页工具文字"
LIST_FORMS = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
MARKED = re.compile(r"[（(]?[0-9０-９一二三四五六七八九十]{1,3}[)）.．、]|第")
LARGEST_SPAN = 1_000  # columns of a table, rows of a cell
LAYOUT_CELL = 400  # characters; a cell longer than this in a table of few cells is layout


@dataclass(slots=True, kw_only=True)
class PageWriter:
    out: LayoutText
    left_out: frozenset[etree._Element]
    line: list[str] = field(default_factory=list)
    items: dict[etree._Element, int] = field(default_factory=dict)  # numbered lists: the last number
    place: etree._Element | None = None  # block element of the line being written

    def write(self, body: etree._Element) -> None:
        self.place = body
        self._walk(body)
        self._end_line()

    def _walk(self, top: etree._Element) -> None:
        walk = etree.iterwalk(top, events=("start", "end"))
        for event, element in walk:
            if event == "start":
                if self._skipped(element, top):
                    walk.skip_subtree()
                elif tag(element) == "table" and is_data_table(element):
                    self._end_line()
                    self._write_table(element)
                    walk.skip_subtree()
                else:
                    self._open(element)
            else:
                self._close(element, top)

    def _skipped(self, element: etree._Element, top: etree._Element) -> bool:
        return element is not top and (is_hidden(element) or element in self.left_out)

    def _open(self, element: etree._Element) -> None:
        name = tag(element)
        if is_block(element):
            self._end_line()
            self.place = element
        if name == "br":
            self._end_line()
        elif name == "li":
            self._text(self._list_marker(element))
        self._text(element.text)

    def _close(self, element: etree._Element, top: etree._Element) -> None:
        if is_block(element) and not is_hidden(element):
            self._end_line()
            self.place = element.getparent() if element is not top else top
        if element is not top:
            self._text(element.tail)

    def _list_marker(self, item: etree._Element) -> str:
        """What a browser prints before an item of a numbered list; nothing where the item brings its own."""
        parent = item.getparent()
        if parent is None or tag(parent) != "ol" or "none" in (parent.get("style") or "").lower():
            return ""
        first = _count(parent, "start") if parent.get("start") else 1
        number = self.items.get(parent, first - 1) + 1
        self.items[parent] = number
        if MARKED.match(shown_text(item, 12)):
            return ""
        return f"{numeral(number, LIST_FORMS.get(parent.get('type') or '', 'decimal'))}. "

    def _text(self, text: str | None) -> None:
        if text:
            self.line.append(SPACES.sub(" ", text))

    def _end_line(self) -> None:
        text = "".join(self.line).strip(" ")
        self.line.clear()
        if not text:
            return
        self.out.start_paragraph()
        start = self.out.size
        self.out.write(text + "\n")
        self._anchor(start)
        bare = SIGNS.sub("", text)
        if bare in words("tools") or COUNTERS.fullmatch(bare):
            self.out.block(BlockKind.FURNITURE, start, TOOLS)

    def _anchor(self, start: int) -> None:
        if self.place is not None:
            path = self.place.getroottree().getpath(self.place)
            self.out.anchors.append(Anchor(span=Span(start, self.out.size), path=path))

    def _write_table(self, table: etree._Element) -> None:
        start = self.out.size
        cells: list[Cell] = []
        caption = next((inner for inner in table if tag(inner) == "caption"), None)
        if caption is not None:
            self._walk(caption)
            self._end_line()
        for row in place_cells(table):
            for index, (element, cell) in enumerate(row):
                if index:
                    self.out.write("\t")
                cells.append(self._write_cell(element, cell))
            self.out.write("\n")
        self.out.grid(start, cells)
        self.place = table.getparent()
        self.out.start_paragraph()

    def _write_cell(self, element: etree._Element, cell: "PlacedCell") -> Cell:
        start = self.out.size
        self.place = element
        self._walk(element)
        self._end_line()
        end = max(start, self.out.size - 1)
        if self.out.size == start:
            self._anchor(start)
        return Cell(
            row=cell.row,
            column=cell.column,
            span=Span(start, end),
            row_count=cell.row_count,
            column_count=cell.column_count,
        )


# --- tables ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedCell:
    row: int
    column: int
    row_count: int
    column_count: int


def is_data_table(table: etree._Element) -> bool:
    """Rows and columns of short cells; tables that only place things on the page are none."""
    if next((True for inner in table.iter("table") if inner is not table), False):
        return False
    rows = [[cell for cell in row if tag(cell) in ("td", "th")] for row in table.iter("tr")]
    widest = max((sum(_count(cell, "colspan") for cell in row) for row in rows), default=0)
    if len(rows) < 2 or widest < 2:
        return False
    cells = [cell for row in rows for cell in row]
    filled = sum(bool(shown_text(cell, 1)) for cell in cells[:200])
    few = len(cells) < 5
    return filled > 2 and not (few and any(len(shown_text(cell, LAYOUT_CELL)) > LAYOUT_CELL for cell in cells))


def place_cells(table: etree._Element) -> Iterator[list[tuple[etree._Element, PlacedCell]]]:
    """Cells row by row at the columns where they come to stand beside cells that reach down."""
    reaching: dict[int, int] = {}  # column: rows it is still taken, this row included
    for number, row in enumerate(table.iter("tr")):
        placed: list[tuple[etree._Element, PlacedCell]] = []
        column = 0
        following = {at: rows - 1 for at, rows in reaching.items() if rows > 1}
        for element in row:
            if tag(element) not in ("td", "th") or is_hidden(element):
                continue
            while column in reaching:
                column += 1
            if column >= LARGEST_SPAN:
                break
            width = min(_count(element, "colspan"), LARGEST_SPAN - column)
            height = _count(element, "rowspan")
            place = PlacedCell(row=number, column=column, row_count=height, column_count=width)
            placed.append((element, place))
            if height > 1:
                following.update(dict.fromkeys(range(column, column + width), height - 1))
            column += width
        reaching = following
        yield placed


def _count(element: etree._Element, name: str) -> int:
    text = (element.get(name) or "1").strip()
    return min(max(int(text), 1), LARGEST_SPAN) if text.isascii() and text.isdigit() and len(text) < 6 else 1
