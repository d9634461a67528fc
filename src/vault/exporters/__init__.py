"""Catalog -> files for other tools: BibTeX, JSON; and the text of a reference."""

from vault.exporters.bibtex import bibtex, bibtex_all
from vault.exporters.papers_json import papers_json
from vault.exporters.reference import Reference, reference

__all__ = ["Reference", "bibtex", "bibtex_all", "papers_json", "reference"]
