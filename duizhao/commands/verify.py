"""`duizhao verify RESULT`: every quote of a result looked up in its source, every value read anew."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from duizhao.command import Command, password_option, shared_options
from duizhao.failures import report, report_error
from duizhao.messages import text
from extract.errors import DuizhaoError

if TYPE_CHECKING:
    from duizhao.verification_sources import Verdict


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
        click.echo(_outcome(verdict, name=result, **counts))
        return 1
    if not quiet:
        click.echo(text("verify.agree", name=result, **counts))
    return 0


def _outcome(verdict: "Verdict", **values: object) -> str:
    """What does not agree and what could not be looked at are two numbers."""
    key = "both" if verdict.wrong and verdict.unchecked else "differ" if verdict.wrong else "unchecked"
    return text(f"verify.{key}", wrong=verdict.wrong, unchecked=verdict.unchecked, **values)
