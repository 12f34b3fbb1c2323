"""`duizhao`: the command line. Exit status 0 done, 1 something could not be done, 2 wrong usage."""

import os
import sys
from collections.abc import Sequence
from typing import Any

import click

from duizhao import __version__
from duizhao.command import Group, language_option, usage_line
from duizhao.messages import select, text

MODULES = {
    name: f"duizhao.commands.{name}"
    for name in ("extract", "compare", "table", "check", "trace", "verify", "corpus", "schema", "demo")
}


@click.group(
    "duizhao",
    cls=Group,
    modules=MODULES,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.option("--version", is_flag=True, help="option.version")
@language_option
@click.pass_context
def group(context: click.Context, *, version: bool) -> None:
    if version:
        click.echo(f"duizhao {__version__}")
    elif context.invoked_subcommand is None:
        click.echo(context.get_help())


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; what it prints aside, the exit status is the result."""
    select(sys.argv[1:] if arguments is None else arguments)
    for stream in (sys.stdout, sys.stderr):
        _tolerate(stream)
    try:
        status: Any = group.main(arguments, prog_name="duizhao", standalone_mode=False)
    except click.UsageError as error:
        click.echo(usage_line(error), err=True)
        return 2
    except (click.Abort, KeyboardInterrupt):
        click.echo(text("failure.interrupted"), err=True)
        return 130  # as a shell reports an interrupted command
    except BrokenPipeError:  # the reader, such as head, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    return status if isinstance(status, int) else 0


def _tolerate(stream: Any) -> None:
    """A console with another code page shows a question mark for what it lacks, instead of failing."""
    if hasattr(stream, "reconfigure"):
        stream.reconfigure(errors="replace")
