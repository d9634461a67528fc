"""``papers.lock``: text <-> entries.

The file is TOML that keeps to one fact a line, so that it can be read in a diff, merged by Git, and
read here entry by entry: what is wrong with one is no harm to the others.
"""

from vault.lockfile.reader import conflicted, read
from vault.lockfile.shape import in_order
from vault.lockfile.writer import write

NAME = "papers.lock"
"""The file's name, at the root of a vault."""

__all__ = ["NAME", "conflicted", "in_order", "read", "write"]
