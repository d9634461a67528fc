"""What can be wrong, and how it is told.

``CODES`` is the whole list: each code with its severity and one sentence for docs/problems.md.
"""

from __future__ import annotations

from vault.records import Problem
from vault.records.problem import Severity

CODES: dict[str, tuple[Severity, str]] = {
    "yaml-recovered": (
        "warning",
        "The front matter is not valid YAML; its fields were read line by line.",
    ),
    "yaml-refused": (
        "warning",
        "The front matter uses YAML that vault does not run (tags, anchors, aliases, merge keys).",
    ),
    "header-limit": ("error", "The front matter is too large or nested too deeply."),
    "key-repeated": ("warning", "A field is given twice; the first value counts."),
    "field-unreadable": ("warning", "A field's value cannot be read as what the field means."),
    "field-unknown": ("hint", "A field looks like a misspelt known one."),
    "date-invalid": ("error", "No such day in the calendar."),
    "date-ambiguous": ("warning", "The date can be read in two ways."),
    "date-no-year": ("warning", "The date has no year, and nothing near it says which."),
    "date-missing": ("hint", "The note has no date."),
    "arxiv-malformed": ("warning", "This looks like an arXiv id and is not one."),
    "link-broken": ("warning", "A link to a note that is not there."),
    "link-ambiguous": ("warning", "A link that several notes answer to."),
    "anchor-missing": ("warning", "A link to a heading or block that its note does not have."),
    "embed-cycle": ("warning", "A note embeds itself through others."),
    "embed-deep": ("warning", "Embeds are nested more than five deep."),
    "image-missing": ("warning", "An image or file that is not there."),
    "attachment-refused": ("warning", "A file of a type that is not published."),
    "math-error": ("warning", "A formula that cannot be set; its source is shown."),
    "cite-unknown": ("warning", "A citation key that no note and no library entry has."),
    "duplicate-work": ("warning", "Two works that may be the same paper."),
    "bib-error": ("warning", "A .bib entry that could not be read whole."),
    "url-collision": ("warning", "Two notes would have the same address; one was given another."),
    "url-reserved": ("error", "An explicit address is taken or reserved."),
    "slug-invalid": ("warning", "A slug that cannot be an address."),
    "encoding-invalid": ("error", "The file is not UTF-8; it was skipped."),
    "file-unreadable": ("error", "The file could not be read; it was skipped."),
    "file-skipped": (
        "warning",
        "Not a note: a link out of the vault, a device, a name that cannot be used.",
    ),
    "note-limit": ("error", "The note is over a limit; it has a page with this message."),
    "note-crashed": (
        "error",
        "vault could not parse the note; it has a page with this message. Please report it.",
    ),
    "tag-invalid": ("warning", "A tag without a letter or digit."),
    "tag-single": ("hint", "A tag used once that is close to another."),
    "query-invalid": ("warning", "A query that cannot be read."),
    "config-unknown": ("warning", "vault.toml has a key that vault does not know."),
    "config-invalid": ("error", "vault.toml has a value that cannot be used; the default stands."),
    "output-changed": ("warning", "A file of the site was changed by someone else, and is kept."),
    "template-stale": ("warning", "An override was made for another version of its template."),
    "cache-unusable": ("hint", "The cache folder cannot be written; nothing is remembered."),
    "redirect-invalid": ("warning", "An old address that cannot redirect."),
    "lock-conflict": ("warning", "A merge left its marks in papers.lock; both sides are read."),
    "lock-invalid": ("warning", "An entry of papers.lock that cannot be read; it is left out."),
    "digest-empty": ("hint", "An introduction for a month of the digest that there is not."),
    "authors-invalid": ("warning", "authors.yml has something that cannot be used; the rest of it counts."),
    "author-initials": ("hint", "A name with initials that fits exactly one full name in the vault."),
    "header-unclosed": ("warning", "Front matter that no line closes; it is shown as text."),
    "template-block": ("warning", "An override fills a block that its template does not have."),
    "template-unused": ("warning", "A file under templates/ that no template asks for."),
    "token-unknown": ("warning", "[theme.tokens] sets a name that no stylesheet has."),
    "contrast-low": ("error", "Two colours of the theme are too near to each other (vault theme check)."),
    "colour-unchecked": ("hint", "A colour whose contrast cannot be computed (vault theme check)."),
}


def problem(
    code: str,
    path: str,
    message: str,
    *,
    hint: str = "",
    line: int = 0,
    column: int = 0,
    fixable: bool = False,
) -> Problem:
    """A Problem with the severity of its code; message and hint become clauses of one sentence."""
    return Problem(path, line, column, CODES[code][0], code, clause(message), clause(hint), fixable)


def clause(text: str) -> str:
    """The text without a capital at its start (``YAML`` and ``A`` stay) and without a full stop."""
    text = text.removesuffix(".")
    return text[0].lower() + text[1:] if text[1:2].islower() else text


def tell(found: Problem) -> str:
    """``ising.md:4:1: warning: message; hint`` in one line (the caller escapes it for a terminal)."""
    place = found.path + "".join(f":{n}" for n in (found.line, found.column) if n)
    return f"{place}: {found.severity}: {found.message}" + (f"; {found.hint}" if found.hint else "")
