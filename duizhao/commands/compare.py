"""`duizhao compare UPPER LOWER…`: an upper notice against one or many lower ones, or notices side by side by topic."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from duizhao.command import Command, Misuse, format_option, output_option, password_option, shared_options
from duizhao.failures import report, report_error
from duizhao.messages import text
from duizhao.output import STANDARD_OUTPUT, WriteError, choose_format, is_folder, spare_sources, write
from duizhao.progress import track
from duizhao.sources import Choice, choose, number_of, numbers
from extract.errors import DuizhaoError

if TYPE_CHECKING:
    from duizhao.pairs import Pair, Side

FORMATS = ("html", "json", "md", "docx", "xlsx", "csv", "changes.csv", "measures.csv", "redline.docx", "matrix.json")
TOPIC_FORMATS = ("html", "json", "md", "docx", "xlsx", "csv")
ONE_A_PAIR = frozenset({"redline.docx", "changes.csv"})  # no form for several lower notices in one file
CONDITIONS = ("material", "dropped", "added", "modified", "any")
PICTURES = 60  # changed places shown with a picture of the page, about 3 MB
LEAST = 0.5  # confidence of a match that needs no checking


def confidence(context: click.Context, option: click.Parameter, value: float) -> float:  # noqa: ARG001 click's signature
    if not 0 <= value <= 1:
        raise Misuse(text("usage.confidence", name="--min-confidence"))
    return value


@click.command("compare", cls=Command)
@click.argument("files", nargs=-1, required=True)
@output_option("compare.output")
@format_option(*FORMATS)
@click.option("--topics", is_flag=True, help="compare.topics")
@click.option("--measures", metavar="path", help="compare.measures")
@click.option("--fail-on", multiple=True, type=click.Choice(CONDITIONS), help="compare.fail_on")
@click.option(
    "--min-confidence",
    type=float,
    metavar="number",
    default=LEAST,
    callback=confidence,
    help="compare.min_confidence",
)
@click.option("--evidence", is_flag=True, help="compare.evidence")
@click.option(
    "--evidence-limit", metavar="number", type=click.IntRange(min=1), default=PICTURES, help="compare.evidence_limit"
)
@password_option
@shared_options
def command(
    *,
    files: tuple[str, ...],
    output: str | None,
    format_name: str | None,
    topics: bool,
    measures: str | None,
    fail_on: tuple[str, ...],
    min_confidence: float,
    evidence: bool,
    evidence_limit: int,
    password: str | None,
    quiet: bool,
) -> int:
    choices = tuple(choose(argument, password) for argument in files)
    for target in (output, measures):
        spare_sources(target, (choice.path for choice in choices))
    if topics:
        _refuse_with_topics(measures, fail_on, evidence=evidence)
        return _side_by_side(choices, output, format_name, quiet=quiet)
    name = choose_format(format_name, output, FORMATS) if output or format_name else None
    _check(name, output, choices)
    if evidence and name != "html":
        raise Misuse(text("usage.evidence"))
    pairs = list(_pairs(choices, quiet=quiet))
    good = [pair for pair in pairs if pair is not None]
    if evidence:
        good = [_with_pictures(pair, evidence_limit) for pair in good]
    to_screen = name is None or (output not in (None, STANDARD_OUTPUT) and not quiet)
    if to_screen:
        _show(good, min_confidence, hint=name is None and not quiet)
    written = _write(good, name, output, measures, several=len(choices) > 2, least=min_confidence)
    if written is None:
        return 1
    for path in written if to_screen else ():
        click.echo(text("screen.wrote", path=path))
    stopped = [_object(pair, fail_on) for pair in good]
    return 0 if len(good) == len(pairs) and not any(stopped) else 1


def _check(name: str | None, output: str | None, choices: Sequence[Choice]) -> None:
    if name in ONE_A_PAIR and len(choices) > 2 and not is_folder(output):
        raise Misuse(text("usage.needs_folder", name=name))


def _pairs(choices: Sequence[Choice], *, quiet: bool) -> "Iterator[Pair | None]":
    """One pair a lower notice, compared; `None` where that was not possible, which is said at once."""
    from duizhao.pairs import add_new, load_side, pair_inside, pair_with

    try:
        first = load_side(choices[0])
    except DuizhaoError as error:
        report_error(str(choices[0]), error)
        yield None
        return
    lowers = choices[1:]
    taken: list[Side] = []
    for choice in track(lowers or choices, len(lowers) or 1, text("screen.comparing"), quiet=quiet):
        try:
            pair = pair_with(first, add_new(load_side(choice), taken)) if lowers else pair_inside(first)
        except DuizhaoError as error:
            report_error(str(choice), error)
            yield None
            continue
        if not quiet:
            for side in (pair.upper, pair.lower) if lowers else ():
                _say_which(side)
        yield pair


def _say_which(side: "Side") -> None:
    """A file of several notices, none of them named: which one was taken, and how to take another."""
    if side.choice.number is None and len(side.document.notices) > 1:
        others = numbers(notice for notice in side.document.notices if notice is not side.notice)
        report(str(side.choice), text("compare.taken", number=number_of(side.notice), others=others))


def _show(pairs: "Sequence[Pair]", least: float, *, hint: bool) -> None:
    from duizhao.summary import FEW, ROWS, show, show_overview

    for i, pair in enumerate(pairs):
        if i:
            click.echo()
        show(pair.comparison, ROWS if len(pairs) == 1 else FEW, least)
    if len(pairs) > 1:
        from duizhao.deliver import matrix_of

        show_overview(matrix_of(pairs))
    if pairs and hint:
        click.echo("\n" + text("compare.hint" if len(pairs) == 1 else "compare.overview_hint"))


def _write(
    pairs: "Sequence[Pair]", name: str | None, output: str | None, measures: str | None, *, several: bool, least: float
) -> list[Path] | None:
    """What was written; `None` where something could not be, which is said at once."""
    from duizhao import deliver

    if not pairs:
        return []
    try:
        targets = list(deliver.files(pairs, name, output, several=several, least=least)) if name else []
        if measures:
            targets.append((measures, deliver.measures(pairs, least)))
        return [path for target, data in targets if (path := write(target, data))]
    except WriteError as error:
        report_error(error.path, error)
        return None


def _with_pictures(pair: "Pair", limit: int) -> "Pair":
    from duizhao.crops import crop_changes

    crops = crop_changes(pair, limit)
    if not crops.by_unit:
        report(str(pair.lower.choice), text("compare.no_evidence"))
    return replace(pair, crops=crops)


def _object(pair: "Pair", conditions: Sequence[str]) -> bool:
    """Whether the pair has what `--fail-on` names; each is said on standard error."""
    from duizhao.gate import objections

    found = list(objections(pair.comparison, conditions))
    for line in found:
        report(str(pair.lower.choice), line)
    return bool(found)


def _refuse_with_topics(measures: str | None, conditions: Sequence[str], *, evidence: bool) -> None:
    for name, given in (("--measures", measures), ("--fail-on", conditions), ("--evidence", evidence)):
        if given:
            raise Misuse(text("usage.topics_option", name=name))


def _side_by_side(choices: Sequence[Choice], output: str | None, format_name: str | None, *, quiet: bool) -> int:
    from duizhao import beside

    name = choose_format(format_name, output, TOPIC_FORMATS) if output or format_name else None
    if name is not None and name not in TOPIC_FORMATS:
        raise Misuse(text("usage.topics_option", name=f"--format {name}"))
    sides = list(_sides(choices, quiet=quiet))
    good = [side for side in sides if side is not None]
    if len(good) < 2:
        if len(good) == len(sides):
            raise Misuse(text("usage.topics"))
        return 1
    found = beside.lay_out(good)
    to_screen = name is None or (output not in (None, STANDARD_OUTPUT) and not quiet)
    if to_screen:
        beside.show(found, good, hint=name is None and not quiet)
    if name:
        try:
            path = write(output, beside.render(found, good, name))
        except WriteError as error:
            report_error(error.path, error)
            return 1
        if path and to_screen:
            click.echo(text("screen.wrote", path=path))
    return 0 if len(good) == len(sides) else 1


def _sides(choices: Sequence[Choice], *, quiet: bool) -> "Iterator[Side | None]":
    """The notices to lay side by side; `None` where a file could not be read, which is said at once."""
    from duizhao.beside import load_sides
    from duizhao.pairs import add_new

    taken: list[Side] = []
    for choice in track(choices, len(choices), text("screen.reading"), quiet=quiet):
        try:
            yield from (add_new(side, taken) for side in load_sides(choice, alone=len(choices) == 1))
        except DuizhaoError as error:
            report_error(str(choice), error)
            yield None
