"""BLAKE2b, without what the rest of ``hashlib`` loads.

``hashlib`` opens OpenSSL for the sake of its other digests; that takes 4 ms of each build, and vault names
nearly everything by BLAKE2b, which is Python's own.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hashlib import blake2b
else:
    try:
        from _blake2 import blake2b
    except ImportError:  # a Python that keeps it elsewhere
        from hashlib import blake2b

__all__ = ["blake2b"]
