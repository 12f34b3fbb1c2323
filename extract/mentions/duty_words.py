"""Word lists of responsibility statements (`lexicon/responsibilities.toml`) as parts of patterns."""

import re

from extract import lexicon
from extract.mentions.scan import first_of


def any_of(table: str, *lists: str) -> str:
    """Words of some lists of a table, longest first, joined for a pattern.

    Their first characters are asked for before them: most places in a text are then left after one look.
    """
    table_of = lexicon.load("responsibilities")[table]
    words = sorted({word for name in lists for word in table_of[name]}, key=len, reverse=True)
    return f"(?={first_of(words).pattern})(?:{'|'.join(map(re.escape, words))})"


def first_characters(table: str, *lists: str) -> str:
    """The characters that words of some lists begin with, for a character class."""
    table_of = lexicon.load("responsibilities")[table]
    return "".join(sorted({word[0] for name in lists for word in table_of[name]}))
