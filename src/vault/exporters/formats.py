"""Every format by its name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Final

from vault.exporters.bibtex import biblatex, bibtex, with_abstract
from vault.exporters.csl import csl_json
from vault.exporters.papers_csv import papers_csv
from vault.exporters.papers_json import papers_json
from vault.exporters.ris import ris
from vault.records import Catalog, Work, changed


def _entries(write: Callable[[Work], str], works: Iterable[Work]) -> str:
    return "\n".join(with_abstract(write(work), work) for work in works)


_OF_WORKS: Final[dict[str, Callable[[Iterable[Work]], str]]] = {
    "bibtex": lambda works: _entries(bibtex, works),
    "biblatex": lambda works: _entries(biblatex, works),
    "csl-json": csl_json,
    "ris": ris,
}
_OF_CATALOG: Final[dict[str, Callable[[Catalog, Mapping[str, str]], str]]] = {
    "csv": papers_csv,
    "json": lambda catalog, urls: papers_json(catalog, urls).decode(),
}

FORMATS: Final = (*_OF_WORKS, *_OF_CATALOG)


def export(form: str, catalog: Catalog, works: Iterable[Work], urls: Mapping[str, str]) -> str:
    """These works of the catalog in one of FORMATS; bibliographies by citation key, as text that ends in a
    line feed (empty for no works, where the format allows it)."""
    by_key = sorted(works, key=lambda work: (work.key.casefold(), work.id))
    if form in _OF_WORKS:
        return _OF_WORKS[form](by_key)
    return _OF_CATALOG[form](changed(catalog, works={work.id: work for work in by_key}), urls)
