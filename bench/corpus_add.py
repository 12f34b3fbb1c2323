"""Adding synthetic notices, engine against engine: `python bench/corpus_add.py --notices 10000 30000 100000`.

For each number of notices and each engine, in a process of its own: notices a second, CPU of that process and of its
workers, memory at ten points on the way, size of the store; then how many times as fast the last engine is as the
first, and at the end how time and store grow. Takes 30 KB of disk a notice in --folder, and frees them.
"""

import argparse
import json
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import psutil
from timing import table

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]
DISK_BYTES = 30_000  # a notice, its file and its share of one store
SPARE_BYTES = 500_000_000
POINTS = 10  # at which memory is looked at
MB = 1e6
HEAD = ("notices", "engine", "a second", "seconds", "CPU", "CPU of workers", "memory", "largest worker", "store")
GROWTH = ("engine", "notices", "ms a notice", "store, KB a notice", "memory at 20%", "at the end", "worker, end")


def main() -> None:
    options = read_options()
    if options.once:
        print(json.dumps(add(*options.once)))
        return
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("stopped"))  # as Ctrl-C: the folder is removed
    results = []
    for count in options.notices:
        with tempfile.TemporaryDirectory(dir=options.folder) as folder:
            found = [one for _ in range(options.times) for one in measure(count, options.engines, Path(folder))]
        results += [best(found, engine) for engine in options.engines]
        say(f"\n{count:,} notices: {ratio(results[-len(options.engines) :])}\n")
    print(table(HEAD, map(row, results), words=0))
    print(table(GROWTH, map(growth_row, sorted(results, key=lambda one: str(one["engine"])))), flush=True)


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--notices", type=int, nargs="+", default=[10_000])
    parser.add_argument("--engines", nargs="+", default=["serial", "processes"])
    parser.add_argument("--times", type=int, default=1, help="runs of each, the best counts")
    parser.add_argument("--folder", type=Path, help="for the notices and the stores; by default the system's")
    parser.add_argument("--once", nargs=2, help=argparse.SUPPRESS)
    return parser.parse_args()


def measure(count: int, engines: Sequence[str], folder: Path) -> list[dict[str, Any]]:
    """One run of each engine, one store at a time."""
    free, need = shutil.disk_usage(folder).free, count * DISK_BYTES + SPARE_BYTES
    if free < need:
        sys.exit(
            f"{count:,} notices need {need / MB:,.0f} MB of disk, {folder.parent} has {free / MB:,.0f}; see --folder"
        )
    write_notices(count, folder / "notices")
    found = []
    for engine in engines:
        say(f"{count:,} notices, {engine}")
        command = [sys.executable, __file__, "--once", engine, str(folder)]
        run = subprocess.run(command, check=True, cwd=ROOT, stdout=subprocess.PIPE)
        found.append(json.loads(run.stdout))
        for path in folder.glob("store.db*"):
            path.unlink()
    return found


def write_notices(count: int, folder: Path) -> None:
    import synthetic

    if folder.exists():
        return
    say(f"writing {count:,} notices")
    folder.mkdir()
    for name, data in synthetic.notices(count):
        (folder / name).write_bytes(data)


def add(engine: str, folder: str) -> dict[str, Any]:
    """In the process that is measured."""
    import corpus

    path, notices = Path(folder) / "store.db", Path(folder) / "notices"
    watch = Watch(sum(1 for _ in notices.iterdir()))
    with corpus.open(path) as store:
        counts = store.add([notices], corpus.AddOptions(engine=engine), watch.tell)
    seconds = time.perf_counter() - watch.start
    own, workers = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return {
        "engine": engine,
        "notices": counts.added,
        "seconds": seconds,
        "cpu": own.ru_utime + own.ru_stime,
        "cpu_workers": workers.ru_utime + workers.ru_stime,
        "points": watch.points,
        "store": path.stat().st_size,
    }


class Watch:
    """Looks at the memory of this process and of its largest worker, a tenth of the way at a time."""

    def __init__(self, total: int) -> None:
        self.start = time.perf_counter()
        self.points: list[tuple[int, float, int, int]] = []  # files, seconds, bytes, bytes of the largest worker
        self._process = psutil.Process()
        self._step = max(total // POINTS, 1)
        self._done = 0

    def tell(self, _path: str, _failure: object) -> None:
        self._done += 1
        if self._done % self._step == 0:
            self._look()

    def _look(self) -> None:
        workers = [size_of(child) for child in self._process.children(recursive=True)]
        seconds = time.perf_counter() - self.start
        self.points.append((self._done, seconds, size_of(self._process), max(workers, default=0)))
        own, worker = self.points[-1][2] / MB, self.points[-1][3] / MB
        speed = self._done / seconds
        say(f"{self._done:>9,}  {seconds:8.1f} s  {speed:6.1f}/s  {own:5.0f} MB + {worker:4.0f} MB a worker")


def size_of(process: psutil.Process) -> int:
    """Bytes in memory; none of a process that has just ended."""
    try:
        return int(process.memory_info().rss)
    except psutil.NoSuchProcess:
        return 0


def best(found: Sequence[dict[str, Any]], engine: str) -> dict[str, Any]:
    return min((one for one in found if one["engine"] == engine), key=lambda one: one["seconds"])


def ratio(found: Sequence[dict[str, Any]]) -> str:
    """On the clock; and of CPU, which tells what running in parallel costs, whatever else the machine does."""
    first, last = found[0], found[-1]
    clock, cpu = first["seconds"] / last["seconds"], all_cpu(last) / all_cpu(first)
    return f"{last['engine']} is {clock:.2f} times as fast as {first['engine']}, with {cpu:.2f} times its CPU"


def all_cpu(one: dict[str, Any]) -> float:
    return float(one["cpu"] + one["cpu_workers"])


def row(one: dict[str, Any]) -> tuple[str, ...]:
    own, worker = (max(point[at] for point in one["points"]) / MB for at in (2, 3))
    return (
        f"{one['notices']:,}",
        one["engine"],
        f"{one['notices'] / one['seconds']:.1f}",
        f"{one['seconds']:.1f}",
        f"{one['cpu']:.1f} s",
        f"{one['cpu_workers']:.1f} s",
        f"{own:.0f} MB",
        f"{worker:.0f} MB",
        f"{one['store'] / MB:.0f} MB",
    )


def growth_row(one: dict[str, Any]) -> tuple[str, ...]:
    """Flat and linear where the figures of a column are alike."""
    early, end = one["points"][min(1, len(one["points"]) - 1)], one["points"][-1]
    return (
        one["engine"],
        f"{one['notices']:,}",
        f"{1e3 * one['seconds'] / one['notices']:.2f}",
        f"{one['store'] / 1e3 / one['notices']:.1f}",
        f"{early[2] / MB:.0f} MB",
        f"{end[2] / MB:.0f} MB",
        f"{end[3] / MB:.0f} MB",
    )


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
