"""`duizhao schema notice|comparison|matrix|topics`: the JSON Schema of the output."""

import json

import click

from duizhao.command import Command, output_option, shared_options
from duizhao.failures import report_error
from duizhao.output import WriteError, write

KINDS = ("notice", "comparison", "matrix", "topics")


@click.command("schema", cls=Command)
@click.argument("what", type=click.Choice(KINDS))
@output_option("schema.output")
@shared_options
def command(*, what: str, output: str | None, quiet: bool) -> int:  # noqa: ARG001
    try:
        write(output, (json.dumps(_schema(what), ensure_ascii=False, indent=2) + "\n").encode())
    except WriteError as error:
        report_error(error.path, error)
        return 1
    return 0


def _schema(what: str) -> object:
    if what == "notice":
        from extract import schema

        return schema()
    from compare import Comparison, Matrix, Topics
    from compare import schema as comparison_schema

    return comparison_schema({"comparison": Comparison, "matrix": Matrix, "topics": Topics}[what])
