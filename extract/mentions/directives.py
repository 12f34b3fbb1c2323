"""How strongly a clause obliges: text in, `Directive`s out, sorted and apart.

A directive's quote is its force word, with 原则上 where that stands right before, and what follows up to the next
punctuation mark, to a stronger word or to 30 characters. One directive a phrase: 应当鼓励企业 is a `shall`.
"""

import re
from collections.abc import Iterator
from typing import Any

from extract.lexicon import load
from extract.mentions.context import Context
from extract.mentions.date_names import find_names
from extract.mentions.descriptions import describes
from extract.mentions.scan import find_all, first_of
from extract.notice import Directive, Force
from extract.span import Span

LEXICON = load("directives")
LONGEST_QUOTE = 30
SOFT_WINDOW = 16  # characters before the force word in which 原则上 governs it

CLAUSE_START = r"(?<=[，。；：、！？（）“”》])|(?<!.)"
CLAUSE_END = re.compile(r"[，。；：、！？（）]")
STRONGER = re.compile(r"一律不得|不得|严禁|禁止|必须|务必")
SOFTENER_BEFORE = re.compile(rf"(?:{'|'.join(LEXICON['softeners'])})\Z")
PRINCIPLE = re.compile(r"原则上，?[^，。；：、！？（）]*\Z")
SOFTENER_AFTER = re.compile(r"(?:原则上|尽量|尽可能|尽力)")
SLOGAN = re.compile(r"应(?!当)(.{1,2})尽(?:\1|.)")  # 应保尽保, 应享尽享: a manner, no duty
RELATIVE = re.compile(r"(?:不?应当?|必?须|可以?|不准|不许)[\u4e00-\u9fff]{0,2}的")  # 应缴纳的部分: what a noun is like
ENCOURAGING = re.compile(
    r"(?:(?:[、和并与及]|以及)(?:鼓励|支持|引导|倡导|提倡)){1,4}"
)  # 鼓励、支持和引导 is one directive


def find_directives(text: str, context: Context) -> tuple[Directive, ...]:
    """All directives of a normal text; titles in 《》 and names in “” hold none."""
    del context  # force words mean the same whoever issues them
    return tuple(_apart(text))


def _apart(text: str) -> Iterator[Directive]:
    names = find_names(text)
    end = at = 0
    for match in find_all(FORCE_WORD, FIRST, text):
        while at < len(names) and names[at].end <= match.start():
            at += 1
        in_name = at < len(names) and names[at].start < match.start()
        if in_name or match.start() < end or _describes(text, match):
            continue
        directive = _read(text, match, end)
        end = directive.span.end
        yield directive


def _describes(text: str, match: re.Match[str]) -> bool:
    """Words that only say what something is like: 应缴纳的部分, 应保尽保, 政府引导、市场主导."""
    force = FORCES[match.lastgroup or ""]
    if describes(text, match.start(), match.end(), force):
        return True
    if force is Force.ENCOURAGE:
        return text.startswith("、", match.end()) and ENCOURAGING.match(text, match.end()) is None
    return bool(SLOGAN.match(text, match.start()) or RELATIVE.match(text, match.start()))


def _read(text: str, match: re.Match[str], done: int) -> Directive:
    """`done`: where the directive before ended."""
    start, end = _extent(text, match, done)
    group = match.lastgroup or ""
    softener = _softener(text, match)
    return Directive(
        quote=text[start:end],
        span=Span(start, end),
        force=FORCES[group],
        softened=softener is not None,
        rule=f"directive.{FORCES[group]}",
        cues=(match[0],) if softener is None else (softener, match[0]),
    )


def _extent(text: str, match: re.Match[str], done: int) -> tuple[int, int]:
    before = SOFTENER_BEFORE.search(text[max(done, match.start() - 4) : match.start()])
    start = match.start() - (len(before[0]) if before else 0)
    limit = min(len(text), start + LONGEST_QUOTE)
    more = ENCOURAGING.match(text, match.end()) if FORCES[match.lastgroup or ""] is Force.ENCOURAGE else None
    after = more.end() if more else match.end()
    ends = [found.start() for pattern in (CLAUSE_END, STRONGER) if (found := pattern.search(text, after, limit))]
    return start, min(ends, default=limit)


def _softener(text: str, match: re.Match[str]) -> str | None:
    """The word that softens: 原则上 anywhere before in the clause, the others only right beside the force word."""
    behind = text[max(0, match.start() - SOFT_WINDOW) : match.start()]
    before = SOFTENER_BEFORE.search(behind)
    if before:
        return before[0]
    if PRINCIPLE.search(behind):
        return "原则上"
    after = SOFTENER_AFTER.match(text, match.end())
    return after[0] if after else None


def _pattern(entry: dict[str, Any], group: str, first: str) -> str:
    """One word's alternative, of its forms that begin with a character.

    Look-behinds in Python need a fixed width, so one stands for each length.
    """
    after = "".join(f"(?<!{word})" for word in entry.get("not_after", ()))
    before = "|".join(entry.get("not_before", ()))
    forms = "|".join(sorted((form for form in entry["forms"] if form[0] == first), key=len, reverse=True))
    head = _verb_head() if entry.get("verb_only") else after
    return f"(?P<{group}>{head}(?:{forms}){f'(?!{before})' if before else ''})"


def _verb_head() -> str:
    """Where 支持 is a verb: at the head of a clause, after an adverb or after an actor."""
    words = "|".join(f"(?<={word})" for word in (*LEXICON["adverbs"], *LEXICON["actors"]))
    return f"(?:{CLAUSE_START}|{words})"


def _words_by_first() -> dict[str, dict[str, dict[str, Any]]]:
    """The words that begin with each character, by the name of their group, in the order of the list."""
    found: dict[str, dict[str, dict[str, Any]]] = {}
    for index, entry in enumerate(LEXICON["word"]):
        for first in sorted({form[0] for form in entry["forms"]}):
            found.setdefault(first, {})[f"word{index}_{ord(first)}"] = entry
    return found


WORDS = _words_by_first()
FORCES = {group: Force(entry["force"]) for entries in WORDS.values() for group, entry in entries.items()}
FIRST = first_of(WORDS)
FORCE_WORD = re.compile(
    "|".join(
        f"(?={first})(?:{'|'.join(_pattern(entry, group, first) for group, entry in entries.items())})"
        for first, entries in WORDS.items()
    ),
    re.DOTALL,
)
