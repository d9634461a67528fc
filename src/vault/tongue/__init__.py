"""The site's own words in the language of the vault.

English stands in the code and the templates.  Another language is a catalogue, ``templates/words/de.po``
(gettext's format), read as it stands: nothing is compiled, and nothing is read for an English site.
``of`` makes a ``Tongue`` of the catalogues that were found; it travels as a value, and there is no
language that is current.  ``in_template`` and ``in_script`` put words where they are written
as ``_("...")``, before anything is compiled or sent.
"""

from vault.tongue.fold import in_script, in_template
from vault.tongue.speech import (
    ENGLISH,
    Tongue,
    direction_of,
    marked,
    marked_as,
    of,
    same_language,
    tags,
)

__all__ = [
    "ENGLISH",
    "Tongue",
    "direction_of",
    "in_script",
    "in_template",
    "marked",
    "marked_as",
    "of",
    "same_language",
    "tags",
]
