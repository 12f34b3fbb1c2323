"""Adding synthetic notices: `python bench/corpus_add.py --notices 10000 --engines serial processes`.

Notices a second on each engine in one run, how they compare, the largest memory of a process, the size of the store.
"""

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]
import synthetic  # noqa: E402 (the generator stands beside the tests)

import corpus  # noqa: E402
from corpus import AddOptions  # noqa: E402


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--notices", type=int, nargs="+", default=[10_000])
    parser.add_argument("--engines", nargs="+", default=["serial", "processes"])
    parser.add_argument("--once", nargs=3, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.once:
        add(*options.once)
        return
    for count in options.notices:
        with tempfile.TemporaryDirectory() as folder:
            for name, data in synthetic.notices(count):
                (Path(folder) / name).write_bytes(data)
            for engine in options.engines:
                # Each in a process of its own, so that memory is its own.
                path = Path(folder) / f"{engine}.db"
                subprocess.run([sys.executable, __file__, "--once", engine, folder, str(path)], check=True, cwd=ROOT)


def add(engine: str, folder: str, path: str) -> None:
    start = time.perf_counter()
    with corpus.open(path) as store:
        counts = store.add([folder], AddOptions(engine=engine))
    took = time.perf_counter() - start
    own, workers = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = own.ru_utime + own.ru_stime
    print(
        f"{counts.added:>7,} notices  {engine:10} {counts.added / took:7.1f}/s  {took:7.1f} s  CPU {cpu:6.1f} s"
        f" + workers {workers.ru_utime + workers.ru_stime:6.1f} s  memory {own.ru_maxrss / 1024:4.0f} MB"
        f" + {workers.ru_maxrss / 1024:4.0f} MB a worker  store {Path(path).stat().st_size / 1e6:6.0f} MB",
        flush=True,
    )


if __name__ == "__main__":
    main()
