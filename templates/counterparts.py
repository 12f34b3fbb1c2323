"""Departments of the upper level in, those of the lower level with the same function out.

Three tables, the first that knows a department wins: the user's own CSV, the dated `lexicon/counterparts.csv` for
organs that keep their own chain, the usual names by function (`extract.organs`). What none of them knows stays
undecided: no office is invented.
"""

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from io import StringIO

from extract.areas import by_name
from extract.errors import DuizhaoError
from extract.jurisdictions import Jurisdiction, locate
from extract.lexicon import load
from extract.notice import Department, Level
from extract.organs import counterpart_name, function_key

HEADS = {  # of the user's CSV, Chinese or English
    "上级单位": "upper",
    "本级单位": "lower",
    "起": "from",
    "止": "until",
    "upper": "upper",
    "lower": "lower",
    "from": "from",
    "until": "until",
}
ENCODINGS = ("utf-8-sig", "gb18030")  # what Excel saves
COUNTY_KINDS = ("区", "市", "县", "旗")
LARGEST_CSV = 1_000_000  # bytes


class PlaceError(DuizhaoError):
    """A place for which no draft can be made."""


class CounterpartsError(DuizhaoError):
    """A CSV of counterparts that cannot be used."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """The lower level a draft is made for."""

    name: str  # 济南市
    level: Level
    jurisdiction: Jurisdiction

    @property
    def short(self) -> str:
        area = by_name().get(self.name)
        return area.short if area else self.name.rstrip("县区市旗")

    @property
    def mark(self) -> str | None:
        """The level as its offices write it: 区财政局 in a district, 市财政局 in a county-level city."""
        return self.name[-1] if self.level is Level.COUNTY and self.name.endswith(COUNTY_KINDS) else None

    @property
    def is_capital(self) -> bool:
        """Codes of provincial capitals end in 0100 (GB/T 2260)."""
        area = by_name().get(self.name)
        return area is not None and area.code.endswith("0100")

    @property
    def counties(self) -> str:
        """What it calls the level below it: 区县, 区市, 县（市、区）."""
        area = by_name().get(self.name)
        names = load("counties")["prefecture"].get(area.code, "") if area else ""
        kinds = {name[-1] for name in names.split()}
        if kinds <= {"区"} and kinds:
            return "区"
        if kinds == {"区", "县"}:
            return "区县"
        return "区市" if kinds == {"区", "市"} else "县（市、区）"


@dataclass(frozen=True, slots=True, kw_only=True)
class Counterpart:
    """A line of the user's table. No `lowers`: the department has no part in it here."""

    upper: str
    lowers: tuple[str, ...]
    start: date | None = None
    end: date | None = None

    def valid_on(self, on: date | None) -> bool:
        return on is None or ((self.start is None or self.start <= on) and (self.end is None or on <= self.end))


def find_place(name: str) -> Place:
    """Raises:
    PlaceError: the name is of no prefecture or county.
    """
    found = locate(name)
    if found.level is not Level.PREFECTURE and found.level is not Level.COUNTY:
        raise PlaceError(f"不认识“{name}”，或不是市、县（市、区）；请写全名，如 济南市、历下区")
    whole = found.city if found.level is Level.PREFECTURE else found.county
    return Place(name=whole or name, level=found.level, jurisdiction=found)


def read_counterparts(data: bytes) -> tuple[Counterpart, ...]:
    """A CSV with 上级单位, 本级单位 and, where a line holds for a time only, 起 and 止 (2023-08-18).

    Several offices below are joined by 、; an empty 本级单位 leaves the department out.

    Raises:
        CounterpartsError: the columns are missing, or a date cannot be read.
    """
    rows = list(csv.reader(StringIO(decode(data))))
    head = [HEADS.get(name.strip(), "") for name in rows[0]] if rows else []
    if not {"upper", "lower"} <= set(head):
        raise CounterpartsError("对应表要有“上级单位”“本级单位”两列（可加“起”“止”）；请照此改表头")
    found = []
    for number, row in enumerate(rows[1:], 2):
        values = {name: value.strip() for name, value in zip(head, row, strict=False) if name}
        if values.get("upper"):
            found.append(read_line(values, number))
    return tuple(found)


def decode(data: bytes) -> str:
    if len(data) > LARGEST_CSV:
        raise CounterpartsError(f"对应表有 {len(data)} 字节，超过上限 {LARGEST_CSV} 字节；请只留对应关系")
    for encoding in ENCODINGS:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise CounterpartsError("对应表的编码读不了；请另存为 UTF-8 的 CSV")


def read_line(values: Mapping[str, str], number: int) -> Counterpart:
    try:
        start, end = (date.fromisoformat(values[name]) if values.get(name) else None for name in ("from", "until"))
    except ValueError as error:
        raise CounterpartsError(f"对应表第 {number} 行的日期读不了；请写成 2023-08-18") from error
    lowers = tuple(name.strip() for name in values.get("lower", "").split("、") if name.strip())
    return Counterpart(upper=values["upper"], lowers=lowers, start=start, end=end)


def find_counterparts(
    department: Department, place: Place, on: date | None, own: Sequence[Counterpart]
) -> tuple[Department, ...] | None:
    """The departments of the place; none where the user's table says so, `None` where it is not known."""
    for line in own:
        if line.upper in {department.full_name, department.name} and line.valid_on(on):
            return tuple(named(name, on) for name in line.lowers)
    name = own_chain_name(department, place, on)
    if name is None and not needs_own_table(department):
        name = counterpart_name(department.full_name, place.level, on, mark=place.mark)
    return (named(name, on),) if name else None


def named(name: str, on: date | None) -> Department:
    return Department(name=name, full_name=name, key=function_key(name, on))


def needs_own_table(department: Department) -> bool:
    return any(line["function"] == department.key for line in own_chain())


def own_chain_name(department: Department, place: Place, on: date | None) -> str | None:
    for line in own_chain():
        if line["function"] == department.key and line["level"] == place.level and holds(line, place, on):
            return line["name"].format(short=place.short, counties=place.counties)
    return None


def holds(line: Mapping[str, str], place: Place, on: date | None) -> bool:
    if line["where"] == "not_capital" and place.is_capital:
        return False
    start, end = (date.fromisoformat(line[name]) if line[name] else None for name in ("from", "until"))
    return Counterpart(upper="", lowers=(), start=start, end=end).valid_on(on)


@cache
def own_chain() -> tuple[Mapping[str, str], ...]:
    text = files("templates").joinpath("lexicon", "counterparts.csv").read_text("utf-8")
    return tuple(csv.DictReader(StringIO(text)))


def write_counterparts(pairs: Iterable[tuple[Department, tuple[Department, ...] | None]]) -> bytes:
    """The table of a draft as CSV for editing; undecided departments have an empty 本级单位."""
    buffer = StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow(["上级单位", "本级单位", "起", "止"])
    for upper, lowers in pairs:
        writer.writerow([upper.full_name, "、".join(item.full_name for item in lowers or ()), "", ""])
    return buffer.getvalue().encode("utf-8-sig")
