"""Where a text has force words: verbs and auxiliaries, not nouns (社会组织) or parts of names (引导基金)."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from compare import lexicon
from compare.changes.difference import Difference
from compare.changes.joined import Joined
from compare.changes.pair import tokens_within
from compare.changes.scope import is_filler
from extract.mentions.directives import FORCE_WORD
from extract.mentions.scan import find_all, first_of
from extract.span import Span

PROHIBIT, SOFTEN, RELEASE = "prohibit", "soften", "release"
SHALL, ENSURE, MAY = 60, 55, 20
EFFORT = range(40, 56)  # how firmly a result is promised, from 力争 and 原则上 to 确保
LONGEST_GOVERNED = 60  # characters
LONGEST_SENTENCE = 200
LEAST_GOVERNED = 4  # characters that say what a word governs; where its segment has fewer, the next one is taken too
QUOTES = "“《‘"
COUPLING = "和与并、及"
STOP = re.compile(r"[。；]")
ATTRIBUTED = ("可", "可以")
OPENING = tuple("，。；：、年月日前内起")  # what stands before the head of a clause, or ends its date
THEN = ("即", "方", "才")  # 无需申请即可享受: what follows, not what is allowed


@dataclass(frozen=True, slots=True, kw_only=True)
class Force:
    """A word that sets the force of what it governs, in offsets of the joined text."""

    word: str
    span: Span
    rank: int
    kind: str = ""
    governed: str
    object_length: int  # characters of the segment behind the word
    sentence: str  # from the word to the stop
    leads: bool  # opens the difference in which it stands
    difference: Difference = field(repr=False)

    @property
    def prohibits(self) -> bool:
        return self.kind == PROHIBIT

    @property
    def softens(self) -> bool:
        return self.kind == SOFTEN


def force_words(joined: Joined, tokens: Sequence[Span], found: Iterable[Difference], *, upper: bool) -> list[Force]:
    """Those within the differences of one side, plain verbs left out."""
    sides = ((difference, difference.upper if upper else difference.lower) for difference in found)
    return [
        force
        for difference, span in sides
        if span.start < span.end
        for force in _within(joined, tokens, difference, span)
    ]


def _within(joined: Joined, tokens: Sequence[Span], difference: Difference, span: Span) -> Iterator[Force]:
    matches = list(find_all(_telling(), _first(), joined.text, *span))
    starts = {at for token in tokens_within(tokens, span) for at in _openings(joined, token)} if matches else set()
    for match in matches:
        rank, kind = _entries()[match.group()]
        at = Span(*match.span())
        if at.start in starts and _acts(joined, at) and not _repeats(joined, at):
            if match.group() == "一律" and joined.text.startswith("不", at.end):
                kind, at = PROHIBIT, Span(at.start, at.end + 1)
            yield Force(
                word=joined.quote(at),
                span=at,
                rank=rank,
                kind=kind,
                governed=_governed(joined, at, rank),
                object_length=joined.segment_at(at.start).end - (at.start if rank in EFFORT else at.end),
                sentence=STOP.split(joined.text[at.end : at.end + LONGEST_SENTENCE], maxsplit=1)[0],
                leads=is_filler(joined.text[span.start : at.start]),
                difference=difference,
            )


def _openings(joined: Joined, token: Span) -> tuple[int, ...]:
    """Where a force word may begin in a token: jieba takes 积极 with 支持."""
    text = joined.quote(token)
    if text[0] in QUOTES:
        return ()
    return (token.start, *(token.start + at for at in (1, 2, 3) if at < len(text) and is_filler(text[:at])))


def _repeats(joined: Joined, span: Span) -> bool:
    """一律 before a prohibition adds nothing to it: 一律不得."""
    forbidding = tuple(word for word, (rank, kind) in _entries().items() if kind == PROHIBIT and rank > plain_rank())
    return joined.quote(span) == "一律" and joined.text.startswith(forbidding, span.end)


def _acts(joined: Joined, span: Span) -> bool:
    """Whether a word is a verb or auxiliary where it stands."""
    word, speech = joined.quote(span), lexicon.load("force")["speech"]
    after = joined.text[span.end :]
    if word in speech["auxiliaries"] or word in speech["forbidding"]:
        return _is_read(joined.text, span, after)
    if word == "一般":
        return after.startswith(tuple(speech["rule_before"]))
    if word in speech["with_verb"]:
        return _verbs().match(after) is not None
    return word not in speech["nouns"] or _is_verb(joined, span, after)


def _is_read(text: str, span: Span, after: str) -> bool:
    """Whether the reading of the notice takes a word for a directive here; a bound is none."""
    speech = lexicon.load("force")["speech"]
    if text[span.start : span.end] in speech["always"]:
        return True
    if text[span.start : span.end] in speech["forbidding"] and after.startswith(tuple(speech["bounds"])):
        return False
    if text[span.start : span.end] in ATTRIBUTED and _is_attribute(text, span):
        return False
    return FORCE_WORD.match(text, span.start) is not None and not text[: span.start].endswith(THEN)


def _is_attribute(text: str, span: Span) -> bool:
    """Whether 可 only tells of what kind something is: [可]在村办理的事项达到40项, 公布[可]容缺受理的事项."""
    match = _attribute().match(text, span.end)
    if match is None:
        return False
    before = text[: span.start]
    opens = not before or before.endswith(OPENING)
    return text[match.end() : match.end() + 1].isalnum() if opens else before.endswith(_listing())


def _is_verb(joined: Joined, span: Span, after: str) -> bool:
    """Of words that are nouns elsewhere: 资金支持, 引导基金, 社会参与."""
    speech, segment = lexicon.load("force")["speech"], joined.segment_at(span.start)
    before = joined.text[segment.start : span.start]
    if joined.quote(span) in speech["helping"] and not _helps(before):
        return False
    if joined.quote(span) in speech["purposes"] and _spending().search(before):
        return False
    ends = span.end >= segment.end or (not after[0].isalnum() and after[0] not in QUOTES)
    return not (ends or after.startswith(tuple(speech["noun_before"])) or before.endswith(tuple(speech["noun_after"])))


def _helps(before: str) -> bool:
    """Whether a body is told to help, by what stands before the word: 部门要[配合], but 社会资本[参与]."""
    return is_filler(before) or before.endswith(tuple(lexicon.load("force")["speech"]["bearers"]))


def _governed(joined: Joined, span: Span, rank: int) -> str:
    """What stands behind a word: the rest of its segment, with the next one where that is short.

    Of a softener or a word of effort all that its segment says: 检查[原则上]不超过2次, 比例[确保]达到90%.
    """
    segment = joined.segment_at(span.start)
    words = joined.text[span.end : min(segment.end, span.end + LONGEST_GOVERNED)]
    if rank in EFFORT:
        return joined.text[max(segment.start, span.start - LONGEST_GOVERNED) : span.start] + words
    if len(words) < LEAST_GOVERNED and segment.end + 1 < len(joined.text):
        words += joined.quote(joined.segment_at(segment.end + 1))
    return words


def secures(words: str) -> bool:
    """Whether plain verbs promise a result as 确保 does: 切实保障."""
    return words.endswith(tuple(lexicon.load("force")["answers"]["securing"]))


def plain_verbs(joined: Joined, span: Span) -> Span | None:
    """The plain verbs that open a range: 建立健全."""
    match = _plain().match(joined.quote(span))
    return Span(span.start + match.start("verbs"), span.start + match.end()) if match else None


def run_of_verbs(joined: Joined, force: Span, span: Span) -> Span:
    """A force word with the plain verbs right behind it, up to the end of a range: 探索建立."""
    match = _verbs().match(joined.text, force.end, span.end)
    return Span(force.start, match.end()) if match else force


def says(text: str, force: Force) -> bool:
    """Whether a text has the same word in whatever sense, or another verb of the rung."""
    answers, nouns = lexicon.load("force")["answers"], lexicon.load("force")["speech"]["nouns"]
    for word in answers["innocent"]:
        text = text.replace(word, "，")
    rung = (word for word, entry in _entries().items() if entry == (force.rank, force.kind))
    return any(word in text and (word == force.word or word not in nouns) for word in rung)


def coupled(joined: Joined, force: Force) -> bool:
    """Whether a word of the same rung stands beside it: 鼓励和支持."""
    rung = tuple(word for word, entry in _entries().items() if entry == (force.rank, force.kind))
    after = joined.text[force.span.end :].lstrip(COUPLING)
    before = joined.text[: force.span.start].rstrip(COUPLING)
    return after.startswith(rung) or before.endswith(rung)


def claims_right(force: Force) -> bool:
    """可以享受补贴: a right of those it is given to, with 可以 or without."""
    return force.rank == MAY and not force.kind and force.governed.startswith(tuple(_rights()))


@cache
def _rights() -> list[str]:
    rights: list[str] = lexicon.load("force")["answers"]["rights"]
    return rights


def forbids(text: str) -> bool:
    """Whether a text keeps something from happening, in whatever words."""
    words = lexicon.load("force")["answers"]["prohibiting"]
    prohibitions = (word for word, (rank, kind) in _entries().items() if kind == PROHIBIT)
    return any(word in text for word in (*words, *prohibitions))


@cache
def _attribute() -> re.Pattern[str]:
    """What can be done with the things named after 的; 按……的标准 and 对……的企业 belong to the verb behind."""
    nouns = _choices(lexicon.load("force")["attribute"]["nouns"])
    return re.compile(rf"(?![按对将给以向由为])[^，。；：、\d]{{1,10}}的(?:{nouns})")


@cache
def _listing() -> tuple[str, ...]:
    return tuple(lexicon.load("force")["attribute"]["before"])


@cache
def _spending() -> re.Pattern[str]:
    return re.compile(rf"(?:{lexicon.load('force')['speech']['spending']}|用于|用以)$")


@cache
def plain_rank() -> int:
    return int(lexicon.load("force")["plain"])


@cache
def _entries() -> dict[str, tuple[int, str]]:
    """Rank and kind of each telling word."""
    return {
        word: (entry["rank"], entry.get("kind", ""))
        for entry in lexicon.load("force")["word"]
        for word in entry["words"]
        if entry["rank"] != plain_rank()
    }


@cache
def _telling() -> re.Pattern[str]:
    return re.compile(_choices(_entries()))


@cache
def _first() -> re.Pattern[str]:
    return first_of(_entries())


@cache
def _verbs() -> re.Pattern[str]:
    plain = (entry for entry in lexicon.load("force")["word"] if entry["rank"] == plain_rank())
    words = [word for entry in plain for word in entry["words"]]
    nouns = _choices(lexicon.load("force")["speech"]["noun_before"])
    return re.compile(f"(?:(?:{_choices(words)})(?!{nouns}))+")


@cache
def _plain() -> re.Pattern[str]:
    """Plain verbs behind an adverb or nothing."""
    fillers = _choices(word for word in lexicon.load("scope")["fillers"] if len(word) > 1)
    return re.compile(f"(?:{fillers})?(?P<verbs>{_verbs().pattern})")


def _choices(words: Iterable[str]) -> str:
    return "|".join(sorted(words, key=lambda word: (-len(word), word)))
