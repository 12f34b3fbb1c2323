"""Why a search found nothing and what to try instead, as one line."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from duizhao.messages import text
from duizhao.stores import visible

if TYPE_CHECKING:
    from corpus.advice import Advice, Try

SHOWN = 3  # groups of words
OPTIONS = {"years": "year"}  # named otherwise than their field


def advice_line(advice: "Advice", words: Sequence[str]) -> str:
    tries = text("corpus.advice.between").join(map(_try, advice.tries))
    what = text("corpus.advice.tries", tries=tries) if tries else text("corpus.advice.no_tries")
    return text("corpus.advice.line", why=_why(advice, words), what=what)


def _why(advice: "Advice", words: Sequence[str]) -> str:
    between = text("corpus.advice.between")
    if advice.absent:
        return text("corpus.advice.absent", words=between.join(map(_quoted, advice.absent)))
    if advice.apart:
        groups = (text("corpus.advice.with").join(map(_quoted, group)) for group in advice.apart[:SHOWN])
        return text("corpus.advice.apart", words=between.join(groups))
    return text("corpus.advice.filtered" if words else "corpus.advice.unfit")


def _quoted(word: str) -> str:
    return text("corpus.advice.quoted", word=visible(word))


def _try(one: "Try") -> str:
    options = " ".join(f"--{OPTIONS.get(name, name)}" for name in one.without)
    without = text("corpus.advice.without", options=options) if options else ""
    words = visible(" ".join(one.words))
    key = "corpus.advice.at_least" if one.more else "corpus.advice.total"
    return text(key, search=text("corpus.advice.comma").join(filter(None, (words, without))), total=one.total)
