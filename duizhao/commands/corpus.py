"""`duizhao corpus …`: many notices in one store."""

import click

from duizhao.command import Group, language_option

NAMES = ("add", "list", "show", "search", "lineage", "department", "reuse", "compare", "export", "index")
MODULES = {name: f"duizhao.commands.corpus_{name}" for name in NAMES}


@click.group("corpus", cls=Group, modules=MODULES, invoke_without_command=True)
@language_option
@click.pass_context
def command(context: click.Context) -> None:
    if context.invoked_subcommand is None:
        click.echo(context.get_help())
