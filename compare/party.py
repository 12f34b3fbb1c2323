"""A notice and its file in, what a report's head names of them out."""

from compare.comparison import Party
from extract.notice import Notice, Source


def party_of(notice: Notice, source: Source) -> Party:
    return Party(
        document_number=notice.document_number,
        title=notice.title,
        sha256=source.sha256,
        name=source.name,
        issuers=notice.issuers,
        issued_on=notice.issued_on,
    )
