"""A web page as a tree, whatever its encoding; saved pages (MHTML) give their main part."""

import codecs
import email
import email.policy
import re

from lxml import etree, html

from extract.errors import ReadError

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
DECLARED = re.compile(rb"""(?:charset|encoding)\s{0,3}=\s{0,3}["']?\s{0,3}([A-Za-z0-9_:-]{2,30})""")
HEAD = 8192  # bytes in which a page declares its encoding
CHINESE = frozenset(("gb2312", "gbk", "gb_2312-80", "x-gbk", "gb18030", "hz-gb-2312"))
CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
MULTIPART = re.compile(rb"^content-type:\s{0,5}multipart/related", re.IGNORECASE | re.MULTILINE)
MAX_PARTS = 5_000


def parse_page(data: bytes, name: str) -> html.HtmlElement:
    """The root of a page. Comments are left out and nothing is fetched.

    Raises:
        ReadError: no page in the bytes.
    """
    if MULTIPART.search(data[:HEAD]):
        data = _main_part(data, name)
    text = CONTROL.sub("", decode_page(data))
    parser = html.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=False, recover=True
    )
    try:
        root = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError):
        raise ReadError(name, None, "网页是空的或已损坏；请重新保存网页后再读") from None
    return root


def decode_page(data: bytes) -> str:
    """By mark, by declaration, by what the bytes are; many pages that say GB2312 are GB18030 or UTF-8."""
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    encodings = [_known(match[1]) for match in DECLARED.finditer(data[:HEAD])][:3]
    for encoding in (*encodings, "utf-8", "gb18030"):
        try:
            return data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    return _least_broken(data)


def _known(declared: bytes) -> str:
    encoding = declared.decode("ascii").lower()
    if encoding in CHINESE:
        return "gb18030"
    try:
        found = codecs.lookup(encoding)
    except LookupError:
        return "utf-8"
    # Only encodings of text, and none that reads any bytes at all without complaint.
    return found.name if found.name.startswith(("utf-8", "gb", "big5")) else "utf-8"


def _least_broken(data: bytes) -> str:
    """A page with a few damaged bytes: the encoding that loses fewest characters."""
    texts = [data.decode(encoding, "replace") for encoding in ("utf-8", "gb18030")]
    return min(texts, key=lambda text: text.count("\ufffd"))


def _main_part(data: bytes, name: str) -> bytes:
    message = email.message_from_bytes(data, policy=email.policy.compat32)
    for count, part in enumerate(message.walk()):
        if count > MAX_PARTS:
            break
        if part.get_content_type() == "text/html":
            payload = part.get_payload(decode=True)
            if isinstance(payload, bytes):
                charset = (part.get_param("charset") or "") if not DECLARED.search(payload[:HEAD]) else ""
                return (
                    f'<meta charset="{charset}">'.encode() + payload
                    if isinstance(charset, str) and charset
                    else payload
                )
    raise ReadError(name, None, "保存的网页（MHTML）里没有网页正文；请重新保存")
