"""Words in, whether they can name a thing out: by the dictionary that cuts them, and lists where it is too coarse.

The dictionary gives each word the kind it most often is: 满足 a verb, 有效 an adverb, 当地 a place, 利率 a noun.
"""

import re
from collections.abc import Sequence
from functools import cache

from compare import lexicon
from extract.words import words

NO_NAMES = re.compile(r"(?:v|d|ad|a|s|f|r|p|c|u|m|q|t|y|z|x|e|o|h|k|g)(?:[dgijkqu])?")  # vn, an: used as nouns
KEPT = re.compile(rf"{NO_NAMES.pattern}|vn")
OPENINGS = re.compile(r"(?:d|ad|p|c|u|r|f|zg|y)(?:[dgijkqu])?")  # what no name begins with
LINKS = re.compile(r"(?:d|p|c|u|y|zg)(?:[dgijkqu])?")  # what none has inside: 项目从赋码, 期满仍未就业
VERB = re.compile(r"v.*")


def is_name(parts: Sequence[str]) -> bool:
    """Whether words in a row are a noun phrase: no verb with its object, no adverb in front, a noun at the end.

    A verb alone is none, though it may be used as a noun: 培训.
    """
    if not parts or _opens_otherwise(parts[0]) or not _ends_as_name(parts[-1]) or any(map(_parts, parts[1:-1])):
        return False
    return len(parts) > 1 or VERB.fullmatch(_kind(parts[0])) is None


def denies(word: str) -> bool:
    """Whether what follows is not so: 未 of 未就业高校毕业生. A name that began behind it would say the contrary."""
    return word in _listed("denials")


def takes_object(word: str) -> bool:
    """Whether it is a verb of measures, such as 新增, and no name: 补贴."""
    return word in _listed("verbs") - _listed("names")


def endings() -> frozenset[str]:
    """Single characters that may end a name."""
    return _listed("endings")


def _opens_otherwise(word: str) -> bool:
    if word in _listed("names"):
        return False
    return word in _listed("empty") | _listed("verbs") or OPENINGS.fullmatch(_kind(word)) is not None


def _parts(word: str) -> bool:
    """Whether a word inside parts a phrase into subject and verb, or verb and object."""
    kind = _kind(word)
    single = len(word) == 1 and VERB.fullmatch(kind) is not None
    return single or word in _listed("verbs") - _listed("names") or LINKS.fullmatch(kind) is not None


def _ends_as_name(word: str) -> bool:
    if word in _listed("names") | endings():
        return True
    return word not in _listed("empty") | _listed("verbs") and NO_NAMES.fullmatch(_kind(word)) is None


def _kind(word: str) -> str:
    """As jieba has it; a word it does not have is a name, else nobody would have made it up."""
    return _kinds().get(word, "n")


@cache
def _listed(name: str) -> frozenset[str]:
    return frozenset(lexicon.load("naming")[name])


@cache
def _kinds() -> dict[str, str]:
    """Of words that are no nouns, or verbs used as such. jieba's dictionary has a word, frequency and kind a line."""
    words("的")  # imports jieba, with its warnings kept off
    import jieba

    with jieba.get_dict_file() as lines:
        rows = (line.decode().split() for line in lines)
        return {row[0]: row[2] for row in rows if len(row) > 2 and KEPT.fullmatch(row[2])}
