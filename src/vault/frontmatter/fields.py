"""Entries told apart: known fields, everything else, and what to tell of both."""

from __future__ import annotations

from vault.frontmatter.entry import Entry, Slip, Value, clean, flat
from vault.frontmatter.names import FIELDS, PROSE, SEVERAL, SPLICED, known, likely, rank
from vault.frontmatter.values import EMPTY, NULLS, truth
from vault.frontmatter.yaml_events import repeated
from vault.records import Field
from vault.tuples import NamedTuple

STRAY = "text"
"""The key under which lines of a header that have none are kept."""
_PAPER_KEYS = {"title": "paper", "name": "paper", "id": "paper", "link": "url"}


class Sorted(NamedTuple):
    """Known fields with a value, by name and preferred spelling; the rest; what to tell."""

    fields: list[Field]
    extra: list[tuple[str, str]]
    slips: list[Slip]


def sort(entries: list[Entry]) -> Sorted:
    """Fields in the order of ``FIELDS``; the first of two equal keys counts."""
    ranked: list[tuple[tuple[int, int], Field]] = []
    extra: list[tuple[str, str]] = []
    slips: list[Slip] = []
    seen: set[str] = set()
    for entry in spliced(entries):
        key = entry.key.casefold()
        if key and key in seen:
            slips.append(repeated(entry.key, entry.line, entry.column))
            continue
        seen.add(key)
        if known(entry.key):
            ranked += [(rank(entry.key), field) for field in [field_of(entry)] if has_value(field)]
        else:
            extra.append((entry.key or STRAY, flat(entry.value)))
            slips += misspelt(entry)
    ranked.sort(key=lambda pair: pair[0])
    return chosen([field for _, field in ranked], extra, slips)


def chosen(fields: list[Field], extra: list[tuple[str, str]], slips: list[Slip]) -> Sorted:
    """Of a field that has one value, only its preferred spelling; the others stay as written."""
    kept: list[Field] = []
    for field in fields:
        if field.name in SEVERAL or not kept or kept[-1].name != field.name:
            kept.append(field)
        else:
            extra.append((field.key, field.text))
    return Sorted(kept, extra, slips)


def spliced(entries: list[Entry]) -> list[Entry]:
    """Entries with the pairs of ``[taxonomies]``, ``[params]`` and a nested ``paper`` among them."""
    found: list[Entry] = []
    for entry in entries:
        name = entry.key.casefold()
        if isinstance(entry.value, dict) and not entry.raw and (name in SPLICED or name == "paper"):
            keys = _PAPER_KEYS if name == "paper" else {}
            found += [entry._replace(key=keys.get(key, key), value=item) for key, item in entry.value.items()]
        else:
            found.append(entry)
    return found


def field_of(entry: Entry) -> Field:
    """A known field with its value as one line, and as a list."""
    name, key = known(entry.key), entry.key
    if name == "date" and truth(flat(entry.value)) is not None:
        name = "publish"
    items = items_of(entry.value)
    text = entry.raw if entry.raw and name in PROSE else ", ".join(items)
    return Field(name, key, line_of(text), items, entry.line, entry.column)


def items_of(value: Value) -> tuple[str, ...]:
    if isinstance(value, list):
        return tuple(line for item in value if (line := line_of(item_of(item))))
    return (line_of(flat(value)),)


def item_of(value: Value) -> str:
    """A list's item; of pairs (``- name: A B``) the name."""
    if isinstance(value, dict) and isinstance(name := value.get("name"), str):
        return name
    return flat(value)


def line_of(text: str) -> str:
    return " ".join(clean(text).split())


def has_value(field: Field) -> bool:
    free = field.name in PROSE or field.name == "tags"
    return field.text.casefold() not in (EMPTY if free and field.name != "authors" else NULLS)


def misspelt(entry: Entry) -> list[Slip]:
    word = likely(entry.key)
    if not word:
        return []
    hint = (
        f"Write {word} if that is meant"
        if word in FIELDS
        else f"Write {word} (or {known(word)}) if that is meant"
    )
    return [
        Slip(
            "field-unknown",
            entry.line,
            1,
            f"The field {entry.key!r} is not known; it looks like {word!r}",
            hint,
        )
    ]
