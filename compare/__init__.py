"""Notices compared: alignment, typed changes, departments, measures; one against many, and side by side by topic."""

from compare.comparing import AccountingError, compare
from compare.comparison import Comparison
from compare.matrix import Matrix, build_matrix, compare_many
from compare.options import CompareOptions
from compare.records import encode, from_json, schema, to_json
from compare.revision import revise
from compare.topics import Topics, compare_topics
from compare.within import pair_within

__all__ = [
    "AccountingError",
    "CompareOptions",
    "Comparison",
    "Matrix",
    "Topics",
    "build_matrix",
    "compare",
    "compare_many",
    "compare_topics",
    "encode",
    "from_json",
    "pair_within",
    "revise",
    "schema",
    "to_json",
]
