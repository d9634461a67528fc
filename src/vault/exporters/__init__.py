"""Catalog -> files for other tools: BibTeX, JSON."""

from vault.exporters.bibtex import bibtex
from vault.exporters.papers_csv import papers_csv
from vault.exporters.papers_json import papers_json

__all__ = ["bibtex", "papers_csv", "papers_json"]
