"""The recognition engine: lines of a picture found, their characters read.

Models come inside the rapidocr package and are named by path, so that nothing is ever downloaded. Lines are found
by rapidocr; reading runs its model directly, because places and probabilities of single characters are needed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from extract.readers.ocr_decode import Alphabet, Sign
from extract.readers.ocr_gaps import doubt_gaps

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Picture: TypeAlias = NDArray[np.uint8]  # rows x columns x RGB
    Quad: TypeAlias = NDArray[np.float32]  # corners in pixels: left top, right top, right bottom, left bottom

PACKAGES = ("rapidocr", "onnxruntime", "cv2")
LONGEST_SIDE = 1600  # pixels of the picture lines are searched on; they are read on the full one
LINE_HEIGHT = 48  # pixels, what the reading model takes
STRIP = 8  # pixels a column of its output stands for
LONGEST_LINE = 40  # heights; what is longer is squeezed
BATCH = 6  # lines read at once
UPRIGHT = 1.5  # height to width from which a line stands on end


def is_installed() -> bool:
    """Is `duizhao[ocr]` there?"""
    return all(find_spec(package) is not None for package in PACKAGES) and _models() is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    quad: Quad
    signs: tuple[Sign, ...]

    @property
    def confidence(self) -> float:
        return sum(sign.confidence for sign in self.signs) / max(len(self.signs), 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Engine:
    detector: Any
    session: Any
    alphabet: Alphabet

    def find(self, picture: Picture) -> list[Quad]:
        """Lines of text on a picture, in pixels, from top to bottom."""
        found = self.detector(picture[:, :, ::-1], use_det=True, use_cls=False, use_rec=False)
        boxes = getattr(found, "boxes", None)
        return [] if boxes is None else [box.astype("float32") for box in boxes]

    def read(self, picture: Picture, quads: Sequence[Quad]) -> list[Line]:
        """The lines' characters, in the order of the lines."""
        strips = [(i, _cut(picture, quad)) for i, quad in enumerate(quads)]
        strips.sort(key=lambda item: item[1].shape[1])
        signs: dict[int, tuple[Sign, ...]] = {}
        for start in range(0, len(strips), BATCH):
            part = strips[start : start + BATCH]
            for (i, _), read in zip(part, self._read_batch([strip for _, strip in part]), strict=True):
                signs[i] = read
        return [Line(quad=quad, signs=signs[i]) for i, quad in enumerate(quads)]

    def _read_batch(self, strips: Sequence[Picture]) -> Iterator[tuple[Sign, ...]]:
        import numpy as np

        width = max(*(strip.shape[1] for strip in strips), LINE_HEIGHT)
        batch = np.zeros((len(strips), 3, LINE_HEIGHT, width), dtype=np.float32)
        for row, strip in zip(batch, strips, strict=True):
            row[:, :, : strip.shape[1]] = strip[:, :, ::-1].transpose(2, 0, 1).astype(np.float32) / 127.5 - 1.0
        (scores,) = self.session.run(None, {self.session.get_inputs()[0].name: batch})
        for rows, strip in zip(scores, strips, strict=True):
            yield doubt_gaps(strip, self.alphabet.decode(rows, max(strip.shape[1] / STRIP, 1.0)))


@cache
def load_engine() -> Engine:
    """Loaded once a process: about 0.3 s and 300 MB.

    Raises:
        ImportError: `duizhao[ocr]` is not installed.
    """
    from rapidocr import RapidOCR

    runtime: Any = import_module("onnxruntime")  # has no types

    models = _models()
    if models is None:
        raise ImportError("rapidocr has no models")
    detection, recognition = map(str, models)
    detector = RapidOCR(
        params={
            "Global.log_level": "error",
            "Global.use_cls": False,
            "Global.max_side_len": LONGEST_SIDE,
            "Det.model_path": detection,
            "Rec.model_path": recognition,
        }
    )
    options = runtime.SessionOptions()
    options.log_severity_level = 4
    session = runtime.InferenceSession(recognition, sess_options=options, providers=["CPUExecutionProvider"])
    names = session.get_modelmeta().custom_metadata_map["character"].splitlines()
    return Engine(detector=detector, session=session, alphabet=Alphabet(["", *names, " "]))


def _models() -> tuple[Path, Path] | None:
    """Model files in the package: for finding lines, and for reading them."""
    spec = find_spec("rapidocr")
    if spec is None or spec.origin is None:
        return None
    folder = Path(spec.origin).with_name("models")
    found = [sorted(folder.glob(f"*_{task}_*.onnx")) for task in ("det", "rec")]
    return (found[0][-1], found[1][-1]) if all(found) else None


def _cut(picture: Picture, quad: Quad) -> Picture:
    """The line alone, level, as high as the model takes it; one that stands on end is laid down."""
    import cv2
    import numpy as np

    width, height = line_size(quad)
    corners = np.roll(quad, 1, axis=0) if height > UPRIGHT * width else quad
    if corners is not quad:
        width, height = height, width
    target = max(1, min(round(LINE_HEIGHT * width / max(height, 1.0)), LINE_HEIGHT * LONGEST_LINE))
    level = np.array([(0, 0), (target, 0), (target, LINE_HEIGHT), (0, LINE_HEIGHT)], dtype=np.float32)
    matrix = cv2.getPerspectiveTransform(corners.astype(np.float32), level)
    cut = cv2.warpPerspective(picture, matrix, (target, LINE_HEIGHT), borderMode=cv2.BORDER_REPLICATE)
    return cut.astype(np.uint8, copy=False)


def line_size(quad: Quad) -> tuple[float, float]:
    """Width and height in pixels along the line's own direction."""
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = quad.tolist()
    top, bottom = ((bx - ax) ** 2 + (by - ay) ** 2) ** 0.5, ((cx - dx) ** 2 + (cy - dy) ** 2) ** 0.5
    left, right = ((dx - ax) ** 2 + (dy - ay) ** 2) ** 0.5, ((cx - bx) ** 2 + (cy - by) ** 2) ** 0.5
    return max(top, bottom), max(left, right)
