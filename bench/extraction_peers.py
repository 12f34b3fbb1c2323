"""Money and dates against JioNLP in one run: on the spec files, on texts that hold none, and on the hand-made notices.

`python bench/extraction_peers.py`. Both get the same strings, one after the other, and the same day of issue.

How JioNLP's answers are read, in its favour wherever its form says less than ours:
- money: `accurate` is the number itself, `blur+` a floor, `blur-` a ceiling, a list a range, `blur` both ends;
- time: `time_point` and `time_span` are first and last day; where the text states one side only, only that side is
  compared, since JioNLP fills the other with the day of issue; `time_period` is a rhythm, of which only the length is
  compared (FREQ and INTERVAL); a `time_delta` (30天) has no day and is neither right nor wrong nor false;
- per words (每人每月), strictness, currency and roles are not compared.
"""

import contextlib
import io
import json
import logging
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from material import GOLD, GOLDEN, SPECS
from timing import cpu, installed, missing, table

from corpus import samples
from extract import extract_bytes
from extract.mentions.amounts import find_amounts
from extract.mentions.context import Context
from extract.mentions.dates import find_dates
from extract.notice import AmountKind

Row = dict[str, Any]

ANY_DAY = date(2023, 1, 1)  # for the few texts without a day of issue; JioNLP cannot do without one
RULE = re.compile(r"FREQ=(?P<frequency>[A-Z]+)(?:;INTERVAL=(?P<interval>\d+))?")
DAYS_OF = {"YEARLY": ("month", 12), "MONTHLY": ("month", 1), "WEEKLY": ("day", 7), "DAILY": ("day", 1)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """What a text says at `[start, end)`: numbers in yuan, or ISO days, or how often."""

    start: int
    end: int
    low: Decimal | str | None = None
    high: Decimal | str | None = None
    rhythm: tuple[str, int] | None = None  # unit (month or day) and how many of it
    dayless: bool = False  # a length of time

    def overlaps(self, other: "Value") -> bool:
        return self.start < other.end and other.start < self.end

    @property
    def side(self) -> str | None:
        """Which bound it states, if it states one alone."""
        if (self.low is None) == (self.high is None):
            return None
        return "floor" if self.high is None else "ceiling"


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    text: str
    issued_on: date | None = None
    year: int | None = None  # of the document number, where the day is unknown
    wanted: tuple[Value, ...]
    optional: tuple[Value, ...] = ()  # neither asked for nor counted against who finds it


@dataclass(slots=True)
class Score:
    wanted: int = 0
    found: int = 0  # of the wanted, at their place
    exact: int = 0
    reversed: int = 0  # a floor given as a ceiling, or a ceiling as a floor
    unbounded: int = 0  # a floor or a ceiling given as the number itself
    false: int = 0  # found where nothing stands

    def add(self, case: Case, values: Sequence[Value], same: "Same") -> None:
        self.wanted += len(case.wanted)
        for want in case.wanted:
            at_place = [value for value in values if value.overlaps(want)]
            self.found += bool(at_place)
            best = next((value for value in at_place if same(want, value)), at_place[0] if at_place else None)
            if best is None:
                continue
            right = same(want, best)
            self.exact += right
            self.reversed += not right and None not in (want.side, best.side) and want.side != best.side
            self.unbounded += not right and want.side is not None and best.low == best.high is not None
        known = (*case.wanted, *case.optional)
        self.false += sum(not value.dayless and not any(value.overlaps(one) for one in known) for value in values)

    def cells(self) -> tuple[str, ...]:
        counts = (self.wanted, self.found, self.exact, self.reversed, self.unbounded, self.false)
        recall, exact = (f"{part / self.wanted:.1%}" if self.wanted else "" for part in (self.found, self.exact))
        return (*map(str, counts[:2]), recall, str(counts[2]), exact, *map(str, counts[3:]))


Same = Callable[[Value, Value], bool]
Find = Callable[[Case], list[Value]]


def same_money(want: Value, got: Value) -> bool:
    return (want.low, want.high) == (got.low, got.high)


def same_days(want: Value, got: Value) -> bool:
    """The sides that the text states; where it settles none, a day given is wrong."""
    if want.rhythm or got.rhythm:
        return want.rhythm == got.rhythm
    if want.low is None and want.high is None:
        return got.low is None and got.high is None
    return want.low in (None, got.low) and want.high in (None, got.high)


# --- ours -----------------------------------------------------------------------------------------


def our_money(case: Case) -> list[Value]:
    found = (item for item in find_amounts(case.text) if item.kind is AmountKind.MONEY)
    return [Value(start=item.span.start, end=item.span.end, low=item.low, high=item.high) for item in found]


def our_dates(case: Case) -> list[Value]:
    context = Context(issued_on=case.issued_on, year=case.year)
    return [
        Value(
            start=item.span.start,
            end=item.span.end,
            low=item.start.isoformat() if item.start else None,
            high=item.end.isoformat() if item.end else None,
            rhythm=_rhythm(item.rrule),
        )
        for item in find_dates(case.text, context)
    ]


def _rhythm(rule: str | None) -> tuple[str, int] | None:
    match = RULE.match(rule or "")
    if match is None:
        return None
    unit, count = DAYS_OF[match["frequency"]]
    return unit, count * int(match["interval"] or 1)


# --- JioNLP ---------------------------------------------------------------------------------------


class JioNLP:
    """The peer behind the same two functions. It prints a banner and logs every phrase it cannot read."""

    def __init__(self) -> None:
        logging.disable(logging.ERROR)
        with contextlib.redirect_stdout(io.StringIO()):
            import jionlp

            self.money_of, self.time_of = jionlp.ner.extract_money, jionlp.ner.extract_time
            self.money_of("1元", with_parsing=True)  # its word lists are read at the first call
            self.time_of("今年", with_parsing=True)

    def money(self, case: Case) -> list[Value]:
        return [self._money(item) for item in self.money_of(case.text, with_parsing=True)]

    def dates(self, case: Case) -> list[Value]:
        day = case.issued_on or ANY_DAY
        base = {"year": day.year, "month": day.month, "day": day.day}
        return [self._time(item) for item in self.time_of(case.text, time_base=base, with_parsing=True)]

    def _money(self, item: Row) -> Value:
        start, end = item["offset"]
        number, how = item["detail"]["num"], item["detail"]["definition"]
        low, high = map(Decimal, number) if isinstance(number, list) else (Decimal(number),) * 2
        return Value(start=start, end=end, low=None if how == "blur-" else low, high=None if how == "blur+" else high)

    def _time(self, item: Row) -> Value:
        start, end = item["offset"]
        when = item["detail"]["time"]
        if item["type"] == "time_delta":
            return Value(start=start, end=end, dayless=True)
        if item["type"] == "time_period":
            return Value(start=start, end=end, rhythm=self._length(when["delta"]))
        low, high = (None if "inf" in day else day[:10] for day in when)
        return Value(start=start, end=end, low=low, high=high)

    def _length(self, delta: Row) -> tuple[str, int] | None:
        for unit, name, factor in (("year", "month", 12), ("month", "month", 1), ("day", "day", 1)):
            if isinstance(delta.get(unit), int | float):
                return name, int(delta[unit] * factor)
        return None


# --- cases ----------------------------------------------------------------------------------------


def rows(path: Path) -> list[Row]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def spec(name: str, kind: str) -> list[Case]:
    """One case a line; lines that state other kinds of amounts only are left out."""
    cases = []
    for row in rows(SPECS / f"{name}.jsonl"):
        items = row.get(kind, ())
        wanted = [item for item in items if item.get("kind", "money") == "money"]
        if wanted or not items:
            day = date.fromisoformat(row["issued_on"]) if row.get("issued_on") else None
            spans = _places(row["text"], [item["quote"] for item in items])
            others = [one for item, one in zip(items, spans, strict=True) if item not in wanted]
            values = [_value(item, one) for item, one in zip(items, spans, strict=True) if item in wanted]
            cases.append(
                Case(
                    text=row["text"],
                    issued_on=day,
                    year=row.get("year"),
                    wanted=tuple(values),
                    optional=tuple(others),
                )
            )
    return cases


def gold(kind: str) -> list[Case]:
    """One case a clause of the three notices with hand-made records."""
    cases = []
    for folder, number in GOLD.items():
        document = extract_bytes(samples.read(number), samples.file_name(number))
        meta = json.loads((GOLDEN / folder / "meta.json").read_text("utf-8"))
        notice = next(one for one in document.notices if one.document_number == meta["number"])
        items = [row for row in rows(GOLDEN / folder / f"{kind}.jsonl") if row.get("kind", "money") == "money"]
        for clause in notice.clauses:
            text = notice.text[clause.span.start : clause.span.end]
            here = [item for item in items if item["clause"] == clause.id]
            spans = _places(text, [item["quote"] for item in here])
            values = [_value(item, one) for item, one in zip(here, spans, strict=True)]
            asked = tuple(value for item, value in zip(here, values, strict=True) if not item["optional"])
            spared = tuple(value for item, value in zip(here, values, strict=True) if item["optional"])
            day, year = notice.issued_on, notice.year
            cases.append(Case(text=text, issued_on=day, year=year, wanted=asked, optional=spared))
        assert sum(len(case.wanted) for case in cases) > 0, f"no {kind} of {folder} found in its clauses"
    return cases


def _places(text: str, quotes: Iterable[str]) -> list[Value]:
    """Where quotes stand that follow one another."""
    at, found = 0, []
    for quote in quotes:
        start = text.index(quote, at)
        at = start + len(quote)
        found.append(Value(start=start, end=at))
    return found


def _value(item: Row, place: Value) -> Value:
    if "kind" in item:
        low, high = (None if item[end] is None else Decimal(str(item[end])) for end in ("low", "high"))
        return Value(start=place.start, end=place.end, low=low, high=high)
    return Value(start=place.start, end=place.end, low=item["start"], high=item["end"], rhythm=_rhythm(item["rrule"]))


# --- the table ------------------------------------------------------------------------------------


def peers() -> str:
    """Counts and CPU time of both on every set."""
    if installed("jionlp") is None:
        return missing("jionlp")
    jionlp = JioNLP()
    name = f"JioNLP {installed('jionlp')}"
    sets: list[tuple[str, list[Case], Same, Find, Find]] = [
        ("money, spec", spec("amounts", "amounts"), same_money, our_money, jionlp.money),
        ("money, texts without any", spec("amounts_negative", ""), same_money, our_money, jionlp.money),
        ("money, hand-made notices", gold("amounts"), same_money, our_money, jionlp.money),
        ("dates, spec", spec("dates", "dates"), same_days, our_dates, jionlp.dates),
        ("dates, texts without any", spec("dates_negative", ""), same_days, our_dates, jionlp.dates),
        ("dates, hand-made notices", gold("dates"), same_days, our_dates, jionlp.dates),
    ]
    head = ["set", "who", "values", "found", "recall", "exact", "", "reversed", "bound lost", "false", "CPU"]
    return table(head, _lines(name, sets), words=2)


def _lines(peer: str, sets: Iterable[tuple[str, list[Case], Same, Find, Find]]) -> Iterator[tuple[str, ...]]:
    for title, cases, same, ours, theirs in sets:
        for who, find in (("duizhao", ours), (peer, theirs)):
            result = Score()
            for case in cases:
                result.add(case, find(case), same)
            seconds = cpu(lambda: [find(case) for case in cases], 3)  # noqa: B023 (called at once)
            yield title, who, *result.cells(), f"{1000 * seconds:.0f} ms"


def main() -> None:
    print(peers())


if __name__ == "__main__":
    main()
