"""White space: none of it is part of normal text."""

import re
from collections.abc import Iterator

from extract.edit import Edit

SPACES = re.compile(r"\s+")


def drop_spaces(text: str) -> Iterator[Edit]:
    """Remove spaces and line ends, half and full width."""
    for match in SPACES.finditer(text):
        yield Edit(*match.span(), "")
