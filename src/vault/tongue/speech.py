"""Words, counts and numbers in one language."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, Final

CONTEXT: Final = "\x04"
"""Between context and text in the key of a message, as in gettext's own files."""

RULE: Final = "n != 1"

RTL: Final = frozenset(("ar", "arc", "ckb", "dv", "fa", "he", "iw", "ps", "sd", "ug", "ur", "yi"))


def marked(text: str) -> str:
    """The text: it is an entry of the catalogue, and is said elsewhere."""
    return text


def marked_as(_context: str, text: str) -> str:
    """The same for a text that means several things."""
    return text


def direction_of(lang: str) -> str:
    """``rtl`` for a language that is written so, else nothing."""
    return "rtl" if _primary(lang) in RTL else ""


def same_language(one: str, other: str) -> bool:
    """Whether two tags name one language, in whatever place."""
    return _primary(one) == _primary(other)


def _primary(lang: str) -> str:
    return lang.partition("-")[0].casefold()


def tags(lang: str) -> tuple[str, ...]:
    """The catalogues that may speak a language, the general one first: ``de``, ``de-AT``."""
    parts = lang.split("-")
    return tuple("-".join(parts[:end]) for end in range(1, len(parts) + 1))


class Tongue:
    """The words of a language: ``lang`` is its tag, ``messages`` has the forms of each English text that
    is said otherwise, ``rule`` is the number of the form for ``n`` as an expression of C."""

    __slots__ = ("_form", "_grouped", "_point", "lang", "messages", "rule")

    def __init__(
        self,
        lang: str = "en",
        messages: Mapping[str, tuple[str, ...]] | None = None,
        rule: str = RULE,
        form: Callable[[int], int] = lambda number: number != 1,
    ) -> None:
        self.lang, self.messages, self.rule, self._form = lang, messages or {}, rule, form
        self._grouped = self.say_as("thousands separator", ",")
        self._point = self.say_as("decimal point", ".")

    def say(self, text: str, **fields: Any) -> str:
        """The text in this language, its ``{fields}`` filled."""
        found = self.messages.get(text)
        said = found[0] if found else text
        return said.format_map(fields) if fields else said

    def say_as(self, context: str, text: str, **fields: Any) -> str:
        """The same for a text that means several things; ``context`` tells which."""
        found = self.messages.get(context + CONTEXT + text)
        said = found[0] if found else text
        return said.format_map(fields) if fields else said

    def count(self, one: str, many: str, number: int, **fields: Any) -> str:
        """``1 note``, ``23 notes``, ``1,204 notes`` of ``{n} note``, ``{n} notes``."""
        found = self.messages.get(one) or (one, many)
        said = found[min(self._form(number), len(found) - 1)]
        written = self.number(number)
        return said.format_map({"n": written, **fields}) if fields else said.replace("{n}", written)

    def number(self, number: int) -> str:
        """``1,204``."""
        text = f"{number:,}"
        return text if self._grouped == "," else text.replace(",", self._grouped)

    def decimal(self, number: float) -> str:
        """``4.5``, ``4``; ``1,204.5``."""
        whole, _, rest = f"{number:,g}".partition(".")
        whole = whole.replace(",", self._grouped)
        return f"{whole}{self._point}{rest}" if rest else whole

    def forms(self, one: str, many: str) -> tuple[str, ...]:
        """Every form of a count, in the order of ``rule``."""
        return self.messages.get(one) or (one, many)


ENGLISH: Final = Tongue()


@lru_cache(maxsize=4)
def of(catalogues: tuple[tuple[str, str], ...]) -> Tongue:
    """The words of (name, text) pairs, where a later one has the last word: ``theme/words/de.po``.

    Raises VaultError with file and line for a text that is no catalogue.
    """
    if not catalogues:
        return ENGLISH
    from vault.tongue import po  # noqa: PLC0415 - English needs none

    return po.spoken(catalogues)
