"""Words that parsing puts into bodies: names of callouts, and of what is seen and not read.

Parsing sees one file and no settings, so it says them in English; here they are said again in the
site's language, but in notes that are written in English.
"""

from __future__ import annotations

import re
from html import escape, unescape
from typing import Final

from vault.patterns import lazy
from vault.records import Note
from vault.tongue import Tongue, marked_as, same_language

_NAME: Final = lazy(r'(?<=aria-label=")(?:(Formula|done|to do)|(Table)(?: (\d+))?|Link to ([^"]*))(?=")')
_TITLE: Final = lazy(
    r'((?:<div class="callout \w+" role="note"><p|<details class="callout \w+"(?: open)?><summary)>)'
    r"([A-Za-z][A-Za-z; .]*)(?=</(?:p|summary)>)"
)

CALLOUTS: Final = (
    *(marked_as("callout", "Note"), marked_as("callout", "Info"), marked_as("callout", "To do")),
    *(marked_as("callout", "Example"), marked_as("callout", "Seealso"), marked_as("callout", "Definition")),
    *(marked_as("callout", "Tip"), marked_as("callout", "Hint"), marked_as("callout", "Important")),
    *(marked_as("callout", "Success"), marked_as("callout", "Check"), marked_as("callout", "Done")),
    *(marked_as("callout", "Warn"), marked_as("callout", "Warning"), marked_as("callout", "Caution")),
    *(marked_as("callout", "Attention"), marked_as("callout", "Danger"), marked_as("callout", "Error")),
    *(marked_as("callout", "Bug"), marked_as("callout", "Failure"), marked_as("callout", "Fail")),
    *(marked_as("callout", "Missing"), marked_as("callout", "Question"), marked_as("callout", "Help")),
    *(marked_as("callout", "FAQ"), marked_as("callout", "Quote"), marked_as("callout", "Cite")),
    *(marked_as("callout", "TL;DR"), marked_as("callout", "Abstract"), marked_as("callout", "Summary")),
)
NAMES: Final = (marked_as("name", "Formula"), marked_as("name", "done"), marked_as("name", "to do"))


def said(tongue: Tongue, note: Note, html: str) -> str:
    """The body of a note with those words in the site's language."""
    if not tongue.messages or same_language(note.lang, "en"):
        return html
    html = _TITLE.sub(lambda found: found[1] + _title(tongue, note, found[2]), html)
    return _NAME.sub(lambda found: escape(_name(tongue, found)), html)


def _title(tongue: Tongue, note: Note, word: str) -> str:
    title = escape(tongue.say_as("callout", word))
    foreign = note.lang and not same_language(note.lang, tongue.lang)
    return f'<span lang="{escape(tongue.lang)}">{title}</span>' if foreign else title


def _name(tongue: Tongue, found: re.Match[str]) -> str:
    word, table, number, heading = found.groups()
    if word:
        return tongue.say_as("name", word)
    if number:
        return tongue.say("Table {number}", number=number)
    return tongue.say("Table") if table else tongue.say("Link to {heading}", heading=unescape(heading))
