"""`duizhao demo`: the whole job on the bundled notices."""

from pathlib import Path

import click

from duizhao.command import Command, output_option, shared_options
from duizhao.failures import report_error
from duizhao.messages import text
from duizhao.output import write
from duizhao.screen import pad, width
from extract.errors import DuizhaoError

FOLDER = "duizhao-demo"
NOTICES = "公文"
REPORT = "对照"
PAIR = "济政办函〔2021〕16号"  # prints the provincial notice it carries out


@click.command("demo", cls=Command)
@output_option("demo.output")
@shared_options
def command(*, output: str | None, quiet: bool) -> int:
    folder = Path(output or FOLDER)
    try:
        _write_records(folder / NOTICES)
        _write_reports(folder, quiet=quiet)
    except DuizhaoError as error:
        report_error(str(folder), error)
        return 1
    if not quiet:
        _guide(folder)
    return 0


def _write_records(folder: Path) -> None:
    """Each notice as collected, with its clause records beside it."""
    from corpus import samples
    from duizhao.commands.extract import render
    from extract import extract_bytes

    for number in samples.NUMBERS:
        name, data = samples.file_name(number), samples.read(number)
        document = extract_bytes(data, name)
        write(str(folder / name), data)
        for form in ("json", "csv"):
            write(str(folder / f"{number}.{form}"), render(document, form))


def _write_reports(folder: Path, *, quiet: bool) -> None:
    from corpus import samples
    from duizhao.pairs import load_side, pair_inside, render
    from duizhao.sources import Choice
    from duizhao.summary import show

    pair = pair_inside(load_side(Choice(path=folder / NOTICES / samples.file_name(PAIR))))
    for form in ("html", "md", "json"):
        write(str(folder / f"{REPORT}.{form}"), render(pair, form))
    if not quiet:
        show(pair.comparison)


def _guide(folder: Path) -> None:
    """What was written, what to look at first, what to do next."""
    rows = [
        (folder / f"{REPORT}.md", text("demo.markdown")),
        (folder / f"{REPORT}.json", text("demo.data")),
        (folder / NOTICES, text("demo.records")),
    ]
    left = max(width(str(path)) for path, _ in rows) + 2
    click.echo("\n" + text("demo.others"))
    for path, about in rows:
        click.echo(f"  {pad(str(path), left)}{about}")
    click.echo("\n" + text("demo.next", path=folder / f"{REPORT}.json"))
    click.echo("\n" + text("demo.first"))
    click.secho(f"  {folder / f'{REPORT}.html'}", bold=True)
