"""Sentences or figures of several notices in, the words that name what they share out.

A name is a noun phrase, the subject or the object of a measure: 招聘活动, never 举办 or 有效满足企业招聘.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise, product
from math import log

from compare.localisation import Localiser
from compare.passages import Passage
from compare.subjects import Subject
from compare.word_kinds import denies, endings, is_name
from compare.wording import heading_of, plain_words, tells, without_figures
from extract.words import words

SIGNS = re.compile(r"[\W_\d]+")
MARKS = re.compile(r"[\W_]+")
TOPIC_SIZE = range(4, 15)  # characters
ROW_SIZE = range(2, 13)
LONGEST_RUN = 6  # words of a label

Weights = Mapping[str, float]


def weigh_pairs(texts: Iterable[str], localiser: Localiser) -> Weights:
    """Pairs of characters that stand in few texts weigh more (Spärck Jones 1972)."""
    bags = [set(map("".join, pairwise(localiser.fold(text)))) for text in texts]
    spread = Counter(pair for bag in bags for pair in bag)
    return {pair: log(1 + len(bags) / seen) for pair, seen in spread.items()}


def name_topic(found: Sequence[tuple[int, Passage]], weights: Weights, localiser: Localiser) -> str:
    """The run of words that most notices share, in their sentences or in the headings right above.

    `found` are passages with the position of their notice. Words of a heading name a topic better than any others; of
    several runs the one that most tells the passages from the rest. Words that all have around it belong to it.
    """
    notices_of: dict[str, set[int]] = {}
    heading: set[str] = set()
    for notice, passage in found:
        above = list(phrases(plain_words(heading_of(passage))))
        heading.update(above)
        for phrase in (*above, *phrases(plain_words(without_figures(passage)))):
            notices_of.setdefault(phrase, set()).add(notice)
    shared = [phrase for phrase, notices in notices_of.items() if len(notices) > 1 and tells(phrase)]
    if not shared:
        return _first_words(found[0][1])
    order = {phrase: -at for at, phrase in enumerate(notices_of)}
    weight = {phrase: _weight(localiser.fold(phrase), weights) for phrase in shared}
    best = max(shared, key=lambda one: (one in heading, len(notices_of[one]), weight[one], order[one]))
    longer = [phrase for phrase in shared if best in phrase and notices_of[phrase] >= notices_of[best]]
    return max(longer, key=lambda one: (weight[one], order[one]))


def _first_words(passage: Passage) -> str:
    """The heading, else the first name in the sentence, else its words up to the first sign."""
    if passage.headings:
        return passage.headings[-1]
    named = (phrase for phrase in phrases(plain_words(without_figures(passage))) if tells(phrase))
    if first := next(named, ""):
        return first
    said = ""
    for word in words(MARKS.split(passage.text.lstrip("（“"))[0]):
        if len(said + word) >= TOPIC_SIZE.stop:
            break
        said += word
    return said.rstrip("的") or passage.text[: TOPIC_SIZE.stop - 1]


def name_row(found: Sequence[tuple[int, Subject]], weights: Weights) -> str:
    """The run of words that most of the figures have before them, else beside them, else around them.

    `found` are subjects with the position of their notice; one alone is named by its own words.
    """
    sides = (
        [(notice, _without_base(subject.lead, subject)) for notice, subject in found],
        [(notice, _without_base(subject.words, subject)) for notice, subject in found],
        [(notice, subject.around) for notice, subject in found],
    )
    return next((name for texts in sides if (name := _shared(texts, weights))), "")


def _without_base(text: str, subject: Subject) -> str:
    """A subsidy of 70% of a wage is a subsidy, no wage."""
    return text.replace(subject.base, "，") if subject.base else text


def _shared(texts: Sequence[tuple[int, str]], weights: Weights) -> str:
    notices_of: dict[str, set[int]] = defaultdict(set)
    for notice, text in texts:
        for phrase in phrases(text, ROW_SIZE):
            notices_of[phrase].add(notice)
    least = min(2, len({notice for notice, _ in texts}))
    shared = [phrase for phrase, notices in notices_of.items() if len(notices) >= least]
    return max(shared, key=lambda phrase: (len(notices_of[phrase]), _weight(phrase, weights), phrase), default="")


def phrases(text: str, sizes: range = TOPIC_SIZE) -> Iterator[str]:
    """Names of whole words without number or sign between them; single characters only where a name may end in one."""
    for segment in SIGNS.split(text):
        parts = words(segment)
        starts = [at for at, word in enumerate(parts) if len(word) > 1 and not (at and denies(parts[at - 1]))]
        ends = [at for at, word in enumerate(parts) if len(word) > 1 or word in endings() or at == len(parts) - 1]
        for first, last in product(starts, ends):
            phrase = "".join(parts[first : last + 1])
            if last - first < LONGEST_RUN and len(phrase) in sizes and is_name(parts[first : last + 1]):
                yield phrase


def _weight(phrase: str, weights: Weights) -> float:
    return sum(weights.get("".join(pair), 0.0) for pair in set(pairwise(phrase)))
