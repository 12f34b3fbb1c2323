"""What a written table remembers of its making, in the file's own 关键词: form, notice, source, options.

Word and Excel keep this property as it is. LibreOffice takes it for a list and cuts it at spaces, commas, semicolons
and colons: the marks are one word of letters, digits, `-` and `_`.
"""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass

from templates.duty_table import DutyOptions, DutyTable, Grouping

FORM = "duizhao-table-2_"
SHORT_HASH = 16  # hexadecimal digits: Word takes at most 255 characters of keywords


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """How a table was made."""

    document_number: str | None
    sha256: str  # its first digits
    options: DutyOptions


def write_keywords(table: DutyTable) -> str:
    options = table.options
    values = (
        table.notice.document_number,
        table.source.sha256[:SHORT_HASH],
        options.by.value,
        int(options.infer_lead),
        options.draft_for,
        options.lang,
    )
    text = json.dumps(values, ensure_ascii=False, separators=(",", ":"))
    return FORM + urlsafe_b64encode(text.encode()).decode().rstrip("=")


def read_keywords(text: str | None) -> Marks | None:
    """`None` for a file that duizhao did not write, or whose properties were cleared."""
    word = next((word for word in (text or "").split() if word.startswith(FORM)), "")
    token = word.removeprefix(FORM).rstrip(",;")
    try:
        number, sha256, by, infer_lead, draft_for, lang = json.loads(urlsafe_b64decode(token + "=" * (-len(token) % 4)))
        options = DutyOptions(by=Grouping(by), infer_lead=bool(infer_lead), draft_for=draft_for, lang=lang)
    except (ValueError, TypeError):
        return None
    return Marks(document_number=number, sha256=sha256, options=options)
