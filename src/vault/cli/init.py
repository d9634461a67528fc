"""``vault init``: a new vault that builds at once."""

from __future__ import annotations

import datetime
import os
from pathlib import Path

import click

from vault.cli.terminal import say
from vault.records import VaultError

CONFIG = """\
# Everything here is optional; what is left out has a good default.
title = "Paper notes"
# author = "Your name"
# description = "What these notes are about, in one sentence."
# lang = "en"

[site]
# The address it will be published at. With it come feeds, a sitemap and canonical links.
# url = "https://example.org/notes/"

[queue]
# publish = false        # keep the reading queue out of the site

[log]
# year = 2025            # the year of "29th January" in a log that never says it
"""

FIRST_NOTE = """\
---
title: "Attention Is All You Need"
date: {today}
arxiv: 1706.03762
authors: Ashish Vaswani, Noam Shazeer, Niki Parmar, Jakob Uszkoreit, Llion Jones, Aidan N. Gomez, Łukasz Kaiser, Illia Polosukhin
venue: NeurIPS
year: 2017
tags: [architecture/transformer, attention]
status: reading
why: Everything since then builds on it, so it is where these notes start.
---

> [!tldr]
> Drop recurrence; let every position look at every other one, weighted by $\\mathrm{{softmax}}(QK^\\top/\\sqrt{{d}})\\,V$.

## What I want to find out

- Why divide by $\\sqrt{{d}}$? Because the dot product of two random vectors has variance $d$.
- Would one head do? Compare with other notes as they come: link them with `[[name]]`.

Write the next note beside this one, then run `vault build` again.
"""

IGNORE = "/site/\n/.vault/\n"


@click.command("init")
@click.argument("folder", type=click.Path(path_type=Path), default=Path())
def command(folder: Path) -> None:
    """Make a new vault in FOLDER (default: here): vault.toml, notes/ with a first note, .gitignore.

    Files that exist are left as they are.
    """
    today = os.environ.get("VAULT_TODAY") or datetime.datetime.now(datetime.UTC).date().isoformat()
    wanted = {
        "vault.toml": CONFIG,
        f"notes/{today[:4]}/{today}-attention-is-all-you-need.md": FIRST_NOTE.format(today=today),
        ".gitignore": IGNORE,
    }
    if (folder / "notes").is_dir() and any((folder / "notes").iterdir()):
        wanted = {name: text for name, text in wanted.items() if not name.startswith("notes/")}
    made = [name for name, text in wanted.items() if create(folder / name, text)]
    for name in made:
        say(f"made {folder / name}")
    say("This was a vault already; nothing was changed." if not made else next_step(folder))


def create(path: Path, text: str) -> bool:
    """Write a new file; False when something of that name exists, which is never touched."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        return False
    except OSError as error:
        raise VaultError(f"cannot write {path}: {error.strerror}", hint="Choose another folder.") from error
    return True


def next_step(folder: Path) -> str:
    go = "" if folder == Path() else f"cd {folder} && "
    return f"Next: {go}vault build, then open site/index.html"
