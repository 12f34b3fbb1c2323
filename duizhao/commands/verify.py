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

FEW = 10  # quotes told of sources that were exchanged


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
    _report(verdict)
    counts = {"quotes": verdict.quotes, "values": verdict.values}
    if verdict.problems:
        click.echo(_outcome(verdict, name=result, **counts))
        return 1
    if not quiet:
        click.echo(text("verify.agree", name=result, **counts))
    return 0


def _report(verdict: "Verdict") -> None:
    """A line each; of a file that was exchanged hardly a quote is in its place, and a few are enough."""
    quotes = [problem for problem in verdict.problems if problem.quote]
    left = {id(problem) for problem in quotes[FEW:]} if verdict.changed else frozenset()
    for problem in verdict.problems:
        if id(problem) not in left:
            report(problem.file, problem.message)
    if left:
        report(verdict.result, text("verify.more", count=len(left)))


def _outcome(verdict: "Verdict", **values: object) -> str:
    """What does not agree, what could not be looked at and what was exchanged are numbers of their own."""
    key = "differ" if not verdict.unchecked else "both" if verdict.wrong else "unchecked"
    said = text(f"verify.{key}", wrong=verdict.wrong, unchecked=verdict.unchecked, **values)
    return said + text("verify.changed", changed=verdict.changed) if verdict.changed else said
