"""Comparison against difflib, redlines and GovernDiff in one run: links, changes and time on the same sentences.

`python bench/compare_peers.py`. Every peer is given the easiest form of the task: both notices cut into sentences by
us, without headings and markers. Links are scored on the pair with hand-made records and on notices rewritten by the
tests' operators, which carry their own truth. A change counts as found where its quotation overlaps the record's and is
at most twice as long: to mark the whole sentence is not to find the change in it.
"""

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from functools import cache
from itertools import count
from typing import Any

from material import GOLDEN, PLAN
from timing import cpu, installed, missing, table

from operators import OPERATORS  # isort: skip (beside the tests, where `material` looks)
from rewriting import (  # isort: skip
    Draft,
    Item,
    Section,
    Sentence,
    compare_drafts,
    draft_of,
    f1,
    links,
    lowered,
    map_sentences,
    render,
)
from scoring import norm, overlap, rows  # isort: skip

from compare import compare, pair_within
from compare.align import align
from compare.changes import classify
from compare.localisation import Localiser, build_localiser
from compare.options import CompareOptions
from compare.passages import Passage, read_passages
from corpus import samples
from extract import extract_bytes
from extract.notice import Document, Notice
from extract.span import Span
from extract.words import forget, words

SEEDS = 10  # rewritten notices a count of operators
OPERATOR_COUNTS = (10, 30)
LARGE = 400  # sentences a side
ROUNDS = 6  # of all operators
LEAST_SHARE = 0.5  # of a marked quotation that must be the change
# GovernDiff's checks that name what one of our types names.
TYPES = {
    "threshold-changed": ("amount_changed", "target_changed"),
    "deadline-shortened": ("deadline_changed",),
    "deadline-extended": ("deadline_changed",),
    "effective-date-shifted": ("deadline_changed",),
    "modality-strengthened": ("obligation_strengthened",),
    "modality-weakened": ("obligation_weakened",),
    "authority-shifted": ("actor_changed",),
    "scope-expanded": ("scope_widened",),
    "scope-narrowed": ("scope_narrowed",),
    "exception-added": ("condition_added",),
    "exception-removed": ("condition_removed",),
    "restriction-added": ("condition_added",),
}

Link = tuple[int, int]  # positions of an upper and a lower sentence; -1: none


@dataclass(kw_only=True)
class Answer:
    """What a peer says of two lists of sentences. A change is its quotations and the types it may stand for."""

    links: set[Link] = field(default_factory=set)
    changes: dict[Link, list[tuple[str, str, tuple[str, ...]]]] = field(default_factory=dict)

    def add(self, i: int, j: int, *changes: tuple[str, str, tuple[str, ...]]) -> None:
        self.links.add((i, j))
        self.changes.setdefault((i, j), []).extend(changes)


Peer = Callable[[Sequence[str], Sequence[str]], Answer]


def difflib_peer(upper: Sequence[str], lower: Sequence[str]) -> Answer:
    """Sentences by one SequenceMatcher, characters of replaced ones by another."""
    return _by_opcodes(SequenceMatcher(None, upper, lower, autojunk=False).get_opcodes(), upper, lower, _characters)


def redlines_peer(upper: Sequence[str], lower: Sequence[str]) -> Answer:
    """Its tokens are what stands between white space: Chinese text is one token a line."""
    from redlines import Redlines

    made = Redlines("\n".join(upper), "\n".join(lower))
    # A line and its end are two tokens.
    codes = [(tag, (a + 1) // 2, (b + 1) // 2, (c + 1) // 2, (d + 1) // 2) for tag, a, b, c, d in made.opcodes]
    return _by_opcodes(codes, upper, lower, lambda a, b: [(a, b, ())])


def governdiff_peer(upper: Sequence[str], lower: Sequence[str]) -> Answer:
    """A paragraph a sentence; its word differences are the quotations, its findings the types."""
    import governdiff

    report = governdiff.analyze_texts("\n\n".join(upper), "\n\n".join(lower)).to_dict()
    answer = Answer()
    for change in report["changes"]:
        sides = [
            [block["ordinal"] for block in change[f"{side}_blocks"] or filter(None, [change[f"{side}_block"]])]
            for side in ("old", "new")
        ]
        types = tuple(name for found in change["findings"] for name in TYPES.get(found["check_id"], ()))
        marked = [
            (one["old_text"], one["new_text"], types)
            for one in change["word_diff"] or ()
            if one["operation"] != "equal"
        ]
        for i in sides[0] or [-1]:
            for j in sides[1] or [-1]:
                answer.add(i, j, *marked)
    return answer


def _by_opcodes(
    codes: Sequence[tuple[str, int, int, int, int]],
    upper: Sequence[str],
    lower: Sequence[str],
    inside: Callable[[str, str], list[tuple[str, str, tuple[str, ...]]]],
) -> Answer:
    """Replaced sentences are taken in order, the rest of a block stands alone."""
    answer = Answer()
    for tag, a, b, c, d in codes:
        for step in range(max(b - a, d - c)):
            i, j = (a + step if a + step < b else -1), (c + step if c + step < d else -1)
            if tag == "equal":
                answer.add(i, j)
            elif i >= 0 and j >= 0:
                answer.add(i, j, *inside(upper[i], lower[j]))
            else:
                answer.add(i, j, (upper[i] if i >= 0 else "", lower[j] if j >= 0 else "", ()))
    return answer


def _characters(upper: str, lower: str) -> list[tuple[str, str, tuple[str, ...]]]:
    codes = SequenceMatcher(None, upper, lower, autojunk=False).get_opcodes()
    return [(upper[a:b], lower[c:d], ()) for tag, a, b, c, d in codes if tag != "equal"]


PEERS: dict[str, Peer] = {"difflib": difflib_peer, "redlines": redlines_peer, "governdiff": governdiff_peer}


def peers() -> str:
    """Links, changes and time on the named pair; links on rewritten notices."""
    head = ["", "links, named pair", "changes found", "changes typed", "links, 10 rewritings", "30 rewritings", "time"]
    return table(head, [_ours(), *_theirs()])


def large() -> str:
    """CPU time on 400 against 400 sentences: alignment and typed changes."""
    above, below = _large_pair()
    upper, lower = ([passage.text for passage in side] for side in (above, below))
    figures = {"duizhao": cpu(_anew(lambda: _link_and_type(above, below)))}
    figures |= {name: cpu(lambda peer=peer: peer(upper, lower), 1) for name, peer in PEERS.items() if _is_there(name)}
    base = figures["duizhao"]
    return table(["", "CPU time", "times ours"], [[n, f"{t:.2f} s", f"{t / base:.1f}"] for n, t in figures.items()])


def beside_extraction() -> str:
    """CPU time of comparing, no word remembered from before, and of extracting both texts."""
    above, below = _large_pair()
    texts = [_as_notice(side) for side in (above, below)]
    took = cpu(_anew(lambda: _link_and_type(above, below)))
    rows = [*_whole_comparisons(), ["400 against 400, every ninth word left out", took, cpu(lambda: _extract(texts))]]
    head = ["pair", "comparing", "extracting both texts", "comparing / extracting"]
    return table(head, [[n, f"{c * 1000:.0f} ms", f"{e * 1000:.0f} ms", f"{c / e:.1f}"] for n, c, e in rows])


def _anew(function: Callable[[], object]) -> Callable[[], object]:
    """The same, with no word remembered from an earlier call."""

    def call() -> None:
        forget()
        function()

    return call


def _whole_comparisons() -> Iterator[list[Any]]:
    """Every step of `compare`: departments, headings and measures too."""
    document, (upper, lower) = _named_pair()
    source = document.source
    took = cpu(_anew(lambda: compare(upper, lower, upper_source=source, lower_source=source)))
    yield ["the named pair", took, cpu(lambda: extract_bytes(samples.read(PLAN), samples.file_name(PLAN)))]
    texts = [render(draft).encode() for draft in _rewritten_pair()]
    one, other = (extract_bytes(text, "notice.txt") for text in texts)
    notices = one.notices[0], other.notices[0]
    took = cpu(_anew(lambda: compare(*notices, upper_source=one.source, lower_source=other.source)))
    counts = [sum(not passage.frame for passage in read_passages(notice)) for notice in notices]
    yield [f"{counts[0]} against {counts[1]}, rewritten", took, cpu(lambda: _extract(texts))]


def _extract(texts: Sequence[bytes]) -> None:
    for text in texts:
        extract_bytes(text, "notice.txt")


def _as_notice(passages: Sequence[Passage]) -> bytes:
    """The sentences as numbered items of a notice."""
    items = tuple(
        Item(sentences=(Sentence(text=_ended(passage.text), sources=frozenset()),), heading="") for passage in passages
    )
    sections = tuple(Section(heading="有关事项", items=items[at : at + 40]) for at in range(0, len(items), 40))
    draft = Draft(issuer="山东省人民政府", number="鲁政字〔2021〕136号", sections=sections, style="{}. ")
    return render(draft).replace(". 。", ". ").encode()


def _ended(text: str) -> str:
    return text if text.endswith("。") else f"{text}。"


def _rewritten_pair() -> tuple[Draft, Draft]:
    """All bundled notices as one, and what all operators made of it, each several times."""
    notices = [
        notice
        for number in samples.NUMBERS
        for notice in extract_bytes(samples.read(number), samples.file_name(number)).notices
    ]
    sections = [section for notice in notices for section in draft_of(notice, "", "").sections]
    numbers = count()
    base = map_sentences(
        Draft(issuer="山东省人民政府", number="鲁政字〔2021〕136号", sections=tuple(sections)),
        lambda sentence: [replace(sentence, sources=frozenset({next(numbers)}))],
    )
    rng, draft = random.Random(5), lowered(base)
    for name in [*sorted(OPERATORS)] * ROUNDS:
        rewrite = OPERATORS[name](draft, rng)
        draft = rewrite.draft if rewrite else draft
    return base, draft


def _is_there(name: str) -> bool:
    return name == "difflib" or installed(name) is not None


def _ours() -> list[str]:
    document, (upper, lower) = _named_pair()
    sentences = _sentences(upper), _sentences(lower)
    answer = _answer_of(upper, lower, document)
    took = cpu(lambda: compare(upper, lower, upper_source=document.source, lower_source=document.source))
    scores = [_mean(f1(*compare_drafts(a, b)[1:]) for a, b in _drafts(count)) for count in OPERATOR_COUNTS]
    return ["duizhao", *_score(answer, *sentences), *(f"{score:.3f}" for score in scores), f"{took:.2f} s"]


def _theirs() -> Iterator[list[str]]:
    _, (upper, lower) = _named_pair()
    sides = _sentences(upper), _sentences(lower)
    texts = [[text for _, text in side] for side in sides]
    for name, peer in PEERS.items():
        if not _is_there(name):
            yield [name, *["not installed"] * 6]
            continue
        scores = [_mean(_draft_score(peer, a, b) for a, b in _drafts(count)) for count in OPERATOR_COUNTS]
        took = cpu(lambda peer=peer: peer(*texts))
        label = f"{name} {installed(name) or ''}".strip()
        yield [label, *_score(peer(*texts), *sides), *(f"{score:.3f}" for score in scores), f"{took:.2f} s"]


def _named_pair() -> tuple[Document, tuple[Notice, Notice]]:
    document = extract_bytes(samples.read(PLAN), samples.file_name(PLAN))
    pair = pair_within(document)
    assert pair is not None
    return document, pair


def _sentences(notice: Notice) -> list[tuple[tuple[str, int], str]]:
    return [((p.ref.clause, p.ref.sentence), p.text) for p in read_passages(notice) if not p.frame]


def _answer_of(upper: Notice, lower: Notice, document: Document) -> Answer:
    """Our comparison in the peers' form."""
    result = compare(upper, lower, upper_source=document.source, lower_source=document.source)
    places = [{key: at for at, (key, _) in enumerate(_sentences(notice))} for notice in (upper, lower)]
    answer = Answer()
    for unit in result.units:
        marked = [(c.upper_quote or "", c.lower_quote or "", (c.type.value,)) for c in unit.changes]
        for i in [places[0][ref.clause, ref.sentence] for ref in unit.upper] or [-1]:
            for j in [places[1][ref.clause, ref.sentence] for ref in unit.lower] or [-1]:
                answer.add(i, j, *marked)
    return answer


def _score(
    answer: Answer, upper: Sequence[tuple[tuple[str, int], str]], lower: Sequence[tuple[tuple[str, int], str]]
) -> list[str]:
    """F1 of links, and of the recorded changes how many were found and how many of those with their type."""
    above = {key: at for at, (key, _) in enumerate(upper)}
    below: dict[str, list[int]] = {}
    for at, ((clause, _), _) in enumerate(lower):
        below.setdefault(clause, []).append(at)
    gold: set[Link] = set()
    found = typed = total = 0
    for row in rows(GOLDEN / "alignment-136-jinan.jsonl"):
        ups = [above[part["clause"], number] for part in row["province"] for number in part["sentences"]] or [-1]
        lows = [at for clause in row["municipal"] for at in below.get(clause, ())] or [-1]
        gold |= {(i, j) for i in ups for j in lows}
        marked = [change for i in ups for j in lows for change in answer.changes.get((i, j), ())]
        for want in row["changes"]:
            if want.get("optional"):
                continue
            total += 1
            hits = [change for change in marked if _finds(change, want)]
            found += bool(hits)
            typed += any(want["type"] in types for _, _, types in hits)
    return [f"{f1(gold, answer.links):.3f}", f"{found}/{total}", f"{typed}/{total}"]


def _finds(change: tuple[str, str, tuple[str, ...]], want: dict[str, str]) -> bool:
    pairs = ((change[0], want["province_quote"]), (change[1], want["municipal_quote"]))
    return any(overlap(a, b) and len(norm(b)) >= LEAST_SHARE * len(norm(a)) for a, b in pairs)


def _drafts(count: int) -> Iterator[tuple[Draft, Draft]]:
    """The provincial notice and what `count` operators made of it, seeds fixed."""
    _, (upper, _) = _named_pair()
    base = draft_of(upper, "山东省人民政府", "鲁政字〔2021〕136号")
    for seed in range(SEEDS):
        rng, draft = random.Random(1000 * count + seed), lowered(base)
        for name in rng.sample(sorted(OPERATORS), count):
            rewrite = OPERATORS[name](draft, rng)
            draft = rewrite.draft if rewrite else draft
        yield base, draft


def _draft_score(peer: Peer, upper: Draft, lower: Draft) -> float:
    answer = peer([s.text for s in upper.sentences], [s.text for s in lower.sentences])
    return f1(set(links(upper, lower)), answer.links)


def _mean(values: Iterator[float]) -> float:
    found = list(values)
    return sum(found) / len(found)


def _large_pair() -> tuple[list[Passage], list[Passage]]:
    """400 different sentences and each of them with every ninth word gone, a tenth of them at another place."""
    sentences = [
        passage
        for number in samples.NUMBERS
        for notice in extract_bytes(samples.read(number), samples.file_name(number)).notices
        for passage in read_passages(notice)
        if not passage.frame
    ]
    rng = random.Random(7)
    joints = [rng.sample(range(len(sentences)), 2) for _ in range(LARGE)]
    upper = [_written(sentences[a], sentences[a].text + sentences[b].text, at) for at, (a, b) in enumerate(joints)]
    lower = [_written(passage, _thinned(passage.text), at) for at, passage in enumerate(upper)]
    for _ in range(LARGE // 20):
        i, j = rng.randrange(LARGE), rng.randrange(LARGE)
        lower[i], lower[j] = lower[j], lower[i]
    return upper, lower


def _written(passage: Passage, text: str, order: int) -> Passage:
    """The passage with another text and without the mentions of its old one."""
    ref = replace(passage.ref, span=Span(0, len(text)), quote=text)
    return replace(passage, ref=ref, order=order, amounts=(), dates=(), citations=(), directives=(), actors=())


def _thinned(text: str) -> str:
    return "".join(word for at, word in enumerate(words(text), 1) if at % 9)


@cache
def _localiser() -> Localiser:
    return build_localiser(*_named_pair()[1])


def _link_and_type(upper: Sequence[Passage], lower: Sequence[Passage]) -> int:
    found = align(upper, lower, _localiser(), CompareOptions())
    return sum(len(classify([upper[i] for i in x.upper], [lower[j] for j in x.lower], _localiser())[1]) for x in found)


def main() -> None:
    for name in PEERS:
        if not _is_there(name):
            print(missing(name))
    print(peers())
    print(large())
    print(beside_extraction())


if __name__ == "__main__":
    main()
