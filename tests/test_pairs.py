"""Floors: comparisons of invented pairs from many provinces, held against records made before the program read them.

A floor falls only in a commit that says why. `pairs/README.md` says how the pairs came about.
"""

import json
from functools import cache

import pytest
from pair_scoring import PAIRS, SIDES, add_up, names, score_pair
from scoring import Row, Tally

from compare import compare, to_json
from extract import extract_bytes

OPPOSITE = {"raised": "lowered", "earlier": "later", "tightened": "relaxed"}
OPPOSITE |= {other: one for one, other in OPPOSITE.items()}
FLOORS = {
    ("links", "F1"): 0.98,
    ("relations", "R"): 0.98,
    ("changes (found)", "R"): 0.97,
    ("changes (found)", "P"): 0.57,
    ("changes (typed)", "R"): 0.91,
    ("changes (material)", "R"): 0.95,
    ("changes (material)", "P"): 0.91,
    ("directions", "R"): 0.91,
    ("departments", "R"): 0.96,
}


@cache
def comparison(name: str) -> Row:
    upper, lower = (extract_bytes((PAIRS / name / f"{side}.txt").read_bytes(), f"{side}.txt") for side in SIDES)
    compared = compare(*upper.notices, *lower.notices, upper_source=upper.source, lower_source=lower.source)
    record: Row = json.loads(to_json(compared))
    return record


@cache
def totals() -> dict[str, Tally]:
    return add_up(score_pair(name, comparison(name)) for name in names())


@pytest.mark.parametrize(("task", "figure"), FLOORS)
def test_pairs_of_many_provinces_keep_their_floors(task: str, figure: str) -> None:
    """Links, relations, changes and departments are found as often, and as often rightly, as they were before."""
    tally = totals()[task]

    wrong = json.dumps({"missed": tally.missed, "false": tally.false}, ensure_ascii=False)
    assert tally.row()[figure] >= FLOORS[task, figure], wrong


def test_no_direction_is_reversed() -> None:
    """Where the record says raised, earlier or tightened, the program may be silent but never says the opposite."""
    reversed_ = [
        miss for miss in totals()["directions"].missed if {OPPOSITE.get(told) for told in miss["got"]} & {*miss["gold"]}
    ]

    assert not reversed_


@pytest.mark.parametrize("name", names())
def test_every_sentence_of_a_pair_is_accounted_for(name: str) -> None:
    """Each sentence of either side stands in exactly one unit."""
    accounting = comparison(name)["accounting"]

    assert accounting["upper_accounted"] == accounting["upper_sentences"] > 15
    assert accounting["lower_accounted"] == accounting["lower_sentences"] > 15
