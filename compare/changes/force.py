"""obligation_*: how strongly the sentence binds, by one ladder of words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import zip_longest

from compare import lexicon
from compare.changes.difference import Difference
from compare.changes.joined import Joined
from compare.changes.pair import Finding, Pair, share, tokens_within
from compare.changes.phrases import WHOLE, whole_segment
from compare.changes.saying import quoted, turned
from compare.changes.scope import is_filler
from compare.comparison import ChangeType, Direction
from extract.span import Span

SHALL = 60
FEW = 2
FEW_WORDS = 8
LONGEST_OPENING = 12  # characters of a difference in which its force word must stand


@dataclass(frozen=True, slots=True, kw_only=True)
class Force:
    """The words of one side that set its force."""

    span: Span
    rank: int


def find_force(pair: Pair, found: tuple[Difference, ...]) -> Iterator[Finding]:
    gone: list[Force] = []
    come: list[Force] = []
    for difference in found:
        if turned_over := _negated(pair, difference):
            yield turned_over
            continue
        upper = _force(pair.upper, pair.upper_tokens, difference.upper)
        lower = _force(pair.lower, pair.lower_tokens, difference.lower)
        if _is_content(pair, difference):
            continue
        if upper and lower:
            yield from _verdict(pair, *_rounded(difference, upper, lower))
        elif upper and _alone(pair.upper, difference.upper, upper):
            gone.append(upper)
        elif lower and _alone(pair.lower, difference.lower, lower):
            come.append(lower)
    for upper, lower in zip_longest(gone, come):  # 应当 taken out behind a subject, 鼓励 put in before it
        yield from _verdict(pair, upper, lower)


def _negated(pair: Pair, difference: Difference) -> Finding | None:
    """不 put in or taken out: what was allowed is forbidden, what was ordered is taken back, or the reverse."""
    added = difference.upper.start == difference.upper.end
    joined, span = (pair.lower, difference.lower) if added else (pair.upper, difference.upper)
    words, negation = joined.quote(span), lexicon.load("force")["negation"]
    after = joined.text[span.end :]
    if not difference.one_sided or words not in negation["words"] or after.startswith(tuple(negation["not_before"])):
        return None
    stronger = added is after.startswith(tuple(negation["permissions"]))
    return Finding(
        type=ChangeType.OBLIGATION_STRENGTHENED if stronger else ChangeType.OBLIGATION_WEAKENED,
        upper=None if added else span,
        lower=span if added else None,
        direction=Direction.TIGHTENED if stronger else Direction.RELAXED,
        detail=f"意思相反：{'增加' if added else '删去'}{quoted(words)}，原话是{quoted(_phrase(joined, span))}。",
    )


def _phrase(joined: Joined, span: Span) -> str:
    segment = joined.segment_at(span.start)
    return joined.text[span.start : min(segment.end, span.end + FEW_WORDS)]


def _alone(joined: Joined, span: Span, force: Force) -> bool:
    """Whether a range is a force word and nothing else of weight; in a longer one it is part of what came or went."""
    return is_filler(joined.quote(span).replace(joined.quote(force.span), "", 1))


def _rounded(difference: Difference, upper: Force, lower: Force) -> tuple[Force, Force]:
    """With the few characters beside the force words that were replaced with them: 严禁 -> 不鼓励."""
    rest = sum(
        span.end - span.start - (force.span.end - force.span.start)
        for span, force in ((difference.upper, upper), (difference.lower, lower))
    )
    if rest > FEW:
        return upper, lower
    return replace(upper, span=difference.upper), replace(lower, span=difference.lower)


def _verdict(pair: Pair, upper: Force | None, lower: Force | None) -> Iterator[Finding]:
    direction = _direction(upper, lower)
    if direction:
        yield _finding(pair, upper, lower, direction)
    elif upper is None or lower is None:
        yield Finding(
            type=ChangeType.WORDING,
            upper=upper.span if upper else None,
            lower=lower.span if lower else None,
            detail="要求的力度不变，只是写明或省去“要”“应”等词。",
        )


def _force(joined: Joined, tokens: Sequence[Span], span: Span) -> Force | None:
    """Force words near the beginning of a range; the weakest but plain verbs counts, a prohibition before all."""
    words = [
        (rank, token)
        for token in tokens_within(tokens, span)
        if token.start - span.start < LONGEST_OPENING and (rank := _rank(joined.quote(token)))
    ]
    if not words:
        return None
    words = _run(words)
    telling = [rank for rank, _ in words if rank != plain_rank()]
    rank = max(telling) if telling and max(telling) > SHALL else min(telling, default=plain_rank())
    return Force(span=Span(words[0][1].start, words[-1][1].end), rank=rank)


def _run(words: list[tuple[int, Span]]) -> list[tuple[int, Span]]:
    """The words that stand together from the first on: 配合做好."""
    run = words[:1]
    for rank, token in words[1:]:
        if token.start != run[-1][1].end:
            break
        run.append((rank, token))
    return run


def _is_content(pair: Pair, difference: Difference) -> bool:
    """A whole segment that came or went is content, whatever force it has."""
    for joined, span, changed in (
        (pair.upper, difference.upper, pair.upper_changed),
        (pair.lower, difference.lower, pair.lower_changed),
    ):
        if difference.one_sided and span.start < span.end:
            segment = joined.segment_at(span.start)
            if share(segment, changed, joined.text) >= WHOLE:
                return True
    return False


def _direction(upper: Force | None, lower: Force | None) -> Direction | None:
    """A bare verb binds as 要 does, so that 要 alone changes nothing; 确保 and 必须 add to it, 可 takes away."""
    before = upper.rank if upper else plain_rank()
    after = lower.rank if lower else plain_rank()
    if before == after or {before, after} == {plain_rank(), SHALL}:
        return None
    return Direction.TIGHTENED if after > before else Direction.RELAXED


def _finding(pair: Pair, upper: Force | None, lower: Force | None, direction: Direction) -> Finding:
    up, low = upper.span if upper else None, lower.span if lower else None
    if up and low:
        up, low = _framed(pair, up, low)
    stronger = direction is Direction.TIGHTENED
    words = turned(pair.upper.quote(up) if up else None, pair.lower.quote(low) if low else None)
    return Finding(
        type=ChangeType.OBLIGATION_STRENGTHENED if stronger else ChangeType.OBLIGATION_WEAKENED,
        upper=up,
        lower=low,
        direction=direction,
        nested=bool(upper and lower) and _in_rewritten(pair, upper, lower),
        detail=f"要求{'加强' if stronger else '减弱'}：{words}。",
    )


def _in_rewritten(pair: Pair, upper: Force | None, lower: Force | None) -> bool:
    """Whether both words open segments of which nothing else is left."""
    return all(
        force is not None and whole_segment(joined, force.span, changed) and len(joined.quote(force.span)) < FEW_WORDS
        for force, joined, changed in (
            (upper, pair.upper, pair.upper_changed),
            (lower, pair.lower, pair.lower_changed),
        )
    )


def _framed(pair: Pair, upper: Span, lower: Span) -> tuple[Span, Span]:
    """With the noun that closes the phrase of a light verb: 配合做好……工作, so that 工作 is no change of its own."""
    frame = lexicon.load("force")["frame"]
    spans = []
    for joined, span, changed in ((pair.upper, upper, pair.upper_changed), (pair.lower, lower, pair.lower_changed)):
        segment = joined.segment_at(span.start)
        noun = next((noun for noun in frame["nouns"] if joined.quote(segment).endswith(noun)), None)
        light = any(joined.quote(span).endswith(verb) for verb in frame["verbs"])
        closes = noun and light and share(Span(segment.end - len(noun), segment.end), changed, joined.text) == 1
        spans.append((Span(span.start, segment.end), True) if closes else (span, False))
    if not any(closes for _, closes in spans):
        return upper, lower
    whole = [
        Span(span.start, joined.segment_at(span.start).end)
        for joined, (span, _) in zip((pair.upper, pair.lower), spans, strict=True)
    ]
    return whole[0], whole[1]


@cache
def _rank(word: str) -> int | None:
    """Of a force word, also behind an adverb that jieba takes with it: 积极支持."""
    ranks = _ranks()
    return ranks.get(word) or next(
        (ranks[word[at:]] for at in (2, 3) if word[at:] in ranks and is_filler(word[:at])), None
    )


@cache
def _ranks() -> dict[str, int]:
    return {word: entry["rank"] for entry in lexicon.load("force")["word"] for word in entry["words"]}


@cache
def plain_rank() -> int:
    return int(lexicon.load("force")["plain"])
