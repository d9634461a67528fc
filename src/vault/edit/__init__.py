"""What a new note is to say -> its text.

The text is read back by the very rooms that will read the note; a value that would not come back as it
was given is written in another way, or not at all.
"""

from vault.edit.new import Draft, as_markdown, json_text, note

__all__ = ["Draft", "as_markdown", "json_text", "note"]
