"""Word lists of the corpus as package data: one TOML file a list, loaded once a process."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

__all__ = ["load"]


@cache
def load(name: str) -> dict[str, Any]:
    """The table in `lexicon/<name>.toml`. Shared by all callers: never change it."""
    return tomllib.loads(files(__name__).joinpath(f"{name}.toml").read_text("utf-8"))
