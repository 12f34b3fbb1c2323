"""Text in, its words out: jieba with our place and organ names, loaded when first used (a quarter of a second)."""

import logging
import os
import re
import sys
import tempfile
import warnings
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from extract.areas import areas, counties
from extract.lexicon import load

if TYPE_CHECKING:
    import jieba

    from extract.segmenter import Segmenter

__all__ = ["forget", "words"]

PHRASE = re.compile(r"[^，。；：、！？（）“”《》]+|.")  # no word of jieba's holds one of these signs
FREQUENCY = 1000  # of our own words: above their parts, below the commonest words


def words(text: str) -> list[str]:
    """Words in order; joined they are the text again, white space included."""
    return [word for phrase in PHRASE.findall(text) for word in _segmented(phrase)]


def forget() -> None:
    """As if no text had been cut yet, for measuring; the dictionary stays loaded."""
    _segmented.cache_clear()


@lru_cache(maxsize=32_768)  # a comparison asks for a phrase several times, and most stand in both notices
def _segmented(phrase: str) -> tuple[str, ...]:
    return tuple(_segmenter().cut(phrase))


@cache
def _segmenter() -> "Segmenter | jieba.Tokenizer":
    """A segmenter of our own: other users of jieba in the process keep theirs."""
    own = sorted(set(_own_words()))
    with warnings.catch_warnings():
        # jieba 0.42 imports pkg_resources and has string escapes that newer Pythons warn of
        warnings.simplefilter("ignore")
        if find_spec("rjieba"):
            from extract.segmenter import Segmenter

            return Segmenter(own, FREQUENCY)
        return _slow_segmenter(own)


def _slow_segmenter(own: Iterable[str]) -> "jieba.Tokenizer":
    """The same words where there is no rjieba, but for ways that are exactly as probable (人人人)."""
    import jieba

    logger = logging.getLogger("jieba")
    level = logger.level
    logger.setLevel(logging.CRITICAL)  # it reports its loading, and a folder it cannot write to, on stderr
    segmenter = jieba.Tokenizer()
    segmenter.tmp_dir = str(_cache_folder())  # pyright: ignore[reportAttributeAccessIssue]
    segmenter.initialize()
    logger.setLevel(max(level, logging.WARNING))
    for word in own:
        segmenter.total -= segmenter.FREQ.get(word, 0)  # jieba would count a word that it has twice
        segmenter.add_word(word, FREQUENCY)
    return segmenter


def _cache_folder() -> Path:
    """Where the dictionary is kept in its quick form: the user's cache, else the system's temporary folder."""
    home = Path.home() if os.environ.get("HOME") or os.environ.get("USERPROFILE") else Path(tempfile.gettempdir())
    default = {"win32": home / "AppData" / "Local", "darwin": home / "Library" / "Caches"}.get(
        sys.platform, home / ".cache"
    )
    folder = Path(os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA") or default) / "duizhao"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return Path(tempfile.gettempdir())
    return folder if os.access(folder, os.W_OK) else Path(tempfile.gettempdir())


def _own_words() -> Iterator[str]:
    for area in areas():
        yield area.name
        if len(area.short) > 1:
            yield area.short
    # 和县, 城区, 市中区: as words these would cut 全市中区域 and the like
    yield from (name for name in counties() if len(name) > 2 and not name.startswith("市"))
    for function in load("organs")["function"]:
        yield from (name for name in function.get("names", ()) if len(name) > 2)
        for stem in function.get("stems", ()):
            yield from (stem + ending for ending in ("部", "厅", "局", "委", "委员会") if len(stem) > 1)
