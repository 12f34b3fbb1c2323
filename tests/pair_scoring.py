"""Score a comparison against the record that was made by hand of a pair: `pairs/NAME/gold.json`.

The record has `links`, each with the sentences of either side as they are written, the relation and the changes, and
`departments` for upper clauses. A change has a type, in `also` other types that say the same of it, the words on
either side, and the directions that would be right; an optional one is neither asked for nor counted.

How a hit is counted
- links: an upper and a lower sentence in one unit, or one that stands alone on both records.
- relations: all units that hold a link's sentences have its relation.
- changes (found): overlapping words on one side, whatever the type; changes (typed): the type too.
- changes (material): overlapping words, of those that are material in both.
- What a record need not list is not counted as false: a sentence that stands alone, and what stands in another change.
- directions: a change of the right type at these words has one of the right directions.
- departments: for each clause whether the lead changed, and who stands on one side alone.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from scoring import Row, Tally, match, norm, overlap

PAIRS = Path(__file__).parent / "pairs"
IMMATERIAL = frozenset({"wording", "place_localized", "name_localized"})
SIDES = ("upper", "lower")

Link = tuple[str | None, str | None]


def names() -> tuple[str, ...]:
    return tuple(sorted(path.parent.name for path in PAIRS.glob("*/gold.json")))


def score_pair(name: str, comparison: Row) -> list[Tally]:
    gold = json.loads((PAIRS / name / "gold.json").read_text("utf-8"))
    units = _units(gold, comparison)
    return [
        _score_links(gold, units),
        _score_relations(gold, units),
        *_score_changes(gold, units),
        _score_directions(gold, units),
        _score_departments(gold, comparison),
    ]


def add_up(scores: Iterable[Sequence[Tally]]) -> dict[str, Tally]:
    """The tallies of several pairs by name, as one."""
    found: dict[str, Tally] = {}
    for tally in (tally for tallies in scores for tally in tallies):
        total = found.setdefault(tally.name, Tally(tally.name))
        total.gold, total.found, total.hit = total.gold + tally.gold, total.found + tally.found, total.hit + tally.hit
        total.missed += tally.missed
        total.false += tally.false
    return found


def _units(gold: Row, comparison: Row) -> dict[Link, Row]:
    """Each pair of sentences of the record that a unit links, with the unit."""
    sentences = [[text for link in gold["links"] for text in link[side]] for side in SIDES]
    found: dict[Link, Row] = {}
    for unit in comparison["units"]:
        above, below = (
            {_sentence(ref["quote"], known) for ref in unit[side]} - {None}
            for side, known in zip(SIDES, sentences, strict=True)
        )
        found |= {(a, b): unit for a in above or {None} for b in below or {None} if a or b}
    return found


def _sentence(quote: str, known: Iterable[str]) -> str | None:
    words = norm(quote)
    return next((text for text in known if words and (words in norm(text) or norm(text) in words)), None)


def _links(link: Row) -> list[Link]:
    return [(a, b) for a in link["upper"] or [None] for b in link["lower"] or [None]]


def _units_of(link: Row, units: dict[Link, Row]) -> list[Row]:
    found: list[Row] = []
    for pair in _links(link):
        if pair in units and units[pair] not in found:
            found.append(units[pair])
    return found


def _score_links(gold: Row, units: dict[Link, Row]) -> Tally:
    wanted = {pair for link in gold["links"] for pair in _links(link)}
    tally = Tally("links", hit=len(wanted & units.keys()), gold=len(wanted), found=len(units))
    tally.missed = [{"link": pair} for pair in sorted(wanted - units.keys(), key=str)]
    tally.false = [{"link": pair} for pair in sorted(units.keys() - wanted, key=str)]
    return tally


def _score_relations(gold: Row, units: dict[Link, Row]) -> Tally:
    tally = Tally("relations", gold=len(gold["links"]), found=len(gold["links"]))
    for link in gold["links"]:
        got = [unit["relation"] for unit in _units_of(link, units)]
        if got and set(got) == {link["relation"]}:
            tally.hit += 1
        else:
            tally.missed.append({"upper": link["upper"], "lower": link["lower"], "gold": link["relation"], "got": got})
    return tally


def _wanted(link: Row) -> list[Row]:
    return [
        change | {"quote": change["upper_quote"] or change["lower_quote"], "types": [change["type"], *change["also"]]}
        for change in link["changes"]
    ]


def _got(link: Row, units: dict[Link, Row]) -> list[Row]:
    return [
        change
        | {"quote": change["upper_quote"] or change["lower_quote"] or ""}
        | {"implied": change["nested"] or not (unit["upper"] and unit["lower"])}
        for unit in _units_of(link, units)
        for change in unit["changes"]
    ]


def _near(want: Row, got: Row) -> bool:
    return any(overlap(want[f"{side}_quote"], got[f"{side}_quote"]) for side in SIDES)


def _is_typed(want: Row, got: Row) -> bool:
    return got["type"] in want["types"] and _near(want, got)


def _score_changes(gold: Row, units: dict[Link, Row]) -> Iterator[Tally]:
    found, typed, material = (Tally(f"changes ({name})") for name in ("found", "typed", "material"))
    for link in gold["links"]:
        wanted, got = _wanted(link), _got(link, units)
        match(found, wanted, got, _near)
        match(typed, wanted, got, _is_typed)
        # What may as well be called wording need not be told as material.
        asked = [want | {"optional": want["optional"] or bool(IMMATERIAL & {*want["types"]})} for want in wanted]
        match(material, asked, [change for change in got if change["material"]], _near)
    for tally in (found, typed, material):
        told = [change for change in tally.false if not change["implied"]]
        tally.found -= len(tally.false) - len(told)
        tally.false = told
        yield tally


def _score_directions(gold: Row, units: dict[Link, Row]) -> Tally:
    tally = Tally("directions")
    for link in gold["links"]:
        for want in (want for want in _wanted(link) if want["direction"]):
            got: list[Any] = [change["direction"] for change in _got(link, units) if _is_typed(want, change)]
            tally.gold += 1
            tally.found += bool(got)
            if {*got} & {*want["direction"]}:
                tally.hit += 1
            else:
                tally.missed.append({"gold": want["direction"], "got": got, "quote": want["quote"]})
    return tally


def _score_departments(gold: Row, comparison: Row) -> Tally:
    told = {row["upper_clause"]: row for row in comparison["departments"]}
    tally = Tally("departments", gold=3 * len(gold["departments"]))
    for want in gold["departments"]:
        got = told.get(want["upper_clause"])
        if got is None:
            tally.missed.append(want)
            continue
        tally.found += 3
        right = [got["lead_changed"] == want["lead_changed"]]
        right += [{*got[name]} == {*want[name]} for name in ("upper_only", "lower_only")]
        tally.hit += sum(right)
        if not all(right):
            tally.missed.append({"gold": want, "got": {name: got[name] for name in want}})
    return tally
