"""What can go wrong with a service."""

from __future__ import annotations


class FetchError(Exception):
    """An answer that did not come or cannot be used; the text says why, in one clause.

    ``again``: it may come later (offline, busy, too slow), so that asking for other papers now is in vain.
    ``split``: asking for fewer papers at once may help.  ``unreached``: no connection came about.
    """

    def __init__(
        self, why: str, *, again: bool = False, split: bool = False, unreached: bool = False
    ) -> None:
        super().__init__(why)
        self.why, self.again, self.split = why, again, split
        self.unreached = unreached
