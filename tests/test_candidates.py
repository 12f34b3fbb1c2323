"""Candidates: what the pairing chooses from is what plain sums over two sentences give."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from compare.align import align, candidates
from compare.align.candidates import as_pairs, find_candidates, meet
from compare.align.names import shared_names
from compare.align.vectors import Rows
from compare.localisation import Localiser, Side
from compare.options import CompareOptions
from compare.passages import Passage, read_passages
from corpus import samples
from extract.reading import extract_bytes

TABLES = st.lists(st.lists(st.sampled_from([0, 0, 1, 2, 5]), min_size=5, max_size=5), min_size=1, max_size=9)
NOWHERE = Localiser(upper=Side(rank=None, places=()), lower=Side(rank=None, places=()))


def rows(table: list[list[int]]) -> Rows:
    places = [[column for column, value in enumerate(row) if value] for row in table]
    return Rows(
        starts=np.cumsum([0, *map(len, places)]),
        columns=np.array([column for row in places for column in row], dtype=np.int64),
        values=np.array([value for row in table for value in row if value], dtype=np.float64),
        width=5,
    )


def passages(*texts: str) -> list[Passage]:
    document = extract_bytes(samples.read(samples.NUMBERS[0]), samples.file_name(samples.NUMBERS[0]))
    bare = replace(read_passages(document.notices[0])[0], amounts=(), dates=(), citations=(), directives=(), actors=())
    return [replace(bare, ref=replace(bare.ref, quote=text), headings=()) for text in texts]


@pytest.mark.parametrize(("longest", "cells"), [(128, 4096), (1, 4096), (128, 1), (2, 3)])
@given(TABLES, TABLES)
def test_candidates_have_their_cosines(
    longest: int, cells: int, upper: list[list[int]], lower: list[list[int]]
) -> None:
    """However the work is cut up, a candidate's cosine is that of the two rows, and nobody's only likeness is lost."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(candidates, "LONGEST_LIST", longest)
        patch.setattr(candidates, "CELLS", cells)
        patch.setattr(candidates, "BATCH", 2)
        found = find_candidates(rows(upper).unit(), rows(lower).unit(), 3)
    above, below = np.array(upper, dtype=float), np.array(lower, dtype=float)
    lengths = np.outer(np.linalg.norm(above, axis=1), np.linalg.norm(below, axis=1))
    cosines = above @ below.T / np.where(lengths, lengths, 1)

    assert found.cosines == pytest.approx(cosines[found.pairs])
    if longest > len(upper) and longest > len(lower):
        assert all(np.sum(found.upper == i) >= min(3, np.sum(cosines[i] > 0)) for i in range(len(upper)))
        assert all(np.sum(found.lower == j) >= min(3, np.sum(cosines[:, j] > 0)) for j in range(len(lower)))


@pytest.mark.parametrize("dense", [1, 10, 1000])
@given(TABLES, TABLES)
def test_what_two_rows_both_hold_is_summed(dense: int, upper: list[list[int]], lower: list[list[int]]) -> None:
    """The smaller of two values, column by column, for every pair of rows, however many are laid out at once."""
    pairs = as_pairs((i, j) for i in range(len(upper)) for j in range(len(lower)))
    least = [sum(map(min, one, other)) for one in upper for other in lower]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(candidates, "DENSE", dense)
        found = meet(rows(upper), rows(lower), pairs, np.minimum)

    assert found.tolist() == least


def test_a_name_of_one_sentence_on_either_side_speaks_for_the_pair() -> None:
    """Six characters in a row that stand in no other sentence; a sign or a number ends a run."""
    upper = passages("支持国家级智能制造示范工厂建设", "每家奖励一百万元，分两年拨付", "建设智能，制造示范工厂")
    lower = passages("对国家级智能制造示范工厂给予奖励", "分两年拨付", "每家奖励一百万2元，分两年拨付")
    (above, below), shares = shared_names(upper, lower)

    assert list(zip(above.tolist(), below.tolist(), shares.tolist(), strict=True)) == [(0, 0, 1.0), (1, 2, 0.5)]


@pytest.mark.parametrize(
    ("upper", "lower"), [((), ("甲",)), (("甲", "乙"), ()), ((), ()), (("甲",), ("乙",)), (("，",), ("。",))]
)
def test_sentences_with_nothing_in_common_stand_alone(upper: tuple[str, ...], lower: tuple[str, ...]) -> None:
    """A notice without sentences, or without a character in common, leaves every sentence of the other alone."""
    links = align(passages(*upper), passages(*lower), NOWHERE, CompareOptions())

    assert [link.upper for link in links if link.upper] == [(i,) for i in range(len(upper))]
    assert [link.lower for link in links if link.lower] == [(j,) for j in range(len(lower))]
    assert all(link.confidence == 1.0 for link in links)
