"""Pages of drawn characters in, layout out: what PDF, OFD and recognised scans share."""

from collections.abc import Iterator, Sequence

from extract.layout import BlockKind, Layout, LayoutWarning
from extract.notice import Grain
from extract.readers.layout_text import LayoutText
from extract.readers.page_content import PageContent
from extract.readers.page_furniture import body_size, mark_furniture
from extract.readers.page_grids import TableWriter, table_chains
from extract.readers.page_lines import Line
from extract.readers.page_paragraphs import paragraph_lines
from extract.readers.page_tables import RuledTable
from extract.readers.page_view import GlyphStore, PageView

WIDE_GAP = 0.9  # type sizes; a gap that stands for a space between Chinese words
WORD_GAP = 0.15  # between Latin letters
LATIN = 0x250  # code points below are Latin letters, digits and their signs


def build_layout(
    pages: Sequence[PageContent], store: GlyphStore, out: LayoutText, *, media_type: str, grain: Grain = Grain.GLYPH
) -> Layout:
    """Mark furniture, join tables over pages, and write everything in reading order."""
    mark_furniture(pages)
    page_starts = tuple(_write_pages(pages, out))
    _write_footnotes(pages, out)
    out.warnings.extend(_page_warnings(pages, store))
    return Layout(
        text=out.text,
        media_type=media_type,
        grain=grain,
        glyph_of=out.glyph_of,
        glyphs=store.glyphs(),
        page_count=len(pages),
        page_starts=page_starts,
        page_sizes=tuple(store.sizes),
        paragraph_starts=frozenset(out.paragraph_starts),
        blocks=tuple(out.blocks),
        grids=tuple(out.grids),
        warnings=tuple(out.warnings),
    )


def _write_pages(pages: Sequence[PageContent], out: LayoutText) -> Iterator[int]:
    starting = {id(line) for line in paragraph_lines(pages, body_size(pages))}
    chains = table_chains(pages)
    begun: dict[int, int] = {}  # page whose start a table wrote: its offset
    done: set[int] = set()  # items written with a table of an earlier page
    for page in pages:
        yield begun.get(page.view.number, out.size)
        for item in page.items:
            if id(item) in done:
                continue
            if isinstance(item, RuledTable):
                writer = TableWriter(out=out, write=write_line)
                begun |= writer.write_chain(chains[id(item)])
                done |= writer.done
            else:
                if id(item) in starting:
                    out.start_paragraph()
                write_line(page.view, item, out)


def _write_footnotes(pages: Sequence[PageContent], out: LayoutText) -> None:
    """At the end, so that no note stands inside a paragraph that runs on over the page."""
    for page in pages:
        if page.footnotes:
            start = out.size
            out.start_paragraph()
            for line in page.footnotes:
                write_line(page.view, line, out)
            out.block(BlockKind.FOOTNOTE, start, "脚注")


def write_line(view: PageView, line: Line, out: LayoutText, end: str = "\n") -> None:
    """A line's characters, a space where a gap stands for one, and its end."""
    start = out.size
    text: list[str] = []
    glyphs: list[int] = []
    before = -1
    for i in line.glyphs:
        if before >= 0 and _spaced(view, before, i, line.size):
            text.append(" ")
            glyphs.append(-1)
        text.append(chr(view.codes[i]))
        glyphs.append(view.first + i)
        before = i
    out.write("".join(text), glyphs)
    out.write(end)
    if line.reason:
        out.block(BlockKind.FURNITURE, start, line.reason)


def _spaced(view: PageView, before: int, after: int, size: float) -> bool:
    gap = view.x0[after] - view.x1[before]
    latin = view.codes[before] < LATIN and view.codes[after] < LATIN
    return gap > (WORD_GAP if latin else WIDE_GAP) * size


def _page_warnings(pages: Sequence[PageContent], store: GlyphStore) -> Iterator[LayoutWarning]:
    for page in pages:
        number = page.view.number
        lines = [*page.lines, *page.footnotes]
        dropped = sum(len(line.duplicates) for line in lines)
        if dropped:
            yield LayoutWarning(code="overprint", message=f"重叠印刷的 {dropped} 个字符只计一次", page=number)
        if number in store.unmapped:
            message = f"{store.unmapped[number]} 个字符没有文字编码，无法读出；请核对原件"
            yield LayoutWarning(code="unmapped", message=message, page=number)
        if not page.view.codes and page.view.image_count:
            yield LayoutWarning(
                code="image-page", message="本页只有图像，没有文字；识别需安装 duizhao[ocr]", page=number
            )
