"""Notices taken apart, rewritten and put together again, with the true alignment kept along the way.

A `Draft` is a notice as sections of items of sentences. Every sentence knows which sentences of the first draft it
holds; a rewritten draft therefore carries its own gold alignment. `render` prints a draft as a notice that the real
parser reads.
"""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import count

from drafting import NUMERALS

from compare import Comparison, compare
from compare.passages import read_passages
from extract.notice import Document, Notice
from extract.reading import extract_bytes


@dataclass(frozen=True, kw_only=True)
class Sentence:
    text: str
    sources: frozenset[int]  # numbers of the first draft's sentences; empty for a new one


@dataclass(frozen=True, kw_only=True)
class Item:
    sentences: tuple[Sentence, ...]
    heading: str = "有关事项"
    departments: str = ""  # the responsibility parenthesis


@dataclass(frozen=True, kw_only=True)
class Section:
    heading: str
    items: tuple[Item, ...]


@dataclass(frozen=True, kw_only=True)
class Draft:
    issuer: str
    number: str
    sections: tuple[Section, ...]
    style: str = "（{}）"  # of the items' numbers

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        return tuple(s for section in self.sections for item in section.items for s in item.sentences)


@dataclass(frozen=True, kw_only=True)
class Rewrite:
    """A draft after an operator; `types` are the names that are right for the change, `sources` where it is."""

    draft: Draft
    types: frozenset[str] = frozenset()
    sources: frozenset[int] = frozenset()


Operator = Callable[[Draft, random.Random], Rewrite | None]


def draft_of(notice: Notice, issuer: str, number: str) -> Draft:
    """A parsed notice as sections; sentences under no numbered clause are left out."""
    numbers = count()
    sections: dict[str, list[Item]] = {}
    headings: dict[str, str] = {}
    by_id = {clause.id: clause for clause in notice.clauses}
    grouped: dict[str, list[Sentence]] = {}
    for passage in read_passages(notice):
        if by_id[passage.ref.clause].level and by_id[passage.ref.clause].text:
            sentence = Sentence(text=_whole(passage.text), sources=frozenset({next(numbers)}))
            grouped.setdefault(passage.ref.clause, []).append(sentence)
            headings[passage.section] = by_id[passage.section].heading or "有关事项"
    for name, sentences in grouped.items():
        clause = by_id[name]
        paren = next((r.quote for r in clause.responsibilities if r.source == "parenthesis"), "")
        top = next(p.section for p in read_passages(notice) if p.ref.clause == name)
        heading = clause.heading if clause.heading and clause.level > 1 else "有关事项"
        sections.setdefault(top, []).append(Item(sentences=tuple(sentences), heading=heading, departments=paren))
    return Draft(
        issuer=issuer,
        number=number,
        sections=tuple(Section(heading=headings[top], items=tuple(items)) for top, items in sections.items()),
    )


def _whole(text: str) -> str:
    return text if text[-1] in "。！？”" else text.rstrip("，；：、") + "。"


def render(draft: Draft) -> str:
    lines = [
        f"{draft.number}",
        "",
        draft.issuer,
        "关于做好有关工作的通知",
        "",
        "各有关单位：",
        "",
        "为做好有关工作，现通知如下。",
        "",
    ]
    for at, section in enumerate(draft.sections):
        lines += [f"{NUMERALS[at]}、{section.heading}"]
        for place, item in enumerate(section.items, start=1):
            numeral = str(place) if "." in draft.style else NUMERALS[place - 1]
            text = "".join(sentence.text for sentence in item.sentences)
            lines += [f"{draft.style.format(numeral)}{item.heading}。{text}{item.departments}"]
    return "\n".join([*lines, "", draft.issuer, "2023年3月1日", ""])


def read(draft: Draft) -> Document:
    return extract_bytes(render(draft).encode(), "draft.txt")


def compare_drafts(upper: Draft, lower: Draft) -> tuple[Comparison, set[tuple[int, int]], set[tuple[int, int]]]:
    """The comparison, the true links and the links found, as (upper, lower) positions; -1 is a gap."""
    above, below = read(upper), read(lower)
    one, other = above.notices[0], below.notices[0]
    result = compare(one, other, upper_source=above.source, lower_source=below.source)
    places = [_places(notice, draft) for notice, draft in ((one, upper), (other, lower))]
    true = set(links(upper, lower))
    found: set[tuple[int, int]] = set()
    for unit in result.units:
        ups = [places[0][ref.clause, ref.sentence] for ref in unit.upper if (ref.clause, ref.sentence) in places[0]]
        lows = [places[1][ref.clause, ref.sentence] for ref in unit.lower if (ref.clause, ref.sentence) in places[1]]
        found |= {(i, j) for i in ups or [-1] for j in lows or [-1]} - {(-1, -1)}
    return result, true, found


def _places(notice: Notice, draft: Draft) -> dict[tuple[str, int], int]:
    """Which sentence of the draft each parsed sentence is."""
    parsed = [p for p in read_passages(notice) if not p.frame and not p.ref.clause.startswith("closing")]
    assert [p.text for p in parsed] == [s.text for s in draft.sentences], [
        (p.text, s.text) for p, s in zip(parsed, draft.sentences, strict=False) if p.text != s.text
    ][:3]
    return {(p.ref.clause, p.ref.sentence): at for at, p in enumerate(parsed)}


def links(upper: Draft, lower: Draft) -> list[tuple[int, int]]:
    """The true alignment: sentences are linked that hold a common sentence of the first draft."""
    pairs = [
        (i, j) for i, a in enumerate(upper.sentences) for j, b in enumerate(lower.sentences) if a.sources & b.sources
    ]
    pairs += [(i, -1) for i in range(len(upper.sentences)) if all(i != up for up, _ in pairs)]
    pairs += [(-1, j) for j in range(len(lower.sentences)) if all(j != low for _, low in pairs)]
    return pairs


def f1(true: set[tuple[int, int]], found: set[tuple[int, int]]) -> float:
    return 2 * len(true & found) / (len(true) + len(found)) if true or found else 1.0


def map_sentences(draft: Draft, change: Callable[[Sentence], Sequence[Sentence]]) -> Draft:
    """Each sentence replaced by those that `change` gives; items left without any are dropped."""
    sections = []
    for section in draft.sections:
        items = [replace(item, sentences=tuple(n for s in item.sentences for n in change(s))) for item in section.items]
        kept = tuple(item for item in items if item.sentences)
        if kept:
            sections.append(replace(section, items=kept))
    return replace(draft, sections=tuple(sections))


def put(draft: Draft, old: Sentence, new: Sequence[Sentence]) -> Draft:
    """The draft with one sentence replaced."""
    return map_sentences(draft, lambda s: new if s is old else [s])


def rewrite_one(
    draft: Draft, rng: random.Random, change: Callable[[str, random.Random], str | None], types: Sequence[str]
) -> Rewrite | None:
    """One sentence, picked by chance among those the change fits."""
    order = list(range(len(draft.sentences)))
    rng.shuffle(order)
    for at in order:
        old = draft.sentences[at]
        new = change(old.text, rng)
        if new and new != old.text and old.sources:
            swapped = replace(old, text=new)
            return Rewrite(draft=put(draft, old, (swapped,)), types=frozenset(types), sources=old.sources)
    return None


def lowered(draft: Draft) -> Draft:
    """The draft as a notice of the city below its issuer."""
    return replace(draft, issuer="济南市人民政府", number="济政字〔2023〕9号")


def rewrite_many(base: Draft, operators: Sequence[Operator], count: int, rng: random.Random) -> tuple[Draft, int]:
    """The draft after `count` operators picked by chance, and how many of them fitted."""
    applied = 0
    for operator in rng.sample(list(operators), count):
        rewrite = operator(base, rng)
        if rewrite:
            base, applied = rewrite.draft, applied + 1
    return base, applied
