"""``vault check``: every Problem, with path, line and what to do."""

from __future__ import annotations

import sys
from collections import Counter

import click

from vault.build import Options, survey
from vault.cli.common import json_option, vault_option
from vault.cli.days import day
from vault.cli.terminal import as_json, count, print_json, say, show_problems
from vault.disk import find_vault


@click.command("check")
@vault_option
@json_option
def command(folder: str | None, as_json: bool) -> None:
    """Report every problem in the notes, with its line and what to do about it.

    Looks at drafts and private notes too. Exit 1 when there is an error.
    """
    found = survey(find_vault(folder), Options(today=day(None), drafts=True, private=True)).problems
    counts = Counter(problem.code for problem in found)
    if as_json:
        print_json({"problems": [document(p) for p in found], "counts": dict(sorted(counts.items()))})
    else:
        show_problems(found, error=False)
        say(last_line(counts))
    sys.exit(1 if any(problem.severity == "error" for problem in found) else 0)


document = as_json


def last_line(counts: Counter[str]) -> str:
    """``3 problems: 2 link-broken, 1 yaml-recovered``."""
    if not counts:
        return "No problems."
    parts = ", ".join(
        f"{n} {code}" for code, n in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    )
    return f"{count(counts.total(), 'problem')}: {parts}"
