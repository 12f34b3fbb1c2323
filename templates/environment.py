"""The Jinja environment of the text reports: what is missing is an error, what comes from a notice is data."""

import re
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined

# What Markdown reads as a mark inside a line; all our lines begin with words of ours.
MARKDOWN_SIGNS = re.compile(r"[\\`*_\[\]|~]")
HTML_SIGNS = {"&": "&amp;", "<": "&lt;"}


@cache
def load_environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("templates", ""),
        autoescape=is_markup,  # noqa: S701 decides by name
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["markdown"] = escape_markdown
    return environment


def is_markup(name: str | None) -> bool:
    # select_autoescape looks at the last extension only: x.html.jinja would not be escaped.
    return name is None or name.endswith(".html.jinja")


def escape_markdown(text: str) -> str:
    """Text of a notice as Markdown text: one line, no sign of it means anything."""
    for sign, entity in HTML_SIGNS.items():
        text = text.replace(sign, entity)
    return " ".join(MARKDOWN_SIGNS.sub(r"\\\g<0>", text).split())
