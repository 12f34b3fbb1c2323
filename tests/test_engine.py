"""Running over many items: order, failures as values, workers that die."""

import os
import signal
from pathlib import Path

import pytest

from corpus.engine import Engine, run
from extract.errors import Failure, ReadError


def double(item: int) -> int:
    if item % 7 == 3:
        raise ReadError(f"{item}.pdf", 2, "no text layer; run with --ocr")
    return 2 * item


def die(item: int) -> int:
    if item == 5:
        os.kill(os.getpid(), signal.SIGTERM)
    return item


def die_once(item: str) -> str:
    mark = Path(item)
    if not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGTERM)
    return mark.name


def lose(item: str) -> bytes:
    return Path(item).read_bytes()


def divide(item: int) -> float:
    return 1 / item


@pytest.mark.parametrize("engine", list(Engine))
def test_results_keep_the_order_of_the_items(engine: Engine) -> None:
    """Each item gives one result or failure, in order, whichever engine runs."""
    results = list(run(double, range(12), engine=engine, workers=2))

    assert [r for r in results if not isinstance(r, Failure)] == [2 * n for n in range(12) if n % 7 != 3]
    assert [i for i, r in enumerate(results) if isinstance(r, Failure)] == [3, 10]


@pytest.mark.parametrize("weight", [0.0, 0.3, 5.0])
def test_how_items_share_tasks_changes_no_result(weight: float) -> None:
    """Light items travel together, heavy ones alone: each has its own result or failure, in order."""
    together = list(run(double, range(50), engine="processes", workers=2, weight=lambda _item: weight))

    assert together == list(run(double, range(50)))


@pytest.mark.parametrize("engine", list(Engine))
def test_failure_names_item_page_and_reason(engine: Engine) -> None:
    """A read error comes back as a value that says which file, where, and what to do."""
    assert list(run(double, [3], engine=engine)) == [
        Failure(key="3", step="read", message="page 2: no text layer; run with --ocr")
    ]


@pytest.mark.parametrize("engine", list(Engine))
def test_missing_file_is_a_failure_and_the_others_go_on(engine: Engine, tmp_path: Path) -> None:
    """An error of the operating system costs its own item only."""
    there, gone = tmp_path / "有.txt", tmp_path / "无.txt"
    there.write_bytes(b"x")
    first, second = run(lose, [str(gone), str(there)], engine=engine)

    assert isinstance(first, Failure)
    assert first.key == str(gone)
    assert second == b"x"


def test_dead_worker_costs_only_its_item() -> None:
    """A file that kills its process each time ends as one failure; every other item has its result."""
    results = list(run(die, range(12), engine="processes", workers=2))

    assert [r for r in results if not isinstance(r, Failure)] == [n for n in range(12) if n != 5]
    assert results[5] == Failure(
        key="5", step="worker", message="处理这个文件的进程意外终止；请单独再试，或检查文件是否损坏"
    )


def test_dead_worker_costs_nothing_to_items_of_the_same_task() -> None:
    """Items that travelled with the one that kills its process are run again, each alone."""
    results = list(run(die, range(40), engine="processes", workers=2, weight=lambda _item: 0.0))

    assert [r for r in results if not isinstance(r, Failure)] == [n for n in range(40) if n != 5]
    assert [r.step for r in results if isinstance(r, Failure)] == ["worker"]


def test_worker_that_dies_once_costs_nothing(tmp_path: Path) -> None:
    """An item whose worker was killed from outside is run again."""
    marks = [str(tmp_path / f"{n}") for n in range(3)]
    for mark in marks[1:]:
        Path(mark).touch()

    assert list(run(die_once, marks, engine="processes", workers=1)) == ["0", "1", "2"]


@pytest.mark.parametrize("engine", list(Engine))
def test_bug_is_raised(engine: Engine) -> None:
    """A defect of the program is no bad file: it is raised, not counted as one."""
    with pytest.raises(ZeroDivisionError):
        list(run(divide, [1, 0], engine=engine))


@pytest.mark.parametrize(("weight", "most"), [(1.0, 16), (0.25, 64), (0.0, 200)])
def test_items_are_taken_as_needed(weight: float, most: int) -> None:
    """A run over a hundred thousand items holds a few of them at a time, however light they are."""
    taken: list[int] = []
    items = (taken.append(n) or n for n in range(100_000))
    first = next(run(double, items, engine="processes", workers=2, weight=lambda _item: weight))

    assert first == 0
    assert len(taken) <= most


def test_unknown_engine_is_refused() -> None:
    """A misspelt engine is named instead of falling back to another."""
    with pytest.raises(ValueError, match="gpu"):
        list(run(double, [1], engine="gpu"))
