"""Pairs and a format in, the files that go out: a report a pair, or one for all lower notices together."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from compare.matrix import Matrix, build_matrix
from compare.records import encode
from duizhao import __version__
from duizhao.messages import language, text
from duizhao.output import STANDARD_OUTPUT, array, is_folder
from duizhao.pairs import Pair, render, today
from templates.matrix_reports import MATRIX_REPORTS, render_matrix
from templates.measures_csv import render_measures


def files(
    pairs: Sequence[Pair], name: str, output: str | None, *, several: bool, least: float
) -> Iterator[tuple[str, bytes]]:
    """Where to write what. `least` is the confidence below which a match is to be checked."""
    folder = output if output is not None and is_folder(output) else None
    if name == "measures.csv":
        yield _target(folder, output, f"{text('compare.measures_file')}.csv"), measures(pairs, least)
    elif name == "matrix.json":
        yield _target(folder, output, f"{_overview_name(pairs)}.json"), encode(matrix_of(pairs))
    elif folder is None:
        yield output or STANDARD_OUTPUT, _together(pairs, name, least) if several else render(pairs[0], name, least)
    else:
        for pair, stem in zip(pairs, _stems(pairs), strict=True):
            yield _target(folder, None, f"{stem}.{name}"), render(pair, name, least)
        if several and name in MATRIX_REPORTS:
            yield _target(folder, None, f"{_overview_name(pairs)}.{name}"), _overview(pairs, name, least)


def matrix_of(pairs: Sequence[Pair]) -> Matrix:
    lowers = [pair.lower.notice for pair in pairs]
    return build_matrix(pairs[0].upper.notice, lowers, [pair.comparison for pair in pairs])


def measures(pairs: Sequence[Pair], least: float) -> bytes:
    return render_measures([pair.comparison for pair in pairs], version=__version__, options=options_of(least))


def options_of(least: float) -> Mapping[str, str]:
    return {"min_confidence": f"{least:g}"}


def _target(folder: str | None, output: str | None, name: str) -> str:
    return str(Path(folder) / name) if folder is not None else output or STANDARD_OUTPUT


def _together(pairs: Sequence[Pair], name: str, least: float) -> bytes:
    if name == "json":
        return array([render(pair, name, least) for pair in pairs])
    return _overview(pairs, name, least)


def _overview(pairs: Sequence[Pair], name: str, least: float) -> bytes:
    return render_matrix(
        matrix_of(pairs),
        pairs[0].upper.notice,
        [pair.lower.notice for pair in pairs],
        format=name,
        upper_source=pairs[0].upper.source,
        lower_sources=[pair.lower.source for pair in pairs],
        min_confidence=least,
        generated_on=today(),
        version=__version__,
        options=options_of(least),
        lang=language(),
    )


def _stems(pairs: Sequence[Pair]) -> Iterator[str]:
    """A file name for each pair; lower notices of one name are numbered, so that none overwrites another."""
    seen: Counter[str] = Counter()
    for pair in pairs:
        lower = pair.lower.notice.document_number or pair.lower.choice.path.stem
        stem = f"{lower} 对 {_upper_name(pair)}"
        seen[stem] += 1
        yield stem if seen[stem] == 1 else f"{stem} {seen[stem]}"


def _overview_name(pairs: Sequence[Pair]) -> str:
    return f"{_upper_name(pairs[0])} {text('compare.overview_file')}"


def _upper_name(pair: Pair) -> str:
    return pair.upper.notice.document_number or pair.upper.choice.path.stem
