"""`duizhao verify RESULT`: every quote of a result looked up in its source, every value read anew."""

from pathlib import Path

import click

from duizhao.command import Command, password_option, shared_options
from duizhao.failures import report, report_error
from duizhao.messages import text
from extract.errors import DuizhaoError


@click.command("verify", cls=Command)
@click.argument("result", type=click.Path(path_type=Path))
@click.option("--source", metavar="folder", type=click.Path(path_type=Path), help="option.source")
@password_option
@shared_options
def command(*, result: Path, source: Path | None, password: str | None, quiet: bool) -> int:
    from duizhao.verification import verify

    try:
        verdict = verify(result, source, password)
    except (DuizhaoError, OSError) as error:
        report_error(str(result), error)
        return 1
    for problem in verdict.problems:
        report(problem.file, problem.message)
    counts = {"quotes": verdict.quotes, "values": verdict.values}
    if verdict.problems:
        click.echo(text("verify.differ", name=result, wrong=len(verdict.problems), **counts))
        return 1
    if not quiet:
        click.echo(text("verify.agree", name=result, **counts))
    return 0
