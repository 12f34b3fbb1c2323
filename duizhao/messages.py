"""Every sentence the front end says, in Chinese and English, from one catalogue (`messages.toml`)."""

import os
import tomllib
from collections.abc import Sequence
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import Any

LANGUAGES = ("zh", "en")

_language: ContextVar[str] = ContextVar("language", default=LANGUAGES[0])


def text(key: str, **values: object) -> str:
    """The message under a dotted key, with `{name}` places filled.

    Raises:
        KeyError: the catalogue has no such message.
    """
    entry: Any = _catalogue()
    for part in key.split("."):
        entry = entry[part]
    message: str = entry[language()]
    return message.format(**values) if values else message


def language() -> str:
    return _language.get()


def select(arguments: Sequence[str]) -> None:
    """Take the language from `--lang` wherever it stands, so that help and errors speak it too.

    Without `--lang` the variable DUIZHAO_LANG decides; without that, Chinese.
    """
    asked = os.environ.get("DUIZHAO_LANG", "")
    for i, argument in enumerate(arguments):
        if argument == "--":
            break
        if argument == "--lang" and i + 1 < len(arguments):
            asked = arguments[i + 1]
        elif argument.startswith("--lang="):
            asked = argument.removeprefix("--lang=")
    _language.set(asked if asked in LANGUAGES else LANGUAGES[0])


def names() -> tuple[str, ...]:
    """All keys of the catalogue, for the test that both languages are complete."""
    return tuple(_walk("", _catalogue()))


def _walk(prefix: str, entry: dict[str, Any]) -> list[str]:
    if all(isinstance(value, str) for value in entry.values()):
        return [prefix]
    return [key for name, value in entry.items() for key in _walk(f"{prefix}.{name}" if prefix else name, value)]


@cache
def _catalogue() -> dict[str, Any]:
    # Beside this file rather than through importlib.resources, which would be a tenth of the time to show a help page.
    return tomllib.loads(Path(__file__).with_name("messages.toml").read_text("utf-8"))
