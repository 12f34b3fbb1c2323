"""A document in, the bytes that the store keeps of it out, and back."""

import zlib

from corpus.errors import StoreError
from extract.notice import Document

COMPRESSION = 3


def pack_document(document: Document) -> bytes:
    import msgspec

    return zlib.compress(msgspec.json.encode(document), COMPRESSION)


def unpack_document(record: bytes) -> Document:
    """
    Raises:
        StoreError: the record is damaged.
    """
    import msgspec

    try:
        return msgspec.json.decode(zlib.decompress(record), type=Document)
    except (zlib.error, msgspec.DecodeError) as error:
        raise StoreError("document", f"记录已损坏（{error}）；请用 duizhao corpus add --again 重读原文件") from error
