"""The comparison as Markdown: outcome, material changes, then the sentences as tables."""

from templates.comparison_view import ComparisonView
from templates.environment import load_environment


def render_markdown(view: ComparisonView) -> bytes:
    template = load_environment().get_template("markdown/comparison.md.jinja")
    text = template.render(view=view, t=view.messages)
    # Neighbouring segments with the same mark read as one; a notice's own < is escaped.
    return text.replace("</del><del>", "").replace("</ins><ins>", "").encode()
