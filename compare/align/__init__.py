"""Alignment of sentences."""

from compare.align.alignment import align
from compare.align.links import Link

__all__ = ["Link", "align"]
