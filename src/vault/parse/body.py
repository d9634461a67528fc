"""A body's text -> rendered, with what this house knows of papers and addresses."""

from __future__ import annotations

from vault import markdown, naming, papers, query
from vault.parse.subject import id_hint
from vault.problems import problem
from vault.records import Body, Problem, Rendered

_HELPERS = markdown.Helpers(papers.identify_url, papers.find, naming.safe_url, naming.anchor)


def render(text: str, path: str, line: int) -> Rendered:
    """The body; ``line`` is the file line of the text's first."""
    return markdown.render(text, path, line, _HELPERS)


def body_problems(rendered: Rendered, path: str) -> tuple[Problem, ...]:
    """Addresses that only look like arXiv's, and query blocks that cannot be read."""
    wrong = [(link, papers.malformed(link.target)) for link in rendered.links if link.kind == "web"]
    ids = tuple(
        problem(
            "arxiv-malformed",
            path,
            f'"{link.target}" is no arXiv address',
            hint=id_hint(why),
            line=link.line,
            column=link.column,
        )
        for link, why in wrong
        if why
    )
    return (*ids, *query.problems_in(Body(rendered.blocks), path))
