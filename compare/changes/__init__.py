"""Typed changes of a pair of sentences."""

from compare.changes.classification import CHANGES, classify

__all__ = ["CHANGES", "classify"]
