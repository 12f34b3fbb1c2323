"""Why a search found nothing and what to try instead, as one line."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from duizhao.messages import text
from duizhao.stores import visible

if TYPE_CHECKING:
    from corpus.advice import Advice, Try

SHOWN = 3  # groups of words
OPTIONS = {"years": "year"}  # named otherwise than their field
COPIES = "copies"  # the one that is added


def advice_line(advice: "Advice", words: Sequence[str], typed: str) -> str:
    """`typed` is what the user wrote, whose capitals the words have lost."""
    advice = _as_typed(advice, typed)
    tries = text("corpus.advice.between").join(map(_try, advice.tries))
    what = text("corpus.advice.tries", tries=tries) if tries else text("corpus.advice.no_tries")
    return text("corpus.advice.line", why=_why(advice, words), what=what)


def _why(advice: "Advice", words: Sequence[str]) -> str:
    between = text("corpus.advice.between")
    named = {"absent": advice.absent, "copied": advice.copied}
    if any(named.values()):
        parts = (
            text(f"corpus.advice.{key}", words=between.join(map(_quoted, found)))
            for key, found in named.items()
            if found
        )
        return text("corpus.advice.comma").join(parts)
    if advice.apart:
        groups = (text("corpus.advice.with").join(map(_quoted, group)) for group in advice.apart[:SHOWN])
        return text("corpus.advice.apart", words=between.join(groups))
    return text("corpus.advice.filtered" if words else "corpus.advice.unfit")


def _as_typed(advice: "Advice", typed: str) -> "Advice":
    written = (typed, "".join(typed.split()))
    tries = tuple(replace(one, words=tuple(_written(word, written) for word in one.words)) for one in advice.tries)
    return replace(
        advice,
        absent=tuple(_written(word, written) for word in advice.absent),
        copied=tuple(_written(word, written) for word in advice.copied),
        apart=tuple(tuple(_written(word, written) for word in group) for group in advice.apart),
        tries=tries,
    )


def _written(word: str, typed: Sequence[str]) -> str:
    """The word where it stands in what was typed, with spaces or, between quotation marks, without."""
    from corpus.bigrams import fold

    for written in typed:
        if (at := fold(written).find(word)) >= 0:
            return written[at : at + len(word)]
    return word


def _quoted(word: str) -> str:
    return text("corpus.advice.quoted", word=visible(word))


def _try(one: "Try") -> str:
    options = " ".join(f"--{OPTIONS.get(name, name)}" for name in one.without if name != COPIES)
    without = text("corpus.advice.without", options=options) if options else ""
    copies = text("corpus.advice.with_copies") if COPIES in one.without else ""
    words = visible(" ".join(one.words))
    key = "corpus.advice.at_least" if one.more else "corpus.advice.total"
    return text(key, search=text("corpus.advice.comma").join(filter(None, (words, without, copies))), total=one.total)
