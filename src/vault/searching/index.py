"""An index as MiniSearch 7 stores it (``serializationVersion`` 2, of its ``toJSON``)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from vault.tuples import NamedTuple
from vault.words import tokens

Postings = dict[str, dict[str, dict[str, int]]]
"""Term -> number of a field -> number of a document -> how often."""


class Field(NamedTuple):
    """A field of the documents, and how its text is cut into terms."""

    name: str
    tokens: Callable[[str], list[str]] = tokens


def index(
    fields: Sequence[Field], ids: Sequence[str | int], documents: Iterable[Sequence[str]]
) -> dict[str, Any]:
    """The index of documents (their ids; of each, one text a field) as plain data, terms in order.

    A field's length is the number of its different terms; the average runs over the documents in
    their order, as MiniSearch computes it, so that both come to the same last digit.
    """
    postings: Postings = {}
    lengths: dict[str, list[int]] = {}
    averages = [0.0] * len(fields)
    for number, texts in enumerate(documents):
        lengths[str(number)] = sizes = []
        for at, (field, text) in enumerate(zip(fields, texts, strict=True)):
            found = field.tokens(text)
            sizes.append(_add(postings, found, str(at), str(number)))
            averages[at] = (averages[at] * number + sizes[-1]) / (number + 1)
    return {
        "documentCount": len(ids),
        "nextId": len(ids),
        "documentIds": {str(number): id_ for number, id_ in enumerate(ids)},
        "fieldIds": {field.name: at for at, field in enumerate(fields)},
        "fieldLength": lengths,
        "averageFieldLength": [_plain(average) for average in averages] if ids else [],
        "storedFields": {},
        "dirtCount": 0,
        "index": [[term, postings[term]] for term in sorted(postings)],
        "serializationVersion": 2,
    }


def _add(postings: Postings, terms: list[str], field: str, document: str) -> int:
    """Enter the terms of one field of one document; how many different ones there are."""
    counts: dict[str, int] = {}
    for term in terms:
        counts[term] = counts.get(term, 0) + 1
    for term, count in counts.items():
        of_term = postings.get(term)
        if of_term is None:
            postings[term] = {field: {document: count}}
        elif field in of_term:
            of_term[field][document] = count
        else:
            of_term[field] = {document: count}
    return len(counts)


def _plain(number: float) -> float | int:
    return int(number) if number.is_integer() else number
