"""A template's mistake in one sentence: which file, which line, what is wrong, what to do."""

from __future__ import annotations

from jinja2 import TemplateNotFound, TemplateSyntaxError, UndefinedError

from vault.nearest import nearest
from vault.patterns import lazy
from vault.records import VaultError, views
from vault.render.shelf import THEME

NO_FIELD = lazy(r"'(?:[\w.]+\.)?(\w+) object' has no attribute '(\w+)'")
OURS = "This is the shipped theme's own file: please report it."
YOURS = "Mend that line, or move the file away to use the theme's."


def told(error: Exception) -> VaultError | None:
    """The error as the author of the template must hear it; None when no template is to blame."""
    file, line = place(error)
    if not file:
        return None
    hint = meant(error) or (OURS if file.startswith(THEME) else YOURS)
    return VaultError(f"{file}:{line}: {what(error)}", hint=hint)


def place(error: Exception) -> tuple[str, int]:
    """File and line of the template that stands deepest in the traceback; ("", 0) without one."""
    if isinstance(error, TemplateSyntaxError):
        return error.filename or error.name or "", error.lineno
    file, line, trace = "", 0, error.__traceback__
    while trace is not None:
        name = trace.tb_frame.f_code.co_filename
        if name.startswith((THEME, "templates/")):
            file, line = name, trace.tb_lineno
        trace = trace.tb_next
    return file, line


def what(error: Exception) -> str:
    """The mistake in plain words."""
    if isinstance(error, TemplateNotFound):
        return f"there is no template {error.name!r}"
    if isinstance(error, RecursionError):
        return "templates include one another without end"
    if isinstance(error, UndefinedError) and (match := NO_FIELD.search(str(error))):
        return f"{match[1]} has no field {match[2]!r}"
    text = error.message if isinstance(error, TemplateSyntaxError) else str(error)
    return (text or type(error).__name__).rstrip(".")


def meant(error: Exception) -> str:
    """What was probably meant, where that can be told."""
    if isinstance(error, RecursionError):
        return "An override reaches the original by its full name, such as 'theme/partials/row.html'."
    match = NO_FIELD.search(str(error)) if isinstance(error, UndefinedError) else None
    record = getattr(views, match[1], None) if match else None
    if match is None or record is None:
        return ""
    near = nearest(match[2], record.__struct_fields__)
    return f"Did you mean {near!r}?" if near else f"It has: {', '.join(record.__struct_fields__)}."
