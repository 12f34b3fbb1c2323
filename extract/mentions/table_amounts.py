"""A table cell and its column's header in, the amount out: the unit may stand in the header (投资额（万元）)."""

import re
from dataclasses import replace

from extract.mentions.amounts import find_amounts
from extract.mentions.numerals import ARABIC
from extract.notice import Amount
from extract.span import Span

# （万元）, （单位：亿元）, /万元, 单位：人 at the end of a header or of a table's title
HEADER_UNIT = re.compile(
    r"(?:[（(](?:单位[：:])?|单位[：:]|/)(?P<unit>[^（）()：:/\d]{1,8}(?:/[^（）()：:/\d]{1,6})?)[)）]?\Z"
)
BARE_NUMBER = re.compile(rf"(?P<prefix>[≥≤><＞＜]?)(?P<number>{ARABIC})(?P<range>[-—~～](?:{ARABIC}))?")


def header_unit(header: str) -> str | None:
    """The unit a header states for its column: 万元 for 投资额（万元）."""
    match = HEADER_UNIT.search(header)
    return match["unit"] if match else None


def read_cell(cell: str, header: str, title: str = "") -> tuple[Amount, ...]:
    """Amounts of a cell, spans in the cell; a bare number takes the header's unit, else the title's."""
    bare = BARE_NUMBER.fullmatch(cell)
    unit = header_unit(header) or header_unit(title)
    if bare is None or unit is None:
        return find_amounts(cell)
    return tuple(
        replace(
            amount,
            quote=cell,
            span=Span(0, len(cell)),
            rule=f"{amount.rule}, unit of the header",
            cues=(*amount.cues, unit),
        )
        for amount in find_amounts(cell + unit)[:1]
    )


__all__ = ["header_unit", "read_cell"]
