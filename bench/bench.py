"""The figures of docs/benchmarks.md, measured in one run: `make bench`, or `python bench/bench.py --write`.

Times are medians of the clock, or CPU time where a table says so; a figure that depends on the machine stands beside
one of bare Python or of a peer from the same run. Accuracy is scored against the hand-made records of tests/golden, as
the tests do. A peer that is not installed is named in its table's place.
"""

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import compare_peers
import extraction_peers
import finders
import invented_pairs
import pdf_peers
from material import GOLD, GOLDEN, PLAN, ROOT
from timing import installed, table

from compare import compare, pair_within
from compare import to_json as comparison_json
from corpus import samples
from extract import extract_bytes
from extract import to_json as document_json

from scoring import Tally, score_compare, score_extract  # isort: skip (beside the tests, where `material` looks)

PAGE = ROOT / "docs" / "benchmarks.md"
MARKS = "<!-- {} -->\n", "<!-- end of {} -->\n"
IMPORTS = ("duizhao", "duizhao.cli", "extract", "extract.parse", "compare", "templates", "corpus")

Row = tuple[str, str]


def measure_times() -> Iterator[Row]:
    """What was done, and how long it took."""
    bare = median(lambda: run("-c", "pass"), 9)
    yield "bare `python -c pass`", seconds(bare)
    help_ = median(lambda: run("-m", "duizhao", "--help"), 9)
    yield "`duizhao --help`", f"{seconds(help_)}, {help_ / bare:.1f}× bare Python"
    for name in IMPORTS:
        took = median(lambda name=name: run("-c", f"import {name}"), 5)
        yield f"`import {name}`, above bare Python", milliseconds(max(0.0, took - bare))
    with tempfile.TemporaryDirectory() as folder:
        demo = median(lambda: run("-m", "duizhao", "demo", "--quiet", "-o", folder), 5)
        yield "`duizhao demo`, everything", seconds(demo)
    yield from measure_notices()


def measure_notices() -> Iterator[Row]:
    files = {number: (samples.read(number), samples.file_name(number)) for number in samples.NUMBERS}
    for data, name in files.values():  # word lists are loaded once a process
        extract_bytes(data, name)
    for number, (data, name) in files.items():
        took = median(lambda data=data, name=name: extract_bytes(data, name), 9)
        yield f"extract {number}, {len(data.decode()):,} characters", milliseconds(took)
    data, name = files[PLAN]
    document = extract_bytes(data, name)
    pair = pair_within(document)
    assert pair is not None
    took = median(lambda: compare(*pair, upper_source=document.source, lower_source=document.source), 9)
    yield f"compare the two notices of {PLAN}", milliseconds(took)


def run(*arguments: str) -> None:
    subprocess.run([sys.executable, *arguments], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)


def median(function: Callable[[], object], times: int) -> float:
    """Seconds, after one call that is not counted."""
    function()
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        function()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def seconds(value: float) -> str:
    return f"{value:.3f} s"


def milliseconds(value: float) -> str:
    return f"{1000 * value:.1f} ms"


def score() -> Iterator[tuple[str, Tally]]:
    """Each notice's tasks, then those of the comparison."""
    for folder, number in GOLD.items():
        document = extract_bytes(samples.read(number), samples.file_name(number))
        for tally in score_extract(GOLDEN / folder, json.loads(document_json(document))):
            yield folder, tally
    document = extract_bytes(samples.read(PLAN), samples.file_name(PLAN))
    pair = pair_within(document)
    assert pair is not None
    compared = compare(*pair, upper_source=document.source, lower_source=document.source)
    for tally in score_compare(GOLDEN, json.loads(comparison_json(compared))):
        yield "shandong-136 → jinan-16", tally


def about() -> str:
    """Machine, versions and day of the run."""
    machine = f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores"
    peers = [f"{name} {installed(name) or 'not installed'}" for name in ("jionlp", "pdfplumber", "pypdfium2")]
    day = datetime.now(UTC).date().isoformat()
    return f"{day}; CPython {platform.python_version()}, {machine}; {', '.join(peers)}; load {load()}.\n"


def load() -> str:
    """Processes that waited for a core in the last minute: above the number of cores, times are too long."""
    return f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "unknown"


def times_table() -> str:
    return table(["what", "median"], measure_times())


def accuracy_table() -> str:
    rows = [
        [notice, *("{task}|{gold}|{found}|{P:.3f}|{R:.3f}|{F1:.3f}".format(**tally.row()).split("|"))]
        for notice, tally in score()
    ]
    return table(["notice", "task", "gold", "found", "P", "R", "F1"], rows, words=2)


TABLES: dict[str, Callable[[], str]] = {
    "about": about,
    "times": times_table,
    "speeds": finders.speeds,
    "worst": finders.worst,
    "peers": extraction_peers.peers,
    "pdf": pdf_peers.peers,
    "pdf-long": pdf_peers.long_file,
    "accuracy": accuracy_table,
    "pairs": invented_pairs.agreement,
    "compare": compare_peers.peers,
    "compare-large": compare_peers.large,
    "compare-extraction": compare_peers.beside_extraction,
}


def write(name: str, measured: str) -> None:
    """Put a table between its marks on the page."""
    begin, end = (mark.format(name) for mark in MARKS)
    before, rest = PAGE.read_text("utf-8").split(begin)
    PAGE.write_text(before + begin + measured + end + rest.split(end)[1], "utf-8", newline="\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="put the tables into docs/benchmarks.md")
    parser.add_argument("tables", nargs="*", metavar="TABLE", help=f"only these: {', '.join(TABLES)}")
    options = parser.parse_args()
    if unknown := sorted(set(options.tables) - TABLES.keys()):
        parser.error(f"no table {', '.join(unknown)}; there are {', '.join(TABLES)}")
    for name in options.tables or TABLES:
        measured = TABLES[name]()
        print(measured, flush=True)
        if options.write:
            write(name, measured)


if __name__ == "__main__":
    main()
