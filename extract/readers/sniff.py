"""The format of a file by its content; its name decides only between kinds of plain text."""

import io
import re
import zipfile

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
HEAD = 4096  # bytes looked at

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
PICTURES = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"BM", "image/bmp"),
    (b"GIF8", "image/gif"),
)
OTHERS = (
    (b"{\\rtf", "application/rtf"),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"\x1f\x8b", "application/gzip"),
)
PARTS = (  # a part of the package: what the package is
    ("word/document.xml", DOCX),
    ("OFD.xml", "application/ofd"),
    ("xl/workbook.xml", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ("ppt/presentation.xml", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
    ("content.xml", "application/vnd.oasis.opendocument.text"),
)
HTML_TAG = re.compile(rb"<(?:!doctype\s+html|html|head|body|meta|div|table|title|p)[\s>/]", re.IGNORECASE)
MHTML = re.compile(rb"^(?:[\w-]{1,40}:[^\n]{0,300}\r?\n(?:[ \t][^\n]{0,300}\r?\n){0,5}){1,15}", re.MULTILINE)


def media_type(data: bytes, name: str) -> str:
    """Media type of a file; `application/octet-stream` for bytes of no known kind."""
    head = data[:HEAD]
    if b"%PDF-" in head[:1024]:
        return "application/pdf"
    if head.startswith(ZIP):
        return _package_type(data)
    if head.startswith(OLE):
        return "application/msword"
    for mark, kind in (*PICTURES, *OTHERS):
        if head.startswith(mark):
            return kind
    return _text_type(head, name)


def _package_type(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = {item.replace("\\", "/").lstrip("/").lower() for item in archive.namelist()}
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OverflowError):
        # Cut short, the directory at the end is lost; the parts' names still stand in the file.
        names = {part.lower() for part, _ in PARTS if part.encode() in data}
    for part, kind in PARTS:
        if part.lower() in names:
            return kind
    return "application/zip"


def _text_type(head: bytes, name: str) -> str:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head.replace(b"\x00", b"")
    if MHTML.match(head) and re.search(rb"^content-type:\s*multipart/related", head, re.IGNORECASE | re.MULTILINE):
        return "text/html"
    start = head.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if start.startswith(b"<") and HTML_TAG.search(head):
        return "text/html"
    if b"\x00" in head:
        return "application/octet-stream"
    return "text/markdown" if name.lower().endswith((".md", ".markdown")) else "text/plain"
