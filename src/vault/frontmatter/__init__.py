"""The header of a note: YAML, TOML or ``Key: value`` lines -> fields and Problems.

Every value is the text that was written; the field it stands in gives it its type.  What YAML
refuses is read line by line, and what nobody can read stays where it is: in the body, or in ``extra``.
"""

from vault.frontmatter.authors import ET_AL
from vault.frontmatter.cut import Cut, split
from vault.frontmatter.known_authors import known_authors
from vault.frontmatter.names import FIELDS
from vault.frontmatter.read import read

__all__ = ["ET_AL", "FIELDS", "Cut", "known_authors", "read", "split"]
