"""What paper is this?  The one grammar of arXiv ids, DOIs and paper addresses.

Three questions: what does a header field name (``identify``), what does an address show
(``identify_url``), what does running text mention (``find``).  One paper has one ``PaperId.key``
however it is written.  ``malformed`` tells what only looks like an arXiv id.
"""

from vault.papers.headers import identify, lenient, likely, malformed
from vault.papers.names import NAMES, abs_url, label, pdf_url, short, written
from vault.papers.prose import Spot, find
from vault.papers.urls import identify_url, web_identity

__all__ = [
    "NAMES",
    "Spot",
    "abs_url",
    "find",
    "identify",
    "identify_url",
    "label",
    "lenient",
    "likely",
    "malformed",
    "pdf_url",
    "short",
    "web_identity",
    "written",
]
