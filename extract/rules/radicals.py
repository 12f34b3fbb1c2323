"""Kangxi radicals that PDF fonts give in place of the ordinary characters."""

import re
import unicodedata
from collections.abc import Iterator

from extract.edit import Edit
from extract.lexicon import load

# U+2F00-2FD5 decompose; most of U+2E80-2EFF do not and come from a table. NFKC over the
# whole text would be wrong: it also changes ，：（）.
RADICALS = re.compile(r"[\u2e80-\u2eff\u2f00-\u2fd5]")


def fold_radicals(text: str) -> Iterator[Edit]:
    """Write ⼈⼒⽂ as 人力文."""
    for match in RADICALS.finditer(text):
        folded = _fold(match.group())
        if folded != match.group():
            yield Edit(*match.span(), folded)


def _fold(char: str) -> str:
    supplement: dict[str, str] = load("radicals")["supplement"]
    return supplement.get(char) or unicodedata.normalize("NFKC", char)
