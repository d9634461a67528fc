"""Which notes does this text ask for?  One language for ``vault list`` and for ``query`` blocks.

``tag:rl status:to-read year:2024..2025 author:hu rating:>=4 transformer* "exact phrase" -tag:survey``

Terms that stand side by side must all hold; ``OR`` (in capitals) divides a query into alternatives
and binds weaker than that.  ``-`` before a term turns it round.  ``*`` ends a prefix.  Bare words and
phrases are looked for as whole words in title, tags, authors and TL;DR.  A field that is none of the
known ones is a header field of the author's own (``Note.extra``).
"""

from vault.query.answers import matches
from vault.query.blocks import problems_in
from vault.query.language import FIELDS, Query, Term, parse

__all__ = ["FIELDS", "Query", "Term", "matches", "parse", "problems_in"]
