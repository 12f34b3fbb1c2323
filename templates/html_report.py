"""The comparison as one HTML file: styles and script inlined and named by hash in its security policy, no network."""

from base64 import b64encode
from hashlib import sha256
from importlib.resources import files
from typing import Any

from markupsafe import Markup

from templates.comparison_view import ComparisonView
from templates.environment import load_environment


def render_html(view: ComparisonView) -> bytes:
    if view.crops.by_unit:
        return render_page("comparison.html.jinja", view, "report.css", "crops.css", pictures=True)
    return render_page("comparison.html.jinja", view, "report.css")


def render_page(name: str, view: Any, *sheets: str, pictures: bool = False) -> bytes:
    """A page of the folder `html` with its style sheets and the script that all pages share."""
    style, script = "\n".join(read_asset(sheet) for sheet in sheets), read_asset("report.js")
    page = (
        load_environment()
        .get_template(f"html/{name}")
        .render(
            view=view,
            t=view.messages,
            style=Markup(style),  # noqa: S704 our own file
            script=Markup(script),  # noqa: S704 our own file
            policy=content_policy(style, script, pictures=pictures),
        )
    )
    return page.encode()


def read_asset(name: str) -> str:
    return files("templates").joinpath("html", name).read_text("utf-8")


def content_policy(style: str, script: str, *, pictures: bool = False) -> str:
    """Only this very style and script may act; whatever a notice's text holds, it cannot."""
    return (
        f"default-src 'none'; style-src '{integrity(style)}'; script-src '{integrity(script)}'; "
        f"{'img-src data:; ' if pictures else ''}base-uri 'none'; form-action 'none'"
    )


def integrity(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"
