"""`duizhao corpus search WORDS`: clauses that hold all the words, best first."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from duizhao.advising import advice_line
from duizhao.command import Command, format_option, output_option, shared_options
from duizhao.indexing import indexed
from duizhao.messages import text
from duizhao.output import choose_format, write
from duizhao.screen import columns, wrap
from duizhao.stores import (
    chosen_filters,
    csv_text,
    filter_options,
    json_text,
    on_store,
    open_store,
    store_option,
    visible,
)

if TYPE_CHECKING:
    from corpus.search import Hit, Results

FORMATS = ("table", "json", "csv")
AROUND = 36  # characters shown before the first word found
SHOWN = 110  # characters of a clause shown in the table
MARK = ("【", "】")  # around found words where there are no colours


@click.command("search", cls=Command)
@click.argument("words", nargs=-1)
@store_option
@filter_options
@click.option("--limit", metavar="number", type=click.IntRange(1, 100_000), default=20, help="corpus.search.limit")
@click.option("--offset", metavar="number", type=click.IntRange(0, 10_000_000), default=0, help="corpus.search.offset")
@output_option("corpus.search.output")
@format_option(*FORMATS)
@shared_options
@on_store
def command(
    *,
    words: tuple[str, ...],
    db: str,
    limit: int,
    offset: int,
    output: str | None,
    format_name: str | None,
    quiet: bool,
    **narrowing: Any,
) -> int:
    name = choose_format(format_name, output, FORMATS)
    typed = " ".join(words)
    with open_store(db) as store, indexed(store, quiet=quiet):
        results = store.search(typed, chosen_filters(**narrowing), limit=limit, offset=offset)
    if name == "table" and output is None:
        _show(results, offset)
    else:
        write(output, render(results, name))
    if results.advice and not quiet:
        click.echo(advice_line(results.advice, results.query, typed), err=True)
    elif not results.hits and not quiet:
        click.echo(text("corpus.search.beyond", total=results.total, offset=offset), err=True)
    return 0


def render(results: "Results", name: str) -> bytes:
    match name:
        case "json":
            return json_text(asdict(results))
        case "csv":
            return csv_text(HEADER, [_row(hit) for hit in results.hits])
        case _:
            return "".join(f"{line}\n" for hit in results.hits for line in _lines(hit, plain=True)).encode()


HEADER = (
    "number", "title", "issuer", "level", "province", "city", "issued_on", "clause", "heading", "text", "highlights",
    "score", "notice", "start", "sha256", "file",
)  # fmt: skip


def _row(hit: "Hit") -> list[object]:
    values = {**asdict(hit), "highlights": " ".join(f"{start}-{end}" for start, end in hit.highlights)}
    return [values[name] for name in HEADER]


def _show(results: "Results", offset: int) -> None:
    if not results.hits:
        return
    key = "corpus.search.at_least" if results.more else "corpus.search.total"
    last = offset + len(results.hits)
    click.echo(text(key, total=results.total, first=offset + 1, last=last))
    for hit in results.hits:
        click.echo()
        for line in _lines(hit, plain=False):
            click.echo(line)


def _lines(hit: "Hit", *, plain: bool) -> Iterator[str]:
    """Number, clause and day; title; the words in their place."""
    number = hit.number or text("failure.unnamed")
    head = "  ".join(visible(part) for part in (number, hit.clause, hit.issued_on) if part)
    yield head if plain else click.style(head, bold=True)
    if hit.title:
        yield from (f"  {line}" for line in wrap(visible(hit.title), columns() - 2))
    for line in wrap(visible(_excerpt(hit)), columns() - 2):
        yield "  " + line


def _excerpt(hit: "Hit") -> str:
    """The clause from shortly before the first word found, found words marked."""
    start = max(hit.highlights[0][0] - AROUND, 0) if hit.highlights else 0
    end = min(start + SHOWN, len(hit.text))
    pieces, done = ["…" if start else ""], start
    for first, last in hit.highlights:
        if first >= end:
            break
        pieces += [hit.text[done:first], MARK[0], hit.text[first:last], MARK[1]]
        done = last
    return "".join([*pieces, hit.text[done : max(end, done)], "…" if max(end, done) < len(hit.text) else ""])
