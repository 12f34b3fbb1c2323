"""Work that may hang in, a worker process that ends instead out: the engine then puts the file aside as poisonous."""

import faulthandler
import os
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import parent_process
from pathlib import Path


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """End this process if the work takes longer. In the main process, which nobody starts again, there is no limit.

    A signal would not do: code in C that does not come back never sees it.
    """
    if parent_process() is None:
        yield
        return
    with Path(os.devnull).open("w") as nowhere:
        faulthandler.dump_traceback_later(seconds, exit=True, file=nowhere)
        try:
            yield
        finally:
            faulthandler.cancel_dump_traceback_later()
