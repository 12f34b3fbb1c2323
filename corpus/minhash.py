"""Text in, a signature out whose equal parts tell how much two texts share (MinHash, Broder 1997).

One hash a shingle, spread over bins (one permutation hashing, Li, Owen & Zhang 2012); an empty bin takes the next full
one's value (Shrivastava & Li 2014). Neighbouring bins make bands: texts with a band in common are candidates.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Signature = NDArray[np.uint32]

BASE = 1_099_511_628_211
MIX = (0xBF58476D1CE4E5B9, 0x94D049BB133111EB)  # splitmix64
WORD = (1 << 64) - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """Characters a shingle, bins a signature, bins a band. Bins are a power of two."""

    shingle: int
    bins: int
    rows: int


NOTICE = Shape(shingle=5, bins=64, rows=8)  # pairs of 0.9 are found in 99 of 100 cases, of 0.5 in 3
SENTENCE = Shape(shingle=3, bins=64, rows=4)  # pairs of 0.6 in 89 of 100, of 0.3 in 12


def sign(text: str, shape: Shape) -> "Signature":
    """The signature of a text; text shorter than a shingle counts as one."""
    import numpy as np

    hashes = np.sort(_hashes(text, shape))
    shift = 64 - (shape.bins.bit_length() - 1)
    full, first = np.unique(hashes >> np.uint64(shift), return_index=True)
    values = (hashes[first] >> np.uint64(shift - 32)).astype(np.uint32)
    # each bin takes the value of the next full one, round the end, changed by the distance
    bins = np.arange(shape.bins, dtype=np.uint64)
    at = np.searchsorted(full, bins)
    distance = (np.append(full, full[0] + np.uint64(shape.bins))[at] - bins).astype(np.uint32)
    signature: Signature = np.append(values, values[0])[at] + distance * np.uint32(0x9E3779B1)
    return signature


def _hashes(text: str, shape: Shape) -> "NDArray[np.uint64]":
    import numpy as np

    padded = text.ljust(shape.shingle, "\0")
    codes = np.frombuffer(padded.encode("utf-32-le", "surrogatepass"), dtype=np.uint32).astype(np.uint64)
    count = len(codes) - shape.shingle + 1
    hashes = np.zeros(count, dtype=np.uint64)
    for offset in range(shape.shingle):
        hashes = hashes * np.uint64(BASE) + codes[offset : offset + count]
    hashes ^= hashes >> np.uint64(30)
    hashes *= np.uint64(MIX[0])
    hashes ^= hashes >> np.uint64(27)
    hashes *= np.uint64(MIX[1])
    return hashes ^ (hashes >> np.uint64(31))


def bands(signature: "Signature", shape: Shape) -> list[int]:
    """One signed 64-bit number a band."""
    import numpy as np

    parts = signature.reshape(-1, shape.rows).astype(np.uint64)
    keys = np.arange(len(parts), dtype=np.uint64)
    for row in range(shape.rows):
        keys = (keys * np.uint64(BASE)) ^ parts[:, row]
        keys *= np.uint64(MIX[0])
        keys ^= keys >> np.uint64(29)
    found: list[int] = keys.view(np.int64).tolist()
    return found


def pack(signature: "Signature") -> bytes:
    return signature.astype("<u4").tobytes()


def likeness(first: bytes, second: bytes) -> float:
    """Share of equal bins of two packed signatures: about the Jaccard similarity of the texts' shingles."""
    import numpy as np

    return float(np.mean(np.frombuffer(first, "<u4") == np.frombuffer(second, "<u4")))
