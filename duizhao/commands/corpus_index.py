"""`duizhao corpus index`: make the index beside a large store, catch it up, or remove it."""

import time

import click

from duizhao.command import Command, shared_options
from duizhao.indexing import make_index
from duizhao.messages import text
from duizhao.stores import on_store, open_store, store_option


@click.command("index", cls=Command)
@store_option
@click.option("--drop", is_flag=True, help="corpus.index.drop")
@shared_options
@on_store
def command(*, db: str, drop: bool, quiet: bool) -> int:
    with open_store(db) as store:
        start = time.monotonic()
        if drop:
            store.index.remove()
            done = text("corpus.index.dropped")
        else:
            count = make_index(store, quiet=quiet)
            key = "corpus.index.done" if count else "corpus.index.current"
            done = text(key, count=count, seconds=f"{time.monotonic() - start:.1f}", folder=store.index.folder.name)
    if not quiet:
        click.echo(done, err=True)
    return 0
