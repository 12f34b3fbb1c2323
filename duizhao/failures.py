"""What could not be done, as one line a file in the chosen language.

Reading errors are written in Chinese where they arise; `reading.toml` holds their English, keyed by the
Chinese sentence as gettext does, with `{}` where a value stands.
"""

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

import click

from duizhao.messages import language, text
from duizhao.output import WriteError
from duizhao.sources import clause_name
from extract.errors import DuizhaoError, Failure, ReadError, say_system
from extract.notice import Warning

PAGE = re.compile(r"page (?P<page>\d{1,9}): ")
CLAUSE = re.compile(r"(?<=条款 )[^\s“：；，]{0,40}?(?:preamble|closing)(?:~\d{1,4})?")  # unnumbered text, by its id
NOTES = 3  # warnings shown of a file
VALUE = re.compile(r"\\\{\\\}")


def report(name: str, message: str) -> None:
    """Say on standard error what is wrong with a file and what to do."""
    click.echo(f"{name}: {localize(message)}", err=True)


def report_error(name: str, error: Exception) -> None:
    """The same for an error that a user can act on; a result that cannot be written is named by its own path."""
    report(error.path if isinstance(error, WriteError) else name, reason(error))


def report_failure(failure: Failure) -> None:
    report(failure.key, failure.message)


def reason(error: Exception) -> str:
    """The message without the file's name; a page stays in front of it."""
    match error:
        case ReadError(path=path) | WriteError(path=path):
            return str(error).removeprefix(f"{path}: ")
        case FileNotFoundError():
            return text("failure.missing")
        case PermissionError():
            return text("failure.permission")
        case OSError():
            return text("failure.system", what=localize(say_system(error)))
        case DuizhaoError():
            return str(error)
    raise error


def localize(message: str) -> str:
    """A reading error or warning in the chosen language, its page included."""
    page = PAGE.match(message)
    if page:
        return text("screen.page", page=page["page"]) + localize(message[page.end() :])
    return CLAUSE.sub(lambda found: clause_name(found[0]), message) if language() == "zh" else _english(message)


def _english(message: str) -> str:
    for pattern, english in _reading_messages():
        found = pattern.fullmatch(message)
        if found:
            return english.format(*map(_english, found.groups()))
    return message


@cache
def _reading_messages() -> tuple[tuple[re.Pattern[str], str], ...]:
    entries = tomllib.loads(files("duizhao").joinpath("reading.toml").read_text("utf-8"))["message"]
    return tuple(
        (re.compile(VALUE.sub("(.{0,400}?)", re.escape(entry["zh"])), re.DOTALL), entry["en"]) for entry in entries
    )


def note(name: str, warnings: Sequence[Warning]) -> None:
    """Name the first few doubts about a file, gravest first; the rest stand in the result."""
    for warning in sorted(warnings, key=lambda warning: warning.code != "incomplete")[:NOTES]:
        page = text("screen.page", page=warning.page) if warning.page is not None else ""
        report(name, text("screen.note", what=page + localize(warning.message)))
    if len(warnings) > NOTES:
        report(name, text("screen.more_notes", count=len(warnings) - NOTES))


def is_incomplete(warnings: Sequence[Warning]) -> bool:
    """Whether a file was read but is not all there: half a notice counts as a failure of the run."""
    return any(warning.code == "incomplete" for warning in warnings)
