"""The matrix as a file: a matrix, its notices and a format in, bytes out."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial

from compare.matrix import Matrix
from extract.notice import Notice, Source
from templates.delimited import render_csv
from templates.environment import load_environment
from templates.html_report import render_page
from templates.matrix_builder import build_matrix_view
from templates.matrix_tables import long_table, matrix_lines, matrix_tables, say_tag
from templates.matrix_view import MatrixView
from templates.matrix_word import render_matrix_word
from templates.reports import known
from templates.row_view import DOUBTFUL
from templates.workbook import write_overview, write_workbook


def render_matrix_html(view: MatrixView) -> bytes:
    return render_page("matrix.html.jinja", view, "report.css", "matrix.css")


def render_matrix_markdown(view: MatrixView) -> bytes:
    template = load_environment().get_template("markdown/matrix.md.jinja")
    return template.render(view=view, t=view.messages, say_tag=say_tag).encode()


def render_matrix_csv(view: MatrixView) -> bytes:
    return render_csv(long_table(view))


def render_matrix_workbook(view: MatrixView) -> bytes:
    overview = partial(write_overview, view.messages("matrix.report"), matrix_lines(view))
    return write_workbook(matrix_tables(view), view.messages, created=view.generated_on, overview=overview)


MATRIX_REPORTS: Mapping[str, Callable[[MatrixView], bytes]] = {
    "html": render_matrix_html,
    "md": render_matrix_markdown,
    "csv": render_matrix_csv,
    "xlsx": render_matrix_workbook,
    "docx": render_matrix_word,
}


def render_matrix(
    matrix: Matrix,
    upper: Notice,
    lowers: Sequence[Notice],
    *,
    format: str,  # noqa: A002 the word of the command line
    upper_source: Source,
    lower_sources: Sequence[Source],
    min_confidence: float = DOUBTFUL,
    generated_on: date | None = None,
    version: str = "",
    options: Mapping[str, str] | None = None,
    lang: str = "zh",
) -> bytes:
    """The matrix as a file of one of the formats of `MATRIX_REPORTS`; same arguments, same bytes.

    Raises:
        ValueError: there is no such format or language.
    """
    renderer = MATRIX_REPORTS[known(format, MATRIX_REPORTS)]
    view = build_matrix_view(
        matrix,
        upper,
        lowers,
        upper_source=upper_source,
        lower_sources=lower_sources,
        min_confidence=min_confidence,
        generated_on=generated_on,
        version=version,
        options=options,
        lang=lang,
    )
    return renderer(view)
