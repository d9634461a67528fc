"""What is this called on the site?  Slugs, tags, addresses, and the gate for foreign addresses.

Everything here is a function of its arguments alone; collisions are settled by who sees all names.
"""

from vault.naming.addresses import (
    RESERVED,
    file_url,
    href,
    month_url,
    note_url,
    output_path,
    paper_url,
    root_of,
    year_url,
)
from vault.naming.safe import safe_url
from vault.naming.slugs import anchor, collision_key, ending, fold, nickname, slug, stem, strip_date
from vault.naming.tags import tag_label, tag_path, tag_url

__all__ = [
    "RESERVED",
    "anchor",
    "collision_key",
    "ending",
    "file_url",
    "fold",
    "href",
    "month_url",
    "nickname",
    "note_url",
    "output_path",
    "paper_url",
    "root_of",
    "safe_url",
    "slug",
    "stem",
    "strip_date",
    "tag_label",
    "tag_path",
    "tag_url",
    "year_url",
]
