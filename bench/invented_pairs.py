"""How comparisons agree with the records of invented pairs: the floors of tests/test_pairs.py, pair by pair."""

import json
from collections.abc import Sequence

import material  # noqa: F401 (puts the tests' folder on the path)
from timing import table

from compare import compare, to_json
from extract import extract_bytes

from pair_scoring import PAIRS, SIDES, add_up, names, score_pair  # isort: skip (beside the tests)
from scoring import Tally  # isort: skip

FIGURES = (
    ("links", "F1"),
    ("relations", "F1"),
    ("changes (found)", "R"),
    ("changes (found)", "P"),
    ("changes (typed)", "R"),
    ("changes (material)", "R"),
    ("changes (material)", "P"),
)
HEAD = (
    "pair",
    "links F1",
    "relations",
    "changes found R",
    "P",
    "typed R",
    "material R",
    "P",
    "directions",
    "departments",
)


def agreement() -> str:
    scores = {name: _score(name) for name in names()}
    rows = [_row(name, tallies) for name, tallies in scores.items()]
    return table(HEAD, [*rows, _row("all", list(add_up(scores.values()).values()))])


def _score(name: str) -> list[Tally]:
    upper, lower = (extract_bytes((PAIRS / name / f"{side}.txt").read_bytes(), f"{side}.txt") for side in SIDES)
    compared = compare(*upper.notices, *lower.notices, upper_source=upper.source, lower_source=lower.source)
    return score_pair(name, json.loads(to_json(compared)))


def _row(name: str, tallies: Sequence[Tally]) -> list[str]:
    by_name = {tally.name: tally for tally in tallies}
    shares = [f"{by_name[task].row()[figure]:.3f}" for task, figure in FIGURES]
    counts = [f"{by_name[task].hit}/{by_name[task].gold}" for task in ("directions", "departments")]
    return [name, *shares, *counts]
