"""How much of a municipal draft an editor need not touch: the province's notice drafted for 济南市, and Jinan's plan.

`python bench/draft.py`. The pairing of sentences and the plan's departments are the hand-made ones of tests/golden.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus import samples
from extract import extract_bytes
from extract.notice import Notice, ResponsibilitySource
from templates.draft import build_draft
from templates.duty import Duty
from templates.duty_table import DutyOptions, DutyTable

ROOT = Path(__file__).parent.parent
GOLD = ROOT / "tests" / "golden" / "alignment-136-jinan.jsonl"
PLAN = "济政办函〔2021〕16号"
SIGNS = re.compile(r"\W+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    items: int
    kept_texts: int  # items whose words are the plan's, punctuation aside
    proposed: int  # departments drafted
    kept: int  # of them in the plan
    wanted: int  # departments of the plan
    kept_lists: int  # items whose departments are exactly the plan's

    def lines(self) -> tuple[str, ...]:
        texts = f"{self.kept_texts} of {self.items} need no change of words ({self.kept_texts / self.items:.1%})"
        stay = f"{self.kept} of {self.proposed} drafted stay ({self.kept / self.proposed:.1%})"
        there = f"{self.kept} of the plan's {self.wanted} are there ({self.kept / self.wanted:.1%})"
        lists = f"{self.kept_lists} of {self.items} need no change ({self.kept_lists / self.items:.1%})"
        return f"items: {texts}", f"departments: {stay}; {there}", f"department lists: {lists}"


def score(table: DutyTable, plan: Notice, pairs: Sequence[tuple[str, str]]) -> Score:
    """`pairs`: ids of drafted items and of the plan's clauses."""
    drafted = {row.duty.id: row.duty for row in table.rows}
    clauses = {clause.id: clause for clause in plan.clauses}
    counts = [0] * 6
    for item, clause_id in pairs:
        ours, theirs = names(drafted[item]), stated(plan, clause_id)
        same = SIGNS.sub("", words(drafted[item])) == SIGNS.sub("", clauses[clause_id].text)
        row = (1, int(same), len(ours), len(ours & theirs), len(theirs), int(ours == theirs))
        counts = [a + b for a, b in zip(counts, row, strict=True)]
    keys = ("items", "kept_texts", "proposed", "kept", "wanted", "kept_lists")
    return Score(**dict(zip(keys, counts, strict=True)))


def words(duty: Duty) -> str:
    return duty.measure if isinstance(duty.measure, str) else "".join(segment.text for segment in duty.measure)


def names(duty: Duty) -> frozenset[str]:
    return frozenset(department.full_name for department, _ in duty.departments)


def stated(notice: Notice, clause_id: str) -> frozenset[str]:
    clause = next(clause for clause in notice.clauses if clause.id == clause_id)
    wanted = (item for item in clause.responsibilities if item.source is not ResponsibilitySource.SENTENCE)
    return frozenset(department.full_name for item in wanted for department in item.departments)


def read_pairs() -> list[tuple[str, str]]:
    pairs = []
    for line in GOLD.read_text("utf-8").splitlines():
        record = json.loads(line)
        for upper in record["province"]:
            pairs += [
                (f"{upper['clause']}#{number}", name) for number in upper["sentences"] for name in record["municipal"]
            ]
    return pairs


def main() -> None:
    document = extract_bytes(samples.read(PLAN), samples.file_name(PLAN))
    plan, upper = document.notices
    table = build_draft(upper, document.source, DutyOptions(draft_for="济南市"))
    for line in score(table, plan, read_pairs()).lines():
        print(line)


if __name__ == "__main__":
    main()
