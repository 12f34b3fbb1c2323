"""Two lists of bodies in, whether the second reaches fewer: 高等院校、科研院所 and 某职业技术学院.

A whole group (金融机构) reaches farther than some of its members (市农商银行). Two names of members, or two groups
neither of which holds the other, say nothing.
"""

import re
from functools import cache
from typing import NamedTuple

from compare import lexicon

SIGNS = re.compile(r"[、和及与或]|以及")
# What says no more than that all of them are meant, or those of the issuer's own area
OWN = re.compile(
    r"^(?:各类|各级各类|各级|各|有关|相关|驻[一-龥]|在[一-龥](?=[^、]{2})|[省市县区域]内|本[省市县区地]|当地|本地)+的?"
)
LONGEST = 60  # characters


class Body(NamedTuple):
    groups: frozenset[int]
    whole: bool  # all of a group


def reaches_farther(above: str, below: str) -> bool | None:
    """`None` where nothing can be said; the lists may open with the verb that calls upon them."""
    if max(len(above), len(below)) > LONGEST or not _telling().search(above) or not _telling().search(below):
        return None
    one, other = _bodies(above), _bodies(below)
    if one is None or other is None:
        return None
    if _holds(one, other):
        return False
    return True if _holds(other, one) else None


def _holds(wide: tuple[Body, ...], narrow: tuple[Body, ...]) -> bool:
    """Whether each of the narrow list is of a whole group of the wide one, and not all of these stay whole."""
    wholes = {group for body in wide if body.whole for group in body.groups}
    if not all(body.whole for body in wide) or not all(body.groups & wholes for body in narrow):
        return False
    left = {group for body in narrow if body.whole for group in body.groups}
    return any(not body.groups & left for body in wide)


def _bodies(text: str) -> tuple[Body, ...] | None:
    """All bodies of a list; `None` if something else stands in it."""
    parts = [OWN.sub("", part) for part in SIGNS.split(_verbs().sub("", text)) if part]
    found = [_body(part.removesuffix("等")) for part in parts]
    return tuple(body for body in found if body) if parts and all(found) else None


def _body(name: str) -> Body | None:
    table = lexicon.load("bodies")["group"]
    whole = frozenset(at for at, group in enumerate(table) if name in group["all"])
    if whole:
        return Body(whole, whole=True)
    member = frozenset(at for at, group in enumerate(table) if name.endswith(tuple(group["ends"])))
    return Body(member, whole=False) if member else None


@cache
def _telling() -> re.Pattern[str]:
    """How a name of a body ends."""
    table = lexicon.load("bodies")["group"]
    return re.compile("|".join(sorted({word for group in table for word in (*group["all"], *group["ends"])})))


@cache
def _verbs() -> re.Pattern[str]:
    """Words of force and plain verbs that open a clause."""
    words = {word for entry in lexicon.load("force")["word"] for word in entry["words"]}
    return re.compile(rf"^(?:{'|'.join(sorted(words, key=lambda word: (-len(word), word)))})+")
