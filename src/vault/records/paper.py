"""The identity of a paper."""

from __future__ import annotations

from vault.records.base import Record


class PaperId(Record, frozen=True):
    """What paper is this?

    ``scheme`` is arxiv, doi, openreview, acl, pmlr, cvf, neurips, s2, biorxiv or url; ``value`` its
    canonical form; ``version`` the version named (0: none).
    """

    scheme: str
    value: str
    version: int = 0

    @property
    def key(self) -> str:
        """``arxiv:2106.09685``: the identity, without the version."""
        return f"{self.scheme}:{self.value}"
