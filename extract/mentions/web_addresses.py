"""Web addresses in running text: their digits count and date nothing."""

import re

from extract.span import Span

# A Chinese character is escaped as %E4–%E9 and two bytes more (RFC 3629); 10%20%30% are cells side by side.
# ASCII up to the first Chinese character or full-width sign; a comma only inside an escaped fragment (RFC 3986)
REST = r"(?:[!#-'*+./0-9:=?@A-Z\[\]_a-z~-]|,(?=[%A-Za-z]))"
WEB_ADDRESS = re.compile(rf"(?:(?:https?|ftp)[:：]//|www\.){REST}{{1,4000}}|%E[4-9]%[89AB][0-9A-F]{REST}{{0,4000}}")


def find_web_addresses(text: str) -> tuple[Span, ...]:
    """Their spans, in order."""
    if "//" not in text and "%" not in text and "www." not in text:
        return ()
    return tuple(Span(*match.span()) for match in WEB_ADDRESS.finditer(text))
