"""What the tests of the Markdown room share: real neighbours, a printable form of parts, a strict reader."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from vault import markdown, naming, papers
from vault.records import Block, FootnoteSlot, LinkSlot, PaperSlot, Part, Rendered

HELPERS = markdown.Helpers(papers.identify_url, papers.find, naming.safe_url, naming.anchor)
DATA = Path(__file__).parent / "data" / "markdown"

_QUIET = ("line", "written")
_VOID = frozenset(("br", "hr", "img", "col"))
_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)((?: [a-z-]+(?:=\"[^\"<>]*\")?)*)(/?)>|[<>]")
_ATTRIBUTE = re.compile(r" ([a-z-]+)(?:=\"([^\"]*)\")?")


def render(text: str, line: int = 1) -> Rendered:
    return markdown.render(text, "note.md", line, HELPERS)


def triples(path: Path) -> Iterator[tuple[str, str, str]]:
    """Title, input and expected output, each ended by a line that is a dot."""
    pieces = re.split(r"^\.\n", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    for at in range(0, len(pieces) - 2, 3):
        yield pieces[at].strip(), pieces[at + 1], pieces[at + 2]


def shown(blocks: Iterable[Block]) -> str:
    """Blocks as text: the id prefix as ``~``, slots in ``«»`` with the fields that are set."""
    return "".join(part_shown(part) for block in blocks for part in block.parts).replace("\0", "~")


def part_shown(part: Part) -> str:
    if isinstance(part, str):
        return part
    name = type(part).__name__.removesuffix("Slot").lower()
    said = [
        f"{field}={value_shown(value)}"
        for field, value in zip(part.__struct_fields__, msgspec.structs.astuple(part), strict=True)
        if value and field not in _QUIET
    ]
    return f"«{' '.join([name, *said])}»"


def value_shown(value: object) -> str:
    if isinstance(value, tuple):
        return "".join(
            part_shown(each) if hasattr(each, "__struct_fields__") else str(each) for each in value
        )
    return (
        str(getattr(value, "key", value))
        if hasattr(value, "key") and not hasattr(value, "prefix")
        else str(value)
    )


def fault(html: str) -> str:
    """What is wrong with a fragment as nested, quoted markup; nothing if all is right."""
    stack: list[str] = []
    for match in _TAG.finditer(html):
        slash, name, attributes, empty = match[1], match[2], match[3], match[4]
        if name is None:
            return f"a stray {match[0]} near {html[max(0, match.start() - 40) : match.end() + 40]!r}"
        if slash and (not stack or stack.pop() != name):
            return f"</{name}> closes nothing near {html[max(0, match.start() - 60) : match.end()]!r}"
        if not slash and not empty and name not in _VOID:
            stack.append(name)
        for attribute, value in _ATTRIBUTE.findall(attributes or ""):
            if attribute.startswith("on") or re.match(r"\s*(?:javascript|vbscript|data):", value, re.I):
                return f"{attribute}={value!r}"
    return f"{stack} are open" if stack else ""


def filled(part: Part) -> str:
    """A part with every slot as a link or a box, so that the whole is HTML."""
    if isinstance(part, str):
        return part
    if isinstance(part, FootnoteSlot):
        return f"<aside>{''.join(map(filled, part.parts))}</aside>"
    if isinstance(part, LinkSlot | PaperSlot):
        return f'<a href="#">{part.label}</a>'
    return "<b></b>"


def faults(made: Rendered) -> list[str]:
    """What is wrong with the blocks of a rendered text, with and without raw HTML."""
    blocks = (*made.blocks, *made.raw)
    return [wrong for block in blocks if (wrong := fault("".join(map(filled, block.parts))))]
