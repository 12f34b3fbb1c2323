"""The format of a file is told by its content, not by its name."""

import pytest
from mutants import seeds

from extract.readers.sniff import media_type

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
KINDS = {
    "notice.pdf": "application/pdf",
    "notice.docx": WORD,
    "notice.html": "text/html",
    "notice.ofd": "application/ofd",
    "notice.txt": "text/plain",
}


@pytest.mark.parametrize(("seed", "kind"), KINDS.items())
@pytest.mark.parametrize("name", ["notice", "notice.doc", "notice.pdf", "notice.txt", "公告.html"])
def test_a_wrong_name_changes_nothing(seed: str, kind: str, name: str) -> None:
    """A PDF called .doc is a PDF."""
    assert media_type(seeds()[seed], name) == kind


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"\x89PNG\r\n\x1a\n", "image/png"),
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (b"II*\x00", "image/tiff"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/msword"),
        (b"{\\rtf1", "application/rtf"),
        (b"\xef\xbb\xbf<!DOCTYPE html><html>", "text/html"),
        (b"\r\n  <HTML><BODY>", "text/html"),
        (b'<?xml version="1.0"?><!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml">', "text/html"),
        (b"junk before %PDF-1.4", "application/pdf"),
        ("<html>".encode("utf-16"), "text/html"),
        (b"\x00\x01\x02\x03", "application/octet-stream"),
    ],
)
def test_formats_by_their_first_bytes(head: bytes, kind: str) -> None:
    """The marks of each format, with what may stand before them."""
    assert media_type(head + b" " * 50, "file") == kind


def test_text_about_pages_is_text() -> None:
    """A notice that mentions a tag in a sentence is no web page."""
    assert media_type("关于在网页<head>中加入标识的通知".encode(), "notice.txt") == "text/plain"


def test_markdown_is_told_from_plain_text_by_its_name() -> None:
    """Between kinds of plain text only the name tells."""
    assert media_type("# 通知".encode(), "notice.md") == "text/markdown"
    assert media_type("# 通知".encode(), "notice.txt") == "text/plain"


def test_a_package_cut_short_keeps_its_kind() -> None:
    """Without its directory a Word file is still named as a Word file, so that the message fits."""
    assert media_type(seeds()["notice.docx"][:2000], "notice.docx") == WORD
