"""What a search or a list is narrowed to: options in, words of the index and SQL conditions out."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from corpus.bigrams import clean
from corpus.errors import QueryError
from corpus.facets import FIRST_YEAR, LAST_YEAR, amount_range, deadline_range, facet
from extract import lexicon
from extract.areas import by_name
from extract.notice import AmountKind, Level
from extract.organs import function_key


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """Every field narrows; `None` does not. Ranges include both ends, either of which may be open."""

    level: Level | str | None = None
    province: str | None = None  # 山东省 or 山东
    city: str | None = None  # 威海市 or 威海
    issuer: str | None = None  # part of the name
    years: tuple[int | None, int | None] | None = None
    department: str | None = None  # function key, such as finance, or a name of the function, such as 财政局
    amount: tuple[float | None, float | None] | None = None  # as written: yuan for money
    amount_kind: AmountKind | str | None = None
    deadline: tuple[date | None, date | None] | None = None  # deadlines and ends of periods
    copies: bool = False  # count copies of a notice too


EVERY = Filters()
NONE = ("none",)  # a facet that no clause has
Condition = tuple[str, tuple[object, ...]]


def facet_words(filters: Filters, issuers: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Groups of facets, one of each of which must hold; `issuers` are the names that the part given stands in."""
    if filters.level is not None:
        yield (facet("level", _level(filters.level)),)
    if filters.province is not None:
        yield (facet("province", place(filters.province)),)
    if filters.city is not None:
        yield (facet("city", place(filters.city)),)
    if filters.issuer is not None:
        yield tuple(facet("issuer", name) for name in issuers) or NONE
    if filters.years is not None:
        first, last = _years(filters.years)
        yield tuple(facet("year", year) for year in range(first, last + 1))
    if filters.department is not None:
        yield (facet("department", department_key(filters.department)),)
    if filters.amount is not None and filters.amount_kind is not None:
        yield tuple(amount_range(str(filters.amount_kind), *filters.amount)) or NONE
    if filters.deadline is not None:
        yield tuple(deadline_range(*filters.deadline)) or NONE


def clause_conditions(filters: Filters) -> Iterator[Condition]:
    """Conditions on a clause that no word of the index tells exactly; `{clause}` stands for its id."""
    if filters.amount is not None or filters.amount_kind is not None:
        yield _amount_condition(filters)
    if filters.deadline is not None:
        first, last = (day.isoformat() if day else None for day in filters.deadline)
        sql = (
            "EXISTS (SELECT 1 FROM deadline WHERE deadline.clause = {clause}"
            " AND deadline.\"end\" BETWEEN coalesce(?, '') AND coalesce(?, '9999'))"
        )
        yield sql, (first, last)


def notice_conditions(filters: Filters) -> Iterator[Condition]:
    """Conditions on `notice`, for lists."""
    if filters.level is not None:
        yield "notice.level = ?", (_level(filters.level),)
    if filters.province is not None:
        yield "notice.province = ?", (place(filters.province),)
    if filters.city is not None:
        yield "notice.city = ?", (place(filters.city),)
    if filters.issuer is not None:
        yield "instr(notice.issuer, ?)", (clean(filters.issuer),)
    if filters.years is not None:
        yield "notice.year BETWEEN ? AND ?", _years(filters.years)
    if not filters.copies:
        yield "notice.copy_of IS NULL", ()
    inside = [(sql.format(clause="clause.id"), values) for sql, values in clause_conditions(filters)]
    if filters.department is not None:
        condition = "EXISTS (SELECT 1 FROM duty WHERE duty.clause = clause.id AND duty.key = ?)"
        inside.append((condition, (department_key(filters.department),)))
    if inside:
        where = " AND ".join(sql for sql, _ in inside)
        sql = f"EXISTS (SELECT 1 FROM clause WHERE clause.notice = notice.id AND {where})"  # noqa: S608
        yield sql, tuple(value for _, values in inside for value in values)


def place(name: str) -> str:
    """The full name of a province or city: 威海 -> 威海市. A name of no known place stays as it is."""
    area = by_name().get(clean(name))
    return area.name if area else clean(name)


def department_key(name: str) -> str:
    """The function key of a department's name, 市财政局 -> finance; a key stays as it is.

    Raises:
        QueryError: neither a name nor a key that is known.
    """
    key = clean(name).strip()
    if found := function_key(key):
        return found
    if key.lower() not in _keys():
        raise QueryError(f"没有部门或职能键 {key}；用 duizhao corpus department 看有哪些")
    return key.lower()


@cache
def _keys() -> frozenset[str]:
    return frozenset(function["key"] for function in lexicon.load("organs")["function"])


def _amount_condition(filters: Filters) -> Condition:
    """An amount with a stated figure in the range, or whose own range spans it."""
    low, high = filters.amount or (None, None)
    kind = None if filters.amount_kind is None else str(filters.amount_kind)
    sql = (
        "EXISTS (SELECT 1 FROM amount WHERE amount.clause = {clause} AND (? IS NULL OR amount.kind = ?)"
        " AND coalesce(amount.high, amount.low) >= coalesce(?, -9e999)"
        " AND coalesce(amount.low, amount.high) <= coalesce(?, 9e999))"
    )
    return sql, (kind, kind, low, high)


def _level(level: Level | str) -> str:
    try:
        return str(Level(level))
    except ValueError:
        raise QueryError(f"没有层级 {level}；请用 national、province、prefecture 或 county") from None


def _years(years: tuple[int | None, int | None]) -> tuple[int, int]:
    first, last = years
    bounds = max(first or FIRST_YEAR, FIRST_YEAR), min(last or LAST_YEAR, LAST_YEAR)
    if bounds[0] > bounds[1]:
        raise QueryError(f"年份 {first}—{last} 没有一年；请从 {FIRST_YEAR} 到 {LAST_YEAR} 中取，前不大于后")
    return bounds
