"""The page for a site that could not be made yet: what the overlay says, without a script."""

from __future__ import annotations

from html import escape

from vault.records import digest_of
from vault.serve.pages import with_script
from vault.serve.trouble import Trouble

STYLE = """
:root{color-scheme:light dark}
body{font:1rem/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}
h1{font-size:1.3rem}h2{font-size:1.05rem;margin:2rem 0 .3rem}
code,pre{font:.9rem/1.5 ui-monospace,monospace}
pre{overflow-x:auto;padding:.6rem .8rem;border-left:4px solid #c33;background:#8881}
pre b{color:#c33}
"""


def failure_page(troubles: tuple[Trouble, ...], token: str = "", seen: str = "") -> bytes:
    """HTML, all of it escaped; with a token it reloads itself when the site could be made."""
    head = f'<meta charset="utf-8"><title>The site cannot be built</title><style>{STYLE}</style>'
    begun = "The site has not been built yet." if not troubles else "The site cannot be built"
    body = f"<h1>{begun}</h1>\n" + "".join(map(section, troubles))
    page = f'<!doctype html>\n<html lang="en"><head>{head}</head>\n<body><main>{body}</main></body></html>\n'
    data = page.encode("utf-8", "replace")
    return with_script(data, token, seen) if token else data


def section(trouble: Trouble) -> str:
    """One trouble: place, message, lines, hint, link."""
    place = f"<code>{escape(trouble.place)}</code> " if trouble.place else ""
    parts = [f"<section><h2>{place}{escape(trouble.message)}</h2>\n"]
    if trouble.frame:
        lines = "\n".join(line for number, text in trouble.frame for line in shown(trouble, number, text))
        parts.append(f"<pre>{lines}</pre>\n")
    if trouble.hint:
        parts.append(f"<p>{escape(trouble.hint)}</p>\n")
    if trouble.editor:
        parts.append(f'<p><a href="{escape(trouble.editor)}">Open in the editor</a></p>\n')
    return "".join([*parts, "</section>\n"])


def shown(trouble: Trouble, number: int, text: str) -> list[str]:
    """A line with its number; the one that is meant, with a caret under its column."""
    width = len(str(trouble.frame[-1][0]))
    line = f"{number:>{width}} | {escape(text)}"
    if number != trouble.line:
        return [f"  {line}"]
    caret = [" " * (width + 4 + trouble.caret) + "<b>^</b>"] if trouble.caret else []
    return [f"<b>&gt;</b> {line}", *caret]


def seen_of(troubles: tuple[Trouble, ...]) -> str:
    """What names the page that tells these."""
    return digest_of(repr(troubles).encode("utf-8", "replace"))
