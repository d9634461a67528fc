"""``vault digest``: a month as a letter to paste."""

from __future__ import annotations

import re

import click

from vault import disk, frontmatter, settings
from vault.build import Options, survey
from vault.cli.common import vault_option
from vault.cli.days import day
from vault.cli.terminal import say
from vault.patterns import lazy
from vault.records import Body, Vault, VaultError

DEAD = lazy(r'<a\b[^>]*\bhref=""[^>]*>(.*?)</a>', re.DOTALL)
"""A link of a vault that does not say where its site stands."""

Month = tuple[int, int]


@click.command("digest")
@click.argument("month", required=False)
@vault_option
@click.option("--html", "as_html", is_flag=True, help="Print HTML instead of Markdown.")
def command(month: str | None, folder: str | None, as_html: bool) -> None:
    """Print the digest of MONTH (2025-01; the newest one without) to paste into a mail or a post.

    Its introduction is digest/MONTH.md, which is only ever read. Links lead to the site where
    vault.toml names its url, else to the papers.
    """
    from vault.compose.digest_feed import html  # noqa: PLC0415 - survey imports it too, and later
    from vault.compose.letter_text import markdown  # noqa: PLC0415

    vault = disk.find_vault(folder)
    scope = survey(vault, Options(today=day(None))).sitemap.scope
    each = chosen(sorted(scope.orders.letters), month)
    if as_html:
        text = DEAD.sub(r"\1", "\n".join(html(scope, each, lambda _: Body())))
    else:
        text = markdown(scope, each, intro(vault, each) if f"/digest/{name(each)}" in scope.own else "")
    for line in text.rstrip("\n").split("\n"):
        say(line)


def name(each: Month) -> str:
    return f"{each[0]:04}-{each[1]:02}"


def chosen(months: list[Month], month: str | None) -> Month:
    """The month asked for, if it has a letter.  Raises VaultError."""
    if not months:
        hint = "A month has its digest as soon as a note of it says something."
        raise VaultError("there is no month to tell of", hint=hint)
    if month is None:
        return months[-1]
    named = re.fullmatch(r"(\d{4})-(\d{1,2})", month)
    if named and (asked := (int(named[1]), int(named[2]))) in months:
        return asked
    near = ", ".join(name(each) for each in months[-3:])
    raise VaultError(f"there is no digest of {month!r}", hint=f"The newest are {near}.")


def intro(vault: Vault, each: Month) -> str:
    """The body of ``digest/<month>.md``, or nothing."""
    wanted, _ = settings.read(disk.config_text(vault))
    sources, _ = disk.pages(disk.inputs(vault, wanted))
    texts = (source.text for source in sources if source.path == f"digest/{name(each)}.md")
    return next((frontmatter.split(text).body for text in texts), "")
