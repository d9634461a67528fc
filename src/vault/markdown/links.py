"""Links ``[text](address)``, ``<address>``, and addresses written bare."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from linkify_it import LinkifyIt
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline import autolink as core_autolink
from markdown_it.rules_inline import link as core_link
from markdown_it.token import Token

from vault.markdown.text import attribute
from vault.records import LinkSlot, PaperId, PaperSlot

if TYPE_CHECKING:
    from vault.markdown.writer import Writer

IMAGES: Final = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".svg", ".bmp", ".tif", ".tiff", ".heic")
"""Endings of files that are images; which of them are published is not said here."""

LONG: Final = 300
"""Characters from which an address is only cut at its end: linkify-it's time grows with the square."""

LONGEST: Final = 4000

_SCHEMES = ("https", "http")
_BARE = re.compile(r"(?:://|www\.)[^\s<>\"`\[\]\\，。；：！？、（）【】《》「」『』“”‘’]+", re.IGNORECASE)
_linkify: list[LinkifyIt] = []


def link(state: StateInline, silent: bool) -> bool:
    """``[text](address "title")`` and ``[text][label]``."""
    return placed(state, silent, core_link)


def autolink(state: StateInline, silent: bool) -> bool:
    """``<https://...>`` and ``<name@host>``."""
    return placed(state, silent, core_autolink)


def placed(state: StateInline, silent: bool, rule: object) -> bool:
    """Run a rule of markdown-it that makes a link, and note where the link begins."""
    start, place = state.pos, len(state.tokens) + bool(state.pending)
    if not rule(state, silent):  # type: ignore[operator]
        return False
    if not silent and len(state.tokens) > place:
        state.tokens[place].meta["at"] = start
    return True


def bare(state: StateInline, silent: bool) -> bool:
    """``https://host/path`` in running text; the rule begins at its colon."""
    if silent or state.linkLevel or not state.src.startswith("://", state.pos):
        return False
    colon = state.pos
    for scheme in _SCHEMES:
        start = colon - len(scheme)
        if start >= 0 and state.src[start:colon].lower() == scheme and not joined_before(state.src, start):
            return written(state, start, colon, "")
    return False


def www(state: StateInline, silent: bool) -> bool:
    """``www.host/path`` in running text."""
    start = state.pos
    if silent or state.linkLevel or joined_before(state.src, start):
        return False
    return state.src[start : start + 4].lower() == "www." and written(state, start, start, "http://")


def joined_before(src: str, start: int) -> bool:
    """Whether the character before makes this the end of another word."""
    return start > 0 and (src[start - 1].isalnum() or src[start - 1] in "_./@+-:")


def written(state: StateInline, start: int, pos: int, scheme: str) -> bool:
    """Make a link of the address from ``start``; what stands before ``pos`` is pending text."""
    found = _BARE.match(state.src, pos, min(state.posMax, pos + LONGEST))
    head = state.src[start:pos]
    if not found or not state.pending.endswith(head):
        return False
    address = trimmed(scheme + head + found[0])[len(scheme) :]
    if not address:
        return False
    if head:
        state.pending = state.pending[: -len(head)]
    opened = state.push("link_open", "a", 1)
    opened.attrs, opened.info, opened.meta = {"href": scheme + address}, "auto", {"at": start}
    state.push("text", "", 0).content = address
    state.push("link_close", "a", -1)
    state.pos = start + len(address)
    return True


def trimmed(address: str) -> str:
    """The address without what follows it in a sentence (full stops, brackets it did not open)."""
    if not _linkify:
        _linkify.append(LinkifyIt())
    if len(address) > LONG:
        return address.rstrip("*_~.,:;!?'()")
    found = _linkify[0].match_at_start(address)
    return found.raw.rstrip("*_~") if found else ""


# What a link becomes


def write_open(w: Writer, token: Token) -> None:
    """Begin a link; what it becomes is known when it closes."""
    href = str(token.attrs.get("href", ""))
    w.open_link(token, href, str(token.attrs.get("title", "")))


def write_close(w: Writer, _token: Token) -> None:
    w.close_link()


def external(url: str) -> bool:
    return url[:8].lower().startswith(("http://", "https://"))


def opening(url: str, title: str) -> str:
    """The tag of a link that leads out of the site."""
    rel = ' rel="external noopener"' if external(url) else ""
    return f'<a href="{attribute(url)}"{rel}{titled(title)}>'


def titled(title: str) -> str:
    return f' title="{attribute(title)}"' if title else ""


def paper_slot(paper: PaperId, url: str, label: str, line: int) -> PaperSlot:
    return PaperSlot(paper, label, url, False, line)


def file_slot(href: str, label: str, line: int) -> LinkSlot:
    """A relative address: its path as written, its anchor decoded."""
    target, _, anchor = href.partition("#")
    return LinkSlot("file", target, unquote(anchor), label, href, line)


def is_image(target: str) -> bool:
    return target.lower().endswith(IMAGES)
