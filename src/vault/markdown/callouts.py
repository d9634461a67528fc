"""Callouts: ``> [!warning]- Title``, as GitHub and Obsidian write them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from markdown_it.token import Token

from vault.patterns import lazy

if TYPE_CHECKING:
    from vault.markdown.writer import Writer

_FIRST = lazy(r"\[!([\w ./+-]{1,40})\]([+-]?)[ \t]*([^\n]*)(?:\n|$)")

KINDS: Final = {
    "note": "note info todo example seealso definition",
    "tip": "tip hint important success check done",
    "warn": "warn warning caution attention",
    "danger": "danger error bug failure fail missing",
    "question": "question help faq",
    "quote": "quote cite",
    "tldr": "tldr abstract summary tl;dr",
}
"""How a callout looks, and which words ask for that; any other word is a note."""

_LOOK: Final = {word: look for look, words in KINDS.items() for word in words.split()}
_SPELLED: Final = {"tldr": "TL;DR", "faq": "FAQ", "todo": "To do"}


def mark(tokens: list[Token], i: int) -> bool:
    """Turn the quote that opens at ``i`` into a callout if its first line says so.  Its title becomes
    the token's, and leaves the text."""
    if i + 2 >= len(tokens) or tokens[i + 1].type != "paragraph_open":
        return False
    inline = tokens[i + 2]
    found = _FIRST.match(inline.content)
    if not found:
        return False
    word = found[1].strip().lower()
    title = Token("inline", "", 0, content=found[3].strip() or _SPELLED.get(word, word.capitalize()))
    title.map = inline.map
    tokens[i].type = "callout_open"
    tokens[i].meta = {
        "look": _LOOK.get(word, "note"),
        "fold": found[2],
        "title": title,
        "own": bool(found[3].strip()),
    }
    inline.content = inline.content[found.end() :].lstrip()
    if not inline.content:
        for token in tokens[i + 1 : i + 4]:
            token.type = "gone"
    elif inline.map:
        inline.map = [inline.map[0] + 1, inline.map[1]]
    return True


# What they become


def write_open(w: Writer, tokens: list[Token], i: int) -> int:
    """A box with its title, or a folding one."""
    meta: dict[str, Any] = tokens[i].meta
    look = "note" if meta["look"] == "tldr" else meta["look"]
    folds = meta["fold"]
    head, foot = ("<summary>", "</summary>") if folds else ("<p>", "</p>")
    if folds:
        w.put(f'<details class="callout {look}"{" open" if folds == "+" else ""}>{head}')
    else:
        w.put(f'<div class="callout {look}" role="note">{head}')
    w.begin(meta["title"])
    w.inline(meta["title"])
    w.end()
    w.put(f"{foot}\n")
    return i + 1


def write_close(w: Writer, tokens: list[Token], i: int) -> int:
    w.put(f"</{tokens[i].tag}>\n")
    return i + 1
