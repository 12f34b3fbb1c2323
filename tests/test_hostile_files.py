"""Broken and hostile files: one clear line each, in bounded time, never a traceback."""

import multiprocessing
import resource
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor

import hostile
import pytest
from mutants import LIMITS, mutants, read_all, seeds

from extract.errors import ReadError
from extract.reading import read_bytes

SECONDS = 5.0  # for one file, on a slow machine with other work
MUTANTS = 2_500
BATCH = 50
MEMORY = 2 * 1024**3  # bytes of address space of a reading process, its libraries included


@pytest.fixture(scope="module")
def workers() -> Iterator[ProcessPoolExecutor]:
    """One process that may not take more memory than it should; if it dies, the test fails."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=context, initializer=limit_memory) as pool:
        yield pool


def limit_memory() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


@pytest.mark.parametrize("name", seeds())
def test_the_files_that_are_broken_were_good(name: str) -> None:
    """What the mutants are made of can be read."""
    assert read_bytes(seeds()[name], name).document.source.size > 0


@pytest.mark.slow
@pytest.mark.parametrize("name", seeds())
def test_broken_files_end_in_one_clear_line(name: str, workers: ProcessPoolExecutor) -> None:
    """Thousands of broken copies are either read or refused with one line, each within the limit of time."""
    files = list(mutants(name, seeds()[name], MUTANTS // len(seeds())))
    batches = [files[at : at + BATCH] for at in range(0, len(files), BATCH)]

    found = [
        problem
        for batch in batches
        for problem in workers.submit(read_all, name, batch, SECONDS).result(timeout=BATCH * SECONDS)
    ]

    assert found == []


@pytest.mark.parametrize("kind", hostile.FILES)
def test_hostile_files_do_no_harm(kind: str, workers: ProcessPoolExecutor) -> None:
    """A file made to do harm is refused with one line or read, within the limits of time and memory."""
    build, expected = hostile.FILES[kind]
    data = build()

    assert workers.submit(read_all, kind, [data], SECONDS).result(timeout=60) == []
    if expected:
        with pytest.raises(ReadError, match=expected):
            read_bytes(data, kind, LIMITS)


def test_no_word_of_another_file_comes_in() -> None:
    """An entity that names a file of this machine is not followed, nor is a page's."""
    page = hostile.html("<p>&x;" + hostile.SENTENCE).replace(
        b"<html>", b'<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]><html>'
    )

    document = read_bytes(page, "page.html").document

    assert "root:" not in repr(document)
