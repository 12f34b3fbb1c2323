"""Gains in, the one best pairing out.

Maximum weight bipartite matching by shortest augmenting paths with potentials (Kuhn 1955; Jonker & Volgenant 1987) on
sparse rows. A sentence may stay alone at no cost, so only pairs with a gain above zero are edges. Gains are whole
numbers and ties go to the lower index: the same input always gives the same pairing.
"""

from collections.abc import Sequence
from heapq import heapify, heappop, heappush

Edges = Sequence[tuple[int, int]]  # (column, gain)


def best_pairing(rows: Sequence[Edges], column_count: int) -> list[int | None]:
    """For each row its column or `None`, so that the sum of gains is the largest possible."""
    alone = [column_count + row for row in range(len(rows))]
    costs = [{**{column: -gain for column, gain in edges if gain > 0}, alone[row]: 0} for row, edges in enumerate(rows)]
    prices: dict[int, int] = {}
    row_of: dict[int, int] = {}
    column_of: dict[int, int] = {}
    for row in range(len(rows)):
        column, came_from = _cheapest_path(row, costs, prices, row_of)
        while True:
            taker = came_from[column]
            row_of[column] = taker
            column, column_of[taker] = column_of.get(taker, -1), column
            if taker == row:
                break
    pairing: list[int | None] = [None] * len(rows)
    for column, row in row_of.items():
        if column < column_count:
            pairing[row] = column
    return pairing


def _cheapest_path(
    start: int, costs: Sequence[dict[int, int]], prices: dict[int, int], row_of: dict[int, int]
) -> tuple[int, dict[int, int]]:
    """The free column that one more row can win most cheaply, and which row takes each column on the way."""
    heap = [(cost - prices.get(column, 0), column) for column, cost in costs[start].items()]
    if (nearest := min(heap)[1]) not in row_of:
        return nearest, {nearest: start}
    heapify(heap)
    distance = {column: length for length, column in heap}
    came_from = dict.fromkeys(distance, start)
    done: set[int] = set()
    while True:
        length, column = heappop(heap)
        if column in done:
            continue
        if column not in row_of:
            break
        done.add(column)
        row = row_of[column]
        base = length - (costs[row][column] - prices.get(column, 0))
        for following, cost in costs[row].items():
            reach = base + cost - prices.get(following, 0)
            if following not in done and reach < distance.get(following, reach + 1):
                distance[following] = reach
                came_from[following] = row
                heappush(heap, (reach, following))
    for passed in done:
        prices[passed] = prices.get(passed, 0) + distance[passed] - length
    return column, came_from
