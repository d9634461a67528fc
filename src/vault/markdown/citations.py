"""Citations: ``[@key]``, ``[see @key, p. 3; @other]``, and ``@key`` in running text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from vault.citing import KEY, item
from vault.markdown.text import escape
from vault.patterns import lazy
from vault.records import CiteItem, CiteSlot

if TYPE_CHECKING:
    from vault.markdown.writer import Writer

_BRACKET = lazy(r"\[([^\[\]]*)\](?![\[(])")
LONGEST: Final = 2000
"""Characters of a citation in brackets."""


def bracketed(state: StateInline, silent: bool) -> bool:
    """``[@key; @other]``; every part must have a key, and no link may follow."""
    if state.linkLevel:
        return False
    found = _BRACKET.match(state.src, state.pos, min(state.posMax, state.pos + LONGEST))
    if not found or "@" not in found[1]:
        return False
    items = [item(part.strip()) for part in found[1].split(";")]
    cited = [each for each in items if each]
    if len(cited) < len(items):
        return False
    if not silent:
        push(state, cited, found[0], False)
    state.pos = found.end()
    return True


def narrative(state: StateInline, silent: bool) -> bool:
    """``@key``, where no word, address or number (``90%@k``) stands before it."""
    start = state.pos
    if state.linkLevel or (start and (state.src[start - 1].isalnum() or state.src[start - 1] in "_.+-/@\\%")):
        return False
    found = KEY.match(state.src, start, state.posMax)
    if not found or not any(char.isalpha() for char in found[1]):
        return False
    if not silent:
        push(state, [CiteItem(found[1])], found[0], True)
    state.pos = found.end()
    return True


def push(state: StateInline, items: list[CiteItem], written: str, running: bool) -> None:
    token = state.push("citation", "", 0)
    token.meta = {
        "items": tuple(items),
        "written": written,
        "narrative": running,
        "said": written,
        "at": state.pos,
    }


def write(w: Writer, token: Token) -> None:
    meta = token.meta
    start = w.size
    w.say(meta["written"])
    if w.linked:
        w.put(escape(meta["written"]))
        return
    place = w.place(meta["at"])
    w.slot(CiteSlot(meta["items"], meta["written"], meta["narrative"], place[0]))
    for one in meta["items"]:
        w.mention("cite", one.key, start, place)
