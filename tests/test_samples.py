"""The bundled notices: byte for byte as collected, and in what gets installed."""

import re
import subprocess
import sys
import unicodedata
import zipfile
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

import pytest

from corpus import samples as bundled

ROOT = Path(__file__).parent.parent
LINE = re.compile(
    r"\| `(?P<name>[^`]+\.txt)` \| `\d{3}_[0-9a-f]{16}\.txt` \| (?P<size>\d+) \| `(?P<digest>[0-9a-f]{64})` \|"
)

HIDDEN = re.compile(r"/(?:\.|__pycache__/)")  # what tools leave behind


def provenance() -> dict[str, tuple[int, str]]:
    page = files("corpus.samples").joinpath("PROVENANCE.md").read_text("utf-8")
    return {match["name"]: (int(match["size"]), match["digest"]) for match in LINE.finditer(page)}


def test_provenance_names_every_notice() -> None:
    """Each bundled notice has its line of origin, size and SHA-256, and no line is left over."""
    assert set(provenance()) == {bundled.file_name(number) for number in bundled.NUMBERS}


@pytest.mark.parametrize("number", bundled.NUMBERS)
def test_notice_is_byte_for_byte_as_collected(number: str) -> None:
    """Neither git nor packaging changes a line end or a misprint."""
    data = bundled.read(number)

    assert (len(data), sha256(data).hexdigest()) == provenance()[bundled.file_name(number)]


@pytest.mark.parametrize("number", bundled.NUMBERS)
def test_notice_prints_the_number_it_is_named_by(number: str) -> None:
    """A file is named by the document number on it, whatever widths and spaces the print has."""
    text = unicodedata.normalize("NFKC", bundled.read(number).decode())

    assert unicodedata.normalize("NFKC", number) in re.sub(r"\s", "", text)


@pytest.mark.parametrize("number", bundled.NUMBERS)
def test_file_name_is_valid_on_every_platform(number: str) -> None:
    """The name needs no escaping on Windows and has one Unicode form on macOS."""
    name = bundled.file_name(number)

    assert not set(name) & set('<>:"/\\|?*')
    assert unicodedata.normalize("NFC", name) == unicodedata.normalize("NFD", name)


def test_unknown_number_is_refused() -> None:
    """Asking for a notice that is not bundled never opens some other file."""
    with pytest.raises(KeyError):
        bundled.read("../engine")


def test_wheel_holds_notices_word_lists_templates_and_messages(tmp_path: Path) -> None:
    """What pip installs has every file that the program reads, under its own name."""
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
        for number in bundled.NUMBERS:
            assert archive.read(f"corpus/samples/{bundled.file_name(number)}") == bundled.read(number)

    here = {
        path.relative_to(ROOT).as_posix()
        for package in ("extract", "compare", "corpus", "templates", "duizhao")
        for path in (ROOT / package).rglob("*")
        if path.is_file() and not HIDDEN.search(path.as_posix())
    }
    assert here <= names
