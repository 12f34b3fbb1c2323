"""Shared fixtures; tests that drive a browser or an office suite are skipped where there is none.

With DUIZHAO_REQUIRE_ALL set, as in CI, a skipped test is a failed one.
"""

import os
import shutil
from collections.abc import Callable, Generator
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import settings

from corpus import samples as bundled
from duizhao.cli import main

REQUIRE_ALL = bool(os.environ.get("DUIZHAO_REQUIRE_ALL"))
PROGRAMS = {"chromium": ("chromium", "chromium-browser", "google-chrome"), "libreoffice": ("soffice", "libreoffice")}

settings.register_profile("duizhao", deadline=None, derandomize=True, database=None)
settings.load_profile("duizhao")


def pytest_runtest_setup(item: pytest.Item) -> None:
    for marker, names in PROGRAMS.items():
        if item.get_closest_marker(marker) and not any(shutil.which(name) for name in names):
            pytest.skip(f"{marker} is not installed")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if REQUIRE_ALL and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped, but every test is required here: {report.longrepr}"
    return report


@pytest.fixture(scope="session")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the bundled notices, each a `.txt` named by its document number. Not to be written to."""
    folder = tmp_path_factory.mktemp("samples")
    for number in bundled.NUMBERS:
        (folder / bundled.file_name(number)).write_bytes(bundled.read(number))
    return folder


@pytest.fixture(scope="session")
def golden() -> Path:
    """The hand-made records of three notices."""
    return Path(__file__).parent / "golden"


@dataclass(frozen=True)
class Run:
    """What a command left behind: exit status, standard output and standard error."""

    status: int
    out: str
    err: str


@pytest.fixture
def duizhao(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Run]:
    """Run a command line in this process, as the console script does."""
    monkeypatch.delenv("DUIZHAO_LANG", raising=False)
    monkeypatch.setenv("COLUMNS", "80")

    def run(*arguments: object) -> Run:
        capfd.readouterr()
        status = main([str(argument) for argument in arguments])
        out, err = capfd.readouterr()
        return Run(status, out, err)

    return run
