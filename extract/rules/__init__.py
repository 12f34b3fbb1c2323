"""Rules from layout text to normal text, in the order they run.

A rule takes text and yields sorted edits that do not overlap. Rules that look at lines run before
white space goes. Running all of them on their own output changes nothing.
"""

from collections.abc import Callable, Iterator

from extract.edit import Edit
from extract.rules.controls import drop_controls
from extract.rules.furniture import drop_furniture
from extract.rules.markdown import drop_markdown
from extract.rules.page_feet import drop_page_feet
from extract.rules.punctuation import widen_punctuation
from extract.rules.radicals import fold_radicals
from extract.rules.running_heads import drop_running_heads
from extract.rules.spaces import drop_spaces
from extract.rules.width import narrow_characters

__all__ = ["RULES", "Rule"]

Rule = Callable[[str], Iterator[Edit]]

RULES: tuple[Rule, ...] = (
    drop_running_heads,
    drop_page_feet,
    drop_furniture,
    drop_markdown,
    drop_controls,
    drop_spaces,
    fold_radicals,
    narrow_characters,
    widen_punctuation,
)
