"""What a finder may know of the notice around its text."""

from dataclasses import dataclass
from datetime import date

from extract.notice import Level


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """Facts of the notice's head. Every field may be unknown."""

    issued_on: date | None = None
    year: int | None = None  # of the document number
    level: Level | None = None
    province: str | None = None  # 山东省
    city: str | None = None  # 济南市
    issuers: tuple[str, ...] = ()
    first_is_lead: bool = False  # the text says that the first department listed leads
