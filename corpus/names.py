"""Document numbers and titles reduced to what tells notices apart, however they are printed or typed."""

import re
import unicodedata

WRAPPING = re.compile(r"^(?:关于)?(?:印发|转发|发布|公布|下发)?")  # 关于印发<X>的通知: what counts is X
ENDING = re.compile(r"的(?:通知|函|公告|通报)$")
ABOUT = re.compile(r"关于|印发|转发")
SHORTEST_TITLE = 6  # characters; 《通知》 names nothing


def number_key(number: str | None) -> str | None:
    """鲁政字〔2021〕136号, 鲁政字[2021]136 -> 鲁政字2021136; `None` for no number."""
    return _letters(number).removesuffix("号") or None


def title_key(title: str | None) -> str | None:
    """What a title is about, without issuer, wrapping and brackets; `None` where too little is left."""
    _, about = _parted(title or "")
    key = WRAPPING.sub("", ENDING.sub("", _letters(about)))
    return key if len(key) >= SHORTEST_TITLE else None


def title_issuer(title: str | None) -> str | None:
    """The issuer that stands before 关于 in a title."""
    return _parted(title or "")[0] or None


def _parted(title: str) -> tuple[str, str]:
    about = ABOUT.search(title)
    return (title[: about.start()], title[about.start() :]) if about else ("", title)


def _letters(text: str | None) -> str:
    return "".join(c for c in unicodedata.normalize("NFKC", text or "") if c.isalnum()).lower()
