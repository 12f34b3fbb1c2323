"""One provincial notice and the cities that carry it out: what each wrote is made by the rewriting operators."""

import random
from dataclasses import dataclass, replace
from functools import cache

from drafting import draft_document
from operators import OPERATORS
from rewriting import draft_of, read

from compare.matrix import Matrix, compare_many
from corpus import samples
from extract.notice import Notice, Source
from extract.reading import extract_bytes

PLAN = "济政办函〔2021〕16号"
PROVINCE = "鲁政字〔2021〕136号"
CITIES = (
    ("青岛市人民政府", "青政发〔2021〕20号", 6),
    ("济宁市人民政府", "济政发〔2021〕33号", 12),
    ("泰安市人民政府", "泰政字〔2021〕41号", 20),
)


@dataclass(frozen=True, kw_only=True)
class Many:
    upper: Notice
    upper_source: Source
    lowers: tuple[Notice, ...]
    lower_sources: tuple[Source, ...]

    @property
    def sources(self) -> dict[str, object]:
        return {"upper_source": self.upper_source, "lower_sources": self.lower_sources}

    @property
    def matrix(self) -> Matrix:
        return compare_many(self.upper, self.lowers, **self.sources)  # type: ignore[arg-type]


@cache
def bundled(number: str) -> tuple[Notice, Source]:
    """A bundled notice; the provincial one stands in the file of Jinan's plan."""
    name = PLAN if number == PROVINCE else number
    document = extract_bytes(samples.read(name), samples.file_name(name))
    return next(notice for notice in document.notices if notice.document_number == number), document.source


@cache
def rewritten() -> Many:
    """Jinan's real plan and three cities that apply ever more operators, seeds fixed."""
    upper, source = bundled(PROVINCE)
    documents = []
    for seed, (issuer, number, count) in enumerate(CITIES, 1):
        draft, rng = draft_of(upper, issuer, number), random.Random(seed)
        for name in rng.sample(sorted(OPERATORS), count):
            rewrite = OPERATORS[name](draft, rng)
            draft = rewrite.draft if rewrite else draft
        documents.append(read(replace(draft, issuer=issuer, number=number)))
    plan, plan_source = bundled(PLAN)
    return Many(
        upper=upper,
        upper_source=source,
        lowers=(plan, *(document.notices[0] for document in documents)),
        lower_sources=(plan_source, *(document.source for document in documents)),
    )


def drafted(upper: tuple[str, ...], *lowers: tuple[str, ...]) -> Many:
    """A province and up to three cities by the sentences of one section each, one item a sentence."""
    issuers = ("山东省人民政府", "济南市人民政府", "青岛市人民政府", "南通市人民政府")
    documents = [
        draft_document(issuer, (("主要任务", sentences),))
        for issuer, sentences in zip(issuers, (upper, *lowers), strict=False)
    ]
    return Many(
        upper=documents[0].notices[0],
        upper_source=documents[0].source,
        lowers=tuple(document.notices[0] for document in documents[1:]),
        lower_sources=tuple(document.source for document in documents[1:]),
    )
