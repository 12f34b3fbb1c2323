"""Digits, Latin letters and ％ in one width. Other full-width signs stay as printed."""

import re
from collections.abc import Iterator

from extract.edit import Edit

WIDE = re.compile(r"[０-９Ａ-Ｚａ-ｚ％]+")
OFFSET = 0xFEE0  # U+FF01 - U+0021


def narrow_characters(text: str) -> Iterator[Edit]:
    """Write ２０２１ as 2021 and ％ as %."""
    for match in WIDE.finditer(text):
        yield Edit(*match.span(), "".join(chr(ord(char) - OFFSET) for char in match.group()))
