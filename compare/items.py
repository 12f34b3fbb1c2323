"""Two figures of sentences that answer each other in, whether they measure the same item out.

A comparison pairs sentences by all their words, so a training subsidy may stand where a loan stands above. The item is
named right beside the figure: what is granted stands behind a sum, what is counted inside its quote or beside it. Two
figures of which both name it in the same place are of one item if the names share a telling word, and what is granted
ends in like heads.
"""

import re
from itertools import pairwise, product

from compare import lexicon
from compare.figures import Figure
from compare.subjects import Subject
from compare.word_kinds import is_name, takes_object
from compare.wording import plain_words, without_number
from extract.notice import AmountKind
from extract.words import words

# What a length of time runs from and to is worded in too many ways to tell two of them apart.
NAMED = frozenset({AmountKind.MONEY, AmountKind.COUNT, AmountKind.PERCENT})
SIGNS = re.compile(r"[\W_\d]+")

Read = tuple[Figure, Subject]


def same_item(one: Read, other: Read) -> bool:
    """Whether nothing says that the two measure different things."""
    (figure, subject), (answer, there) = one, other
    kinds = {item.amount.kind if item.amount else None for item in (figure, answer)}
    if not kinds <= NAMED:
        return True
    if kinds == {AmountKind.MONEY} and subject.behind and there.behind:
        return _agree(subject.behind, there.behind, granted=True)
    counted, again = _counted(figure), _counted(answer)
    if counted and again:
        return _agree(counted, again, granted=False)
    return bool(subject.behind) != bool(there.behind) or _agree(subject.words, there.words, granted=False)


def _counted(figure: Figure) -> str:
    """What the quote itself counts: 生态修复项目 of 每年新增生态修复项目120个以上. That of a share is its base."""
    if figure.amount is None or figure.amount.kind is not AmountKind.COUNT:
        return ""
    inside = plain_words(without_number(figure.quote)).strip("，")
    return inside if is_name(words(inside)[-1:]) else ""  # no 每年免费为1500家以上


def _agree(one: str, other: str, *, granted: bool) -> bool:
    """Whether two names can be of one thing; words that any notice has (项目, 补贴) tell nothing.

    Of what is granted whole words count and heads: 养老保险补贴 is no 医疗保险补贴, 贷款 no 贴息.
    """
    mine, theirs = _cut(one), _cut(other)
    telling, again = ([word for word in found if word not in _common()] for found in (mine, theirs))
    if one in other or other in one or not (telling or again):
        return True
    pairs = [*product(telling, again)]
    if not granted:
        return not pairs or any(_meet(a, b) for a, b in pairs)
    like_heads = not mine or not theirs or bool(set(mine[-1]) & set(theirs[-1]))
    return like_heads and (not pairs or any(a in b or b in a for a, b in pairs))


def _meet(one: str, other: str) -> bool:
    """Two characters in a row of both: 额度 of 贷款额度 and 授信额度, which the dictionary has as words."""
    return not set(map("".join, pairwise(one))).isdisjoint(map("".join, pairwise(other)))


def _cut(name: str) -> list[str]:
    """Words of two characters and more, without verbs in front of what they do: 新增生态修复项目."""
    found = [word for run in SIGNS.split(name) for word in words(run)]
    return [word for word in found if len(word) > 1 and not takes_object(word)]


def _common() -> frozenset[str]:
    return frozenset(lexicon.load("common")["words"])
