"""Catalog -> files for other tools: BibTeX, biblatex, CSL-JSON, RIS, CSV, JSON."""

from vault.exporters.bibtex import biblatex, bibtex
from vault.exporters.csl import csl_json
from vault.exporters.formats import FORMATS, export
from vault.exporters.papers_csv import papers_csv
from vault.exporters.papers_json import papers_json
from vault.exporters.ris import ris

__all__ = ["FORMATS", "biblatex", "bibtex", "csl_json", "export", "papers_csv", "papers_json", "ris"]
