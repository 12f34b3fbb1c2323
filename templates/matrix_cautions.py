"""What speaks against reading much into “not found”: a matrix in, sentences for the head of a report out."""

from collections.abc import Iterator, Sequence

from compare.matrix import Matrix
from templates.labels import Messages


def say_caution(matrix: Matrix, at: int, messages: Messages) -> str:
    """Of one column: its notice does not name the upper one, or answers a part of it only; else empty."""
    kind = kind_of(matrix, at)
    counts = {"found": count_found(matrix, at), "sentences": len(matrix.rows)}
    return messages(f"matrix.{kind}", **counts) if kind else ""


def say_cautions(matrix: Matrix, names: Sequence[str], messages: Messages) -> tuple[str, ...]:
    """Of all columns, a line a kind; then what “not found” means."""
    found = tuple(_lines(matrix, names, messages))
    return (*found, messages("matrix.not_found")) if found else ()


def _lines(matrix: Matrix, names: Sequence[str], messages: Messages) -> Iterator[str]:
    kinds = [kind_of(matrix, at) for at in range(len(matrix.columns))]
    for kind in ("partial", "unnamed"):
        places = (
            messages("matrix.place_found", name=name, n=count_found(matrix, at))
            for at, name in enumerate(names)
            if kinds[at] == kind
        )
        if said := messages("matrix.place_join").join(places):
            yield messages(f"matrix.{kind}_places", places=said, sentences=len(matrix.rows))


def kind_of(matrix: Matrix, at: int) -> str | None:
    if matrix.columns[at].names_upper is False:
        return "unnamed"
    return "partial" if 2 * count_found(matrix, at) < len(matrix.rows) else None


def count_found(matrix: Matrix, at: int) -> int:
    """Upper sentences with a counterpart."""
    return sum(bool(row.cells[at].lower) for row in matrix.rows)
