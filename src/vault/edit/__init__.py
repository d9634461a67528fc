"""What a note is to say -> its text: a new one whole, one that is there with other lines in its header.

The text is read back by the very rooms that will read the note; a value that would not come back as it
was given is written in another way, or not at all.
"""

from vault.edit.fields import Edited, with_fields
from vault.edit.new import Draft, as_markdown, json_text, note
from vault.edit.tasks import ticked

__all__ = ["Draft", "Edited", "as_markdown", "json_text", "note", "ticked", "with_fields"]
