"""obligation_*: how strongly a unit binds, by one ladder of words.

The force words of both sides are compared as sets first: a directive that only moved inside its sentence is no
change, and a prohibition in other words is the same prohibition. What is left is a change only where what the word
governs stands on both sides.
"""

from collections.abc import Iterator, Sequence

from compare import lexicon
from compare.changes.contrary import told_contrary
from compare.changes.difference import Difference
from compare.changes.force_pairs import cancel, counterparts, merged
from compare.changes.force_words import (
    ENSURE,
    MAY,
    RELEASE,
    SHALL,
    SOFTEN,
    Force,
    claims_right,
    coupled,
    forbids,
    force_words,
    plain_rank,
    plain_verbs,
    run_of_verbs,
    says,
    secures,
)
from compare.changes.joined import Joined
from compare.changes.leave import asks_leave
from compare.changes.likeness import held
from compare.changes.negation import find_negation
from compare.changes.pair import Finding, Pair, share
from compare.changes.phrases import whole_segment
from compare.changes.saying import quoted, turned
from compare.changes.scope import is_filler
from compare.comparison import ChangeType, Direction
from extract.span import Span

LONGEST_REST = 8  # characters of a rewritten segment's opening that are quoted with it
STANDS = 0.4  # share of what a word governs that must stand on the other side
STANDS_FORBIDDEN = 0.8  # of a prohibition: 不得拖欠账款 and 按期支付账款 are one demand
LEAST_MATTER = 2  # characters of what is forbidden
LEAST_OBJECT = 4  # characters
OTHER_WORDS = "要求的力度不变，只是写明或省去“要”“应”“可以”等词。"
TWICE = "要求的力度不变，只是多写或少写一个同义词。"


def find_force(pair: Pair, found: tuple[Difference, ...]) -> Iterator[Finding]:
    contrary = told_contrary(pair) if found else None
    left: list[Difference] = []
    for difference in found:
        if contrary and contrary.holds(difference):
            continue
        turned_over = find_negation(pair, difference)
        if turned_over:
            yield turned_over
        else:
            left.append(difference)
    above = merged(force_words(pair.upper, pair.upper_tokens, left, upper=True))
    below = merged(force_words(pair.lower, pair.lower_tokens, left, upper=False))
    if not above and not below:
        return
    for upper, lower in counterparts(above, below):
        above.remove(upper)
        below.remove(lower)
        yield from _changed(pair, upper, lower)
    cancel(above, below)
    yield from _left_over(pair, above, below)


def _changed(pair: Pair, upper: Force, lower: Force) -> Iterator[Finding]:
    """Two words that govern the same."""
    if RELEASE in (upper.kind, lower.kind):
        if min(upper.rank, lower.rank) < SHALL <= max(upper.rank, lower.rank) and _same_verb(upper, lower):
            yield _opposite(upper, lower)
    elif upper.prohibits != lower.prohibits and min(upper.rank, lower.rank) >= SHALL:
        if _same_verb(upper, lower) or _is_lifted(upper, lower) or _is_lifted(lower, upper):
            yield _opposite(upper, lower)
        else:
            yield _turned_positive(upper, lower)
    elif upper.rank != lower.rank and _are_free(upper, lower):
        if upper.leads and lower.leads:
            yield _both_free(upper, lower)
    elif upper.rank != lower.rank:
        yield _finding(pair, upper, lower)
    elif upper.prohibits and upper.word != lower.word and upper.leads and lower.leads:
        yield _other_prohibition(upper, lower)


def _same_verb(upper: Force, lower: Force) -> bool:
    return upper.governed[:2] == lower.governed[:2]


def _is_lifted(ban: Force, duty: Force) -> bool:
    """不得进入 -> 应在监护人陪同下进入: what was forbidden may now be done in some way."""
    if not ban.prohibits or duty.prohibits:
        return False
    matter = "".join(filter(str.isalnum, ban.governed))
    return len(matter) >= LEAST_MATTER and duty.governed.endswith(matter) and not forbids(duty.governed)


def _opposite(upper: Force, lower: Force) -> Finding:
    """应当收取 -> 不得收取, 无需收取."""
    kind, direction = _kinds(stronger=lower.prohibits or upper.kind == RELEASE)
    return Finding(
        type=kind,
        upper=upper.span,
        lower=lower.span,
        direction=direction,
        detail=f"意思相反：由{quoted(upper.word + upper.governed[:4])}改为{quoted(lower.word + lower.governed[:4])}。",
    )


def _same_force(upper: Force, lower: Force, what: str, verdict: str) -> Finding:
    words = turned(upper.word, lower.word)
    return Finding(type=ChangeType.WORDING, upper=upper.span, lower=lower.span, detail=f"{what}：{words}，{verdict}")


def _other_prohibition(upper: Force, lower: Force) -> Finding:
    """不得 -> 严禁."""
    return _same_force(upper, lower, "禁止的说法不同", "力度相当。")


def _turned_positive(upper: Force, lower: Force) -> Finding:
    """不得拖欠 -> 应当按期支付: of equal force; which asks for more no word says."""
    return _same_force(upper, lower, "禁止与要求互换", "力度相当，要求的内容请对照原文。")


def _are_free(upper: Force, lower: Force) -> bool:
    return max(upper.rank, lower.rank) <= MAY and not (upper.kind or lower.kind)


def _both_free(upper: Force, lower: Force) -> Finding:
    """鼓励 -> 可以: neither asks anything, and readers disagree on which of the two says more."""
    return _same_force(upper, lower, "鼓励、支持与允许的说法互换", "都不是硬性要求。")


def _left_over(pair: Pair, above: Sequence[Force], below: Sequence[Force]) -> Iterator[Finding]:
    """Words without a counterpart. One on each side are one change; of more nobody can say which answers which."""
    gone = [force for force in above if _tells(pair, force, removed=True)]
    come = [force for force in below if _tells(pair, force, removed=False)]
    if len(gone) == len(come) == 1:
        yield from _changed(pair, gone[0], come[0])
    for force in above:
        if force not in gone or not come:
            yield from _single(pair, force, removed=True)
    for force in below:
        if force not in come or not gone:
            yield from _single(pair, force, removed=False)


def _tells(pair: Pair, force: Force, *, removed: bool) -> bool:
    """Whether a word sets the force of something that stands on both sides."""
    other = pair.lower if removed else pair.upper
    stands = max(held(force.governed, other.text), held(force.sentence, other.text)) >= STANDS
    return force.rank != SHALL and force.kind not in (SOFTEN, RELEASE) and (force.prohibits or stands)


def _single(pair: Pair, force: Force, *, removed: bool) -> Iterator[Finding]:
    """A word that came or went, what it governs having stayed."""
    joined, other = (pair.upper, pair.lower) if removed else (pair.lower, pair.upper)
    here, there = force.difference.upper, force.difference.lower
    if not removed:
        here, there = there, here
    alone = force.difference.one_sided and is_filler(joined.quote(here).replace(force.word, "", 1))
    alone = alone and (force.object_length >= LEAST_OBJECT or _rest(joined, here.end) == _rest(other, there.end))
    if force.rank == SHALL or coupled(joined, force) or claims_right(force):
        if alone:
            yield _other_words(force, removed=removed)
    elif not removed and _beside_ban(pair, force):
        yield _duty(force)
    elif (
        force.kind != RELEASE
        and not _answered(pair, force, removed=removed)
        and (alone or _stayed(pair, force, removed=removed))
    ):
        verbs = plain_verbs(other, there) if force.leads else None
        if not (verbs and force.rank == ENSURE and secures(other.quote(verbs))):
            yield _lone_finding(pair, force, verbs, removed=removed)


def _rest(joined: Joined, at: int) -> str:
    return joined.text[at : joined.segment_at(at).end]


def _answered(pair: Pair, force: Force, *, removed: bool) -> bool:
    """Whether what is new on the other side may say the same: a word of the rung in whatever sense, or a 不."""
    if force.prohibits and asks_leave(pair, removed=removed):
        return True
    new = pair.differing[1 if removed else 0]
    replaced = not force.difference.one_sided and force.word in lexicon.load("force")["answers"]["guiding"]
    return says(new, force) or (force.prohibits and forbids(new)) or replaced


def _duty(force: Force) -> Finding:
    detail = f"新增要求{quoted(force.word)}，原有的禁止未变。"
    return Finding(type=ChangeType.CONTENT_ADDED, upper=None, lower=force.span, detail=detail)


def _beside_ban(pair: Pair, force: Force) -> bool:
    """配合安装 put beside 不得阻挠安装, which forbids as before: a duty more, and no ban that became less."""
    if force.prohibits or force.softens or not (forbids(pair.upper.text) and forbids(pair.lower.text)):
        return False
    bans = (text for segment in pair.upper.segments if forbids(text := pair.upper.quote(segment)))
    return any(held(force.governed, text) >= STANDS_FORBIDDEN for text in bans)


def _stayed(pair: Pair, force: Force, *, removed: bool) -> bool:
    """Whether what a word governs stands on the other side."""
    other = pair.lower if removed else pair.upper
    least = STANDS_FORBIDDEN if force.prohibits else STANDS
    return force.object_length >= LEAST_OBJECT and held(force.governed, other.text) >= least


def _other_words(force: Force, *, removed: bool) -> Finding:
    return Finding(
        type=ChangeType.WORDING,
        upper=force.span if removed else None,
        lower=None if removed else force.span,
        detail=OTHER_WORDS if force.rank in (SHALL, MAY) else TWICE,
    )


def _lone_finding(pair: Pair, force: Force, verbs: Span | None, *, removed: bool) -> Finding:
    """The word against the plain verb in its place, or against nothing."""
    span = force.span
    if verbs:
        joined = pair.upper if removed else pair.lower
        span = run_of_verbs(joined, span, force.difference.upper if removed else force.difference.lower)
    else:
        span = _with_bearer(pair, force, removed=removed)
    up, low = (span, verbs) if removed else (verbs, span)
    stronger = (force.rank < plain_rank()) is removed
    return _worded(pair, up, low, stronger=stronger, nested=not force.leads)


def _with_bearer(pair: Pair, force: Force, *, removed: bool) -> Span:
    """支持各市: those who were supported went with the word."""
    joined, whole = (pair.upper, force.difference.upper) if removed else (pair.lower, force.difference.lower)
    rest = Span(force.span.end, whole.end)
    return Span(force.span.start, whole.end) if joined.quote(rest) in lexicon.load("actors")["whole"] else force.span


def _finding(pair: Pair, upper: Force, lower: Force) -> Finding:
    up = run_of_verbs(pair.upper, upper.span, upper.difference.upper)
    low = run_of_verbs(pair.lower, lower.span, lower.difference.lower)
    nested = not (upper.leads and lower.leads) or _in_rewritten(pair, up, low)
    return _worded(pair, up, low, stronger=lower.rank > upper.rank, nested=nested)


def _worded(pair: Pair, up: Span | None, low: Span | None, *, stronger: bool, nested: bool) -> Finding:
    if up and low:
        up, low = _framed(pair, up, low)
    words = turned(pair.upper.quote(up) if up else None, pair.lower.quote(low) if low else None)
    kind, direction = _kinds(stronger=stronger)
    detail = f"要求{'加强' if stronger else '减弱'}：{words}。"
    return Finding(type=kind, upper=up, lower=low, direction=direction, nested=nested, detail=detail)


def _kinds(*, stronger: bool) -> tuple[ChangeType, Direction]:
    if stronger:
        return ChangeType.OBLIGATION_STRENGTHENED, Direction.TIGHTENED
    return ChangeType.OBLIGATION_WEAKENED, Direction.RELAXED


def _in_rewritten(pair: Pair, upper: Span, lower: Span) -> bool:
    """Whether both words open segments of which nothing else is left."""
    return all(
        whole_segment(joined, span, changed) and span.end - span.start < LONGEST_REST
        for joined, span, changed in ((pair.upper, upper, pair.upper_changed), (pair.lower, lower, pair.lower_changed))
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
