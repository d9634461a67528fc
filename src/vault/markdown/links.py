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

from vault.markdown.text import attribute, escape
from vault.patterns import lazy
from vault.records import LinkSlot, PaperId, PaperSlot
from vault.tuples import NamedTuple

if TYPE_CHECKING:
    from vault.markdown.writer import Writer

IMAGES: Final = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".svg", ".bmp", ".tif", ".tiff", ".heic")
"""Endings of files that are images; which of them are published is not said here."""

LONG: Final = 300
"""Characters from which an address is only cut at its end: linkify-it's time grows with the square."""

LONGEST: Final = 4000

_SCHEMES = ("https", "http")
_BARE = lazy(r"(?:://|www\.)[^\s<>\"`\[\]\\，。；：！？、（）【】《》「」『』“”‘’]+", re.IGNORECASE)
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
    """Whether the character before makes this the end of another word; scripts without spaces do not."""
    before = src[start - 1 : start] if start else ""
    return before.isascii() and (before.isalnum() or before in tuple("_./@+-:"))


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


class Opened(NamedTuple):
    """A link that is being written: where its words start in the block's text, and which is the first.
    ``held`` is the HTML before it, where its words become a label."""

    how: str
    href: str
    safe: str
    paper: PaperId | None
    start: int
    place: tuple[int, int]
    first: int
    held: list[str] | None


def begin(w: Writer, token: Token, href: str, title: str = "") -> None:
    """Begin a link.  Inside another link there is none; an image that is the whole of a link to a slot
    stands before it."""
    safe = "" if w.linked else w.safe(href)
    paper = w.sheet.helpers.identify_url(href) if external(safe) else None
    how = kind(safe, paper)
    place = w.place(int(token.meta.get("at", w.seen))) if how in ("paper", "web", "file") else (0, 0)
    held: list[str] | None = None
    if how in ("paper", "file") and not token.meta.get("image"):
        held, w.buf = w.buf, []
        w.labelled += 1
    elif how in ("web", "mail"):
        w.put(opening(safe, title, bare=token.info == "auto"))
    w.linked += 1
    w.opened.append(Opened(how, href, safe, paper, w.size, place, len(w.words), held))


def end(w: Writer) -> None:
    """End the link that was begun last."""
    link = w.opened.pop()
    if link is None:
        return
    w.linked -= 1
    label = "".join(w.buf) if link.held is not None else escape("".join(w.words[link.first :]))
    if link.held is not None:
        w.buf = link.held
        w.labelled -= 1
    if link.paper:
        w.slot(PaperSlot(link.paper, label, link.safe, False, link.place[0]))
        w.mention("paper", link.href, link.start, link.place, paper=link.paper)
    elif link.how == "file":
        to_file(w, link, label)
    elif link.how:
        w.put("</a>")
        if link.how == "web":
            w.mention("web", link.href, link.start, link.place)


def to_file(w: Writer, link: Opened, label: str) -> None:
    """A relative address: its path as written, its anchor decoded."""
    target, _, anchor = link.href.partition("#")
    anchor = unquote(anchor)
    if link.held is not None or not is_image(target):
        w.slot(LinkSlot("file", target, anchor, label, link.href, link.place[0]))
    w.mention("file", target, link.start, link.place, anchor=anchor)


def write_open(w: Writer, token: Token) -> None:
    """A link; written in HTML and shown as text it is none."""
    if w.as_text and token.markup == "html":
        w.put(escape(token.info))
        w.opened.append(None)
    else:
        begin(w, token, str(token.attrs.get("href", "")), str(token.attrs.get("title", "")))


def write_close(w: Writer, token: Token) -> None:
    if w.as_text and token.markup == "html":
        w.put(escape(token.info))
    end(w)


def kind(safe: str, paper: PaperId | None) -> str:
    """``web``, ``paper``, ``file``, ``mail``, or nothing for an address that may not be a link."""
    if external(safe):
        return "paper" if paper else "web"
    if safe[:7].lower() == "mailto:":
        return "mail"
    return "file" if safe else ""


def external(url: str) -> bool:
    return url[:8].lower().startswith(("http://", "https://"))


def opening(url: str, title: str, *, bare: bool = False) -> str:
    """The tag of a link that leads out of the site; a ``bare`` one has its address as its words, so
    that print need not repeat it."""
    rel = ' rel="external noopener"' if external(url) else ""
    said = f' title="{attribute(title)}"' if title else ""
    look = ' class="url"' if bare and rel else ""
    return f'<a{look} href="{attribute(url)}"{rel}{said}>'


def is_image(target: str) -> bool:
    return target.lower().endswith(IMAGES)
