"""`--fail-on`: what in a comparison makes a pipeline stop."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from compare.comparison import Comparison, Relation
from duizhao.messages import text
from duizhao.summary import say_count

CONDITIONS: Mapping[str, Callable[[Comparison], int]] = {
    "material": lambda comparison: comparison.summary.material_total,
    "dropped": lambda comparison: _units(comparison, Relation.DROPPED),
    "added": lambda comparison: _units(comparison, Relation.ADDED),
    "modified": lambda comparison: _units(comparison, Relation.MODIFIED),
    "any": lambda comparison: _units(comparison, Relation.DROPPED, Relation.ADDED, Relation.MODIFIED),
}


def objections(comparison: Comparison, conditions: Sequence[str]) -> Iterator[str]:
    """A line for each condition that holds, with how often."""
    for name in conditions:
        count = CONDITIONS[name](comparison)
        if count:
            yield text("compare.objection", name=name, what=_say(name, count, comparison))


def _say(name: str, count: int, comparison: Comparison) -> str:
    return say_count(comparison) if name == "material" else text(f"compare.gate_{name}", count=count)


def _units(comparison: Comparison, *relations: Relation) -> int:
    return sum(comparison.summary.relations.get(relation, 0) for relation in relations)
