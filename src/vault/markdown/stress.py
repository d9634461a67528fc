"""Emphasis as most is: ``*one*`` and ``**two words**``, with nothing but text between."""

from __future__ import annotations

import re

from markdown_it.rules_inline import StateInline

from vault.markdown.inlines import OTHER, STOPS, kind
from vault.patterns import lazy

_PLAIN = lazy(rf"(([*_])\2?)([^\W_](?:[^{re.escape(STOPS)}]*[^\W_])?)\1")


def plain(state: StateInline, silent: bool) -> bool:
    """What markdown-it's rules make of it, which weigh each marker against all others.

    The first marker can only open and the second only close, by what stands beside them, and none stands
    between: so the two belong together, whatever is around.
    """
    src, start = state.src, state.pos
    found = None if silent else _PLAIN.match(src, start, state.posMax)
    if not found or "www." in found[3].lower():
        return False
    end, marker = found.end(), found[1]
    after = src[end] if end < state.posMax else " "
    if after == found[2] or kind(after) == OTHER or (start and kind(src[start - 1]) == OTHER):
        return False
    name = "em" if len(marker) == 1 else "strong"
    tag(state, name, 1, marker)
    state.append_pending(found[3])
    tag(state, name, -1, marker)
    state.pos = end
    return True


def tag(state: StateInline, name: str, nesting: int, marker: str) -> None:
    token = state.push("text", "", 0)
    token.type = f"{name}_open" if nesting > 0 else f"{name}_close"
    token.tag, token.nesting, token.markup = name, 1 if nesting > 0 else -1, marker
