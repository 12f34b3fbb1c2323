"""Characters without a shape: byte order marks, zero-width signs, control codes."""

import re
from collections.abc import Iterator

from extract.edit import Edit

INVISIBLE = re.compile(
    r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f"  # control codes; white space is another rule's
    r"\xad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb]+"
)


def drop_controls(text: str) -> Iterator[Edit]:
    """Remove characters that draw nothing; text direction marks could hide what is written."""
    for match in INVISIBLE.finditer(text):
        yield Edit(*match.span(), "", "不可见字符")
