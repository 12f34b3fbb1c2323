"""Alignment of sentences."""

from compare.align.alignment import Link, align

__all__ = ["Link", "align"]
