"""Whose a number is: the key of its series, the condition of its tier. Numbers of different owners are no pair."""

from dataclasses import dataclass

from compare.changes.numbers import Number
from compare.changes.pair import Pair
from compare.changes.series import Keyed, keyed_numbers
from compare.changes.tiers import Tiers, find_tiers


@dataclass(frozen=True, slots=True, kw_only=True)
class Owners:
    keyed: Keyed
    tiers: Tiers

    def are_other(self, upper: Number, lower: Number) -> bool:
        return self.keyed.is_other(upper.span, lower.span) or self.tiers.is_other(upper.span, lower.span)

    def are_unsure(self, upper: Number, lower: Number) -> bool:
        return self.tiers.is_merged(upper.span, lower.span)

    def are_same(self, upper: Number, lower: Number) -> bool:
        return self.keyed.is_same(upper.span, lower.span)


def find_owners(pair: Pair) -> Owners:
    return Owners(keyed=keyed_numbers(pair.upper, pair.lower), tiers=find_tiers(pair.upper, pair.lower))
