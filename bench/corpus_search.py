"""Search in a store of many clauses: `python bench/corpus_search.py --clauses 100000 2000000`.

Once through SQLite's own index and, where tantivy is installed, once through the index beside the store. The store is
filled with the lines of synthetic notices, without reading them, through the same tables.
Queries: very common and rare words of two characters, longer phrases, two words, single characters, every filter.
"""

import argparse
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]
import synthetic  # noqa: E402 (the generator stands beside the tests)
from timing import table  # noqa: E402

import corpus  # noqa: E402
from corpus import Filters  # noqa: E402
from corpus.facets import amount_facets, deadline_facets, facet  # noqa: E402
from corpus.index import SearchIndex  # noqa: E402

Taken = tuple[float, float]

COMMON = ("补贴", "配合", "万元", "负责", "最高", "发展", "建设", "服务", "完善", "省人")
LONGER = ("创业担保贷款", "不超过100万元", "2020年12月底前", "稳岗返还", "工业互联网", "覆盖率不低于95%", "按每人每月")
TWO = ("补贴 配合", "创业担保贷款 万元", "财政 审计", "海洋渔业 补贴", "最高 负责")
SINGLE = ("贴", "水", "龘")
FILTERS = (
    Filters(city="太原"),
    Filters(province="山西", level="prefecture"),
    Filters(years=(2018, 2020)),
    Filters(department="finance"),
    Filters(issuer="山西省"),
    Filters(city="太原", years=(2016, 2016)),
    Filters(amount=(1_000_000, 2_000_000), amount_kind="money"),
    Filters(deadline=(date(2020, 1, 1), date(2020, 6, 30))),
)


def fill(path: Path, clauses: int) -> None:
    """Rows as `corpus.entry` makes them, as far as searching looks at them."""
    with corpus.open(path) as store:
        connection = store.connection
        connection.execute("BEGIN")
        index = done = 0
        while done < clauses:
            done += insert(connection, index)
            index += 1
        connection.execute("COMMIT")
        connection.execute("ANALYZE")


def insert(connection: sqlite3.Connection, index: int) -> int:
    family, member = divmod(index, synthetic.FAMILY)
    head = synthetic.head(family, member)
    year, place = synthetic.year(family), synthetic.area(family, member)
    connection.execute(
        "INSERT INTO document VALUES (?, ?, ?, ?, 'text/plain', 0, NULL, x'')", (index, str(index), str(index), "a.txt")
    )
    connection.execute(
        "INSERT INTO notice VALUES (?, ?, 0, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, '', NULL, NULL)",
        (index, index, head.number, head.number, head.title, head.title, head.issuer, place.level, place.province,
         place.city, year, f"{year}-01-01"),
    )  # fmt: skip
    named = {"issuer": head.issuer, "level": place.level, "province": place.province, "city": place.city, "year": year}
    facets = " ".join(facet(name, value) for name, value in named.items() if value)
    lines = [line for line in synthetic.notice(index).decode().split("\n") if line]
    for line in lines:
        money = [size for size in (20, 100, 200, 500) if f"{size}万元" in line]
        rough = [one for size in money for one in amount_facets("money", None, size * 10_000)]
        rough += [facet("department", "finance")] * ("财政" in line)
        rough += deadline_facets(date(2020, 3, 31)) if "2020年" in line else ()
        own = " ".join([facets, *dict.fromkeys(rough)])
        heading = line.partition("。")[0][:20]
        clause = connection.execute(
            "INSERT INTO clause (notice, name, heading, text, start, facets) VALUES (?, '一', ?, ?, 0, ?)",
            (index, heading, line, own),
        ).lastrowid
        connection.execute(
            "INSERT INTO clause_index (rowid, heading, words, facets) VALUES (?, bigrams(?), bigrams(?), ?)",
            (clause, heading, line, own),
        )
        for size in money:
            values = (clause, size * 10_000.0)
            connection.execute(
                "INSERT INTO amount (clause, kind, high, unit, quote) VALUES (?, 'money', ?, 'CNY', '')", values
            )
        if "2020年" in line:
            connection.execute(
                "INSERT INTO deadline (clause, role, \"end\", quote) VALUES (?, 'deadline', '2020-03-31', '')",
                (clause,),
            )
    return len(lines)


def queries() -> Iterator[tuple[str, str, Filters]]:
    for kind, words in (
        ("common two-character words", COMMON),
        ("phrases", LONGER),
        ("two words", TWO),
        ("single", SINGLE),
    ):
        yield from ((kind, word, Filters()) for word in words)
    for filters in FILTERS:
        yield from (("common word and a filter", word, filters) for word in COMMON[:4])
    yield from (("filter alone", "", filters) for filters in FILTERS)


def measure(path: Path, repeats: int) -> dict[str, list[Taken]]:
    """Milliseconds on the wall and of CPU by kind, with a warm cache, through the index where there is one."""
    taken: dict[str, list[Taken]] = {}
    with corpus.open(path, read_only=True) as store:
        for kind, query, filters in queries():
            store.search(query, filters)
            for _ in range(repeats):
                wall, cpu = time.perf_counter(), time.process_time()
                store.search(query, filters)
                times = 1000 * (time.perf_counter() - wall), 1000 * (time.process_time() - cpu)
                taken.setdefault(kind, []).append(times)
    return taken


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clauses", type=int, nargs="+", default=[100_000])
    parser.add_argument("--repeats", type=int, default=7)
    parser.add_argument("--store", type=Path, help="keep the store here and use it again")
    options = parser.parse_args()
    for clauses in options.clauses:
        with tempfile.TemporaryDirectory() as folder:
            path = options.store or Path(folder) / "a.db"
            if not path.exists():
                timed(f"{clauses:,} clauses", lambda path=path, clauses=clauses: fill(path, clauses))
            size(path)
            index = SearchIndex(path)
            index.remove()
            report("SQLite", measure(path, options.repeats))
            if index.is_installed():
                timed("the index", index.update)
                size(index.folder)
                report("index", measure(path, options.repeats))


def timed(name: str, work: Callable[[], None]) -> None:
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    print(f"{name}: {time.perf_counter() - wall:.1f} s, {time.process_time() - cpu:.1f} s of CPU")


def size(path: Path) -> None:
    files = [path] if path.is_file() else [file for file in path.rglob("*") if file.is_file()]
    print(f"{path.name}: {sum(file.stat().st_size for file in files) / 1e6:.0f} MB")


def report(name: str, taken: dict[str, list[Taken]]) -> None:
    """A line a kind. CPU time is what an idle machine would take."""
    known = [times for kind, values in taken.items() if kind != "single" for times in values]
    groups = {**taken, "all but single characters": known, "all": [*known, *taken["single"]]}
    rows = [
        (kind, *(figures(times) for times in zip(*values, strict=True)), str(len(values)))
        for kind, values in groups.items()
    ]
    print(f"\n{name}\n\n{table(('milliseconds: p50 / p95 / max', 'wall', 'CPU', 'n'), rows)}", flush=True)


def figures(times: Sequence[float]) -> str:
    p50, p95 = statistics.median(times), statistics.quantiles(times, n=20)[-1]
    return f"{p50:.1f} / {p95:.1f} / {max(times):.1f}"


if __name__ == "__main__":
    main()
