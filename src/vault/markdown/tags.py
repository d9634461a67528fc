"""``#topic`` in running text: a letter after the sign, white space before it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from vault.markdown.text import escape
from vault.patterns import lazy
from vault.records import TagSlot

if TYPE_CHECKING:
    from vault.markdown.writer import Writer

_TAG = lazy(r"#([^\W\d_](?:[\w/-]*\w)?)(?![\w#])")

_DIRECTIVES = frozenset(("define", "elif", "endif", "ifdef", "ifndef", "include", "pragma", "undef"))
"""What C's preprocessor says with the same sign."""


def tag(state: StateInline, silent: bool) -> bool:
    start = state.pos
    if state.linkLevel or (start and not state.src[start - 1].isspace()):
        return False
    found = _TAG.match(state.src, start, state.posMax)
    if not found or found[1] in _DIRECTIVES:
        return False
    if not silent:
        token = state.push("tag", "", 0)
        token.content, token.meta = found[1], {"said": found[0]}
    state.pos = found.end()
    return True


def write(w: Writer, token: Token) -> None:
    w.say(f"#{token.content}")
    if w.linked:
        w.put(escape(f"#{token.content}"))
        return
    w.tags.append(token.content)
    w.slot(TagSlot(token.content))
