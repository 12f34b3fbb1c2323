"""Words of the reports, one catalogue a language in `messages/`: keys in, text out."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

LANGUAGES = ("zh", "en")
UNNUMBERED = re.compile(r"\b(?P<name>preamble|closing)(?:~(?P<number>\d+))?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Messages:
    """The catalogue of one language; called as `messages("outcome.modified", n=13)`."""

    lang: str
    sections: Mapping[str, Mapping[str, str]]

    def __call__(self, key: str, **values: object) -> str:
        section, _, name = key.partition(".")
        return self.sections[section][name].format_map(values) if values else self.sections[section][name]

    def label(self, section: str, name: str) -> str:
        """The label of a name from an open list, such as a measure's; the name itself where there is none."""
        return self.sections[section].get(name, name)


def name_clause(clause: str, messages: Messages) -> str:
    """A clause's id with its words in the reader's language: preamble~2 is 前言2."""
    return UNNUMBERED.sub(lambda match: messages(f"body.{match['name']}") + (match["number"] or ""), clause)


@cache
def load_messages(lang: str) -> Messages:
    """Raises:
    ValueError: there is no catalogue for `lang`.
    """
    if lang not in LANGUAGES:
        raise ValueError(f"no messages for language {lang}; choose one of {', '.join(LANGUAGES)}")
    text = files("templates").joinpath("messages", f"{lang}.toml").read_text("utf-8")
    return Messages(lang=lang, sections=tomllib.loads(text))
