"""What was meant?  rapidfuzz, and only for what led nowhere."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from vault.link.names import folded

CLOSE = 70
"""Least likeness (0-100) of a name that is worth saying."""

ASKED = 1000
"""Names asked about in one build.  Each is compared with every name of the vault, so without a bound
a vault full of red links would take quadratic time; the rest is told without a guess."""


class Suggest:
    """Closest of some names, asked name by name; the choices are read when the first is asked.

    Names that differ only in signs (a title and its file name) are one choice, the first.
    """

    def __init__(self, choices: Callable[[], Iterable[str]]) -> None:
        self.read = choices
        self.choices: dict[str, str] | None = None
        self.asked: dict[str, str] = {}

    def hint(self, name: str) -> str:
        """``did you mean "x"?`` or nothing."""
        key = folded(name)
        if key not in self.asked:
            if len(self.asked) >= ASKED:
                return ""
            if self.choices is None:
                self.choices = _choices(self.read())
            self.asked[key] = _did_you_mean(key, self.choices)
        return self.asked[key]


def _choices(names: Iterable[str]) -> dict[str, str]:
    """Folded name -> the name as written."""
    unlike: dict[str, str] = {}
    for name in names:
        unlike.setdefault("".join(c for c in folded(name) if c.isalnum()), name)
    return {folded(name): name for name in unlike.values()}


def _did_you_mean(name: str, choices: dict[str, str]) -> str:
    """The closest two at most, as a question."""
    from rapidfuzz import fuzz, process  # noqa: PLC0415 - most builds never need it

    found = process.extract(name, choices.keys(), scorer=fuzz.ratio, score_cutoff=CLOSE, limit=2)
    words = [f'"{choices[key]}"' for key, _, _ in found]
    return f"did you mean {' or '.join(words)}?" if words else ""
