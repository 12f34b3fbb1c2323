"""Words of a text."""

import os
import re
import subprocess
import sys
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from corpus import samples
from extract.words import words

ALONE = "import sys; sys.modules['rjieba'] = None; "
SEGMENT = "from extract.words import words; print('/'.join(words('德州市财政局会同发展改革委')))"
CUT = "德州市/财政局/会同/发展改革委"
THRICE = re.compile(r"([^\W\d])\1\1")


def run(code: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONIOENCODING": "utf-8", **environment},
        check=False,
    )


def test_names_of_places_and_organs_are_words() -> None:
    """A name that our lists hold is never cut."""
    found = words("省人力资源社会保障厅、德州市财政局会同呼和浩特市发展改革委，在历下区办理。")

    assert {"人力资源社会保障厅", "德州市", "财政局", "呼和浩特市", "发展改革委", "历下区"} <= set(found)


def test_a_word_list_does_not_cut_through_common_words() -> None:
    """市中区 is a district, but 城市中区域 is not about it."""
    assert "市中区" not in words("城市中区域布局")


@settings(deadline=None, max_examples=50)
@given(st.text(max_size=60))
def test_words_joined_are_the_text(text: str) -> None:
    """No character is lost, white space included."""
    assert "".join(words(text)) == text


def test_the_path_found_in_rust_is_jiebas() -> None:
    """With or without rjieba the words of a notice are the same."""
    alone = _jieba_alone()
    for number in samples.NUMBERS:
        for line in samples.read(number).decode().splitlines():
            assert words(line) == list(alone.cut(line))


@settings(deadline=None, max_examples=300)
@given(st.text(st.sampled_from("合性位图正变华口白书于房会省市县局委一二三12.5%-_ＡaT恤（） \t\r\n，"), max_size=12))
def test_the_words_of_any_mixture_are_jiebas(text: str) -> None:
    """Unknown names, numbers, Latin letters and signs are cut alike, also where two ways are nearly as probable."""
    assume(not THRICE.search(text))  # two ways are as probable
    assert words(text) == list(_jieba_alone().cut(text))


@cache
def _jieba_alone() -> Any:
    module = import_module("extract.words")
    return module._slow_segmenter(sorted(set(module._own_words())))


def test_loading_is_quiet(tmp_path: Path) -> None:
    """Nothing is printed beside the answer, warnings included, and nothing is written."""
    done = run(SEGMENT, XDG_CACHE_HOME=str(tmp_path))

    assert (done.returncode, done.stderr, done.stdout.strip()) == (0, "", CUT)
    assert not list(tmp_path.rglob("*.cache"))


def test_jieba_alone_is_quiet_and_keeps_its_cache_with_the_user(tmp_path: Path) -> None:
    """Where there is no rjieba: the same words, and the dictionary's quick form is the user's own file."""
    done = run(ALONE + SEGMENT, XDG_CACHE_HOME=str(tmp_path))

    assert (done.returncode, done.stderr, done.stdout.strip()) == (0, "", CUT)
    assert [path.name for path in (tmp_path / "duizhao").iterdir()] == ["jieba.cache"]


def test_a_cache_that_cannot_be_written_costs_nothing_but_time(tmp_path: Path) -> None:
    """Where the user has no cache folder the words are the same, and nothing is printed."""
    blocked = tmp_path / "file"
    blocked.write_text("")

    done = run(ALONE + SEGMENT, XDG_CACHE_HOME=str(blocked))

    assert (done.returncode, done.stderr, done.stdout.strip()) == (0, "", CUT)


def test_importing_words_does_not_load_jieba() -> None:
    """The time is spent when words are asked for, not before."""
    done = run("import sys, extract.words; print({'jieba', 'rjieba'} & {*sys.modules})")

    assert done.stdout.strip() == "set()"
