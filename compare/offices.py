"""A department's name in, the functions that it names out: 县教育体育局 does what 市教育局 and 市体育局 do.

The first is that of its key. Branches of central organs keep their own chain and have no other.
"""

from functools import lru_cache

from compare import lexicon
from extract.notice import Department
from extract.organs import read_organ

LONGEST_OWN = 40  # characters; longer ones are descriptions


@lru_cache(maxsize=4096)
def functions_of(department: Department) -> frozenset[str]:
    """Keys of organs, also of a second name in brackets: 县财政局（县金融办）."""
    name, main = department.full_name, department.key
    if not main:
        return frozenset()
    organ = read_organ(name) if len(name) <= LONGEST_OWN else None
    if organ is None or organ.own_chain:
        return frozenset({main})
    parts: dict[str, list[str]] = lexicon.load("offices")["parts"]
    return frozenset({main, *(key for key, words in parts.items() if any(word in name for word in words))})


def includes(office: Department, other: Department) -> bool:
    """Whether what another one mainly does is named among what an office does."""
    return bool(office.key and other.key) and other.key in functions_of(office)
