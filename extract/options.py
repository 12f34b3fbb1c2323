"""How files are read; limits have defaults that no honest notice reaches."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadOptions:
    password: str | None = None  # of an encrypted PDF
    max_bytes: int = 200 * 1024 * 1024  # of the file
    max_pages: int = 5_000
    max_characters: int = 20_000_000  # of the layout text
    max_unpacked_bytes: int = 1024 * 1024 * 1024  # of a package (DOCX, OFD)
    max_files: int = 20_000  # in a package
    seconds: float = 120.0  # for programs started to convert a file
    recognise: bool = True  # read scans by character recognition, where it is installed
    max_scanned_pages: int = 300  # about 5 s each
