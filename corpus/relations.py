"""A notice in, the documents it names out, each with how: carried out, or merely cited.

A lower notice says in its title or its opening what it carries out: 为贯彻落实《…》（鲁政字〔2021〕136号）.
"""

import re
from collections.abc import Iterator
from typing import Any

from corpus.names import number_key, title_issuer, title_key
from extract.mentions.citations import find_citations
from extract.mentions.context import Context
from extract.notice import Citation, Clause, Notice

IMPLEMENTS, CITES = "implements", "cites"

CARRIED_OUT = re.compile(r"(?:贯彻|落实|根据|按照|依据|遵照|执行|转发|实施)[^。；！？]{0,200}$")
FORWARDED = re.compile(r"[^，。；！？]{0,12}转发")  # 现将《…》（…）转发给你们
OWN = re.compile(
    r"(?:制定|制订|起草|编制|修订|拟定|拟订|形成|出台|现将|并将)(?:了|本)?$"
)  # 现将《…》印发给你们: its own part


def cited_documents(notice: Notice) -> Iterator[tuple[Any, ...]]:
    """Rows of the store's table `citation`, without the notice."""
    own = number_key(notice.document_number)
    for clause, relation, citation in (*_in_title(notice), *_in_clauses(notice)):
        number, title = number_key(citation.document_number), title_key(citation.title)
        if (number or title) and (number is None or number != own):
            issuer = citation.issuer or title_issuer(citation.title)
            yield clause, relation, citation.document_number, number, citation.title, title, issuer, citation.quote


def _in_title(notice: Notice) -> Iterator[tuple[str, str, Citation]]:
    title = notice.title or ""
    context = Context(
        issued_on=notice.issued_on, year=notice.year, level=notice.level, province=notice.province, city=notice.city
    )
    for citation in find_citations(title, context):
        carried_out = CARRIED_OUT.search(title[: citation.span.start])
        yield "head", IMPLEMENTS if carried_out else CITES, citation


def _in_clauses(notice: Notice) -> Iterator[tuple[str, str, Citation]]:
    for clause in notice.clauses:
        for citation in clause.citations:
            before = notice.text[max(clause.span.start, citation.span.start - 240) : citation.span.start]
            if citation.document_number is None and OWN.search(before):
                continue
            yield clause.id, _relation(clause, before, notice.text[citation.span.end : clause.span.end]), citation


def _relation(clause: Clause, before: str, after: str) -> str:
    opening = clause.level == 0 and clause.id.rpartition("/")[2].startswith("preamble")
    carried_out = CARRIED_OUT.search(before) or FORWARDED.match(after)
    return IMPLEMENTS if opening and carried_out else CITES
