"""What can be wrong: a value that travels (Problem), or the end of the command (VaultError)."""

from __future__ import annotations

from typing import Literal

from vault.records.base import Record

Severity = Literal["error", "warning", "hint"]


class Problem(Record, frozen=True):
    """One mistake of an author, told where it stands.

    ``path`` is relative to the notes folder (POSIX), or the name of a file at the vault's root.
    ``line`` and ``column`` count from 1; 0 means "the file as a whole".  ``message`` says what is
    wrong, ``hint`` what to do next; both are plain text in one line.  ``code`` is a stable
    kebab-case word listed in ``vault.problems.CODES``.
    """

    path: str
    line: int
    column: int
    severity: Severity
    code: str
    message: str
    hint: str = ""
    fixable: bool = False


class VaultError(Exception):
    """Stops the command with one sentence and an exit code (2: refused or unable; 75: locked)."""

    def __init__(self, message: str, *, hint: str = "", exit_code: int = 2) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.exit_code = exit_code
