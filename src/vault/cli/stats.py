"""``vault stats``: reading, counted."""

from __future__ import annotations

from typing import Any

import click

from vault.build import Options, survey
from vault.cli.common import json_option, vault_option
from vault.cli.days import day
from vault.cli.terminal import print_json, say
from vault.disk import find_vault
from vault.records.views import Bar, Cross, StatsPage
from vault.tongue import ENGLISH

WIDTH = 30
"""Characters of the longest bar."""


@click.command("stats")
@vault_option
@click.option("--today", metavar="DATE", help="Count ages and the last twelve months from this day.")
@json_option
def command(folder: str | None, today: str | None, as_json: bool) -> None:
    """Count the reading: by month, status, rating, tag, venue and year, and the time papers wait.

    The same numbers stand on the site's page of statistics.
    """
    from vault.compose.stats import stats_page  # noqa: PLC0415 - survey imports it too, and later

    now = day(today)
    found = survey(find_vault(folder), Options(today=now))
    page = stats_page(found.sitemap.scope.replaced(tongue=ENGLISH), now)
    if as_json:
        print_json(document(page))
        return
    for label, number in page.figures:
        say(f"{number:>6}  {label}")
    for chart in page.charts:
        show(chart.label, chart.note, [line(bar, chart.bars) for bar in chart.bars])
    for cross in page.crosses:
        show(cross.label, cross.note, table(cross))
    if not page.total:
        say("Nothing to count yet.")


def show(label: str, note: str, lines: list[str]) -> None:
    say("")
    say(f"{label} ({note})" if note else label, bold=True)
    for each in lines:
        say(each.rstrip())


def line(bar: Bar, bars: tuple[Bar, ...]) -> str:
    """``efficiency        18  ##########``, labels as wide as the widest."""
    width = max(len(each.label) for each in bars)
    return f"  {bar.label:<{width}}  {bar.count:>6,}  {'#' * round(WIDTH * bar.share / 100)}"


def table(cross: Cross) -> list[str]:
    width = max(len(cross.head), *(len(label) for label, _, _ in cross.rows))
    head = f"  {cross.head:<{width}}" + "".join(f"{column:>9}" for column in cross.columns)
    rows = (
        f"  {label:<{width}}" + "".join(f"{number or '':>9}" for number, _ in cells)
        for label, _, cells in cross.rows
    )
    return [head, *rows]


def document(page: StatsPage) -> dict[str, Any]:
    """The shape of docs/cli.md."""
    return {
        "figures": dict(page.figures),
        "charts": {
            chart.anchor: [{"label": bar.label, "count": bar.count} for bar in chart.bars]
            for chart in page.charts
        },
        "tables": {
            cross.anchor: {
                "columns": list(cross.columns),
                "rows": [
                    {"label": label, "counts": [number for number, _ in cells]}
                    for label, _, cells in cross.rows
                ],
            }
            for cross in page.crosses
        },
    }
